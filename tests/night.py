"""The one switch between `make test` and `make night`: how many cases of a kind a run tries."""

import os
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")

NIGHT = "COPEHOPE_NIGHT" in os.environ
"""Whether this run tries everything."""


def tries(cases: int) -> int:
    """Return how many of all cases a run tries: a fifth of them, and at night all.

    Each kind of case is met by day too; what a fifth misses by chance, the night finds.
    """
    return cases if NIGHT else -(-cases // 5)


def chosen(by_day: Iterable[Case], cases: Iterable[Case]) -> list[Case]:
    """Return the cases that stand for their kinds by day, and at night all."""
    by_day, every = [*by_day], [*cases]
    assert all(case in every for case in by_day), "what is tried by day is tried at night too"
    return every if NIGHT else by_day


def sample(cases: Iterable[Case]) -> list[Case]:
    """Return every fifth of cases that are listed, and at night all."""
    return [*cases][:: 1 if NIGHT else 5]
