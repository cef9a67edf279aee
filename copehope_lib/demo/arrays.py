"""Arrays and draws that every step uses: whole populations at once, not one by one."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.schema import TABLES
from copehope_lib.vocabulary import Vocabulary

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NEVER: Final = 2**30
"""A day that does not come: the end of what has no end yet. Days count from 1970-01-01."""


def pick(rng: np.random.Generator, weights: npt.ArrayLike, size: int | None = None) -> Ints:
    """Draw positions in proportion to weights.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    weights : array_like
        ``(k,)`` for ``size`` draws from the same weights, or ``(n, k)`` for one draw a row.
    size : int, optional
        Number of draws from one row of weights.

    Returns
    -------
    numpy.ndarray
        int64, ``(size,)`` or ``(n,)``.

    Examples
    --------
    >>> pick(np.random.default_rng(0), [0.0, 1.0, 0.0], 3).tolist()
    [1, 1, 1]
    """
    reach = np.cumsum(np.atleast_2d(np.asarray(weights, dtype=np.float64)), axis=1)
    drawn = rng.random(len(reach) if size is None else size) * reach[:, -1]
    # Counted column by column: the full comparison would need a row of flags for each draw.
    place = np.zeros(len(drawn), dtype=np.int64)
    for column in reach.T[:-1]:
        place += drawn >= column
    return place


def happens(rng: np.random.Generator, chance: npt.ArrayLike, size: int | None = None) -> Flags:
    """Draw yes or no with one chance for all (and a ``size``), or a chance for each."""
    shape = np.shape(chance) if size is None else (size,)
    drawn: Flags = rng.random(shape) < np.asarray(chance, dtype=np.float64)
    return drawn


def by_word(vocabulary: type[Vocabulary], values: dict[str, float]) -> Floats:
    """Lay out numbers by the order of a vocabulary; what is not named is zero.

    Examples
    --------
    >>> from copehope_lib.vocabulary import YesNo
    >>> by_word(YesNo, {"no": 0.5}).tolist()
    [0.0, 0.5]
    """
    return np.array([values.get(code, 0.0) for code in vocabulary.codes()])


def place_of(word: Vocabulary) -> int:
    """Return the position of a word in its vocabulary."""
    return type(word).codes().index(word.value)


def words(vocabulary: type[Vocabulary], places: npt.NDArray[np.integer]) -> "pd.Categorical[str]":
    """Turn positions into words; -1 is a blank."""
    return pd.Categorical.from_codes(places.astype(np.int8), pd.Index(vocabulary.codes()))


def dates(days: Ints) -> pd.Series:
    """Turn day numbers into timestamps; ``NEVER`` is a blank."""
    moments = days.astype("datetime64[D]").astype("datetime64[us]")
    return pd.Series(np.where(days >= NEVER, np.datetime64("NaT", "us"), moments))


def numbers(values: Ints, known: Flags) -> pd.Series:
    """Turn integers into a column in which what is not known is blank."""
    return pd.Series(values, dtype="Int64").where(known)


def codes(letter: str, count: int, digits: int) -> pd.Series:
    """Number things as ``A-01``, with more digits where there are more things.

    Examples
    --------
    >>> codes("W", 2, 3).tolist()
    ['W-001', 'W-002']
    """
    width = max(digits, len(str(count)))
    return pd.Series([f"{letter}-{n:0{width}}" for n in range(1, count + 1)], dtype="str")


def coded(labels: pd.Series, places: npt.NDArray[np.integer]) -> pd.Series:
    """Look up codes by position."""
    return labels.take(places).reset_index(drop=True)


def typed(name: str, columns: dict[str, object]) -> pd.DataFrame:
    """Make a table of the registry: columns in order, dtypes as its schema declares them."""
    table = TABLES[name]
    frame = pd.DataFrame({column: columns[column] for column in table.columns})
    return frame.astype(table.dtypes)


def in_turn(keys: Sequence[npt.NDArray[np.integer]]) -> Ints:
    """Return the order that sorts by the first key, then by the next."""
    return np.lexsort(tuple(reversed(keys))).astype(np.int64)
