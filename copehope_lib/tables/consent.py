"""Who is counted: a woman who did not agree to be, where that is asked, stands in no number (§5.1).

A registry in which no row says when a woman agreed is one that does not keep it, and counts all.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from copehope_lib.schema import TABLES

if TYPE_CHECKING:
    from copehope_lib.tables.load import Tables


def only(tables: "Tables", women: pd.Index) -> "Tables":
    """Return the registry of some women: theirs alone, and the team and its sessions whole.

    What a woman said without her code stays as well.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> len(only(two_women(), pd.Index(["W-002"])).attendance)
    2
    """
    frames = {name: getattr(tables, name) for name in TABLES}
    theirs: dict[str, Any] = {
        name: frame[frame["woman"].isin(women) | frame["woman"].isna()].reset_index(drop=True)
        for name, frame in frames.items()
        if "woman" in frame
    }
    events = tables.goal_events[tables.goal_events["goal"].isin(theirs["goals"]["goal"])]
    return replace(tables, **theirs, goal_events=events.reset_index(drop=True))


def agreed(women: pd.DataFrame) -> pd.Series:
    """Tell which women agreed to be counted here, and have not taken it back since.

    Parameters
    ----------
    women : pandas.DataFrame
        Checked table of the registry.

    Returns
    -------
    pandas.Series
        bool, by code: by the last of her days of consent and of taking it back. All of them
        where no woman has such a day.

    Notes
    -----
    Report §5.1.1: consent is explained, and signed only after she accepts; it has levels.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> women = two_women().women
    >>> agreed(women).tolist()
    [True, True]
    >>> day = pd.Series([pd.Timestamp("2026-06-02"), pd.NaT])
    >>> agreed(women.assign(data_on=day)).tolist()
    [True, False]
    """
    days = women.groupby("woman", observed=True)[["data_on", "withdrawn_on"]].max()
    if not women["data_on"].notna().any():
        return days["withdrawn_on"].isna()
    return days["data_on"].notna() & ~(days["withdrawn_on"] >= days["data_on"])


def counted(tables: "Tables") -> "Tables":
    """Return the registry of the women who agreed to be counted; the same one if all did.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> counted(registry) is registry
    True
    """
    said = agreed(tables.women)
    return tables if said.all() else only(tables, said.index[said])
