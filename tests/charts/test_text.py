"""A figure as text: all its data, none of its looks."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts import as_text


def test_gaps_days_and_numbers_are_spelt_alike() -> None:
    figure = go.Figure().add_scatter(
        x=[pd.Timestamp("2026-10-03"), None, np.datetime64("2026-10-04")],
        y=[-0.0001, float("nan"), 1 / 3],
    )
    assert as_text(figure) == "scatter\n  x: 2026-10-03 | – | 2026-10-04\n  y: 0 | – | 0.333"


def test_a_square_stands_row_by_row() -> None:
    figure = go.Figure().add_heatmap(x=["a", "b"], y=["c"], z=[[1, 2]], text=[["one", "two"]])
    assert as_text(figure).splitlines()[3:] == ["  z:", "    1 | 2", "  text:", "    one | two"]


def test_words_stand_without_their_marks() -> None:
    figure = go.Figure().add_annotation(text="<b>Steady</b><br>18")
    assert as_text(figure) == "words: Steady 18"


def test_an_outline_is_told_by_its_corners() -> None:
    figure = go.Figure().add_scatter(x=[0, 0.5, 1, 1, 0.5, 0], y=[0, 1, 2, 3, 4, 5], fill="toself")
    assert as_text(figure) == "scatter\n  x: 0 | 1 | 1 | 0\n  y: 0 | 2 | 3 | 5"


def test_looks_make_no_difference_and_each_number_does() -> None:
    plain, coloured, other = (
        go.Figure().add_bar(x=[1, n], marker_color=colour)
        for n, colour in ((2, "red"), (2, "blue"), (3, "red"))
    )
    assert as_text(plain) == as_text(coloured)
    assert as_text(plain) != as_text(other)
