"""The rows about women for case views: each column by hand, and what must never be in them."""

import pandas as pd
import pytest

from copehope_lib.demo.synthetic import LAST_MONTH, generate
from copehope_lib.errors import CopehopeError
from copehope_lib.metrics import METRICS
from copehope_lib.metrics.assessments import DANGERS
from copehope_lib.privacy.anonymity import measure, words
from copehope_lib.privacy.cases import (
    HOMES,
    PERMITS,
    SENSITIVE,
    cases,
    hierarchies,
    protected_cases,
)
from copehope_lib.privacy.pseudonyms import pseudonyms
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.vocabulary import ContactChannel, Housing, ResidenceStatus, Setting
from tests.metrics.build import (
    OCTOBER,
    Row,
    activity,
    assessment,
    came,
    metric,
    professional,
    registry,
    session,
    woman,
)

KEY = bytes(range(32))
COLUMNS = {
    "woman": "str",
    "entered_on": "datetime64[us]",
    "age": "str",
    "region_of_origin": "str",
    "residence_status": "str",
    "housing": "str",
    "children": "str",
    "alone": "boolean",
    "with_care": "boolean",
    "to_look_at": "boolean",
}


def found(tables: Tables, month: pd.Period = OCTOBER) -> pd.DataFrame:
    """The rows by code."""
    names = pseudonyms(tables.women, KEY)
    codes = pd.Series(names.index, index=names)
    rows = cases(tables, month, names)
    assert rows["woman"].is_monotonic_increasing
    return rows.assign(woman=rows["woman"].map(codes)).set_index("woman")


def one(*stays: Row, safety: list[Row] | None = None) -> pd.Series:
    return found(registry(women=list(stays), safety=safety or [])).loc["W-1"]


@pytest.fixture(scope="module")
def team() -> Tables:
    return Tables(**generate(women=60, professionals=9, months=8))


def test_there_is_a_row_for_each_woman_of_the_last_day_and_of_her_present_stay() -> None:
    tables = registry(
        women=[
            woman("W-1", "2026-01-10", left_on="2026-05-01"),
            woman("W-1", "2026-10-31"),
            woman("W-2", left_on="2026-10-31"),
            woman("W-3", "2026-11-01"),
            woman("W-4", left_on="2026-11-01"),
        ]
    )
    rows = found(tables)
    assert sorted(rows.index) == ["W-1", "W-4"]
    assert rows.loc["W-1", "entered_on"] == pd.Timestamp("2026-10-31")


@pytest.mark.parametrize(
    ("born", "age"),
    [(2001, "25-29"), (1997, "25-29"), (1996, "30-34"), (1986, "40-44"), (2026, "0-4")],
)
def test_age_is_a_band_of_five_years(born: int, age: str) -> None:
    assert one(woman(birth_year=born))["age"] == age


@pytest.mark.parametrize("born", [None, 2027])
def test_an_age_that_nobody_knows_is_missing(born: int | None) -> None:
    assert pd.isna(one(woman(birth_year=born))["age"])


def test_a_region_of_fewer_than_three_women_is_not_named() -> None:
    regions = ["West Africa"] * 3 + ["South Asia"] * 2 + ["Europe", None]
    rows = found(
        registry(
            women=[
                *(woman(f"W-{n}", region_of_origin=name) for n, name in enumerate(regions)),
                woman("W-9", region_of_origin="South Asia", left_on="2026-02-01"),
            ]
        )
    )
    said = [rows.loc[f"W-{n}", "region_of_origin"] for n in range(7)]
    assert said[:6] == ["West Africa"] * 3 + ["other"] * 3
    assert pd.isna(said[6])


@pytest.mark.parametrize(("children", "said"), [(0, "no"), (1, "yes"), (4, "yes")])
def test_children_are_there_or_not_and_never_counted(children: int, said: str) -> None:
    assert one(woman(children_in_care=children))["children"] == said


def test_what_the_registry_does_not_say_is_missing() -> None:
    row = one(woman())
    assert row.drop(["entered_on", "to_look_at"]).isna().all()
    assert row["to_look_at"]


@pytest.mark.parametrize("setting", Setting.codes())
@pytest.mark.parametrize("can_share", ["yes", "no", "unknown"])
def test_she_is_seen_alone_if_either_answer_asks_for_it(setting: str, can_share: str) -> None:
    row = one(woman(), safety=[assessment(setting=setting, can_share_space=can_share)])
    assert row["alone"] == (setting == "individual_only" or can_share == "no")


@pytest.mark.parametrize("channel", ContactChannel.codes())
@pytest.mark.parametrize("consent", [True, False])
def test_contact_asks_for_care_without_consent_or_a_plain_way(channel: str, consent: bool) -> None:
    row = one(woman(), safety=[assessment(contact_channel=channel, contact_consent=consent)])
    plain = channel in ("call", "message_with_consent")
    assert row["with_care"] == (not consent or not plain)


def test_the_latest_assessment_counts_and_none_that_is_still_to_come() -> None:
    alone = {"setting": "individual_only"}
    row = one(
        woman(),
        safety=[
            assessment(on="2026-10-31", **alone),
            assessment(on="2026-03-01"),
            assessment(on="2026-11-01"),
        ],
    )
    assert row["alone"]
    early = one(woman(), safety=[assessment(on="2026-11-01", **alone)])
    assert early[["alone", "with_care"]].isna().all()


