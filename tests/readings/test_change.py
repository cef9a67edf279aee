"""Readings of change: what chance could explain is not called a change."""

import pandas as pd

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM
from copehope_lib.readings import change
from tests.readings.tables import COUNTS, SHARES, hidden, table

NOTHING = "Nothing shown here changed more than chance could explain."


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
