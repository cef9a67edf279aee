"""Curves over the weeks of a stay: engaged with returns, until a pause, until a return."""

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.metrics.engagement.episodes import days_of, last_days
from copehope_lib.metrics.metric import Metric
from copehope_lib.metrics.sums import nothing
from copehope_lib.metrics.visits import numbers

WEEKS = 52
"""A year; later weeks of a stay are told by few."""


def retention(
    days: pd.DataFrame, women: pd.DataFrame, month: pd.Period, *, pause_days: int
) -> pd.DataFrame:
    """Share of women engaged by week since they entered; who comes back counts again.

    In a week of her stay a woman is *engaged* if she came to a session in it, or in the weeks
    before it that together are no pause yet (three for 21 days). She is *observed* if the week
    is over, she was accompanied to its end, and a session expected her in those weeks.
    ``share = engaged ÷ observed``, with Wilson's 95 % interval.

    Parameters
    ----------
    days : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.engagement.expected_days` for the same period.
    women : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months, with whose last day the looking ends.
    pause_days : int
        Days of the longest gap that is no pause.

    Returns
    -------
    pandas.DataFrame
        A row for each week, 1 to 52: ``week``, ``observed``, ``engaged`` (Int64, stays),
        ``share``, ``low``, ``high`` (Float64, fractions; missing where nobody is observed).

    Notes
    -----
    Report §5.6: processes are intermittent. A curve that can only fall would hide every
    return. E. B. Wilson (1927), J. Am. Stat. Assoc. 22:209.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.engagement import expected_days
    >>> from copehope_lib.metrics.visits import visits
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> curve = retention(expected_days(rows, month), registry.women, month, pause_days=21)
    >>> curve.loc[[0, 15, 18, 20], ["week", "observed", "engaged"]]
        week  observed  engaged
    0      1         1        1
    15    16         1        1
    18    19         1        0
    20    21         1        1
    """
    entered, stay = numbers(women["entered_on"]), days["stay"].to_numpy()
    week = (numbers(days["day"]) - entered[stay]) // 7
    early, came = week < WEEKS, days["came"].to_numpy()
    over = (numbers(last_days(women, month)) - entered + 1) // 7
    here = np.arange(WEEKS) < over[:, None]
    weeks = math.ceil(pause_days / 7)
    observed = here & _lately(stay[early], week[early], len(women), weeks)
    engaged = here & _lately(stay[early & came], week[early & came], len(women), weeks)
    table = pd.DataFrame({"observed": observed.sum(axis=0), "engaged": engaged.sum(axis=0)})
    return with_shares(_by_week(table.astype("Int64")))


def _lately(
    stay: npt.NDArray[np.int32], week: npt.NDArray[np.int64], stays: int, weeks: int
) -> npt.NDArray[np.bool_]:
    """Return for each stay and week whether a visit lies in the last so many weeks."""
    visited = np.zeros((stays, WEEKS), dtype=bool)
    visited[stay, week] = True
    lately = visited.copy()
    for back in range(1, min(weeks, WEEKS)):
        lately[:, back:] |= visited[:, :-back]
    return lately


def with_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return a retention curve with its share and interval computed from the counts it shows.

    Examples
    --------
    >>> table = pd.DataFrame({"observed": [6], "engaged": [3]}, dtype="Int64")
    >>> with_shares(table)[["share", "low", "high"]].round(3).values.tolist()
    [[0.5, 0.188, 0.812]]
    """
    # It takes a second to import, and whoever asks for no curve should not wait for it.
    from statsmodels.stats.proportion import proportion_confint

    observed = table["observed"].where(table["observed"] > 0).astype("Float64")
    known = observed.notna() & table["engaged"].notna()
    low, high = proportion_confint(
        table.loc[known, "engaged"].astype("int64"), observed[known], method="wilson"
    )
    interval = pd.DataFrame({"low": low, "high": high}, table.index[known], dtype="Float64")
    return table.assign(
        share=table["engaged"] / observed, low=interval["low"], high=interval["high"]
    )


def time_to_pause(
    days: pd.DataFrame, women: pd.DataFrame, found: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Share of women who have not paused yet, by week since they entered (Kaplan-Meier).

    A stay counts if a session expected her in it. It ends with the first pause, or is known
    only up to the end of the period or of the stay (censored).

    Parameters
    ----------
    days : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.engagement.expected_days` for the same period.
    women : pandas.DataFrame
        Checked table of the registry.
    found : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.engagement.pauses` for the same period.
    month : pandas.Period
        Month, or months, with whose last day the looking ends.

    Returns
    -------
    pandas.DataFrame
        A row for each week, 1 to 52: ``week``, ``at_risk`` (Int64, stays that lasted without a
        pause up to the last day of that week), ``paused`` (Int64, pauses begun by then),
        ``share`` (Float64, not paused by then), ``low``, ``high`` (Float64, 95 %, log-log with
        Greenwood's standard error; missing where the share is 0 or 1). All three are missing
        where nobody is at risk.

    Notes
    -----
    Report §5.6. Kaplan and Meier (1958), J. Am. Stat. Assoc. 53:457; estimate and standard
    error from statsmodels.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.engagement import expected_days, pauses
    >>> from copehope_lib.metrics.visits import visits
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> days = expected_days(rows, month)
    >>> found = pauses(days, registry.women, month, pause_days=21)
    >>> time_to_pause(days, registry.women, found, month).loc[[0, 1, 2], "at_risk"].tolist()
    [2, 2, 1]
    """
    stays = women[["woman", "entered_on"]].assign(last_day=last_days(women, month))
    stays = stays.take(days["stay"].drop_duplicates().to_numpy())
    first = found.groupby(["woman", "entered_on"], as_index=False)["paused_on"].min()
    stays = stays.merge(first, on=["woman", "entered_on"], how="left")
    curve = _survival(stays["entered_on"], stays["paused_on"], stays["last_day"])
    return _by_week(curve.rename(columns={"events": "paused"}))


