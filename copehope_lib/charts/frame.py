"""What every picture has in common: the template, and a word in the place of a hidden cell."""

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import month as months
from copehope_lib.language import gettext as _
from copehope_lib.theme.plotly import template


def figure(*, height: int) -> go.Figure:
    """Return an empty figure in the house style, ``height`` pixels high."""
    picture = go.Figure()
    picture.update_layout(template=template(), height=height)
    return picture


def empty(sentence: str) -> go.Figure:
    """Return a figure that says in one sentence why there is nothing to see.

    Examples
    --------
    >>> empty("Nobody was in the team this month.").layout.annotations[0].text
    'Nobody was in the team this month.'
    """
    picture = figure(height=160)
    picture.add_annotation(
        x=0.5, y=0.5, xref="paper", yref="paper", text=sentence, showarrow=False
    )
    picture.update_xaxes(visible=False)
    picture.update_yaxes(visible=False)
    return picture


def column_of_words(picture: go.Figure, rows: Iterable[str], words: Iterable[str]) -> None:
    """Write a word for each row of a figure, in a column at its right edge.

    Words that stand apart from bars and lines never cross them, however long they are.
    """
    for row, word in zip(rows, words, strict=True):
        picture.add_annotation(
            x=1, xref="paper", xanchor="right", y=row, yref="y", text=word, showarrow=False
        )


def month_labels(names: Sequence[str]) -> list[str]:
    """Return what stands under each column: the month, and the year where one begins.

    Examples
    --------
    >>> month_labels(["2026-12", "2027-01", "2027-02"])
    ['Dec<br>2026', 'Jan<br>2027', 'Feb']
    """
    return [
        months.short_name(name) + (f"<br>{name[:4]}" if at == 0 or name.endswith("-01") else "")
        for at, name in enumerate(names)
    ]


def bar_labels(counts: pd.Series) -> list[str]:
    """Return what stands at the end of each bar: the count, or the word for a hidden one.

    Examples
    --------
    >>> bar_labels(pd.Series([4, None], dtype="Int64"))
    ['4', 'hidden']
    """
    return [_("hidden") if pd.isna(count) else str(count) for count in counts]
