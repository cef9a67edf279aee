"""Readings of what the team learns."""

import pytest

from copehope_lib.privacy.audience import SUPERVISION, TEAM
from copehope_lib.readings import learning
from tests.readings.tables import COUNTS, SHARES, table


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("gender", 0), ("trauma", 4), ("safety", 0)],
         "Nobody was trained in two years in: gender perspective and safety and confidentiality."),
        ([("gender", 1)], "In two years there was a training on every theme."),
        ([("gender", None)], "Which themes the team was not trained in cannot be shown."),
        ([], "No training of the team is known."),
    ],
)  # fmt: skip
def test_the_plan_of_next_year_is_told_what_nobody_had(
    rows: list[tuple[str, int | None]], sentence: str
) -> None:
    assert learning.themes(table(rows, "theme members", members=COUNTS), TEAM) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("ro", 0, 3), ("en", 4, 5), ("ar", 0, 1)],
         "Women want mediation, and nobody of us can work, in: Romanian, Arabic."),
        ([("en", 4, 5), ("it", 1, 0)],
         "Somebody of us can work in every language in which women want mediation."),
        ([], "No language of the team is written down."),
    ],
)  # fmt: skip
def test_a_language_is_missing_where_a_woman_wants_it_and_nobody_of_us_speaks_it(
    rows: list[tuple[str, int, int]], sentence: str
) -> None:
    frame = table(rows, "language speakers women", speakers=COUNTS, women=COUNTS)
    assert learning.languages(frame, SUPERVISION) == sentence


def test_a_team_too_small_is_not_told_of() -> None:
    counts = dict.fromkeys(["members", "came", "left"], COUNTS)
    one = table([(6, 1, 2, 3.4)], "members came left years", **counts, years=SHARES)
    assert learning.continuity(one, TEAM).startswith("Half of the 6 members have been here for 3.4")
    assert learning.continuity(one.iloc[:0], TEAM) == (
        "The team is too small for its continuity to be told."
    )
