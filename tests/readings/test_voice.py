"""Readings of her voice."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import SUPERVISION, TEAM
from copehope_lib.readings import voice
from tests.readings.tables import COUNTS, table


def by(column: str, **answers: int | None) -> pd.DataFrame:
    """So many answers by the words of a column."""
    return table(answers.items(), f"{column} answers", answers=COUNTS)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"changed": 5, "open": 1}, "1 of the answers of the last three months waits for ours."),
        ({"changed": None, "open": 4}, "4 of the answers of the last three months wait for ours."),
        ({"changed": 5, "open": 0}, "All that was said in the last three months has an answer."),
        ({"changed": 5, "open": None},
         "How many answers of the last three months wait for ours is not shown."),
        ({"changed": 0, "open": 0}, "Nobody was asked in the last three months."),
        ({}, "Nothing was asked yet, or it is not kept."),
    ],
)  # fmt: skip
def test_what_waits_is_said_before_what_we_did(
    answers: dict[str, int | None], sentence: str
) -> None:
    assert voice.answers(by("we_did", **answers), TEAM) == sentence


@pytest.mark.parametrize(
    ("sad", "sentence"),
    [
        ({"childcare": 4, "safety": 3, "language": 0},
         "A sad face was chosen most often about: childcare (4) and whether she feels safe (3)."),
        ({"childcare": 4, "safety": None}, "A sad face was chosen about: childcare (4)."),
        ({"childcare": None, "safety": None}, "About what a sad face was chosen cannot be shown."),
        ({"childcare": 0}, "No woman chose a sad face in the last three months."),
        ({"childcare": 3, "safety": 3, "language": 3, "timetable": 3},
         "A sad face was chosen about no question more often than about the others."),
    ],
)  # fmt: skip
def test_a_sad_face_is_said_with_its_question(sad: dict[str, int | None], sentence: str) -> None:
    rows = [(asked, "sad", n) for asked, n in sad.items()]
    frame = table([*rows, ("safety", "glad", 9)], "asked face answers", answers=COUNTS)
    assert voice.asked(frame, TEAM) == sentence


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"more": 4, "nearer": 0}, "Said most often: more of it (4)."),
        ({"more": 4, "nearer": None}, "Said: more of it (4)."),
        ({"more": None}, "Which wishes were said cannot be shown."),
        ({"more": 0}, "No wish was said in the last three months."),
        (dict.fromkeys(("more", "nearer", "work", "to_decide"), 3),
         "No wish stands out among those that were said."),
    ],
)  # fmt: skip
def test_a_hidden_wish_is_not_said_to_be_rarer(
    wishes: dict[str, int | None], sentence: str
) -> None:
    assert voice.wishes(by("wish", **wishes), TEAM) == sentence


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([1], "1 answer waits for ours, since 1 day."),
        ([12, 60], "2 answers wait for ours, the first since 60 days."),
        ([], "Nothing that women said waits for an answer."),
    ],
)
def test_the_oldest_answer_says_how_long_we_let_women_wait(days: list[int], sentence: str) -> None:
    assert voice.waiting(table([(n,) for n in days], "days", days=COUNTS), SUPERVISION) == sentence


def test_what_was_never_answered_is_said_by_question() -> None:
    said = voice.unanswered(by("asked", childcare=4, safety=None), TEAM)
    assert said == "Asked and not answered, about: childcare (4)."
    assert voice.unanswered(by("asked", safety=0), TEAM) == "All that was said has an answer."


def test_her_language_and_her_part_in_choosing_are_said_as_far_as_they_are_known() -> None:
    assert voice.language(by("in_her_language", yes=0, no=4), TEAM) == (
        "Of no answer is it known that she was asked in her language."
    )
    chosen = table([("yes", 1), ("unknown", 3)], "chosen activities", activities=COUNTS)
    chosen = chosen.rename(columns={"chosen": "chosen_with_women"})
    assert voice.activities(chosen, TEAM) == (
        "Women helped to choose 1 of the 4 activities that were held."
    )
