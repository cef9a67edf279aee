"""The oracles themselves, on cases that are worked out by hand from the definitions."""

import datetime as dt
import math
from dataclasses import replace

import pytest

from copehope_lib.settings import Itineraries, Settings
from copehope_lib.vocabulary import Area
from tests.metrics.oracles import change, engagement, oracle
from tests.metrics.oracles.rows import (
    Action,
    Activity,
    Assessment,
    Assignment,
    Attendance,
    Goal,
    GoalEvent,
    Professional,
    Review,
    Row,
    Rows,
    Session,
    Span,
    Stay,
    minutes,
    wilson,
)

OCTOBER = Span(dt.date(2026, 10, 1))
SETTINGS = Settings()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def session(code: str, starts: str, ends: str = "", **cells: str) -> Session:
    begin = dt.datetime.fromisoformat(starts)
    end = dt.datetime.fromisoformat(ends) if ends else begin + dt.timedelta(hours=1)
    return Session(code, cells.pop("activity", "A-1"), begin, end, **cells)


def visits(*each: tuple[str, str], woman: str = "W-1", entered: str = "2026-01-01") -> Rows:
    """One woman and a session of her own for each (day, status)."""
    return Rows(
        women=[Stay(woman, day(entered))],
        activities=[Activity("A-1")],
        sessions=[session(f"S-{n}", f"{on}T10:00") for n, (on, _) in enumerate(each)],
        attendance=[Attendance(f"S-{n}", woman, status) for n, (_, status) in enumerate(each)],
    )


def result(name: str, rows: Rows, settings: Settings = SETTINGS, span: Span = OCTOBER) -> list[Row]:
    return oracle(name)(rows, span, settings)


def check(name: str, rows: Rows) -> tuple[int, int]:
    """Numerator and denominator of one check of practice."""
    row = next(row for row in result("practice.checks", rows) if row["check"] == name)
    return row["numerator"], row["denominator"]


def test_a_period_knows_its_days_and_the_one_before_it() -> None:
    quarter = Span(dt.date(2026, 1, 1), 3)
    assert (quarter.last, quarter.previous) == (day("2026-03-31"), Span(day("2025-10-01"), 3))
    assert len(Span(day("2028-02-01")).days) == 29
    assert day("2026-10-31") in OCTOBER
    assert day("2026-11-01") not in OCTOBER


