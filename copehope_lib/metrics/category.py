"""Categories of women, such as site or housing, by which a metric may be told apart."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from copehope_lib import months
from copehope_lib.tables import Tables

UNKNOWN = "unknown"


def _column(name: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda stays: stays[name].astype("str")


def _children(stays: pd.DataFrame) -> pd.Series:
    return (stays["children_in_care"] > 0).map({True: "yes", False: "no"}).astype("str")


CATEGORIES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "site": _column("site"),
    "region_of_origin": _column("region_of_origin"),
    "residence_status": _column("residence_status"),
    "housing": _column("housing"),
    "children": _children,
}
"""How each category is read from a stay."""


def category(women: pd.DataFrame, month: pd.Period, by: str) -> pd.Series:
    """Return the category of each woman, from her latest stay that began by a period's end.

    Parameters
    ----------
    women : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months.
    by : str
        One of :data:`CATEGORIES`.

    Returns
    -------
    pandas.Series
        Category (str, ``unknown`` where it is not given), by woman.

    Raises
    ------
    ValueError
        If there is no such category.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> category(two_women().women, pd.Period("2026-10", "M"), "children").to_dict()
    {'W-001': 'yes', 'W-002': 'unknown'}
    """
    if by not in CATEGORIES:
        raise ValueError(f"{by} is not one of the categories {', '.join(CATEGORIES)}.")
    begun = women[women["entered_on"] < months.bounds(month)[1]].sort_values("entered_on")
    latest = begun.drop_duplicates("woman", keep="last").sort_values("woman")
    return CATEGORIES[by](latest).fillna(UNKNOWN).set_axis(latest["woman"])


def only(tables: Tables, women: pd.Index) -> Tables:
    """Return the registry of some women: theirs alone, and the team and its sessions whole.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> len(only(two_women(), pd.Index(["W-002"])).attendance)
    2
    """
    goals = tables.goals[tables.goals["woman"].isin(women)]
    events = tables.goal_events[tables.goal_events["goal"].isin(goals["goal"])]
    theirs: dict[str, Any] = {
        name: frame[frame["woman"].isin(women)].reset_index(drop=True)
        for name, frame in (
            ("women", tables.women),
            ("assignments", tables.assignments),
            ("attendance", tables.attendance),
            ("needs", tables.needs),
            ("safety", tables.safety),
        )
    }
    return replace(
        tables,
        goals=goals.reset_index(drop=True),
        goal_events=events.reset_index(drop=True),
        **theirs,
    )
