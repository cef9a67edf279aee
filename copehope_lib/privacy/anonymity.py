"""Rows about women: how many of them look alike, and the least that makes more of them so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext

ANY = "any"
"""Stands in every row of a column that no longer tells anything."""

OTHER = "other"
"""Stands for a value that too few rows have."""

Step = Callable[[pd.Series], pd.Series]
"""From the values of a column to coarser ones; equal values stay equal."""

Hierarchy = Sequence[Step]
"""How a column may be made coarser, each step applied to what the one before left:
:func:`bands`, :func:`rare`, :func:`words` or :func:`to_any`."""


@dataclass(frozen=True)
class Anonymity:
    """How well rows hide in each other; 0 where there is nothing to measure.

    Attributes
    ----------
    k : int
        Rows of the smallest class; a class is the rows that are equal in what others may know.
    l : int
        Fewest values that a sensitive column has within a class.
    t : float
        Largest distance between a sensitive column within a class and in all rows: the share
        of its rows that would have to have another value (total variation).
    """

    k: int
    l: int  # noqa: E741 (it is called so)
    t: float


def measure(rows: pd.DataFrame, quasi: Sequence[str], sensitive: Sequence[str] = ()) -> Anonymity:
    """Return k-anonymity, l-diversity and t-closeness of rows.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row a woman.
    quasi : sequence of str
        Columns that others may know of her. If there is none, all rows are one class.
    sensitive : sequence of str
        Columns that nobody should learn. A missing value is a value, here and in ``quasi``.

    Returns
    -------
    Anonymity
        Of rows that are empty, all three are 0; without sensitive columns, l and t are.

    Notes
    -----
    k: L. Sweeney (2002), Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10:557.
    l, the number of distinct values: A. Machanavajjhala et al. (2007), ACM TKDD 1:3. t, by the
    equal distance of nominal values: N. Li, T. Li and S. Venkatasubramanian (2007), ICDE,
    p. 106.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "age": ["20-29", "20-29", "30-39", "30-39"],
    ...     "alone": [True, False, False, False],
    ... })
    >>> measure(rows, ["age"], ["alone"])
    Anonymity(k=2, l=1, t=0.25)
    """
    if rows.empty:
        return Anonymity(0, 0, 0.0)
    classes = _together([_numbered(rows[name]) for name in quasi], len(rows))
    within = [_shares(classes, _numbered(rows[name])) for name in sensitive]
    return Anonymity(
        k=int(np.bincount(classes).min()),
        l=min((int((shares > 0).sum(axis=1).min()) for shares, _all in within), default=0),
        t=max(
            (float(abs(shares - of_all).sum(axis=1).max()) / 2 for shares, of_all in within),
            default=0.0,
        ),
    )


def to_any(column: pd.Series) -> pd.Series:
    """Return a column that tells nothing, not even where a value was missing.

    Examples
    --------
    >>> to_any(pd.Series(["West Africa", None])).tolist()
    ['any', 'any']
    """
    return pd.Series(ANY, index=column.index, name=column.name, dtype="str")


def bands(width: int) -> Step:
    """Return the step to wider bands of numbers; they begin at multiples of their width.

    Examples
    --------
    >>> bands(10)(pd.Series(["25-29", None])).tolist()
    ['20-29', nan]
    """

    def step(column: pd.Series) -> pd.Series:
        low = pd.to_numeric(column.str.extract(r"^(\d+)-", expand=False)) // width * width
        return band(low, width)

    return step


def band(low: pd.Series, width: int) -> pd.Series:
    """Return bands of numbers as people read them.

    Parameters
    ----------
    low : pandas.Series of numbers
        Where each band begins.
    width : int
        How many numbers are in it.

    Examples
    --------
    >>> band(pd.Series([25, None], dtype="Int64"), 5).tolist()
    ['25-29', nan]
    """
    first = low.astype("Int64")
    last = first + (width - 1)
    return first.astype("str").str.cat(last.astype("str"), sep="-").astype("str")


def rare(fewer: int) -> Step:
    """Return the step that makes one of all values that fewer rows have than given.

    Examples
    --------
    >>> rare(2)(pd.Series(["West Africa", "West Africa", "South Asia"])).tolist()
    ['West Africa', 'West Africa', 'other']
    """

    def step(column: pd.Series) -> pd.Series:
        times = column.map(column.value_counts())
        return column.mask(times < fewer, OTHER)

    return step


def words(coarser: Mapping[str, str]) -> Step:
    """Return the step from words to coarser ones; a missing one stays missing.

    Parameters
    ----------
    coarser : mapping of str to str
        For each word the coarser one. A column with a word that is not in it is refused.

    Examples
    --------
    >>> words({"shared_flat": "flat", "own_home": "flat"})(pd.Series(["own_home"])).tolist()
    ['flat']
    """

    def step(column: pd.Series) -> pd.Series:
        # What it is stays unsaid: it could be anything, even a name.
        missing = column[~column.isin(list(coarser))].nunique()
        if missing:
            raise CopehopeError(
                ngettext(
                    "{column} has {n} value that its hierarchy does not cover: add it.",
                    "{column} has {n} values that its hierarchy does not cover: add them.",
                    missing,
                ).format(column=column.name, n=missing)
            )
        return column.map(coarser).astype("str")

    return step


def generalise(
    rows: pd.DataFrame, quasi: Mapping[str, Hierarchy], k: int
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Make rows coarser, by as few steps as possible, until k of them always look alike.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row a woman.
    quasi : mapping of str to Hierarchy
        Columns that others may know of her, and how each may be made coarser. Where as few
        steps lead there in several ways, the columns that stand first stay finer.
    k : int
        Rows of the smallest class that is allowed.

    Returns
    -------
    pandas.DataFrame, dict of str to int
        The rows, and the steps taken by column. Rows that are empty stay as they are.

    Raises
    ------
    CopehopeError
        If a hierarchy does not cover a value; if no step is left and k still does not hold,
        with the columns whose coarsening would help most.

    Examples
    --------
    >>> rows = pd.DataFrame({"age": ["20-24", "25-29"], "housing": ["own_home", "own_home"]})
    >>> finer = {"age": [bands(10), to_any], "housing": [to_any]}
    >>> generalise(rows, finer, 2)[1]
    {'age': 1, 'housing': 0}
    """
    columns = {
        name: [*accumulate(steps, lambda column, step: step(column), initial=rows[name])]
        for name, steps in quasi.items()
    }
    numbers = {name: [_numbered(one) for one in ladder] for name, ladder in columns.items()}
    ways = product(*(range(len(ladder)) for ladder in columns.values()))
    levels: dict[str, int] = {}
    for way in sorted(ways, key=lambda way: (sum(way), way)):
        levels = dict(zip(columns, way, strict=True))
        keys = [numbers[name][level] for name, level in levels.items()]
        if not _exposed(keys, len(rows), k):
            break
    coarse = rows.assign(**{name: columns[name][level] for name, level in levels.items()})
    refuse_under(coarse, list(quasi), k)
    return coarse, levels


