"""What may deserve time: by hand, and beside the demo team's own tables."""

import pandas as pd
import pytest

from copehope_lib import demo, language
from copehope_lib.extract import Extract
from copehope_lib.readings.proposals import FAR_ABOVE, LONG_PAUSE, NEEDED, Reason, proposals
from tests.test_words import REFUSED

MONTH = pd.Period("2026-10", "M")
Tables = dict[str, pd.DataFrame]


def frame(columns: str, *rows: tuple[object, ...], days: str = "") -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=columns.split())
    return table.assign(**{day: pd.to_datetime(table[day]) for day in days.split()})


def pauses(*rows: tuple[object, ...]) -> Tables:
    table = frame("woman since returned_on", *rows, days="since returned_on")
    return {"engagement.pauses": table}


def paths(*rows: tuple[object, ...]) -> Tables:
    return {"itineraries.paths": frame("goal woman area on event", *rows, days="on")}


def cases(*rows: tuple[object, ...]) -> Tables:
    table = frame("woman alone to_look_at", *rows)
    return {"cases": table.astype({"alone": "boolean", "to_look_at": "boolean"})}


def functions(*rows: tuple[object, ...]) -> Tables:
    table = frame("woman carried_alone", *rows).astype({"carried_alone": "boolean"})
    return {"caseload.functions": table}


def loads(*rows: tuple[object, ...]) -> Tables:
    return {"caseload.load": frame("professional load", *rows).astype({"load": "Float64"})}


NOTHING = pauses() | paths() | functions() | loads() | cases()


def found(*tables: Tables) -> list[tuple[str, str]]:
    seen = dict(NOTHING)
    for more in tables:
        seen |= more
    table = proposals(seen, MONTH)
    assert list(table.columns) == ["kind", "about", "sentence"]
    return list(zip(table["about"], table["kind"], strict=True))


def test_where_there_is_nothing_to_say_there_is_no_row() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("since", "returned", "said"),
    [
        ("2026-09-01", "2026-10-14", True),  # 43 days
        ("2026-09-01", "2026-10-13", False),  # 42 days
        ("2026-07-01", "2026-10-01", True),
        ("2026-07-01", "2026-10-31", True),
        ("2026-07-01", "2026-09-30", False),
        ("2026-07-01", "2026-11-01", False),
        ("2026-07-01", None, False),
    ],
)
def test_a_long_pause_counts_where_it_ended_in_the_month(
    since: str, returned: str | None, said: bool
) -> None:
    expected = [("W-1", "long_pause_ended")] if said else []
    assert found(pauses(("W-1", since, returned))) == expected


def test_of_two_long_pauses_of_one_woman_the_later_is_told() -> None:
    two = pauses(("W-1", "2026-08-20", "2026-10-20"), ("W-1", "2026-07-01", "2026-10-02"))
    table = proposals(NOTHING | two, MONTH)
    assert table["sentence"].tolist() == [
        "She came on October 20 after 61 days away: what made that possible?"
    ]


def test_goals_set_aside_in_the_month_are_told_once_for_each_woman() -> None:
    rows = paths(
        ("G-1", "W-1", "work", "2026-10-05", "set_aside"),
        ("G-2", "W-1", "documents", "2026-10-31", "set_aside"),
        ("G-3", "W-1", "health", "2026-09-30", "set_aside"),
        ("G-4", "W-2", "health", "2026-10-05", "paused"),
        ("G-5", "W-3", "housing", "2026-10-01", "set_aside"),
        ("G-5", "W-3", "housing", "2026-10-20", "resumed"),
    )
    table = proposals(NOTHING | rows, MONTH)
    assert table["about"].tolist() == ["W-1", "W-3"]
    first, second = table["sentence"]
    assert first.startswith("2 goals were set aside this month (documents and work)")
    assert second.startswith("A goal was set aside this month (housing)")


def test_of_safety_the_same_is_said_whether_she_was_assessed_or_not() -> None:
    rows = cases(("W-1", False, True), ("W-2", True, False), ("W-3", None, True))
    assert found(rows) == [("W-1", "safety"), ("W-3", "safety")]
    table = proposals(NOTHING | rows, MONTH)
    assert len(set(table["sentence"])) == 1
    assert "Look at her assessment before the meeting" in table["sentence"][0]


