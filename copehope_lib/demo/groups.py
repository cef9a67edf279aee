"""Groups: which courses open in a term, who joins, who holds them, when and where."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.courses import COURSES, Course
from copehope_lib.demo.days import GOES_ON_IN_AUGUST, Term, Window, in_august, weekday
from copehope_lib.demo.draws import Flags, Floats, Ints, happens, place_of
from copehope_lib.demo.team import Team
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Profile

# Groups meet at half past nine or half past three, while schools are open; individual sessions
# lie between and after, so that nobody is expected at two places at once.
TIMES: Final = (9 * 60 + 30, 15 * 60 + 30)

# Monday and Wednesday, Tuesday and Thursday, Friday; once-a-week courses take one day.
PATTERNS: Final = ((0, 2), (1, 3), (4, 4))

SLOTS: Final = tuple((days, minute) for days in PATTERNS for minute in TIMES)

# Fewest and most women of a group: "small classes of 5 to 10" (§5.5), with fewer than four the
# course does not open.
SIZE: Final = (4, 10)

# Most groups that a full-time professional holds in a term.
GROUPS_OF_A_FULL_POST: Final = 5

# For how long a woman is a newcomer.
NEWCOMER_DAYS: Final = 120

# Half of the women lean towards a module, in every term; the others less (§5.3.2: "choose
# activities that women prioritize").
INCLINED: Final = (1.7, 0.3)

# Days of a term that a woman must be there for, to join a group.
SHORTEST_TERM: Final = 21

# Share of group sessions that overrun by a quarter of an hour, beyond 90 minutes.
LONGER: Final = 0.05


def draw_groups(
    rng: np.random.Generator, women: Women, team: Team, window: Window
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Open the courses of every term.

    Returns
    -------
    groups : pandas.DataFrame
        One row a group, indexed 0 … n-1: ``course``, ``term``, ``professional``, ``room``,
        ``minute``, ``first_day`` and ``second_day`` (weekdays; int64), ``in_august``,
        ``online``, ``childcare``, ``transport_support`` (bool).
    members : pandas.DataFrame
        ``group``, ``woman`` (int64); nobody has two groups at the same hour.
    """
    leaning = rng.random((len(women.site), len(COURSES))) < 0.5
    all_groups, all_members, opened = [], [], 0
    for number, term in enumerate(window.terms):
        members, course = _divide(rng, _interested(rng, women, leaning, term), women)
        groups = _held(rng, course, team, term)
        slot = members["group"].map(groups["slot"])
        members = members.assign(slot=slot).dropna().drop_duplicates(["woman", "slot"])
        members["group"] = opened + groups.index.get_indexer(pd.Index(members["group"]))
        all_groups.append(groups.assign(term=number))
        all_members.append(members[["group", "woman"]])
        opened += len(groups)
    groups = pd.concat(all_groups, ignore_index=True)
    return _furnished(rng, groups), pd.concat(all_members, ignore_index=True)


def _interested(rng: np.random.Generator, women: Women, leaning: Flags, term: Term) -> Flags:
    """Tell who would join which course of a term, two courses at most."""
    began = np.maximum(women.entered_on, term.begins)
    there = ((np.minimum(women.left_on, term.ends) - began) >= SHORTEST_TERM).any(axis=1)
    latest_entry = np.where(women.entered_on <= term.ends, women.entered_on, 0).max(axis=1)
    audiences = {
        "everyone": there,
        "mothers": there & women.mothers,
        "newcomers": there & (latest_entry > term.begins - NEWCOMER_DAYS),
    }
    share = np.array([course.interest * (term.name in course.terms) for course in COURSES])
    audience = np.column_stack([audiences[course.audience] for course in COURSES])
    chance = np.where(leaning, *INCLINED) * share
    wish: Floats = np.where(audience & happens(rng, chance), rng.random(chance.shape), 2.0)
    # Two at most: a week has other things in it.
    most = np.sort(wish, axis=1)[:, [1]]
    interested: Flags = (wish < 2.0) & (wish <= most)
    return interested


