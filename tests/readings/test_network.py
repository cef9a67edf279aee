"""Readings of the network."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import SUPERVISION, TEAM
from copehope_lib.readings import network
from tests.readings.tables import COUNTS, table


def services(**requests: int | None) -> pd.DataFrame:
    """Requests by the words ``service_response``."""
    rows = [(*name.split("_"), n) for name, n in requests.items()]
    return table(rows, "service response requests", requests=COUNTS)


@pytest.mark.parametrize(
    ("requests", "sentence"),
    [
        ({}, "No service was asked in twelve months."),
        ({"legal_waiting": 0}, "No service was asked in twelve months."),
        ({"legal_accepted": 4}, "0 of 4 requests of twelve months have no answer."),
        ({"legal_silent": 1, "legal_refused": 4},
         "1 of 5 requests of twelve months has no answer."),
        ({"legal_silent": 4, "health_silent": 3, "housing_waiting": 2},
         "9 of 9 requests of twelve months have no answer; never answered: legal advice and "
         "health."),
        ({"legal_silent": 4, "legal_ended": 3}, "4 of 7 requests of twelve months have no answer."),
        ({"legal_silent": None, "health_accepted": 4},
         "How many requests have no answer cannot be shown."),
    ],
)  # fmt: skip
def test_what_has_no_answer_is_counted_and_who_never_answered_is_named(
    requests: dict[str, int | None], sentence: str
) -> None:
    assert network.services(services(**requests), TEAM) == sentence


def test_of_a_service_of_which_an_answer_is_hidden_nobody_says_that_it_never_answered() -> None:
    assert network.never(services(legal_silent=4, legal_accepted=None, health_silent=3)) == [
        "health"
    ]


@pytest.mark.parametrize(
    ("yes", "no", "sentence"),
    [
        (0, 0, "No request was accepted in twelve months."),
        (1, 3, "In 1 of 4 requests that were accepted, she had to tell her story again."),
        (None, 3, "How often she had to tell her story again cannot be shown."),
    ],
)
def test_telling_again_is_of_the_requests_that_were_accepted(
    yes: int | None, no: int, sentence: str
) -> None:
    rows = table([("yes", yes), ("no", no)], "told_again requests", requests=COUNTS)
    assert network.told_again(rows, TEAM) == sentence


def test_a_woman_who_waits_twice_is_one_woman_and_her_longest_wait_is_told() -> None:
    rows = table([("W-1", 1, "yes"), ("W-1", 0, "yes")], "woman days held", days=COUNTS)
    assert network.waiting(rows, SUPERVISION) == (
        "1 woman waits for an answer, the longest for 1 day."
    )
    rows = table([("W-1", 70, "no"), ("W-2", 9, "no")], "woman days held", days=COUNTS)
    assert network.waiting(rows, SUPERVISION) == (
        "2 women wait for an answer, the longest for 70 days; for 2 requests nobody holds the "
        "contact."
    )


def test_that_nobody_waits_or_is_between_services_is_said() -> None:
    nobody = table([], "woman requests days held")
    assert network.waiting(nobody, SUPERVISION) == "No woman waits for an answer."
    assert network.between(nobody, SUPERVISION) == "No woman is between services."
    two = table([("W-1", 2), ("W-2", 3)], "woman requests", requests=COUNTS)
    assert network.between(two, SUPERVISION) == (
        "2 women wait at two services or more, and none has taken them on."
    )
