"""Words with a capital that name no person: places, languages, peoples, services, modules."""

from functools import lru_cache
from importlib.resources import files
from typing import Final

from babel import Locale

from copehope_lib.guard.name_words import INSTITUTIONS, NAMELESS, PARTICLES, PLACES
from copehope_lib.guard.plain import bare
from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.vocabulary import Vocabulary

_WRITTEN: Final = files("copehope_lib.guard").joinpath("capital_words.txt")
"""Towns, peoples, months, services and brands, one a line, in small letters without accents."""


@lru_cache
def known() -> frozenset[str]:
    """Return words that have a capital without naming a person.

    Countries and languages are those that Babel knows in our four languages; to these come
    towns where women live, come from and came through, and the words of the vocabulary.

    Examples
    --------
    >>> {"nigeria", "marocco", "girona", "coaching"} <= known(), "amaka" in known()
    (True, False)
    """
    said = {*_WRITTEN.read_text("utf-8").split(), *NAMELESS, *INSTITUTIONS, *PLACES}
    for language in LANGUAGES:
        locale = Locale(language)
        for names in (locale.territories, locale.languages):
            said.update(word for name in names.values() for word in _words(name))
        for kind in Vocabulary.__subclasses__():
            for member in kind:
                said.update(_words(catalog(language).gettext(member.english)))
    return frozenset(said - PARTICLES)


def _words(text: str) -> list[str]:
    letters = "".join(sign if sign.isalpha() else " " for sign in bare(text))
    return letters.casefold().split()
