"""Pictures of the team's wellbeing: ranges, never one person; what is not shown says why."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import (
    SMALL,
    add_words,
    column_of_words,
    dots,
    figure,
    month_labels,
    stroke,
)
from copehope_lib.charts.self_check import ROW, colours, label, lines, place
from copehope_lib.language import gettext as _
from copehope_lib.readings.words import score
from copehope_lib.theme import tokens

STEP = 72
"""Height of a scale over months, in pixels."""


def ranges(rows: pd.DataFrame, labels: Sequence[str]) -> go.Figure:
    """A line for each row, a thick piece for where the mean of the answers lies, a dot in it.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``low, mean, high, lowest, highest`` and, for its colour, ``strength``.
    labels : sequence of str
        What each row is called.

    Examples
    --------
    >>> rows = pd.DataFrame({"low": [1.0], "mean": [2.0], "high": [3.0], "lowest": [0.0],
    ...     "highest": [4.0], "strength": [True]})
    >>> picture = ranges(rows, ["Rest"])
    >>> picture.data[1].x, picture.layout.annotations[0].text
    ((0.25, 0.75), '1 to 3 of 4')
    """
    names = list(labels)
    tall = max((name.count("<br>") for name in names), default=0)
    picture = figure(height=30 + (ROW + 14 * max(0, tall - 1)) * len(rows))
    lines(picture, names)
    for name, low, high, colour in zip(names, *_ends(rows), colours(rows), strict=True):
        stroke(picture, [low, high], [name, name], colour, 14)
    dots(picture, list(place(rows, "mean")), names, {"size": 9, "color": tokens.CARD})
    column_of_words(picture, names, between(rows), SMALL)
    return picture


def _ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return place(rows, "low"), place(rows, "high")


def between(rows: pd.DataFrame) -> list[str]:
    """Return between which values each mean lies, in words.

    Examples
    --------
    >>> between(pd.DataFrame({"low": [1.0], "high": [3.5], "highest": [4.0]}))
    ['1 to 3.5 of 4']
    """
    words = _("{low} to {high} of {highest}")
    numbers = rows[["low", "high", "highest"]].to_dict("records")
    return [words.format(**{str(k): score(n) for k, n in row.items()}) for row in numbers]


def over_months(names: Sequence[str], waves: pd.DataFrame, scales: pd.DataFrame) -> go.Figure:
    """A row for each scale, a range for each wave; a month without one is hatched.

    Parameters
    ----------
    names : sequence of str
        The months, as ``2026-10``.
    waves : pandas.DataFrame
        ``wellbeing.waves`` of these months, with ``month``.
    scales : pandas.DataFrame
        ``wellbeing.scales`` of these months, with ``month``.

    Examples
    --------
    >>> waves = pd.DataFrame({"month": ["2026-09", "2026-10"], "state": ["few", "shown"]})
    >>> scales = pd.DataFrame({"month": ["2026-10"], "scale": ["rest"], "strength": [True],
    ...     "low": [1.0], "mean": [2.0], "high": [3.0], "lowest": [0.0], "highest": [4.0]})
    >>> picture = over_months(["2026-09", "2026-10"], waves, scales)
    >>> [note.text for note in picture.layout.annotations]
    ['few<br>answers']
    """
    codes = list(dict.fromkeys(scales["scale"]))
    picture = figure(height=60 + STEP * max(2, len(codes)))
    at = {name: place for place, name in enumerate(names)}
    foot = {code: len(codes) - 1 - row for row, code in enumerate(codes)}
    for code in codes:
        picture.add_hline(y=foot[code] - 0.09, line={"color": tokens.GRID, "width": 1})
        rows = scales[scales["scale"] == code]
        x = [at[name] for name in rows["month"]]
        low, mean, high = (place(rows, name) * 0.8 + foot[code] for name in ("low", "mean", "high"))
        colour = colours(rows)[0]
        along = [point for where in x for point in (where, where, None)]
        ends = [point for pair in zip(low, high, strict=True) for point in (*pair, None)]
        stroke(picture, along, ends, colour, 9)
        dots(
            picture,
            x,
            list(mean),
            {"size": 5, "color": tokens.CARD},
            mode="lines+markers",
            line={"color": colour, "width": 1.5, "dash": "dot"},
        )
    _not_shown(picture, list(names), waves, max(2, len(codes)))
    picture.update_xaxes(
        tickvals=list(at.values()),
        ticktext=month_labels(names),
        showgrid=False,
        range=[-0.5, len(at) - 0.5],
    )
    picture.update_yaxes(
        tickvals=[foot[code] + 0.4 for code in codes],
        ticktext=[label(code) for code in codes],
        range=[-0.15, max(2, len(codes)) - 0.05],
        showgrid=False,
    )
    return picture


def _not_shown(picture: go.Figure, names: list[str], waves: pd.DataFrame, rows: int) -> None:
    """Hatch the months of which nothing is shown, and say why."""
    states = dict(zip(waves["month"], waves["state"], strict=True))
    words = {
        "few": _("few<br>answers"),
        "other": _("another<br>version"),
        None: _("no<br>self-check"),
    }
    hidden = [(at, states.get(name)) for at, name in enumerate(names)]
    hidden = [(at, state) for at, state in hidden if state in words]
    look = {
        "color": tokens.PAPER,
        "line": {"width": 0},
        "pattern": {"shape": "/", "fgcolor": tokens.LINE, "size": 9},
    }
    at = [place for place, _state in hidden]
    tall = [float(rows)] * len(hidden)
    picture.add_bar(x=at, y=tall, width=0.8, base=-0.1, marker=look, hoverinfo="skip")
    told = {"y": rows / 2, "showarrow": False, "font": SMALL}
    add_words(picture, [told | {"x": at, "text": words[state]} for at, state in hidden])
