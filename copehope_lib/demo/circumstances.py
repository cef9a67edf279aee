"""What a woman's weeks are like: needs that open and close, work, legal appointments (§5.2)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import Flags, Floats, Ints, Levels, by_word, happens, pick, place_of
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Barrier, Housing, Need, ResidenceStatus

# Levels of a need: 0 covered, 1 partly, 2 not covered; the order of ``Coverage``.
NOT_COVERED: Final = 2

# Each need is a Markov chain by week over covered, partly, not covered: share covered and partly
# covered at entry, chance a week of a step up and of a step down. Papers move slowest (§5.2,
# bureaucracy), nursery places hardly faster (§5.5), food and health cover fastest because
# reception centres provide them (§5.2); transport and pocket money go both ways, month by month.
NEEDS: Final = {
    Need.HOUSING: (0.50, 0.32, 0.012, 0.006),
    Need.FOOD: (0.62, 0.26, 0.030, 0.010),
    Need.POCKET_MONEY: (0.22, 0.40, 0.020, 0.015),
    Need.TRANSPORT: (0.35, 0.35, 0.025, 0.018),
    Need.CHILDCARE: (0.22, 0.36, 0.012, 0.010),
    Need.DOCUMENTS: (0.14, 0.40, 0.010, 0.003),
    Need.HEALTH_COVER: (0.50, 0.30, 0.030, 0.004),
    Need.PHONE_INTERNET: (0.55, 0.30, 0.030, 0.012),
    Need.EMOTIONAL_SUPPORT: (0.20, 0.48, 0.022, 0.010),
    Need.DEBT: (0.30, 0.30, 0.008, 0.006),
    Need.GRIEF: (0.35, 0.40, 0.015, 0.008),
}

# The needs that were there from the beginning: what was added has a stream of chance of its own.
FIRST_NEEDS: Final = 9

# What papers bring with them, for each residence status: share who work when they enter, with or
# without a contract, for women are "often the main providers of their families" (§5.2); whether
# they allow work (§5.2); chance that a week holds an appointment at court, police or an office
# (§5.2: legal issues and lack of papers make for urgency).
PAPERS: Final = {
    ResidenceStatus.ASYLUM_APPLICANT: (0.22, True, 0.08),
    ResidenceStatus.PROTECTION: (0.32, True, 0.03),
    ResidenceStatus.RESIDENCE_AND_WORK: (0.42, True, 0.02),
    ResidenceStatus.RESIDENCE_NO_WORK: (0.12, False, 0.04),
    ResidenceStatus.NONE: (0.20, False, 0.07),
    ResidenceStatus.UNKNOWN: (0.18, False, 0.04),
}

# Chance a week of starting to work, where papers allow it; a third of it where they do not (§5.2:
# permits often have limits).
FINDS_WORK: Final = 0.009

# Chance a week that work ends: jobs are precarious (§5.2).
STOPS_WORK: Final = 0.014

# How often each barrier is named where nothing particular presses. Childcare is not there: it is
# named by those who have children.
BARRIERS: Final = by_word(
    Barrier,
    {
        "work": 0.12, "transport": 0.17, "health": 0.30, "legal_appointment": 0.12,
        "family_emergency": 0.16, "housing": 0.06, "documents": 0.08, "safety": 0.03,
        "language": 0.04, "other_priority": 0.16, "unknown": 0.18,
    },
)  # fmt: skip

# What is added to a barrier by what presses in that week: whether she works or not; for a mother,
# how far childcare is covered; how far transport is; whether there is a legal appointment; how
# far housing is covered, as moving house fills a week (§5.2). The calmest comes first.
PRESSES: Final = {
    Barrier.WORK: (0.0, 1.9),
    Barrier.CHILDCARE: (0.4, 2.0, 3.6),
    Barrier.TRANSPORT: (0.0, 0.15, 0.45),
    Barrier.LEGAL_APPOINTMENT: (0.0, 4.0),
    Barrier.HOUSING: (0.0, 0.05, 0.3),
}


@dataclass(frozen=True)
class Circumstances:
    """Week by week, for every woman, also for weeks outside her stays.

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


