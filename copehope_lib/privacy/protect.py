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
        return named.sort_values("woman", kind="stable", ignore_index=True)
    if audience.minimum == 1 and audience.rounding == 1:
        return result
    if not audience.cases:
        result = result[~result.iloc[:, 0].isin(metric.sensitive)].reset_index(drop=True)
    counts, derived = list(metric.counts), list(metric.derived)
    hidden = _hidden(result[counts], metric, audience)
    half = audience.rounding // 2
    rounded = (result[counts] + half) // audience.rounding * audience.rounding
    shown = result.assign(**rounded.mask(hidden))
    if audience.rounding == 1:
        shown[derived] = shown[derived].mask(_too_little_under(result, metric, audience))
    elif metric.again is not None:
        shown = metric.again(shown)
    else:
        # Computed from exact counts, it could undo the rounding.
        shown[derived] = shown[derived].mask(shown[derived].notna())
    return shown


def _hidden(counts: pd.DataFrame, metric: Metric, audience: Audience) -> pd.DataFrame:
    """Tell which counts are hidden: the small ones, and those that would give them away."""
    hidden = (counts > 0) & (counts < audience.minimum)
    for group in metric.together:
        small = hidden[list(group)].any(axis=1)
        hidden = hidden.assign(**dict.fromkeys(group, small))
    return hidden


def _too_little_under(result: pd.DataFrame, metric: Metric, audience: Audience) -> pd.Series:
    """Tell in which rows a derived column rests on fewer than the minimum."""
    sums = [result[list(group)].sum(axis=1) for group in metric.together]
    small = [(total > 0) & (total < audience.minimum) for total in sums]
    return pd.concat(small, axis=1).any(axis=1) if small else pd.Series(False, result.index)
