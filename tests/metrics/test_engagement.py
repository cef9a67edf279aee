"""Engagement: by hand, and against a slow reading of the definition, row by row."""

import datetime as dt
from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copehope_lib.metrics import engagement
from copehope_lib.metrics.engagement.sessions import seen
from copehope_lib.metrics.visits import visits as visits_of
from copehope_lib.vocabulary import Pattern
from tests.night import tries

OCTOBER = pd.Period("2026-10", "M")
LAST = dt.date(2026, 10, 31)

Visit = tuple[str, str]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def registry(
    visits: Iterable[Visit], entered: str = "2026-01-01", left: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """One woman, and a session of her own for each visit (day, status)."""
    rows = list(visits)
    codes = [f"S-{number}" for number in range(len(rows))]
    women = pd.DataFrame(
        {
            "woman": ["W-1"],
            "entered_on": pd.to_datetime([entered]),
            "left_on": pd.to_datetime([left]),
        }
    )
    sessions = pd.DataFrame(
        {
            "session": pd.Series(codes, dtype="str"),
            "activity": "A-1",
            "starts_at": pd.to_datetime([f"{on}T10:00" for on, _ in rows]),
        }
    )
    attendance = pd.DataFrame(
        {
            "session": pd.Series(codes, dtype="str"),
            "woman": "W-1",
            "status": pd.Series([status for _, status in rows], dtype="str"),
            "barrier": None,
        }
    )
    return women, sessions, attendance


ACTIVITIES = pd.DataFrame({"activity": ["A-1"], "module": ["language"], "format": ["group"]})

NO_CONTACTS = pd.DataFrame({"woman": [], "on": pd.to_datetime([])})
Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def rows_of(frames: Frames) -> pd.DataFrame:
    women, sessions, attendance = frames
    return visits_of(women, ACTIVITIES, sessions, attendance)


def pauses_of(frames: Frames, month: pd.Period = OCTOBER) -> pd.DataFrame:
    days = engagement.expected_days(rows_of(frames), month)
    return engagement.pauses(days, frames[0], month, pause_days=21)


def pattern_of(frames: Frames) -> pd.DataFrame:
    return engagement.women(
        rows_of(frames), frames[0], pauses_of(frames), NO_CONTACTS, OCTOBER, window_days=90,
        steady_rate=0.7,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-08-02", "not_invited"),
        ("2026-08-03", "in_touch"),
        ("2026-10-31", "in_touch"),
        ("2026-11-01", "not_invited"),
    ],
)
def test_whoever_was_met_outside_sessions_in_90_days_is_in_touch(day: str, expected: str) -> None:
    women, *_others = frames = registry([])
    contacts = pd.DataFrame({"woman": ["W-1"], "on": pd.to_datetime([day])})
    contacts = contacts.assign(woman=women["woman"].iloc[0])
    each = engagement.women(
        rows_of(frames), women, pauses_of(frames), contacts, OCTOBER, window_days=90,
        steady_rate=0.7,
    )  # fmt: skip
    assert each["pattern"].tolist() == [expected]


def test_a_contact_overrules_nothing_that_sessions_say() -> None:
    frames = registry([("2026-10-05", "attended")])
    contacts = frames[0][["woman"]].assign(on=pd.Timestamp("2026-10-06"))
    each = engagement.women(
        rows_of(frames), frames[0], pauses_of(frames), contacts, OCTOBER, window_days=90,
        steady_rate=0.7,
    )  # fmt: skip
    assert each["pattern"].tolist() == pattern_of(frames)["pattern"].tolist()


def pauses(visits: Iterable[Visit], **stay: str) -> list[tuple[str, str | None]]:
    """Pauses as (paused on, returned on)."""
    found = pauses_of(registry(visits, **stay))
    return [
        (
            str(row.paused_on.date()),
            None if pd.isna(row.returned_on) else str(row.returned_on.date()),
        )
        for row in found.itertuples()
    ]


def pattern(visits: Iterable[Visit], **stay: str) -> str:
    each = pattern_of(registry(visits, **stay))
    return str(each.loc[0, "pattern"])


def test_21_days_are_no_pause_and_22_are() -> None:
    missed = ("2026-09-10", "missed")
    assert pauses([("2026-09-01", "attended"), missed, ("2026-09-22", "attended")]) == []
    assert pauses(
        [
            ("2026-09-01", "attended"),
            missed,
            ("2026-09-23", "attended"),
            ("2026-10-20", "attended"),
        ]
    ) == [("2026-09-23", "2026-09-23")]


