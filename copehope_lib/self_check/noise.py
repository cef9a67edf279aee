"""Noise: the chance that covers each answer, by a mechanism of OpenDP that is proven."""

import math
from collections.abc import Callable, Sequence
from functools import cache

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

ODDS = 9
"""By how much all that a wave tells may at most change the odds of what one person answered."""
Noise = Callable[[Sequence[int], int], list[int]]
"""From numbers, and how far one answer may move all of them together, to those that are told."""


def noisy(numbers: Sequence[int], apart: int) -> list[int]:
    """Numbers as they may be told: with noise that is drawn anew at each call.

    Parameters
    ----------
    numbers : sequence of int
        All that is told.
    apart : int
        How far one answer, changed or added, may move them, all their moves added up.

    Raises
    ------
    CopehopeError
        If OpenDP is not installed.

    Notes
    -----
    The discrete Laplace mechanism: pure differential privacy with epsilon = ln 9
    (Ghosh, Roughgarden and Sundararajan 2012), drawn exactly, without floating point
    (Canonne, Kamath and Steinke 2020).

    Examples
    --------
    >>> len(noisy([1800, 900], apart=800))
    2
    """
    return list(_mechanism(apart)(list(numbers)))


@cache
def _mechanism(apart: int) -> Callable[[list[int]], list[int]]:
    try:
        import opendp.prelude as dp
    except ImportError:
        raise CopehopeError(
            _(
                "To collect answers, the library OpenDP is needed: install it with `pip install "
                '"copehope-workbench[wellbeing]"`, and collect them again.'
            )
        ) from None
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)

    def laplace(scale: float) -> dp.Measurement:
        return dp.m.make_laplace(*space, scale=scale)

    # OpenDP itself finds the least noise that keeps to the odds.
    scale = dp.binary_search_param(laplace, d_in=apart, d_out=math.log(ODDS))
    return laplace(scale)


def reach(apart: int) -> float:
    """Return how far a number and what is told of it lie apart at most, nine times in ten.

    Examples
    --------
    >>> round(reach(720))
    755
    """
    return apart * math.log(10) / math.log(ODDS)
