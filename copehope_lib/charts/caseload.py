"""Pictures of the caseload."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.bars import bars
from copehope_lib.charts.frame import (
    DOTTED,
    SMALL,
    bar_labels,
    column_of_words,
    crossed,
    dots,
    empty,
    figure,
    month_labels,
    upright_line,
)
from copehope_lib.charts.matrix import matrix
from copehope_lib.language import gettext as _
from copehope_lib.readings import words
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Function


def load_per_professional(loads: pd.DataFrame) -> go.Figure:
    """Load of each post against its reference capacity: a range, not a target.

    Parameters
    ----------
    loads : pandas.DataFrame
        ``caseload.load`` of one month; a hidden row is missing.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar for each professional, by code; those above 1 carry the accent.

    Examples
    --------
    >>> codes, women = ["P-1", "P-2"], [9, 4]
    >>> loads = pd.DataFrame({"professional": codes, "women": women, "load": [1.3, 0.6]})
    >>> picture = load_per_professional(loads)
    >>> picture.data[0].y, [note.text for note in picture.layout.annotations][1:]
    (array(['P-2', 'P-1'], dtype=object), ['4 women · 60%', '9 women · 130%'])
    """
    if loads.empty:
        return empty(_("Nobody was in the team this month."))
    rows = loads.sort_values("professional", ascending=False)
    width = rows["load"].fillna(0).astype("float64")
    colour = [tokens.ACCENT if value > 1 else tokens.QUIET for value in width]
    picture = figure(height=60 + 34 * len(rows))
    picture.add_bar(
        y=rows["professional"], x=width, orientation="h", marker_color=colour, hoverinfo="skip"
    )
    picture.add_vrect(x0=0, x1=1, fillcolor=tokens.TINT, opacity=0.55, layer="below", line_width=0)
    upright_line(picture, 1, _("reference capacity"))
    column_of_words(picture, rows["professional"], _load_labels(rows))
    picture.update_xaxes(visible=False, range=[0, max(1.15, width.max())])
    return picture


def _load_labels(rows: pd.DataFrame) -> list[str]:
    labels = []
    for women, load in zip(rows["women"], rows["load"], strict=True):
        share = _("no fixed post") if pd.isna(load) else words.percent(load)
        known = pd.notna(women)
        labels.append(f"{words.n_women(int(women))} · {share}" if known else _("hidden"))
    return labels


def women_by_profiles(around: pd.DataFrame) -> go.Figure:
    """Women by the number of profiles around them.

    Parameters
    ----------
    around : pandas.DataFrame
        ``caseload.profiles`` of one month.

    Examples
    --------
    >>> around = pd.DataFrame({"profiles": ["1", "2", "3+"], "women": [4, None, 30]})
    >>> women_by_profiles(around.astype({"women": "Int64"})).data[0].text
    ('4', 'hidden', '30')
    """
    picture = figure(height=300)
    colour = [tokens.ACCENT if band == "3+" else tokens.QUIET for band in around["profiles"]]
    picture.add_bar(
        x=around["profiles"],
        y=around["women"].fillna(0).astype("int64"),
        marker_color=colour,
        text=bar_labels(around["women"]),
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    picture.update_yaxes(visible=False)
    picture.update_xaxes(type="category", title={"text": _("profiles around her"), "font_size": 15})
    return picture


def spread_over_months(history: pd.DataFrame) -> go.Figure:
    """How many times the median load the fullest post carried, month by month.

    Parameters
    ----------
    history : pandas.DataFrame
        ``caseload.spread`` of the published months, with ``month``.

    Examples
    --------
    >>> history = pd.DataFrame({"month": ["2026-09", "2026-10"], "max_to_median": [1.4, 1.9]})
    >>> spread_over_months(history).data[0].text
    ('1.4', '1.9')
    """
    known = history.dropna(subset="max_to_median")
    if known.empty:
        return empty(_("There is no spread to show."))
    picture, factors = figure(height=240), known["max_to_median"].astype("float64")
    dots(
        picture,
        month_labels(list(known["month"])),
        factors,
        {"size": 10},
        mode="lines+markers+text",
        line={"color": tokens.ACCENT, "width": 3},
        text=[words.decimal(value) for value in factors],
        textposition="top center",
        cliponaxis=False,
    )
    picture.add_hline(y=1, line=DOTTED)
    at = {"x": 0, "xref": "paper", "y": 1, "yanchor": "bottom", "xanchor": "left"}
    picture.add_annotation(at, showarrow=False, text=_("even"), font=SMALL)
    top = max(2.0, float(factors.max()) * 1.2)
    picture.update_yaxes(visible=False, range=[0.8, top])
    picture.update_xaxes(type="category", showgrid=False)
    return picture


def distribution(held: pd.DataFrame) -> go.Figure:
    """Who accompanies in which function: women in each square.

    Parameters
    ----------
    held : pandas.DataFrame
        ``caseload.distribution`` of one month.

    Examples
    --------
    >>> held = pd.DataFrame({"professional": ["P-1", "P-2"], "function": ["legal", "health"],
    ...     "women": pd.array([9, 4], dtype="Int64")})
    >>> [list(row) for row in distribution(held).data[0].text]
    [['9', ''], ['', '4']]
    """
    if held.empty:
        return empty(_("Nobody was in the team this month."))
    functions = [code for code in Function.codes() if code in set(held["function"])]
    square = crossed(held, "professional", "function", "women")
    square = square.reindex(columns=functions).sort_index()
    most = max(1, int(square.max().max()))
    return matrix(
        list(square.index),
        [Function.label_of(code) for code in functions],
        [["" if pd.isna(n) else str(n) for n in row] for row in square.to_numpy()],
        [[0 if pd.isna(n) else float(n) / most for n in row] for row in square.to_numpy()],
        colour=tokens.QUIET,
    )


def reference_changes(changed: pd.DataFrame) -> go.Figure:
    """Women by how often their reference person changed in six months.

    Parameters
    ----------
    changed : pandas.DataFrame
        ``caseload.reference`` of one month.

    Examples
    --------
    >>> women = pd.array([35, 11], dtype="Int64")
    >>> reference_changes(pd.DataFrame({"changes": ["0", "1"], "women": women})).data[0].y
    ('no change', '1 change')
    """
    names = {"0": _("no change"), "1": _("1 change"), "2+": _("2 changes or more")}
    labels = [names[band] for band in changed["changes"]]
    return bars(labels, changed["women"], lead=labels[1:])