def refuse_under(rows: pd.DataFrame, quasi: Sequence[str], k: int) -> None:
    """Refuse rows of which fewer than k look alike.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row a woman.
    quasi : sequence of str
        Columns that others may know of her.
    k : int
        Rows of the smallest class that is allowed.

    Raises
    ------
    CopehopeError
        It names the columns whose coarsening would help most, the best one first: left out,
        they would be enough.

    Examples
    --------
    >>> rows = pd.DataFrame({"age": ["20-29", "30-39"], "children": ["yes", "yes"]})
    >>> refuse_under(rows, ["age", "children"], 2)
    Traceback (most recent call last):
    ...
    copehope_lib.errors.CopehopeError: By age, children, fewer than 2 rows look alike in
    the case of 2 of 2: coarsen age, or leave it out.
    """
    keys = {name: _numbered(rows[name]) for name in quasi}
    exposed = _exposed([*keys.values()], len(rows), k)
    if not exposed:
        return
    if len(rows) < k:
        raise CopehopeError(
            _(
                "There are fewer rows ({n}) than must look alike ({k}): ask for a smaller k, "
                "or leave the table out."
            ).format(n=len(rows), k=k)
        )
    best = _that_help(keys, len(rows), k)
    raise CopehopeError(
        ngettext(
            "By {quasi}, fewer than {k} rows look alike in the case of {exposed} of {n}: "
            "coarsen {columns}, or leave it out.",
            "By {quasi}, fewer than {k} rows look alike in the case of {exposed} of {n}: "
            "coarsen {columns}, or leave them out.",
            len(best),
        ).format(exposed=exposed, n=len(rows), k=k, quasi=", ".join(quasi), columns=", ".join(best))
    )


Numbers = npt.NDArray[np.intp]


def _that_help(keys: Mapping[str, Numbers], rows: int, k: int) -> list[str]:
    """Return columns without which k holds: at each step the one that helps most goes."""

    def left(name: str) -> int:
        return _exposed([key for other, key in kept.items() if other != name], rows, k)

    kept = {name: key for name, key in keys.items() if np.ptp(key)}
    found: list[str] = []
    while _exposed([*kept.values()], rows, k):
        found.append(min(kept, key=left))
        del kept[found[-1]]
    return found


def _exposed(keys: Sequence[Numbers], rows: int, k: int) -> int:
    """Return how many rows are in a class of fewer than k."""
    sizes = np.bincount(_together(keys, rows))
    return int(sizes[sizes < k].sum())


def _together(keys: Sequence[Numbers], rows: int) -> Numbers:
    """Return the number of the class of each row: rows with equal keys are in one."""
    found = np.zeros(rows, dtype=np.intp)
    for key in keys:
        # Numbered anew each time, so that they never grow beyond the rows.
        found = np.unique(found * (rows + 1) + key, return_inverse=True)[1]
    return found


def _numbered(column: pd.Series) -> Numbers:
    """Return a number for each value; a missing one is a value too."""
    return pd.factorize(column, use_na_sentinel=False)[0]


def _shares(
    classes: Numbers, values: Numbers
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the share of each value within each class, and in all rows."""
    times = np.zeros((classes.max() + 1, values.max() + 1))
    np.add.at(times, (classes, values), 1)
    return times / times.sum(axis=1, keepdims=True), times.sum(axis=0) / len(values)
