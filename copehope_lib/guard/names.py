"""Likely names in a sentence: known first names, titles, and capitals where none are due."""

import re
from collections.abc import Iterator
from typing import Final

from copehope_lib.guard.before import names_a_thing, spoken
from copehope_lib.guard.name_words import (
    ALSO_WORDS,
    BEFORE_TELLING,
    FIRST_NAMES,
    LIKE_WORDS,
    OPENERS,
    PARTICLES,
    TELLING,
    TITLES,
)
from copehope_lib.guard.place_words import known, ordinary
from copehope_lib.guard.words import Word, words

_LINE: Final = re.compile(r"[^\n]+")
# Letters that a first name in small letters must have to be told from a word.
_SMALL: Final = 5
# Words to which a name is widened; more capitals in a row are looked at piece by piece.
_LONG: Final = 8
# Letters of the longest acronym; in capitals throughout, names are as long.
_ACRONYM: Final = 5
_GIVEN: Final = FIRST_NAMES | ALSO_WORDS
# What may stand between the names of one person.
_BETWEEN: Final = PARTICLES - {"y", "e"}


def named(every: list[Word]) -> Iterator[range]:
    """Return which words of a sentence name somebody, beyond doubt enough to refuse a cell.

    Parameters
    ----------
    every : list of Word
        The words of a text.

    Examples
    --------
    >>> list(named(words("Ask Amaka Obi for Sra. Puig")))
    [range(1, 2), range(1, 3), range(5, 6), range(4, 6)]
    """
    sentence = len(every) > 3 and any(not word.capital for word in every)
    shouted = all(word.said.isupper() for word in every) and len(every) > 2
    language = spoken(every)
    begin = 0
    for place, word in enumerate(every):
        after = every[place + 1] if place + 1 < len(every) else None
        follows = after if after is not None and after.joined else None
        if not word.spared:
            also = not shouted and not names_a_thing(every, place, language)
            yield from _known(place, word, follows, also)
        if word.capital:
            begin = begin if word.joined and every[place - 1].capital else place
            if sentence and (follows is None or not follows.capital):
                run = range(begin + 1 if every[begin].starts else begin, place + 1)
                if _is_name([every[at] for at in run]):
                    yield run


def _known(place: int, word: Word, follows: Word | None, also: bool) -> Iterator[range]:
    """Return what a first name or a title tells of itself and the word after it.

    Where ``also`` is true, names that are also words count.
    """
    named_after = follows is not None and follows.may_name
    if word.capital and not FIRST_NAMES.isdisjoint(word.parts):
        yield range(place, place + 1)
    elif word.folded in TITLES or word.said == "Na":
        if named_after:
            yield range(place + 1, place + 2)
    elif word.capital and word.folded in ALSO_WORDS and also:
        beside = follows is not None and follows.names_a_house
        common = word.starts and follows is not None and follows.folded in ordinary()
        if named_after and not common:
            yield range(place, place + 2)
        elif not word.starts and not beside:
            yield range(place, place + 1)


def _is_name(run: list[Word]) -> bool:
    if len(run) < 2 or run[-1].names_a_house:
        return False
    return any(word.may_name and len(word.said) > 1 for word in run)


