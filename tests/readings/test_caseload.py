"""Readings of the caseload."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM
from copehope_lib.readings import caseload
from tests.readings.tables import COUNTS, SHARES, table


def loads(*rows: tuple[int | None, float | None]) -> pd.DataFrame:
    return table(rows, "women load", women=COUNTS, load=SHARES)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(8, 0.5), (9, 1.0)], "No post carries more than its reference capacity."),
        ([(8, 0.5), (9, 1.01)],
         "1 of 2 posts carries more than its reference capacity."),
        ([(8, 1.5), (9, 1.01), (4, None)],
         "2 of 2 posts carry more than their reference capacity."),
        ([(4, None)], "There is no load to compare this month."),
        ([], "There is no load to compare this month."),
    ],
)  # fmt: skip
def test_capacity_itself_is_not_more_than_capacity(
    rows: list[tuple[int, float | None]], sentence: str
) -> None:
    assert caseload.load(loads(*rows), TEAM) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(None, None), (9, 0.9)],
         "No post shown here carries more than its reference capacity."),
        ([(None, None), (9, 0.9), (14, 1.2)],
         "1 of 2 posts shown here carries more than its reference capacity."),
        ([(None, None), (19, 1.9), (14, 1.2)],
         "2 of 2 posts shown here carry more than their reference capacity."),
        ([(None, None)], "No load can be shown."),
    ],
)  # fmt: skip
def test_of_a_hidden_post_nothing_is_said(
    rows: list[tuple[int | None, float | None]], sentence: str
) -> None:
    assert caseload.load(loads(*rows), TEAM) == sentence


@pytest.mark.parametrize(
    ("alone", "sentence"),
    [
        ([True, False, False], "1 of 3 women rests on one person alone."),
        ([True, True, False], "2 of 3 women rest on one person alone."),
        ([False], "No woman rests on one person alone."),
        ([], "No woman was accompanied on the last day."),
    ],
)
def test_women_who_rest_on_one_person_are_counted(alone: list[bool], sentence: str) -> None:
    around = table(((one,) for one in alone), "carried_alone", carried_alone="boolean")
    assert caseload.functions(around, SUPERVISION) == sentence


@pytest.mark.parametrize(
    ("women", "sentence"),
    [
        ([0, 4, 9, 25], "Three profiles or more stand around 25 women."),
        ([0, 4, 9, 1], "Three profiles or more stand around 1 woman."),
        ([0, 4, 9, 0], "Three profiles or more stand around no woman yet."),
        ([0, 4, 9, None], "Around how many women three profiles or more stand is not shown."),
        ([0, 0, 0, 0], "No woman was accompanied on the last day."),
    ],
)
def test_three_profiles_or_more_are_those_of_the_report(
    women: list[int | None], sentence: str
) -> None:
    rows = zip(["0", "1", "2", "3+"], women, strict=True)
    assert caseload.profiles(table(rows, "profiles women", women=COUNTS), PARTNER) == sentence


@pytest.mark.parametrize(
    ("women", "factor", "alone", "sentence"),
    [
        (38, 1.94, 1, "The fullest post carries 1.9 times the median one; "
                      "1 woman rests on one person alone."),
        (38, 1.94, 0, "The fullest post carries 1.9 times the median one; "
                      "no woman rests on one person alone."),
        (38, 1.94, None, "The fullest post carries 1.9 times the median one; "
                         "how many women rest on one person alone is not shown."),
        (38, None, 0, "No woman rests on one person alone."),
        (38, None, 12, "12 women rest on one person alone."),
        (None, None, None, "How many women rest on one person alone is not shown."),
        (0, None, 0, "No woman was accompanied on the last day."),
    ],
)  # fmt: skip
def test_the_spread_says_who_is_carried_alone_even_without_loads(
    women: int | None, factor: float | None, alone: int | None, sentence: str
) -> None:
    team = table(
        [(women, factor, alone)], "women max_to_median carried_alone",
        women=COUNTS, max_to_median=SHARES, carried_alone=COUNTS,
    )  # fmt: skip
    assert caseload.spread(team, PARTNER) == sentence


@pytest.mark.parametrize(
    ("women", "sentence"),
    [
        ([30, 5, 3], "In six months the reference person changed for 8 of 38 women."),
        ([30, 0, 0], "In six months the reference person changed for no woman."),
        ([None, 5, 3], "In six months the reference person changed for 8 women."),
        ([None, 0, 0], "In six months the reference person changed for no woman."),
        ([30, 5, None], "In six months the reference person did not change for 30 women."),
        ([0, 5, None], "In six months the reference person changed for every woman."),
        ([None, 5, None],
         "For how many women the reference person changed cannot be shown."),
        ([0, 0, 0], "No woman was accompanied on the last day."),
    ],
)  # fmt: skip
def test_a_change_of_reference_person_is_said_as_far_as_it_can_be_told(
    women: list[int | None], sentence: str
) -> None:
    rows = zip(["0", "1", "2+"], women, strict=True)
    assert caseload.reference(table(rows, "changes women", women=COUNTS), TEAM) == sentence
