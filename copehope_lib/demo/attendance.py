"""Who was expected at a session, who came, and what stood in the way (§5.2, §5.6)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.circumstances import Circumstances, barriers
from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import Flags, Floats, Ints, by_word, happens, place_of
from copehope_lib.demo.paths import Paths
from copehope_lib.demo.safety import seen_alone
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import AttendanceStatus, Format, Need

# Days after entry in which nobody is expected anywhere: first she gets to know us (§5.1.1).
SETTLING_DAYS: Final = 4

# Up to so many weeks of pause, the chance that she is still expected at a session: we keep the
# door open (§5.5, "follow up closely") and do not insist (§5.6).
INVITED: Final = np.array([(0, 1.0), (4, 0.85), (8, 0.35), (np.inf, 0.12)])

# Chance that a woman who should be seen alone is expected at a group all the same (§5.1.2); the
# practice checks should find a little of both, not nothing.
GROUP_THOUGH_ALONE: Final = 0.003

# Chance to come in a week in which nothing presses. Tuned to an attendance rate between 0.65 and
# 0.8 with pauses.
COMES: Final = 0.86

# What working takes off the chance to come (§4.12).
LESS_BY_WORK: Final = 0.10

# The same for each level of uncovered childcare, where nobody looks after the children meanwhile
# (§5.6).
LESS_BY_CHILDCARE: Final = 0.09

# The same for each level of uncovered transport, where the fare is not paid (§5.5).
LESS_BY_TRANSPORT: Final = 0.04

# The same in a week with a legal appointment (§5.2).
LESS_BY_LEGAL_WEEK: Final = 0.12

# Share of those who come and cannot stay to the end, or arrive late.
PARTLY: Final = 0.06

# Share of absences that she tells us of, in a pause and while engaged.
EXCUSES: Final = (0.25, 0.5)

# Share of what happened of which somebody has noted the barrier: always with an excuse, mostly
# where she missed it, now and then if partly.
NAMED: Final = by_word(AttendanceStatus, {"partly": 0.3, "excused": 1.0, "missed": 0.88})

# Share of absences in a pause that have the cause which began it.
SAME_BARRIER_IN_PAUSE: Final = 0.75

# Share of sessions that we cancel: it happens, and counts against us (§5.6).
CANCELLED_BY_US: Final = 0.05


def draw_expected(
    rng: np.random.Generator,
    sessions: pd.DataFrame,
    members: pd.DataFrame,
    women: Women,
    assessments: pd.DataFrame,
    paths: Paths,
    window: Window,
) -> pd.DataFrame:
    """Who was expected at which session.

    Only during a stay; no groups for a woman whose latest risk assessment says that she is to
    be seen alone (§5.1.2), with rare exceptions; less and less as a pause goes on; never at
    two places at once.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    sessions : pandas.DataFrame
        The calendar, from :func:`schedule.schedule`.
    members : pandas.DataFrame
        Members of each group, from :func:`groups.draw_groups`.
    women, assessments, paths : Women, pandas.DataFrame, Paths
        Stays, risk and pauses.
    window : Window
        Days of the registry.

    Returns
    -------
    pandas.DataFrame
        int64, one row a session and woman: ``session``, ``woman``, ``week``.
    """
    sessions = sessions.rename_axis("session").reset_index()
    sessions = sessions[["session", "woman", "day", "usual", "group"]]
    together = sessions.drop(columns="woman").merge(members, on="group")
    rows = pd.concat([sessions[sessions["woman"] >= 0], together], ignore_index=True)
    woman, day = rows["woman"].to_numpy(), rows["day"].to_numpy()
    week = window.week(day)
    apart = (rows["group"].to_numpy() >= 0) & seen_alone(assessments, woman, day)
    up_to, chance = INVITED.T
    invited = chance[np.searchsorted(up_to, paths.weeks_paused[woman, week])]
    asked = (
        women.present(woman, day, settled=SETTLING_DAYS)
        & (~apart | happens(rng, GROUP_THOUGH_ALONE, len(rows)))
        & happens(rng, invited)
    )
    rows = rows.assign(week=week)[asked].drop_duplicates(["woman", "day", "usual"])
    rows = rows.sort_values(["session", "woman"], ignore_index=True)
    return rows[["session", "woman", "week"]]


def draw_attendance(
    rng: np.random.Generator,
    expected: pd.DataFrame,
    activities: pd.DataFrame,
    sessions: pd.DataFrame,
    around: Circumstances,
    paths: Paths,
) -> pd.DataFrame:
    """What happened: who came, who told us, who did not, what we cancelled.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    expected : pandas.DataFrame
        Result of :func:`draw_expected`.
    activities, sessions : pandas.DataFrame
        The calendar, from :func:`schedule.schedule`.
    around : Circumstances
        What presses on each woman in each week.
    paths : Paths
        When she pauses, and what began it.

    Returns
    -------
    pandas.DataFrame
        The table ``attendance``; positions, -1 for no barrier.
    """
    woman, week = expected["woman"].to_numpy(), expected["week"].to_numpy()
    activity = activities.loc[sessions["activity"].loc[expected["session"]]]
    pausing = paths.pausing(woman, week)
    came = ~pausing & happens(rng, _chance_to_come(around, woman, week, activity))
    status = _status(rng, came, pausing)
    barrier = np.full(len(expected), -1, dtype=np.int64)
    named = np.flatnonzero(happens(rng, NAMED[status]))
    barrier[named] = barriers(rng, around, woman[named], week[named])
    same = pausing & (barrier >= 0) & happens(rng, SAME_BARRIER_IN_PAUSE, len(expected))
    barrier[same] = paths.cause[woman, week][same]
    cancelled = happens(rng, CANCELLED_BY_US, len(sessions))[expected["session"]]
    ours = place_of(AttendanceStatus.CANCELLED_BY_US)
    return expected.assign(
        status=np.where(cancelled, ours, status), barrier=np.where(cancelled, -1, barrier)
    )


def _chance_to_come(
    around: Circumstances, woman: Ints, week: Ints, activity: pd.DataFrame
) -> Floats:
    formats = (Format.ONLINE_GROUP, Format.ONLINE_INDIVIDUAL)
    online = activity["format"].isin([place_of(word) for word in formats])
    unpaid = ~(activity["transport_support"] | online).to_numpy()
    unminded = ~activity["childcare"].to_numpy()
    less = (
        LESS_BY_WORK * around.works[woman, week]
        + LESS_BY_CHILDCARE * around.childcare(woman, week) * unminded
        + LESS_BY_TRANSPORT * around.level(Need.TRANSPORT, woman, week) * unpaid
        + LESS_BY_LEGAL_WEEK * around.legal_week[woman, week]
    )
    chance: Floats = np.clip(COMES - less, 0.05, 0.98)
    return chance


def _status(rng: np.random.Generator, came: Flags, pausing: Flags) -> Ints:
    attended, partly, excused, missed, _ = map(place_of, AttendanceStatus)
    shortened = happens(rng, PARTLY, len(came))
    told = happens(rng, np.where(pausing, *EXCUSES))
    absent = np.where(told, excused, missed)
    return np.where(came, np.where(shortened, partly, attended), absent)
