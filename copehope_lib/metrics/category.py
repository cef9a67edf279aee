"""Categories of women, such as site or housing, by which a metric may be told apart."""

import pandas as pd

from copehope_lib import months

UNKNOWN = "unknown"


CATEGORIES = ("site", "region_of_origin", "residence_status", "housing", "children")


def of_stays(stays: pd.DataFrame, by: str) -> pd.Series:
    """Return a category of each stay (str, missing where it is not given).

    Examples
    --------
    >>> stays = pd.DataFrame({"children_in_care": [2, 0, None]}, dtype="Int64")
    >>> of_stays(stays, "children").tolist()
    ['yes', 'no', nan]
    """
    if by == "children":
        return (stays["children_in_care"] > 0).map({True: "yes", False: "no"}).astype("str")
    return stays[by].astype("str")


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
    return of_stays(latest, by).fillna(UNKNOWN).set_axis(latest["woman"])


def in_words(flags: pd.Series) -> pd.Series:
    """Return flags as words (str): ``yes``, ``no``, or ``unknown`` where nobody wrote it down.

    Examples
    --------
    >>> in_words(pd.Series([True, None], dtype="boolean")).tolist()
    ['yes', 'unknown']
    """
    words = flags.astype("object").map({True: "yes", False: "no"})
    return words.astype("str").fillna(UNKNOWN)
