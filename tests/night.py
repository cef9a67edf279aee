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


def sample(cases: Iterable[Case]) -> list[Case]:
    """Return every fifth of cases that are listed, and at night all."""
    return [*cases][:: 1 if NIGHT else 5]
