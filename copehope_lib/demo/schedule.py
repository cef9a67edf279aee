"""The sessions of the team: groups and individual work in one calendar."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.appointments import MINUTES
from copehope_lib.demo.arrays import (
    Ints,
    coded,
    codes,
    happens,
    numbers,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.courses import COURSES, LINES
from copehope_lib.demo.groups import Groups
from copehope_lib.demo.model import Meetings
from copehope_lib.vocabulary import Format, Module

PLACES_UNKNOWN: Final = 0.03
"""Share of activities of which nobody noted for how many women they were planned."""

YEARLY_SESSIONS: Final = 18
"""Individual sessions planned for each place of a line of work."""

MOST_PLANNED: Final = 1000
"""Largest number that the schema takes for planned sessions."""


@dataclass(frozen=True)
class Schedule:
    """Activities and their sessions, before anybody is invited.

    Attributes
    ----------
    activities : pandas.DataFrame
        Indexed 0 … n-1: ``module``, ``format`` (positions), ``planned``, ``modular``,
        ``childcare``, ``transport``, ``certificate``.
    sessions : pandas.DataFrame
        Indexed 0 … n-1: ``activity``, ``day``, ``minute``, ``minutes``, ``usual``, ``place``,
        ``professional``, ``group`` (-1 for an individual session), ``woman`` (-1 for a group).
    """

    activities: pd.DataFrame
    sessions: pd.DataFrame


def schedule(groups: Groups, group_sessions: pd.DataFrame, appointments: pd.DataFrame) -> Schedule:
    """Put groups and individual work into one calendar.

    Each professional's individual line is one activity, in a room of its own; groups that meet
    at the same hour have different rooms.
    """
    lines = appointments[["line", "professional"]].drop_duplicates(ignore_index=True)
    lines = lines.sort_values(["line", "professional"], ignore_index=True)
    first_line = len(groups.rows)
    number = lines.rename_axis("number").reset_index()
    individual = appointments.merge(number, on=["line", "professional"])
    rooms = int(group_sessions["room"].max()) + 1 if len(group_sessions) else 0
    holders = np.unique(lines["professional"])
    place = rooms + np.searchsorted(holders, individual["professional"])
    held_in_groups = group_sessions.assign(
        activity=group_sessions["group"],
        usual=group_sessions["minute"],
        place=group_sessions["room"],
        woman=-1,
    )
    held_alone = individual.assign(
        activity=individual["number"] + first_line, minutes=MINUTES, place=place, group=-1
    )
    columns = [
        "activity",
        "day",
        "minute",
        "minutes",
        "usual",
        "place",
        "professional",
        "group",
        "woman",
    ]
    sessions = pd.concat([held_in_groups[columns], held_alone[columns]])
    order = ["day", "minute", "activity", "woman"]
    return Schedule(
        pd.concat([_of_groups(groups), _of_lines(lines)], ignore_index=True),
        sessions.sort_values(order, ignore_index=True).astype("int64"),
    )


def _of_groups(groups: Groups) -> pd.DataFrame:
    course = [COURSES[place] for place in groups.rows["course"]]
    online = groups.rows["online"].to_numpy()
    return pd.DataFrame(
        {
            "module": [place_of(one.module) for one in course],
            "format": np.where(online, place_of(Format.ONLINE_GROUP), place_of(Format.GROUP)),
            "planned": [one.sessions for one in course],
            "modular": [one.modular for one in course],
            "childcare": groups.rows["childcare"].to_numpy(),
            "transport": groups.rows["transport"].to_numpy(),
            "certificate": [one.certificate for one in course],
        }
    )


def _of_lines(lines: pd.DataFrame) -> pd.DataFrame:
    kind = [LINES[place] for place in lines["line"]]
    at_home, alone = place_of(Format.ONLINE_INDIVIDUAL), place_of(Format.INDIVIDUAL)
    return pd.DataFrame(
        {
            "module": [place_of(one.module) for one in kind],
            "format": [at_home if one.online else alone for one in kind],
            # Planned once it is known for how many women.
            "planned": 0,
            # She can begin and end individual work at any time.
            "modular": True,
            "childcare": False,
            "transport": [not one.online for one in kind],
            "certificate": False,
        }
    )


def tables(
    rng: np.random.Generator,
    plan: Schedule,
    expected: pd.DataFrame,
    professionals: pd.Series,
    model: Meetings,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Return the tables ``activities`` and ``sessions``, and the code of each session.

    Only sessions at which someone was expected are kept; both are numbered by day.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    plan : Schedule
        The calendar.
    expected : pandas.DataFrame
        ``session``, ``woman``: who was expected where.
    professionals : pandas.Series
        Code of each professional.
    model : Meetings
        How far plans overestimate.

    Returns
    -------
    activities, sessions : pandas.DataFrame
        Typed as the schema asks.
    label : pandas.Series
        Session code by the number of the calendar.
    """
    held = plan.sessions[plan.sessions.index.isin(expected["session"])]
    session_label = pd.Series(codes("S", len(held), 5).to_numpy(), index=held.index, dtype="str")
    used = held["activity"].unique()
    activity_label = pd.Series(codes("A", len(used), 2).to_numpy(), index=used, dtype="str")
    reached = expected.assign(activity=held["activity"].reindex(expected["session"]).to_numpy())
    reached_women = reached.drop_duplicates(["activity", "woman"])["activity"].value_counts()
    activities = _activity_table(
        rng, plan.activities.loc[used], activity_label, reached_women.reindex(used), model
    )
    start = (held["day"] * 1440 + held["minute"]).to_numpy()
    sessions = typed(
        "sessions",
        {
            "session": session_label.reset_index(drop=True),
            "activity": activity_label.loc[held["activity"]].reset_index(drop=True),
            "starts_at": _moments(start),
            "ends_at": _moments(start + held["minutes"].to_numpy()),
            "place": coded(codes("R", int(held["place"].max()) + 1, 1), held["place"].to_numpy()),
            "professional": coded(professionals, held["professional"].to_numpy()),
        },
    )
    return activities, sessions, session_label


def _activity_table(
    rng: np.random.Generator,
    rows: pd.DataFrame,
    label: pd.Series,
    reached: pd.Series,
    model: Meetings,
) -> pd.DataFrame:
    rows = rows.reset_index(drop=True)
    # Plans come in round numbers, and are larger than what follows (§5.6).
    fives = np.ceil(reached.to_numpy() * model.planned_beyond / 5).astype(np.int64)
    places = 5 * fives
    individual = rows["planned"].to_numpy() == 0
    yearly = np.minimum(places * YEARLY_SESSIONS, MOST_PLANNED)
    return typed(
        "activities",
        {
            "activity": label.reset_index(drop=True),
            "module": words(Module, rows["module"].to_numpy()),
            "format": words(Format, rows["format"].to_numpy()),
            "sessions_planned": np.where(individual, yearly, rows["planned"].to_numpy()),
            "places": numbers(places, ~happens(rng, PLACES_UNKNOWN, len(rows))),
            "modular": rows["modular"],
            "childcare": rows["childcare"],
            "transport_support": rows["transport"],
            "certificate": rows["certificate"],
        },
    )


def _moments(minutes: Ints) -> pd.Series:
    return pd.Series(minutes.astype("datetime64[m]").astype("datetime64[us]"))
