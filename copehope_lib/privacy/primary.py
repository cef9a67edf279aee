"""Primary suppression: which counts are small, and which sums are nearly all one woman's."""

import numpy as np
import numpy.typing as npt
import pandas as pd

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Numbers = pd.Series | npt.NDArray[np.generic]


def small(counts: Numbers, minimum: int) -> Flags:
    """Return which counts are small: more than none, and under a minimum.

    Parameters
    ----------
    counts : pandas.Series or numpy.ndarray
        Counts of women or of what is theirs.
    minimum : int
        Smallest count that is shown.

    Returns
    -------
    numpy.ndarray of bool
        One that is missing is not small.

    Examples
    --------
    >>> small(pd.Series([0, 1, 2, 3, None], dtype="Int64"), 3)
    array([False,  True,  True, False, False])
    """
    exact = _floats(counts)
    return (exact > 0) & (exact < minimum)


def dominated(total: Numbers, largest: Numbers, second: Numbers, share: float = 0.1) -> Flags:
    """Return which sums tell the largest of their parts more exactly than a share of it.

    Whoever knows the second largest part, best of all the woman it is about, can take it off
    the sum: what is left exceeds the largest by all the other parts together. If these are less
    than ``share`` of it, the largest is told too exactly.

    Parameters
    ----------
    total, largest, second : pandas.Series or numpy.ndarray
        Sums, and the two largest parts of each; none is negative. Where there is one part only,
        the second is 0 or missing.
    share : float
        How exactly the largest may be told, as a share of it; 0 allows all.

    Returns
    -------
    numpy.ndarray of bool
        A sum that is 0, or missing, is not dominated.

    Raises
    ------
    ValueError
        If a part is negative: then nothing follows from the others.

    Notes
    -----
    The p% rule, as ACRO applies it (``safe_pratio_p`` is 0.1). A. Hundepool et al. (2012),
    Statistical Disclosure Control, chapter 4.

    Examples
    --------
    >>> dominated(np.array([100, 100]), np.array([60, 60]), np.array([30, 35]))
    array([False,  True])
    """
    sums, first = _floats(total), _floats(largest)
    next_one = np.nan_to_num(_floats(second))
    if (first < 0).any() or (next_one < 0).any():
        raise ValueError("a sum has a negative part: nothing can be said about its largest.")
    # Sums of fractions leave a rest that is nearly 0, on either side of it.
    rest = np.maximum(sums - first - next_one, 0.0)
    told: Floats = np.divide(rest, first, out=np.full(len(first), np.inf), where=first > 0)
    return told < share


def _floats(numbers: Numbers) -> Floats:
    return pd.Series(numbers).to_numpy("float64", na_value=np.nan)
