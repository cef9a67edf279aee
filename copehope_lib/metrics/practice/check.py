"""What a check finds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.metrics.practice.facts import Facts

CODES = ["woman", "code", "other"]
"""Whom or what a finding is about: a woman, the code of a thing, the code of a second one."""


@dataclass(frozen=True)
class Checked:
    """How often a recommendation is kept to, and where it is not.

    Attributes
    ----------
    numerator, denominator : int
        Of how many things that were looked at it holds.
    findings : pandas.DataFrame
        One row for each thing of which it does not hold: those of ``woman``, ``code`` and
        ``other`` (str) that say which.
    """

    numerator: int
    denominator: int
    findings: pd.DataFrame


Find = Callable[[Facts], Checked]


def checked(things: pd.DataFrame, kept: pd.Series | npt.NDArray[np.bool_]) -> Checked:
    """Return what a check finds where each row is one thing to look at.

    Examples
    --------
    >>> things = pd.DataFrame({"woman": ["W-1", "W-2", "W-3"]})
    >>> checked(things, pd.Series([True, False, True]))
    Checked(numerator=2, denominator=3, findings=  woman
    1   W-2)
    """
    holds = np.asarray(kept, dtype=bool)
    columns = [name for name in CODES if name in things]
    return Checked(int(holds.sum()), len(things), things.loc[~holds, columns])
