"""One registry, step by step: each step has its own stream of chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo import (
    actions,
    appointments,
    assignments,
    attendance,
    circumstances,
    days,
    groups,
    itineraries,
    needs,
    paths,
    safety,
    schedule,
    team,
    women,
)
from copehope_lib.demo.model import Goals, Meetings, Model
from copehope_lib.schema import TABLES

STEPS: Final = (
    "team",
    "women",
    "labels",
    "women_table",
    "circumstances",
    "paths",
    "assignments",
    "safety",
    "needs",
    "goals",
    "goal_events",
    "groups",
    "group_sessions",
    "appointments",
    "expected",
    "attendance",
    "activities",
    "actions",
)
"""Each step draws from its own stream, so that a change in one leaves the others as they were.
A new step is added at the end."""


@dataclass(frozen=True)
class Scene:
    """What the later steps look at: days, women and team, and how things stand with them."""

    window: days.Window
    women: women.Women
    woman: pd.Series
    team: team.Team
    professional: pd.Series
    around: circumstances.Circumstances
    paths: paths.Paths
    assignments: pd.DataFrame
    risk: safety.Assessments


def build(
    women_count: int,
    professionals_count: int,
    months: int,
    seed: int,
    last_month: pd.Period,
    model: Model | None = None,
) -> dict[str, pd.DataFrame]:
    """Make the eleven tables; see :func:`copehope_lib.demo.synthetic`.

    Raises
    ------
    ValueError
        If a size is smaller than one.
    """
    if min(women_count, professionals_count, months) < 1:
        raise ValueError("women, professionals and months must each be at least 1")
    model = model or Model()
    chance = _streams(seed)
    window = days.window(months, last_month)
    scene = _scene(chance, women_count, professionals_count, window, model)
    tables = {
        "women": women.table(chance["women_table"], scene.women, scene.woman),
        "professionals": team.table(scene.team, scene.professional, window),
        "assignments": assignments.table(scene.assignments, scene.woman, scene.professional),
        **_meetings(chance, scene, model.meetings),
        **_itineraries(chance, scene, model.goals),
        "needs": needs.table(
            chance["needs"], scene.women, scene.woman, scene.around, window, model.reviews
        ),
        "safety": safety.table(scene.risk, scene.woman),
        "actions": actions.table(
            chance["actions"], scene.team, scene.professional, window, model.decisions
        ),
    }
    return {name: tables[name] for name in TABLES}


def _scene(
    chance: dict[str, np.random.Generator],
    women_count: int,
    professionals_count: int,
    window: days.Window,
    model: Model,
) -> Scene:
    people = team.team(chance["team"], professionals_count, window, model.functions)
    everyone = women.women(chance["women"], women_count, window, model)
    around = circumstances.circumstances(
        chance["circumstances"], everyone, window, model.circumstances
    )
    return Scene(
        window=window,
        women=everyone,
        woman=women.labels(chance["labels"], women_count),
        team=people,
        professional=team.labels(professionals_count),
        around=around,
        paths=paths.paths(chance["paths"], everyone, around, window, model),
        assignments=assignments.assignments(
            chance["assignments"], everyone, people, window, model.functions
        ),
        risk=safety.assessments(chance["safety"], everyone, window, model),
    )


def _streams(seed: int) -> dict[str, np.random.Generator]:
    children = np.random.SeedSequence(seed).spawn(len(STEPS))
    return {step: np.random.default_rng(child) for step, child in zip(STEPS, children, strict=True)}


def _meetings(
    chance: dict[str, np.random.Generator], scene: Scene, model: Meetings
) -> dict[str, pd.DataFrame]:
    together = groups.groups(chance["groups"], scene.women, scene.team, scene.window, model)
    plan = schedule.schedule(
        together,
        groups.sessions(chance["group_sessions"], together, scene.window, model),
        appointments.appointments(
            chance["appointments"], scene.assignments, scene.team, scene.window, model
        ),
    )
    expected = attendance.expected(
        chance["expected"],
        plan,
        together,
        scene.women,
        scene.risk,
        scene.paths,
        scene.window,
        model,
    )
    happened = attendance.attendance(
        chance["attendance"], expected, plan, scene.around, scene.paths, model
    )
    activity_table, session_table, session = schedule.tables(
        chance["activities"], plan, expected, scene.professional, model
    )
    return {
        "activities": activity_table,
        "sessions": session_table,
        "attendance": attendance.table(happened, session, scene.woman),
    }


def _itineraries(
    chance: dict[str, np.random.Generator], scene: Scene, model: Goals
) -> dict[str, pd.DataFrame]:
    goals = itineraries.goals(chance["goals"], scene.women, scene.window, model)
    happened = itineraries.events(chance["goal_events"], goals, scene.paths, scene.window, model)
    goal_table, event_table = itineraries.tables(goals, happened, scene.woman)
    return {"goals": goal_table, "goal_events": event_table}
