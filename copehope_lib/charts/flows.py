"""Flows: where each was before and is now, as ribbons between two columns.

Ribbons are drawn as filled lines, so that a page needs no more than the small plotly.js.
"""

from collections.abc import Collection, Hashable, Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from copehope_lib import months
from copehope_lib.charts.bars import Pieces
from copehope_lib.charts.frame import SMALL, add_words, figure
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens

WIDTH = 0.018
"""Of the blocks at both ends, where the picture is 1 wide."""

_STEPS = np.linspace(0, 1, 24)
_EASE = 3 * _STEPS**2 - 2 * _STEPS**3


def ribbons(
    table: pd.DataFrame,
    pieces: Pieces,
    beside: Mapping[str, str],
    month: pd.Period,
    *,
    lead: Collection[str],
) -> go.Figure:
    """Where each was a month before, at the left, and is now, at the right.

    Parameters
    ----------
    table : pandas.DataFrame
        ``before``, ``after`` and the counts; a hidden count is missing and its ribbon is a
        dotted line, which has no width.
    pieces : Pieces
        The kinds, in the order in which blocks stand from head to foot.
    beside : mapping of str to str
        Labels of what metrics write beside those kinds, by code.
    month : pandas.Period
        The month, or months as one, that lead from left to right.
    lead : collection of str
        Codes at the right whose ribbons carry their colour, where they come from elsewhere.

    Examples
    --------
    >>> from copehope_lib.vocabulary import Pattern
    >>> women = pd.array([6, 3], dtype="Int64")
    >>> table = pd.DataFrame({"before": "steady", "after": ["steady", "paused"], "women": women})
    >>> pieces = Pieces("pattern", "women", list(Pattern), tokens.PATTERNS)
    >>> picture = ribbons(table, pieces, {}, pd.Period("2026-06", "M"), lead=["paused"])
    >>> sorted(note.text for note in picture.layout.annotations)
    ['June 2026', 'May 2026', 'Paused · 3', 'Steady · 6', 'Steady · 9']
    """
    labels = {kind.value: kind.label for kind in pieces.kinds} | dict(beside)
    moved = _placed(table, pieces.counts, list(labels))
    picture = figure(height=120 + 40 * max(moved[end].nunique() for end in ("before", "after")))
    for row in moved.to_dict("records"):
        marked = row["after"] in lead and row["before"] != row["after"]
        colour = pieces.colours[row["after"]] if marked else tokens.QUIET
        _ribbon(picture, row, colour, marked)
    for side, x in (("before", 0.0), ("after", 1.0)):
        _blocks(picture, moved, pieces, labels, side, x)
    ends = (pd.Period(first_day - pd.Timedelta(days=1), "M") for first_day in months.bounds(month))
    for x, word in enumerate(months.name(end) for end in ends):
        at = {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom"}
        picture.add_annotation(
            at, xanchor="right" if x else "left", text=word, showarrow=False, font=SMALL
        )
    if moved["hidden"].any():
        at = {"x": 0.5, "y": 0, "yref": "paper", "yanchor": "top"}
        words = _("dotted: hidden, of no width")
        picture.add_annotation(at, showarrow=False, font=SMALL, text=words)
    picture.update_layout(margin={"b": 28})
    picture.update_xaxes(visible=False, range=[0, 1])
    picture.update_yaxes(visible=False)
    return picture


def _placed(table: pd.DataFrame, counts: str, order: list[str]) -> pd.DataFrame:
    """Return what moved, with its width, and where it begins at each end, from the foot on."""
    rank = {code: at for at, code in enumerate(order)}
    moved = table.assign(
        hidden=table[counts].isna(),
        much=table[counts].fillna(0).astype("float64"),
        a=table["before"].map(rank),
        b=table["after"].map(rank),
    )
    moved = moved[moved["hidden"] | (moved["much"] > 0)].sort_values(["a", "b"], ascending=False)
    for end in ("before", "after"):
        size = moved.groupby(end)["much"].sum()
        gap = 0.06 * max(1.0, size.sum())
        foot, at = {}, 0.0
        for code in (code for code in reversed(order) if code in size.index):
            foot[code] = at
            # Two names that stand below one another have room, however thin their blocks are.
            at += max(size[code] + gap, 2.5 * gap)
        # Of no goal at all there are words and no numbers, which cannot be added.
        moved[f"{end}_foot"] = moved[end].map(foot).astype("float64")
        filled = moved.groupby(end)["much"].cumsum() - moved["much"]
        moved[f"{end}_at"] = moved[f"{end}_foot"] + filled
    return moved


def _ribbon(picture: go.Figure, row: Mapping[Hashable, float], colour: str, marked: bool) -> None:
    x = WIDTH + _STEPS * (1 - 2 * WIDTH)
    begin, end, much = row["before_at"], row["after_at"], row["much"]
    below = begin + (end - begin) * _EASE
    above = begin + much + ((end + much) - (begin + much)) * _EASE
    picture.add_scatter(
        x=np.round(np.concatenate([x, x[::-1]]), 4),
        y=np.round(np.concatenate([below, above[::-1]]), 3),
        mode="lines",
        line={"width": 2 if row["hidden"] else 0, "dash": "dot", "color": colour},
        fill="toself",
        hoverinfo="skip",
        fillcolor=colour,
        opacity=0.75 if marked else 0.42,
    )


def _blocks(
    picture: go.Figure,
    moved: pd.DataFrame,
    pieces: Pieces,
    labels: Mapping[str, str],
    side: str,
    x: float,
) -> None:
    """Draw the blocks of one end, each with its name and count, from the foot on."""
    shapes: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    for code, of in moved.sort_values(f"{side}_foot").groupby(side, sort=False):
        foot, size = of[f"{side}_foot"].iloc[0], of["much"].sum()
        total = of[pieces.counts].sum(skipna=False)
        along = {"x0": x - WIDTH * x, "x1": x + WIDTH * (1 - x), "y0": foot, "y1": foot + size}
        look = {"type": "rect", "fillcolor": pieces.colours[str(code)], "line": {"width": 0}}
        shapes.append(along | look)
        text = labels[str(code)] if pd.isna(total) else f"{labels[str(code)]} · {total}"
        at = {"x": x - 0.03 if x else 0.03, "y": foot + size / 2}
        words = {"showarrow": False, "xanchor": "right" if x else "left", "text": text}
        notes.append(at | words)
    picture.update_layout(shapes=[*picture.layout.shapes, *shapes])
    add_words(picture, notes)
