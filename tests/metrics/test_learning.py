"""What the team learns, by hand."""

import pandas as pd

from copehope_lib.tables import Tables
from tests.metrics.build import Row, metric, professional, registry, woman

TEAM = [professional(f"P-{n}") for n in range(1, 5)]
OUTSIDE = professional("P-9", external=True)


def training(who: str, on: str, theme: str = "gender", **columns: object) -> Row:
    return {"professional": who, "held_on": on, "theme": theme, "hours": 4.0, **columns}


def theme(tables: Tables, name: str) -> dict[str, int | None]:
    table = metric(tables, "learning.themes")
    row = table[table["theme"] == name].iloc[0]
    return {key: None if pd.isna(row[key]) else row[key] for key in table.columns[1:]}


def test_a_member_counts_once_for_a_theme_and_one_training_once_for_all_who_had_it() -> None:
    trainings = [
        training("P-1", "2024-11-01", trainer_background="yes"),
        training("P-2", "2024-11-01", trainer_background="yes"),
        training("P-3", "2026-10-31", hours=2.0),
        training("P-1", "2026-10-31", hours=2.0),
        training("P-4", "2024-10-31"),  # too long ago
        training("P-4", "2026-11-01"),  # too late
        training("P-9", "2026-10-01"),  # from outside
    ]
    tables = registry(professionals=[*TEAM, OUTSIDE], trainings=trainings)
    assert theme(tables, "gender") == {
        "members": 3, "team": 4, "hours": 12,
        "trainer_yes": 1, "trainer_no": 0, "trainer_not_said": 1,
    }  # fmt: skip
    assert theme(tables, "trauma")["members"] == 0
    assert theme(tables, "trauma")["hours"] == 0


def test_of_one_or_two_who_had_a_theme_no_hours_are_told() -> None:
    tables = registry(professionals=TEAM, trainings=[training("P-1", "2026-05-04")])
    told = theme(tables, "gender")
    assert told["members"] == 1
    assert told["hours"] is None
    assert told["trainer_not_said"] is None


def test_the_day_of_a_first_training_on_trafficking_counts() -> None:
    first = [professional("P-5", trafficking_training_on="2025-03-01")]
    trainings = [
        training("P-1", "2026-05-04", "trafficking"),
        training("P-5", "2026-05-04", "trafficking"),
    ]
    tables = registry(professionals=[*TEAM, *first], trainings=trainings)
    assert theme(tables, "trafficking")["members"] == 2


def test_of_a_team_of_two_nothing_is_told_nor_of_one_that_keeps_no_trainings() -> None:
    trainings = [training("P-1", "2026-05-04")]
    two = registry(professionals=[*TEAM[:2], OUTSIDE], trainings=trainings)
    assert metric(two, "learning.themes").empty
    assert metric(two, "learning.continuity").empty
    assert metric(registry(professionals=TEAM), "learning.themes").empty


def test_languages_of_ours_stand_beside_those_in_which_women_want_mediation() -> None:
    romanian = [
        woman(code, left_on=left, mediation=True, mediation_language="ro")
        for code, left in (("W-1", None), ("W-2", None), ("W-3", "2026-10-31"))
    ]
    arabic = woman("W-4", mediation=False, mediation_language="ar")
    tables = registry(
        professionals=[
            professional("P-1", language="es", second_language="fr"),
            professional("P-2", language="es", ended_on="2026-10-31"),
            professional("P-3", third_language="fr", external=True),
        ],
        women=[*romanian, arabic, woman("W-5")],
    )
    rows = metric(tables, "learning.languages").to_numpy().tolist()
    assert rows == [["fr", 2, 0], ["es", 1, 0], ["ro", 0, 2]]


def test_where_no_language_of_ours_is_written_nobody_is_said_to_speak_none() -> None:
    hers = woman("W-1", mediation=True, mediation_language="ro")
    tables = registry(professionals=TEAM, women=[hers])
    assert metric(tables, "learning.languages").empty


def test_who_came_and_left_in_twelve_months_is_counted_and_half_of_the_team_stays() -> None:
    tables = registry(
        professionals=[
            professional("P-1", started_on="2020-10-31"),
            professional("P-2", started_on="2022-10-31"),
            professional("P-3", started_on="2025-11-01"),
            professional("P-4", started_on="2026-02-01", ended_on="2026-08-01"),
            professional("P-5", started_on="2019-01-01", ended_on="2025-10-31"),
            professional("P-6", started_on="2026-01-01", external=True),
        ]
    )
    rows = metric(tables, "learning.continuity").to_numpy().tolist()
    assert rows == [["team", 3, 2, 1, 4.0]]
