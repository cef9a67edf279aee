"""What every picture has in common: the template, and a word in the place of a hidden cell."""

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import months
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens
from copehope_lib.theme.plotly import template

SMALL: dict[str, object] = {"size": 13, "color": tokens.SOFT_INK}
"""Font of what stands beside the marks: a limit, a scale."""

DOTTED: dict[str, object] = {"color": tokens.SOFT_INK, "width": 1, "dash": "dot"}
"""A line that marks a limit."""

LETTER, SMALL_LETTER = 8, 7
"""Width of a letter, in pixels."""


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
    picture.add_annotation(x=0.5, y=0.5, xref="paper", yref="paper", text=sentence, showarrow=False)
    picture.update_xaxes(visible=False)
    picture.update_yaxes(visible=False)
    return picture


def stroke(
    picture: go.Figure,
    x: Iterable[object],
    y: Iterable[object],
    colour: str,
    width: float,
    *,
    dash: str | None = None,
    **more: object,
) -> None:
    """Add a line, broken where a point is missing."""
    line = {"color": colour, "width": width, "dash": dash}
    picture.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", **more)


def dots(
    picture: go.Figure,
    x: Iterable[object],
    y: Iterable[object],
    marker: dict[str, object],
    **more: object,
) -> None:
    """Add points."""
    told = {"mode": "markers", "hoverinfo": "skip"} | more
    picture.add_scatter(x=x, y=y, marker=marker, **told)


def ring(colour: str, width: float = 3) -> dict[str, object]:
    """Return the edge of an open point."""
    return {"color": colour, "width": width}


def column_of_words(
    picture: go.Figure,
    rows: Iterable[str],
    words: Iterable[str],
    font: dict[str, object] | None = None,
) -> None:
    """Write a word for each row of a figure, in a column to the right of it.

    They stand in the margin, and so never cross bars and lines, however narrow the figure is.
    """
    told = list(words)
    at = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "yref": "y"}
    look = {"showarrow": False, "align": "left", "font": font}
    notes = [{"y": row, "text": word} for row, word in zip(rows, told, strict=True)]
    add_words(picture, [at | look | note for note in notes])
    lines = [line for word in told for line in word.split("<br>")]
    wide = SMALL_LETTER if font is SMALL else LETTER
    picture.update_layout(margin_r=16 + wide * max(map(len, lines), default=0))


def add_words(picture: go.Figure, notes: Sequence[dict[str, object]]) -> None:
    """Add annotations all at once: plotly checks all that there are each time it gets one."""
    picture.update_layout(annotations=[*picture.layout.annotations, *notes])


def upright_line(picture: go.Figure, at: float, word: str) -> None:
    """Draw a dotted line from foot to head, with its word above."""
    picture.add_vline(x=at, line=DOTTED)
    above = {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom"}
    picture.add_annotation(above, showarrow=False, text=word, font=SMALL)


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


def crossed(table: pd.DataFrame, rows: str, columns: str, values: str) -> pd.DataFrame:
    """Return a tidy table as a square: each pair of row and column stands in it once.

    Examples
    --------
    >>> tidy = pd.DataFrame({"need": ["food"], "month": ["2026-10"], "women": [4]})
    >>> int(crossed(tidy, "need", "month", "women").loc["food", "2026-10"])
    4
    """
    # pivot_table would drop what is hidden throughout.
    return table.pivot(index=rows, columns=columns, values=values)  # noqa: PD010


def wrapped(text: str, width: int) -> str:
    """Return a label in lines of at most so many letters, as pictures break them.

    Examples
    --------
    >>> wrapped("A review of basic needs younger than 60 days", 24)
    'A review of basic needs<br>younger than 60 days'
    """
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) >= width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
