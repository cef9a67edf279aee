"""Change since the previous period, read slowly from its definitions."""

import math
from collections.abc import Callable, Iterable

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Module, Need
from tests.metrics.oracles import engagement, practice
from tests.metrics.oracles.needs import coverage_of
from tests.metrics.oracles.rows import Row, Rows, Span, Visit, wilson

Part = tuple[int, int]
"""So many of so many."""


def newcombe(now: Part, before: Part) -> tuple[float, float]:
    """Newcombe's 95 % interval (1998, method 10) of the difference of two proportions."""
    p1, p2 = now[0] / now[1], before[0] / before[1]
    l1, u1 = wilson(*now)
    l2, u2 = wilson(*before)
    low = (p1 - p2) - math.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = (p1 - p2) + math.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return low, high


def _changes(key: str, each: Iterable[str], part: Callable[[str, bool], Part]) -> list[Row]:
    """One row for each key; `part` says how many of how many there were earlier, or now."""
    found = []
    for word in each:
        before, now = part(word, True), part(word, False)
        row: Row = {
            key: word,
            "before": before[0],
            "before_of": before[1],
            "now": now[0],
            "now_of": now[1],
            "difference": None,
            "low": None,
            "high": None,
            "clear": None,
        }
        if before[1] and now[1]:
            low, high = newcombe(now, before)
            row["difference"] = now[0] / now[1] - before[0] / before[1]
            row["low"], row["high"] = low, high
            row["clear"] = low > 0 or high < 0
        found.append(row)
    return found


def attendance(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    def visits(scope: str, earlier: bool) -> list[Visit]:
        return [
            visit
            for visit in rows.visits_in(span.previous if earlier else span)
            if scope in ("all", visit.activity.module)
        ]

    def part(scope: str, earlier: bool) -> Part:
        found = visits(scope, earlier)
        return sum(visit.came for visit in found), sum(visit.expected for visit in found)

    modules = [module for module in Module.codes() if visits(module, True) or visits(module, False)]
    return _changes("scope", ["all", *modules], part)


def patterns(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    def part(pattern: str, earlier: bool) -> Part:
        each = engagement.women(rows, span.previous if earlier else span, settings)
        return sum(row["pattern"] == pattern for row in each), len(each)

    return _changes("pattern", engagement.PATTERNS, part)


def coverage(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    def part(need: str, earlier: bool) -> Part:
        last = span.previous.last if earlier else span.last
        words = [coverage_of(rows, woman, need, last) for woman in rows.here(last)]
        known = [word for word in words if word != "unknown"]
        return known.count("covered"), len(known)

    return _changes("need", Need.codes(), part)


def checks(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    before, now = (
        {
            row["check"]: (row["numerator"], row["denominator"])
            for row in practice.checks(rows, each, settings)
        }
        for each in (span.previous, span)
    )
    return _changes("check", now, lambda check, earlier: (before if earlier else now)[check])


_CHANGE = (
    "before Int64, before_of Int64, now Int64, now_of Int64, difference Float64, low Float64, "
    "high Float64, clear boolean"
)
COLUMNS = {
    "attendance": "scope str, " + _CHANGE,
    "patterns": "pattern str, " + _CHANGE,
    "coverage": "need str, " + _CHANGE,
    "checks": "check str, " + _CHANGE,
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
