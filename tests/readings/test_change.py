"""Readings of change: what chance could explain is not called a change."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM
from copehope_lib.readings import change
from tests.readings.tables import COUNTS, SHARES, hidden, table

NOTHING = "Nothing shown here changed more than chance could explain."


@pytest.mark.parametrize(
    ("now", "before", "clear", "sentence"),
    [
        ((4, 6), (3, 6), False, "From 3 of 6 to 4 of 6: too few to call it a change."),
        ((310, 600), (300, 600), False, "From 300 of 600 to 310 of 600: no clear change."),
        ((40, 50), (25, 50), True, "It rose from 50% to 80%."),
        ((25, 50), (40, 50), True, "It fell from 80% to 50%."),
        ((3, 6), (2, 4), False, "It is unchanged at 50%."),
        ((0, 6), (0, 4), False, "It is unchanged at 0%."),
        ((40, 50), (25, 50), None, "From 25 of 50 to 40 of 50."),
        ((4, 6), (0, 0), None, "There is nothing to compare."),
        ((0, 0), (4, 6), pd.NA, "There is nothing to compare."),
        ((None, 6), (4, 6), None, "How it changed cannot be shown."),
        ((4, 6), (pd.NA, pd.NA), pd.NA, "How it changed cannot be shown."),
    ],
)
def test_a_move_is_called_one_only_where_it_is_clear(
    now: tuple[int | None, int | None],
    before: tuple[int | None, int | None],
    clear: bool | None,
    sentence: str,
) -> None:
    assert change.moved(*now, *before, clear, SUPERVISION) == sentence


@pytest.mark.parametrize("clear", [True, False, None])
def test_rounded_counts_are_set_side_by_side_and_not_judged(clear: bool | None) -> None:
    assert change.moved(40, 50, 25, 50, clear, PARTNER) == "From 25 of 50 to 40 of 50."
    assert change.moved(25, 50, 25, 50, clear, PARTNER) == "From 25 of 50 to 25 of 50."


def changed(key: str, **differences: float | None) -> pd.DataFrame:
    """What rose or fell by a tenth or more is clear; nothing to compare where it is missing."""
    rows = [
        (code, 20, 40, 20, 40, by, abs(by) >= 0.1)
        if by is not None
        else (code, 0, 0, 20, 40, None, None)
        for code, by in differences.items()
    ]
    counts = dict.fromkeys(["before", "before_of", "now", "now_of"], COUNTS)
    return table(
        rows, f"{key} before before_of now now_of difference clear",
        **counts, difference=SHARES, clear="boolean",
    )  # fmt: skip


def test_patterns_that_became_more_and_less_frequent_are_named() -> None:
    moved = changed("pattern", steady=0.3, intermittent=0.01, paused=-0.2)
    assert change.patterns(moved, TEAM) == (
        "A clearly larger share of women than before: steady; a clearly smaller one: paused."
    )


def test_attendance_over_all_modules_has_its_own_word() -> None:
    moved = changed("scope", all=0.2, language=0.3, sewing=None)
    assert change.attendance(moved, TEAM) == (
        "Women came to a clearly larger share of sessions than before: "
        "all modules and language course."
    )


def test_needs_less_often_covered_are_named_alone() -> None:
    moved = changed("need", housing=-0.2, food=0.0)
    assert change.coverage(moved, TEAM) == "Clearly less often covered than before: housing."


def test_checks_are_named_by_what_the_report_asks_for() -> None:
    moved = changed("check", group_size=0.2, session_length=-0.3)
    assert change.checks(moved, TEAM) == (
        "Clearly more often the case than before: groups of 5 to 10 women; "
        "clearly less often: sessions of 90 minutes at most."
    )


def test_checks_about_safety_change_for_supervision_only() -> None:
    moved = changed("check", half_hour=0.2, group_size=0.0)
    assert change.checks(moved, SUPERVISION).startswith("Clearly more often the case")
    assert change.checks(moved, TEAM) == NOTHING


def test_nothing_clear_is_nothing_that_chance_could_not_explain() -> None:
    assert change.patterns(changed("pattern", steady=0.02, paused=None), TEAM) == NOTHING


def test_what_cannot_be_compared_is_told_from_what_is_hidden() -> None:
    alone = changed("pattern", steady=None, paused=None)
    assert change.patterns(alone, TEAM) == "There is nothing to compare."
    assert change.patterns(hidden(alone), TEAM) == "What changed cannot be shown."
    derived = hidden(changed("pattern", steady=0.3), "difference", "clear")
    assert change.patterns(derived, TEAM) == "What changed cannot be shown."


def test_rounded_counts_tell_of_no_change() -> None:
    assert change.patterns(changed("pattern", steady=0.3), PARTNER) == (
        "What changed cannot be told from rounded counts."
    )
