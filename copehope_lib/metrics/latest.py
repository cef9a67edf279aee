"""The latest of several entries about one thing."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.metrics.preconditions import Places, among, places
from copehope_lib.metrics.visits import DAYS, numbers

Integers = npt.NDArray[np.int32] | npt.NDArray[np.int64]


def entries(
    table: str,
    frame: pd.DataFrame,
    on: str,
    women: pd.DataFrame,
    here: pd.DataFrame,
    before: pd.Timestamp,
) -> tuple[npt.NDArray[np.intp], Places]:
    """Return where entries about some women before a day stand, and about whom each is.

    Parameters
    ----------
    table, on : str
        Name of the table, and of the column of its days.
    frame, women : pandas.DataFrame
        Checked tables of the registry: the one of that name, and the women.
    here : pandas.DataFrame
        The women who are asked for, by ``woman``.
    before : pandas.Timestamp
        First day whose entries are not looked at.

    Returns
    -------
    numpy.ndarray of intp, numpy.ndarray of int32
        Rows of ``frame``, and for each of them the first row of its woman in ``women``.
    """
    woman = places(table, "woman", frame["woman"], women["woman"])
    asked = among(women["woman"], here["woman"])[woman]
    kept = np.flatnonzero(asked & (frame[on] < before).to_numpy())
    return kept, woman[kept]


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


def latest_of_each(
    table: str,
    frame: pd.DataFrame,
    on: str,
    women: pd.DataFrame,
    here: pd.DataFrame,
    before: pd.Timestamp,
) -> pd.DataFrame:
    """Return the latest entry about each of some women before a day; as for :func:`entries`."""
    kept, woman = entries(table, frame, on, women, here, before)
    known = frame.take(kept)
    return known.take(latest(woman, known[on])).reset_index(drop=True)
