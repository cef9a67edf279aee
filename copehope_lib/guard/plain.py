"""A text without accents, ligatures and invisible characters, and where each character was."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_VERBS: Final = re.compile("Sara(?=\u0300)|Sar(?=à)|Vivi(?=\u0301an)|Viv(?=ían)")


def bare(text: str) -> str:
    """Return a text without accents and invisible characters, its hyphens those of a keyboard.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> bare("N\u00faria: ６００ 11\u200b22")
    'Nuria: 600 1122'
    """
    if text.isascii():
        return text
    return "".join(map(_bare_sign, _lowered(text)))


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as :func:`bare` leaves it, beside the one that was given.

    Attributes
    ----------
    text : str
        The bare text.
    given : str
        The text it was made from.
    places : sequence of int
        Where in the given text each character of the bare text comes from.

    Examples
    --------
    >>> plain = Plain.of("de l\u2019A\u00adde\u0301la")
    >>> start = plain.text.index("Adela")
    >>> first, last = plain.where(start, start + 5)
    >>> plain.given[first:last] == "A\u00adde\u0301la"
    True
    """

    text: str
    given: str
    places: list[int] | range

    @classmethod
    def of(cls, given: str) -> Self:
        """Make the bare text and remember the places."""
        if given.isascii():
            return cls(given, given, range(len(given)))
        signs: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(_lowered(given)):
            became = _bare_sign(sign)
            signs.append(became)
            places.extend([place] * len(became))
        return cls("".join(signs), given, places)

    def where(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the bare text stands in the given one.

        Examples
        --------
        >>> Plain.of("№ 12").where(0, 2)
        (0, 1)
        """
        first, last = self.places[start], self.places[end - 1] + 1
        while last < len(self.given) and unicodedata.combining(self.given[last]):
            last += 1
        return first, last


def _lowered(text: str) -> str:
    """Return a text as long as before, "it will be" not Sara, "they lived" not Vivian."""
    return _VERBS.sub(lambda found: found[0].lower(), text)


@lru_cache(maxsize=4096)
def _bare_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    parts = unicodedata.normalize("NFKD", sign).replace("\u2010", "-")
    return _INVISIBLE.sub("", "".join(c for c in parts if not unicodedata.combining(c)))
