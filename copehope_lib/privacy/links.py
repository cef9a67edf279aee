"""What anybody can add up: the sums that hold among the tables of an extract, and over months.

A hidden count is safe only as long as it does not follow from such a sum. Whoever protects
tables and whoever audits them look at the same sums, because an attacker knows them too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.metrics.itineraries import OPEN
from copehope_lib.metrics.practice.frame_of_action import HERS
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import AttendanceStatus, Module

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cells:
    """Some cells of one column of a table.

    Attributes
    ----------
    table, column : str
        Where they stand.
    by : str
        Column whose values must agree on both sides of a sum; empty for one sum of all.
    where : mapping of str to sequence of str
        Values of other columns; the cells of all rows where nothing is said.
    before : bool
        Whether the table of the month before is meant.
    """

    table: str
    column: str
    by: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: bool = False

    def groups(self, table: pd.DataFrame) -> dict[str, Rows]:
        """Return the rows that are meant, for each value of ``by``.

        Examples
        --------
        >>> table = pd.DataFrame({"need": ["food", "food"], "women": [3, 4]})
        >>> Cells("needs.coverage", "women", "need").groups(table)
        {'food': array([0, 1])}
        """
        words = [(table[column].astype("str"), of) for column, of in self.where.items()]
        kept = set(range(len(table))).intersection(
            *({row for row, word in enumerate(column) if word in of} for column, of in words)
        )
        names = table[self.by].astype("str").tolist() if self.by else [""] * len(table)
        found: dict[str, list[int]] = {} if self.by else {"": []}
        for row in sorted(kept):
            found.setdefault(names[row], []).append(row)
        return {name: np.array(rows, dtype=np.intp) for name, rows in found.items()}


@dataclass(frozen=True, eq=False)
class Link:
    """A sum: the cells of ``whole`` add up to those of the parts, or to no less.

    Attributes
    ----------
    whole : Cells
        One side.
    parts : tuple of Cells
        The other.
    rest : bool
        Whether the parts leave a rest, which nobody shows and anybody can compute: a count
        like the others, and no small one may follow from those.
    """

    whole: Cells
    parts: tuple[Cells, ...]
    rest: bool = False

    @property
    def sides(self) -> tuple[Cells, ...]:
        """Both sides."""
        return (self.whole, *self.parts)

    def sums(self, tables: Mapping[Cells, pd.DataFrame]) -> Iterator[list[Rows]]:
        """Yield for each sum the rows of each side; one without ``by`` stands in all of them.

        Parameters
        ----------
        tables : mapping of Cells to pandas.DataFrame
            The table of each side.
        """
        sides = [part.groups(tables[part]) for part in self.sides]
        groups = [set(side) for part, side in zip(self.sides, sides, strict=True) if part.by]
        for key in sorted(set.intersection(*groups)) if groups else [""]:
            yield [
                side[key if part.by else ""] for part, side in zip(self.sides, sides, strict=True)
            ]


def _units(*units: str) -> tuple[str, ...]:
    return tuple(name for name, asked in RECOMMENDATIONS.items() if asked.unit in units)


OF_NO_WOMAN = frozenset(RECOMMENDATIONS) - frozenset(_units("woman", "goal", "place"))
"""Checks that count sessions, posts, months …: however small, they tell of no woman."""


def of_no_woman(name: str, table: pd.DataFrame) -> Flags:
    """Return which rows of a table tell of no woman, however small their counts are.

    Examples
    --------
    >>> table = pd.DataFrame({"check": ["risk_assessed", "half_hour"]})
    >>> of_no_woman("practice.checks", table)
    array([False,  True])
    """
    if name not in ("practice.checks", "change.checks"):
        return np.zeros(len(table), dtype=bool)
    return table["check"].isin(OF_NO_WOMAN).to_numpy(dtype=bool)


WOMEN = Cells("caseload.spread", "women")
_ALONE = Cells("caseload.spread", "carried_alone")
_STATUSES = tuple(AttendanceStatus.codes())


def _profiles(of: str) -> Cells:
    return Cells("caseload.profiles", "women", where={"profiles": (of,)})


def _check(column: str, *names: str) -> Cells:
    return Cells("practice.checks", column, "check", {"check": names})


def _one(column: str, name: str) -> Cells:
    return Cells("practice.checks", column, where={"check": (name,)})


def _came(column: str, *, all_: bool = False) -> Cells:
    """Return a column of attendance, by module or in all."""
    scope = ("all",) if all_ else tuple(Module.codes())
    return Cells("engagement.attendance", column, where={"scope": scope})


def _scope(column: str, *, before: bool = False) -> Cells:
    return Cells("engagement.attendance", column, "scope", before=before)


_CASELOAD = (
    Link(WOMEN, (Cells("caseload.profiles", "women"),)),
    Link(WOMEN, (Cells("caseload.reference", "women"),)),
    Link(WOMEN, (_ALONE,), rest=True),
    Link(_profiles("1"), (_ALONE,), rest=True),
)

_ENGAGEMENT = (
    Link(WOMEN, (Cells("engagement.patterns", "women"),)),
    Link(_scope("came"), (_scope("attended"), _scope("partly"))),
    Link(_scope("away"), (_scope("excused"), _scope("missed"))),
    *(Link(_came(column, all_=True), (_came(column),)) for column in (*_STATUSES, "came", "away")),
    Link(
        Cells("engagement.patterns", "women", "pattern"),
        (Cells("engagement.flows", "women", "after"),),
    ),
    Link(
        Cells("engagement.patterns", "women", "pattern", before=True),
        (Cells("engagement.flows", "women", "before"),),
    ),
)

_ITINERARIES = (
    Link(
        Cells("itineraries.states", "goals", "state"),
        (Cells("itineraries.chosen", "goals", "state"),),
    ),
    Link(
        Cells("itineraries.states", "goals", "state"),
        (Cells("itineraries.flows", "goals", "after"),),
    ),
    Link(
        Cells("itineraries.quiet", "goals"),
        (Cells("itineraries.states", "goals", where={"state": tuple(OPEN)}),),
    ),
    Link(Cells("itineraries.states", "goals"), (Cells("itineraries.levels", "goals"),), rest=True),
    Link(_one("denominator", "goals_hers"), (Cells("itineraries.quiet", "goals"),)),
    Link(
        _one("numerator", "goals_hers"),
        (
            Cells(
                "itineraries.chosen",
                "goals",
                where={"chosen_by": tuple(HERS), "state": tuple(OPEN)},
            ),
        ),
    ),
)

_NEEDS = (Link(WOMEN, (Cells("needs.coverage", "women", "need"),)),)

_PRACTICE = (
    *(
        Link(WOMEN, (_one("denominator", name),))
        for name in ("risk_assessed", "needs_reviewed", "three_profiles")
    ),
    Link(WOMEN, (_one("denominator", "functions_shared"), _profiles("0"))),
    Link(_one("denominator", "functions_shared"), (_one("numerator", "functions_shared"), _ALONE)),
    Link(_one("numerator", "three_profiles"), (_profiles("3+"),)),
    Link(
        WOMEN,
        (_check("denominator", "six_answers", "needs_before_training", "therapy_chosen"),),
        rest=True,
    ),
    Link(_one("denominator", "six_answers"), (_one("numerator", "risk_assessed"),), rest=True),
    Link(
        _check("denominator", *_units("woman", "goal", "place")),
        (_check("numerator", *_units("woman", "goal", "place")),),
        rest=True,
    ),
)


def _change(
    table: str, key: str, part: tuple[Cells, ...], whole: tuple[Cells, ...]
) -> Iterator[Link]:
    """Yield what a table of change repeats of this month and of the one before."""
    for column, sides in (("now", part), ("now_of", whole)):
        yield Link(Cells(table, column, key), sides)
        then = column.replace("now", "before")
        yield Link(
            Cells(table, then, key),
            tuple(Cells(of.table, of.column, of.by, of.where, before=True) for of in sides),
        )


_KNOWN = ("covered", "partly", "not_covered")

_CHANGES = (
    *_change(
        "change.attendance",
        "scope",
        (_scope("came"),),
        (_scope("came"), _scope("away")),
    ),
    *_change(
        "change.patterns",
        "pattern",
        (Cells("engagement.patterns", "women", "pattern"),),
        (WOMEN,),
    ),
    *_change(
        "change.coverage",
        "need",
        (Cells("needs.coverage", "women", "need", {"coverage": ("covered",)}),),
        (Cells("needs.coverage", "women", "need", {"coverage": _KNOWN}),),
    ),
    *_change(
        "change.checks",
        "check",
        (Cells("practice.checks", "numerator", "check"),),
        (Cells("practice.checks", "denominator", "check"),),
    ),
)

LINKS = [*_CASELOAD, *_ENGAGEMENT, *_ITINERARIES, *_NEEDS, *_PRACTICE, *_CHANGES]
"""All sums; a metric of one's own adds those that hold of it."""

TIED = {
    (side.table, side.column)
    for link in LINKS
    if any(side.before for side in link.sides)
    for side in link.sides
    if not side.before
}
"""Tables and columns that another month is a part of."""
