"""What a woman's weeks are like: needs that open and close, work, legal appointments (§5.2)."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from copehope_lib.demo.arrays import (
    Flags,
    Floats,
    Ints,
    Levels,
    by_word,
    happens,
    pick,
    place_of,
)
from copehope_lib.demo.days import Window
from copehope_lib.demo.model import Circumstances as CircumstancesModel
from copehope_lib.demo.model import Meetings
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Barrier, Housing, Need, ResidenceStatus

NOT_COVERED: Final = 2
"""Levels of a need: 0 covered, 1 partly, 2 not covered; the order of ``Coverage``."""

WORKS_AT_ENTRY: Final = by_word(
    ResidenceStatus,
    {
        "asylum_applicant": 0.22,
        "protection": 0.32,
        "residence_and_work": 0.42,
        "residence_no_work": 0.12,
        "none": 0.20,
        "unknown": 0.18,
    },
)
"""Share who work when they enter, with or without a contract: women are "often the main
providers of their families" (§5.2)."""

MAY_WORK: Final = by_word(
    ResidenceStatus, {"asylum_applicant": 1, "protection": 1, "residence_and_work": 1}
)
"""Papers that allow work (§5.2)."""


@dataclass(frozen=True)
class Circumstances:
    """Week by week, for every woman.

    Attributes
    ----------
    coverage : numpy.ndarray
        int8 ``(women, needs, weeks)``: 0 covered, 1 partly, 2 not covered.
    works, legal_week : numpy.ndarray
        bool ``(women, weeks)``.
    mothers : numpy.ndarray
        bool ``(women,)``.
    """

    coverage: Levels
    works: Flags
    legal_week: Flags
    mothers: Flags

    def level(self, need: Need, women: Ints, weeks: Ints) -> Levels:
        """How far a need was uncovered for each pair of woman and week."""
        level: Levels = self.coverage[women, place_of(need), weeks]
        return level

    def childcare(self, women: Ints, weeks: Ints) -> Levels:
        """How far childcare was uncovered; without children there is nothing to cover."""
        return np.where(self.mothers[women], self.level(Need.CHILDCARE, women, weeks), 0)


def circumstances(
    rng: np.random.Generator, women: Women, window: Window, model: CircumstancesModel
) -> Circumstances:
    """Let the weeks pass: each need, work and appointments as Markov chains.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women; a chain starts anew in the week of entry.
    window : Window
        Days of the registry.
    model : CircumstancesModel
        Chances.

    Returns
    -------
    Circumstances
        One entry a woman and week, also for weeks outside her stays.
    """
    status = women.status[:, 0]
    legal = by_word(ResidenceStatus, model.legal_week)[status]
    return Circumstances(
        coverage=_coverage(rng, women, window, model),
        works=_works(rng, women, window, model),
        legal_week=happens(rng, np.tile(legal[:, None], window.weeks)),
        mothers=women.mothers,
    )


def _coverage(
    rng: np.random.Generator, women: Women, window: Window, model: CircumstancesModel
) -> Levels:
    chances = np.array([model.needs[need] for need in Need])
    better, worse = chances[:, 2], chances[:, 3]
    shape = (len(women.site), len(Need))
    at_entry = _coverage_at_entry(rng, women, chances)
    entry_week = window.week(women.entered[:, 0])
    level = at_entry.copy()
    weeks = np.empty((window.weeks, *shape), dtype=np.int8)
    for week in range(window.weeks):
        drawn = rng.random(shape, dtype=np.float32)
        step = (drawn > 1 - worse).astype(np.int8) - (drawn < better).astype(np.int8)
        level = np.clip(level + step, 0, NOT_COVERED).astype(np.int8)
        level = np.where((entry_week == week)[:, None], at_entry, level)
        weeks[week] = level
    return np.ascontiguousarray(weeks.transpose(1, 2, 0))


def _coverage_at_entry(rng: np.random.Generator, women: Women, chances: Floats) -> Levels:
    drawn = rng.random((len(women.site), len(Need)))
    covered, partly = chances[:, 0], chances[:, 0] + chances[:, 1]
    level = (drawn >= covered).astype(np.int8) + (drawn >= partly).astype(np.int8)
    insecure = women.housing[:, 0] == place_of(Housing.INSECURE)
    housing = place_of(Need.HOUSING)
    level[:, housing] = np.where(insecure, NOT_COVERED, level[:, housing])
    papers = np.isin(
        women.status[:, 0],
        [place_of(ResidenceStatus.PROTECTION), place_of(ResidenceStatus.RESIDENCE_AND_WORK)],
    )
    documents = place_of(Need.DOCUMENTS)
    level[:, documents] = np.where(papers, np.minimum(level[:, documents], 1), level[:, documents])
    return level.astype(np.int8)


def _works(
    rng: np.random.Generator, women: Women, window: Window, model: CircumstancesModel
) -> Flags:
    status = women.status[:, 0]
    finds = model.finds_work * np.where(MAY_WORK[status] > 0, 1.0, 1 / 3)
    working = happens(rng, WORKS_AT_ENTRY[status])
    weeks = np.empty((len(status), window.weeks), dtype=np.bool_)
    for week in range(window.weeks):
        drawn = rng.random(len(status))
        working = np.where(working, drawn >= model.stops_work, drawn < finds)
        weeks[:, week] = working
    return weeks


def barriers(
    rng: np.random.Generator, around: Circumstances, women: Ints, weeks: Ints, model: Meetings
) -> Ints:
    """Draw what stood in the way for each pair of woman and week.

    What is common is named now and then; what presses on her in that week is named far more
    often: work, childcare, transport, a legal appointment, housing (§5.2, §5.5, §5.6).

    Returns
    -------
    numpy.ndarray
        Positions in ``Barrier``.
    """
    weights = np.tile(by_word(Barrier, model.barriers), (len(women), 1))
    childcare = np.array(model.barrier_childcare)[around.childcare(women, weeks)]
    transport = around.level(Need.TRANSPORT, women, weeks)
    housing = around.level(Need.HOUSING, women, weeks)
    pressing = {
        Barrier.WORK: model.barrier_work * around.works[women, weeks],
        Barrier.CHILDCARE: childcare * around.mothers[women],
        Barrier.TRANSPORT: np.array(model.barrier_transport)[transport],
        Barrier.LEGAL_APPOINTMENT: model.barrier_legal_week * around.legal_week[women, weeks],
        Barrier.HOUSING: np.array(model.barrier_housing)[housing],
    }
    for barrier, weight in pressing.items():
        weights[:, place_of(barrier)] += weight
    return pick(rng, weights)
