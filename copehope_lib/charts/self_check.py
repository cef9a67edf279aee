"""The picture of one person's own result: where she stands on each scale."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import (
    SMALL,
    column_of_words,
    dots,
    empty,
    figure,
    ring,
    stroke,
    wrapped,
)
from copehope_lib.language import gettext as _
from copehope_lib.readings.words import score
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Scale

ROW = 46
"""Height of a row, in pixels."""


def own(table: pd.DataFrame) -> go.Figure:
    """A line for each scale, a full dot for her score, an open circle for an earlier one.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`copehope_lib.readings.self_check.own` returns it.

    Examples
    --------
    >>> table = pd.DataFrame({"scale": ["rest"], "score": [3.0], "lowest": [0.0],
    ...     "highest": [4.0], "strength": [True], "earlier": [1.0]})
    >>> [trace.x for trace in own(table).data[1:]]
    [(0.25,), (0.75,)]
    """
    if table.empty:
        return empty(_("There are too few answers for a picture."))
    rows = table.reset_index(drop=True)
    labels = [label(code) for code in rows["scale"]]
    picture = figure(height=30 + ROW * len(rows))
    lines(picture, labels)
    earlier = rows[rows["earlier"].notna()]
    before = {"size": 17, "color": tokens.CARD, "line": ring(tokens.SOFT_INK, 2)}
    dots(picture, list(place(earlier, "earlier")), [label(c) for c in earlier["scale"]], before)
    dots(picture, list(place(rows, "score")), labels, {"size": 17, "color": colours(rows)})
    words = [
        _("{score} of {highest}").format(score=score(one), highest=score(top))
        for one, top in zip(rows["score"], rows["highest"], strict=True)
    ]
    column_of_words(picture, labels, words, SMALL)
    return picture


def label(code: str) -> str:
    """Return the name of a scale in lines short enough for a telephone.

    Examples
    --------
    >>> label("secondary")
    'Stress from<br>others’ trauma'
    """
    return wrapped(Scale.label_of(code), 18)


def lines(picture: go.Figure, labels: list[str]) -> None:
    """Draw the scale of each row, from its lowest to its highest value."""
    x = [end for _label in labels for end in (0, 1, None)]
    stroke(picture, x, [name for name in labels for _end in range(3)], tokens.LINE, 4)
    picture.update_xaxes(visible=False, range=[-0.02, 1.03])
    picture.update_yaxes(autorange="reversed", type="category", showgrid=False)


def place(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return where values lie between the lowest and the highest of their scale, from 0 to 1.

    Examples
    --------
    >>> rows = pd.DataFrame({"mean": [30.0], "lowest": [10], "highest": [50]})
    >>> place(rows, "mean").tolist()
    [0.5]
    """
    of: pd.Series = (rows[column] - rows["lowest"]) / (rows["highest"] - rows["lowest"])
    return of.astype("Float64").astype("float64")


def colours(rows: pd.DataFrame) -> list[str]:
    """Return the colour of each scale: one for what weighs, another for what carries.

    Examples
    --------
    >>> colours(pd.DataFrame({"strength": [True]})) == [tokens.DEEP]
    True
    """
    return [tokens.DEEP if strength else tokens.OCHRE for strength in rows["strength"]]
