"""Words that name no person: places, peoples, services, months, and what is said every day."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

from babel import Locale

from copehope_lib.guard.name_words import INSTITUTIONS, NAMELESS, PARTICLES, PLACES
from copehope_lib.guard.plain import bare
from copehope_lib.language import LANGUAGES, catalog, sentences
from copehope_lib.vocabulary import Vocabulary

# Towns, peoples, months, services and brands, one a line, in small letters without accents.
_WRITTEN: Final = files("copehope_lib.guard").joinpath("capital_words.txt")

_LETTERS: Final = re.compile(r"[^\W\d_]+")


@lru_cache
def known() -> frozenset[str]:
    """Return words that have a capital without naming a person.

    Countries, languages, months, days and the towns of time zones are those that Babel knows
    in our four languages; to these come towns and quarters where women live, come from and
    came through, brands, and the words of the vocabulary.

    Examples
    --------
    >>> {"nigeria", "marocco", "girona", "coaching"} <= known(), "amaka" in known()
    (True, False)
    """
    said = {*_WRITTEN.read_text("utf-8").split(), *NAMELESS, *INSTITUTIONS, *PLACES}
    for language in LANGUAGES:
        locale = Locale(language)
        towns = {zone: about.get("city", "") for zone, about in locale.time_zones.items()}
        calendar = (locale.months["stand-alone"]["wide"], locale.days["stand-alone"]["wide"])
        for names in (locale.territories, locale.languages, towns, *calendar):
            said.update(word for name in names.values() for word in _words(name))
        for kind in Vocabulary.__subclasses__():
            for member in kind:
                said.update(_words(catalog(language).gettext(member.english)))
    return frozenset(said - PARTICLES)


@lru_cache
def place_names() -> frozenset[str]:
    """Return towns and quarters of Spain and Italy that are called as people are.

    They are no names where a place is asked for; in a sentence they may well be somebody's.

    Examples
    --------
    >>> "Martina Franca" in place_names(), "Amaka Obi" in place_names()
    (True, False)
    """
    lines = files("copehope_lib.guard").joinpath("place_names.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@lru_cache
def ordinary() -> frozenset[str]:
    """Return words that the workbench itself says in small letters, in any language.

    A capital does not make a name of them: courses, forms and offices have one as well.

    Examples
    --------
    >>> {"practice", "reunion", "tambe", "donne"} <= ordinary(), "amaka" in ordinary()
    (True, False)
    """
    return frozenset(
        bare(word)
        for language in LANGUAGES
        for sentence in sentences(language)
        for word in _LETTERS.findall(sentence)
        if word.islower()
    )


def _words(text: str) -> list[str]:
    letters = "".join(sign if sign.isalpha() else " " for sign in bare(text))
    return letters.casefold().split()
