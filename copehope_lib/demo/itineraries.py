"""Personal itineraries: goals, and what happens to them on the way (§5.3.2, §5.5)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    NEVER,
    Flags,
    Floats,
    Ints,
    by_word,
    coded,
    codes,
    dates,
    happens,
    in_turn,
    numbers,
    pick,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.days import Window, off_weekends
from copehope_lib.demo.model import Goals
from copehope_lib.demo.paths import Paths
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Area, ChosenBy, GoalEvent

ATTAINMENT: Final = {
    GoalEvent.ACHIEVED: (1.0, (0.0, 0.0, 0.50, 0.36, 0.14)),
    GoalEvent.SET_ASIDE: (0.6, (0.35, 0.45, 0.20, 0.0, 0.0)),
    GoalEvent.REVISED: (0.5, (0.15, 0.50, 0.35, 0.0, 0.0)),
}
"""How often attainment is noted with an event, and the shares of −2 to 2. 0 is what was hoped
for (goal attainment scaling, Kiresuk and Sherman 1968)."""

WORST: Final = -2

FIRST_WEEKS: Final = 42
"""Days after entry in which the first goals are set."""

REQUIRED: Final = by_word(
    Area, {"documents": 4.0, "language": 1.0, "training": 1.5, "housing": 1.0, "safety": 1.0}
)
"""How much more often than on average a goal is required from outside, by area: papers and the
modules they depend on (§4.1); never a goal about how she feels or spends her time."""


def goals(rng: np.random.Generator, women: Women, window: Window, model: Goals) -> pd.DataFrame:
    """Set goals at entry and along each stay.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women and their stays.
    window : Window
        Days of the registry.
    model : Goals
        How many, about what, whose.

    Returns
    -------
    pandas.DataFrame
        int64, in order of day: ``woman``, ``area``, ``chosen_by`` (positions), ``set_on``,
        ``target_on`` (``NEVER`` where none was named), ``left`` (end of the stay).
    """
    stays = women.stays()
    length = (np.minimum(stays["left"], window.last) - stays["entered"]).clip(lower=0).to_numpy()
    stay, after = _moments(rng, length, model)
    set_on = window.open_on(stays["entered"].to_numpy()[stay] + after)
    woman, left = stays["woman"].to_numpy()[stay], stays["left"].to_numpy()[stay]
    area = _areas(rng, women, woman, model)
    hoped = set_on + rng.integers(60, 300, len(stay))
    rows = pd.DataFrame(
        {
            "woman": woman,
            "area": area,
            "chosen_by": _choosers(rng, area, model),
            "set_on": set_on,
            "target_on": np.where(rng.random(len(stay)) < 0.8, hoped, NEVER),
            "left": left,
        }
    )
    rows = rows[(set_on < left) & (set_on <= window.last)]
    return rows.sort_values("set_on", kind="stable", ignore_index=True)


def _moments(rng: np.random.Generator, length: Ints, model: Goals) -> tuple[Ints, Ints]:
    """Return stay and days after entry of each goal: some at entry, others along the stay."""
    every_stay = np.arange(len(length))
    soon = np.repeat(every_stay, 1 + rng.poisson(model.at_entry - 1, len(length)))
    later = np.repeat(every_stay, rng.poisson(model.a_year * length / 365))
    at_entry = rng.integers(3, FIRST_WEEKS, len(soon))
    along = FIRST_WEEKS + (rng.random(len(later)) * length[later]).astype(np.int64)
    return np.concatenate([soon, later]), np.concatenate([at_entry, along])


def _areas(rng: np.random.Generator, women: Women, woman: Ints, model: Goals) -> Ints:
    weights = np.tile(by_word(Area, model.areas), (len(woman), 1))
    weights[:, place_of(Area.PARENTING)] *= women.mothers[woman]
    return pick(rng, weights)


def _choosers(rng: np.random.Generator, area: Ints, model: Goals) -> Ints:
    weights = np.tile(by_word(ChosenBy, model.chosen_by), (len(area), 1))
    weights[:, place_of(ChosenBy.REQUIRED)] *= REQUIRED[area]
    return pick(rng, weights)


def events(
    rng: np.random.Generator,
    set_goals: pd.DataFrame,
    paths: Paths,
    window: Window,
    model: Goals,
) -> pd.DataFrame:
    """Let things happen to goals, one after the other.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    set_goals : pandas.DataFrame
        Result of :func:`goals`.
    paths : Paths
        When each woman pauses: little is achieved then, and nothing needs to be.
    window : Window
        Days of the registry.
    model : Goals
        What happens next, and when.

    Returns
    -------
    pandas.DataFrame
        int64, in order of goal and day: ``goal``, ``on``, ``event`` (position),
        ``attainment`` (-2 to 2, ``NEVER`` where it was not noted).
    """
    woman, left = set_goals["woman"].to_numpy(), set_goals["left"].to_numpy()
    goal = np.flatnonzero(rng.random(len(set_goals)) >= model.never_started)
    on = set_goals["set_on"].to_numpy()[goal] + rng.integers(0, 21, len(goal))
    event = np.full(len(goal), place_of(GoalEvent.STARTED), dtype=np.int64)
    happened: list[Ints] = []
    turn = 0
    while True:
        on = off_weekends(on)
        kept = (event >= 0) & (on < left[goal]) & (on <= window.last)
        goal, on, event = goal[kept], on[kept], event[kept]
        if len(goal) == 0:
            break
        happened.append(np.column_stack([goal, on, event]))
        pausing = paths.pausing(woman[goal], window.week(on))
        event = pick(rng, _next(event, turn, model, pausing))
        event = np.where(event == len(GoalEvent), -1, event)
        # At least three days, so that a weekend never brings two events to one day.
        on = on + 3 + rng.gamma(2.0, (model.days_between - 3) / 2, len(on)).astype(np.int64)
        turn += 1
    rows = pd.DataFrame(np.vstack(happened), columns=["goal", "on", "event"])
    rows["attainment"] = _attainment(rng, rows["event"].to_numpy())
    return rows.sort_values(["goal", "on"], ignore_index=True)


def _next(event: Ints, turn: int, model: Goals, pausing: Flags) -> Floats:
    """Weights of what happens next to each goal; the last column is: nothing more."""
    active, in_pause = dict(model.active), dict(model.active_in_pause)
    if turn < model.steps_before_achieved:
        active["achieved"] = in_pause["achieved"] = 0.0
    under_way = np.array([by_word(GoalEvent, active), by_word(GoalEvent, in_pause)])
    resting = by_word(GoalEvent, model.resting)
    taken_up = by_word(GoalEvent, {"resumed": 1.0})
    weights = np.zeros((len(event), len(GoalEvent) + 1))
    weights[:, :-1] = under_way[pausing.astype(np.int64)]
    weights[event == place_of(GoalEvent.PAUSED), :-1] = resting
    for end, again in (
        (GoalEvent.ACHIEVED, model.reopened),
        (GoalEvent.SET_ASIDE, model.taken_up_again),
    ):
        these = event == place_of(end)
        weights[these, :-1], weights[these, -1] = again * taken_up, 1 - again
    return weights


def _attainment(rng: np.random.Generator, event: Ints) -> Ints:
    noted = np.full(len(event), NEVER, dtype=np.int64)
    for kind, (share, shares) in ATTAINMENT.items():
        these = np.flatnonzero(event == place_of(kind))
        these = these[happens(rng, share, len(these))]
        noted[these] = WORST + pick(rng, shares, len(these))
    return noted


def tables(
    set_goals: pd.DataFrame, happened: pd.DataFrame, women: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables ``goals`` and ``goal_events``."""
    label = codes("G", len(set_goals), 4)
    goal_table = typed(
        "goals",
        {
            "goal": label,
            "woman": coded(women, set_goals["woman"].to_numpy()),
            "area": words(Area, set_goals["area"].to_numpy()),
            "chosen_by": words(ChosenBy, set_goals["chosen_by"].to_numpy()),
            "set_on": dates(set_goals["set_on"].to_numpy()),
            "target_on": dates(set_goals["target_on"].to_numpy()),
        },
    )
    order = in_turn([happened["goal"].to_numpy(), happened["on"].to_numpy()])
    rows = happened.iloc[order]
    attainment = rows["attainment"].to_numpy()
    event_table = typed(
        "goal_events",
        {
            "goal": coded(label, rows["goal"].to_numpy()),
            "on": dates(rows["on"].to_numpy()),
            "event": words(GoalEvent, rows["event"].to_numpy()),
            "attainment": numbers(
                np.where(attainment == NEVER, 0, attainment), attainment != NEVER
            ),
        },
    )
    return goal_table, event_table
