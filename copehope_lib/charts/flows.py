"""Flows: where each was before and is now, as ribbons between two columns.

Ribbons are drawn as filled lines, so that a page needs no more than the small plotly.js.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import SMALL, add_words, figure
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.theme import tokens

WIDTH = 0.018
"""Of the blocks at both ends, where the picture is 1 wide."""

_STEPS = np.linspace(0, 1, 24)
_EASE = 3 * _STEPS**2 - 2 * _STEPS**3


@dataclass
class _Column:
    """The blocks of one end: where each begins, and how far it is already filled."""

    foot: dict[str, float]
    size: dict[str, float]
    filled: dict[str, float]

    def take(self, code: str, much: float) -> tuple[float, float]:
        """Return the next place of a ribbon in a block."""
        begin = self.foot[code] + self.filled[code]
        self.filled[code] += much
        return begin, begin + much


def ribbons(
    table: pd.DataFrame,
    counts: str,
    labels: Mapping[str, str],
    colours: Mapping[str, str],
    audience: Audience,
    *,
    ends: tuple[str, str],
    lead: Collection[str],
) -> go.Figure:
    """Where each was before, at the left, and is now, at the right.

    Parameters
    ----------
    table : pandas.DataFrame
        ``before``, ``after`` and a column of counts; a hidden count is missing and its ribbon
        has always the same width.
    counts : str
        Name of that column.
    labels, colours : mapping of str to str
        By code, in the order in which blocks stand from head to foot.
    audience : Audience
        Whose minimum gives a hidden ribbon its width.
    ends : tuple of str
        What stands above each column.
    lead : collection of str
        Codes at the right whose ribbons carry their colour, where they come from elsewhere.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> women = pd.array([6, 3], dtype="Int64")
    >>> table = pd.DataFrame({"before": "on", "after": ["on", "off"], "women": women})
    >>> words, colours = {"on": "On", "off": "Off"}, {"on": "#115c68", "off": "#94619b"}
    >>> ends = ("May", "June")
    >>> picture = ribbons(table, "women", words, colours, TEAM, ends=ends, lead=["off"])
    >>> sorted(note.text for note in picture.layout.annotations)
    ['June', 'May', 'Off · 3', 'On · 6', 'On · 9']
    """
    moved = table.assign(hidden=table[counts].isna())
    step = (audience.minimum + 1) // 2
    moved["much"] = moved[counts].fillna(step).astype("float64")
    moved = moved[moved["much"] > 0]
    order = list(labels)
    left, right = (_column(moved, end, order) for end in ("before", "after"))
    picture = figure(height=400)
    rank = {code: at for at, code in enumerate(order)}
    ordered = moved.assign(a=moved["before"].map(rank), b=moved["after"].map(rank))
    for row in ordered.sort_values(["a", "b"], ascending=False).to_dict("records"):
        marked = row["after"] in lead and row["before"] != row["after"]
        begin = left.take(row["before"], row["much"])
        end = right.take(row["after"], row["much"])
        colour = colours[row["after"]] if marked else tokens.QUIET
        _ribbon(picture, begin, end, colour, bool(row["hidden"]), marked)
    for column, side, x in ((left, "before", 0.0), (right, "after", 1.0)):
        _blocks(picture, column, moved, counts, side, x, labels, colours)
    for x, word in zip((0, 1), ends, strict=True):
        picture.add_annotation(
            x=x,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="right" if x else "left",
            text=word,
            showarrow=False,
            font=SMALL,
        )
    if moved["hidden"].any():
        picture.add_annotation(
            x=0.5,
            y=0,
            yref="paper",
            yanchor="top",
            showarrow=False,
            font=SMALL,
            text=_("hatched: hidden, always as wide"),
        )
    picture.update_layout(margin={"b": 28})
    picture.update_xaxes(visible=False, range=[0, 1])
    picture.update_yaxes(visible=False)
    return picture


def _column(moved: pd.DataFrame, end: str, order: Sequence[str]) -> _Column:
    sums = moved.groupby(end)["much"].sum()
    size = {str(code): float(much) for code, much in sums.items()}
    gap = 0.04 * max(1.0, sum(size.values()))
    foot, at = {}, 0.0
    for code in reversed([code for code in order if code in size]):
        foot[code] = at
        at += size[code] + gap
    return _Column(foot, size, dict.fromkeys(foot, 0.0))


def _ribbon(
    picture: go.Figure,
    begin: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    hidden: bool,
    marked: bool,
) -> None:
    x = WIDTH + _STEPS * (1 - 2 * WIDTH)
    below = begin[0] + (end[0] - begin[0]) * _EASE
    above = begin[1] + (end[1] - begin[1]) * _EASE
    picture.add_scatter(
        x=np.round(np.concatenate([x, x[::-1]]), 4),
        y=np.round(np.concatenate([below, above[::-1]]), 3),
        mode="lines",
        line={"width": 0},
        fill="toself",
        hoverinfo="skip",
        fillcolor=colour,
        opacity=0.75 if marked else 0.42,
        fillpattern={
            "shape": "/" if hidden else "",
            "fgcolor": tokens.CARD,
            "fillmode": "overlay",
        },
    )


def _blocks(
    picture: go.Figure,
    column: _Column,
    moved: pd.DataFrame,
    counts: str,
    end: str,
    x: float,
    labels: Mapping[str, str],
    colours: Mapping[str, str],
) -> None:
    known = moved[counts].groupby(moved[end]).agg(lambda cells: cells.sum(skipna=False))
    shapes: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    for code, foot in column.foot.items():
        size, total = column.size[code], known[code]
        shapes.append(
            {
                "type": "rect",
                "x0": x - WIDTH * x,
                "x1": x + WIDTH * (1 - x),
                "y0": foot,
                "y1": foot + size,
                "fillcolor": colours[code],
                "line": {"width": 0},
            }
        )
        notes.append(
            {
                "x": x - 0.03 if x else 0.03,
                "y": foot + size / 2,
                "showarrow": False,
                "xanchor": "right" if x else "left",
                "text": labels[code] if pd.isna(total) else f"{labels[code]} · {total}",
            }
        )
    picture.update_layout(shapes=[*picture.layout.shapes, *shapes])
    add_words(picture, notes)
