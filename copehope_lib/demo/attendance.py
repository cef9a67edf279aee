"""Who was expected at a session, who came, and what stood in the way (§5.2, §5.6)."""

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    Flags,
    Floats,
    Ints,
    coded,
    happens,
    in_turn,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.circumstances import Circumstances, barriers
from copehope_lib.demo.days import Window
from copehope_lib.demo.groups import Groups
from copehope_lib.demo.model import Meetings
from copehope_lib.demo.paths import Paths
from copehope_lib.demo.safety import Assessments
from copehope_lib.demo.schedule import Schedule
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import AttendanceStatus, Barrier, Format, Need

SETTLING_DAYS = 4
"""Days after entry in which nobody is expected anywhere: first she gets to know us (§5.1.1)."""


def expected(
    rng: np.random.Generator,
    plan: Schedule,
    groups: Groups,
    women: Women,
    risk: Assessments,
    paths: Paths,
    window: Window,
    model: Meetings,
) -> pd.DataFrame:
    """Who was expected at which session.

    Only during a stay; no groups for a woman whose latest risk assessment says that she is to
    be seen alone (§5.1.2), with rare exceptions; less and less as a pause goes on; never at
    two places at once.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    plan : Schedule
        The calendar.
    groups : Groups
        Members of each group.
    women, risk, paths : Women, Assessments, Paths
        Stays, risk and pauses.
    window : Window
        Days of the registry.
    model : Meetings
        Chances.

    Returns
    -------
    pandas.DataFrame
        int64, one row a session and woman: ``session``, ``woman``, ``week``, ``group`` (-1
        for an individual session).
    """
    columns = ["day", "usual", "group"]
    sessions = plan.sessions.rename_axis("session").reset_index()
    alone = sessions.loc[sessions["woman"] >= 0, ["session", "woman", *columns]]
    together = sessions.loc[sessions["woman"] < 0, ["session", *columns]].merge(
        groups.members, on="group"
    )
    rows = pd.concat([alone, together[alone.columns]], ignore_index=True)
    woman, day = rows["woman"].to_numpy(), rows["day"].to_numpy()
    week = window.week(day)
    apart = (rows["group"].to_numpy() >= 0) & risk.alone(woman, day)
    asked = (
        women.present(woman, day, settled=SETTLING_DAYS)
        & (~apart | happens(rng, model.group_though_alone, len(rows)))
        & happens(rng, _invited(paths.weeks_paused[woman, week].astype(np.int64), model))
    )
    rows = rows.assign(week=week)[asked]
    rows = rows[~rows.duplicated(["woman", "day", "usual"])]
    rows = rows.sort_values(["session", "woman"], ignore_index=True)
    return rows[["session", "woman", "week", "group"]]


def _invited(weeks_paused: Ints, model: Meetings) -> Floats:
    up_to, chance = zip(*model.invited_in_pause, strict=True)
    later = np.array([*chance, chance[-1]])[np.searchsorted(up_to, weeks_paused)]
    return np.where(weeks_paused == 0, 1.0, later)


def attendance(
    rng: np.random.Generator,
    rows: pd.DataFrame,
    plan: Schedule,
    around: Circumstances,
    paths: Paths,
    model: Meetings,
) -> pd.DataFrame:
    """What happened: who came, who told us, who did not, what we cancelled.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    rows : pandas.DataFrame
        Result of :func:`expected`.
    plan : Schedule
        The calendar.
    around : Circumstances
        What presses on each woman in each week.
    paths : Paths
        When she pauses, and what began it.
    model : Meetings
        Chances.

    Returns
    -------
    pandas.DataFrame
        ``session``, ``woman``, ``status``, ``barrier`` (positions; -1 for none).
    """
    woman, week = rows["woman"].to_numpy(), rows["week"].to_numpy()
    held = plan.sessions.loc[rows["session"]]
    activity = plan.activities.loc[held["activity"]]
    pausing = paths.pausing(woman, week)
    came = ~pausing & happens(rng, _chance_to_come(around, woman, week, activity, model))
    status = _status(rng, came, pausing, model)
    barrier = np.full(len(rows), -1, dtype=np.int64)
    named = np.flatnonzero(_named(rng, status, model))
    barrier[named] = barriers(rng, around, woman[named], week[named], model)
    same = pausing & (barrier >= 0) & happens(rng, model.same_barrier_in_pause, len(rows))
    barrier[same] = paths.cause[woman, week][same]
    cancelled = happens(rng, model.cancelled_by_us, len(plan.sessions))[rows["session"]]
    ours = place_of(AttendanceStatus.CANCELLED_BY_US)
    return rows[["session", "woman"]].assign(
        status=np.where(cancelled, ours, status), barrier=np.where(cancelled, -1, barrier)
    )


def _chance_to_come(
    around: Circumstances, woman: Ints, week: Ints, activity: pd.DataFrame, model: Meetings
) -> Floats:
    online = activity["format"].isin(
        [place_of(Format.ONLINE_GROUP), place_of(Format.ONLINE_INDIVIDUAL)]
    )
    unpaid = (~activity["transport"] & ~online).to_numpy()
    unminded = ~activity["childcare"].to_numpy(dtype=np.bool_)
    less = (
        model.less_by_work * around.works[woman, week]
        + model.less_by_childcare * around.childcare(woman, week) * unminded
        + model.less_by_transport * around.level(Need.TRANSPORT, woman, week) * unpaid
        + model.less_by_legal_week * around.legal_week[woman, week]
    )
    chance: Floats = np.clip(model.comes - less, 0.05, 0.98)
    return chance


def _status(rng: np.random.Generator, came: Flags, pausing: Flags, model: Meetings) -> Ints:
    partly = happens(rng, model.partly, len(came))
    told = happens(rng, np.where(pausing, *reversed(model.excuses)))
    present = np.where(
        partly, place_of(AttendanceStatus.PARTLY), place_of(AttendanceStatus.ATTENDED)
    )
    absent = np.where(told, place_of(AttendanceStatus.EXCUSED), place_of(AttendanceStatus.MISSED))
    return np.where(came, present, absent)


def _named(rng: np.random.Generator, status: Ints, model: Meetings) -> Flags:
    """Tell where a barrier was noted: with excuses, mostly where she missed, some if partly."""
    missed = status == place_of(AttendanceStatus.MISSED)
    partly = status == place_of(AttendanceStatus.PARTLY)
    chance = np.select([missed, partly], [1 - model.barrier_not_asked, 0.3], 1.0)
    absent = status != place_of(AttendanceStatus.ATTENDED)
    named: Flags = absent & happens(rng, chance)
    return named


def table(happened: pd.DataFrame, sessions: pd.Series, women: pd.Series) -> pd.DataFrame:
    """Return the table ``attendance``, by session and woman."""
    woman = happened["woman"].to_numpy()
    place = sessions.index.get_indexer(pd.Index(happened["session"]))
    order = in_turn([place, women.str[2:].astype(int).to_numpy()[woman]])
    return typed(
        "attendance",
        {
            "session": coded(sessions, place[order]),
            "woman": coded(women, woman[order]),
            "status": words(AttendanceStatus, happened["status"].to_numpy()[order]),
            "barrier": words(Barrier, happened["barrier"].to_numpy()[order]),
        },
    )
