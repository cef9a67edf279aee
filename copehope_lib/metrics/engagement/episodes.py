"""Episodes: when a woman paused, and when she came back (§5.6: both are part of it)."""

import numpy as np
import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.metric import Metric, Snapshot
from copehope_lib.metrics.sums import nothing
from copehope_lib.metrics.visits import DAYS, EXPECTED, PRESENT, numbers

DAY = np.timedelta64(1, "D")


def expected_days(visits: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """The days of each stay on which a session expected her, and whether she came.

    Parameters
    ----------
    visits : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.visits.visits`.
    month : pandas.Period
        Month, or months, with whose last day the looking ends.

    Returns
    -------
    pandas.DataFrame
        One row a day, in order of stay and day: ``stay`` (int64, row of the table of women),
        ``day``, ``came`` (bool, to any session of that day).

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.visits import visits
    >>> registry = two_women()
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> expected_days(rows, pd.Period("2026-10", "M"))["came"].tolist()
    [True, False, False, True, True, True]
    """
    in_time = (visits["stay"] >= 0) & (visits["day"] < months.bounds(month)[1])
    kept = (in_time & visits["status"].isin(EXPECTED)).to_numpy()
    came = visits["status"].isin(PRESENT).to_numpy()[kept]
    stay, day = visits["stay"].to_numpy()[kept], numbers(visits["day"])[kept]
    both = np.sort((stay * np.int64(DAYS) + day) * 2 + came)
    both, came = both // 2, (both % 2).astype(bool)
    # Of two sessions on one day the one she came to stands last, and that is the one to keep.
    last = np.diff(both, append=-1).astype(bool)
    both = both[last]
    return pd.DataFrame(
        {
            "stay": both // DAYS,
            "day": (both % DAYS).astype("datetime64[D]").astype("datetime64[us]"),
            "came": came[last],
        }
    )


def pauses(
    days: pd.DataFrame, women: pd.DataFrame, month: pd.Period, *, pause_days: int
) -> pd.DataFrame:
    """Every pause up to the end of a period, and the return that ended it.

    A pause is a gap of more than ``pause_days`` days between two sessions she came to, or
    since the last one, in which she was expected. Before she first came the gap is counted from
    the first session at which she was expected. Sessions that we cancelled expect nobody.

    Parameters
    ----------
    days : pandas.DataFrame
        Result of :func:`expected_days` for the same period.
    women : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months, with whose last day the looking ends.
    pause_days : int
        Days of the longest gap that is no pause.

    Returns
    -------
    pandas.DataFrame
        One row a pause, by woman and day: ``woman`` (str), ``entered_on`` (the stay),
        ``since`` (day of the last session before it), ``paused_on`` (first day on which the
        gap was a pause), ``returned_on`` (missing while it lasts).

    Notes
    -----
    Report §5.6: processes are intermittent, and nobody should be held to a straight line.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.visits import visits
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> days = expected_days(rows, month)
    >>> found = pauses(days, registry.women, month, pause_days=21)
    >>> found[["woman", "since", "paused_on", "returned_on"]]
       woman      since  paused_on returned_on
    0  W-001 2026-09-02 2026-09-24  2026-10-12
    """
    stay, came, day = days["stay"].to_numpy(), days["came"].to_numpy(), days["day"].to_numpy()
    # A gap opens on each day she came, and on the first day of a stay; it closes where the
    # next one opens. Days stand in order, so that what lies between are the days she missed.
    opens = np.flatnonzero(came | np.diff(stay, prepend=-1).astype(bool))
    closes = np.append(opens[1:], len(days))
    missed = opens + came[opens]
    has_missed = missed < closes
    opens, closes, missed = opens[has_missed], closes[has_missed], missed[has_missed]
    follows = np.append(stay, -1)[closes] == stay[opens]
    returned = np.append(day, np.datetime64("NaT"))[closes]
    returned[~follows] = np.datetime64("NaT")
    paused = np.maximum(day[opens] + (pause_days + 1) * DAY, day[missed])
    ends = np.where(follows, returned, last_days(women, month).to_numpy()[stay[opens]])
    long = paused <= ends
    found: pd.DataFrame = women[["woman", "entered_on"]].take(stay[opens[long]])
    found = found.assign(since=day[opens[long]], paused_on=paused[long], returned_on=returned[long])
    return found.sort_values(["woman", "since"], ignore_index=True)


def last_days(women: pd.DataFrame, month: pd.Period) -> pd.Series:
    """Return the last day of each stay, or of the period while it lasts (datetime64[us])."""
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    return (women["left_on"] - pd.Timedelta(days=1)).where(women["left_on"] <= last, last)


def as_of(found: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the pauses as they were known at the end of an earlier day.

    Examples
    --------
    >>> found = pd.DataFrame({
    ...     "woman": ["W-001"],
    ...     "paused_on": pd.to_datetime(["2026-09-24"]),
    ...     "returned_on": pd.to_datetime(["2026-10-05"]),
    ... })
    >>> as_of(found, pd.Timestamp("2026-09-30"))["returned_on"].isna().tolist()
    [True]
    """
    known = found[found["paused_on"] <= day].reset_index(drop=True)
    return known.assign(returned_on=known["returned_on"].where(known["returned_on"] <= day))


def movements(found: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Women who paused in a period, and women who came back: side by side, as §5.6 asks.

    Parameters
    ----------
    found : pandas.DataFrame
        Result of :func:`pauses`.
    month : pandas.Period
        Month, or months.

    Returns
    -------
    pandas.DataFrame
        Two rows: ``movement`` (str: ``paused``, ``returned``), ``women`` (Int64).

    Examples
    --------
    >>> found = pd.DataFrame({
    ...     "woman": ["W-001"],
    ...     "paused_on": pd.to_datetime(["2026-09-24"]),
    ...     "returned_on": pd.to_datetime(["2026-10-05"]),
    ... })
    >>> movements(found, pd.Period("2026-10", "M"))
       movement  women
    0    paused      0
    1  returned      1
    """
    first, after = months.bounds(month)
    counts = [
        found.loc[(found[day] >= first) & (found[day] < after), "woman"].nunique()
        for day in ("paused_on", "returned_on")
    ]
    return pd.DataFrame({"movement": ["paused", "returned"], "women": counts}).astype(
        {"women": "Int64"}
    )


def days_of(s: Snapshot) -> pd.DataFrame:
    """Return the days of each stay on which a session expected her."""
    return s.once(expected_days, s.visits, s.month)


def _pauses(s: Snapshot) -> pd.DataFrame:
    # Each pause up to the end of the month before is among those up to the end of this one.
    if s.later is not None:
        return as_of(s.later["engagement.pauses"], s.last)
    return pauses(days_of(s), s.tables.women, s.month, pause_days=s.settings.engagement.pause_days)


DECLARED = (
    Metric("engagement.pauses", _pauses, row="woman"),
    Metric(
        "engagement.movements",
        lambda s: movements(s["engagement.pauses"], s.month),
        release_to="team",
        counts=("women",),
        adds_up=nothing("a woman may pause and come back in one month, or leave in a pause"),
    ),
)
