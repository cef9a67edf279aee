"""What each audience is shown of a result."""

import pandas as pd
import pytest

from copehope_lib.demo_data.two_women import two_women
from copehope_lib.metrics import METRICS, compute
from copehope_lib.privacy.audience import AUDIENCES, PARTNER, SUPERVISION, TEAM, Audience
from copehope_lib.privacy.protect import may_see, protect
from copehope_lib.settings import Settings
from copehope_lib.vocabulary import AttendanceStatus

NOBODY = pd.Series(dtype="str")


def counts(*values: int) -> pd.DataFrame:
    table = pd.DataFrame({"pattern": [f"p{n}" for n in range(len(values))], "women": values})
    return table.astype({"women": "Int64"})


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        (SUPERVISION, [0, 1, 2, 3, 9, 10, 12, 13]),
        (TEAM, [0, None, None, 3, 9, 10, 12, 13]),
        (PARTNER, [0, None, None, None, None, 10, 10, 15]),
    ],
)
def test_counts_under_the_minimum_are_hidden_and_the_rest_rounded(
    audience: Audience, shown: list[int | None]
) -> None:
    result = counts(0, 1, 2, 3, 9, 10, 12, 13)
    table = protect(result, METRICS["engagement.patterns"], audience, NOBODY)
    assert [None if pd.isna(n) else n for n in table["women"]] == shown


def test_what_follows_from_a_hidden_count_is_hidden_with_it() -> None:
    result = pd.DataFrame(
        {"professional": ["P-1", "P-2"], "women": [2, 8], "women_average": [2.5, 8.0],
         "points": [2.0, 9.0], "load": [0.1, 0.45]}
    ).astype({"women": "Int64", "points": "Float64", "load": "Float64"})  # fmt: skip
    table = protect(result, METRICS["caseload.load"], TEAM, NOBODY)
    assert table.loc[0, ["women", "women_average", "points", "load"]].isna().all()
    assert table.loc[1, "load"] == 0.45


def attendance(**counts: int) -> pd.DataFrame:
    row = dict.fromkeys(AttendanceStatus.codes(), 0) | counts
    came, away = row["attended"] + row["partly"], row["excused"] + row["missed"]
    table = pd.DataFrame([row]).astype("Int64")
    return table.assign(scope="all", rate=came / (came + away))


def test_counts_that_would_give_each_other_away_by_the_rate_are_hidden_together() -> None:
    result = attendance(attended=20, partly=2, excused=5, missed=3)
    table = protect(result, METRICS["engagement.attendance"], TEAM, NOBODY)
    assert table.loc[0, ["attended", "partly"]].isna().all()
    assert table.loc[0, ["excused", "missed"]].tolist() == [5, 3]
    assert table.loc[0, "rate"] == 22 / 30


def test_a_rate_that_rests_on_one_or_two_is_hidden() -> None:
    result = attendance(attended=20, partly=5, excused=1, missed=1)
    table = protect(result, METRICS["engagement.attendance"], TEAM, NOBODY)
    assert table.loc[0, ["excused", "missed", "rate"]].isna().all()


def test_a_rate_for_partners_is_computed_again_from_what_they_see() -> None:
    result = pd.DataFrame(
        {"scope": ["all"], "attended": [31], "partly": [12], "excused": [11], "missed": [14],
         "cancelled_by_us": [0], "rate": [43 / 68]}
    ).astype(dict.fromkeys(AttendanceStatus.codes(), "Int64"))  # fmt: skip
    table = protect(result, METRICS["engagement.attendance"], PARTNER, NOBODY)
    assert table.loc[0, ["attended", "partly", "excused", "missed"]].tolist() == [
        30,
        10,
        10,
        15,
    ]
    assert table.loc[0, "rate"] == pytest.approx(40 / 65)


def test_rows_about_women_are_for_supervision_by_pseudonym_and_in_its_order() -> None:
    result = pd.DataFrame({"woman": ["W-1", "W-2"], "professionals": [1, 2]})
    names = pd.Series({"W-1": "W-XXXXX", "W-2": "W-CCCCC"})
    table = protect(result, METRICS["caseload.functions"], SUPERVISION, names)
    assert table["woman"].tolist() == ["W-CCCCC", "W-XXXXX"]
    assert table["professionals"].tolist() == [2, 1]


@pytest.mark.parametrize("name", METRICS)
def test_only_supervision_sees_rows_about_women_and_partners_none_about_professionals(
    name: str,
) -> None:
    metric = METRICS[name]
    allowed = {audience.name for audience in AUDIENCES.values() if may_see(audience, metric)}
    expected = {
        "woman": {"supervision"},
        "professional": {"supervision", "team"},
        "group": {"supervision", "team", "partner"},
    }
    assert allowed == expected[metric.row]


@pytest.mark.parametrize("name", ["practice.checks", "change.checks"])
@pytest.mark.parametrize("audience", [TEAM, PARTNER])
def test_a_check_that_would_tell_of_safety_answers_is_not_even_counted(
    name: str, audience: Audience
) -> None:
    result = compute(two_women(), pd.Period("2026-10", "M"), Settings(), [name])[name]
    shown = protect(result, METRICS[name], audience, NOBODY)["check"].tolist()
    about_safety = {"alone_means_alone", "half_hour", "contact_agreed"}
    assert set(result["check"]) - set(shown) == about_safety
    assert protect(result, METRICS[name], SUPERVISION, NOBODY)["check"].tolist() == list(
        result["check"]
    )
