"""Itineraries: where goals stand, how they came there, and how far they were reached (§5.5).

A goal that is paused, revised or set aside is part of the way (§5.3.2, §5.6): nothing here is
a percentage of a straight line.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.grid import grid, together
from copehope_lib.metrics.latest import in_order
from copehope_lib.metrics.metric import Metric
from copehope_lib.metrics.preconditions import among, places, require
from copehope_lib.metrics.stays import accompanied
from copehope_lib.metrics.sums import Counts, at_most, equals, nothing
from copehope_lib.vocabulary import (
    AREAS_TOGETHER,
    Area,
    ChosenBy,
    GoalEvent,
    GoalState,
    Together,
)

NOT_SET = "not_set"
"""Stands for the state of a goal before it was set."""

OPEN = ["not_started", "under_way", "paused", Together.STILL_OPEN.value]

# The state after an event; to revise a goal leaves it where it is.
_LEADS_TO = {
    "started": "under_way",
    "step": "under_way",
    "paused": "paused",
    "resumed": "under_way",
    "achieved": "achieved",
    "set_aside": "set_aside",
}

_QUIET = {"0-30": 30, "31-90": 90, "91-180": 180, "181+": np.inf}


def paths(
    women: pd.DataFrame, goals: pd.DataFrame, goal_events: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """What happened to the goals of the women accompanied on the last day of a period.

    Parameters
    ----------
    women, goals, goal_events : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month, or months; what happened later is not looked at.

    Returns
    -------
    pandas.DataFrame
        One row an event, by goal and day: ``goal``, ``woman`` (str), ``area`` (category),
        ``on`` (day), ``event`` (category), ``attainment`` (Int64). Of several events on one day
        the one that stands later in the vocabulary comes later.

    Notes
    -----
    Report §5.6: avoid "the expectation on linear processes".

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> path = paths(registry.women, registry.goals, registry.goal_events, month)
    >>> path["event"].tolist()
    ['started', 'paused', 'resumed', 'started', 'achieved']
    """
    require("goal_events", goal_events, "on", "event")
    known = _considered(women, goals, month)
    place = places("goal_events", "goal", goal_events["goal"], goals["goal"])
    rank = np.full(len(goals), -1)
    rank[known.index] = range(len(known))
    after = months.bounds(month)[1]
    kept = (rank[place] >= 0) & (goal_events["on"] < after).to_numpy()
    found = goal_events[kept].astype({"event": pd.CategoricalDtype(GoalEvent.codes())})
    of = goals.take(place[kept])
    found = found.assign(woman=of["woman"].array, area=of["area"].array)
    # First by event, so that events of one day stay in the order of the vocabulary.
    by_event = np.argsort(found["event"].cat.codes, kind="stable")
    found, place = found.iloc[by_event], place[kept][by_event]
    found = found.iloc[in_order(rank[place], found["on"])].reset_index(drop=True)
    return found[["goal", "woman", "area", "on", "event", "attainment"]]


def _considered(women: pd.DataFrame, goals: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Return the goals set by the end of a period for the women accompanied then, by code."""
    require("goals", goals, "area", "chosen_by", "set_on")
    places("goals", "woman", goals["woman"], women["woman"])
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    here = among(goals["woman"], accompanied(women, last)["woman"])
    return goals[here & (goals["set_on"] <= last)].sort_values("goal")


