"""Time along the foot of a picture: months, and lines from day to day."""

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import months
from copehope_lib.charts.frame import month_labels, stroke
from copehope_lib.theme import tokens


def names_of(history: pd.DataFrame) -> list[str]:
    """Return the months of a table, as ``2026-10``, in its order."""
    return list(dict.fromkeys(history["month"]))


def segments(
    begin: Iterable[object], end: Iterable[object], rows: Iterable[str]
) -> tuple[list[object], list[str]]:
    """Return the points of many lines as one trace: two ends each, and a gap.

    Examples
    --------
    >>> segments([1, 5], [3, 8], ["a", "b"])
    ([1, 3, None, 5, 8, None], ['a', 'a', 'a', 'b', 'b', 'b'])
    """
    x = [day for pair in zip(begin, end, strict=True) for day in (*pair, None)]
    return x, [row for row in rows for _ in range(3)]


def stretches(
    picture: go.Figure,
    begin: pd.Series,
    end: pd.Series,
    rows: Iterable[str],
    look: tuple[str, float, str | None],
    name: str,
) -> None:
    """Add a line from day to day in each row, of one colour, width and dash."""
    colour, width, dash = look
    x, y = segments(begin, end, rows)
    stroke(picture, x, y, colour, width, dash=dash, name=name)


def months_along(picture: go.Figure, since: pd.Period, month: pd.Period) -> None:
    """Write the months along the foot of a picture whose axis is time."""
    shown = pd.period_range(since, month, freq="M")
    labels = month_labels([str(period) for period in shown])
    picture.update_xaxes(
        type="date",
        ticktext=labels,
        tickvals=[period.to_timestamp() + pd.Timedelta(days=14) for period in shown],
        range=[months.bounds(since)[0], months.bounds(month)[1]],
        showgrid=False,
    )
    for period in shown[1:]:
        picture.add_vline(x=period.to_timestamp(), line={"color": tokens.GRID, "width": 1})


def rows_by_name(picture: go.Figure, rows: Sequence[str], margin: int) -> None:
    """Give each row its place, the first at the head, and a key above them all."""
    picture.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(rows)[::-1], dtick=1
    )
    key = {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0}
    picture.update_layout(showlegend=True, margin={"t": margin}, legend=key)
