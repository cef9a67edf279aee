"""Readings of needs."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM
from copehope_lib.readings import needs
from tests.readings.tables import COUNTS, table


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("W-1", "covered"), ("W-1", "not_covered"), ("W-2", "partly")],
         "1 of 2 women whose needs were reviewed has one that is not covered."),
        ([("W-1", "not_covered"), ("W-1", "not_covered"), ("W-2", "not_covered")],
         "2 of 2 women whose needs were reviewed have one that is not covered."),
        ([("W-1", "unknown")], "No woman is known to have an uncovered need."),
        ([], "No need has been reviewed yet."),
    ],
)  # fmt: skip
def test_women_are_counted_once_however_many_needs(
    rows: list[tuple[str, str]], sentence: str
) -> None:
    assert needs.women(table(rows, "woman coverage"), SUPERVISION) == sentence


def coverage(other: int | None = 0, unknown: int = 0, **women: int | None) -> pd.DataFrame:
    """So many women for whom a need is not covered, by need."""
    rows = [(need, "not_covered", n) for need, n in women.items()]
    more = [("food", "covered", other), ("food", "unknown", unknown)]
    return table([*rows, *more], "need coverage women", women=COUNTS)


@pytest.mark.parametrize(
    ("women", "sentence"),
    [
        ({"housing": 8, "food": 0, "childcare": 5},
         "Not covered most often: housing for 8 women and childcare for 5 women."),
        ({"housing": 1}, "Not covered most often: housing for 1 woman."),
        ({"housing": 8, "food": None, "childcare": 5},
         "Not covered: housing for 8 women and childcare for 5 women."),
        ({"housing": 4, "food": 4, "childcare": 4, "documents": 4},
         "No need stands out among those that are not covered."),
        ({"housing": None, "food": 0}, "Which needs are not covered cannot be shown."),
    ],
)  # fmt: skip
def test_what_is_hidden_is_not_said_to_be_less(women: dict[str, int | None], sentence: str) -> None:
    assert needs.coverage(coverage(**women), TEAM) == sentence


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (coverage(other=9, housing=0), "No need is known to be uncovered."),
        (coverage(other=None, housing=0), "No need is known to be uncovered."),
        (coverage(unknown=9, housing=0), "No need has been reviewed yet."),
        (coverage(housing=0), "No woman was accompanied on the last day."),
    ],
)
def test_not_knowing_a_need_is_not_having_it_covered(frame: pd.DataFrame, sentence: str) -> None:
    assert needs.coverage(frame, TEAM) == sentence


def changes(improved: list[int | None], worsened: list[int | None]) -> pd.DataFrame:
    rows = [("improved", n) for n in improved] + [("worsened", n) for n in worsened]
    return table(rows, "change women", women=COUNTS)


@pytest.mark.parametrize(
    ("improved", "worsened", "sentence"),
    [
        ([6, 4], [3, 0], "10 needs are better covered than before; 3 are less well covered."),
        ([1], [1], "1 need is better covered than before; 1 is less well covered."),
        ([6], [0], "6 needs are better covered than before; none is less well covered."),
        ([0], [6], "No need is better covered than before; 6 are less well covered."),
        ([6, None], [4, None], "At least 6 needs are better covered than before; "
                               "at least 4 are less well covered."),
        ([0, None], [4], "How many needs are better covered cannot be shown; "
                         "4 are less well covered."),
        ([6], [None], "6 needs are better covered than before; "
                      "how many are less well covered cannot be shown."),
        ([None], [None], "How many needs are better or less well covered cannot be shown."),
        ([0], [0], "No need is known to be better or less well covered than before."),
    ],
)  # fmt: skip
def test_what_got_better_is_said_beside_what_did_not(
    improved: list[int | None], worsened: list[int | None], sentence: str
) -> None:
    assert needs.changes(changes(improved, worsened), TEAM) == sentence


def test_a_rounded_sum_is_said_as_the_least_it_can_be() -> None:
    assert needs.changes(changes([15, None], [0]), PARTNER) == (
        "At least 10 needs are better covered than before; none is less well covered."
    )


@pytest.mark.parametrize(
    ("women", "sentence"),
    [
        (["W-1", "W-1", "W-2"],
         "2 women are in a long training while a need of theirs is not covered."),
        (["W-1", "W-1"], "1 woman is in a long training while a need of hers is not covered."),
        ([], "No woman is in a long training with a need that is not covered."),
    ],
)  # fmt: skip
def test_two_trainings_of_a_woman_are_one_woman(women: list[str], sentence: str) -> None:
    rows = table(((woman,) for woman in women), "woman")
    assert needs.training(rows, SUPERVISION) == sentence
