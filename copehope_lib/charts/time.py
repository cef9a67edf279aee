"""Time along the foot of a picture: months, and lines from day to day."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import months
from copehope_lib.charts.frame import month_labels
from copehope_lib.theme import tokens


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