def time_to_return(women: pd.DataFrame, found: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Share of pauses that ended in a return, by week since they began (Kaplan-Meier).

    A pause that lasts at the end of the period, or with which her stay ended, is known only
    up to there (censored): what is not known is not counted as not coming back.

    Parameters
    ----------
    women : pandas.DataFrame
        Checked table of the registry.
    found : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.engagement.pauses` for the same period.
    month : pandas.Period
        Month, or months, with whose last day the looking ends.

    Returns
    -------
    pandas.DataFrame
        As :func:`time_to_pause`, of pauses: ``week``, ``at_risk``, ``returned``, ``share``
        (who have come back by then), ``low``, ``high``.

    Notes
    -----
    Report §5.6: a return is as much part of the process as a pause.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.engagement import expected_days, pauses
    >>> from copehope_lib.metrics.visits import visits
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> found = pauses(expected_days(rows, month), registry.women, month, pause_days=21)
    >>> time_to_return(registry.women, found, month).loc[[0, 1], "at_risk"].tolist()
    [1, 1]
    """
    stays = women[["woman", "entered_on"]].assign(last_day=last_days(women, month))
    both = found.merge(stays, on=["woman", "entered_on"])
    curve = _survival(both["paused_on"], both["returned_on"], both["last_day"])
    back = curve.assign(share=1 - curve["share"], low=1 - curve["high"], high=1 - curve["low"])
    return _by_week(back.rename(columns={"events": "returned"}))


def _survival(since: pd.Series, until: pd.Series, last_day: pd.Series) -> pd.DataFrame:
    """Return the share for whom something has not happened, week by week, with its interval.

    Parameters
    ----------
    since, until, last_day : pandas.Series of datetime64
        When the waiting began, when it ended (missing while it lasts), and the last day that
        is known.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    happened = until.notna().to_numpy()
    ends = until.fillna(last_day + pd.Timedelta(days=1))
    days = (ends - since).dt.days.to_numpy()
    week_ends = np.arange(1, WEEKS + 1) * 7
    at_risk = len(days) - np.searchsorted(np.sort(days), week_ends, "left")
    events = np.searchsorted(np.sort(days[happened]), week_ends, "right")
    share, error = np.ones(WEEKS), np.zeros(WEEKS)
    if happened.any():
        estimate = SurvfuncRight(days, happened.astype("int64"))
        at = np.searchsorted(estimate.surv_times, week_ends, "right")
        share = np.append(1.0, estimate.surv_prob)[at]
        error = np.append(0.0, estimate.surv_prob_se)[at]
    # The interval is that of log(−log share), which keeps it between 0 and 1.
    inner = pd.Series(share).where((share > 0) & (share < 1))
    width = NormalDist().inv_cdf(0.975) * error / (inner * np.log(inner)).abs()
    curve = {
        "share": pd.Series(share),
        "low": inner ** np.exp(width),
        "high": inner ** np.exp(-width),
    }
    return pd.DataFrame({"at_risk": at_risk, "events": events}, dtype="Int64").assign(
        **{name: value.where(at_risk > 0).astype("Float64") for name, value in curve.items()}
    )


def _by_week(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its weeks, counted from 1, as the first column."""
    table.insert(0, "week", pd.Series(range(1, WEEKS + 1), table.index, dtype="Int64"))
    return table


_CURVE: dict[str, Any] = {
    "derived": ("share", "low", "high"),
    # Each step is one woman, and its next month tells her apart: it is for supervision only.
    "adds_up": nothing("it follows stays over a year, and nothing else is told of these"),
}

DECLARED = (
    Metric(
        "engagement.retention",
        lambda s: retention(
            days_of(s), s.tables.women, s.month, pause_days=s.settings.engagement.pause_days
        ),
        counts=("observed", "engaged"),
        **_CURVE,
    ),
    Metric(
        "engagement.time_to_pause",
        lambda s: time_to_pause(days_of(s), s.tables.women, s["engagement.pauses"], s.month),
        counts=("at_risk", "paused"),
        **_CURVE,
    ),
    Metric(
        "engagement.time_to_return",
        lambda s: time_to_return(s.tables.women, s["engagement.pauses"], s.month),
        counts=("at_risk", "returned"),
        **_CURVE,
    ),
)
