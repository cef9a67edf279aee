"""What counts add up to: the words in which each metric declares it.

A hidden count is safe only as long as it does not follow from the others. Whoever protects
tables and whoever audits them read these sums, because an attacker knows them too. There are
five kinds: :func:`equals`, :func:`at_most`, :func:`within`, :func:`some` and :func:`told`;
where there is none, a metric says why with :func:`nothing`. A sum between two metrics stands
with the later one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Counts:
    """Some counts of one column of a table.

    Attributes
    ----------
    table, column : str
        Where they stand.
    by : str
        Column whose values must agree on both sides of a sum; empty for one sum of all.
    where : mapping of str to sequence of str
        Values of other columns; the counts of all rows where nothing is said.
    before : bool
        Whether the table of the month before is meant.
    """

    table: str
    column: str
    by: str = ""
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    before: bool = False

    def month_before(self) -> "Counts":
        """Return the same counts of the month before."""
        return replace(self, before=True)

    def groups(self, table: pd.DataFrame) -> dict[str, Rows]:
        """Return the rows that are meant, for each value of ``by``.

        Examples
        --------
        >>> table = pd.DataFrame({"need": ["food", "food"], "women": [3, 4]})
        >>> Counts("needs.coverage", "women", "need").groups(table)
        {'food': array([0, 1])}
        """
        # Of so few rows, looked at so often, a list is faster than a column.
        nothing = [""] * len(table)
        kept = [*range(len(table))]
        for column, words in self.where.items():
            # A table of an earlier version may not have it: then nothing is known of it.
            of = [*map(str, table.get(column, nothing))]
            kept = [row for row in kept if of[row] in words]
        names = [*map(str, table[self.by])] if self.by else nothing
        groups: dict[str, list[int]] = {} if self.by else {"": []}
        for row in kept:
            groups.setdefault(names[row], []).append(row)
        return {name: np.array(rows, dtype=np.intp) for name, rows in groups.items()}


@dataclass(frozen=True, eq=False)
class Sum:
    """What holds of some counts, whatever the registry.

    Attributes
    ----------
    kind : {"equals", "at most", "within", "some", "told"}
        What holds.
    whole : Counts
        One side.
    parts : tuple of Counts
        The other.
    more : tuple of Counts
        What goes with the whole.
    """

    kind: Literal["equals", "at most", "within", "some", "told"]
    whole: Counts
    parts: tuple[Counts, ...] = ()
    more: tuple[Counts, ...] = ()

    @property
    def sides(self) -> tuple[Counts, ...]:
        """Both sides."""
        return (self.whole, *self.parts, *self.more)

    @property
    def signs(self) -> list[float]:
        """What each side is multiplied with."""
        return [1.0, *[-1.0] * len(self.parts), *[1.0] * len(self.more)]

    @property
    def over_months(self) -> bool:
        """Whether the month before is a part of it."""
        return any(side.before for side in self.sides)

    def rows(self, tables: Mapping[Counts, pd.DataFrame]) -> Iterator[list[Rows]]:
        """Yield for each sum the rows of each side; one without ``by`` stands in all of them.

        Parameters
        ----------
        tables : mapping of Counts to pandas.DataFrame
            The table of each side.
        """
        sides = [side.groups(tables[side]) for side in self.sides]
        named = [set(rows) for side, rows in zip(self.sides, sides, strict=True) if side.by]
        for name in sorted(set.intersection(*named)) if named else [""]:
            yield [
                rows[name if side.by else ""] for side, rows in zip(self.sides, sides, strict=True)
            ]


@dataclass(frozen=True)
class Nothing:
    """Says that counts add up to nothing that this metric or an earlier one shows, and why."""

    why: str


def equals(whole: Counts, *parts: Counts) -> Sum:
    """Declare that counts add up to as much as those of all parts together."""
    return Sum("equals", whole, parts)


def at_most(part: Counts, whole: Counts) -> Sum:
    """Declare that counts add up to no more than others.

    What is left of the whole is shown by nobody and computed by anybody: it is a count like
    the others, and no small one may follow.
    """
    return Sum("at most", whole, (part,))


def within(parts: Sequence[Counts], whole: Counts, *more: Counts) -> Sum:
    """Declare that counts of one kind are no more than those of another: women and visits.

    What is left tells of no woman and may be small; but where one side is hidden, the other must
    not tell it.
    """
    return Sum("within", whole, tuple(parts), more)


def some(counts: Counts, *more: Counts) -> Sum:
    """Declare that counts are not all 0, because the row would not be there."""
    return Sum("some", counts, (), more)


def told(counts: Counts) -> Sum:
    """Declare counts that anybody can add up from what is no count, so that hiding is no use.

    Where they are under the minimum, that is not told either.
    """
    return Sum("told", counts)


def nothing(why: str) -> Nothing:
    """Declare that counts add up to nothing that this metric or an earlier one shows, and why."""
    return Nothing(why)
