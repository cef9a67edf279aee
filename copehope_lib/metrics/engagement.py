"""Engagement: who came, what stood in the way, who paused and who came back (§5.2, §5.6).

Processes are intermittent and that is normal (§5.6): a return counts as much as a pause, and
a session that we cancelled is never held against anyone.
"""

import pandas as pd

from copehope_lib import month as months
from copehope_lib.metrics.stays import accompanied
from copehope_lib.vocabulary import AttendanceStatus, Barrier, Module, Pattern

PRESENT = ["attended", "partly"]
EXPECTED = ["attended", "partly", "excused", "missed"]


def attendance(
    activities: pd.DataFrame, sessions: pd.DataFrame, attendance: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Attendance of the month's sessions, in all and by module.

    ``rate = (attended + partly) ÷ (attended + partly + excused + missed)``. Sessions that we
    cancelled count against us and stand apart.

    Parameters
    ----------
    activities, sessions, attendance : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month in which the sessions started, local time.

    Returns
    -------
    pandas.DataFrame
        First row ``all``, then each module that met, in the order of §4: ``scope`` (str),
        ``attended``, ``partly``, ``excused``, ``missed``, ``cancelled_by_us`` (Int64,
        women × sessions), ``rate`` (Float64, a fraction; missing where nobody was expected).

    Examples
    --------
    >>> from copehope_lib.demo_data.two_women import two_women
    >>> registry = two_women()
    >>> attendance(registry.activities, registry.sessions, registry.attendance,
    ...            pd.Period("2026-10", "M"))[["scope", "attended", "missed", "rate"]]
          scope  attended  missed  rate
    0       all         2       1  0.75
    1  language         2       1  0.75
    """
    rows = _of_month(sessions, attendance, month).merge(
        activities[["activity", "module"]], on="activity"
    )
    by_module = pd.crosstab(rows["module"], rows["status"])
    by_module = by_module.reindex(columns=AttendanceStatus.codes(), fill_value=0)
    met = by_module.loc[[name for name in Module.codes() if name in by_module.index]]
    total = by_module.sum().to_frame("all").T
    table = pd.concat([total, met]).astype("Int64").rename_axis(columns=None)
    return rate(table.rename_axis("scope").reset_index().astype({"scope": "str"}))


def rate(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of attendance with its ``rate`` computed from the counts it shows.

    Examples
    --------
    >>> counts = {"attended": [3], "partly": [1], "excused": [0], "missed": [1]}
    >>> rate(pd.DataFrame(counts, dtype="Int64"))["rate"].tolist()
    [0.8]
    """
    expected = table[EXPECTED].sum(axis=1, skipna=False)
    present = table[PRESENT].sum(axis=1, skipna=False)
    return table.assign(rate=(present / expected.where(expected > 0)).astype("Float64"))


def barriers(
    sessions: pd.DataFrame, attendance: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """What stood in the way, as often as it was named in the month.

    Sessions that we cancelled are left out: that was not hers to overcome.

    Returns
    -------
    pandas.DataFrame
        All barriers in the order of the vocabulary: ``barrier`` (str), ``times`` (Int64).

    Examples
    --------
    >>> from copehope_lib.demo_data.two_women import two_women
    >>> registry = two_women()
    >>> named = barriers(registry.sessions, registry.attendance, pd.Period("2026-10", "M"))
    >>> named[named["times"] > 0]
         barrier  times
    1  childcare      1
    """
    rows = _of_month(sessions, attendance, month)
    named = rows.loc[rows["status"] != "cancelled_by_us", "barrier"]
    counts = named.value_counts().reindex(Barrier.codes(), fill_value=0).astype("Int64")
    return (
        counts.rename_axis("barrier").rename("times").reset_index().astype({"barrier": "str"})
    )


def _of_month(
    sessions: pd.DataFrame, attendance: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    first, after = months.bounds(month)
    meeting = sessions[(sessions["starts_at"] >= first) & (sessions["starts_at"] < after)]
    return attendance.merge(meeting[["session", "activity"]], on="session")


def pauses(
    women: pd.DataFrame,
    sessions: pd.DataFrame,
    attendance: pd.DataFrame,
    month: pd.Period,
    *,
    pause_days: int,
) -> pd.DataFrame:
    """Every pause up to the end of a month, and the return that ended it.

    A pause is a gap of more than ``pause_days`` days between two sessions she came to, or
    since the last one, in which she was expected. Before she first came the gap is counted from
    the first session at which she was expected. Sessions that we cancelled expect nobody.

    Returns
    -------
    pandas.DataFrame
        One row a pause, by woman and day: ``woman`` (str), ``entered_on`` (the stay),
        ``since`` (day of the last session before it), ``paused_on`` (first day on which the
        gap was a pause), ``returned_on`` (missing while it lasts).

    Examples
    --------
    >>> from copehope_lib.demo_data.two_women import two_women
    >>> registry = two_women()
    >>> found = pauses(registry.women, registry.sessions, registry.attendance,
    ...                pd.Period("2026-10", "M"), pause_days=21)
    >>> found[["woman", "since", "paused_on", "returned_on"]]
       woman      since  paused_on returned_on
    0  W-001 2026-09-02 2026-09-24  2026-10-12
    """
    days = _expected_days(women, sessions, attendance, month)
    came = days["day"].where(days["came"])
    last_came = came.groupby(days["stay"]).ffill().groupby(days["stay"]).shift()
    days["since"] = last_came.fillna(days.groupby("stay")["day"].transform("first"))
    gap = ["stay", "since"]
    missed = days[~days["came"]].drop_duplicates(gap).rename(columns={"day": "first_missed"})
    back = days[days["came"] & (days["day"] > days["since"])].rename(
        columns={"day": "returned_on"}
    )
    gaps = missed.merge(back[[*gap, "returned_on"]], on=gap, how="left")
    turns = gaps["since"] + pd.Timedelta(days=pause_days + 1)
    gaps["paused_on"] = turns.where(turns > gaps["first_missed"], gaps["first_missed"])
    end = gaps["returned_on"].fillna(gaps["last_day"])
    columns = ["woman", "entered_on", "since", "paused_on", "returned_on"]
    found = gaps.loc[gaps["paused_on"] <= end, columns]
    return found.sort_values(["woman", "since"]).reset_index(drop=True)


def _expected_days(
    women: pd.DataFrame, sessions: pd.DataFrame, attendance: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Return one row for each stay and day on which she was expected, up to the month's end.

    ``stay`` (int), ``woman``, ``entered_on``, ``last_day`` (of the stay, or the month's),
    ``day``, ``came`` (bool), in order of stay and day.
    """
    rows = _expected(women, sessions, attendance, month)
    days = rows.groupby(["stay", "day"], as_index=False).agg(
        woman=("woman", "first"),
        entered_on=("entered_on", "first"),
        last_day=("last_day", "first"),
        came=("came", "any"),
    )
    return days.sort_values(["stay", "day"], ignore_index=True)


def _expected(
    women: pd.DataFrame, sessions: pd.DataFrame, attendance: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Return one row for each session at which a woman was expected during a stay."""
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    stays = women[["woman", "entered_on"]].assign(
        stay=range(len(women)),
        last_day=(women["left_on"] - pd.Timedelta(days=1)).where(
            women["left_on"] <= last, last
        ),
    )
    rows = attendance.loc[attendance["status"].isin(EXPECTED), ["session", "woman", "status"]]
    rows = rows.merge(sessions[["session", "starts_at"]], on="session").merge(stays, on="woman")
    rows["day"] = rows["starts_at"].dt.normalize()
    rows["came"] = rows["status"].isin(PRESENT)
    return rows[(rows["day"] >= rows["entered_on"]) & (rows["day"] <= rows["last_day"])]


def movements(found: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Women who paused in a month, and women who came back: side by side, as §5.6 asks.

    Parameters
    ----------
    found : pandas.DataFrame
        Result of :func:`pauses`.
    month : pandas.Period
        Month.

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


def women(
    women: pd.DataFrame,
    sessions: pd.DataFrame,
    attendance: pd.DataFrame,
    month: pd.Period,
    *,
    window_days: int,
    pause_days: int,
    steady_rate: float,
) -> pd.DataFrame:
    """The pattern of each woman over the days that end with the month.

    The first that holds: *not invited* (expected at no session of the window), *paused* (a
    pause lasts at the end of the month), *returned* (a pause ended within the window),
    *starting* (entered within the window), *steady* (came to ``steady_rate`` or more of the
    sessions at which she was expected), *intermittent*.

    Parameters
    ----------
    women, sessions, attendance : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month with whose last day the window ends.
    window_days, pause_days : int
        Days of the window, and days from which a gap is a pause.
    steady_rate : float
        A fraction.

    Returns
    -------
    pandas.DataFrame
        One row for each woman accompanied on the last day, by code: ``woman`` (str),
        ``pattern`` (category), ``expected`` and ``came`` (Int64, sessions of the window).

    Examples
    --------
    >>> from copehope_lib.demo_data.two_women import two_women
    >>> registry = two_women()
    >>> women(registry.women, registry.sessions, registry.attendance, pd.Period("2026-10", "M"),
    ...       window_days=90, pause_days=21, steady_rate=0.7)
       woman   pattern  expected  came
    0  W-001  returned         4     2
    1  W-002  starting         2     2
    """
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    start = last - pd.Timedelta(days=window_days - 1)
    here = accompanied(women, last).sort_values("woman", ignore_index=True)
    rows = _expected(women, sessions, attendance, month)
    recent = rows[rows["day"] >= start].groupby("woman")["came"]
    result = here[["woman"]].assign(
        expected=here["woman"].map(recent.size()).fillna(0).astype("Int64"),
        came=here["woman"].map(recent.sum()).fillna(0).astype("Int64"),
    )
    found = pauses(women, sessions, attendance, month, pause_days=pause_days)
    found = found.merge(here[["woman", "entered_on"]], on=["woman", "entered_on"])
    lasting = found.loc[found["returned_on"].isna(), "woman"]
    ended = found.loc[found["returned_on"] >= start, "woman"]
    rate = result["came"] / result["expected"].where(result["expected"] > 0)
    pattern = pd.Series("intermittent", index=result.index)
    # From the weakest claim to the strongest: each one overrules those before it.
    pattern = pattern.mask((rate >= steady_rate).fillna(value=False), "steady")
    pattern = pattern.mask(here["entered_on"] >= start, "starting")
    pattern = pattern.mask(here["woman"].isin(ended), "returned")
    pattern = pattern.mask(here["woman"].isin(lasting), "paused")
    pattern = pattern.mask(result["expected"] == 0, "not_invited")
    result.insert(1, "pattern", pattern.astype(pd.CategoricalDtype(Pattern.codes())))
    return result


def patterns(each: pd.DataFrame) -> pd.DataFrame:
    """Women by pattern.

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`women`.

    Returns
    -------
    pandas.DataFrame
        Six rows in the order of the vocabulary: ``pattern`` (str), ``women`` (Int64).

    Examples
    --------
    >>> patterns(pd.DataFrame({"pattern": ["steady", "paused", "steady"]})).women.tolist()
    [2, 0, 1, 0, 0, 0]
    """
    counts = each["pattern"].value_counts().reindex(Pattern.codes(), fill_value=0)
    table = counts.astype("Int64").rename_axis("pattern").rename("women").reset_index()
    return table.astype({"pattern": "str"})
