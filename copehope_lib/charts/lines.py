"""Lines over months: shares, and how far they moved."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import DOTTED, SMALL, dots, empty, figure, month_labels, ring, stroke
from copehope_lib.charts.time import segments
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens

STEEP = 0.08
"""From this difference to a neighbour on, a line would cross a word above its point."""


def shares(
    names: Sequence[str], values: pd.Series, words: Sequence[str], *, height: int = 260
) -> go.Figure:
    """A point a month; a month whose share is hidden has its word at the foot.

    Parameters
    ----------
    names : sequence of str
        The months, as ``2026-10``.
    values : pandas.Series of Float64
        Shares from 0 to 1; a hidden one is missing.
    words : sequence of str
        What stands at each point.

    Examples
    --------
    >>> picture = shares(["2026-09", "2026-10"], pd.Series([0.5, None]), ["1 of 2", "hidden"])
    >>> picture.data[0].text
    ('1 of 2', 'hidden')
    """
    if not len(names):
        return empty(_("There is nothing in these months."))
    picture, foot = figure(height=height), month_labels(names)
    shown = values.isna().map({True: 0.0, False: 1.0})
    marker = {"size": 11, "color": tokens.ACCENT, "opacity": list(shown)}
    told = {"text": list(words), "textposition": _beside(values), "cliponaxis": False}
    dots(picture, foot, values.fillna(0).astype("float64"), marker, mode="markers+text", **told)
    known = values.astype("Float64").to_numpy(float, na_value=float("nan"))
    stroke(picture, foot, known, tokens.ACCENT, 3)
    picture.update_yaxes(visible=False, range=[-0.05, 1.25])
    picture.update_xaxes(type="category", showgrid=False)
    return picture


def _beside(values: pd.Series) -> list[str]:
    """Return where each word stands: below a point from which the line rises steeply."""
    known = values.astype("Float64")
    higher = pd.concat([known.shift(1), known.shift(-1)], axis="columns").max(axis="columns")
    rises = (higher - known > STEEP).fillna(value=False)
    return ["bottom center" if one else "top center" for one in rises]


def counts(names: Sequence[str], values: pd.Series, *, height: int = 260) -> go.Figure:
    """A column a month; a hidden count is a dash, for which there is always room.

    Examples
    --------
    >>> counts(["2026-09", "2026-10"], pd.Series([4, None], dtype="Int64")).data[0].text
    ('4', '–')
    """
    if not len(names):
        return empty(_("There is nothing in these months."))
    picture = figure(height=height)
    picture.add_bar(
        x=month_labels(names),
        y=values.fillna(0).astype("int64"),
        hoverinfo="skip",
        text=["–" if pd.isna(value) else str(value) for value in values],
        textposition="outside",
        cliponaxis=False,
        marker_color=[tokens.QUIET] * (len(names) - 1) + [tokens.ACCENT],
    )
    picture.update_yaxes(visible=False)
    picture.update_xaxes(type="category")
    return picture


def differences(labels: Sequence[str], moved: pd.DataFrame) -> go.Figure:
    """How far each share moved since the month before, in points, and how far by chance.

    Parameters
    ----------
    labels : sequence of str
        What stands before each row.
    moved : pandas.DataFrame
        Rows of a metric of change: ``difference``, ``low``, ``high``, ``clear``.

    Examples
    --------
    >>> moved = {"difference": [0.1], "low": [-0.1], "high": [0.3], "clear": [False]}
    >>> differences(["Childcare"], pd.DataFrame(moved)).data[1].x
    array([10.])
    """
    rows = moved.assign(label=list(labels)).dropna(subset=["difference", "low", "high"])
    if rows.empty:
        return empty(_("No change can be shown: too few women, or nothing to compare with."))
    numbers = rows[["difference", "low", "high"]].astype("float64") * 100
    clear = rows["clear"].fillna(False).astype(bool)
    picture = figure(height=96 + 30 * len(rows))
    x, y = segments(numbers["low"], numbers["high"], rows["label"])
    stroke(picture, x, y, tokens.QUIET, 6)
    full = [tokens.ACCENT if sure else tokens.CARD for sure in clear]
    marker = {"size": 13, "line": ring(tokens.ACCENT), "color": full}
    dots(picture, numbers["difference"], rows["label"], marker)
    picture.add_vline(x=0, line=DOTTED)
    title = {"text": _("points more or less than before"), "font": SMALL}
    picture.update_xaxes(title=title)
    picture.update_yaxes(autorange="reversed", type="category")
    return picture
