"""Practice checks, by hand: what is looked at, what holds, what is found."""

import pandas as pd
import pytest

from copehope_lib.metrics.practice import CHECKS
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.tables import Tables
from tests.metrics.build import (
    OCTOBER,
    Row,
    activity,
    assessment,
    came,
    changed,
    metric,
    professional,
    registry,
    session,
    woman,
)

ALONE = activity("A-2", format="individual", module="psychological_support")


def team(**tables: list[Row]) -> Tables:
    """One woman, one professional, a group and sessions alone; nothing has happened yet."""
    base = {
        "women": [woman()],
        "professionals": [professional()],
        "activities": [activity(), ALONE],
    }
    return registry(**base | tables)


def check(tables: Tables, name: str, month: pd.Period = OCTOBER) -> tuple[int, int]:
    row = metric(tables, "practice.checks", month).set_index("check").loc[name]
    return int(row["numerator"]), int(row["denominator"])


def found(tables: Tables, name: str) -> list[list[str | None]]:
    table = metric(tables, "practice.findings")
    rows = table.loc[table["check"] == name, ["woman", "code", "other"]]
    return rows.astype("object").where(rows.notna(), None).to_numpy().tolist()


def test_the_numbers_and_the_words_are_of_the_same_checks_in_the_same_order() -> None:
    assert list(CHECKS) == list(RECOMMENDATIONS)
    assert len(CHECKS) >= 19


def test_where_there_is_nothing_to_check_the_denominator_is_zero() -> None:
    table = metric(registry(), "practice.checks")
    assert table["check"].tolist() == list(CHECKS)
    assert table[["numerator", "denominator"]].to_numpy().tolist() == [[0, 0]] * len(CHECKS)


@pytest.mark.parametrize(
    ("on", "numerator"),
    [("2026-10-31", 1), ("2026-08-03", 1), ("2026-08-02", 0), ("2026-11-01", 0)],
)
def test_an_assessment_is_recent_for_less_than_90_days(on: str, numerator: int) -> None:
    assert check(team(safety=[assessment(on=on)]), "risk_assessed") == (numerator, 1)


def test_one_answer_that_is_not_known_leaves_an_assessment_open() -> None:
    tables = team(
        women=[woman(), woman("W-2"), woman("W-3")],
        safety=[assessment(), assessment("W-2", protected_witness="unknown")],
    )
    assert check(tables, "six_answers") == (1, 2)
    assert found(tables, "six_answers") == [["W-2", None, None]]


@pytest.mark.parametrize(
    ("day", "format", "status", "numerator"),
    [
        ("2026-10-20", "group", "attended", 0),
        ("2026-10-20", "online_group", "missed", 0),
        ("2026-10-20", "individual", "attended", 1),
        ("2026-10-20", "group", "cancelled_by_us", 1),
        ("2026-10-10", "group", "attended", 0),
        ("2026-10-09", "group", "attended", 1),
        ("2026-11-02", "group", "attended", 1),
    ],
)
def test_a_group_from_the_day_of_the_assessment_on_is_no_being_alone(
    day: str, format: str, status: str, numerator: int
) -> None:
    tables = team(
        safety=[assessment(on="2026-10-10", setting="individual_only")],
        activities=[activity(format=format)],
        sessions=[session("S-1", f"{day}T10:00", f"{day}T11:00")],
        attendance=[came("S-1", status=status)],
    )
    assert check(tables, "alone_means_alone") == (numerator, 1)


def side_by_side(starts: str, ends: str, place: str = "R-1", **other: object) -> Tables:
    """W-1, who should meet nobody, from 10:00 to 11:00, and W-2 at another time."""
    return team(
        women=[woman(), woman("W-2")],
        safety=[assessment(can_share_space="no"), assessment("W-2")],
        sessions=[
            session("S-1", "2026-10-05T10:00", "2026-10-05T11:00", activity="A-2"),
            session(
                "S-2", f"2026-10-05T{starts}", f"2026-10-05T{ends}", activity="A-2", place=place
            ),
        ],
        attendance=[came("S-1"), came("S-2", **{"woman": "W-2"} | other)],
    )