def test_the_other_answers_leave_no_trace() -> None:
    calm = one(woman(), safety=[assessment()])
    answers = dict.fromkeys(("protected_witness", "judicial_process"), "yes")
    assert one(woman(), safety=[assessment(**answers)]).equals(calm)


@pytest.mark.parametrize("said", ["yes", "unknown"])
@pytest.mark.parametrize("name", DANGERS)
def test_an_assessment_is_to_be_looked_at_and_never_why(name: str, said: str) -> None:
    calm = one(woman(), safety=[assessment()])
    assert not calm["to_look_at"]
    told = one(woman(), safety=[assessment(**{name: said})])
    assert told["to_look_at"]
    others = dict.fromkeys(DANGERS, "yes")
    assert told.equals(one(woman(), safety=[assessment(**others)]))
    assert told.equals(one(woman(), safety=[assessment(on="2026-08-02")]))


@pytest.mark.parametrize(("day", "old"), [("2026-08-02", True), ("2026-08-03", False)])
def test_an_assessment_of_ninety_days_is_to_be_looked_at(day: str, old: bool) -> None:
    assert one(woman(), safety=[assessment(on=day)])["to_look_at"] == old


def test_danger_noted_since_the_month_is_not_kept_back() -> None:
    since = assessment(on="2026-11-03", threatened_recently="yes")
    assert one(woman(), safety=[assessment(), since])["to_look_at"]
    calm = assessment(on="2026-11-03")
    assert not one(woman(), safety=[assessment(), calm])["to_look_at"]


@pytest.mark.parametrize("setting", Setting.codes())
@pytest.mark.parametrize("can_share", ["yes", "no", "unknown"])
def test_sessions_alone_is_whom_the_practice_check_keeps_apart(
    setting: str, can_share: str
) -> None:
    tables = registry(
        women=[woman()],
        professionals=[professional()],
        activities=[activity(format="individual")],
        sessions=[session("S-1", "2026-10-12T10:00", "2026-10-12T11:00")],
        attendance=[came("S-1")],
        safety=[assessment(setting=setting, can_share_space=can_share)],
    )
    checks = metric(tables, "practice.checks").set_index("check")
    kept_apart = checks.loc["half_hour", "denominator"] == 1
    assert found(tables).loc["W-1", "alone"] == kept_apart


def test_the_columns_are_these_and_hold_no_code_no_number_and_no_answer(team: Tables) -> None:
    rows = cases(team, LAST_MONTH, pseudonyms(team.women, KEY))
    assert rows.dtypes.astype("str").to_dict() == COLUMNS
    cells = set(rows.astype("str").to_numpy().ravel())
    assert not cells & set(team.women["woman"])
    assert not cells & set(team.women["birth_year"].dropna().astype("str"))
    assert "cases" not in METRICS


def test_nobody_accompanied_makes_an_empty_table_of_the_same_shape() -> None:
    tables = registry(women=[woman(left_on="2026-02-01")], safety=[assessment()])
    rows, measured = protected_cases(tables, OCTOBER, pseudonyms(tables.women, KEY), 5)
    assert rows.empty
    assert rows.dtypes.astype("str").to_dict() == COLUMNS
    assert (measured.k, measured.l) == (0, 0)


def test_every_word_has_a_place_in_its_hierarchy() -> None:
    assert list(PERMITS) == ResidenceStatus.codes()
    assert list(HOMES) == Housing.codes()
    assert words(PERMITS)(pd.Series(ResidenceStatus.codes())).notna().all()


def test_a_coarser_word_is_not_also_a_finer_one() -> None:
    """Or a page would give it the label of the finer one."""
    assert not set(PERMITS.values()) & set(PERMITS) - {"none", "unknown"}
    assert not set(HOMES.values()) & set(HOMES) - {"insecure", "unknown"}


@pytest.mark.parametrize("k", [1, 2, 3, 5, 10])
def test_as_many_rows_look_alike_as_an_audience_asks_for(team: Tables, k: int) -> None:
    names = pseudonyms(team.women, KEY)
    rows, measured = protected_cases(team, LAST_MONTH, names, k)
    quasi = list(hierarchies(k))
    assert measured == measure(rows, quasi, SENSITIVE)
    assert measured.k >= k
    assert rows.groupby(quasi, dropna=False).size().min() == measured.k
    plain = cases(team, LAST_MONTH, names)
    assert rows.columns.equals(plain.columns)
    kept = ["woman", "entered_on", *SENSITIVE]
    pd.testing.assert_frame_equal(rows[kept], plain[kept])
    if k == 1:
        pd.testing.assert_frame_equal(rows, plain)


def test_fewer_women_than_must_look_alike_are_refused() -> None:
    tables = registry(women=[woman("W-1"), woman("W-2")])
    with pytest.raises(CopehopeError, match="smaller k"):
        protected_cases(tables, OCTOBER, pseudonyms(tables.women, KEY), 3)


def test_what_is_said_of_a_woman_is_declared_in_the_schema() -> None:
    declared = {name for table in ("women", "safety") for name in TABLES[table].columns}
    made = {"age", "children", "alone", "with_care", "to_look_at"}
    assert set(COLUMNS) - made <= declared
