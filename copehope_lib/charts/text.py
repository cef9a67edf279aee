"""A figure as text: what is compared, and what can be read where no picture is drawn."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

DIGITS = 3
"""Digits after the point: more would differ from machine to machine."""

_MARKUP = re.compile(r"<[^>]+>")


def as_text(figure: go.Figure) -> str:
    """Return the data of a figure, trace by trace, and the words that stand in it.

    Colours, sizes and places are left out: they may change while the numbers stay.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Any figure of this package.

    Returns
    -------
    str
        One line for each list of a trace, numbers rounded to three digits.

    Examples
    --------
    >>> picture = go.Figure().add_bar(name="women", x=["P-1", "P-2"], y=[9, 4.25])
    >>> print(as_text(picture.add_annotation(text="capacity")))
    bar women
      x: P-1 | P-2
      y: 9 | 4.25
    words: capacity
    """
    lines: list[str] = []
    for trace in figure.data:
        lines.append(f"{trace.type} {trace.name or ''}".strip())
        lines += _lists(trace)
    words = [_spelt(note.text) for note in figure.layout.annotations]
    if words:
        lines.append(f"words: {' | '.join(words)}")
    return "\n".join(lines)


def _lists(trace: Any) -> Iterable[str]:
    for name in ("x", "y", "z", "text"):
        if name not in trace or trace[name] is None:
            continue
        rows = [trace[name]] if isinstance(trace[name], str) else list(trace[name])
        if "fill" in trace and trace.fill == "toself":
            rows = _corners(rows)
        if any(isinstance(row, (list, tuple, np.ndarray)) for row in rows):
            yield f"  {name}:"
            yield from (f"    {' | '.join(map(_spelt, row))}" for row in rows)
        else:
            yield f"  {name}: {' | '.join(map(_spelt, rows))}"


def _corners(outline: list[Any]) -> list[Any]:
    """Return where an outline begins, turns and ends: between them it is only drawn."""
    half = len(outline) // 2
    return [outline[at] for at in (0, half - 1, half, -1)]


def _spelt(value: Any) -> str:
    """Return one value: a gap is a dash, a line break a blank, a day is a day."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return "–"
    if isinstance(value, datetime | np.datetime64):
        return pd.Timestamp(value).strftime("%Y-%m-%d")
    if isinstance(value, float | np.floating):
        return f"{round(float(value), DIGITS) + 0.0:.12g}"
    return _MARKUP.sub("", str(value).replace("<br>", " "))