@pytest.mark.parametrize(
    ("starts", "ends", "numerator"),
    [("11:30", "12:00", 1), ("11:29", "12:00", 0), ("09:00", "09:30", 1),
     ("09:00", "09:31", 0), ("10:15", "10:45", 0), ("10:00", "11:00", 0)],
)  # fmt: skip
def test_thirty_minutes_between_two_sessions_are_enough_and_29_are_not(
    starts: str, ends: str, numerator: int
) -> None:
    tables = side_by_side(starts, ends)
    assert check(tables, "half_hour") == (numerator, 1)
    assert found(tables, "half_hour") == ([] if numerator else [["W-1", "S-1", "S-2"]])


def test_another_place_and_her_own_next_session_and_a_cancelled_one_are_no_meeting() -> None:
    assert check(side_by_side("11:00", "12:00", place="R-2"), "half_hour") == (1, 1)
    assert check(side_by_side("11:00", "12:00", woman="W-1"), "half_hour") == (2, 2)
    cancelled = side_by_side("11:00", "12:00", status="cancelled_by_us")
    assert check(cancelled, "half_hour") == (1, 1)


def test_the_half_hour_is_one_of_the_clock_when_clocks_change() -> None:
    # From 01:30 to 03:10 in the night of 29 March 40 minutes pass; to S-3 there are 15.
    tables = team(
        women=[woman(), woman("W-2")],
        safety=[assessment(on="2026-03-01", setting="individual_only")],
        sessions=[
            session("S-1", "2026-03-29T01:00", "2026-03-29T01:30", activity="A-2"),
            session("S-2", "2026-03-29T03:10", "2026-03-29T04:00", activity="A-2"),
            session("S-3", "2026-03-29T00:15", "2026-03-29T00:45", activity="A-2"),
        ],
        attendance=[came("S-1"), came("S-2", "W-2"), came("S-3", "W-2")],
    )
    march = pd.Period("2026-03", "M")
    assert check(tables, "half_hour", march) == (0, 1)
    # From 01:50 to 03:19 there are 29 minutes, to 03:20 half an hour.
    later = [
        session("S-1", "2026-03-29T01:30", "2026-03-29T01:50", activity="A-2"),
        session("S-2", "2026-03-29T03:19", "2026-03-29T04:00", activity="A-2"),
    ]
    apart = changed(tables, sessions=later, attendance=[came("S-1"), came("S-2", "W-2")])
    assert check(apart, "half_hour", march) == (0, 1)
    exactly = [later[0], later[1] | {"starts_at": "2026-03-29T03:20"}]
    assert check(changed(apart, sessions=exactly), "half_hour", march) == (1, 1)


def test_contact_is_agreed_where_the_consent_is_signed() -> None:
    tables = team(
        women=[woman(), woman("W-2"), woman("W-3")],
        safety=[assessment(), assessment("W-2", contact_consent=False)],
    )
    assert check(tables, "contact_agreed") == (1, 3)
    assert found(tables, "contact_agreed") == [["W-2", None, None], ["W-3", None, None]]


@pytest.mark.parametrize(("on", "numerator"), [("2026-09-02", 1), ("2026-09-01", 0)])
def test_a_review_is_recent_for_less_than_60_days(on: str, numerator: int) -> None:
    needs = [{"woman": "W-1", "reviewed_on": on, "need": "food", "coverage": "covered"}]
    assert check(team(needs=needs), "needs_reviewed") == (numerator, 1)


HELD = {
    "sessions": [session("S-1", "2026-10-05T10:00", "2026-10-05T11:30")],
    "attendance": [came("S-1", status="missed")],
}


def test_childcare_is_looked_for_where_a_mother_was_expected_in_person() -> None:
    mothers = [woman(children_in_care=1)]
    without = [activity(childcare=False)]
    assert check(team(women=mothers, **HELD), "childcare") == (1, 1)
    assert check(team(women=mothers, activities=without, **HELD), "childcare") == (0, 1)
    assert check(team(activities=without, **HELD), "childcare") == (0, 0)
    online = [activity(childcare=False, format="online_group")]
    assert check(team(women=mothers, activities=online, **HELD), "childcare") == (0, 0)


def test_transport_is_looked_for_in_activities_in_person_that_were_held() -> None:
    tables = team(activities=[activity(transport_support=False), ALONE], **HELD)
    assert check(tables, "transport") == (0, 1)
    assert found(tables, "transport") == [[None, "A-1", None]]


