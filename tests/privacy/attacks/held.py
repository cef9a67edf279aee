"""What an attacker holds: published folders, and what each number in them means.

Which tables and columns hold counts is taken from the register, so that no metric is left out;
nothing is taken from what protects or audits an extract.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from copehope_lib.metrics import METRICS
from copehope_lib.metrics.sums import Counts

Cell = tuple[str, ...]
"""Month, table and column, then the words of the row."""

MOST = 10_000.0
"""More than any count of a small team."""

STATUSES = ("attended", "partly", "excused", "missed", "cancelled_by_us")
ALL_WOMEN = ("risk_assessed", "needs_reviewed", "three_profiles")
SOME_WOMEN = ("six_answers", "needs_before_training", "therapy_chosen")


def counts_of(name: str, table: pd.DataFrame) -> list[str]:
    """Return the columns of a table that hold counts."""
    return [column for column in METRICS[name].counted if column in table]


def words_of(name: str, table: pd.DataFrame) -> list[str]:
    """Return the columns that name its rows: words, and the first one if it is no count."""
    return [
        column
        for place, column in enumerate(table)
        if column not in METRICS[name].counted
        and (place == 0 or pd.api.types.is_string_dtype(table[column]))
    ]


def alone(name: str) -> bool:
    """Whether its counts are hidden only if they are small, because they equal nothing else."""
    metrics = METRICS.values()
    equals = [one for metric in metrics for one in metric.sums if one.kind == "equals"]
    tied = {side.table for one in equals for side in one.sides}
    return name not in tied and METRICS[name].dominance is None


@dataclass(frozen=True)
class Extract:
    """One published folder, as whoever holds it reads it."""

    month: str
    minimum: int
    rounding: int
    tables: Mapping[str, pd.DataFrame]
    together: int = 1

    @classmethod
    def read(cls, folder: Path) -> "Extract":
        """Read a folder by its manifest alone."""
        about = json.loads((folder / "manifest.json").read_text("utf-8"))
        tables = {
            name: pd.read_parquet(folder / entry["file"], dtype_backend="numpy_nullable")
            for name, entry in about["tables"].items()
        }
        audience = about["audience"]
        numbers = audience["minimum"], audience["rounding"]
        return cls(about["month"], *numbers, tables, about["together"])

    def cells(self) -> Iterator[tuple[Cell, float | None]]:
        """Yield each count of women, goals or visits; none where it is hidden."""
        for name, table in self.tables.items():
            # Sums of rounded counts tell no more than these.
            if name not in METRICS or (self.rounding > 1 and METRICS[name].repeats):
                continue
            kept = table[~table.iloc[:, 0].isin(METRICS[name].of_no_woman)]
            words = [kept[word].astype("str") for word in words_of(name, kept)]
            for column in counts_of(name, kept):
                for place, value in enumerate(kept[column]):
                    row = (word.iloc[place] for word in words)
                    cell = (self.month, name, column, *row)
                    yield cell, None if pd.isna(value) else float(value)

    def bounds(self, cell: Cell, value: float | None) -> tuple[float, float]:
        """Return what a count could be, as far as it is looked at alone."""
        if value is None:
            return 0.0, self.minimum - 1.0 if alone(cell[1]) else MOST
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
        self.names = {
            name: words_of(name, table)
            for extract in extracts
            for name, table in extract.tables.items()
            if name in METRICS
        }
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
            if cell in shown or METRICS[cell[1]].repeats:
                del self.hidden[cell]

    def before(self, month: str) -> str:
        """Return the month from which what happened in a month, or in three as one, goes on."""
        together = max(extract.together for extract in self.extracts)
        return str(pd.Period(month, "M") - together)

    def find(self, month: str, table: str, column: str, *words: str | None) -> list[Cell]:
        """Return the cells of a column whose rows have certain words; None is any."""
        return [
            cell
            for cell in self.bounds
            if cell[:3] == (month, table, column)
            and all(word in (None, its) for word, its in zip(words, cell[3:], strict=False))
        ]

    def side(self, month: str, of: Counts) -> dict[str, list[Cell]]:
        """Return the cells of one side of a declared sum, for each word that sides agree in."""
        found: dict[str, list[Cell]] = {}
        for cell in self.find(month, of.table, of.column):
            row = dict(zip(self.names[of.table], cell[3:], strict=True))
            if all(row.get(name) in words for name, words in of.where.items()):
                found.setdefault(row[of.by] if of.by else "", []).append(cell)
        return found

    def words(self, month: str, table: str) -> list[str]:
        """Return the words that name the rows of a table."""
        return [*dict.fromkeys(cell[3] for cell in self.bounds if cell[:2] == (month, table))]

    def told(self, month: str, table: str) -> pd.DataFrame:
        """Return a table for what it tells exactly beside its counts."""
        of = [one.tables for one in self.extracts if one.month == month]
        found = [tables[table] for tables in of if table in tables]
        return found[0] if found else pd.DataFrame()
