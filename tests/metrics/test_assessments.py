"""Who is in danger, by hand: of unsound tables too, because danger must not be overlooked."""

from typing import Any

import pandas as pd
import pytest

from copehope_lib.metrics.assessments import DANGERS, in_danger
from copehope_lib.tables import Tables
from tests.metrics.build import Row, assessment, metric, registry, woman

TODAY = pd.Timestamp("2026-11-05")


def codes(*safety: Row, **stay: object) -> list[str]:
    return in_danger(registry(women=[woman("W-1", **stay)], safety=list(safety)), TODAY)  # type: ignore[arg-type]


def danger(on: Any, said: Any = "yes") -> Row:
    return assessment("W-1", on, imminent_danger=said)


@pytest.mark.parametrize(
    ("safety", "told"),
    [
        ([], False),
        ([danger("2026-10-01")], True),
        ([danger("2026-10-01", "unknown")], False),
        ([danger("2026-10-01", None)], False),
        ([danger("2026-10-01"), danger("2026-10-20", "no")], False),
        ([danger("2026-10-20", "no"), danger("2026-10-01")], False),
        ([danger("2026-10-01", "no"), danger("2026-10-20")], True),
        ([danger("2025-01-01")], True),
        # Her day could not be read: it may be the last.
        ([danger(None), danger("2026-10-20", "no")], True),
    ],
)
def test_the_last_assessment_of_a_woman_says_whether_she_is_in_danger(
    safety: list[Row], told: bool
) -> None:
    assert codes(*safety) == (["W-1"] if told else [])


@pytest.mark.parametrize(
    ("left", "told"), [(None, True), ("2026-11-06", True), ("2026-11-05", False)]
)
def test_a_woman_counts_until_her_stay_is_over(left: str | None, told: bool) -> None:
    assert codes(danger("2026-10-01"), left_on=left) == (["W-1"] if told else [])


def test_a_woman_counts_who_came_back_or_whose_stay_is_not_written_down() -> None:
    stays = [woman("W-1", "2026-01-01", left_on="2026-03-01"), woman("W-1", "2026-09-01")]
    assert in_danger(registry(women=stays, safety=[danger("2026-10-01")]), TODAY) == ["W-1"]
    assert in_danger(registry(safety=[danger("2026-10-01")]), TODAY) == ["W-1"]


def test_codes_stand_in_their_order_and_a_row_without_one_is_no_woman() -> None:
    rows = [assessment(code, imminent_danger="yes") for code in ("W-3", "W-1", None)]  # type: ignore[arg-type]
    assert in_danger(registry(safety=rows), TODAY) == ["W-1", "W-3"]


def test_a_table_that_could_not_be_read_has_no_woman_in_danger() -> None:
    nothing: Tables = registry()
    assert in_danger(nothing, TODAY) == []


@pytest.mark.parametrize(("day", "kept"), [("2026-08-02", 0), ("2026-08-03", 1)])
def test_the_limit_is_the_one_of_the_practice_check(day: str, kept: int) -> None:
    tables = registry(women=[woman("W-1")], safety=[assessment("W-1", day)])
    checks = metric(tables, "practice.checks").set_index("check")
    assert checks.loc["risk_assessed", "numerator"] == kept


def test_the_dangers_are_three_of_the_six_questions() -> None:
    assert sorted(DANGERS) == ["imminent_danger", "lives_with_network", "threatened_recently"]