@pytest.mark.parametrize(("size", "numerator"), [(4, 0), (5, 1), (10, 1), (11, 0)])
def test_a_group_is_of_five_to_ten_women_who_came(size: int, numerator: int) -> None:
    women = [f"W-{n}" for n in range(1, 13)]
    tables = team(
        women=[woman(code) for code in women],
        sessions=HELD["sessions"],
        attendance=[
            came("S-1", code, "partly" if n < size else "missed") for n, code in enumerate(women)
        ],
    )
    assert check(tables, "group_size") == (numerator, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "numerator"),
    [("2026-10-05T10:00", "2026-10-05T11:30", 1), ("2026-10-05T10:00", "2026-10-05T11:31", 0),
     ("2026-10-25T01:30", "2026-10-25T03:00", 0), ("2026-10-25T03:00", "2026-10-25T04:30", 1)],
)  # fmt: skip
def test_ninety_minutes_are_what_really_passed(starts: str, ends: str, numerator: int) -> None:
    tables = team(sessions=[session("S-1", starts, ends)], attendance=[came("S-1")])
    assert check(tables, "session_length") == (numerator, 1)


@pytest.mark.parametrize(
    ("trained", "numerator"), [("2026-10-05", 1), ("2026-10-06", 0), (None, 0)]
)
def test_an_external_is_trained_by_the_day_of_the_first_session(
    trained: str | None, numerator: int
) -> None:
    external = professional(external=True, trafficking_training_on=trained)
    tables = team(professionals=[external], **HELD)
    assert check(tables, "externals_trained") == (numerator, 1)
    assert check(team(**HELD), "externals_trained") == (0, 0)


def test_an_activity_that_reached_more_women_than_planned_counts_as_full() -> None:
    women = [woman(f"W-{n}") for n in range(1, 4)]
    tables = team(
        women=women,
        activities=[activity(places=2), activity("A-2", places=5)],
        sessions=[
            session("S-1", "2026-10-05T10:00", "2026-10-05T11:00"),
            session("S-2", "2026-10-06T10:00", "2026-10-06T11:00", activity="A-2"),
            session("S-3", "2026-09-01T10:00", "2026-09-01T11:00", activity="A-2"),
        ],
        attendance=[
            *(came("S-1", f"W-{n}") for n in range(1, 4)),
            came("S-2", status="missed"), came("S-3"),
        ],
    )  # fmt: skip
    assert check(tables, "places_taken") == (2 + 1, 2 + 5)
    assert found(tables, "places_taken") == [[None, "A-2", None]]


def goal(code: str, chosen_by: str, **columns: object) -> Row:
    return {
        "goal": code, "woman": "W-1", "area": "emotional", "chosen_by": chosen_by,
        "set_on": "2026-09-01", **columns,
    }  # fmt: skip


def test_open_goals_are_hers_when_she_chose_them_or_took_part() -> None:
    tables = team(
        goals=[goal("G-1", "her"), goal("G-2", "together"), goal("G-3", "professional"),
               goal("G-4", "required")],
        goal_events=[{"goal": "G-4", "on": "2026-10-01", "event": "set_aside"}],
    )  # fmt: skip
    assert check(tables, "goals_hers") == (2, 3)
    assert found(tables, "goals_hers") == [["W-1", "G-3", None]]


@pytest.mark.parametrize(
    ("goals", "numerator"),
    [([], 0), ([goal("G-1", "professional")], 0), ([goal("G-1", "together")], 1),
     ([goal("G-1", "her", area="health")], 0), ([goal("G-1", "her", set_on="2026-11-01")], 0)],
)  # fmt: skip
def test_a_therapy_is_chosen_where_she_has_an_emotional_goal_of_her_own(
    goals: list[Row], numerator: int
) -> None:
    tables = team(
        sessions=[session("S-1", "2026-10-05T10:00", "2026-10-05T11:00", activity="A-2")],
        attendance=[came("S-1")],
        goals=goals,
    )
    assert check(tables, "therapy_chosen") == (numerator, 1)


def action(code: str, decided_on: str, done_on: str | None = None) -> Row:
    return {
        "action": code, "decided_on": decided_on, "text": "Ask for a room", "owner": "P-1",
        "done_on": done_on, "dimension": "professionals",
    }  # fmt: skip