def spans(text: str, allowed: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Return where likely names stand in a bare text.

    Besides what :func:`named` tells, these are single capitals inside a sentence that are no
    known place, and long first names in small letters.

    Parameters
    ----------
    text : str
        A bare text.
    allowed : frozenset of str
        Texts that are no names, compared without case and accents.

    Examples
    --------
    >>> list(spans("Tell Ezenwa that amarachi lives in Girona with Mrs Hill"))
    [(5, 11), (17, 25), (51, 55)]
    >>> list(spans("Hope is what the group in Barcelona talked about"))
    []
    """
    for line in _LINE.finditer(text):
        every = words(line[0], allowed)
        language = spoken(every)
        sure = (run for run in named(every) if not _of_things(every, run, language))
        runs = (*sure, *_telling(line[0], every), *_lone(every, language), *_small(every))
        for first, last in sorted({_whole(every, run) for run in runs}):
            # Initials are what is offered in place of a name.
            if any(len(word.said) > 1 for word in every[first : last + 1]):
                yield line.start() + every[first].start, line.start() + every[last].end


def _of_things(every: list[Word], run: range, language: str) -> bool:
    """Tell whether capitals are known from elsewhere, or belong to an institution."""
    if run[0] and every[run[0] - 1].folded in TITLES:
        return False
    said = [every[at] for at in run if every[at].may_name]
    if any(not FIRST_NAMES.isdisjoint(word.parts) for word in said):
        return False
    if all(word.folded in ALSO_WORDS for word in said):
        return all(word.near for word in said)
    shouted = all(every[at].said.isupper() for at in run)
    acronyms = [
        word for word in said if word.said.isupper() and len(word.said) <= _ACRONYM and not shouted
    ]
    if all(word.near or word in acronyms or _is_said(word) for word in said):
        return True
    one_of_them = any(word.folded in ALSO_WORDS for word in said)
    return not one_of_them and names_a_thing(every, run[0], language)


def _is_said(word: Word) -> bool:
    """Tell whether a capital is known from elsewhere than from people."""
    return word.folded in ordinary() or not known().isdisjoint((word.folded, *word.parts))


def _telling(line: str, every: list[Word]) -> Iterator[range]:
    """Return words that begin a sentence and are names because of what follows.

    Somebody says or asks something, or minutes go from woman to woman: "Hope: came late".
    """
    for place, word in enumerate(every):
        if not (word.starts and word.may_name):
            continue
        tells = _tells(every, place + 1)
        if word.folded in ALSO_WORDS:
            if tells or line.startswith(":", word.end):
                yield range(place, place + 1)
        elif tells and word.folded not in OPENERS and _is_written_as_name(word):
            yield range(place, place + 1)


def _tells(every: list[Word], place: int) -> bool:
    """Tell whether what stands somewhere is what people do, or have done."""
    said = [word.folded if word.joined else "" for word in every[place : place + 2]]
    match said:
        case ["has" | "had", done]:
            return done.endswith(("ed", "en")) or done in TELLING
        case [between, does] if between in BEFORE_TELLING:
            return does in TELLING
    return bool(said) and said[0] in TELLING


def _is_written_as_name(word: Word) -> bool:
    """Tell whether a word is long enough, no acronym, and unknown."""
    parts = [part[1:] for part in re.split("['’·-]", word.said)]
    return len(word.said) > 2 and "".join(parts).islower() and not _is_said(word)


def _lone(every: list[Word], language: str) -> Iterator[range]:
    """Return capitals that nothing asks for: no sentence begins and no known place is named."""
    if len(every) < 4 or sum(word.capital for word in every) * 2 > len(every):
        return
    for place, word in enumerate(every):
        if (
            word.may_name
            and not (word.starts or word.near)
            and _is_written_as_name(word)
            and not names_a_thing(every, place, language)
            and not _of_an_institution(every, place)
        ):
            yield range(place, place + 1)


def _of_an_institution(every: list[Word], place: int) -> bool:
    """Tell whether capitals that follow end in an institution: Elm Clinic."""
    for word in every[place + 1 : place + 4]:
        if not (word.joined and word.capital):
            return False
        if word.names_a_house:
            return True
    return False


def _small(every: list[Word]) -> Iterator[range]:
    for place, word in enumerate(every):
        known_name = word.folded in FIRST_NAMES and word.folded not in LIKE_WORDS
        if known_name and len(word.folded) >= _SMALL and not (word.capital or word.spared):
            yield range(place, place + 1)


def _whole(every: list[Word], run: range) -> tuple[int, int]:
    """Return the first and last word of the whole name to which some words belong."""
    first, last = run[0], run[-1]
    while first < last and not every[first].may_name:
        first += 1
    while first and every[first].joined and every[first - 1].may_name and last - first < _LONG:
        before = every[first - 1]
        if before.starts and before.folded not in _GIVEN:
            break
        first -= 1
    at = last + 1
    while at < len(every) and every[at].joined and at - last <= 3 and at - first < _LONG:
        of_somewhere = at > last + 1 and every[at].folded in known()
        if _of_the_cross(every, at) or (every[at].may_name and not of_somewhere):
            last = at
        elif every[at].folded not in _BETWEEN or _joins_two(every, at):
            break
        at += 1
    return first, last


def _joins_two(every: list[Word], at: int) -> bool:
    """Tell whether "i" stands between two people, not two surnames."""
    after = every[at + 1] if at + 1 < len(every) else None
    return every[at].folded == "i" and (
        after is None or not after.may_name or after.folded in _GIVEN
    )


def _of_the_cross(every: list[Word], at: int) -> bool:
    """Tell whether a word is the end of "de la Cruz", and not the beginning of Cruz Roja."""
    after = every[at + 1].folded if at + 1 < len(every) else ""
    said = [word.folded for word in every[at - 1 : at + 1]]
    return said == ["la", "cruz"] and every[at].capital and after != "roja"
