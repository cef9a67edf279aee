"""Who is accompanied when. Periods are half-open: ``left_on`` is the first day without."""

import pandas as pd

from copehope_lib.metrics.preconditions import places, require

FOREVER = pd.Timestamp("2262-01-01")
"""Stands for an end that has not come yet, so that dates can be compared."""


def holding(frame: pd.DataFrame, start: str, end: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows that hold on a day: ``start <= day < end``, an empty end being open.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": pd.to_datetime(["2026-01-01"]), "b": [pd.NaT]})
    >>> len(holding(frame, "a", "b", pd.Timestamp("2026-10-31")))
    1
    """
    return frame[(frame[start] <= day) & (frame[end].isna() | (frame[end] > day))]


def accompanied(women: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the stays that hold on a day, one row a woman."""
    require("women", women, "entered_on")
    return holding(women, "entered_on", "left_on", day).drop_duplicates("woman")


def held(
    assignments: pd.DataFrame, women: pd.DataFrame, professionals: pd.DataFrame
) -> pd.DataFrame:
    """Return assignments cut to the stays they belong to, and to the time of who holds them.

    Nobody carries a woman before her colleague begins or after the colleague has left, even
    where the end of the assignment was never written.

    Returns
    -------
    pandas.DataFrame
        ``woman``, ``professional``, ``function``, ``start``, ``end`` (``FOREVER`` while it
        holds); an assignment that runs over two stays has two rows.
    """
    require("assignments", assignments, "from_on", "function")
    require("women", women, "entered_on")
    require("professionals", professionals, "started_on")
    places("assignments", "woman", assignments["woman"], women["woman"])
    team = professionals["professional"]
    who = places("assignments", "professional", assignments["professional"], team)
    columns = ["woman", "professional", "function", "from_on", "to_on"]
    stays = women[["woman", "entered_on", "left_on"]]
    time = professionals[["started_on", "ended_on"]].take(who).set_axis(assignments.index)
    both = assignments[columns].join(time).merge(stays, on="woman")
    start = both[["from_on", "entered_on", "started_on"]].max(axis=1)
    end = both[["to_on", "left_on", "ended_on"]].fillna(FOREVER).min(axis=1)
    return both.assign(start=start, end=end).loc[
        start < end, ["woman", "professional", "function", "start", "end"]
    ]
