"""The sessions of the team: groups and individual work in one calendar."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.courses import COURSES, LINES
from copehope_lib.demo.draws import NEVER, happens, place_of
from copehope_lib.vocabulary import Format

# How long an individual session lasts.
MINUTES: Final = 50

# Places planned for each woman who enrols: designs overestimate (§5.6).
PLANNED_BEYOND: Final = 1.25

# Share of activities of which nobody noted for how many women they were planned.
PLACES_UNKNOWN: Final = 0.03

# Individual sessions planned for each place of a line of work.
YEARLY_SESSIONS: Final = 18

# Largest number that the schema takes for planned sessions.
MOST_PLANNED: Final = 1000


def schedule(
    groups: pd.DataFrame, group_sessions: pd.DataFrame, appointments: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put groups and individual work into one calendar, before anybody is invited.

    Each professional's individual line is one activity, in a room of its own; groups that meet
    at the same hour have different rooms.

    Returns
    -------
    activities : pandas.DataFrame
        Indexed 0 … n-1, columns of the table ``activities``; ``sessions_planned`` is 0 for
        individual work, planned once it is known for how many women.
    sessions : pandas.DataFrame
        int64, indexed 0 … n-1: ``activity``, ``day``, ``minute``, ``minutes``, ``usual``,
        ``place``, ``professional``, ``group`` (-1 for an individual session), ``woman`` (-1
        for a group).
    """
    rooms = group_sessions["room"].max() + 1 if len(group_sessions) else 0
    together = group_sessions.assign(
        activity=group_sessions["group"],
        usual=group_sessions["minute"],
        place=group_sessions["room"],
        woman=-1,
    )
    by_line = appointments.groupby(["line", "professional"])
    alone = appointments.assign(
        activity=len(groups) + by_line.ngroup(),
        minutes=MINUTES,
        place=rooms + appointments.groupby("professional").ngroup(),
        group=-1,
    )
    sessions = pd.concat([together.drop(columns="room"), alone.drop(columns="line")])
    sessions = sessions.sort_values(["day", "minute", "activity", "woman"], ignore_index=True)
    lines = by_line.size().index.get_level_values("line")
    activities = pd.concat([_of_groups(groups), _of_lines(lines)], ignore_index=True)
    return activities, sessions.astype("int64")


def _of_groups(groups: pd.DataFrame) -> pd.DataFrame:
    courses = [COURSES[place] for place in groups["course"]]
    formats = [place_of(Format.GROUP), place_of(Format.ONLINE_GROUP)]
    return groups[["childcare", "transport_support"]].assign(
        module=[place_of(course.module) for course in courses],
        format=np.array(formats)[groups["online"].astype(int)],
        sessions_planned=[course.sessions for course in courses],
        modular=[course.modular for course in courses],
        certificate=[course.certificate for course in courses],
    )


def _of_lines(lines: pd.Index) -> pd.DataFrame:
    """Individual work can be begun and ended at any time."""
    kinds = [LINES[line] for line in lines]
    formats = [place_of(Format.INDIVIDUAL), place_of(Format.ONLINE_INDIVIDUAL)]
    return pd.DataFrame(
        {
            "module": [place_of(kind.module) for kind in kinds],
            "format": [formats[kind.online] for kind in kinds],
            "sessions_planned": 0,
            "modular": True,
            "childcare": False,
            "transport_support": [not kind.online for kind in kinds],
            "certificate": False,
        }
    )


def took_place(
    rng: np.random.Generator,
    activities: pd.DataFrame,
    sessions: pd.DataFrame,
    expected: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the sessions at which someone was expected, and say what was planned.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    activities, sessions : pandas.DataFrame
        Result of :func:`schedule`.
    expected : pandas.DataFrame
        ``session``, ``woman``: who was expected where.

    Returns
    -------
    activities, sessions : pandas.DataFrame
        The two tables, in order of day; positions of codes and words.
    """
    held = sessions[sessions.index.isin(expected["session"])]
    used = held["activity"].unique()
    rows = activities.loc[used]
    activity = held["activity"].loc[expected["session"]].to_numpy()
    reached = expected.groupby(activity)["woman"].nunique().loc[used].to_numpy()
    # Plans come in round numbers, and are larger than what follows (§5.6).
    places = 5 * np.ceil(reached * PLANNED_BEYOND / 5).astype(np.int64)
    yearly = np.minimum(places * YEARLY_SESSIONS, MOST_PLANNED)
    planned = rows["sessions_planned"].where(rows["sessions_planned"] > 0, yearly)
    unknown = happens(rng, PLACES_UNKNOWN, len(rows))
    announced = rows.assign(
        activity=used, sessions_planned=planned, places=np.where(unknown, NEVER, places)
    )
    starts_at = held["day"] * 24 * 60 + held["minute"]
    ends_at = starts_at + held["minutes"]
    return announced, held.assign(session=held.index, starts_at=starts_at, ends_at=ends_at)
