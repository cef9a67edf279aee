"""The latest of several entries about one thing."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.metrics.visits import DAYS, numbers

Integers = npt.NDArray[np.int32] | npt.NDArray[np.int64]


def in_order(thing: Integers, day: pd.Series) -> npt.NDArray[np.intp]:
    """Return the places of entries in order of thing and day; of one day, as they stand.

    Examples
    --------
    >>> day = pd.Series(pd.to_datetime(["2026-10-05", "2026-10-12", "2026-10-01"]))
    >>> in_order(np.array([1, 0, 1]), day)
    array([1, 2, 0])
    """
    return np.argsort(thing * np.int64(DAYS) + numbers(day), kind="stable")


def latest(thing: Integers, day: pd.Series) -> npt.NDArray[np.intp]:
    """Return the place of the latest entry about each thing, in order of thing.

    Examples
    --------
    >>> day = pd.Series(pd.to_datetime(["2026-10-05", "2026-10-12", "2026-10-01"]))
    >>> latest(np.array([1, 0, 1]), day)
    array([1, 0])
    """
    order = in_order(thing, day)
    places: npt.NDArray[np.intp] = order[np.diff(thing[order], append=-1).astype(bool)]
    return places
