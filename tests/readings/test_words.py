"""Numbers, lists and counts, as each language writes them."""

import pandas as pd
import pytest

from copehope_lib import language
from copehope_lib.privacy.audience import PARTNER, TEAM
from copehope_lib.readings import words


def counts(*numbers: int | None) -> pd.Series:
    return pd.Series(numbers, dtype="Int64")


@pytest.mark.parametrize(
    ("spoken", "share", "number", "count", "list_"),
    [
        ("en", "72%", "1.9", "12,345", "work, health, and safety"),
        ("es", "72\u00a0%", "1,9", "12.345", "work, health y safety"),
        ("ca", "72\u00a0%", "1,9", "12.345", "work, health i safety"),
        ("it", "72%", "1,9", "12.345", "work, health e safety"),
    ],
)
def test_numbers_and_lists_are_those_of_the_language(
    spoken: str, share: str, number: str, count: str, list_: str
) -> None:
    language.use(spoken)
    assert words.percent(0.72) == share
    assert words.decimal(1.94) == number
    assert words.whole(12345) == count
    assert words.listed(["Work", "Health", "Safety"]) == list_


def test_a_list_opens_a_sentence_with_one_capital() -> None:
    assert words.opened(["Work", "Women’s groups"]) == "Work and women’s groups"


@pytest.mark.parametrize(
    ("count", "said"), [(None, "hidden under 3"), (pd.NA, "hidden under 3"), (0, "none"),
                        (1, "some: 1"), (1200, "some: 1,200")],
)  # fmt: skip
def test_a_hidden_count_is_not_zero(count: int | None, said: str) -> None:
    assert words.counted(
        count, TEAM, hidden="hidden under {n}", none="none", some="some: {n}"
    ) == said  # fmt: skip


def test_a_sum_is_unknown_where_one_part_is_hidden() -> None:
    assert words.total(counts(4, 0, 9)) == 13
    assert words.total(counts(4, None)) is None
    assert words.total(counts()) == 0


def test_what_a_sum_is_at_least_takes_rounding_at_its_worst() -> None:
    assert words.least(counts(4, None, 9), TEAM) == 13
    # 10 and 15 may have been 8 and 13.
    assert words.least(counts(10, None, 15), PARTNER) == 20
    assert words.least(counts(0, None, 0), PARTNER) == 0
    assert words.least(counts(None), PARTNER) == 0


@pytest.mark.parametrize(
    ("numbers", "lead"),
    [
        ([9, 5, 3], [9, 5]),
        ([9, 5, 5], [9, 5, 5]),
        ([9, 5, 5, 5], [9]),
        ([5, 5, 5, 5], [5, 5, 5, 5]),
        ([0, None], []),
    ],
)
def test_two_lead_and_those_as_large_unless_they_are_many(
    numbers: list[int | None], lead: list[int]
) -> None:
    table = pd.DataFrame({"times": counts(*numbers)})
    assert words.leading(table, "times")["times"].tolist() == lead
