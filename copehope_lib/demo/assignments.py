"""Who accompanies whom, in which function, and how that changes hands (§5.4)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window, off_weekends
from copehope_lib.demo.draws import Flags, Floats, Ints, by_word, happens, pick, place_of
from copehope_lib.demo.team import Team
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Function, Profile

# Which profiles take on a function, and how readily (§5.4, multidisciplinary teams).
FITS: Final[dict[Function, dict[str, float]]] = {
    Function.REFERENCE: {
        "social_educator": 1,
        "social_worker": 1,
        "cultural_mediator": 0.45,
        "coordinator": 0.25,
    },
    Function.PSYCHOLOGICAL: {"psychologist": 1},
    Function.LEGAL: {"legal_adviser": 1, "coordinator": 0.3, "social_worker": 0.2},
    Function.WORK: {"job_counsellor": 1, "social_educator": 0.06},
    Function.HEALTH: {"social_worker": 0.7, "social_educator": 0.3, "cultural_mediator": 0.4},
    Function.MEDIATION: {"cultural_mediator": 1},
    Function.LANGUAGE: {"language_teacher": 1, "volunteer": 0.3},
    Function.PARENTING: {"social_educator": 1, "psychologist": 0.5, "creative_therapist": 0.3},
}

_FITNESS: Final = np.array([by_word(Profile, fits) for fits in Function.each(FITS)])

# Share of women for whom a function is held; parenting is asked of mothers only.
WANTED: Final = by_word(
    Function,
    {
        "reference": 1.0, "psychological": 0.42, "legal": 0.26, "work": 0.40,
        "health": 0.14, "mediation": 0.16, "language": 0.10, "parenting": 0.22,
    },
)  # fmt: skip

# Share of women for whom one professional carries everything, which §5.4 warns of.
ALONE: Final = 0.06

# What one professional ends up doing where she carries a woman alone.
CARRIED_ALONE: Final = (Function.REFERENCE, Function.LEGAL, Function.WORK, Function.HEALTH)

# Chance a month that the reference person changes without anyone leaving: women "have a hard time
# bonding" (§5.5), so it is rare.
CHANGES_OF_REFERENCE: Final = 0.012

# The other functions begin up to so many days after entry.
LATER_DAYS: Final = 60

REFERENCE: Final = place_of(Function.REFERENCE)


def draw_assignments(
    rng: np.random.Generator, women: Women, team: Team, window: Window
) -> pd.DataFrame:
    """Share out the functions, stay by stay.

    Returns
    -------
    pandas.DataFrame
        int64: ``woman``, ``professional``, ``function`` (positions), ``from_on``, ``to_on``
        (days, half-open; ``NEVER`` while it lasts); one reference at a time for each woman.
    """
    stays = women.stays()
    alone = happens(rng, ALONE, len(stays))
    spans = _wanted(rng, women, stays, alone, window)
    spans["professional"] = _first_holders(rng, spans, team, window)
    reference = spans[spans["function"] == REFERENCE].set_index("stay")["professional"]
    spans.loc[spans["alone"], "professional"] = spans["stay"].map(reference)
    spans = spans[spans["professional"] >= 0]
    for first, after in window.months:
        spans = _change_hands(rng, spans, team, first, after)
    return spans.reset_index(drop=True)


def _wanted(
    rng: np.random.Generator, women: Women, stays: pd.DataFrame, alone: Flags, window: Window
) -> pd.DataFrame:
    """One row for each function that is held for a stay, with the days it covers."""
    wanted = rng.random((len(stays), len(Function))) < WANTED
    wanted[:, place_of(Function.PARENTING)] &= women.mothers[stays["woman"]]
    # With nobody but her reference a woman would be carried alone: that is the exception.
    wanted[:, place_of(Function.WORK)] |= wanted.sum(axis=1) == 1
    wanted &= ~alone[:, None] | np.isin(range(len(Function)), [*map(place_of, CARRIED_ALONE)])
    stay, function = np.nonzero(wanted)
    spans = stays.loc[stay, ["woman", "entered_on", "left_on"]].reset_index(drop=True)
    spans = spans.set_axis(["woman", "from_on", "to_on"], axis=1)
    later = off_weekends(spans["from_on"].to_numpy() + rng.integers(0, LATER_DAYS, len(stay)))
    spans = spans.assign(stay=stay, function=function, alone=alone[stay])
    spans["from_on"] = spans["from_on"].where(function == REFERENCE, later)
    kept: pd.DataFrame = spans[spans["from_on"] < spans["to_on"].clip(upper=window.last + 1)]
    return kept.reset_index(drop=True)


def _first_holders(
    rng: np.random.Generator, spans: pd.DataFrame, team: Team, window: Window
) -> Ints:
    """Draw who takes each function on, among those in the team all through that month."""
    holder = np.full(len(spans), -1, dtype=np.int64)
    function = spans["function"].to_numpy()
    month = np.searchsorted(window.month_starts, spans["from_on"], side="right") - 1
    for number, (first, after) in enumerate([(window.since, window.first), *window.months], -1):
        there = team.throughout(first, after)
        for place in range(len(Function)):
            asking = (month == number) & (function == place)
            holder[asking] = _ask(rng, place, there, team, int(asking.sum()))
    return holder


def _ask(rng: np.random.Generator, function: int, there: Flags, team: Team, times: int) -> Ints:
    """Draw professionals for one function; -1 where there is nobody for it."""
    readiness: Floats = _FITNESS[function][team.profile] * team.asked * there
    if function == REFERENCE and not readiness.any():
        own = there & ~team.external
        readiness = (own if own.any() else there).astype(np.float64)
    if times == 0 or not readiness.any():
        return np.full(times, -1, dtype=np.int64)
    return pick(rng, readiness, times)


def _change_hands(
    rng: np.random.Generator, spans: pd.DataFrame, team: Team, first: int, after: int
) -> pd.DataFrame:
    """Hand functions over: when someone leaves, when someone new starts, now and then."""
    began, ends = (spans["from_on"] < first).to_numpy(), spans["to_on"].to_numpy()
    holder, function = spans["professional"].to_numpy(), spans["function"].to_numpy()
    there, new = team.throughout(first, after), team.started_on == first
    forced = began & (ends > first) & (team.ended_on[holder] == first)
    readiness = _FITNESS[REFERENCE][team.profile] * team.asked * there
    to_new = readiness[new].sum() / max(readiness.sum(), 1e-9)
    reference = (function == REFERENCE) & ~spans["alone"].to_numpy()
    offered = began & (ends > after) & ~forced & reference
    welcome = offered & happens(rng, to_new, len(spans))
    changes = forced | (offered & happens(rng, CHANGES_OF_REFERENCE, len(spans)))
    next_holder = holder.copy()
    for place in range(len(Function)):
        asking = changes & ~welcome & (function == place)
        next_holder[asking] = _ask(rng, place, there, team, int(asking.sum()))
    next_holder[welcome] = _ask(rng, REFERENCE, there & new, team, int(welcome.sum()))
    on = off_weekends(first + rng.integers(1, after - first - 2, len(spans)))
    on = np.where(forced, first, on)
    handed = (next_holder != holder) & (changes | welcome)
    kept = spans.assign(to_on=np.where(handed, on, ends))
    fresh = spans.assign(professional=next_holder, from_on=on)[handed & (next_holder >= 0)]
    handed_over: pd.DataFrame = pd.concat([kept, fresh], ignore_index=True)
    return handed_over