def test_a_gap_in_which_she_was_not_expected_is_no_pause() -> None:
    assert pauses([("2026-08-01", "attended"), ("2026-10-20", "attended")]) == []


def test_sessions_that_we_cancelled_expect_nobody() -> None:
    cancelled = [(f"2026-09-{n:02}", "cancelled_by_us") for n in range(2, 29)]
    assert pauses([("2026-09-01", "attended"), *cancelled]) == []
    assert pattern([("2026-09-01", "cancelled_by_us")]) == "not_invited"


def test_a_pause_begins_with_the_first_missed_session_if_the_gap_is_long_by_then() -> None:
    assert pauses([("2026-08-01", "attended"), ("2026-09-10", "excused")]) == [("2026-09-10", None)]


def test_coming_in_part_is_coming() -> None:
    visits = [("2026-09-01", "attended"), ("2026-09-10", "missed"), ("2026-09-20", "partly")]
    assert pauses([*visits, ("2026-10-05", "attended"), ("2026-10-25", "attended")]) == []


def test_a_woman_who_never_came_pauses_from_her_first_invitation() -> None:
    assert pauses([("2026-09-01", "missed"), ("2026-09-15", "missed")]) == [("2026-09-23", None)]


def test_a_pause_does_not_outlast_her_stay() -> None:
    visits = [("2026-09-01", "attended"), ("2026-09-10", "missed")]
    assert pauses(visits, left="2026-09-20") == []


def test_two_stays_are_two_histories() -> None:
    women, sessions, attendance = registry(
        [("2026-05-01", "attended"), ("2026-05-20", "missed"), ("2026-09-10", "attended")]
    )
    women = pd.DataFrame(
        {
            "woman": ["W-1", "W-1"],
            "entered_on": pd.to_datetime(["2026-01-01", "2026-09-01"]),
            "left_on": pd.to_datetime(["2026-05-22", None]),
        }
    )
    assert pauses_of((women, sessions, attendance)).empty


def test_movements_count_a_return_as_plainly_as_a_pause() -> None:
    found = pd.DataFrame(
        {
            "woman": ["W-1", "W-2", "W-2", "W-3"],
            "paused_on": pd.to_datetime(["2026-10-01", "2026-08-01", "2026-10-31", "2026-09-30"]),
            "returned_on": pd.to_datetime([None, "2026-10-31", None, "2026-11-01"]),
        }
    )
    table = engagement.movements(found, OCTOBER).set_index("movement")["women"]
    assert table.to_dict() == {"paused": 2, "returned": 1}


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([], "not_invited"),
        ([("2026-08-02", "attended")], "not_invited"),
        ([("2026-08-03", "attended")], "steady"),
        ([("2026-10-15", "attended"), ("2026-10-16", "missed")], "intermittent"),
        ([("2026-09-01", "attended"), ("2026-10-02", "missed")], "paused"),
        (
            [("2026-08-20", "attended"), ("2026-09-01", "missed"), ("2026-10-20", "attended")],
            "returned",
        ),
    ],
)
def test_each_pattern_has_its_case(visits: list[Visit], expected: str) -> None:
    assert pattern(visits) == expected


def test_a_woman_who_entered_within_the_window_is_starting() -> None:
    assert pattern([("2026-10-20", "attended")], entered="2026-08-03") == "starting"
    assert pattern([("2026-10-20", "attended")], entered="2026-08-02") == "steady"


def test_attendance_leaves_what_we_cancelled_out_of_the_rate() -> None:
    frames = registry(
        [
            ("2026-10-01", "attended"),
            ("2026-10-02", "cancelled_by_us"),
            ("2026-10-05", "missed"),
            ("2026-09-30", "missed"),
            ("2026-11-01", "missed"),
        ]
    )
    table = engagement.attendance(rows_of(frames), ACTIVITIES, OCTOBER)
    assert table["scope"].tolist() == ["all", "language"]
    assert table.loc[0, ["attended", "missed", "cancelled_by_us"]].tolist() == [1, 1, 1]
    assert table["rate"].tolist() == [0.5, 0.5]


def test_a_month_in_which_nobody_was_expected_has_no_rate() -> None:
    frames = registry([("2026-10-02", "cancelled_by_us")])
    table = engagement.attendance(rows_of(frames), ACTIVITIES, OCTOBER)
    assert table["rate"].isna().all()