def test_not_known_is_not_alone() -> None:
    rows = functions(("W-1", True), ("W-2", False), ("W-3", None))
    assert found(rows) == [("W-1", "carried_alone")]


@pytest.mark.parametrize(
    ("carried", "far"),
    [
        ([1.0, 1.0, 1.5], []),
        ([1.0, 1.0, 1.51], ["P-3"]),
        ([2.0, 0.4, 0.4, 2.0], ["P-1", "P-4"]),
        ([1.0, 3.0, None, None], []),  # the median is 2
        ([0.0, 0.0, 0.8], []),
        ([2.0], []),
        ([None], []),
    ],
)
def test_a_load_is_far_above_beside_the_median_of_those_that_are_known(
    carried: list[float | None], far: list[str]
) -> None:
    rows = loads(*((f"P-{n}", load) for n, load in enumerate(carried, start=1)))
    assert found(rows) == [(code, "load_far_above") for code in far]


def test_suggestions_stand_in_order_of_codes_whatever_their_weight() -> None:
    everything = (
        pauses(("W-2", "2026-01-01", "2026-10-05"), ("W-1", "2026-09-01", "2026-10-20")),
        paths(("G-1", "W-3", "work", "2026-10-05", "set_aside")),
        cases(("W-2", False, True), ("W-1", False, True)),
        functions(("W-2", True), ("W-3", False)),
        loads(("P-1", 1.0), ("P-2", 9.0), ("P-3", 1.0)),
    )
    assert found(*everything) == [
        ("P-2", "load_far_above"),
        ("W-1", "safety"),
        ("W-1", "long_pause_ended"),
        ("W-2", "safety"),
        ("W-2", "long_pause_ended"),
        ("W-2", "carried_alone"),
        ("W-3", "goal_set_aside"),
    ]


def test_what_is_given_is_left_as_it_was() -> None:
    rows = pauses(("W-1", "2026-07-01", "2026-10-05"))["engagement.pauses"]
    before = rows.copy()
    proposals(NOTHING | {"engagement.pauses": rows}, MONTH)
    pd.testing.assert_frame_equal(rows, before)


@pytest.fixture(scope="module")
def extract() -> Extract:
    return Extract(demo.workspace().extracts, "supervision")


def test_the_demo_team_gets_what_its_own_tables_say(extract: Extract) -> None:
    for month in extract.months:
        tables = {name: extract.table(name, month) for name in NEEDED}
        told = proposals(tables, month)
        counts = told["kind"].value_counts()
        back, happened, around, carried, women = (tables[name] for name in NEEDED)
        # By the text of the day, so that nothing here reckons months as the function does.
        now = back["returned_on"].astype("str").str.startswith(str(month))
        long = (back["returned_on"] - back["since"]) > pd.Timedelta(days=LONG_PAUSE)
        aside = happened[happened["on"].astype("str").str.startswith(str(month))]
        aside = aside[aside["event"] == "set_aside"]
        expected = {
            "safety": women["to_look_at"].sum(),
            "long_pause_ended": back[now & long]["woman"].nunique(),
            "goal_set_aside": aside["woman"].nunique(),
            "carried_alone": around["carried_alone"].sum(),
            "load_far_above": (carried["load"] > FAR_ABOVE * carried["load"].median()).sum(),
        }
        assert {kind: counts.get(kind, 0) for kind in Reason.codes()} == expected
        assert told["about"].is_monotonic_increasing
        assert not told.duplicated(["kind", "about"]).any()
    assert all(expected.values())


def test_sentences_are_plain_and_name_no_one(extract: Extract) -> None:
    table = proposals({name: extract.table(name, MONTH) for name in NEEDED}, MONTH)
    assert not table["sentence"].str.contains(REFUSED).any()
    assert not table["sentence"].str.contains(r"[WPG]-\w").any()
    assert table["sentence"].str.endswith("?").all()


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_a_day_is_written_as_the_language_does(
    spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "_current", spoken)
    table = proposals(NOTHING | pauses(("W-1", "2026-07-01", "2026-10-05")), MONTH)
    days = {"en": "October 5", "es": "5 de octubre", "ca": "5 d’octubre", "it": "5 ottobre"}
    assert days[spoken] in table["sentence"][0]