def test_supervision_is_held_in_months_in_which_something_was_decided() -> None:
    decided = [action("D-1", "2026-05-31"), action("D-2", "2026-10-31")]
    assert check(team(actions=decided), "supervision_held") == (2, 6)
    young = team(women=[woman(entered="2026-09-30")], actions=decided)
    assert check(young, "supervision_held") == (1, 2)
    assert found(young, "supervision_held") == [[None, "2026-09", None]]


def test_actions_of_the_month_before_are_done_by_the_end_of_this_one() -> None:
    actions = [
        action("D-1", "2026-09-01", "2026-10-31"),
        action("D-2", "2026-09-30", "2026-11-01"),
        action("D-3", "2026-09-30"),
        action("D-4", "2026-10-01"),
        action("D-5", "2026-08-31"),
    ]
    tables = team(actions=actions)
    assert check(tables, "actions_done") == (1, 3)
    assert found(tables, "actions_done") == [[None, "D-2", None], [None, "D-3", None]]


def assigned(professional: str, function: str = "reference") -> Row:
    return {
        "woman": "W-1", "professional": professional, "function": function,
        "from_on": "2026-01-01",
    }  # fmt: skip


def test_three_profiles_and_more_than_one_person_stand_around_a_woman() -> None:
    people = [
        professional("P-1"), professional("P-2", profile="psychologist"),
        professional("P-3", profile="legal_adviser"),
    ]  # fmt: skip
    alone = team(professionals=people, assignments=[assigned("P-1"), assigned("P-1", "legal")])
    assert check(alone, "functions_shared") == (0, 1)
    assert check(alone, "three_profiles") == (0, 1)
    shared = [assigned("P-1"), assigned("P-2", "psychological"), assigned("P-3", "legal")]
    together = team(professionals=people, assignments=shared)
    assert check(together, "functions_shared") == (1, 1)
    assert check(together, "three_profiles") == (1, 1)


def test_a_woman_around_whom_nobody_stands_is_no_matter_of_sharing() -> None:
    assert check(team(), "functions_shared") == (0, 0)
    assert check(team(), "three_profiles") == (0, 1)


def left_out(tables: Tables) -> dict[str, int]:
    table = metric(tables, "practice.left_out")
    return dict(zip(table["check"], table["left_out"].tolist(), strict=True))


def day_alone(code: str, day: str, **columns: object) -> Row:
    return session(code, day, "2026-01-01T00:00", **columns) | {"ends_at": None}


def test_a_session_without_hours_is_neither_short_nor_long_and_is_counted_apart() -> None:
    # Of 90 minutes, of 91, and two of which the day alone is known.
    tables = team(
        sessions=[
            session("S-1", "2026-10-05T10:00", "2026-10-05T11:30"),
            session("S-2", "2026-10-06T10:00", "2026-10-06T11:31"),
            day_alone("S-3", "2026-10-07"),
            day_alone("S-4", "2026-10-08"),
        ],
        attendance=[came(f"S-{n}") for n in range(1, 5)],
    )
    assert check(tables, "session_length") == (1, 2)
    assert found(tables, "session_length") == [[None, "S-2", None]]
    assert left_out(tables) == {"session_length": 2}


def test_the_minutes_of_a_module_are_those_of_sessions_with_hours() -> None:
    sessions = [
        session("S-1", "2026-10-05T10:00", "2026-10-05T11:00"),
        session("S-2", "2026-10-06T10:00", "2026-10-06T10:40"),
        day_alone("S-3", "2026-10-07"),
    ]
    tables = team(sessions=sessions, attendance=[came(f"S-{n}") for n in range(1, 4)])
    (row,) = metric(tables, "engagement.modules").to_dict("records")
    assert (row["sessions"], row["minutes"]) == (3, 50.0)
    alone = changed(tables, sessions=sessions[2:], attendance=[came("S-3")])
    assert metric(alone, "engagement.modules")["minutes"].isna().tolist() == [True]
    assert left_out(alone) == {"session_length": 1}
    assert check(alone, "session_length") == (0, 0)


def apart(*others: Row) -> Tables:
    """W-1, who should meet nobody, from 10:00 to 11:00 in R-1, and sessions of W-2 that day."""
    own = session("S-1", "2026-10-05T10:00", "2026-10-05T11:00", activity="A-2")
    return team(
        women=[woman(), woman("W-2")],
        safety=[assessment(can_share_space="no")],
        sessions=[own, *others],
        attendance=[came("S-1"), *(came(each["session"], "W-2") for each in others)],
    )


