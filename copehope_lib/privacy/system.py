"""All counts of one or more months as one system: cells, and the sums among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from copehope_lib.metrics import METRICS
from copehope_lib.metrics.sums import Sum

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Column = tuple[int, str, str]
"""Number of an edition, name of a table, column."""
Columns = Mapping[Column, slice]

WITHIN = -1
"""Stands for the pair of months of a sum that holds within one."""

LOOSE = -2
"""Stands, less a number of its own, for the pair of an inequality that tells of no woman."""


@dataclass(frozen=True)
class Edition:
    """The tables of one month, as they are or as they were once published.

    Attributes
    ----------
    month : pandas.Period
        Month.
    tables : mapping of str to pandas.DataFrame
        Tables by name; a hidden count is missing.
    rounding : int
        Base to which its counts are rounded.
    minimum : int
        Smallest count that it shows.
    together : int
        How many months it tells as one of what happened: it goes on from the one before these.
    """

    month: pd.Period
    tables: Mapping[str, pd.DataFrame]
    rounding: int = 1
    minimum: int = 1
    together: int = 1

    def bounds(self, name: str, column: str) -> tuple[Floats, Floats]:
        """Return the smallest and largest number that each cell of a column could be.

        Examples
        --------
        >>> table = pd.DataFrame({"pattern": ["steady", "paused"], "women": [20, None]})
        >>> october = pd.Period("2026-10", "M")
        >>> edition = Edition(october, {"engagement.patterns": table}, 5, 10)
        >>> edition.bounds("engagement.patterns", "women")
        (array([18.,  0.]), array([22., inf]))
        """
        shown = self.tables[name][column].to_numpy("float64", na_value=np.nan)
        exact = of_no_woman(name, self.tables[name]) | (shown == 0)
        near = np.where(exact, 0, self.rounding // 2)
        low = np.maximum(shown - near, np.where(exact, 0, self.minimum))
        # A count that should not be shown at all is what it says.
        low = np.fmin(low, shown + near)
        return np.where(np.isnan(shown), 0, low), np.where(np.isnan(shown), np.inf, shown + near)


@dataclass(frozen=True)
class System:
    """Cells and sums.

    Attributes
    ----------
    columns : mapping of (int, str, str) to slice
        Where the cells of a column stand, by number of the edition, table and column.
    sums : scipy.sparse.csr_array
        One row a sum, one column a cell: each row times the cells is 0.
    pairs : numpy.ndarray of int
        For each sum that holds between two editions which pair that is.
    owners : numpy.ndarray of int
        For each cell the number of its edition; the rests of sums come after all others.
    cells : int
        Cells that stand in a column.
    told : numpy.ndarray of bool
        Which cells are told whether they are hidden or not.
    least : numpy.ndarray of float
        The smallest number that each cell could be while it is hidden.
    """

    columns: Columns
    sums: sparse.csr_array
    pairs: Places
    owners: Places
    cells: int
    told: Flags
    least: Floats

    @classmethod
    def of(cls, editions: Sequence[Edition]) -> "System":
        """Return the system of some editions: every sum within one, and with a month before.

        Examples
        --------
        >>> counts = {"professionals": [4], "women": [9], "carried_alone": [2]}
        >>> around = {"profiles": ["1", "2"], "women": [4, 5]}
        >>> october = Edition(pd.Period("2026-10", "M"), {
        ...     "caseload.spread": pd.DataFrame(counts),
        ...     "caseload.profiles": pd.DataFrame(around)})
        >>> System.of([october]).sums.toarray()[0]
        array([ 0.,  1.,  0., -1., -1.,  0.,  0.])
        """
        columns: dict[Column, slice] = {}
        owners: list[int] = []
        for number, edition in enumerate(editions):
            for name, table in edition.tables.items():
                for column in METRICS[name].counted:
                    if column in table:
                        columns[number, name, column] = slice(len(owners), len(owners) + len(table))
                        owners += [number] * len(table)
        cells = len(owners)
        place: list[int] = []
        sign: list[float] = []
        ends, pairs = [0], []
        told: list[int] = []
        some: list[int] = []
        for owner, one, pair, sides in _placed(editions, columns):
            if one.kind == "told":
                told += [*sides[0]]
                continue
            place += [*chain(*sides)]
            for side, factor in zip(sides, one.signs, strict=True):
                sign += [factor] * len(side)
            if one.kind != "equals":
                place.append(len(owners))
                sign.append(-1.0)
                some += [len(owners)] if one.kind == "some" else []
                owners.append(owner)
            ends.append(len(place))
            pairs.append(pair)
        matrix = sparse.csr_array((sign, place, ends), shape=(len(pairs), len(owners)))
        # A count may stand in a sum several times.
        matrix.sum_duplicates()
        of = np.array(pairs, dtype=np.intp), np.array(owners, dtype=np.intp)
        flags = (np.isin(np.arange(len(owners)), places) for places in (told, some))
        return cls(columns, matrix, *of, cells, next(flags), next(flags).astype("float64"))

    @property
    def strict(self) -> Flags:
        """Which sums are no inequality that tells of no woman."""
        flags: Flags = self.pairs > LOOSE
        return flags

    @property
    def loose(self) -> Flags:
        """Which cells stand in one of these."""
        flags: Flags = np.asarray(abs(self.sums[~self.strict]).sum(axis=0) > 0)
        return flags

    @property
    def alone(self) -> Flags:
        """Which cells stand in no sum, so that they can only be hidden for being small."""
        flags: Flags = np.asarray(abs(self.sums[self.strict]).sum(axis=0) == 0)
        return flags

    def bounds(self, editions: Sequence[Edition]) -> tuple[Floats, Floats]:
        """Return the smallest and largest number of each cell, as the editions show them."""
        low, high = self.least.copy(), np.full(len(self.owners), np.inf)
        for (number, name, column), place in self.columns.items():
            low[place], high[place] = editions[number].bounds(name, column)
        return low, high

    def consistent(self, low: Floats, high: Floats) -> "System":
        """Return the system without the sums over months, or inequalities, that cannot hold.

        A month that was corrected since it was published no longer adds up with the next.
        """
        if self._holds(self.pairs >= self.pairs.min(initial=0), low, high):
            return self
        kept = self.pairs == WITHIN
        for pair in np.unique(self.pairs[~kept]):
            tried = kept | (self.pairs == pair)
            if self._holds(tried, low, high):
                kept = tried
        return replace(self, sums=self.sums[kept], pairs=self.pairs[kept])

    def _holds(self, tried: Flags, low: Floats, high: Floats) -> bool:
        """Tell whether some sums can hold all together."""
        sums = self.sums[tried]
        if not sums.shape[0]:
            return True
        found = linprog(
            np.zeros(len(low)),
            A_eq=sums,
            b_eq=np.zeros(sums.shape[0]),
            bounds=np.column_stack([low, high]),
            method="highs",
        )
        return bool(found.success)


def of_no_woman(name: str, table: pd.DataFrame) -> Flags:
    """Return which rows of a table tell of no woman, however small their counts are.

    Examples
    --------
    >>> table = pd.DataFrame({"check": ["risk_assessed", "session_length"]})
    >>> of_no_woman("practice.checks", table)
    array([False,  True])
    """
    return table.iloc[:, 0].isin(METRICS[name].of_no_woman).to_numpy(dtype=bool)


def _placed(
    editions: Sequence[Edition], columns: Columns
) -> Iterator[tuple[int, Sum, int, list[Places]]]:
    """Yield each sum with its edition, its pair, and its sides."""
    sums = [one for metric in METRICS.values() for one in metric.sums]
    for own, (one, (number, edition)) in enumerate(product(sums, enumerate(editions))):
        before = edition.month - edition.together
        earlier = [place for place, other in enumerate(editions) if other.month == before]
        for then in earlier if one.over_months else [number]:
            of = {side: then if side.before else number for side in one.sides}
            keys = [(of[side], side.table, side.column) for side in one.sides]
            if not all(key in columns for key in keys):
                continue
            tables = {side: editions[at].tables[side.table] for side, at in of.items()}
            pair = number * len(editions) + then if one.over_months else WITHIN
            if one.kind in ("within", "some"):
                pair = LOOSE - own
            for rows in one.rows(tables):
                sides = [
                    columns[key].start + places for key, places in zip(keys, rows, strict=True)
                ]
                yield number, one, pair, sides
