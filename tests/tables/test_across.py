"""Where two tables contradict each other."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copehope_lib.demo.two_women import two_women
from copehope_lib.schema import TABLES
from copehope_lib.tables.across import across
from copehope_lib.workspace import Workspace
from tests.night import sample, tries

Place = tuple[str, str, str, int | None, str | None]


def add(small: Workspace, table: str, *rows: str) -> None:
    with (small.registry / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.writelines(row + "\n" for row in rows)


def change(small: Workspace, table: str, old: str, new: str) -> None:
    path = small.registry / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(small: Workspace) -> list[Place]:
    return [
        (one.id, one.severity, one.table, one.row, one.column) for one in small.tables().findings
    ]


def second_professional(small: Workspace) -> None:
    add(small, "professionals", "P-02,psychologist,1.0,no,,2025-01-01,")


def goal(small: Workspace, *events: str) -> None:
    """Write a goal set on 1 July, in row 2, and what happened to it, from row 2 on."""
    add(small, "goals", "G-1,W-001,documents,her,2026-07-01,")
    add(small, "goal_events", *(f"G-1,{event}," for event in events))


@pytest.mark.parametrize(
    ("table", "row", "place", "column"),
    sample(
        [
            ("assignments", "W-009,P-01,legal,2026-06-01,", 4, "woman"),
            ("goals", "G-1,W-009,documents,her,2026-07-01,", 2, "woman"),
            ("needs", "W-009,2026-10-12,food,covered", 2, "woman"),
            ("attendance", "S-6,W-009,attended,", 8, "woman"),
            ("assignments", "W-001,P-09,legal,2026-06-01,", 4, "professional"),
            (
                "sessions",
                "S-7,A-01,2026-10-27T10:00,2026-10-27T11:00,R-1,P-09",
                8,
                "professional",
            ),
            ("actions", "D-1,2026-10-01,Ask the school,P-09,,,best_practices", 2, "owner"),
            ("sessions", "S-7,A-09,2026-10-27T10:00,2026-10-27T11:00,R-1,P-01", 8, "activity"),
            ("attendance", "S-9,W-001,attended,", 8, "session"),
            ("goal_events", "G-9,2026-07-02,started,", 2, "goal"),
        ]
    ),
)
def test_a_code_that_no_table_declares_is_found_where_it_stands(
    small: Workspace, table: str, row: str, place: int, column: str
) -> None:
    add(small, table, row)
    assert found(small) == [("unknown_code", "error", table, place, column)]


def test_an_unknown_code_is_shown_with_the_table_that_lacks_it(small: Workspace) -> None:
    add(small, "attendance", "S-9,W-001,attended,")
    (finding,) = small.tables().findings
    assert finding.value == "S-9"
    assert "sessions" in finding.wrong


def test_a_session_before_she_entered_is_found(small: Workspace) -> None:
    add(small, "attendance", "S-4,W-002,attended,")
    assert found(small) == [("before_entering", "warning", "attendance", 8, "woman")]


def test_a_session_on_the_day_she_entered_is_fine(small: Workspace) -> None:
    change(small, "women", "W-001,Barcelona,2026-06-01", "W-001,Barcelona,2026-09-02")
    change(small, "assignments", "2026-06-01", "2026-09-02")
    assert found(small) == []


def test_a_session_on_the_day_she_left_is_after_leaving(small: Workspace) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,2026-10-12,moved")
    assert found(small) == [("after_leaving", "warning", "attendance", 5, "woman")]


def test_a_session_on_the_day_before_she_left_is_fine(small: Workspace) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,2026-10-13,moved")
    assert found(small) == []


def test_only_the_session_between_two_stays_is_outside(small: Workspace) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,2026-10-01,moved")
    add(small, "women", "W-001,Barcelona,2026-10-10,,,1998,,,,1")
    assert found(small) == [("after_leaving", "warning", "attendance", 4, "woman")]


def test_stays_may_be_written_in_any_order(small: Workspace) -> None:
    change(small, "women", "2026-06-01,,", "2026-10-10,,")
    add(small, "women", "W-001,Barcelona,2026-06-01,2026-10-01,moved,1998,,,,1")
    assert found(small) == [("after_leaving", "warning", "attendance", 4, "woman")]


def test_two_reference_persons_at_once_are_found_in_the_later_row(small: Workspace) -> None:
    second_professional(small)
    add(small, "assignments", "W-001,P-02,reference,2026-09-01,2026-12-01")
    assert found(small) == [("two_reference_persons", "warning", "assignments", 4, "from_on")]
    assert "row 2" in small.tables().findings[0].wrong


def test_a_reference_person_may_begin_on_the_day_the_other_ends(small: Workspace) -> None:
    second_professional(small)
    change(small, "assignments", "2026-06-01,", "2026-06-01,2026-09-01")
    add(small, "assignments", "W-001,P-02,reference,2026-09-01,")
    assert found(small) == []


def test_a_reference_person_a_day_too_early_is_found(small: Workspace) -> None:
    second_professional(small)
    change(small, "assignments", "2026-06-01,", "2026-06-01,2026-09-01")
    add(small, "assignments", "W-001,P-02,reference,2026-08-31,")
    assert found(small) == [("two_reference_persons", "warning", "assignments", 4, "from_on")]


def test_another_function_beside_the_reference_person_is_fine(small: Workspace) -> None:
    second_professional(small)
    add(small, "assignments", "W-001,P-02,legal,2026-07-01,")
    assert found(small) == []


def at_five_october(small: Workspace, start: str, end: str, status: str) -> None:
    """Expect W-001, who is at S-3 from 10:00 to 11:30, at a session of P-02 as well."""
    second_professional(small)
    add(small, "sessions", f"S-7,A-01,2026-10-05T{start},2026-10-05T{end},R-2,P-02")
    add(small, "attendance", f"S-7,W-001,{status},")


def test_two_stays_of_one_woman_at_once_are_found_in_the_later_one(small: Workspace) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,2026-10-20,moved")
    change(small, "assignments", "2026-06-01,", "2026-06-01,2026-10-20")
    add(small, "women", "W-001,Barcelona,2026-10-19,,,1998,,,,1")
    assert ("overlapping_stays", "warning", "women", 4, "entered_on") in found(small)
    change(small, "women", "2026-10-19", "2026-10-20")
    assert "overlapping_stays" not in {one[0] for one in found(small)}


def test_a_reason_for_leaving_asks_for_the_day(small: Workspace) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,,lost_contact")
    assert found(small) == [("reason_without_day", "warning", "women", 2, "left_on")]


@pytest.mark.parametrize(("year", "wrong"), [("2027", True), ("2015", True), ("2014", False)])
def test_a_woman_is_not_born_after_she_entered_or_a_child_by_then(
    small: Workspace, year: str, wrong: bool
) -> None:
    change(small, "women", "1998", year)
    due = [("born_too_late", "warning", "women", 2, "birth_year")]
    assert found(small) == (due if wrong else [])


def on(days: int) -> str:
    return f"{pd.Timestamp.now() + pd.Timedelta(days=days):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("table", "column", "row", "days"),
    sample(
        [
            ("women", "entered_on", "W-009,Vic,{},,,1990,,,,", 40),
            ("women", "left_on", "W-009,Vic,2026-01-01,{},moved,1990,,,,", 4 * 365),
            ("professionals", "started_on", "P-09,psychologist,1.0,no,,{},", 40),
            (
                "professionals",
                "trafficking_training_on",
                "P-09,psychologist,1,no,{},2025-01-01,",
                2,
            ),
            ("sessions", "starts_at", "S-7,A-01,{}T10:00,2036-10-27T11:00,R-1,P-01", 400),
            ("goals", "set_on", "G-1,W-001,documents,her,{},", 2),
            ("goal_events", "on", "G-1,{},started,", 2),
            ("needs", "reviewed_on", "W-001,{},food,covered", 2),
            ("safety", "assessed_on", "W-001,{},yes,no,no,no,no,no,group_welcome,call,yes", 2),
            ("actions", "decided_on", "D-1,{},Ask the school,P-01,,,best_practices", 2),
            ("actions", "done_on", "D-1,2026-09-01,Ask the school,P-01,,{},best_practices", 2),
            ("assignments", "from_on", "W-001,P-01,legal,{},", 40),
        ]
    ),
)
def test_what_has_happened_does_not_lie_in_the_future(
    small: Workspace, table: str, column: str, row: str, days: int
) -> None:
    add(small, table, row.format(on(days)))
    last = len((small.registry / f"{table}.csv").read_text("utf-8").splitlines())
    assert ("in_the_future", "warning", table, last, column) in found(small)


def test_what_is_planned_may_lie_in_the_future(small: Workspace) -> None:
    add(small, "sessions", f"S-7,A-01,{on(90)}T10:00,{on(90)}T11:00,R-1,P-01")
    add(small, "women", f"W-009,Vic,{on(20)},{on(400)},,1990,,,,")
    add(small, "goals", f"G-1,W-001,documents,her,2026-07-01,{on(500)}")
    add(small, "actions", f"D-1,2026-09-01,Ask the school,P-01,{on(30)},,best_practices")
    assert found(small) == []


def test_a_woman_has_not_come_to_a_session_of_the_future(small: Workspace) -> None:
    add(small, "sessions", f"S-7,A-01,{on(30)}T10:00,{on(30)}T11:00,R-1,P-01")
    add(small, "attendance", "S-7,W-001,attended,", "S-7,W-002,cancelled_by_us,")
    assert found(small) == [("in_the_future", "warning", "attendance", 8, "session")]


@pytest.mark.parametrize(
    ("table", "column", "row"),
    sample(
        [
            ("assignments", "from_on", "W-001,P-01,legal,2026-05-31,"),
            ("assignments", "to_on", "W-001,P-01,legal,2026-07-01,2026-10-21"),
            ("assignments", "from_on", "W-001,P-01,legal,2026-10-20,"),
            ("goals", "set_on", "G-1,W-001,documents,her,2026-05-31,"),
            ("needs", "reviewed_on", "W-001,2026-10-20,food,covered"),
            ("safety", "assessed_on", "W-001,2026-10-20,yes,no,no,no,no,no,group_welcome,call,yes"),
        ]
    ),
)
def test_what_lies_outside_her_stay_is_found(
    small: Workspace, table: str, column: str, row: str
) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,2026-10-20,moved")
    add(small, table, row)
    last = len((small.registry / f"{table}.csv").read_text("utf-8").splitlines())
    assert found(small) == [("outside_stay", "warning", table, last, column)]


def test_an_assessment_before_she_enters_and_an_assignment_left_open_are_fine(
    small: Workspace,
) -> None:
    change(small, "women", "2026-06-01,,", "2026-06-01,2026-10-20,moved")
    add(small, "safety", "W-001,2026-05-20,yes,no,no,no,no,no,group_welcome,call,yes")
    assert found(small) == []


def test_an_assignment_of_a_colleague_who_left_is_found(small: Workspace) -> None:
    add(small, "professionals", "P-02,psychologist,1.0,no,,2025-01-01,2026-09-01")
    add(
        small,
        "assignments",
        "W-001,P-02,legal,2026-06-01,",
        "W-001,P-02,work,2026-06-01,2026-09-02",
    )
    add(small, "assignments", "W-001,P-02,health,2026-06-01,2026-09-01")
    assert found(small) == [("outside_post", "warning", "assignments", 4, "to_on")]
    assert small.tables().findings[0].rows == (4, 5)


def test_a_code_that_differs_by_zeros_is_named_as_the_nearest(small: Workspace) -> None:
    change(small, "women", "W-002", "W-2")
    told = [one for one in small.tables().findings if one.id == "unknown_code"]
    assert {(one.value, one.column) for one in told} == {("W-002", "woman")}
    assert all(one.mend.endswith("Is it W-2?") for one in told)


def test_a_code_that_differs_by_its_number_has_no_nearest(small: Workspace) -> None:
    add(small, "attendance", "S-6,W-003,attended,")
    (told,) = small.tables().findings
    assert "Is it" not in told.mend


def test_a_colleague_who_will_leave_may_have_open_assignments(small: Workspace) -> None:
    add(small, "professionals", f"P-02,psychologist,1.0,no,,2025-01-01,{on(60)}")
    add(small, "assignments", "W-001,P-02,legal,2026-06-01,")
    assert found(small) == []


def test_an_assignment_and_a_session_before_a_colleague_began_are_found(small: Workspace) -> None:
    add(small, "professionals", "P-02,psychologist,1.0,no,,2026-09-01,2026-10-01")
    add(small, "assignments", "W-001,P-02,legal,2026-08-31,2026-09-15")
    add(small, "sessions", "S-7,A-01,2026-08-31T10:00,2026-08-31T11:00,R-1,P-02")
    add(small, "sessions", "S-8,A-01,2026-10-01T10:00,2026-10-01T11:00,R-1,P-02")
    add(small, "sessions", "S-9,A-01,2026-09-01T10:00,2026-09-01T11:00,R-1,P-02")
    assert found(small) == [
        ("outside_post", "warning", "assignments", 4, "from_on"),
        ("outside_post", "warning", "sessions", 8, "starts_at"),
        ("outside_post", "warning", "sessions", 9, "starts_at"),
    ]


@pytest.mark.parametrize("status", ["attended", "partly", "missed", "excused"])
def test_a_woman_expected_at_two_sessions_at_once_is_found(small: Workspace, status: str) -> None:
    at_five_october(small, "11:29", "12:30", status)
    assert found(small) == [("woman_in_two_sessions", "warning", "attendance", 8, "session")]
    assert "row 4" in small.tables().findings[0].wrong


def test_one_session_may_begin_when_the_other_ends(small: Workspace) -> None:
    at_five_october(small, "11:30", "12:30", "attended")
    assert found(small) == []


def test_a_session_that_we_cancelled_keeps_no_woman_busy(small: Workspace) -> None:
    at_five_october(small, "10:30", "12:30", "cancelled_by_us")
    assert found(small) == []


def test_a_long_session_finds_both_short_ones_within_it(small: Workspace) -> None:
    at_five_october(small, "09:00", "14:00", "attended")
    add(small, "sessions", "S-8,A-01,2026-10-05T12:00,2026-10-05T13:00,R-1,P-01")
    add(small, "attendance", "S-8,W-001,attended,")
    assert found(small) == [
        ("woman_in_two_sessions", "warning", "attendance", 4, "session"),
        ("woman_in_two_sessions", "warning", "attendance", 9, "session"),
    ]
    assert all("row 8" in one.wrong for one in small.tables().findings)


def test_two_women_may_be_at_sessions_at_once(small: Workspace) -> None:
    second_professional(small)
    add(small, "sessions", "S-7,A-01,2026-10-19T10:00,2026-10-19T11:30,R-2,P-02")
    add(small, "attendance", "S-7,W-001,attended,")
    assert found(small) == []


def test_a_professional_in_two_sessions_at_once_is_found(small: Workspace) -> None:
    add(small, "sessions", "S-7,A-01,2026-10-05T11:00,2026-10-05T12:00,R-2,P-01")
    assert found(small) == [
        ("professional_in_two_sessions", "warning", "sessions", 8, "professional")
    ]
    assert "row 4" in small.tables().findings[0].wrong


def test_a_professional_may_go_from_one_session_to_the_next(small: Workspace) -> None:
    add(small, "sessions", "S-7,A-01,2026-10-05T11:30,2026-10-05T12:00,R-2,P-01")
    assert found(small) == []


def test_a_session_cancelled_for_all_keeps_no_professional_busy(small: Workspace) -> None:
    add(small, "sessions", "S-7,A-01,2026-10-19T11:00,2026-10-19T12:00,R-2,P-01")
    add(small, "attendance", "S-7,W-001,cancelled_by_us,", "S-7,W-002,cancelled_by_us,")
    assert found(small) == []


def test_a_session_cancelled_for_some_keeps_its_professional_busy(small: Workspace) -> None:
    add(small, "sessions", "S-7,A-01,2026-10-19T11:00,2026-10-19T12:00,R-2,P-01")
    add(small, "attendance", "S-7,W-001,attended,", "S-7,W-002,cancelled_by_us,")
    assert found(small) == [
        ("professional_in_two_sessions", "warning", "sessions", 8, "professional")
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2026-10-28T10:00", []),
        ("2026-10-28T10:01", [("long_session", "error", "sessions", 8, "ends_at")]),
    ],
)
def test_a_session_lasts_a_day_at_most(small: Workspace, end: str, expected: list[Place]) -> None:
    add(small, "sessions", f"S-7,A-01,2026-10-27T10:00,{end},R-1,P-01")
    assert found(small) == expected


def test_what_happened_before_the_goal_was_set_is_found(small: Workspace) -> None:
    goal(small, "2026-07-01,started", "2026-06-30,step")
    assert found(small) == [("before_the_goal", "error", "goal_events", 3, "on")]


def test_a_step_after_achieving_is_found(small: Workspace) -> None:
    goal(small, "2026-08-01,achieved", "2026-08-02,step")
    assert found(small) == [("after_achieving", "warning", "goal_events", 3, "event")]


def test_a_step_after_achieving_is_found_in_whatever_order_rows_stand(
    small: Workspace,
) -> None:
    goal(small, "2026-08-02,step", "2026-08-01,achieved")
    assert found(small) == [("after_achieving", "warning", "goal_events", 2, "event")]


def test_a_goal_may_be_taken_up_again_after_achieving(small: Workspace) -> None:
    goal(small, "2026-08-01,achieved", "2026-08-10,resumed", "2026-08-12,step")
    assert found(small) == []


@pytest.mark.parametrize("order", [["achieved", "step"], ["step", "achieved"]])
def test_a_step_on_the_day_of_achieving_is_fine(small: Workspace, order: list[str]) -> None:
    goal(small, *(f"2026-08-01,{event}" for event in order))
    assert found(small) == []


def test_a_revision_after_the_day_of_achieving_is_found_whatever_else_that_day_held(
    small: Workspace,
) -> None:
    goal(small, "2026-08-01,achieved", "2026-08-01,step", "2026-08-05,revised")
    assert found(small) == [("after_achieving", "warning", "goal_events", 4, "event")]


def test_another_goal_may_go_on_after_one_was_achieved(small: Workspace) -> None:
    goal(small, "2026-08-01,achieved")
    add(small, "goals", "G-2,W-001,health,her,2026-07-01,")
    add(small, "goal_events", "G-2,2026-08-05,step,")
    assert found(small) == []


def test_a_woman_twice_at_one_session_is_a_doubled_row_and_no_overlap(
    small: Workspace,
) -> None:
    add(small, "attendance", "S-3,W-001,attended,")
    assert found(small) == [("doubled_row", "error", "attendance", 8, "session, woman")]
    assert "row 4" in small.tables().findings[0].wrong


hours = st.integers(0, 12)
a_session = st.tuples(st.integers(0, 2), hours, hours)


@settings(deadline=None, max_examples=tries(100))
@given(st.lists(a_session, max_size=12))
def test_those_that_begin_within_an_earlier_session_are_found_and_no_others(
    sessions: list[tuple[int, int, int]],
) -> None:
    assert rows_found(sessions) == rows_within_an_earlier_one(sessions)


def as_code(texts: list[str]) -> pd.Categorical:
    return pd.Categorical(pd.Series(texts, dtype="str"))


@cache
def nothing() -> dict[str, pd.DataFrame]:
    """The eleven tables without a row, as the checks see them."""
    frames = {}
    for name, table in TABLES.items():
        codes = [key for key, column in table.declared.items() if column.kind == "code"]
        frame = getattr(two_women(), name).iloc[:0]
        frames[name] = frame.astype(dict.fromkeys(codes, as_code([]).dtype))
    return frames


def rows_found(sessions: list[tuple[int, int, int]]) -> set[int]:
    midnight = pd.Timestamp("2026-10-05")
    who, begins, ends = zip(*sessions, strict=True) if sessions else ((), (), ())
    held = pd.DataFrame({
        "session": as_code([f"S-{n}" for n in range(len(sessions))]),
        "activity": as_code(["A-1"] * len(sessions)),
        "starts_at": midnight + pd.to_timedelta(np.array(begins, dtype="int64"), unit="h"),
        "ends_at": midnight + pd.to_timedelta(np.array(ends, dtype="int64"), unit="h"),
        "professional": as_code([f"P-{n}" for n in who]),
    })  # fmt: skip
    registry = {**nothing(), "sessions": held}
    return {
        one.row
        for one in across(registry, {"sessions"}, pd.Timestamp("2026-11-01"))
        if one.id == "professional_in_two_sessions" and one.row is not None
    }


def rows_within_an_earlier_one(sessions: list[tuple[int, int, int]]) -> set[int]:
    """Compare each with each: a slow way that cannot be misread."""
    within = set()
    for n, (who, begins, ends) in enumerate(sessions):
        for m, (other, other_begins, other_ends) in enumerate(sessions):
            earlier = (other_begins, m) < (begins, n)
            if n != m and who == other and earlier and begins < other_ends and begins < ends:
                within.add(n)
    return within


def test_sessions_of_a_day_without_hours_are_not_at_the_same_time(small: Workspace) -> None:
    add(small, "sessions", "S-7,A-01,2026-10-05,,R-1,P-01")
    add(small, "sessions", "S-8,A-01,2026-10-05,,,")
    add(small, "attendance", "S-7,W-001,attended,")
    add(small, "attendance", "S-8,W-001,attended,")
    assert found(small) == []


def test_an_activity_may_leave_open_what_nobody_knows(small: Workspace) -> None:
    (small.registry / "activities.csv").write_text(
        "activity,module,format\nA-01,language,group\n", encoding="utf-8"
    )
    assert found(small) == []
    unknown = ["sessions_planned", "modular", "childcare", "transport_support", "certificate"]
    assert small.tables().activities[unknown].isna().all(axis=None)
