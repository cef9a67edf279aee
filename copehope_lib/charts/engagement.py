"""Pictures of engagement: returns as plain to see as pauses (§5.6)."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import months
from copehope_lib.charts.bars import Pieces, bars_by, columns_in_pieces
from copehope_lib.charts.flows import ribbons
from copehope_lib.charts.frame import (
    SMALL,
    column_of_words,
    dots,
    empty,
    figure,
    ring,
    stroke,
    upright_line,
)
from copehope_lib.charts.time import months_along, names_of, rows_by_name, stretches
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings import words
from copehope_lib.readings.engagement import most_named
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Barrier, Module, Pattern, Together

PATTERNS = Pieces(
    "pattern",
    "women",
    [
        Together.COMING,
        Together.WITH_US,
        Pattern.STEADY,
        Pattern.RETURNED,
        Pattern.STARTING,
        Together.BEGINNING,
        Pattern.INTERMITTENT,
        Pattern.PAUSED,
        Pattern.IN_TOUCH,
        Pattern.NOT_INVITED,
    ],
    tokens.PATTERNS,
)
"""From the foot of a column to its head."""

NOT_HERE = "not_here"


def patterns_over_months(history: pd.DataFrame, month: str, audience: Audience) -> go.Figure:
    """Women by pattern, a column a month, the chosen month in full colour.

    A hidden count is drawn as a hatched step of always the same height, so that its size says
    nothing.

    Parameters
    ----------
    history : pandas.DataFrame
        ``engagement.patterns`` of the published months, with ``month``.
    month : str
        The month that is being looked at, as ``2026-10``.
    audience : Audience
        Whose minimum gives a hidden step its height.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> women = pd.array([21, 9, None, 4, 5, 0, 0], dtype="Int64")
    >>> history = pd.DataFrame({"month": "2026-10", "pattern": list(Pattern), "women": women})
    >>> picture = patterns_over_months(history, "2026-10", TEAM)
    >>> [bar.name for bar in picture.data if bar.name][:2], picture.data[-5].y
    (['Steady · 21', 'Returned · 4'], array([2]))
    """
    return columns_in_pieces(names_of(history), history, PATTERNS, month, audience)


def flows(moved: pd.DataFrame, month: pd.Period) -> go.Figure:
    """Where each woman was before, and where she is now; pauses and returns in colour.

    Parameters
    ----------
    moved : pandas.DataFrame
        ``engagement.flows`` of one month.
    month : pandas.Period
        The month, or months as one, that is being looked at.

    Examples
    --------
    >>> women = pd.array([14, 4], dtype="Int64")
    >>> moved = pd.DataFrame({"before": ["steady"] * 2, "after": ["steady", "paused"],
    ...     "women": women})
    >>> picture = flows(moved, pd.Period("2026-10", "M"))
    >>> [trace.fillcolor for trace in picture.data]
    ['#94619b', '#b9c9c8']
    """
    beside = {NOT_HERE: _("Not with us")}
    lead = {Pattern.PAUSED, Pattern.RETURNED, Together.WITH_US}
    return ribbons(moved, PATTERNS, beside, month, lead=lead)


def strip(pauses: pd.DataFrame, here: pd.Series, since: pd.Period, month: pd.Period) -> go.Figure:
    """A row for each woman, by pseudonym: a line, dots for a pause, a ring for a return.

    Parameters
    ----------
    pauses : pandas.DataFrame
        ``engagement.pauses`` of one month.
    here : pandas.Series of str
        Women who are accompanied; those without a pause in these months have no row.
    since : pandas.Period
        First month of the picture.
    month : pandas.Period
        Last month of the picture.

    Examples
    --------
    >>> days = pd.to_datetime(["2026-08-01", "2026-09-01", "2026-09-22", "2026-10-05"])
    >>> names = ["entered_on", "since", "paused_on", "returned_on"]
    >>> pauses = pd.DataFrame([days], columns=names).assign(woman="W-7KQ4M")
    >>> first, last = pd.Period("2026-08", "M"), pd.Period("2026-10", "M")
    >>> picture = strip(pauses, pauses["woman"], first, last)
    >>> [trace.name for trace in picture.data]
    ['with us', 'a pause', 'a return']
    """
    begin, end = months.bounds(since)[0], months.bounds(month)[1]
    lately = pauses[pauses["returned_on"].isna() | (pauses["returned_on"] >= begin)]
    lately = lately[lately["woman"].isin(set(here))]
    if lately.empty:
        return empty(_("There was no pause in these months."))
    women = sorted(set(lately["woman"]))
    entered = lately.groupby("woman")["entered_on"].max()
    first = entered.where(entered > begin, begin)
    back = lately[lately["returned_on"].notna()]
    picture = figure(height=84 + 20 * len(women))
    until = pd.Series(end, index=women)
    stretches(picture, first.loc[women], until, women, (tokens.QUIET, 7, None), _("with us"))
    stretches(
        picture,
        lately["since"].where(lately["since"] > begin, begin),
        lately["returned_on"].fillna(end),
        lately["woman"],
        (tokens.PLUM, 7, "2px,3px"),
        _("a pause"),
    )
    open_point = {"size": 12, "color": tokens.CARD, "line": ring(tokens.DEEP)}
    dots(picture, back["returned_on"], back["woman"], open_point, name=_("a return"))
    months_along(picture, since, month)
    rows_by_name(picture, women, margin=56)
    return picture


def barriers(named: pd.DataFrame) -> go.Figure:
    """What stood in the way, those named most in the accent.

    Parameters
    ----------
    named : pandas.DataFrame
        ``engagement.barriers`` of one month; what was never named is left out.

    Examples
    --------
    >>> named = pd.DataFrame({"barrier": ["work", "health", "safety"], "times": [7, 9, 0]})
    >>> barriers(named.astype({"times": "Int64"})).data[0].y
    ('Health', 'Work')
    """
    rows = named[named["times"].isna() | (named["times"] > 0)]
    if rows.empty:
        return empty(_("Nothing was named."))
    rows = rows.sort_values("times", ascending=False, kind="stable", na_position="last")
    most = list(most_named(named)["barrier"])
    return bars_by(rows, "barrier", "times", Barrier, lead=most, clicks=True)


def modules(table: pd.DataFrame) -> go.Figure:
    """Women reached by each module, and the usual size of a group.

    Parameters
    ----------
    table : pandas.DataFrame
        ``engagement.modules`` of one month.

    Examples
    --------
    >>> table = pd.DataFrame({"module": ["language"], "women": [19], "group_size": [6.0]})
    >>> [note.text for note in modules(table).layout.annotations]
    ['19 women<br>groups of 6']
    """
    rows = table.reset_index(drop=True)
    if rows.empty:
        return empty(_("No session was held."))
    picture = figure(height=60 + 38 * len(rows))
    names = [Module.label_of(code) for code in rows["module"]]
    _dots(picture, names, rows["women"], list(rows["module"]))
    # In one line they would leave a telephone no room for the names.
    told = [label.replace(" · ", "<br>") for label in _reach_labels(rows)]
    column_of_words(picture, names, told, SMALL)
    most = rows["women"].max()
    top = 10 if pd.isna(most) else max(10, int(most))
    picture.update_xaxes(visible=False, range=[0, top * 1.04])
    return picture


def _dots(picture: go.Figure, names: list[str], values: pd.Series, codes: list[str]) -> None:
    """Add a dot for each row; where the value is hidden there is none to be seen."""
    shades = [0.0 if pd.isna(value) else 1.0 for value in values]
    marker = {"size": 14, "color": tokens.ACCENT, "opacity": shades}
    clicked = {"hoverinfo": "none", "cliponaxis": False, "customdata": codes}
    dots(picture, values.fillna(0).astype("float64"), names, marker, **clicked)
    picture.update_yaxes(autorange="reversed", type="category")


def _reach_labels(rows: pd.DataFrame) -> list[str]:
    labels = []
    for women, size in zip(rows["women"], rows["group_size"], strict=True):
        reach = _("hidden") if pd.isna(women) else words.n_women(int(women))
        if pd.notna(size) and size >= 2:
            told = ngettext("{reach} · groups of {n}", "{reach} · groups of {n}", int(size))
            reach = told.format(reach=reach, n=words.whole(round(size)))
        labels.append(reach)
    return labels


def attendance_by_module(table: pd.DataFrame) -> go.Figure:
    """Share of kept places to which women came, by module; the line is all modules together.

    Parameters
    ----------
    table : pandas.DataFrame
        ``engagement.attendance`` of one month.

    Examples
    --------
    >>> table = pd.DataFrame({"scope": ["all", "language"], "attended": [8, 6], "partly": 0,
    ...     "excused": 2, "missed": 0, "rate": [0.8, 0.75]})
    >>> attendance_by_module(table).data[0].x
    array([0.75])
    """
    rows = table[table["scope"] != "all"]
    if rows.empty:
        return empty(_("No session was held."))
    overall = table.set_index("scope")["rate"]["all"]
    picture = figure(height=60 + 32 * len(rows))
    names = [Module.label_of(code) for code in rows["scope"]]
    _dots(picture, names, rows["rate"], list(rows["scope"]))
    if not pd.isna(overall):
        upright_line(picture, float(overall), _("all modules"))
    column_of_words(picture, names, attendance_labels(rows))
    picture.update_xaxes(visible=False, range=[0, 1.02])
    return picture


def attendance_labels(rows: pd.DataFrame) -> list[str]:
    """Return the share of each row in words, or why there is none."""
    counts = rows.filter(["came", "away", "attended", "partly", "excused", "missed"])
    unknown = counts.isna().any(axis=1).map({True: _("hidden"), False: _("nobody expected")})
    return [
        word if pd.isna(rate) else words.percent(rate)
        for rate, word in zip(rows["rate"], unknown, strict=True)
    ]


def retention(curve: pd.DataFrame) -> go.Figure:
    """Share of stays in which a woman was coming, week by week after entering: it may rise.

    Parameters
    ----------
    curve : pandas.DataFrame
        ``engagement.retention`` of one month.

    Examples
    --------
    >>> curve = pd.DataFrame({"week": [1, 2], "share": [1.0, 0.9], "low": [0.8, 0.7],
    ...     "high": [1.0, 1.0]})
    >>> retention(curve).data[2].y
    array([1. , 0.9])
    """
    known = curve.dropna(subset=["share", "low", "high"])
    if known.empty:
        return empty(_("No stay is long enough yet to say anything."))
    weeks = known["week"].astype("int64")
    low, high, share = (known[name].astype("float64") for name in ("low", "high", "share"))
    picture = figure(height=300)
    edge = {"x": weeks, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    picture.add_scatter(y=low, **edge)
    picture.add_scatter(y=high, fill="tonexty", fillcolor=tokens.TINT, **edge)
    stroke(picture, weeks, share, tokens.ACCENT, 3, line_shape="hv")
    picture.update_yaxes(tickformat=".0%", range=[0, 1.03], nticks=5)
    title = {"text": _("weeks since she entered"), "font": SMALL}
    picture.update_xaxes(title=title, showgrid=False)
    return picture
