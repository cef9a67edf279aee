"""Readings: one sentence, true on its own, also where a count is hidden or zero."""

import pandas as pd
import pytest

from copehope_lib import readings
from copehope_lib.privacy.audience import PARTNER, TEAM


def moved(paused: int | None, returned: int | None) -> pd.DataFrame:
    table = pd.DataFrame({"movement": ["paused", "returned"], "women": [paused, returned]})
    return table.astype({"women": "Int64"})


@pytest.mark.parametrize(
    ("paused", "returned", "sentence"),
    [
        (6, 4, "6 women paused this month; 4 came back."),
        (0, 0, "No woman paused this month; none came back."),
        (None, 3, "Fewer than 3 women paused this month; 3 came back."),
        (3, None, "3 women paused this month; fewer than 3 came back."),
    ],
)
def test_a_return_is_said_in_the_same_breath_as_a_pause(
    paused: int | None, returned: int | None, sentence: str
) -> None:
    assert readings.movements(moved(paused, returned), TEAM) == sentence


def test_supervision_counts_to_one() -> None:
    assert readings.movements(moved(1, 1), TEAM) == "1 woman paused this month; 1 came back."


@pytest.mark.parametrize(
    ("loads", "sentence"),
    [
        ([0.5, 1.0], "No post carries more than its reference capacity."),
        ([0.5, 1.01], "1 of 2 posts carries more than its reference capacity."),
        ([1.5, 1.01, None], "2 of 2 posts carry more than their reference capacity."),
        ([None], "There is no load to compare this month."),
    ],
)
def test_capacity_itself_is_not_more_than_capacity(
    loads: list[float | None], sentence: str
) -> None:
    assert readings.load(pd.DataFrame({"load": pd.array(loads, dtype="Float64")})) == sentence


def spread(factor: float | None, alone: int | None) -> pd.DataFrame:
    table = pd.DataFrame({"max_to_median": [factor], "carried_alone": [alone]})
    return table.astype({"max_to_median": "Float64", "carried_alone": "Int64"})


@pytest.mark.parametrize(
    ("factor", "alone", "sentence"),
    [
        (1.94, 1, "The fullest post carries 1.9 times the median one; "
                  "1 woman rests on one person alone."),
        (1.94, None, "The fullest post carries 1.9 times the median one; "
                     "fewer than 10 women rest on one person alone."),
        (None, 0, "No woman rests on one person alone."),
    ],
)  # fmt: skip
def test_the_spread_says_who_is_carried_alone_even_without_loads(
    factor: float | None, alone: int | None, sentence: str
) -> None:
    assert readings.spread(spread(factor, alone), PARTNER) == sentence


def named(**times: int | None) -> pd.DataFrame:
    table = pd.DataFrame({"barrier": list(times), "times": list(times.values())})
    return table.astype({"times": "Int64"})


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ({"work": 14, "childcare": 10, "health": 3},
         "Work and childcare were named most: 24 of 27 reasons."),
        ({"work": 14, "childcare": 10, "health": None}, "Work and childcare were named most."),
        ({"work": 5, "health": 3, "safety": 3},
         "Work, health, and safety were named most: 11 of 11 reasons."),
        ({"unknown": 9, "work": 4}, "Work was named most: 4 of 13 reasons."),
        ({"work": 0, "health": None}, "No barrier was named 3 times or more."),
    ],
)  # fmt: skip
def test_not_knowing_is_never_the_barrier_named_most(
    times: dict[str, int | None], sentence: str
) -> None:
    assert readings.barriers(named(**times), TEAM) == sentence


@pytest.mark.parametrize(
    ("rate", "cancelled", "sentence"),
    [
        (0.724, 9, "Women came to 72% of the places kept for them; we cancelled 9."),
        (0.724, 0, "Women came to 72% of the places kept for them; we cancelled none."),
        (None, None, "How many came cannot be shown this month; we cancelled fewer than 3."),
    ],
)
def test_what_we_cancelled_is_said_with_who_came(
    rate: float | None, cancelled: int | None, sentence: str
) -> None:
    table = pd.DataFrame({"scope": ["all"], "rate": [rate], "cancelled_by_us": [cancelled]})
    table = table.astype({"rate": "Float64", "cancelled_by_us": "Int64"})
    assert readings.attendance(table, TEAM) == sentence
