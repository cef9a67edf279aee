"""Readings of itineraries: goals, never the women behind them."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM
from copehope_lib.readings import itineraries
from tests.readings.tables import COUNTS, SHARES, table


def counted(column: str, **goals: int | None) -> pd.DataFrame:
    return table(goals.items(), f"{column} goals", goals=COUNTS)


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (["under_way", "achieved", "under_way"], "3 goals: 2 under way and 1 achieved."),
        (["paused"], "1 goal: 1 paused."),
        ([], "No goal has been set yet."),
    ],
)
def test_goals_are_said_by_where_they_stand(states: list[str], sentence: str) -> None:
    rows = table(((state,) for state in states), "state")
    assert itineraries.goals(rows, SUPERVISION) == sentence


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ({"under_way": 9, "paused": 0, "achieved": 4},
         "13 goals: 9 under way and 4 achieved."),
        ({"under_way": None, "achieved": 4}, "At least 4 goals are achieved."),
        ({"under_way": None, "achieved": 0}, "No goal is achieved yet."),
        ({"under_way": 9, "achieved": None}, "How many goals are achieved cannot be shown."),
        ({"under_way": 0, "achieved": 0}, "No goal has been set yet."),
    ],
)  # fmt: skip
def test_where_some_states_are_hidden_only_achieved_goals_are_said(
    goals: dict[str, int | None], sentence: str
) -> None:
    assert itineraries.states(counted("state", **goals), TEAM) == sentence


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ({"her": 20, "together": 15, "professional": 4, "required": 1},
         "35 of 40 goals were chosen by the woman herself or together with her."),
        ({"her": 1, "together": 0, "professional": 4},
         "1 of 5 goals was chosen by the woman herself or together with her."),
        ({"her": 0, "together": 0, "professional": 4},
         "No goal was chosen by the woman herself or together with her."),
        ({"her": 20, "together": 15, "professional": None},
         "At least 35 goals were chosen by the woman herself or together with her."),
        ({"her": None, "together": 15, "professional": 4},
         "At least 15 goals were chosen by the woman herself or together with her."),
        ({"her": None, "together": 0, "professional": 4},
         "How many goals were chosen by women cannot be shown."),
        ({"her": 0, "together": 0, "professional": 0}, "No goal has been set yet."),
    ],
)  # fmt: skip
def test_a_goal_chosen_together_is_hers_too(goals: dict[str, int | None], sentence: str) -> None:
    assert itineraries.chosen(counted("chosen_by", **goals), TEAM) == sentence


def flows(new: int | None, same: int | None, other: int | None) -> pd.DataFrame:
    rows = [
        ("not_set", "not_started", new),
        ("under_way", "under_way", same),
        ("under_way", "achieved", other),
    ]
    return table(rows, "before after goals", goals=COUNTS)


@pytest.mark.parametrize(
    ("new", "same", "other", "sentence"),
    [
        (5, 30, 4, "Of 34 goals that there were before, the state told is the same for 30."),
        (None, 1, 0, "Of 1 goal that there was before, the state told is the same for 1."),
        (5, 0, 4, "The state told is the same as before for no goal."),
        (5, 30, None, "The state told is the same as before for at least 30 goals."),
        (5, None, 4, "How goals moved cannot be shown."),
        (5, 0, 0, "There was no goal before: all are new."),
        (0, 0, 0, "No goal has been set yet."),
    ],
)
def test_a_new_goal_has_not_moved(
    new: int | None, same: int | None, other: int | None, sentence: str
) -> None:
    assert itineraries.flows(flows(new, same, other), TEAM) == sentence


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ([40, 12, 5, 3],
         "Nothing was written about 8 of 60 open goals for more than 90 days."),
        ([40, 12, 0, 0], "Something was written about every open goal within 90 days."),
        ([40, None, 5, 3],
         "Nothing was written about at least 8 open goals for more than 90 days."),
        ([40, 12, None, 3],
         "Nothing was written about at least 3 open goals for more than 90 days."),
        ([40, 12, None, 0], "Something was written about 40 open goals within 30 days."),
        ([0, 12, None, 0], "How long nothing was written about a goal cannot be shown."),
        ([0, 0, 0, 0], "There is no open goal."),
    ],
)  # fmt: skip
def test_quiet_goals_are_those_of_which_nothing_was_written(
    goals: list[int | None], sentence: str
) -> None:
    rows = zip(["0-30", "31-90", "91-180", "181+"], goals, strict=True)
    assert itineraries.quiet(table(rows, "days goals", goals=COUNTS), TEAM) == sentence


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([44.0, 52.0, 56.0, None],
         "Goals of 3 women were rated: their median score is 52.0, "
         "where 50 means as expected."),
        ([44.0],
         "Goals of 1 woman were rated: her score is 44.0, where 50 means as expected."),
        ([None], "No goal has been rated yet."),
    ],
)  # fmt: skip
def test_a_score_is_said_with_what_it_is_measured_by(
    scores: list[float | None], sentence: str
) -> None:
    rows = table(((score,) for score in scores), "t", t=SHARES)
    assert itineraries.attainment(rows, SUPERVISION) == sentence


def levels(*goals: int | None) -> pd.DataFrame:
    rows = zip(range(-2, 3), goals, strict=True)
    return table(rows, "attainment goals", attainment=COUNTS, goals=COUNTS)


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        ([3, 5, 9, 4, 3], "16 of 24 rated goals came out as expected, or better."),
        ([3, 5, 0, 0, 0], "No rated goal has come out as expected yet."),
        ([3, None, 9, 4, 3], "At least 16 rated goals came out as expected, or better."),
        ([3, 5, 9, None, 3], "At least 12 rated goals came out as expected, or better."),
        ([3, 5, None, 0, 0], "How goals came out cannot be shown."),
        ([0, 0, 0, 0, 0], "No goal has been rated yet."),
    ],
)
def test_as_expected_counts_with_better(goals: list[int | None], sentence: str) -> None:
    assert itineraries.levels(levels(*goals), TEAM) == sentence


def test_at_least_allows_for_rounding() -> None:
    # 15 and 10 may stand for 13 and 8.
    assert itineraries.levels(levels(10, 10, 15, 10, None), PARTNER) == (
        "At least 20 rated goals came out as expected, or better."
    )


@pytest.mark.parametrize(
    ("goals", "sentence"),
    [
        (["G-1", "G-1", "G-2"], "3 entries tell of 2 goals."),
        (["G-1"], "1 entry tells of 1 goal."),
        ([], "Nothing has been written about a goal yet."),
    ],
)
def test_paths_are_counted_in_entries(goals: list[str], sentence: str) -> None:
    rows = table(((goal,) for goal in goals), "goal")
    assert itineraries.paths(rows, SUPERVISION) == sentence
