"""A matrix: a number or a sign in each square, its shade saying the same again."""

from collections.abc import Sequence

import plotly.graph_objects as go

from copehope_lib.charts.frame import figure, wrapped
from copehope_lib.theme import tokens

ROW = 30
"""Pixels of one row."""


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    words: Sequence[Sequence[str]],
    shades: Sequence[Sequence[float]],
    *,
    colour: str = tokens.TINT,
    codes: Sequence[str] | None = None,
) -> go.Figure:
    """A square for each row and column.

    Parameters
    ----------
    rows, columns : sequence of str
        Their labels; the first row stands at the head.
    words : sequence of sequence of str
        What each square says.
    shades : sequence of sequence of float
        How full each square is, from 0 to 1; 0 also where its number is hidden.
    colour : str
        Of a full square.
    codes : sequence of str, optional
        What is chosen by a click on a row.

    Examples
    --------
    >>> picture = matrix(["Housing"], ["Sep", "Oct"], [["4", "hidden"]], [[1.0, 0.0]])
    >>> [list(row) for row in picture.data[0].text]
    [['4', 'hidden']]
    """
    picture = figure(height=64 + ROW * len(rows))
    picture.add_heatmap(
        x=[wrapped(name, 12) for name in columns],
        y=list(rows),
        z=[list(row) for row in shades],
        text=[list(row) for row in words],
        texttemplate="%{text}",
        textfont={"color": tokens.INK, "size": 14},
        colorscale=[[0, tokens.CARD], [1, colour]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="none",
        customdata=None if codes is None else [[code] * len(columns) for code in codes],
    )
    picture.update_xaxes(type="category", side="top", showgrid=False, tickangle=0, ticks="")
    picture.update_yaxes(type="category", autorange="reversed", showgrid=False, ticks="", dtick=1)
    return picture
