"""What the guard finds: its kinds, why each is told, and what may stand in its place."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from copehope_lib.guard.name_words import PARTICLES
from copehope_lib.language import gettext
from copehope_lib.language import mark as N_


class Kind(StrEnum):
    """What a piece of text seems to be.

    Examples
    --------
    >>> Kind.PHONE.value, Kind.PHONE.label, Kind("birth_date").bracket
    ('phone', 'phone', '[date of birth]')
    """

    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    ADDRESS = "address"
    DOCUMENT = "document"
    BIRTH_DATE = "birth_date"
    NAME = "name"
    SCRIPT = "script"
    CODE = "code"

    @property
    def label(self) -> str:
        """What people read, in the language in use."""
        return gettext(_LABELS[self])

    @property
    def why(self) -> str:
        """Why it is told, in one sentence and in the language in use."""
        return gettext(_WHY[self])

    @property
    def bracket(self) -> str:
        """The word in brackets that may stand in its place."""
        return f"[{self.label}]"


_LABELS: Final = {
    Kind.PHONE: N_("phone"),
    Kind.EMAIL: N_("e-mail"),
    Kind.LINK: N_("link"),
    Kind.ADDRESS: N_("address"),
    Kind.DOCUMENT: N_("document"),
    Kind.BIRTH_DATE: N_("date of birth"),
    Kind.NAME: N_("name"),
    Kind.SCRIPT: N_("other script"),
    Kind.CODE: N_("code"),
}
_WHY: Final = {
    Kind.PHONE: N_("This looks like a phone number, which leads to one person."),
    Kind.EMAIL: N_("This looks like an e-mail address, which leads to one person."),
    Kind.LINK: N_("This looks like a link or an account, which may lead to a person."),
    Kind.ADDRESS: N_("This looks like a street address, where somebody can be found."),
    Kind.DOCUMENT: N_("This looks like the number of a document, which one person has."),
    Kind.BIRTH_DATE: N_("This looks like a date of birth; an age band says enough."),
    Kind.NAME: N_("This looks like a person’s name; initials say enough."),
    Kind.SCRIPT: N_("In this script a name cannot be told from other words; write it in yours."),
    Kind.CODE: N_("This looks like a code of the registry; a pseudonym such as W-7KQ4M is safer."),
}

_NAME: Final = re.compile(r"[^\W\d_]+(?:['’·][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A piece of a text that the guard would rather not see there.

    Attributes
    ----------
    start, end : int
        Where it stands, in characters of the text that was given.
    kind : Kind
        What it seems to be.

    Examples
    --------
    >>> found = Found(4, 13, Kind.NAME)
    >>> found.why
    'This looks like a person’s name; initials say enough.'
    >>> found.offers("Ask Amaka Obi for the key.")
    ['A. O.', '[name]']
    """

    start: int
    end: int
    kind: Kind

    @property
    def why(self) -> str:
        """Why it is told, in one sentence and in the language in use."""
        return self.kind.why

    def offers(self, text: str) -> list[str]:
        """Return what may stand in its place, the least change first.

        Parameters
        ----------
        text : str
            The text in which it was found.
        """
        if self.kind is not Kind.NAME:
            return [self.kind.bracket]
        said = unicodedata.normalize("NFKC", text[self.start : self.end])
        names = [name for name in _NAME.findall(said) if name.casefold() not in PARTICLES]
        initials = " ".join(f"{name[0].upper()}." for name in names)
        return [initials, self.kind.bracket] if initials else [self.kind.bracket]


def replace(text: str, found: Found, choice: str) -> str:
    """Return a text with something else in the place of what was found.

    Parameters
    ----------
    text : str
        The text in which it was found.
    found : Found
        What was found there.
    choice : str
        What shall stand in its place; one dot is enough at the end of a sentence.

    Examples
    --------
    >>> replace("Ask Amaka Obi.", Found(4, 13, Kind.NAME), "A. O.")
    'Ask A. O.'
    >>> replace("Call 600 000 112 now", Found(5, 16, Kind.PHONE), "[phone]")
    'Call [phone] now'
    """
    rest = text[found.end :]
    if choice.endswith(".") and rest.startswith(".") and not rest.startswith(".."):
        rest = rest[1:]
    return f"{text[: found.start]}{choice}{rest}"
