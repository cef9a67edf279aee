"""What stands before a capital: an article no name has, "in" before a town, "a poem by"."""

from typing import Final

from copehope_lib.guard.name_words import (
    AT_SOMEBODY,
    BEFORE_THINGS,
    BY,
    CALLED_THINGS,
    EL_WORDS,
    GOING,
    SPOKEN,
    TO,
    WORKS,
)
from copehope_lib.guard.place_words import known
from copehope_lib.guard.words import Word

_SPEAKERS: Final = {word: language for language, words in SPOKEN.items() for word in words}
# Capitals that may stand between a capital and what is said before them.
_CAPITALS: Final = 3


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
    counts = dict.fromkeys(SPOKEN, 0)
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
    if before in BEFORE_THINGS.get(language, ()):
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
