"""Figures show the numbers they were given, and a word where one is hidden."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts import caseload, engagement
from copehope_lib.privacy.audience import TEAM
from copehope_lib.theme import tokens


def words(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def loads(*rows: tuple[str, int | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["professional", "women", "load"])
    return frame.astype({"women": "Int64", "load": "Float64"})


def test_a_bar_is_as_long_as_the_load_and_only_those_above_capacity_have_the_accent() -> None:
    figure = caseload.load_per_professional(loads(("P-1", 8, 0.5), ("P-2", 22, 1.25)))
    (bars,) = figure.data
    assert dict(zip(bars.y, bars.x, strict=True)) == {"P-1": 0.5, "P-2": 1.25}
    colours = dict(zip(bars.y, bars.marker.color, strict=True))
    assert (colours["P-1"], colours["P-2"]) == (tokens.QUIET, tokens.ACCENT)
    assert {"8 women · 50%", "22 women · 125%"} <= set(words(figure))


def test_professionals_stand_by_code_and_not_by_load() -> None:
    figure = caseload.load_per_professional(
        loads(("P-2", 22, 1.25), ("P-1", 8, 0.5), ("P-3", 9, 0.9))
    )
    assert list(figure.data[0].y)[::-1] == ["P-1", "P-2", "P-3"]


def test_a_hidden_load_is_a_word_in_its_place() -> None:
    figure = caseload.load_per_professional(loads(("P-1", None, None), ("P-2", 4, None)))
    assert {"hidden", "4 women · no fixed post"} <= set(words(figure))
    assert list(figure.data[0].x) == [0, 0]


def test_an_empty_team_is_a_sentence() -> None:
    assert words(caseload.load_per_professional(loads())) == ["Nobody was in the team this month."]


def patterns(**women: int | None) -> pd.DataFrame:
    order = ["steady", "intermittent", "paused", "returned", "starting", "in_touch", "not_invited"]
    frame = pd.DataFrame({"pattern": order, "women": [women.get(name, 0) for name in order]})
    return frame.astype({"women": "Int64"})


def history(**months: pd.DataFrame) -> pd.DataFrame:
    frames = [frame.assign(month=name.replace("_", "-")[1:]) for name, frame in months.items()]
    return pd.concat(frames, ignore_index=True)


def test_each_pattern_is_a_step_as_high_as_its_count() -> None:
    figure = engagement.patterns_over_months(
        history(m2026_09=patterns(steady=7, paused=4), m2026_10=patterns(steady=5, returned=3)),
        "2026-10",
        TEAM,
    )
    steps = {bar.name: list(bar.y) for bar in figure.data if bar.name}
    assert steps["Steady · 5"] == [7, 5]
    assert steps["Returned · 3"] == [0, 3]
    assert steps["Paused · 0"] == [4, 0]


def test_the_step_of_a_hidden_count_has_one_height_whatever_is_behind_it() -> None:
    figure = engagement.patterns_over_months(
        history(m2026_10=patterns(steady=5, paused=None)), "2026-10", TEAM
    )
    (hatched,) = [bar for bar in figure.data if bar.marker.pattern.shape and sum(bar.y)]
    assert list(hatched.y) == [2]
    assert "Paused · hidden" in [bar.name for bar in figure.data]


def test_what_is_hidden_of_a_flow_takes_no_width_of_its_own() -> None:
    moved = pd.DataFrame(
        {"before": ["with_us", "with_us", "paused"], "after": ["with_us", "not_here", "with_us"],
         "women": [20, None, 6]}
    ).astype({"women": "Int64"})  # fmt: skip
    figure = engagement.flows(moved, pd.Period("2026-10", "M"))
    widths = [max(of.y[:1] - of.y[-1:], key=abs) for of in figure.data]
    assert sorted(abs(width) for width in widths) == [0, 6, 20]
    (dotted,) = [of for of in figure.data if of.line.width]
    assert dotted.line.dash == "dot"
    assert {"Not with us", "Not in a pause · 26"} <= set(words(figure))


def test_barriers_that_nobody_named_are_left_out_and_hidden_ones_are_not() -> None:
    named = pd.DataFrame({"barrier": ["work", "health", "housing"], "times": [5, 0, None]})
    (bars,) = engagement.barriers(named.astype({"times": "Int64"})).data
    assert dict(zip(bars.y, bars.text, strict=True)) == {"Work": "5", "Housing": "hidden"}


def test_a_module_with_a_hidden_rate_has_no_point() -> None:
    table = pd.DataFrame(
        {"scope": ["all", "music", "sewing"], "attended": [20, None, None],
         "partly": [4, None, None], "excused": [3, 3, 3], "missed": [3, 3, 3],
         "rate": [0.8, None, 2 / 3]}
    ).astype({"attended": "Int64", "partly": "Int64", "rate": "Float64"})  # fmt: skip
    figure = engagement.attendance_by_module(table)
    (points,) = figure.data
    assert dict(zip(points.y, points.marker.opacity, strict=True)) == {
        "Sewing": 1.0,
        "Expression through music": 0.0,
    }
    assert {"hidden", "67%", "all modules"} <= set(words(figure))


def test_no_figure_holds_text_that_names_another_host() -> None:
    text = caseload.women_by_profiles(
        pd.DataFrame({"profiles": ["3+"], "women": pd.array([4], dtype="Int64")})
    ).to_json()
    assert text is not None
    assert "http" not in text
