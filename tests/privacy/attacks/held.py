"""What an attacker holds: published folders, and what each number in them means.

Nothing here is taken from what protects or audits an extract. What may be known of the numbers
is written down a second time, by hand, from the docstrings of the metrics.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

Cell = tuple[str, ...]
"""Month, table and column, then the words of the row."""

MOST = 10_000.0
"""More than any count of a small team."""

STATUSES = ("attended", "partly", "excused", "missed", "cancelled_by_us")
ALL_WOMEN = ("risk_assessed", "needs_reviewed", "three_profiles")
SOME_WOMEN = ("six_answers", "needs_before_training", "therapy_chosen")
OF_WOMEN = (*ALL_WOMEN, *SOME_WOMEN, "functions_shared", "goals_hers", "places_taken")
"""Checks that count women, their goals or the places they took; the others count things."""


@dataclass(frozen=True)
class Counted:
    """The columns of a table that hold words, and those that hold counts.

    A count that is ``alone`` stands in no sum: it is hidden only if it is small.
    """

    words: tuple[str, ...]
    counts: tuple[str, ...] = ("women",)
    alone: bool = False


_CHANGE = ("before", "before_of", "now", "now_of")
COUNTED = {
    "caseload.profiles": Counted(("profiles",)),
    "caseload.spread": Counted((), ("women", "carried_alone")),
    "caseload.reference": Counted(("changes",)),
    "caseload.load": Counted(("professional",)),
    "engagement.attendance": Counted(("scope",), (*STATUSES, "came", "away")),
    "engagement.barriers": Counted(("barrier",), ("times",), alone=True),
    "engagement.modules": Counted(("module",), alone=True),
    "engagement.movements": Counted(("movement",), alone=True),
    "engagement.patterns": Counted(("pattern",)),
    "engagement.flows": Counted(("before", "after")),
    "itineraries.states": Counted(("area", "state"), ("goals",)),
    "itineraries.chosen": Counted(("chosen_by", "state"), ("goals",)),
    "itineraries.flows": Counted(("before", "after"), ("goals",)),
    "itineraries.quiet": Counted(("days",), ("goals",)),
    "itineraries.levels": Counted(("attainment",), ("goals",), alone=True),
    "needs.coverage": Counted(("need", "coverage")),
    "needs.changes": Counted(("need", "change"), alone=True),
    "practice.checks": Counted(("check",), ("numerator", "denominator")),
    "change.attendance": Counted(("scope",), _CHANGE),
    "change.patterns": Counted(("pattern",), _CHANGE),
    "change.coverage": Counted(("need",), _CHANGE),
    "change.checks": Counted(("check",), _CHANGE),
}


@dataclass(frozen=True)
class Extract:
    """One published folder, as whoever holds it reads it."""

    month: str
    minimum: int
    rounding: int
    tables: Mapping[str, pd.DataFrame]

    @classmethod
    def read(cls, folder: Path) -> "Extract":
        """Read a folder by its manifest alone."""
        about = json.loads((folder / "manifest.json").read_text("utf-8"))
        tables = {
            name: pd.read_parquet(folder / entry["file"], dtype_backend="numpy_nullable")
            for name, entry in about["tables"].items()
        }
        audience = about["audience"]
        return cls(about["month"], audience["minimum"], audience["rounding"], tables)

    def cells(self) -> Iterator[tuple[Cell, float | None]]:
        """Yield each count of women, goals or visits; none where it is hidden."""
        for name, table in self.tables.items():
            # Sums of rounded counts tell no more than these.
            if name not in COUNTED or (self.rounding > 1 and name.startswith("change.")):
                continue
            if "check" in table:
                table = table[table["check"].isin(OF_WOMEN)]
            words = [table[word].astype("str") for word in COUNTED[name].words]
            for column in COUNTED[name].counts:
                for place, value in enumerate(table[column]):
                    row = (word.iloc[place] for word in words)
                    cell = (self.month, name, column, *row)
                    yield cell, None if pd.isna(value) else float(value)

    def bounds(self, cell: Cell, value: float | None) -> tuple[float, float]:
        """Return what a count could be, as far as it is looked at alone."""
        if value is None:
            return 0.0, self.minimum - 1.0 if COUNTED[cell[1]].alone else MOST
        # What is no multiple of the base has not been rounded; zeros never are.
        near = self.rounding // 2 if value and value % self.rounding == 0 else 0
        return max(value - near, self.minimum if near else value), value + near


class Held:
    """All that somebody holds, of one or more months and audiences.

    ``hidden`` is what none of the extracts shows, with the width that was promised for it.
    """

    def __init__(self, extracts: Sequence[Extract]) -> None:
        self.extracts = extracts
        self.months = sorted({extract.month for extract in extracts})
        self.bounds: dict[Cell, tuple[float, float]] = {}
        self.hidden: dict[Cell, int] = {}
        shown: set[Cell] = set()
        for extract in sorted(extracts, key=lambda one: -one.minimum):
            for cell, value in extract.cells():
                low, high = extract.bounds(cell, value)
                least, most = self.bounds.get(cell, (low, high))
                self.bounds[cell] = max(low, least), min(high, most)
                self.hidden[cell] = extract.minimum
                shown |= {cell} if value is not None else set()
        # What a table of change repeats is judged where it comes from.
        for cell in [*self.hidden]:
            if cell in shown or cell[1].startswith("change."):
                del self.hidden[cell]

    def find(self, month: str, table: str, column: str, *words: str | None) -> list[Cell]:
        """Return the cells of a column whose rows have certain words; None is any."""
        return [
            cell
            for cell in self.bounds
            if cell[:3] == (month, table, column)
            and all(word in (None, its) for word, its in zip(words, cell[3:], strict=False))
        ]

    def words(self, month: str, table: str) -> list[str]:
        """Return the words that name the rows of a table."""
        return [*dict.fromkeys(cell[3] for cell in self.bounds if cell[:2] == (month, table))]

    def told(self, month: str, table: str) -> pd.DataFrame:
        """Return a table for what it tells exactly beside its counts."""
        found = [one.tables[table] for one in self.extracts if one.month == month]
        return found[0] if found else pd.DataFrame()
