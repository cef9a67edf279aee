"""Itineraries, by hand; goal attainment, as published."""

import pandas as pd
import pytest

from copehope_lib.metrics import itineraries
from copehope_lib.settings import Itineraries, Settings
from copehope_lib.tables import Tables
from tests.metrics.build import OCTOBER, Row, metric, registry, woman


def event(on: str, event: str, attainment: int | None = None, goal: str = "G-1") -> Row:
    return {"goal": goal, "on": on, "event": event, "attainment": attainment}


def goal(code: str = "G-1", **columns: object) -> Row:
    return {
        "goal": code, "woman": "W-1", "area": "work", "chosen_by": "her",
        "set_on": "2026-02-01", **columns,
    }  # fmt: skip


def with_goal(*events: Row, **columns: object) -> Tables:
    return registry(women=[woman()], goals=[goal(**columns)], goal_events=list(events))


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "not_started"),
        ([event("2026-03-01", "revised")], "not_started"),
        ([event("2026-03-01", "started")], "under_way"),
        ([event("2026-03-01", "started"), event("2026-04-01", "paused")], "paused"),
        ([event("2026-03-01", "paused"), event("2026-04-01", "revised")], "paused"),
        ([event("2026-03-01", "paused"), event("2026-04-01", "resumed")], "under_way"),
        ([event("2026-04-01", "paused"), event("2026-04-01", "started")], "paused"),
        ([event("2026-04-01", "achieved"), event("2026-04-02", "step")], "under_way"),
        ([event("2026-04-01", "step"), event("2026-04-02", "set_aside")], "set_aside"),
        ([event("2026-10-31", "achieved")], "achieved"),
        ([event("2026-11-01", "achieved")], "not_started"),
    ],
)
def test_the_last_event_of_the_month_other_than_a_revision_tells_the_state(
    events: list[Row], state: str
) -> None:
    assert metric(with_goal(*events), "itineraries.goals")["state"].tolist() == [state]


def test_a_goal_that_was_set_this_month_was_not_set_before() -> None:
    tables = with_goal(event("2026-10-05", "started"), set_on="2026-10-01")
    table = metric(tables, "itineraries.flows")
    assert table[table["goals"] > 0].to_numpy().tolist() == [["not_set", "under_way", 1]]


def test_a_goal_that_was_taken_up_again_flows_from_paused_to_under_way() -> None:
    tables = with_goal(event("2026-09-30", "paused"), event("2026-10-31", "resumed"))
    table = metric(tables, "itineraries.flows")
    assert table[table["goals"] > 0].to_numpy().tolist() == [["paused", "under_way", 1]]
    assert len(table) == 30


def test_goals_of_a_woman_who_left_are_not_shown_and_come_back_with_her() -> None:
    goals = [goal()]
    gone = registry(women=[woman(left_on="2026-10-31")], goals=goals)
    assert metric(gone, "itineraries.states")["goals"].sum() == 0
    back = registry(women=[woman(left_on="2026-05-01"), woman(entered="2026-10-31")], goals=goals)
    assert metric(back, "itineraries.states")["goals"].sum() == 1


@pytest.mark.parametrize(
    ("last_on", "band"),
    [("2026-10-01", "0-30"), ("2026-09-30", "31-90"), ("2026-08-02", "31-90"),
     ("2026-08-01", "91-180"), ("2026-05-04", "91-180"), ("2026-05-03", "181+")],
)  # fmt: skip
def test_days_without_any_event_are_counted_back_from_the_last_day(last_on: str, band: str) -> None:
    table = metric(with_goal(event(last_on, "step")), "itineraries.quiet")
    assert table.loc[table["goals"] > 0, "days"].tolist() == [band]


def test_a_goal_that_was_reached_or_set_aside_may_be_quiet() -> None:
    table = metric(with_goal(event("2026-03-01", "achieved")), "itineraries.quiet")
    assert table["goals"].sum() == 0


def attained(*reached: int, weights: dict[str, float] | None = None, rho: float = 0.3) -> float:
    areas = ["work", "health", "network"][: len(reached)]
    each = pd.DataFrame({"woman": "W-1", "area": areas, "attainment": reached})
    table = itineraries.attainment(each, rho=rho, weights=weights or {})
    return float(table["t"].iloc[0])


@pytest.mark.parametrize(
    ("reached", "t"),
    [((1,), 60.0), ((1, 1, 1), 63.69), ((1, 1, 0), 59.13), ((0, 0, 0), 50.0), ((-2,), 30.0)],
)
def test_attainment_is_as_kiresuk_and_sherman_published_it(
    reached: tuple[int, ...], t: float
) -> None:
    assert attained(*reached) == pytest.approx(t, abs=0.005)


def test_attainment_with_weights_is_as_computed_by_hand() -> None:
    # 10 × (2·1 + 1·0) ÷ √(0.7 × 5 + 0.3 × 9) = 20 ÷ √6.2
    assert attained(1, 0, weights={"work": 2.0}) == pytest.approx(50 + 20 / 6.2**0.5)


def test_goals_that_do_not_move_together_at_all_make_the_score_steeper() -> None:
    # ρ = 0: 10 × 3 ÷ √3
    assert attained(1, 1, 1, rho=0.0) == pytest.approx(50 + 30 / 3**0.5)


def test_the_latest_attainment_counts_and_a_goal_without_one_does_not() -> None:
    tables = registry(
        women=[woman()],
        goals=[goal(), goal("G-2", area="health")],
        goal_events=[
            event("2026-03-01", "step", -1),
            event("2026-05-01", "step", 2),
            event("2026-06-01", "step"),
            event("2026-11-01", "step", -2),
        ],
    )
    assert metric(tables, "itineraries.attainment")["t"].tolist() == [70.0]
    assert metric(tables, "itineraries.levels")["goals"].tolist() == [0, 0, 0, 0, 1]


def test_where_all_goals_weigh_nothing_there_is_no_score() -> None:
    tables = with_goal(event("2026-03-01", "step", 1))
    weightless = Settings(itineraries=Itineraries(weights={"work": 0.0}))
    table = metric(tables, "itineraries.attainment", settings=weightless)
    assert table["woman"].tolist() == ["W-1"]
    assert table["t"].isna().all()


def test_paths_keep_pauses_and_revisions_as_they_were() -> None:
    tables = with_goal(
        event("2026-03-01", "started"), event("2026-05-01", "revised"),
        event("2026-04-01", "paused"), event("2026-11-02", "achieved"),
    )  # fmt: skip
    path = metric(tables, "itineraries.paths", OCTOBER)
    assert path["event"].tolist() == ["started", "paused", "revised"]
