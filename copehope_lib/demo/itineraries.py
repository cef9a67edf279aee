"""Personal itineraries: goals, and what happens to them on the way (§5.3.2, §5.5).

Small objectives that can be revised and adapted (§5.3.2).
"""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window, off_weekends
from copehope_lib.demo.draws import NEVER, Flags, Floats, Ints, by_word, happens, pick, place_of
from copehope_lib.demo.paths import Paths
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Area, ChosenBy, GoalEvent

# Mean number of goals set in the first six weeks.
AT_ENTRY: Final = 1.7

# Days after entry in which the first goals are set.
FIRST_WEEKS: Final = 42

# Mean number of goals set in each year after.
A_YEAR: Final = 1.6

# Whose goal it is: start from what women prioritise (§5.3.2), with some required from outside
# (§4.1, mandatory modules).
CHOSEN_BY: Final = by_word(
    ChosenBy, {"her": 0.44, "together": 0.43, "professional": 0.08, "required": 0.05}
)

# How much more often than on average a goal is required from outside, by area: papers and the
# modules they depend on (§4.1); never a goal about how she feels or spends her time.
REQUIRED: Final = by_word(
    Area, {"documents": 4.0, "language": 1.0, "training": 1.5, "housing": 1.0, "safety": 1.0}
)

# What goals are about; parenting only for mothers. Papers, language and work come first (§5.2,
# §5.5).
AREAS: Final = by_word(
    Area,
    {
        "documents": 0.17, "housing": 0.10, "health": 0.09, "emotional": 0.10,
        "language": 0.15, "training": 0.10, "work": 0.16, "parenting": 0.10,
        "network": 0.06, "leisure_culture": 0.05, "safety": 0.04,
    },
)  # fmt: skip

# Share of goals for which a day is named, two to ten months ahead.
HOPED_FOR: Final = 0.8

# Share of goals set and not begun.
NEVER_STARTED: Final = 0.05

# What happens next to a goal under way: "small objectives" (§5.3.2), paths that are not lineal
# (§5.4).
ACTIVE: Final = by_word(
    GoalEvent, {"step": 0.60, "paused": 0.13, "revised": 0.12, "achieved": 0.10, "set_aside": 0.05}
)

# The same while she pauses.
ACTIVE_IN_PAUSE: Final = by_word(
    GoalEvent, {"step": 0.32, "paused": 0.46, "revised": 0.10, "achieved": 0.02, "set_aside": 0.10}
)

# What happens next to a paused goal.
RESTING: Final = by_word(GoalEvent, {"resumed": 0.78, "set_aside": 0.22})

# Chance that an achieved goal is taken up once more (a contract ends, papers expire), and that
# one that was set aside is.
TAKEN_UP_AGAIN: Final = {GoalEvent.ACHIEVED: 0.05, GoalEvent.SET_ASIDE: 0.16}

# Fewer than so many events after the start and nothing is called achieved: small objectives still
# take time (§5.5).
STEPS_BEFORE_ACHIEVED: Final = 2

# Mean days between two events of a goal, of a gamma distribution of shape 2.
DAYS_BETWEEN: Final = 36.0

# How often attainment is noted with an event, and the shares of −2 to 2. 0 is what was hoped for
# (goal attainment scaling, Kiresuk and Sherman 1968).
ATTAINMENT: Final = {
    GoalEvent.ACHIEVED: (1.0, (0.0, 0.0, 0.50, 0.36, 0.14)),
    GoalEvent.SET_ASIDE: (0.6, (0.35, 0.45, 0.20, 0.0, 0.0)),
    GoalEvent.REVISED: (0.5, (0.15, 0.50, 0.35, 0.0, 0.0)),
}

WORST: Final = -2


def draw_goals(rng: np.random.Generator, women: Women, window: Window) -> pd.DataFrame:
    """Set goals at entry and along each stay.

    Returns
    -------
    pandas.DataFrame
        The table ``goals``, int64, in order of day: ``goal``, ``woman``, ``area``,
        ``chosen_by``, ``set_on``, ``target_on`` (``NEVER`` where none was named); and
        ``left_on``, the end of the stay.
    """
    stays = women.stays()
    length = (stays["left_on"].clip(upper=window.last) - stays["entered_on"]).clip(lower=0)
    stay, after = _moments(rng, length.to_numpy())
    rows = stays.loc[stay, ["woman", "entered_on", "left_on"]]
    set_on = window.open_on(rows["entered_on"].to_numpy() + after)
    area = _areas(rng, women.mothers[rows["woman"]])
    hoped = set_on + rng.integers(60, 300, len(stay))
    rows = rows.assign(
        area=area,
        chosen_by=_choosers(rng, area),
        set_on=set_on,
        target_on=np.where(rng.random(len(stay)) < HOPED_FOR, hoped, NEVER),
    )
    rows = rows[(set_on < rows["left_on"]) & (set_on <= window.last)]
    rows = rows.sort_values("set_on", kind="stable", ignore_index=True)
    return rows.rename_axis("goal").reset_index()