def goals(
    women: pd.DataFrame, goals: pd.DataFrame, path: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """The goals of the women accompanied on the last day of a period, as they stand then.

    The last event other than a revision tells the state: *started*, *step* and *resumed* lead
    to *under way*; without any, a goal is *not started*.

    Parameters
    ----------
    women, goals : pandas.DataFrame
        Checked tables of the registry.
    path : pandas.DataFrame
        Result of :func:`paths` for the same period.
    month : pandas.Period
        Month, or months.

    Returns
    -------
    pandas.DataFrame
        One row for each goal set by then, by code: ``goal``, ``woman`` (str), ``area``,
        ``chosen_by`` (category), ``state`` (category), ``last_on`` (day of the last event, or
        on which it was set), ``attainment`` (Int64, the latest, −2 to 2; missing where none
        was given).

    Notes
    -----
    Report §5.5: itineraries balance urgency and "real possibilities"; §5.3.2: the goals of
    each woman are hers.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> path = paths(registry.women, registry.goals, registry.goal_events, month)
    >>> goals(registry.women, registry.goals, path, month)[["goal", "state", "attainment"]]
        goal        state  attainment
    0  G-001    under_way           1
    1  G-002     achieved           2
    2  G-003  not_started        <NA>
    """
    known = _considered(women, goals, month).reset_index(drop=True)
    latest = path.groupby("goal", sort=False)[["on", "attainment"]].last()
    latest = latest.reindex(known["goal"]).reset_index(drop=True)
    return known[["goal", "woman", "area", "chosen_by"]].assign(
        state=_state(known["goal"], path),
        last_on=latest["on"].fillna(known["set_on"]),
        attainment=latest["attainment"].astype("Int64"),
    )


def _state(goal: pd.Series, path: pd.DataFrame) -> pd.Series:
    """Return the state to which its path has led each goal."""
    leads = path.loc[path["event"] != "revised", ["goal", "event"]]
    last = leads.drop_duplicates("goal", keep="last").set_index("goal")["event"]
    state = last.astype("object").map(_LEADS_TO).astype("str").reindex(goal)
    state = state.fillna("not_started").reset_index(drop=True)
    return state.astype(pd.CategoricalDtype(GoalState.codes()))


def states(each: pd.DataFrame) -> pd.DataFrame:
    """Goals by area and state.

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`goals`.

    Returns
    -------
    pandas.DataFrame
        All 55 pairs in the order of the vocabularies: ``area``, ``state`` (str), ``goals``
        (Int64).

    Examples
    --------
    >>> each = pd.DataFrame({"area": ["work", "work"], "state": ["paused", "paused"]})
    >>> table = states(each)
    >>> table[table["goals"] > 0]
        area   state  goals
    32  work  paused      2
    """
    return grid(each, {"area": Area.codes(), "state": GoalState.codes()}, "goals")


def chosen(each: pd.DataFrame) -> pd.DataFrame:
    """Goals by who chose them and by state (§5.3.2: her priorities come first).

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`goals`.

    Returns
    -------
    pandas.DataFrame
        All 20 pairs in the order of the vocabularies: ``chosen_by``, ``state`` (str),
        ``goals`` (Int64).

    Examples
    --------
    >>> each = pd.DataFrame({"chosen_by": ["her", "required"], "state": ["paused", "paused"]})
    >>> chosen(each)["goals"].sum()
    np.int64(2)
    """
    return grid(each, {"chosen_by": ChosenBy.codes(), "state": GoalState.codes()}, "goals")


def all_goals(goals: pd.DataFrame, goal_events: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Return all goals set by the end of a period and their states, whoever was accompanied then.

    Parameters
    ----------
    goals, goal_events : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month, or months; what happened later is not looked at.

    Returns
    -------
    pandas.DataFrame
        One row for each goal, by code: ``goal``, ``woman``, ``state`` (str).

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> all_goals(registry.goals, registry.goal_events, pd.Period("2026-09", "M"))["state"].tolist()
    ['paused', 'under_way']
    """
    after = months.bounds(month)[1]
    known = goals[goals["set_on"] < after].sort_values("goal", ignore_index=True)
    found = goal_events[goal_events["on"] < after]
    # Of several events on one day the one that stands later in the vocabulary comes later.
    order = pd.Categorical(found["event"], GoalEvent.codes()).codes
    path = found.assign(order=order).sort_values(["on", "order"], kind="stable")
    state = _state(known["goal"], path).astype("str")
    return known[["goal", "woman"]].astype("str").assign(state=state)


def flows(before: pd.DataFrame, each: pd.DataFrame) -> pd.DataFrame:
    """From which state to which: goals by their state before a period and at its end.

    Parameters
    ----------
    before : pandas.DataFrame
        Result of :func:`all_goals` for the period before.
    each : pandas.DataFrame
        Result of :func:`goals` for this one.

    Returns
    -------
    pandas.DataFrame
        ``before`` (str, a state, or ``not_set``), ``after`` (str), ``goals`` (Int64): all 30
        pairs in the order of the vocabulary, those not set before coming first.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> before = all_goals(registry.goals, registry.goal_events, month - 1)
    >>> path = paths(registry.women, registry.goals, registry.goal_events, month)
    >>> table = flows(before, goals(registry.women, registry.goals, path, month))
    >>> table[table["goals"] > 0]
           before        after  goals
    0     not_set  not_started      1
    13  under_way     achieved      1
    16     paused    under_way      1
    """
    was = each["goal"].map(before.dropna(subset="goal").set_index("goal")["state"])
    both = pd.DataFrame({"before": was.astype("str").fillna(NOT_SET), "after": each["state"]})
    names = {"before": [NOT_SET, *GoalState.codes()], "after": GoalState.codes()}
    return grid(both, names, "goals")


def quiet(each: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Open goals by how long ago anything happened to them.

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`goals`.
    month : pandas.Period
        Month, or months, from whose last day is counted back.

    Returns
    -------
    pandas.DataFrame
        Four rows: ``days`` (str: ``0-30``, ``31-90``, ``91-180``, ``181+``), ``goals`` (Int64).

    Examples
    --------
    >>> last_on = pd.to_datetime(["2026-10-01", "2026-03-01"])
    >>> each = pd.DataFrame({"state": ["under_way", "paused"], "last_on": last_on})
    >>> quiet(each, pd.Period("2026-10", "M"))["goals"].tolist()
    [1, 0, 0, 1]
    """
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    days = (last - each.loc[each["state"].isin(OPEN), "last_on"]).dt.days
    band = pd.cut(days, [-1, *_QUIET.values()], labels=list(_QUIET))
    return grid(pd.DataFrame({"days": band}), {"days": list(_QUIET)}, "goals")


def attainment(each: pd.DataFrame, *, rho: float, weights: Mapping[Area, float]) -> pd.DataFrame:
    """How far the goals of each woman were reached: Kiresuk and Sherman's T.

    ``T = 50 + 10 Σ wᵢxᵢ ÷ √((1 − ρ) Σ wᵢ² + ρ (Σ wᵢ)²)``; 50 is what was expected when the
    goals were set.

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`goals`.
    rho : float
        How much the goals of one woman are expected to move together; 0.3 by convention.
    weights : mapping of Area to float
        What a goal weighs, by area; 1 where nothing is said.

    Returns
    -------
    pandas.DataFrame
        One row for each woman with a goal whose attainment was given, by code: ``woman``
        (str), ``t`` (Float64; missing where all her goals weigh nothing).

    Notes
    -----
    Kiresuk and Sherman (1968), Community Mental Health Journal 4:443. T is a way of looking
    at goals that each woman set for herself: it compares no two women (§5.5).

    Examples
    --------
    >>> each = pd.DataFrame({"woman": ["W-1"] * 3, "area": ["work", "health", "network"],
    ...                      "attainment": [1, 1, 0]})
    >>> attainment(each, rho=0.3, weights={}).round(2)
      woman      t
    0   W-1  59.13
    """
    rated = each[each["attainment"].notna()]
    weight = rated["area"].astype("str").map(dict(weights)).astype("float64").fillna(1.0)
    terms = pd.DataFrame(
        {
            "reached": weight * rated["attainment"].astype("float64"),
            "weight": weight,
            "square": weight**2,
        }
    )
    sums = terms.groupby(rated["woman"]).sum()
    spread = ((1 - rho) * sums["square"] + rho * sums["weight"] ** 2) ** 0.5
    t = 50 + 10 * sums["reached"] / spread.where(spread > 0)
    return t.astype("Float64").rename("t").rename_axis("woman").reset_index()


def levels(each: pd.DataFrame) -> pd.DataFrame:
    """Goals by how far they were reached, from −2 (much less than hoped) to 2 (much more).

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`goals`.

    Returns
    -------
    pandas.DataFrame
        Five rows: ``attainment`` (Int64), ``goals`` (Int64).

    Examples
    --------
    >>> levels(pd.DataFrame({"attainment": [1, 1, None]}))["goals"].tolist()
    [0, 0, 0, 2, 0]
    """
    table = grid(each, {"attainment": [-2, -1, 0, 1, 2]}, "goals")
    return table.astype({"attainment": "Int64"})


_BY_STATE = Counts("itineraries.states", "goals", "state")
_STATES = dict.fromkeys(["not_started", "under_way", "paused"], Together.STILL_OPEN.value)
_CHOICES = dict.fromkeys(["professional", "required"], Together.OTHERS.value)

DECLARED = (
    Metric(
        "itineraries.goals",
        lambda s: goals(s.tables.women, s.tables.goals, s["itineraries.paths"], s.month),
        row="woman",
    ),
    Metric(
        "itineraries.states",
        lambda s: states(s["itineraries.goals"]),
        release_to="partner",
        at_end=True,
        counts=("goals",),
        adds_up=nothing("it is the first that counts goals: those after it add up to it"),
        recode=together(_STATES | AREAS_TOGETHER),
        rules=2,
    ),
    Metric(
        "itineraries.chosen",
        lambda s: chosen(s["itineraries.goals"]),
        release_to="partner",
        at_end=True,
        counts=("goals",),
        adds_up=[equals(_BY_STATE, Counts("itineraries.chosen", "goals", "state"))],
        recode=together(_STATES | _CHOICES),
        rules=2,
    ),
    Metric(
        "itineraries.flows",
        lambda s: flows(s.start("itineraries.flows"), s["itineraries.goals"]),
        release_to="team",
        starts_from=lambda before: all_goals(
            before.tables.goals, before.tables.goal_events, before.month
        ),
        counts=("goals",),
        adds_up=[
            equals(_BY_STATE, Counts("itineraries.flows", "goals", "after")),
        ],
        recode=together(_STATES),
        rules=2,
    ),
    Metric(
        "itineraries.quiet",
        lambda s: quiet(s["itineraries.goals"], s.month),
        release_to="partner",
        at_end=True,
        counts=("goals",),
        adds_up=[
            equals(
                Counts("itineraries.quiet", "goals"),
                Counts("itineraries.states", "goals", where={"state": OPEN}),
            )
        ],
        recode=together({"91-180": "91+", "181+": "91+"}),
    ),
    Metric(
        "itineraries.attainment",
        lambda s: attainment(
            s["itineraries.goals"],
            rho=s.settings.itineraries.rho,
            weights=s.settings.itineraries.weights,
        ),
        row="woman",
    ),
    Metric(
        "itineraries.levels",
        lambda s: levels(s["itineraries.goals"]),
        release_to="partner",
        at_end=True,
        counts=("goals",),
        adds_up=[
            at_most(Counts("itineraries.levels", "goals"), Counts("itineraries.states", "goals"))
        ],
    ),
    Metric(
        "itineraries.paths",
        lambda s: paths(s.tables.women, s.tables.goals, s.tables.goal_events, s.month),
        row="woman",
    ),
)
