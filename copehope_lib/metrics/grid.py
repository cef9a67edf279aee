"""Counts over a full grid: what did not occur is a zero, and not a missing row."""

from collections.abc import Mapping

import pandas as pd


def grid(
    rows: pd.DataFrame, names: Mapping[str, list[str]] | Mapping[str, list[int]], counted: str
) -> pd.DataFrame:
    """Count rows by one or more columns.

    Parameters
    ----------
    rows : pandas.DataFrame
        What is counted; rows with a missing name are not.
    names : mapping of str to list
        Columns, and all that may stand in each, in order.
    counted : str
        Name of the column of counts.

    Returns
    -------
    pandas.DataFrame
        A row for each combination, the first column varying slowest: the columns (str), then
        ``counted`` (Int64).

    Examples
    --------
    >>> rows = pd.DataFrame({"need": ["food", "food", "housing"]})
    >>> grid(rows, {"need": ["housing", "food", "transport"]}, "women")
            need  women
    0    housing      1
    1       food      2
    2  transport      0
    """
    cells = {name: pd.Categorical(rows[name], categories=names[name]) for name in names}
    counts = pd.DataFrame(cells).groupby(list(names), observed=False).size().astype("Int64")
    table = counts.rename(counted).reset_index()
    return table.astype({name: table[name].cat.categories.dtype for name in names})