def draw_circumstances(rng: np.random.Generator, women: Women, window: Window) -> Circumstances:
    """Let the weeks pass: work, and each need from the week of entry on, as Markov chains."""
    status = women.residence_status
    at_entry, may_work, legal = np.array(ResidenceStatus.each(PAPERS))[status].T
    return Circumstances(
        coverage=_coverage(rng, women, window),
        works=_works(rng, at_entry, may_work > 0, window),
        legal_week=happens(rng, np.tile(legal[:, None], window.weeks)),
        mothers=women.mothers,
    )


def _coverage(rng: np.random.Generator, women: Women, window: Window) -> Levels:
    covered, partly, better, worse = np.array(Need.each(NEEDS)).T
    at_entry = _coverage_at_entry(rng, women, covered, covered + partly)
    entry_week = window.week(women.entered_on[:, 0])
    level, later = at_entry, rng.spawn(1)[0]
    weeks = np.empty((window.weeks, *level.shape), dtype=np.int8)
    for week in range(window.weeks):
        drawn = _for_each_need(rng, later, len(level), np.float32)
        step = (drawn > 1 - worse).astype(np.int8) - (drawn < better).astype(np.int8)
        level = np.clip(level + step, 0, NOT_COVERED)
        level = np.where((entry_week == week)[:, None], at_entry, level)
        weeks[week] = level
    return np.ascontiguousarray(weeks.transpose(1, 2, 0))


def _for_each_need(
    rng: np.random.Generator,
    later: np.random.Generator,
    count: int,
    kind: type[np.float32] | type[np.float64],
) -> npt.NDArray[np.floating]:
    """Draw for each woman and need: those that were added later leave the others as they were."""
    first = rng.random((count, FIRST_NEEDS), dtype=kind)
    return np.hstack([first, later.random((count, len(Need) - FIRST_NEEDS), dtype=kind)])


def _coverage_at_entry(
    rng: np.random.Generator, women: Women, covered: Floats, at_least_partly: Floats
) -> Levels:
    drawn = _for_each_need(rng, rng.spawn(1)[0], len(women.site), np.float64)
    level = (drawn >= covered).astype(np.int8) + (drawn >= at_least_partly).astype(np.int8)
    housing, documents = place_of(Need.HOUSING), place_of(Need.DOCUMENTS)
    level[women.housing[:, 0] == place_of(Housing.INSECURE), housing] = NOT_COVERED
    with_papers = (ResidenceStatus.PROTECTION, ResidenceStatus.RESIDENCE_AND_WORK)
    papers = np.isin(women.residence_status, [place_of(word) for word in with_papers])
    level[papers, documents] = np.minimum(level[papers, documents], 1)
    return level


def _works(rng: np.random.Generator, at_entry: Floats, may_work: Flags, window: Window) -> Flags:
    finds = FINDS_WORK * np.where(may_work, 1.0, 1 / 3)
    working = happens(rng, at_entry)
    weeks = np.empty((len(at_entry), window.weeks), dtype=np.bool_)
    for week in range(window.weeks):
        drawn = rng.random(len(at_entry))
        working = np.where(working, drawn >= STOPS_WORK, drawn < finds)
        weeks[:, week] = working
    return weeks


def barriers(rng: np.random.Generator, around: Circumstances, women: Ints, weeks: Ints) -> Ints:
    """Draw what stood in the way for each pair of woman and week; positions in ``Barrier``.

    What is common is named now and then; what presses on her in that week is named far more
    often: work, childcare, transport, a legal appointment, housing (§5.2, §5.5, §5.6).
    """
    weights = np.tile(BARRIERS, (len(women), 1))
    levels = {
        Barrier.WORK: around.works[women, weeks].astype(np.int8),
        Barrier.CHILDCARE: around.childcare(women, weeks),
        Barrier.TRANSPORT: around.level(Need.TRANSPORT, women, weeks),
        Barrier.LEGAL_APPOINTMENT: around.legal_week[women, weeks].astype(np.int8),
        Barrier.HOUSING: around.level(Need.HOUSING, women, weeks),
    }
    for barrier, level in levels.items():
        pressing = np.array(PRESSES[barrier])[level]
        here = around.mothers[women] if barrier is Barrier.CHILDCARE else 1
        weights[:, place_of(barrier)] += pressing * here
    return pick(rng, weights)
