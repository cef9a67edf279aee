"""Randomisation: what is drawn for each answer before anything is added up.

Whoever knows every answer but one can subtract. Rounding a mean does not stop her: a mean near
the edge of a step, or near the end of the scale, gives the last answer away. So each score is
first drawn to low, middle or high, by a chance that nobody knows, such that the mean stays
right; and one in sixteen is drawn blind. Even whoever knew what was drawn for a person could not
exclude a single score: each of the three may have come from anywhere on the scale.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd

BLIND = 1 / 16
"""Share of scores that are drawn whatever they are."""

TRUTH = 0.5
"""Chance that a band is told as it is; otherwise it is drawn among all bands alike."""


def randomised(share: pd.Series, draw: pd.Series) -> pd.Series:
    """Each score as it is drawn: 0, ½ or 1.

    A score between two of them falls to the upper one with the chance that is its way there;
    one in sixteen is any of the three. :func:`mean_of` gives the mean that was put in.

    Parameters
    ----------
    share : pandas.Series of float
        Where each score lies between the lowest (0) and the highest (1); may be missing.
    draw : pandas.Series of float
        The draws of each, evenly spread between 0 and 1.

    Returns
    -------
    pandas.Series of Float64
        Missing where the score is.

    Notes
    -----
    Stochastic rounding with some randomized response (Warner 1965).

    Examples
    --------
    >>> randomised(pd.Series([0.0, 0.25, 0.25, 1.0]), pd.Series([0.03, 0.5, 0.6, 0.9])).tolist()
    [0.5, 0.5, 0.0, 1.0]
    """
    luck_left = (draw - BLIND) / (1 - BLIND)
    below = np.floor(2 * share) / 2
    own: pd.Series = below + 0.5 * (luck_left < 2 * (share - below))
    blind = np.floor(draw / BLIND * 3) / 2
    return own.mask(draw < BLIND, blind).where(share.notna()).astype("Float64")


def mean_of(drawn: pd.Series) -> float:
    """Return the mean that drawn scores stand for: right on average, between 0 and 1.

    Examples
    --------
    >>> mean_of(pd.Series([0.0, 0.5, 1.0])), mean_of(pd.Series([1.0, 1.0]))
    (0.5, 1.0)
    """
    return min(1.0, max(0.0, (float(drawn.mean()) - BLIND / 2) / (1 - BLIND)))


def told_bands(
    bands: pd.Series, of: Iterable[str], first: pd.Series, second: pd.Series
) -> pd.Series:
    """Each band as it is told: as it is with a chance of one half, and otherwise any of them.

    Parameters
    ----------
    bands : pandas.Series of string
        Band of each; may be missing.
    of : iterable of str
        All bands of the scale.
    first, second : pandas.Series of float
        The draws of each, evenly spread between 0 and 1.

    Examples
    --------
    >>> told_bands(pd.Series(["low", "low"]), ["low", "high"], pd.Series([0.1, 0.9]),
    ...     pd.Series([0.0, 0.8])).tolist()
    ['low', 'high']
    """
    names = pd.Series(list(of), dtype="string")
    drawn = names.iloc[(second * len(names)).astype(int)].set_axis(bands.index)
    return bands.astype("string").where(first < TRUTH, drawn).where(bands.notna())


def draws(ids: Iterable[str], purpose: str) -> pd.Series:
    """The draws of each answer for one purpose: the same each time, and known to nobody.

    Parameters
    ----------
    ids : iterable of str
        The secret number that lies sealed in each answer.
    purpose : str
        What it is for.

    Examples
    --------
    >>> bool(draws(["a", "b"], "rest").between(0, 1).all())
    True
    >>> bool(draws(["a"], "rest")[0] == draws(["a"], "distance")[0])
    False
    """
    digests = (hashlib.sha256(f"{purpose}\n{one}".encode()).digest() for one in ids)
    return pd.Series([int.from_bytes(one[:6]) / 2**48 for one in digests], dtype="float64")
