"""Pictures of engagement: returns as plain to see as pauses (§5.6)."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import bar_labels, column_of_words, empty, figure, month_labels
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings import words
from copehope_lib.readings.engagement import most_named
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Barrier, Module, Pattern

ORDER = [
    Pattern.STEADY,
    Pattern.RETURNED,
    Pattern.STARTING,
    Pattern.INTERMITTENT,
    Pattern.PAUSED,
    Pattern.NOT_INVITED,
]
"""From the foot of a column to its head."""


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
    >>> women = pd.array([21, 4, 5, 9, None, 0], dtype="Int64")
    >>> history = pd.DataFrame({"month": "2026-10", "pattern": ORDER, "women": women})
    >>> picture = patterns_over_months(history, "2026-10", TEAM)
    >>> [bar.name for bar in picture.data if bar.name][:2], picture.data[-3].y
    (['Steady · 21', 'Returned · 4'], array([2]))
    """
    shown = list(dict.fromkeys(history["month"]))
    step = (audience.minimum + 1) // 2
    picture = figure(height=380)
    for pattern in ORDER:
        counts = history[history["pattern"] == pattern].set_index("month")["women"].loc[shown]
        columns = {
            "x": month_labels(shown),
            "marker_color": tokens.SERIES[pattern],
            "marker_opacity": [1.0 if name == month else 0.55 for name in shown],
            "marker_line": {"color": tokens.CARD, "width": 1},
            "hoverinfo": "skip",
        }
        name = f"{pattern.label} · {bar_labels(counts.loc[[month]])[0]}"
        picture.add_bar(name=name, y=counts.fillna(0).astype("int64"), **columns)
        picture.add_bar(
            y=counts.isna().astype("int64") * step, showlegend=False,
            marker_pattern={"shape": "/", "fgcolor": tokens.CARD, "fillmode": "overlay"},
            **columns,
        )  # fmt: skip
    picture.update_layout(
        barmode="stack", bargap=0.28, showlegend=True,
        legend={"orientation": "v", "traceorder": "reversed", "x": 1.01, "y": 0.5},
    )  # fmt: skip
    picture.update_yaxes(visible=False)
    picture.update_xaxes(type="category")
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
    >>> barriers(named).data[0].y
    ('Work', 'Health')
    """
    rows = named[named["times"].isna() | (named["times"] > 0)]
    if rows.empty:
        return empty(_("Nothing was named this month."))
    rows = rows.assign(length=rows["times"].fillna(0).astype("int64"))
    rows = rows.sort_values("length", ascending=False, kind="stable").iloc[::-1]
    most = set(most_named(named)["barrier"])
    picture = figure(height=60 + 32 * len(rows))
    picture.add_bar(
        y=[Barrier.label_of(code) for code in rows["barrier"]],
        x=rows["length"], orientation="h",
        marker_color=[
            tokens.ACCENT if code in most else tokens.QUIET for code in rows["barrier"]
        ],
        text=bar_labels(rows["times"]), textposition="outside", cliponaxis=False,
        hoverinfo="skip",
    )  # fmt: skip
    picture.update_xaxes(visible=False, range=[0, max(4, rows["length"].max() * 1.25)])
    return picture


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
    rows = table[table["scope"] != "all"].iloc[::-1]
    if rows.empty:
        return empty(_("No session was held this month."))
    overall = table.set_index("scope")["rate"]["all"]
    share = rows["rate"].fillna(0).astype("float64")
    picture = figure(height=60 + 32 * len(rows))
    modules = [Module.label_of(code) for code in rows["scope"]]
    picture.add_scatter(
        y=modules, x=share, mode="markers", hoverinfo="skip", cliponaxis=False,
        marker={
            "size": 14,
            "color": tokens.ACCENT,
            "opacity": [0.0 if pd.isna(rate) else 1.0 for rate in rows["rate"]],
        },
    )  # fmt: skip
    if not pd.isna(overall):
        picture.add_vline(x=overall, line={"color": tokens.SOFT_INK, "width": 1, "dash": "dot"})
        picture.add_annotation(
            x=overall, y=1, yref="paper", yanchor="bottom", showarrow=False,
            text=_("all modules"), font={"size": 13, "color": tokens.SOFT_INK},
        )  # fmt: skip
    column_of_words(picture, modules, _attendance_labels(rows))
    picture.update_xaxes(visible=False, domain=[0, 0.82], range=[0, 1.02])
    return picture


def _attendance_labels(rows: pd.DataFrame) -> list[str]:
    counts = rows[["attended", "partly", "excused", "missed"]]
    unknown = counts.isna().any(axis=1).map({True: _("hidden"), False: _("nobody expected")})
    return [
        word if pd.isna(rate) else words.percent(rate)
        for rate, word in zip(rows["rate"], unknown, strict=True)
    ]