def test_a_module_is_one_to_one_where_each_session_expected_one_woman() -> None:
    frames = registry([("2026-10-01", "attended"), ("2026-10-05", "missed")])
    alone = ACTIVITIES.assign(format="individual")
    table = engagement.attendance(rows_of(frames), alone, OCTOBER)
    assert table["one_to_one"].tolist() == [False, True]
    together = ACTIVITIES.assign(format="group")
    table = engagement.attendance(rows_of(frames), together, OCTOBER)
    assert table["one_to_one"].tolist() == [False, False]


def test_a_barrier_of_a_session_that_we_cancelled_is_not_counted() -> None:
    frames = registry([("2026-10-01", "missed"), ("2026-10-02", "cancelled_by_us")])
    frames[2]["barrier"] = "work"
    table = engagement.barriers(rows_of(frames), OCTOBER).set_index("barrier")["times"]
    assert table["work"] == 1
    assert table.sum() == 1


def test_a_woman_is_seen_who_came_in_part_and_not_who_was_away_or_has_left() -> None:
    came = [("2026-09-30", "missed"), ("2026-10-01", "excused"), ("2026-10-02", "partly")]
    for visits, left, expected in (
        (came, None, [1, 0]),
        (came[:2], None, [0, 1]),
        (came, "2026-10-31", [0, 0]),
    ):
        frames = registry(visits, left=left)
        assert seen(rows_of(frames), frames[0], OCTOBER)["women"].tolist() == expected


# The definition again, slowly, in plain Python over rows.


def slow_pauses(visits: list[Visit]) -> list[tuple[dt.date, dt.date | None]]:
    expected = sorted((day(on), status) for on, status in visits if status != "cancelled_by_us")
    came = sorted({on for on, status in expected if status in ("attended", "partly")})
    away = sorted({on for on, _ in expected} - set(came))
    found = []
    starts = [expected[0][0], *came] if expected else []
    for since in dict.fromkeys(starts):
        later = [on for on in came if on > since]
        end = later[0] if later else None
        missed = [on for on in away if since <= on < (end or dt.date.max)]
        if since == (expected[0][0]) and since in came:
            missed = [on for on in missed if on > since]
        if not missed:
            continue
        for ordinal in range(since.toordinal(), (end or LAST).toordinal() + 1):
            on = dt.date.fromordinal(ordinal)
            if (on - since).days > 21 and any(gone <= on for gone in missed):
                found.append((on, end))
                break
    return found


def slow_pattern(visits: list[Visit], entered: dt.date) -> str:
    start = LAST - dt.timedelta(days=89)
    expected = [(day(on), s) for on, s in visits if s != "cancelled_by_us" and day(on) >= start]
    if not expected:
        return "not_invited"
    found = slow_pauses(visits)
    if any(end is None for _, end in found):
        return "paused"
    if any(end >= start for _, end in found if end):
        return "returned"
    if entered >= start:
        return "starting"
    came = sum(status in ("attended", "partly") for _, status in expected)
    return "steady" if came / len(expected) >= 0.7 else "intermittent"


days = st.dates(dt.date(2026, 5, 1), LAST).map(str)
statuses = st.sampled_from(["attended", "partly", "excused", "missed", "cancelled_by_us"])
histories = st.lists(st.tuples(days, statuses), max_size=25, unique_by=lambda visit: visit[0])


@given(histories)
@settings(max_examples=tries(200), deadline=None)
def test_pauses_agree_with_a_slow_reading_of_the_definition(visits: list[Visit]) -> None:
    slow = [(str(on), None if end is None else str(end)) for on, end in slow_pauses(visits)]
    assert pauses(visits) == slow


@given(histories, st.dates(dt.date(2026, 3, 1), dt.date(2026, 5, 1)))
@settings(max_examples=tries(200), deadline=None)
def test_every_woman_has_exactly_one_pattern_and_it_is_the_defined_one(
    visits: list[Visit], entered: dt.date
) -> None:
    each = pattern_of(registry(visits, entered=str(entered)))
    assert each["pattern"].notna().all()
    assert engagement.patterns(each)["women"].sum() == len(each) == 1
    assert each.loc[0, "pattern"] in Pattern.codes()
    assert each.loc[0, "pattern"] == slow_pattern(visits, entered)
