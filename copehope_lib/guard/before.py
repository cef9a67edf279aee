"""What stands before a capital: an article no name has, "in" before a town, "a poem by"."""

from typing import Final

from copehope_lib.guard.name_words import (
    AT_SOMEBODY,
    BY,
    CALLED_THINGS,
    EL_WORDS,
    GOING,
    TO,
    WORKS,
)
from copehope_lib.guard.place_words import known
from copehope_lib.guard.words import Word

_SPOKEN: Final = {
    "en": """the of and she her his to is was with for who from they their""",
    "es": """y los las para por sus muy hay donde fue tiene cuando sin ella desde hasta porque
        tambien ayer hoy esta este nos mas""",
    "ca": """amb els seva seu dels ens hi vam quan fins sense aquesta aquest tambe perque ahir
        avui des molt""",
    "it": """il di della che non gli nel nella alla dal dalla sono suo sua anche dopo piu e
        degli dei ma""",
}
"""Small words that only one of the four languages has."""

_BEFORE_THINGS: Final = {
    "en": """the a an this these those every each in at near inside into""",
    "es": """los las un una unos unas este cada en hacia hasta""",
    "ca": """els les un una uns unes als dels pels aquest aquesta cada""",
    "it": """gli le un uno una nel nella nei nelle negli sul sulla sui sulle questo questa ogni
        in""",
}
"""Articles that people do not have, and what stands before towns.

In Barcelona and in Milan "la", "el" and "il" stand before names, as "en" does in Catalan.
"""

_SPEAKERS: Final = {word: language for language, words in _SPOKEN.items() for word in words.split()}
_THINGS: Final = {language: frozenset(words.split()) for language, words in _BEFORE_THINGS.items()}
_CAPITALS: Final = 3
"""Capitals that may stand between a capital and what is said before them."""


def spoken(every: list[Word]) -> str:
    """Return the language of some words, or nothing where their small words do not tell.

    Parameters
    ----------
    every : list of Word
        The words of a text.

    Examples
    --------
    >>> from copehope_lib.guard.words import words
    >>> spoken(words("Vam parlar amb la Mercè")), spoken(words("Mercè, Rosa"))
    ('ca', '')
    """
    counts = dict.fromkeys(_SPOKEN, 0)
    for word in every:
        if word.folded in _SPEAKERS:
            counts[_SPEAKERS[word.folded]] += 1
    first, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda one: counts[one]) if first > second else ""


def names_a_thing(every: list[Word], place: int, language: str) -> bool:
    """Tell whether what stands before a capital makes it a thing, a town or a known author.

    Parameters
    ----------
    every : list of Word
        The words of a text.
    place : int
        Which of them has the capital.
    language : str
        What :func:`spoken` tells of them.

    Examples
    --------
    >>> from copehope_lib.guard.words import words
    >>> [names_a_thing(words(text), 2, "en") for text in ("at the Hive", "ask for Ezenwa")]
    [True, False]
    """
    for _ in range(_CAPITALS):
        if not (every[place].joined and every[place - 1].capital and not every[place - 1].starts):
            break
        place -= 1
    if not every[place].joined:
        return False
    before = every[place - 1].folded
    earlier = every[place - 2].folded if every[place - 1].joined else ""
    if before in _THINGS.get(language, ()):
        return earlier not in AT_SOMEBODY
    if before == "a" and language == "ca" and every[place].folded in known():
        return True  # "a Gràcia", but "a la Gràcia"
    if before == "el" and every[place].folded in EL_WORDS:
        return True
    if before in TO and earlier in GOING:
        return True
    if before in CALLED_THINGS or before in WORKS:
        return True
    return before in BY and earlier in WORKS
