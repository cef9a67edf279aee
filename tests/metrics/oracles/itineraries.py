"""Itineraries, read slowly from their definitions: goal by goal, event by event."""

import datetime as dt
import math

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Area, ChosenBy
from copehope_lib.vocabulary import GoalEvent as Events
from tests.metrics.oracles.rows import Goal, GoalEvent, Row, Rows, Span

STATES = ["not_started", "under_way", "paused", "achieved", "set_aside"]
OPEN = ("not_started", "under_way", "paused")
STATE_AFTER = {
    "started": "under_way",
    "step": "under_way",
    "resumed": "under_way",
    "paused": "paused",
    "achieved": "achieved",
    "set_aside": "set_aside",
}


def considered(rows: Rows, span: Span) -> list[Goal]:
    """The goals, by code, that the women here have set by the last day."""
    here = rows.here(span.last)
    goals = [goal for goal in rows.goals if goal.woman in here and goal.set_on <= span.last]
    return sorted(goals, key=lambda goal: goal.goal)


def events_of(rows: Rows, goal: Goal, last: dt.date) -> list[GoalEvent]:
    """What happened to a goal up to a day, in order."""
    events = [each for each in rows.goal_events if each.goal == goal.goal and each.on <= last]
    return sorted(events, key=lambda each: (each.on, Events.codes().index(each.event)))


def state_of(rows: Rows, goal: Goal, last: dt.date) -> str:
    """In which state a goal is on a day."""
    state = "not_started"
    for event in events_of(rows, goal, last):
        if event.event != "revised":
            state = STATE_AFTER[event.event]
    return state


def last_on(rows: Rows, goal: Goal, last: dt.date) -> dt.date:
    """The last day on which anything happened to a goal."""
    days = [event.on for event in events_of(rows, goal, last)]
    return max(days) if days else goal.set_on


def attainment_of(rows: Rows, goal: Goal, last: dt.date) -> int | None:
    """How far a goal was reached, as it was last said."""
    said = None
    for event in events_of(rows, goal, last):
        if event.attainment is not None:
            said = event.attainment
    return said


def goals(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    return [
        {
            "goal": goal.goal,
            "woman": goal.woman,
            "area": goal.area,
            "chosen_by": goal.chosen_by,
            "state": state_of(rows, goal, span.last),
            "last_on": last_on(rows, goal, span.last),
            "attainment": attainment_of(rows, goal, span.last),
        }
        for goal in considered(rows, span)
    ]


def states(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    pairs = [(row["area"], row["state"]) for row in goals(rows, span, settings)]
    return [
        {"area": area, "state": state, "goals": pairs.count((area, state))}
        for area in Area.codes()
        for state in STATES
    ]


def chosen(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    pairs = [(row["chosen_by"], row["state"]) for row in goals(rows, span, settings)]
    return [
        {"chosen_by": who, "state": state, "goals": pairs.count((who, state))}
        for who in ChosenBy.codes()
        for state in STATES
    ]


def flows(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    last0 = span.previous.last
    pairs = []
    for goal in considered(rows, span):
        before = "not_set" if goal.set_on > last0 else state_of(rows, goal, last0)
        pairs.append((before, state_of(rows, goal, span.last)))
    return [
        {"before": before, "after": after, "goals": pairs.count((before, after))}
        for before in ["not_set", *STATES]
        for after in STATES
    ]


def quiet(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    days = [
        (span.last - last_on(rows, goal, span.last)).days
        for goal in considered(rows, span)
        if state_of(rows, goal, span.last) in OPEN
    ]
    return [
        {"days": "0-30", "goals": sum(0 <= each <= 30 for each in days)},
        {"days": "31-90", "goals": sum(31 <= each <= 90 for each in days)},
        {"days": "91-180", "goals": sum(91 <= each <= 180 for each in days)},
        {"days": "181+", "goals": sum(each >= 181 for each in days)},
    ]


def attainment(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    rules = settings.itineraries
    weights = {area.value: weight for area, weight in rules.weights.items()}
    found = []
    for woman in rows.here(span.last):
        weighed = []
        for goal in considered(rows, span):
            reached = attainment_of(rows, goal, span.last)
            if goal.woman == woman and reached is not None:
                weighed.append((weights.get(goal.area, 1.0), reached))
        if not weighed:
            continue
        sum_w = sum(w for w, _ in weighed)
        sum_w_squared = sum(w**2 for w, _ in weighed)
        sum_w_x = sum(w * x for w, x in weighed)
        t = None
        if sum_w != 0:
            t = 50 + 10 * sum_w_x / math.sqrt(
                (1 - rules.rho) * sum_w_squared + rules.rho * sum_w**2
            )
        found.append({"woman": woman, "t": t})
    return found


def levels(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    reached = [attainment_of(rows, goal, span.last) for goal in considered(rows, span)]
    return [
        {"attainment": level, "goals": sum(each == level for each in reached)}
        for level in (-2, -1, 0, 1, 2)
    ]


def paths(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    return [
        {
            "goal": goal.goal,
            "woman": goal.woman,
            "area": goal.area,
            "on": event.on,
            "event": event.event,
            "attainment": event.attainment,
        }
        for goal in considered(rows, span)
        for event in events_of(rows, goal, span.last)
    ]


COLUMNS = {
    "goals": "goal str, woman str, area word, chosen_by word, "
    "state word, last_on day, attainment Int64",
    "states": "area str, state str, goals Int64",
    "chosen": "chosen_by str, state str, goals Int64",
    "flows": "before str, after str, goals Int64",
    "quiet": "days str, goals Int64",
    "attainment": "woman str, t Float64",
    "levels": "attainment Int64, goals Int64",
    "paths": "goal str, woman str, area word, on day, event word, attainment Int64",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
