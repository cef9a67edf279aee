"""Months and languages as people type them, in the four languages of the workbench."""

import pandas as pd
import pytest
from babel import Locale
from babel.dates import format_skeleton

from copehope_lib import language, months
from copehope_lib.errors import CopehopeError

OCTOBER = pd.Period("2026-10", "M")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-10", "10/2026", "10-2026", "octubre 2026", "Octubre de 2026", "OCTUBRE DEL 2026",
        "oct 2026", "oct. 2026", "October 2026", "ottobre 2026", "ott 2026", "d’octubre de 2026",
        " ottobre  2026 ",
    ],
)  # fmt: skip
def test_a_month_is_understood_as_people_write_it(typed: str) -> None:
    assert months.parse(typed) == OCTOBER


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_month_is_understood_as_each_language_writes_it(spoken: str) -> None:
    for month in pd.period_range("2026-01", "2026-12", freq="M"):
        for skeleton in ("yMMMM", "yMMM"):
            said = format_skeleton(skeleton, month.to_timestamp(), locale=Locale(spoken))
            assert months.parse(said) == month, said


@pytest.mark.parametrize(
    ("now", "typed", "month"),
    [
        ("2026-11-03", "octubre", "2026-10"),
        ("2026-10-01", "octubre", "2026-10"),
        ("2026-09-30", "octubre", "2025-10"),
        ("2026-01-31", "dicembre", "2025-12"),
        ("2026-12-31", "enero", "2026-01"),
    ],
)
def test_without_a_year_it_is_the_latest_that_is_not_to_come(
    now: str, typed: str, month: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(months.pd.Timestamp, "now", lambda: pd.Timestamp(now), raising=False)
    assert str(months.parse(typed)) == month


@pytest.mark.parametrize(
    "typed",
    ["", "2026", "2026-13", "2026-1", "13/2026", "0/2026", "10", "10 2026 1", "octubro", "o 2026",
     "octubre 26", "2026-10-05", "10/26", "octubre noviembre"],
)  # fmt: skip
def test_what_is_no_month_is_refused_in_a_sentence_that_names_the_ways(typed: str) -> None:
    with pytest.raises(CopehopeError, match="2026-10, 10/2026, October 2026, or October"):
        months.parse(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("castellano", "es"), ("Español", "es"), ("espanyol", "es"), ("Spanish", "es"),
        ("spagnolo", "es"), ("català", "ca"), ("Catalan", "ca"), ("italiano", "it"),
        ("English", "en"), ("inglés", "en"), ("it", "it"),
    ],
)  # fmt: skip
def test_a_language_is_understood_by_its_name(typed: str, code: str) -> None:
    assert language.names()[language.plain(typed)] == code
