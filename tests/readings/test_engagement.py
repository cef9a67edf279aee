"""Readings of engagement: a return is said as plainly as a pause; what we cancelled is ours."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM
from copehope_lib.readings import curves, engagement
from tests.readings.tables import COUNTS, GROUPS, SHARES, table


def moved(paused: int | None, returned: int | None) -> pd.DataFrame:
    rows = [("paused", paused), ("returned", returned)]
    return table(rows, "movement women", women=COUNTS)


@pytest.mark.parametrize(
    ("paused", "returned", "sentence"),
    [
        (6, 4, "6 women paused; 4 came back."),
        (0, 0, "No woman paused; none came back."),
        (None, 3, "Fewer than 3 women paused; 3 came back."),
        (3, None, "3 women paused; fewer than 3 came back."),
    ],
)
def test_a_return_is_said_in_the_same_breath_as_a_pause(
    paused: int | None, returned: int | None, sentence: str
) -> None:
    assert engagement.movements(moved(paused, returned), TEAM) == sentence


def test_supervision_counts_to_one() -> None:
    assert engagement.movements(moved(1, 1), SUPERVISION) == ("1 woman paused; 1 came back.")


def named(**times: int | None) -> pd.DataFrame:
    return table(times.items(), "barrier times", times=COUNTS)


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ({"work": 14, "childcare": 10, "health": 3},
         "Work and childcare were named most: 24 of 27 reasons."),
        ({"work": 14, "childcare": 10, "health": None}, "Work and childcare were named most."),
        ({"work": 5, "health": 3, "safety": 3},
         "Work, health, and safety were named most: 11 of 11 reasons."),
        ({"unknown": 9, "work": 4}, "Work was named most: 4 of 13 reasons."),
        ({"work": 0, "health": None}, "No barrier was named 3 times or more."),
        ({"unknown": 9, "work": 0}, "What stood in the way is not known."),
        ({"unknown": None, "work": 0}, "What stood in the way is not known."),
        ({"unknown": 0, "work": 0}, "No barrier was named."),
    ],
)  # fmt: skip
def test_not_knowing_is_never_the_barrier_named_most(
    times: dict[str, int | None], sentence: str
) -> None:
    assert engagement.barriers(named(**times), TEAM) == sentence


def test_of_many_barriers_named_as_often_none_is_singled_out() -> None:
    assert engagement.barriers(named(work=4, health=4, safety=4, housing=4), TEAM) == (
        "No barrier stands out among those that were named."
    )


def attendance(kept: int | None, cancelled: int | None, rate: float | None = None) -> pd.DataFrame:
    return table(
        [("all", kept, 0, 0, 0, cancelled, rate)],
        "scope attended partly excused missed cancelled_by_us rate",
        **dict.fromkeys(["attended", "partly", "excused", "missed"], COUNTS),
        cancelled_by_us=COUNTS, rate=SHARES,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "cancelled", "rate", "sentence"),
    [
        (63, 9, 0.724, "Women came to 72% of the places kept for them; we cancelled 9."),
        (63, 0, 0.724, "Women came to 72% of the places kept for them; we cancelled none."),
        (None, None, None,
         "How many came cannot be shown; how many we cancelled is not shown."),
    ],
)  # fmt: skip
def test_what_we_cancelled_is_said_with_who_came(
    kept: int | None, cancelled: int | None, rate: float | None, sentence: str
) -> None:
    assert engagement.attendance(attendance(kept, cancelled, rate), TEAM) == sentence


@pytest.mark.parametrize(
    ("cancelled", "sentence"),
    [
        (7, "We cancelled every place that was kept: 7."),
        (1, "We cancelled the one place that was kept."),
        (None, "We cancelled every place that was kept; how many is not shown."),
        (0, "No place was kept at a session."),
    ],
)
def test_where_nobody_was_expected_it_is_said_whose_doing_that_was(
    cancelled: int | None, sentence: str
) -> None:
    assert engagement.attendance(attendance(0, cancelled), PARTNER) == sentence


@pytest.mark.parametrize(
    ("sessions", "sentence"),
    [
        ([12, 6], "Sessions were held in 2 modules, 18 in all."),
        ([12], "Sessions were held in 1 module, 12 in all."),
        ([12, None], "Sessions were held in 2 modules."),
        ([], "No session was held."),
    ],
)
def test_sessions_are_counted_over_modules(sessions: list[int | None], sentence: str) -> None:
    held = table(((n,) for n in sessions), "sessions", sessions=COUNTS)
    assert engagement.modules(held, TEAM) == sentence


@pytest.mark.parametrize(
    ("returns", "sentence"),
    [
        (["2026-09-01", None, "2026-10-01"], "Of 3 pauses so far, 2 ended in a return."),
        ([None], "Of 1 pause so far, 0 ended in a return."),
        ([], "There has been no pause so far."),
    ],
)
def test_of_pauses_the_returns_are_told(returns: list[str | None], sentence: str) -> None:
    found = table(((day,) for day in returns), "returned_on", returned_on="datetime64[us]")
    assert engagement.pauses(found, SUPERVISION) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(9, 8), (6, 3)], "11 of the 15 expected visits of 2 women took place."),
        ([(9, 0)], "None of the 9 expected visits of 1 woman took place."),
        ([(0, 0)], "No woman was expected at a session."),
        ([], "No woman was accompanied on the last day."),
    ],
)
def test_visits_are_said_of_all_women_together(rows: list[tuple[int, int]], sentence: str) -> None:
    women = table(rows, "expected came", expected=COUNTS, came=COUNTS)
    assert engagement.women(women, SUPERVISION) == sentence


@pytest.mark.parametrize(
    ("paused", "returned", "sentence"),
    [
        (5, 4, "5 women are in a pause; 4 have come back from one."),
        (1, 1, "1 woman is in a pause; 1 has come back from one."),
        (0, 0, "No woman is in a pause; none has come back from one."),
        (None, 4, "How many women are in a pause cannot be shown; "
                  "4 have come back from one."),
        (5, None, "5 women are in a pause; how many have come back cannot be shown."),
        (None, None, "How many women are in a pause or have come back cannot be shown."),
    ],
)  # fmt: skip
def test_those_who_came_back_are_said_beside_those_in_a_pause(
    paused: int | None, returned: int | None, sentence: str
) -> None:
    rows = [("steady", 20), ("paused", paused), ("returned", returned)]
    assert engagement.patterns(table(rows, "pattern women", women=COUNTS), TEAM) == sentence


def flows(same: int | None, other: int | None) -> pd.DataFrame:
    rows = [
        ("steady", "steady", same),
        ("steady", "paused", other),
        ("not_here", "starting", 9),
        ("paused", "not_here", 9),
    ]
    return table(rows, "before after women", women=COUNTS)


@pytest.mark.parametrize(
    ("same", "other", "sentence"),
    [
        (20, 4, "Of 24 women accompanied before and now, the pattern told is the same for 20."),
        (1, 0, "Of 1 woman accompanied before and now, the pattern told is the same for 1."),
        (0, 4, "The pattern told is the same as before for no woman."),
        (0, 0, "No woman was accompanied both before and now."),
        (20, None, "The pattern told is the same as before for at least 20 women."),
        (None, 4, "How patterns moved cannot be shown."),
    ],
)
def test_those_who_entered_or_left_are_not_counted_as_moving(
    same: int | None, other: int | None, sentence: str
) -> None:
    assert engagement.flows(flows(same, other), TEAM) == sentence


def test_a_rounded_count_promises_no_more_than_it_can() -> None:
    # 20 may stand for 18.
    assert engagement.flows(flows(20, None), PARTNER) == (
        "The pattern told is the same as before for at least 15 women."
    )


def retention(**weeks: tuple[int | None, int | None]) -> pd.DataFrame:
    rows = [(int(week[1:]), *counts) for week, counts in weeks.items()]
    return table(rows, "week observed engaged", week=COUNTS, observed=COUNTS, engaged=COUNTS)


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        ({"w4": (50, 44), "w12": (42, 30), "w26": (25, 18), "w52": (9, 7)},
         "In week 12 after entering, women were coming in 30 of 42 stays; "
         "in week 26, in 18 of 25."),
        ({"w12": (42, 30), "w26": (None, None)},
         "In week 12 after entering, women were coming in 30 of 42 stays."),
        ({"w4": (1, 1), "w12": (0, 0)},
         "In week 4 after entering, women were coming in 1 of 1 stay."),
        ({"w1": (0, 0), "w12": (0, 0)},
         "No stay has lasted a week with a session in it yet."),
        ({"w1": (None, None), "w12": (0, 0)},
         "In how many stays women were coming cannot be shown."),
    ],
)  # fmt: skip
def test_retention_is_read_after_one_quarter_and_two(
    weeks: dict[str, tuple[int | None, int | None]], sentence: str
) -> None:
    assert curves.retention(retention(**weeks), TEAM) == sentence


def curve(*rows: tuple[int, int | None, float | None]) -> pd.DataFrame:
    return table(rows, "week at_risk share", week=COUNTS, at_risk=COUNTS, share=SHARES)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(3, 20, 0.4), (4, 15, 0.52), (12, 11, 0.8)],
         "By estimate, half of the pauses end in a return within 4 weeks."),
        ([(1, 20, 0.5)], "By estimate, half of the pauses end in a return within 1 week."),
        ([(4, 40, 0.1), (12, 20, 0.35), (20, 12, 0.4), (26, 3, 0.45)],
         "By estimate, 35% of pauses end in a return within 12 weeks."),
        ([(2, 4, 0.2), (3, 3, 0.25)],
         "By estimate, 25% of pauses end in a return within 3 weeks."),
        ([(4, 40, 0.0)], "No pause ended in a return within 4 weeks."),
        ([(1, 0, None), (2, 0, None)], "No pause has lasted a week so far."),
        ([(1, None, None), (2, 0, None)], "How soon women come back cannot be shown."),
        ([(1, 20, None), (2, 20, None)], "How soon women come back cannot be shown."),
    ],
)  # fmt: skip
def test_time_to_return_is_half_or_as_far_as_enough_are_followed(
    rows: list[tuple[int, int | None, float | None]], sentence: str
) -> None:
    assert curves.time_to_return(curve(*rows), TEAM) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(4, 40, 0.9), (12, 30, 0.65)],
         "By estimate, 35% of stays come to a first pause within 12 weeks."),
        ([(4, 40, 0.9), (30, 6, 0.48)],
         "By estimate, half of the stays come to a first pause within 30 weeks."),
        ([(4, 40, 1.0)], "No stay came to a pause within 4 weeks."),
        ([(1, 0, None)], "No stay could be followed for a week yet."),
        ([(1, None, None)], "How soon women pause cannot be shown."),
    ],
)  # fmt: skip
def test_time_to_pause_counts_those_who_have_paused(
    rows: list[tuple[int, int | None, float | None]], sentence: str
) -> None:
    assert curves.time_to_pause(curve(*rows), TEAM) == sentence


def test_a_curve_of_a_whole_year_is_read_at_the_last_week_with_enough() -> None:
    assert curves.time_to_return(GROUPS["engagement.time_to_return"], TEAM) == (
        "By estimate, 35% of pauses end in a return within 26 weeks."
    )