NEAR = session("S-2", "2026-10-05T11:00", "2026-10-05T12:00", activity="A-2")
FAR = session("S-3", "2026-10-05T16:00", "2026-10-05T17:00", activity="A-2")
NO_HOURS = day_alone("S-4", "2026-10-05", activity="A-2")


@pytest.mark.parametrize(
    ("others", "counted", "left"),
    [
        ([NO_HOURS], (0, 0), 1),
        ([NO_HOURS | {"place": "R-2"}], (1, 1), 0),
        ([NO_HOURS | {"place": None}], (0, 0), 1),
        ([NO_HOURS | {"starts_at": "2026-10-06"}], (1, 1), 0),
        ([NEAR | {"place": None}], (0, 0), 1),
        ([FAR | {"place": None}], (1, 1), 0),
        # That one is too near is known, whatever the other is.
        ([NEAR, NO_HOURS], (0, 1), 0),
    ],
)
def test_another_session_without_hours_or_place_may_have_been_near(
    others: list[Row], counted: tuple[int, int], left: int
) -> None:
    tables = apart(*others)
    assert check(tables, "half_hour") == counted
    assert left_out(tables).get("half_hour", 0) == left


@pytest.mark.parametrize("lacks", [{"ends_at": None}, {"place": None}])
def test_her_own_session_without_hours_or_place_is_left_out(lacks: Row) -> None:
    tables = apart()
    own = session("S-1", "2026-10-05T10:00", "2026-10-05T11:00", activity="A-2")
    tables = changed(tables, sessions=[own | lacks])
    assert check(tables, "half_hour") == (0, 0)
    assert left_out(tables)["half_hour"] == 1


@pytest.mark.parametrize(
    ("name", "column"), [("childcare", "childcare"), ("transport", "transport_support")]
)
def test_an_activity_of_which_nobody_wrote_it_down_has_no_answer(name: str, column: str) -> None:
    tables = team(
        women=[woman(children_in_care=1)],
        activities=[
            activity("A-1", **{column: None}),
            activity("A-2", **{column: False}),
            activity("A-3", **{column: True}),
        ],
        sessions=[
            session(f"S-{n}", f"2026-10-0{n}T10:00", f"2026-10-0{n}T11:00", activity=f"A-{n}")
            for n in (1, 2, 3)
        ],
        attendance=[came(f"S-{n}") for n in (1, 2, 3)],
    )
    assert check(tables, name) == (1, 2)
    assert found(tables, name) == [[None, "A-2", None]]
    assert left_out(tables) == {name: 1}


def test_a_session_that_nobody_is_known_to_have_held_says_nothing_of_externals() -> None:
    external = professional(external=True, trafficking_training_on="2026-10-05")
    day = "2026-10-05"
    sessions = [
        session("S-1", f"{day}T10:00", f"{day}T11:00"),
        session("S-2", "2026-10-01T10:00", "2026-10-01T11:00", professional=None),
    ]
    tables = team(
        professionals=[external], sessions=sessions, attendance=[came("S-1"), came("S-2")]
    )
    assert check(tables, "externals_trained") == (1, 1)
    assert left_out(tables) == {"externals_trained": 1}


@pytest.mark.parametrize(
    ("columns", "counted", "left"),
    [
        ({"modular": False, "sessions_planned": 12}, (0, 1), 0),
        ({"modular": None, "sessions_planned": 12}, (0, 0), 1),
        ({"modular": False, "sessions_planned": None}, (0, 0), 1),
        ({"modular": None, "sessions_planned": 11}, (0, 0), 0),
        ({"modular": True, "sessions_planned": None}, (0, 0), 0),
        ({"modular": None, "sessions_planned": None, "module": "music"}, (0, 0), 0),
    ],
)
def test_a_training_that_may_be_long_is_left_out_with_the_women_in_it(
    columns: Row, counted: tuple[int, int], left: int
) -> None:
    needs = [
        {"woman": "W-1", "reviewed_on": "2026-10-01", "need": "food", "coverage": "not_covered"}
    ]
    tables = team(activities=[activity(**columns)], needs=needs, **HELD)
    assert check(tables, "needs_before_training") == counted
    assert left_out(tables).get("needs_before_training", 0) == left
    assert len(metric(tables, "needs.training")) == counted[1]
