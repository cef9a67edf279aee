"""All counts of one or more months as one system: cells, and the sums among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from copehope_lib.metrics import METRICS
from copehope_lib.privacy.links import LINKS, Cells, Link, of_no_woman

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

WITHIN = -1
"""Stands for the pair of months of a sum that holds within one."""


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
    """

    month: pd.Period
    tables: Mapping[str, pd.DataFrame]
    rounding: int = 1
    minimum: int = 1

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
    starts : mapping of (int, str, str) to int
        Place of the first cell of a column, by number of the edition, table and column.
    lengths : mapping of (int, str, str) to int
        How many cells it has.
    sums : scipy.sparse.csr_array
        One row a sum, one column a cell: each row times the cells is 0.
    pairs : numpy.ndarray of int
        For each sum that holds between two editions which pair that is.
    owners : numpy.ndarray of int
        For each cell the number of its edition; the rests of sums come after all others.
    cells : int
        Cells that stand in a column.
    """

    starts: Mapping[tuple[int, str, str], int]
    lengths: Mapping[tuple[int, str, str], int]
    sums: sparse.csr_array
    pairs: Places
    owners: Places
    cells: int

    @classmethod
    def of(cls, editions: Sequence[Edition], links: Sequence[Link] = LINKS) -> "System":
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
        lengths = {
            (number, name, column): len(table)
            for number, edition in enumerate(editions)
            for name, table in edition.tables.items()
            for column in columns(name, table)
        }
        ends = np.cumsum([0, *lengths.values()]).tolist()
        starts = dict(zip(lengths, ends, strict=False))
        cells = ends[-1]
        owners = [key[0] for key, length in lengths.items() for _ in range(length)]
        rows: list[tuple[Places, Floats]] = []
        pairs: list[int] = []
        for owner, rest, pair, sides in _placed(editions, links, starts):
            place = np.concatenate(sides)
            sign = np.repeat([1.0, *[-1.0] * (len(sides) - 1)], [len(side) for side in sides])
            if rest:
                place, sign = np.append(place, len(owners)), np.append(sign, -1.0)
                owners.append(owner)
            rows.append((place, sign))
            pairs.append(pair)
        pointer = np.cumsum([0, *(len(place) for place, _ in rows)])
        place = np.array([*chain.from_iterable(place for place, _ in rows)], dtype=np.intp)
        sign = np.array([*chain.from_iterable(sign for _, sign in rows)], dtype=np.float64)
        matrix = sparse.csr_array((sign, place, pointer), shape=(len(rows), len(owners)))
        of = np.array(pairs, dtype=np.intp), np.array(owners, dtype=np.intp)
        return cls(starts, lengths, matrix, *of, cells)

    def column(self, number: int, name: str, column: str) -> slice:
        """Return where the cells of a column stand."""
        start = self.starts[number, name, column]
        return slice(start, start + self.lengths[number, name, column])

    def bounds(self, editions: Sequence[Edition]) -> tuple[Floats, Floats]:
        """Return the smallest and largest number of each cell, as the editions show them."""
        low, high = np.zeros(len(self.owners)), np.full(len(self.owners), np.inf)
        for number, name, column in self.starts:
            place = self.column(number, name, column)
            low[place], high[place] = editions[number].bounds(name, column)
        return low, high

    def consistent(self, low: Floats, high: Floats) -> "System":
        """Return the system without the sums over months that cannot hold.

        A month that was corrected since it was published no longer adds up with the next.
        """
        kept = self.pairs == WITHIN
        for pair in np.unique(self.pairs[~kept]):
            tried = kept | (self.pairs == pair)
            sums = self.sums[tried]
            found = linprog(
                np.zeros(len(low)),
                A_eq=sums,
                b_eq=np.zeros(sums.shape[0]),
                bounds=np.column_stack([low, high]),
                method="highs",
            )
            if found.success:
                kept = tried
        return replace(self, sums=self.sums[kept], pairs=self.pairs[kept])


def columns(name: str, table: pd.DataFrame) -> list[str]:
    """Return the columns of a table that count women, and the margins that go with them."""
    metric = METRICS[name]
    return [column for column in (*metric.counts, *metric.margins) if column in table]


def _placed(
    editions: Sequence[Edition],
    links: Sequence[Link],
    starts: Mapping[tuple[int, str, str], int],
) -> Iterator[tuple[int, bool, int, list[Places]]]:
    """Yield of each sum its edition, whether it leaves a rest, its pair, and its sides."""
    for link in links:
        over = any(part.before for part in link.sides)
        for number, edition in enumerate(editions):
            earlier = [
                place for place, other in enumerate(editions) if other.month == edition.month - 1
            ]
            for then in earlier if over else [number]:
                of = {part: then if part.before else number for part in link.sides}
                keys = [(of[part], part.table, part.column) for part in link.sides]
                if all(key in starts for key in keys):
                    pair = number * len(editions) + then if over else WITHIN
                    for sides in _rows(link, of, editions):
                        yield (
                            number,
                            link.rest,
                            pair,
                            [starts[key] + rows for key, rows in zip(keys, sides, strict=True)],
                        )


def _rows(
    link: Link, of: Mapping[Cells, int], editions: Sequence[Edition]
) -> Iterator[list[Places]]:
    return link.sums({part: editions[of[part]].tables[part.table] for part in link.sides})
