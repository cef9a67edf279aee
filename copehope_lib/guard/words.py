"""The words of a text, and how each stands there: capital, first of a sentence, sheltered."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from copehope_lib.guard.name_words import (
    BODIES,
    INSTITUTIONS,
    NAMELESS,
    PARTICLES,
    PLACES,
    SHORT_TITLES,
    SMALL_PLACES,
)
from copehope_lib.guard.plain import bare

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’·-](?=[^\W\d_]))*")
AROUND: Final = re.compile(r"\A(?:[dlnsm]|qu|dell|all|dall|nell|sull)['’]|['’]s\Z", re.I)
_SHORTENED: Final = re.compile(r"\b(sig|dott|prof)(\.? ?)(ra|ssa)\b", re.I)
_SENTENCE_END: Final = re.compile(r"[.!?:;\n•*«»\"“”(\[–—]|\s-\s")


@dataclass(slots=True)
class Word:
    """A word of a text, and how it stands there.

    Examples
    --------
    >>> word = words("Ask the Casa Rosa")[3]
    >>> word.said, word.start, word.may_name
    ('Rosa', 13, False)
    """

    said: str
    folded: str
    start: int
    end: int
    capital: bool
    starts: bool
    """It is the first of a sentence."""
    joined: bool
    """Nothing but blanks, or the dot of a shortened title, is before it."""
    sheltered: bool = False
    """It belongs to the name of a place or an institution."""
    near: bool = False
    """It may belong to such a name: small words may stand between."""
    allowed: bool = False
    """It belongs to an allowed text."""

    @property
    def spared(self) -> bool:
        """It cannot name anybody."""
        return self.sheltered or self.allowed

    @property
    def may_name(self) -> bool:
        """It may be part of somebody's name."""
        nobody = self.spared or self.names_a_house or self.folded in NAMELESS
        return self.capital and not nobody

    @property
    def names_a_house(self) -> bool:
        """What stands beside it is the name of an institution."""
        return self.folded in INSTITUTIONS or (self.capital and self.folded in BODIES)

    @property
    def parts(self) -> list[str]:
        """What it is made of: Saint and Denis."""
        return re.split("['’·-]", self.folded)


def words(text: str, allowed: frozenset[str] = frozenset()) -> list[Word]:
    """Return the words of a bare text.

    Parameters
    ----------
    text : str
        A bare text.
    allowed : frozenset of str
        Texts that are no names, compared without case and accents.

    Examples
    --------
    >>> [word.folded for word in words("la Sig.ra D'Amico")]
    ['la', 'sigra', 'amico']
    """
    every = _split(text)
    _shelter(every)
    phrases = _phrases(allowed)
    for start, word in enumerate(every):
        for phrase in phrases.get(word.folded, ()):
            if phrase == tuple(each.folded for each in every[start : start + len(phrase)]):
                for each in every[start : start + len(phrase)]:
                    each.allowed = True
    return every


def _shelter(every: list[Word]) -> None:
    """Mark what is named after a person and is none."""
    shelter = False  # the next capitalised word is named after a person
    through_particles = False  # and also the one after "de la"
    near = False
    for word in every:
        place = word.folded in PLACES and (word.capital or word.folded in SMALL_PLACES)
        house = word.names_a_house
        home = word.folded == "casa"  # somebody's, as often as not
        shelter = shelter and word.joined
        near = near and word.joined
        saint, *of_saint = word.parts  # Sant'Agata, Saint-Denis
        word.sheltered = (shelter and word.capital) or (bool(of_saint) and saint in PLACES)
        word.near = near
        near = (
            place or (house and not home) or (near and (word.capital or word.folded in PARTICLES))
        )
        if place:
            shelter = through_particles = True
        elif house and word.capital:
            shelter, through_particles = True, False
        elif not word.capital:
            shelter = shelter and through_particles and word.folded in PARTICLES


def _split(text: str) -> list[Word]:
    every: list[Word] = []
    end = 0
    # As long as before, so that a place in it is a place in the text.
    text = _SHORTENED.sub(lambda found: " " * len(found[2]) + found[1] + found[3], text)
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        after_title = gap[:1] == "." and bool(every) and every[-1].folded in SHORT_TITLES
        gap = gap[1:] if after_title else gap
        said = AROUND.sub("", match[0]) or match[0]
        lead = AROUND.match(match[0])
        alone = gap.endswith("(") and text.startswith(")", match.end())
        start = match.start() + (lead.end() if lead else 0)
        every.append(
            Word(
                said,
                said.casefold(),
                start,
                start + len(said),
                said[0].isupper(),
                # "(Amaka)" and "L'Amaka" owe their capital to no sentence.
                starts=not (lead or alone) and (not every or bool(_SENTENCE_END.search(gap))),
                joined=bool(every) and not gap.strip(" \t"),
            )
        )
        end = match.end()
    return every


@lru_cache
def _phrases(allowed: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return allowed texts as words, by their first word."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for text in allowed:
        known = tuple(word.folded for word in _split(bare(text)))
        if known:
            phrases.setdefault(known[0], []).append(known)
    return phrases
