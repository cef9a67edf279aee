"""What the organisation was asked comes back each month until it has answered."""

import pandas as pd
import pytest

from copehope_lib.privacy.actions import requests
from copehope_lib.readings import practice
from tests.metrics.build import Row, registry

OCTOBER = pd.Period("2026-10", "M")


def asked(code: str, decided: str, **columns: object) -> Row:
    return {
        "action": code, "decided_on": decided, "text": "Ask for a second room", "owner": "P-1",
        "dimension": "professionals", "asked_upwards": True, **columns,
    }  # fmt: skip


TABLES = registry(
    actions=[
        asked("D-4", "2026-10-26"),
        asked("D-1", "2026-08-31"),
        asked("D-2", "2026-09-28", reply="no_money", replied_on="2026-10-02"),
        asked("D-3", "2026-08-31", reply="granted", replied_on="2026-09-15"),
        asked("D-5", "2026-09-28", reply="later", replied_on="2026-11-03"),
        asked("D-6", "2026-11-02"),
        asked("D-7", "2026-09-28", asked_upwards=False),
        asked("D-8", "2026-09-28", asked_upwards=None, done_on="2026-10-01"),
    ]
)


def test_a_request_stands_until_it_is_answered_and_in_the_month_of_the_answer() -> None:
    table = requests(TABLES, OCTOBER)
    assert table["action"].tolist() == ["D-1", "D-2", "D-5", "D-4"]
    assert table["waited"].tolist() == [61, 4, 33, 5]
    assert table["reply"].fillna("").tolist() == ["", "no_money", "", ""]
    later = requests(TABLES, OCTOBER + 1)
    assert later["action"].tolist() == ["D-1", "D-5", "D-4", "D-6"]


def test_what_was_asked_never_leaves_the_registry() -> None:
    assert "text" not in requests(TABLES, OCTOBER)


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        (
            OCTOBER,
            "The organisation has 3 requests of ours to answer; the oldest has waited 61 days.",
        ),
        (OCTOBER - 3, "Nothing that we asked of the organisation waits for an answer."),
    ],
)
def test_the_sentence_counts_what_waits(month: pd.Period, sentence: str) -> None:
    assert practice.requests(requests(TABLES, month)) == sentence