def _divide(rng: np.random.Generator, interested: Flags, women: Women) -> tuple[pd.DataFrame, Ints]:
    """Divide those interested into groups by site; return members, and each group's course."""
    fewest, most = SIZE
    members = [np.zeros((0, 2), dtype=np.int64)]
    courses: list[int] = []
    for course, interest in enumerate(interested.T):
        joining = np.flatnonzero(interest)
        if len(joining) >= fewest:
            joining = joining[np.lexsort((rng.random(len(joining)), women.site[joining]))]
            count = -(-len(joining) // most)
            group = np.arange(len(joining)) * count // len(joining) + len(courses)
            members.append(np.column_stack([group, joining]))
            courses += [course] * count
    table = pd.DataFrame(np.concatenate(members), columns=["group", "woman"])
    return table, np.array(courses, dtype=np.int64)


def _held(rng: np.random.Generator, course: Ints, team: Team, term: Term) -> pd.DataFrame:
    """Give each group a professional and an hour; one that nobody can hold does not open."""
    hours = _hours(rng, team, term)
    taken = [hours.iloc[:0].assign(course=0)]
    for place in np.unique(course):
        wanted = np.flatnonzero(course == place)
        hours = _by_readiness(hours, COURSES[place], team)
        got = hours.iloc[: len(wanted)]
        taken.append(got.assign(course=place).set_index(wanted[: len(got)]))
        hours = hours.iloc[len(got) :]
    return pd.concat(taken).drop(columns="turn").sort_index()


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
    others = len(course.led_by)
    rank = np.full(len(Profile), others)
    rank[[place_of(profile) for profile in course.led_by]] = range(others)
    holder = hours["professional"].to_numpy()
    asked = rank[team.profile[holder]]
    # Externals hold what is theirs and nothing else.
    asked = asked + 10 * (team.external[holder] & (asked == others))
    return hours.iloc[np.lexsort((hours["turn"].to_numpy(), asked))]


def _furnished(rng: np.random.Generator, groups: pd.DataFrame) -> pd.DataFrame:
    """Add room, weekday and what makes it possible to come (§5.5, §5.6)."""
    count = len(groups)
    courses = [COURSES[place] for place in groups["course"]]
    days = np.array([SLOTS[slot][0] for slot in groups["slot"]], dtype=np.int64).reshape(count, 2)
    twice = np.array([course.twice_a_week for course in courses], dtype=np.bool_)
    online = happens(rng, [course.online for course in courses])
    one_day = days[np.arange(count), rng.integers(0, 2, count)]
    return groups.assign(
        room=groups.groupby(["term", "slot"]).cumcount(),
        minute=[SLOTS[slot][1] for slot in groups["slot"]],
        first_day=np.where(twice, days[:, 0], one_day),
        second_day=np.where(twice, days[:, 1], one_day),
        in_august=happens(rng, GOES_ON_IN_AUGUST, count),
        online=online,
        childcare=happens(rng, [course.childcare for course in courses]) & ~online,
        transport_support=happens(rng, [course.transport for course in courses]) & ~online,
    )


def draw_group_sessions(
    rng: np.random.Generator, groups: pd.DataFrame, window: Window
) -> pd.DataFrame:
    """Lay out the sessions of every group, as many as planned, on days on which we are open.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``professional``, ``room``, ``day``, ``minute``, ``minutes`` (int64), by
        group and day.
    """
    calendar = pd.concat(
        pd.DataFrame({"term": number, "day": np.arange(term.begins, term.ends + 1)})
        for number, term in enumerate(window.terms)
    )
    calendar = calendar[window.is_open(calendar["day"].to_numpy())]
    calendar = calendar.assign(weekday=weekday(calendar["day"].to_numpy()))
    groups = groups.rename_axis("group").reset_index()
    weekly = pd.concat(groups.assign(weekday=groups[day]) for day in ("first_day", "second_day"))
    rows = weekly.drop_duplicates(["group", "weekday"]).merge(calendar, on=["term", "weekday"])
    rows = rows.sort_values(["group", "day"], ignore_index=True)
    rows = rows[rows["in_august"] | ~in_august(rows["day"].to_numpy())]
    minutes = np.array([course.minutes for course in COURSES])[rows["course"]]
    planned = np.array([course.sessions for course in COURSES])[rows["course"]]
    longer = 15 * (happens(rng, LONGER, len(rows)) & (minutes <= 90))
    within = rows["day"].between(window.first, window.last)
    due = within & (rows.groupby("group").cumcount() < planned)
    columns = ["group", "professional", "room", "day", "minute", "minutes"]
    return rows.assign(minutes=minutes + longer).loc[due, columns].reset_index(drop=True)
