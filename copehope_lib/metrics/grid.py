"""Counts over a full grid: what did not occur is a zero, and not a missing row."""

from collections.abc import Callable, Mapping

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


def if_kept(table: pd.DataFrame, kept: object) -> pd.DataFrame:
    """Return a table, without its rows where a team keeps nothing of what it counts.

    Examples
    --------
    >>> len(if_kept(pd.DataFrame({"requests": [0, 0]}), kept=[]))
    0
    """
    return table if kept else table.iloc[:0]


def together(words: Mapping[str, str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return what tells several words of a table as one, with the sum of their counts.

    Parameters
    ----------
    words : mapping of str to str
        For each word of which this holds the one that stands for it.

    Examples
    --------
    >>> spans = pd.DataFrame({"days": ["0-30", "91-180", "181+"], "goals": [9, 2, 1]})
    >>> together({"91-180": "91+", "181+": "91+"})(spans)
       days  goals
    0  0-30      9
    1   91+      3
    """

    def told(table: pd.DataFrame) -> pd.DataFrame:
        names = [name for name in table if table[name].dtype in ("str", "string")]
        merged = table.assign(**{str(name): table[name].replace(words) for name in names})
        # Of what is hidden the sum is hidden.
        sums = merged.groupby(names, sort=False, as_index=False)
        return sums.sum(skipna=False)

    return told