def test_intervals_are_those_of_the_published_formulas() -> None:
    # Newcombe (1998), Statistics in Medicine 17: 56/70 against 48/80, method 10.
    assert change.newcombe((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    # Newcombe (1998), Statistics in Medicine 17: 81 of 263, score interval.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)


def test_survival_is_that_of_the_freireich_trial() -> None:
    # 6-MP arm of Freireich et al. (1963), the example of every textbook.
    events, censored = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32]
    durations = [engagement.Duration(time, happened=True) for time in events]
    durations += [engagement.Duration(time, happened=False) for time in [*censored, 32, 34, 35]]
    share, greenwood = engagement.survival(durations, 10)
    assert share == pytest.approx(0.7529, abs=5e-5)
    assert share * math.sqrt(greenwood) == pytest.approx(0.0963, abs=5e-5)
    assert engagement.survival(durations, 23)[0] == pytest.approx(0.4482, abs=5e-5)


def test_minutes_are_real_when_the_clocks_change() -> None:
    spring = session("S-1", "2026-03-29T01:30", "2026-03-29T03:30")
    autumn = session("S-2", "2026-10-25T01:30", "2026-10-25T03:30")
    assert (minutes(spring, SETTINGS), minutes(autumn, SETTINGS)) == (60, 180)


def test_a_woman_weighs_by_her_stay_and_a_function_is_shared() -> None:
    rows = Rows(
        women=[Stay("W-1", day("2026-10-17"), residence_status="none", children_in_care=2)],
        professionals=[Professional("P-1", fte=0.5), Professional("P-2", fte=0)],
        assignments=[
            Assignment("W-1", "P-1", "legal", day("2026-01-01")),
            Assignment("W-1", "P-2", "legal", day("2026-01-01")),
            Assignment("W-1", "P-1", "work", day("2026-01-01")),
        ],
    )
    first, second = result("caseload.load", rows)
    assert first["women_average"] == second["women_average"] == 15 / 31
    assert (first["points"], first["load"]) == (2.25, 0.225)
    assert (second["points"], second["load"]) == (0.75, None)


def test_a_reference_person_who_follows_into_the_next_stay_is_no_change() -> None:
    rows = Rows(
        women=[
            Stay("W-1", day("2026-01-01"), day("2026-06-01")),
            Stay("W-1", day("2026-08-01")),
        ],
        professionals=[Professional("P-1"), Professional("P-2")],
        assignments=[
            Assignment("W-1", "P-1", "reference", day("2026-01-01"), day("2026-09-01")),
            Assignment("W-1", "P-2", "reference", day("2026-09-01")),
        ],
    )
    assert [row["women"] for row in result("caseload.reference", rows)] == [0, 1, 0]
    six_months_on, later = Span(day("2027-02-01")), Span(day("2027-03-01"))
    found = result("caseload.reference", rows, span=six_months_on)
    assert [row["women"] for row in found] == [0, 1, 0]
    found = result("caseload.reference", rows, span=later)
    assert [row["women"] for row in found] == [1, 0, 0]


def test_a_pause_begins_after_the_days_of_a_pause_and_ends_when_she_comes() -> None:
    rows = visits(("2026-09-01", "attended"), ("2026-09-10", "missed"), ("2026-09-23", "attended"))
    assert result("engagement.pauses", rows) == [
        {
            "woman": "W-1",
            "entered_on": day("2026-01-01"),
            "since": day("2026-09-01"),
            "paused_on": day("2026-09-23"),
            "returned_on": day("2026-09-23"),
        }
    ]
    assert result("engagement.movements", rows)[1]["women"] == 0


def test_she_who_never_came_pauses_from_her_first_invitation() -> None:
    (pause,) = result("engagement.pauses", visits(("2026-10-05", "excused")))
    assert pause["paused_on"] == day("2026-10-27")
    assert result("engagement.pauses", visits(("2026-10-10", "missed"))) == []


def test_a_week_is_observed_when_its_last_day_is_over() -> None:
    # Entered on the 5th: weeks end on the 11th, 18th, 25th; the fourth on 1 November.
    rows = visits(("2026-10-06", "attended"), ("2026-10-20", "missed"), entered="2026-10-05")
    weeks = result("engagement.retention", rows)[:4]
    assert [row["observed"] for row in weeks] == [1, 1, 1, 0]
    assert [row["engaged"] for row in weeks] == [1, 1, 1, 0]
    assert [row["share"] for row in weeks] == [1, 1, 1, None]


def test_who_has_not_paused_is_at_risk_up_to_her_last_day() -> None:
    # Day 21 of her stay is over on 31 October: 31 − 11 + 1 = 21.
    rows = visits(("2026-10-12", "attended"), entered="2026-10-11")
    weeks = result("engagement.time_to_pause", rows)
    assert [row["at_risk"] for row in weeks[:4]] == [1, 1, 1, 0]
    assert [row["share"] for row in weeks[:4]] == [1, 1, 1, None]
    assert weeks[0]["low"] is None


def test_who_came_back_on_the_first_day_of_a_pause_came_back_at_once() -> None:
    rows = visits(
        ("2026-08-01", "attended"), ("2026-08-10", "missed"), ("2026-08-23", "attended"),
        ("2026-08-25", "missed"),
    )  # fmt: skip
    first = result("engagement.time_to_return", rows)[0]
    # Two pauses: back after 0 days; since 14 September, 48 days up to 31 October.
    assert (first["at_risk"], first["returned"], first["share"]) == (1, 1, 0.5)
    # S = 1/2, Greenwood 1/(2·1): 0.5 ** exp(∓1.96 · √0.5 / ln 2), turned around.
    error = 1.959963984540054 * math.sqrt(0.5) / math.log(2)
    assert first["low"] == pytest.approx(1 - 0.5 ** math.exp(-error))
    assert first["high"] == pytest.approx(1 - 0.5 ** math.exp(error))


def test_a_goal_is_in_the_state_of_its_last_event_that_is_no_revision() -> None:
    rows = Rows(
        women=[Stay("W-1", day("2026-01-01"))],
        goals=[
            Goal("G-1", "W-1", "work", "her", day("2026-09-01")),
            Goal("G-2", "W-1", "housing", "required", day("2026-10-02")),
        ],
        goal_events=[
            GoalEvent("G-1", day("2026-10-03"), "revised"),
            GoalEvent("G-1", day("2026-09-03"), "paused", -1),
            GoalEvent("G-1", day("2026-09-03"), "step", 1),
            GoalEvent("G-1", day("2026-11-01"), "achieved", 2),
            GoalEvent("G-2", day("2026-10-02"), "started", 0),
        ],
    )
    first, second = result("itineraries.goals", rows)
    assert (first["state"], first["last_on"], first["attainment"]) == (
        "paused",
        day("2026-10-03"),
        -1,
    )
    flows = [row for row in result("itineraries.flows", rows) if row["goals"]]
    assert [(row["before"], row["after"]) for row in flows] == [
        ("not_set", "under_way"),
        ("paused", "paused"),
    ]
    assert second["state"] == "under_way"
    # Σwx = 2·(−1) + 1·0, √(0.7·5 + 0.3·9) = √6.2
    weighed = Settings(itineraries=Itineraries(rho=0.3, weights={Area.WORK: 2.0}))
    (row,) = result("itineraries.attainment", rows, weighed)
    assert row["t"] == pytest.approx(50 - 20 / math.sqrt(6.2))


def test_a_need_is_better_or_worse_only_where_both_are_known() -> None:
    rows = Rows(
        women=[Stay("W-1", day("2026-01-01")), Stay("W-2", day("2026-01-01"))],
        needs=[
            Review("W-1", day("2026-09-30"), "food", "partly"),
            Review("W-1", day("2026-10-31"), "food", "covered"),
            Review("W-2", day("2026-09-30"), "food", "unknown"),
            Review("W-2", day("2026-10-01"), "food", "covered"),
        ],
    )
    moved = [row for row in result("needs.changes", rows) if row["women"]]
    assert moved == [{"need": "food", "change": "improved", "women": 1}]
    food = result("change.coverage", rows)[1]
    assert (food["before"], food["before_of"], food["now"], food["now_of"]) == (0, 1, 2, 2)


def at_the_door(other_starts: str, other_ends: str, starts: str, ends: str) -> Rows:
    """She who comes alone, and another woman at another session in that place."""
    entered = day("2026-01-01")
    return Rows(
        women=[Stay("W-1", entered), Stay("W-2", entered)],
        activities=[Activity("A-1", format="individual")],
        sessions=[session("S-1", starts, ends), session("S-2", other_starts, other_ends)],
        attendance=[Attendance("S-1", "W-1"), Attendance("S-2", "W-2", "missed")],
        safety=[Assessment("W-1", day("2026-02-01"), setting="individual_only")],
    )


def test_half_an_hour_between_two_women_is_enough_and_a_minute_less_is_not() -> None:
    near = ("2026-10-05T10:00", "2026-10-05T10:31", "2026-10-05T11:00", "2026-10-05T12:00")
    assert check("half_hour", at_the_door(*near)) == (0, 1)
    enough = ("2026-10-05T10:00", "2026-10-05T10:30", "2026-10-05T11:00", "2026-10-05T12:00")
    assert check("half_hour", at_the_door(*enough)) == (1, 1)
    found = result("practice.findings", at_the_door(*near))
    assert {"check": "half_hour", "woman": "W-1", "code": "S-1", "other": "S-2"} in found


def test_half_an_hour_is_real_when_the_clocks_change() -> None:
    night = ("2026-10-25T00:30", "2026-10-25T01:50", "2026-10-25T03:00", "2026-10-25T04:00")
    assert check("half_hour", at_the_door(*night)) == (1, 1)
    night = ("2026-03-29T00:30", "2026-03-29T01:50", "2026-03-29T03:00", "2026-03-29T04:00")
    march = result("practice.checks", at_the_door(*night), span=Span(day("2026-03-01")))
    assert (march[3]["numerator"], march[3]["denominator"]) == (0, 1)


def test_assessments_hold_89_days_and_reviews_of_needs_59() -> None:
    entered = day("2026-01-01")
    rows = Rows(
        women=[Stay("W-1", entered), Stay("W-2", entered), Stay("W-3", entered)],
        safety=[
            Assessment("W-1", day("2026-08-03")),  # 89 days before 31 October
            Assessment("W-2", day("2026-08-02"), threatened_recently="unknown"),
        ],
        needs=[
            Review("W-1", day("2026-09-02"), "food", "partly"),
            Review("W-2", day("2026-09-01"), "food", "partly"),
        ],
    )
    assert check("risk_assessed", rows) == (1, 3)
    assert check("six_answers", rows) == (1, 2)
    assert check("contact_agreed", rows) == (2, 3)
    assert check("needs_reviewed", rows) == (1, 3)


def test_what_is_asked_from_a_day_on_is_asked_on_that_day() -> None:
    day_of_both = day("2026-10-05")
    rows = Rows(
        women=[Stay("W-1", day("2026-01-01"), children_in_care=2)],
        professionals=[Professional("P-1", external=True, trafficking_training_on=day_of_both)],
        activities=[Activity("A-1", format="group", childcare=True)],
        sessions=[session("S-1", "2026-10-05T10:00"), session("S-2", "2026-10-04T10:00")],
        attendance=[Attendance("S-1", "W-1", "missed")],
        safety=[Assessment("W-1", day_of_both, setting="individual_only")],
    )
    assert check("alone_means_alone", rows) == (0, 1)
    # The session of the 4th, at which nobody was expected, is the first one of P-1.
    assert check("externals_trained", rows) == (0, 1)
    only_one = replace(rows, sessions=rows.sessions[:1])
    assert check("externals_trained", only_one) == (1, 1)
    assert check("childcare", rows) == (1, 1)
    assert check("transport", rows) == (0, 1)


def test_places_are_taken_by_women_and_never_by_more_than_there_are() -> None:
    rows = Rows(
        activities=[Activity("A-1", places=2), Activity("A-2", places=0)],
        sessions=[session("S-1", "2026-10-05T10:00"), session("S-2", "2026-07-05T10:00")],
        attendance=[
            Attendance("S-1", "W-1"),
            Attendance("S-2", "W-1"),
            Attendance("S-2", "W-2", "partly"),
            Attendance("S-2", "W-3"),
        ],
    )
    assert check("places_taken", rows) == (2, 2)
    assert check("group_size", rows) == (0, 1)
    assert check("session_length", rows) == (1, 1)


def test_supervision_is_asked_for_since_the_first_month_of_anyone() -> None:
    rows = Rows(
        women=[Stay("W-1", day("2026-08-31"))],
        actions=[
            Action("D-1", day("2026-09-30"), day("2026-10-31")),
            Action("D-2", day("2026-09-01"), day("2026-11-01")),
            Action("D-3", day("2026-07-01")),
        ],
    )
    assert check("supervision_held", rows) == (1, 3)
    assert check("actions_done", rows) == (1, 2)
    months = [
        row["code"]
        for row in result("practice.findings", rows)
        if row["check"] == "supervision_held"
    ]
    assert months == ["2026-08", "2026-10"]


def test_a_change_is_clear_where_its_interval_excludes_nothing_changed() -> None:
    rows = visits(
        *((f"2026-09-{n:02}", "missed") for n in range(1, 9)),
        *((f"2026-10-{n:02}", "attended") for n in range(1, 9)),
    )
    everything, language = result("change.attendance", rows)
    assert (everything["difference"], everything["clear"]) == (1, True)
    assert (language["scope"], language["before_of"]) == ("language", 8)
