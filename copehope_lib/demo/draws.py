"""Draws that every step uses: whole populations at once, not one by one.

Inside the steps everything is a number: a woman, a session or a word of a vocabulary is its
position, a day counts from 1970-01-01. ``tables.py`` turns them into codes, words and days.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from copehope_lib.vocabulary import Vocabulary

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A day that does not come, the end of what has no end yet; and a number that is not known.
NEVER: Final = 2**30


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
    drawn: Flags = rng.random(np.shape(chance) if size is None else size) < np.asarray(chance)
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
