"""Groups: which courses open in a term, who joins, who holds them, when and where."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import Flags, Floats, Ints, happens, place_of
from copehope_lib.demo.courses import COURSES, Course
from copehope_lib.demo.days import AUGUST, Term, Window, is_open, month_of_year, weekday
from copehope_lib.demo.model import Meetings
from copehope_lib.demo.team import Team
from copehope_lib.demo.women import Women

TIMES: Final = (9 * 60 + 30, 15 * 60 + 30)
"""Groups meet at half past nine or half past three, while schools are open; individual
sessions lie between and after, so that nobody is expected at two places at once."""

PATTERNS: Final = ((0, 2), (1, 3), (4, 4))
"""Monday and Wednesday, Tuesday and Thursday, Friday; once-a-week courses take one day."""

SLOTS: Final = tuple((days, minute) for days in PATTERNS for minute in TIMES)

GROUPS_OF_A_FULL_POST: Final = 5
"""Most groups that a full-time professional holds in a term."""

NEWCOMER_DAYS: Final = 120
"""For how long a woman is a newcomer."""

INCLINED: Final = (1.7, 0.3)
"""Half of the women lean towards a module, in every term; the others less (§5.3.2: "choose
activities that women prioritize")."""

SHORTEST_TERM: Final = 21
"""Days of a term that a woman must be there for, to join a group."""


@dataclass(frozen=True)
class Groups:
    """All groups of all terms.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row a group, indexed 0 … n-1: ``course``, ``term``, ``professional``, ``slot``,
        ``room`` (int64), ``first_day`` (weekday), ``in_august``, ``online``, ``childcare``,
        ``transport`` (bool).
    members : pandas.DataFrame
        ``group``, ``woman`` (int64); nobody has two groups at the same hour.
    """

    rows: pd.DataFrame
    members: pd.DataFrame


def groups(
    rng: np.random.Generator, women: Women, team: Team, window: Window, model: Meetings
) -> Groups:
    """Open the courses of every term.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        Who could join.
    team : Team
        Who could hold a group: one group at a time each.
    window : Window
        Days of the registry.
    model : Meetings
        Sizes of groups.

    Returns
    -------
    Groups
        Groups with members, professionals, hours and rooms.
    """
    leaning = rng.random((len(women.site), len(COURSES))) < 0.5
    all_rows, all_members, opened = [], [], 0
    for number, term in enumerate(window.terms()):
        interested = _interested(rng, women, leaning, term)
        members, course = _divide(rng, interested, women, model)
        rows = _held(rng, course, team, term).assign(term=number)
        members = members[members["group"].isin(rows.index)]
        members = _one_at_a_time(members, rows)
        renumber = pd.Series(np.arange(len(rows)) + opened, index=rows.index)
        all_rows.append(rows)
        all_members.append(members.assign(group=members["group"].map(renumber)))
        opened += len(rows)
    rows = pd.concat(all_rows, ignore_index=True)
    return Groups(_furnished(rng, rows, model), pd.concat(all_members, ignore_index=True))


def _interested(rng: np.random.Generator, women: Women, leaning: Flags, term: Term) -> Flags:
    """Tell who would join which course of a term, two courses at most."""
    began = np.maximum(women.entered, term.begins)
    there = ((np.minimum(women.left, term.ends) - began) >= SHORTEST_TERM).any(axis=1)
    latest_entry = np.where(women.entered <= term.ends, women.entered, 0).max(axis=1)
    audiences = {
        "everyone": there,
        "mothers": there & women.mothers,
        "newcomers": there & (latest_entry > term.begins - NEWCOMER_DAYS),
    }
    offered = np.array([term.name in course.terms for course in COURSES])
    share = np.array([course.interest for course in COURSES]) * offered
    audience = np.column_stack([audiences[course.audience] for course in COURSES])
    chance = np.where(leaning, *INCLINED) * share
    wish: Floats = np.where(audience & happens(rng, chance), rng.random(chance.shape), 2.0)
    # Two at most: a week has other things in it.
    most = np.sort(wish, axis=1)[:, [1]]
    interested: Flags = (wish < 2.0) & (wish <= most)
    return interested


def _divide(
    rng: np.random.Generator, interested: Flags, women: Women, model: Meetings
) -> tuple[pd.DataFrame, Ints]:
    """Divide those interested into groups by site; return members, and each group's course."""
    parts: list[pd.DataFrame] = []
    course_of_group: list[int] = []
    for course in range(len(COURSES)):
        joining = np.flatnonzero(interested[:, course])
        if len(joining) < model.group_size[0]:
            continue
        joining = joining[np.lexsort((rng.random(len(joining)), women.site[joining]))]
        count = -(-len(joining) // model.group_size[1])
        group = np.arange(len(joining)) * count // len(joining) + len(course_of_group)
        parts.append(pd.DataFrame({"group": group, "woman": joining}))
        course_of_group += [course] * count
    if not parts:
        return pd.DataFrame({"group": [], "woman": []}, dtype="int64"), np.zeros(0, dtype=np.int64)
    return pd.concat(parts, ignore_index=True), np.array(course_of_group, dtype=np.int64)


def _held(rng: np.random.Generator, course: Ints, team: Team, term: Term) -> pd.DataFrame:
    """Give each group a professional and an hour; one that nobody can hold does not open."""
    hours = _hours(rng, team, term)
    taken: list[pd.DataFrame] = []
    for place in np.unique(course):
        wanted = np.flatnonzero(course == place)
        hours = _by_readiness(hours, COURSES[place], team)
        got = hours.iloc[: len(wanted)]
        taken.append(got.assign(course=place).set_index(pd.Index(wanted[: len(got)])))
        hours = hours.iloc[len(got) :]
    columns = ["professional", "slot", "course"]
    rows = pd.concat(taken) if taken else hours.iloc[:0].assign(course=0)
    return rows[columns].sort_index().astype("int64")


def _hours(rng: np.random.Generator, team: Team, term: Term) -> pd.DataFrame:
    """All hours in which someone could hold a group, in an order drawn by lot."""
    there = np.flatnonzero(team.throughout(term.begins, term.ends))
    most = np.clip(np.round(GROUPS_OF_A_FULL_POST * team.fte[there]), 1, len(SLOTS))
    turn = np.tile(np.arange(len(SLOTS)), len(there))
    professional = np.repeat(there, len(SLOTS))
    slot = rng.random((len(there), len(SLOTS))).argsort(axis=1).ravel()
    hours = pd.DataFrame({"professional": professional, "slot": slot, "turn": turn})
    hours = hours[turn < np.repeat(most, len(SLOTS))]
    return hours.iloc[rng.permutation(len(hours))]


def _by_readiness(hours: pd.DataFrame, course: Course, team: Team) -> pd.DataFrame:
    """Sort hours by who is asked first, spreading groups over those who are asked alike."""
    rank = np.full(len(type(course.led_by[0]).codes()), len(course.led_by))
    for order, profile in enumerate(course.led_by):
        rank[place_of(profile)] = order
    holder = hours["professional"].to_numpy()
    # Externals hold what is theirs and nothing else.
    asked = rank[team.profile[holder]] + 10 * (
        team.external[holder] & (rank[team.profile[holder]] == len(course.led_by))
    )
    return hours.iloc[np.lexsort((hours["turn"].to_numpy(), asked))]


def _one_at_a_time(members: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out the second of two groups that a woman would have at the same hour."""
    slot = members["group"].map(rows["slot"])
    return members[~members.assign(slot=slot).duplicated(["woman", "slot"])]


def _furnished(rng: np.random.Generator, rows: pd.DataFrame, model: Meetings) -> pd.DataFrame:
    """Add room, weekday and what makes it possible to come (§5.5, §5.6)."""
    course = rows["course"].to_numpy()
    count = len(rows)

    def share(name: str) -> Flags:
        return happens(rng, np.array([getattr(COURSES[place], name) for place in course]))

    days = np.array([PATTERNS[slot // len(TIMES)] for slot in rows["slot"]]).reshape(count, 2)
    twice = np.array([COURSES[place].twice_a_week for place in course], dtype=np.bool_)
    online = share("online")
    first_day = days[np.arange(count), rng.integers(0, 2, count)]
    return rows.assign(
        room=rows.groupby(["term", "slot"]).cumcount(),
        first_day=np.where(twice, days[:, 0], first_day),
        second_day=np.where(twice, days[:, 1], first_day),
        in_august=happens(rng, model.in_august, count),
        online=online,
        childcare=share("childcare") & ~online,
        transport=share("transport") & ~online,
    )


def sessions(
    rng: np.random.Generator, found: Groups, window: Window, model: Meetings
) -> pd.DataFrame:
    """Lay out the sessions of every group, as many as planned, on days on which we are open.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``professional``, ``room``, ``day``, ``minute``, ``minutes`` (int64).
    """
    parts = []
    for number, term in enumerate(window.terms()):
        days = np.arange(term.begins, term.ends + 1)
        days = days[is_open(days)]
        calendar = pd.DataFrame({"weekday": weekday(days), "day": days})
        here = found.rows[found.rows["term"] == number]
        on = [
            here["first_day"],
            here.loc[here["first_day"] != here["second_day"], "second_day"],
        ]
        weekly = pd.concat(on).rename("weekday").rename_axis("group").reset_index()
        parts.append(weekly.merge(calendar, on="weekday"))
    rows = pd.concat(parts, ignore_index=True).sort_values(["group", "day"], ignore_index=True)
    group = rows["group"].to_numpy()
    course = found.rows["course"].to_numpy()[group]
    pause = (month_of_year(rows["day"].to_numpy()) == AUGUST) & ~found.rows["in_august"].to_numpy()[
        group
    ]
    rows, course, group = rows[~pause], course[~pause], group[~pause]
    planned = np.array([one.sessions for one in COURSES])[course]
    minutes = np.array([one.minutes for one in COURSES])[course]
    slot = found.rows["slot"].to_numpy()[group]
    longer = 15 * (happens(rng, model.longer, len(rows)) & (minutes <= 90))
    rows = rows.assign(
        professional=found.rows["professional"].to_numpy()[group],
        room=found.rows["room"].to_numpy()[group],
        minute=np.array(TIMES)[slot % len(TIMES)],
        minutes=minutes + longer,
    )
    due = rows.groupby("group").cumcount().to_numpy() < planned
    within = rows["day"].between(window.first, window.last).to_numpy()
    kept: pd.DataFrame = rows[due & within]
    return kept.drop(columns="weekday").reset_index(drop=True)
