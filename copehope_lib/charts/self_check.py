"""What pictures of a self-check have in common: a line for each scale, and where a value lies."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import (
    stroke,
    wrapped,
)
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Scale

ROW = 46
"""Height of a row, in pixels."""


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