def _moments(rng: np.random.Generator, length: Ints) -> tuple[Ints, Ints]:
    """Return stay and days after entry of each goal: some at entry, others along the stay."""
    every_stay = np.arange(len(length))
    soon = np.repeat(every_stay, 1 + rng.poisson(AT_ENTRY - 1, len(length)))
    later = np.repeat(every_stay, rng.poisson(A_YEAR * length / 365))
    at_entry = rng.integers(3, FIRST_WEEKS, len(soon))
    along = FIRST_WEEKS + (rng.random(len(later)) * length[later]).astype(np.int64)
    return np.concatenate([soon, later]), np.concatenate([at_entry, along])


def _areas(rng: np.random.Generator, mothers: Flags) -> Ints:
    weights = np.tile(AREAS, (len(mothers), 1))
    weights[:, place_of(Area.PARENTING)] *= mothers
    return pick(rng, weights)


def _choosers(rng: np.random.Generator, area: Ints) -> Ints:
    weights = np.tile(CHOSEN_BY, (len(area), 1))
    weights[:, place_of(ChosenBy.REQUIRED)] *= REQUIRED[area]
    return pick(rng, weights)


def draw_goal_events(
    rng: np.random.Generator, goals: pd.DataFrame, paths: Paths, window: Window
) -> pd.DataFrame:
    """Let things happen to goals, one after the other.

    While a woman pauses little is achieved, and nothing needs to be.

    Returns
    -------
    pandas.DataFrame
        The table ``goal_events``, int64: ``goal``, ``on``, ``event`` (position),
        ``attainment`` (-2 to 2, ``NEVER`` where it was not noted).
    """
    woman, left = goals["woman"].to_numpy(), goals["left_on"].to_numpy()
    goal = np.flatnonzero(rng.random(len(goals)) >= NEVER_STARTED)
    on = goals["set_on"].to_numpy()[goal] + rng.integers(0, 21, len(goal))
    event = np.full(len(goal), place_of(GoalEvent.STARTED), dtype=np.int64)
    happened: list[Ints] = []
    while True:
        on = off_weekends(on)
        kept = (event < len(GoalEvent)) & (on < left[goal]) & (on <= window.last)
        goal, on, event = goal[kept], on[kept], event[kept]
        if len(goal) == 0:
            break
        happened.append(np.column_stack([goal, on, event]))
        pausing = paths.pausing(woman[goal], window.week(on))
        event = pick(rng, _next(event, len(happened), pausing))
        # At least three days, so that a weekend never brings two events to one day.
        on = on + 3 + rng.gamma(2.0, (DAYS_BETWEEN - 3) / 2, len(on)).astype(np.int64)
    rows = pd.DataFrame(np.vstack(happened), columns=["goal", "on", "event"])
    return rows.assign(attainment=_attainment(rng, rows["event"].to_numpy()))


def _next(event: Ints, turn: int, pausing: Flags) -> Floats:
    """Weights of what happens next to each goal; the last column is: nothing more."""
    weights = np.zeros((len(event), len(GoalEvent) + 1))
    weights[:, :-1] = np.where(pausing[:, None], ACTIVE_IN_PAUSE, ACTIVE)
    if turn <= STEPS_BEFORE_ACHIEVED:
        weights[:, place_of(GoalEvent.ACHIEVED)] = 0.0
    weights[event == place_of(GoalEvent.PAUSED), :-1] = RESTING
    for end, again in TAKEN_UP_AGAIN.items():
        these = event == place_of(end)
        weights[these] = 0.0
        weights[these, place_of(GoalEvent.RESUMED)] = again
        weights[these, -1] = 1 - again
    return weights


def _attainment(rng: np.random.Generator, event: Ints) -> Ints:
    noted = np.full(len(event), NEVER, dtype=np.int64)
    for kind, (share, shares) in ATTAINMENT.items():
        these = np.flatnonzero(event == place_of(kind))
        these = these[happens(rng, share, len(these))]
        noted[these] = WORST + pick(rng, shares, len(these))
    return noted
