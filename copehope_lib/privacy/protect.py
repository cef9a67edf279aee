"""A result, made fit for an audience: small counts hidden, codes replaced, the rest as it is.

Only single cells are looked at here: a hidden cell may still follow from a total and its other
cells.
"""

import pandas as pd

from copehope_lib.metrics import Metric
from copehope_lib.privacy.audience import Audience


def may_see(audience: Audience, metric: Metric) -> bool:
    """Tell whether an audience is given a metric at all.

    Examples
    --------
    >>> from copehope_lib.metrics import METRICS
    >>> from copehope_lib.privacy.audience import TEAM
    >>> may_see(TEAM, METRICS["caseload.functions"])
    False
    """
    return {
        "group": True,
        "professional": audience.professionals,
        "woman": audience.cases,
    }[metric.row]


def protect(
    result: pd.DataFrame, metric: Metric, audience: Audience, names: pd.Series
) -> pd.DataFrame:
    """Apply an audience's rules to the result of a metric.

    Parameters
    ----------
    result : pandas.DataFrame
        Tidy frame of the metric.
    metric : Metric
        Its line in the register.
    audience : Audience
        For whom.
    names : pandas.Series
        Pseudonyms by code.

    Returns
    -------
    pandas.DataFrame
        The same columns; a hidden count is missing, and so is what would follow from it. Rows
        about women are in order of pseudonym.

    Examples
    --------
    >>> from copehope_lib.metrics import METRICS
    >>> from copehope_lib.privacy.audience import TEAM
    >>> result = pd.DataFrame({"movement": ["paused", "returned"], "women": [2, 4]})
    >>> protect(result.astype({"women": "Int64"}), METRICS["engagement.movements"], TEAM,
    ...         pd.Series(dtype="str"))
       movement  women
    0    paused   <NA>
    1  returned      4
    """
    if metric.row == "woman":
        named = result.assign(woman=result["woman"].map(names))
        return named.sort_values("woman", ignore_index=True)
    shown = result.copy()
    counts = shown[list(metric.counts)]
    hidden = (counts > 0) & (counts < audience.minimum)
    half = audience.rounding // 2
    rounded = (counts + half) // audience.rounding * audience.rounding
    shown[list(metric.counts)] = rounded.mask(hidden)
    if audience.rounding > 1 and metric.again is not None:
        return metric.again(shown)
    incomplete = hidden.any(axis=1) | (audience.rounding > 1)
    derived = list(metric.derived)
    shown[derived] = shown[derived].mask(incomplete)
    return shown
