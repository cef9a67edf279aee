"""Visits: each attendance with its day and its stay; everything about engagement begins here.

Texts are compared here once. What is counted later is counted on places in the tables.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.metrics.preconditions import Places, places, require
from copehope_lib.metrics.stays import FOREVER

PRESENT = ["attended", "partly"]
ABSENT = ["excused", "missed"]
EXPECTED = [*PRESENT, *ABSENT]
DAYS = 1 << 18
"""More days than any calendar of ours has: ``thing × DAYS + day`` sorts by thing, then day."""


def visits(
    women: pd.DataFrame, activities: pd.DataFrame, sessions: pd.DataFrame, attendance: pd.DataFrame
) -> pd.DataFrame:
    """Each attendance with the session, the day and the stay it belongs to.

    Parameters
    ----------
    women, activities, sessions, attendance : pandas.DataFrame
        Checked tables of the registry.

    Returns
    -------
    pandas.DataFrame
        One row for each row of ``attendance``: ``activity``, ``session`` and ``woman`` (int32,
        first row of that code in its table), ``day`` (local day), ``stay``
        (int32, row of ``women``; −1 where she was not accompanied on that day), ``status``,
        ``barrier``.

    Raises
    ------
    ValueError
        If the tables cannot have been checked.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> rows[["day", "stay"]].tail(2)
             day  stay
    4 2026-10-19     1
    5 2026-10-26     1
    """
    require("women", women, "entered_on")
    require("sessions", sessions, "starts_at")
    require("attendance", attendance, "status", "barrier")
    session = places("attendance", "session", attendance["session"], sessions["session"])
    woman = places("attendance", "woman", attendance["woman"], women["woman"])
    activity = places("sessions", "activity", sessions["activity"], activities["activity"])
    day = sessions["starts_at"].dt.normalize().to_numpy()[session]
    return pd.DataFrame(
        {
            "activity": activity[session],
            "session": session,
            "woman": woman,
            "day": day,
            "stay": _stay(women, woman, numbers(pd.Series(day))),
            "status": attendance["status"].array,
            "barrier": attendance["barrier"].array,
        }
    )


def numbers(days: pd.Series) -> npt.NDArray[np.int64]:
    """Return days as whole numbers, to be counted and compared."""
    return days.to_numpy().astype("datetime64[D]").astype("int64")


def _stay(women: pd.DataFrame, woman: Places, day: npt.NDArray[np.int64]) -> Places:
    """Return for each woman and day the row of the stay that holds, or −1."""
    of = places("women", "woman", women["woman"], women["woman"])
    entered = numbers(women["entered_on"])
    order = np.lexsort((entered, of)).astype("int32")
    of, entered = of[order], entered[order]
    left = numbers(women["left_on"].fillna(FOREVER))[order]
    # Her first stay, and then the next one as long as it has begun: few women have many.
    stay = np.searchsorted(of, np.arange(len(of))).astype("int32")[woman]
    for _ in range(1, np.bincount(of).max(initial=1)):
        later = np.minimum(stay + np.int32(1), np.int32(len(of) - 1))
        stay = np.where((of[later] == woman) & (entered[later] <= day), later, stay)
    holds = (entered[stay] <= day) & (day < left[stay])
    return np.where(holds, order[stay], np.int32(-1))


def during(rows: pd.DataFrame, first: pd.Timestamp, after: pd.Timestamp) -> pd.DataFrame:
    """Return the visits of a time: ``first <= day < after``."""
    return rows[(rows["day"] >= first) & (rows["day"] < after)]


def expected(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the visits at which a woman was expected, with ``came`` (bool).

    Sessions that we cancelled expect nobody.
    """
    kept = rows[rows["status"].isin(EXPECTED)]
    return kept.assign(came=kept["status"].isin(PRESENT))
