"""Who accompanies whom, in which function, and how that changes hands (§5.4)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    Flags,
    Floats,
    Ints,
    by_word,
    coded,
    dates,
    happens,
    in_turn,
    pick,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.days import Window, off_weekends
from copehope_lib.demo.model import Functions
from copehope_lib.demo.team import Team
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Function, Profile

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
"""Which profiles take on a function, and how readily (§5.4, multidisciplinary teams)."""

_FITNESS: Final = np.array([by_word(Profile, FITS[function]) for function in Function])

CARRIED_ALONE: Final = (Function.REFERENCE, Function.LEGAL, Function.WORK, Function.HEALTH)
"""What one professional ends up doing where she carries a woman alone."""

REFERENCE: Final = place_of(Function.REFERENCE)


def assignments(
    rng: np.random.Generator, women: Women, team: Team, window: Window, model: Functions
) -> pd.DataFrame:
    """Share out the functions, stay by stay.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women and their stays.
    team : Team
        The professionals and their contracts.
    window : Window
        Days of the registry.
    model : Functions
        Chances.

    Returns
    -------
    pandas.DataFrame
        All int64: ``woman``, ``professional``, ``function`` (positions), ``begins``, ``ends``
        (days, half-open; ``NEVER`` while it lasts); one reference at a time for each woman.
    """
    stays = women.stays()
    alone = happens(rng, model.alone, len(stays))
    spans = _wanted(rng, women, stays, alone, window, model)
    spans["professional"] = _first_holders(rng, spans, team, window)
    reference = spans[spans["function"] == REFERENCE].set_index("stay")["professional"]
    spans.loc[spans["alone"], "professional"] = spans["stay"].map(reference)
    spans = spans[spans["professional"] >= 0]
    for first, after in window.months:
        spans = _change_hands(rng, spans, team, (first, after), model)
    return spans[["woman", "professional", "function", "begins", "ends"]].reset_index(drop=True)


def _wanted(
    rng: np.random.Generator,
    women: Women,
    stays: pd.DataFrame,
    alone: Flags,
    window: Window,
    model: Functions,
) -> pd.DataFrame:
    """One row for each function that is held for a stay, with the days it covers."""
    wanted = rng.random((len(stays), len(Function))) < by_word(Function, model.wanted)
    woman = stays["woman"].to_numpy()
    wanted[:, place_of(Function.PARENTING)] &= women.mothers[woman]
    # With nobody but her reference a woman would be carried alone: that is the exception.
    work = place_of(Function.WORK)
    wanted[:, work] |= wanted.sum(axis=1) == 1
    wanted &= ~alone[:, None] | np.isin(np.arange(len(Function)), [*map(place_of, CARRIED_ALONE)])
    stay, function = np.nonzero(wanted)
    begins, ends = (stays[name].to_numpy()[stay] for name in ("entered", "left"))
    later = off_weekends(begins + rng.integers(0, model.later_days, len(stay)))
    begins = np.where(function == REFERENCE, begins, later)
    spans = pd.DataFrame(
        {
            "stay": stay,
            "woman": woman[stay],
            "function": function,
            "alone": alone[stay],
            "begins": begins,
            "ends": ends,
        }
    )
    kept: pd.DataFrame = spans[(begins < ends) & (begins <= window.last)]
    return kept.reset_index(drop=True)


def _first_holders(
    rng: np.random.Generator, spans: pd.DataFrame, team: Team, window: Window
) -> Ints:
    """Draw who takes each function on, among those in the team all through that month."""
    holder = np.full(len(spans), -1, dtype=np.int64)
    begins, function = spans["begins"].to_numpy(), spans["function"].to_numpy()
    month = np.searchsorted(window.month_starts, begins, side="right") - 1
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
        readiness = (there & ~team.external).astype(np.float64)
    if function == REFERENCE and not readiness.any():
        readiness = there.astype(np.float64)
    if times == 0 or not readiness.any():
        return np.full(times, -1, dtype=np.int64)
    return pick(rng, readiness, times)


def _change_hands(
    rng: np.random.Generator,
    spans: pd.DataFrame,
    team: Team,
    month: tuple[int, int],
    model: Functions,
) -> pd.DataFrame:
    """Hand functions over: when someone leaves, when someone new starts, now and then."""
    first, after = month
    running = ((spans["begins"] < first) & (spans["ends"] > after)).to_numpy()
    ending = ((spans["begins"] < first) & (spans["ends"] > first)).to_numpy()
    holder, function = spans["professional"].to_numpy(), spans["function"].to_numpy()
    there, new = team.throughout(first, after), team.started_on == first
    forced = ending & (team.ended_on[holder] == first)
    readiness = _FITNESS[REFERENCE][team.profile] * team.asked * there
    to_new = readiness[new].sum() / max(readiness.sum(), 1e-9)
    offered = running & ~forced & (function == REFERENCE) & ~spans["alone"].to_numpy()
    welcome = offered & happens(rng, to_new, len(spans))
    changes = (offered & happens(rng, model.changes_of_reference, len(spans))) | welcome
    next_holder = holder.copy()
    for place in range(len(Function)):
        asking = (forced | changes) & ~welcome & (function == place)
        next_holder[asking] = _ask(rng, place, there, team, int(asking.sum()))
    next_holder[welcome] = _ask(rng, REFERENCE, there & new, team, int(welcome.sum()))
    on = off_weekends(first + rng.integers(1, after - first - 2, len(spans)))
    on = np.where(forced, first, on)
    handed = (next_holder != holder) & (forced | changes)
    kept = spans.assign(ends=np.where(handed, on, spans["ends"]))
    fresh = spans.assign(professional=next_holder, begins=on)[handed & (next_holder >= 0)]
    handed_over: pd.DataFrame = pd.concat([kept, fresh], ignore_index=True)
    return handed_over


def table(spans: pd.DataFrame, women: pd.Series, professionals: pd.Series) -> pd.DataFrame:
    """Return the table ``assignments``, by woman, day and function."""
    order = in_turn(
        [
            women.str[2:].astype(int).to_numpy()[spans["woman"]],
            spans["begins"].to_numpy(),
            spans["function"].to_numpy(),
        ]
    )
    rows = spans.iloc[order]
    return typed(
        "assignments",
        {
            "woman": coded(women, rows["woman"].to_numpy()),
            "professional": coded(professionals, rows["professional"].to_numpy()),
            "function": words(Function, rows["function"].to_numpy()),
            "from_on": dates(rows["begins"].to_numpy()),
            "to_on": dates(rows["ends"].to_numpy()),
        },
    )
