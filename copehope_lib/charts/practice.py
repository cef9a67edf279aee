"""Pictures of practice: where what the report asks for holds, of how many."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.bars import bars
from copehope_lib.charts.frame import column_of_words, empty, figure, wrapped
from copehope_lib.charts.lines import shares
from copehope_lib.language import gettext as _
from copehope_lib.readings import words
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.theme import tokens

LINE = 24
"""Letters in a line of a label."""


def checks(looked: pd.DataFrame) -> go.Figure:
    """Each check as a bar: how often it holds, of how many.

    Parameters
    ----------
    looked : pandas.DataFrame
        Rows of ``practice.checks`` of one month.

    Examples
    --------
    >>> looked = pd.DataFrame({"check": ["childcare", "goals_hers"],
    ...     "numerator": pd.array([5, None], dtype="Int64"),
    ...     "denominator": pd.array([12, 40], dtype="Int64")})
    >>> [note.text for note in checks(looked).layout.annotations]
    ['5 of 12', 'hidden']
    """
    if looked.empty:
        return empty(_("There is nothing to check here yet."))
    rows = looked.reset_index(drop=True)
    labels = [_label(name) for name in rows["check"]]
    lines = max(label.count("<br>") + 1 for label in labels)
    picture = figure(height=50 + max(52, 22 * lines) * len(rows))
    known = _share(rows).fillna(0).astype("float64")
    for long, colour in (([1.0] * len(rows), tokens.TINT), (known, tokens.ACCENT)):
        picture.add_bar(
            y=labels,
            x=long,
            orientation="h",
            marker_color=colour,
            hoverinfo="none",
            customdata=list(rows["check"]),
        )
    picture.update_layout(barmode="overlay", bargap=0.5)
    column_of_words(picture, labels, _of(rows))
    picture.update_xaxes(visible=False, range=[0, 1])
    picture.update_yaxes(autorange="reversed", type="category")
    return picture


def _share(rows: pd.DataFrame) -> pd.Series:
    return (rows["numerator"] / rows["denominator"].replace(0, pd.NA)).astype("Float64")


def _label(name: str) -> str:
    asked = RECOMMENDATIONS[name]
    return wrapped(f"{_(asked.sentence)} (§{asked.section})", LINE)


def _of(rows: pd.DataFrame) -> list[str]:
    told = []
    left_out = rows["left_out"].fillna(1) if "left_out" in rows else [0] * len(rows)
    for part, whole, left in zip(rows["numerator"], rows["denominator"], left_out, strict=True):
        if pd.isna(part) or pd.isna(whole):
            told.append(_("hidden"))
        elif not whole and left:
            told.append(_("not known"))
        elif not whole:
            told.append(_("nothing to check"))
        else:
            told.append(_("{k} of {n}").format(k=words.whole(part), n=words.whole(whole)))
    return told


def over_months(rows: pd.DataFrame) -> go.Figure:
    """How often one check held, month by month.

    Parameters
    ----------
    rows : pandas.DataFrame
        Its rows of ``practice.checks`` of the published months, with ``month``.

    Examples
    --------
    >>> rows = pd.DataFrame({"month": ["2026-09", "2026-10"], "check": "childcare",
    ...     "numerator": pd.array([5, None], dtype="Int64"),
    ...     "denominator": pd.array([12, 14], dtype="Int64")})
    >>> over_months(rows).data[0].text
    ('5 of 12', 'hidden')
    """
    return shares(list(rows["month"]), _share(rows), _of(rows))


def findings(found: pd.DataFrame) -> go.Figure:
    """How many things there are to look at, by check.

    Parameters
    ----------
    found : pandas.DataFrame
        ``practice.findings`` of one month.

    Examples
    --------
    >>> findings(pd.DataFrame({"check": ["childcare", "childcare"]})).data[0].text
    ('2',)
    """
    if found.empty:
        return empty(_("There is nothing to look at."))
    counts = found["check"].value_counts(sort=False)
    order = [name for name in RECOMMENDATIONS if name in counts.index]
    return bars(
        [_(RECOMMENDATIONS[name].sentence) for name in order],
        counts.loc[order].astype("Int64"),
    )
