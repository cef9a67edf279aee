"""Pictures of basic needs: how far each is covered, and how that changes (§5.2)."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.bars import Pieces, bars, columns_in_pieces, rows_in_pieces
from copehope_lib.charts.frame import crossed, empty, month_labels
from copehope_lib.charts.matrix import matrix
from copehope_lib.charts.time import names_of
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.needs import asked
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Coverage, Need, Together

COVERAGE = Pieces(
    "coverage",
    "women",
    [
        Coverage.COVERED,
        Coverage.PARTLY,
        Together.PARTLY_OR_UNKNOWN,
        Coverage.NOT_COVERED,
        Coverage.UNKNOWN,
    ],
    tokens.COVERAGE,
    tokens.SIGNS,
)


def coverage(covered: pd.DataFrame, audience: Audience) -> go.Figure:
    """Women by how far each need of theirs is covered.

    Parameters
    ----------
    covered : pandas.DataFrame
        ``needs.coverage`` of one month.
    audience : Audience
        Whose minimum gives a hidden piece its size.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> covered = pd.DataFrame({"need": "food", "coverage": Coverage.codes(),
    ...     "women": pd.array([28, 12, None, 3], dtype="Int64")})
    >>> [bar.name for bar in coverage(covered, TEAM).data if bar.name]
    ['● Covered', '◐ Covered in part', '○ Not covered', '· Not known']
    """
    if covered.empty:
        return empty(_("No need was reviewed."))
    return rows_in_pieces(covered, "need", Need, COVERAGE, audience)


def over_months(history: pd.DataFrame) -> go.Figure:
    """Women whose need is not covered, a row a need and a column a month; · where nobody asked.

    Parameters
    ----------
    history : pandas.DataFrame
        ``needs.coverage`` of the published months, with ``month``.

    Examples
    --------
    >>> women = pd.array([4, None], dtype="Int64")
    >>> history = pd.DataFrame({"month": ["2026-09", "2026-10"], "need": "food",
    ...     "coverage": "not_covered", "women": women})
    >>> [list(row) for row in over_months(history).data[0].text]
    [['4', '–']]
    """
    told = asked(history)
    uncovered = told[told["coverage"] == Coverage.NOT_COVERED]
    pairs = set(zip(uncovered["need"], uncovered["month"], strict=True))
    names = names_of(history)
    square = crossed(uncovered, "need", "month", "women")
    shown = [code for code in Need.codes() if code in square.index]
    if not shown:
        return empty(_("No need was reviewed."))
    counts = square.reindex(columns=names).loc[shown]
    most = max(1, int(counts.max().max())) if counts.notna().any().any() else 1
    return matrix(
        [Need.label_of(code) for code in shown],
        month_labels(names),
        [
            [
                "·" if (need, month) not in pairs else "–" if pd.isna(n) else str(int(n))
                for month, n in zip(names, row, strict=True)
            ]
            for need, row in zip(shown, counts.to_numpy(), strict=True)
        ],
        [[0 if pd.isna(n) else float(n) / most for n in row] for row in counts.to_numpy()],
        colour=tokens.WARM,
        codes=shown,
    )


def need_over_months(history: pd.DataFrame, need: str, month: str, audience: Audience) -> go.Figure:
    """How far one need was covered, a column a month.

    Parameters
    ----------
    history : pandas.DataFrame
        ``needs.coverage`` of the published months, with ``month``.
    need : str
        Code of the need.
    month : str
        The month that is being looked at.
    audience : Audience
        Whose minimum gives a hidden step its height.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> history = pd.DataFrame({"month": "2026-10", "need": "food",
    ...     "coverage": Coverage.codes(), "women": pd.array([28, 12, None, 3], dtype="Int64")})
    >>> need_over_months(history, "food", "2026-10", TEAM).data[0].name
    '● Covered · 28'
    """
    one = history[history["need"] == need]
    return columns_in_pieces(names_of(history), one, COVERAGE, month, audience)


def changes(changed: pd.DataFrame) -> go.Figure:
    """Needs that are better covered than a month before, and those less well covered.

    Parameters
    ----------
    changed : pandas.DataFrame
        ``needs.changes`` of one month: by need, or all together.

    Examples
    --------
    >>> changed = pd.DataFrame({"need": "all", "change": ["improved", "worsened"],
    ...     "women": pd.array([21, 7], dtype="Int64")})
    >>> changes(changed).data[0].text
    ('21', '7')
    """
    names = {"improved": _("better covered"), "worsened": _("less well covered")}
    summed = changed.groupby("change", sort=False)["women"].agg(
        lambda counts: counts.sum(skipna=False)
    )
    labels = [names[change] for change in summed.index]
    return bars(labels, summed.astype("Int64"), lead=[names["improved"]])


def each_woman(reviewed: pd.DataFrame) -> go.Figure:
    """How far each need of each woman is covered: a sign in each square.

    Parameters
    ----------
    reviewed : pandas.DataFrame
        ``needs.women`` of one month.

    Examples
    --------
    >>> reviewed = pd.DataFrame({"woman": "W-7KQ4M", "need": ["food", "housing"],
    ...     "coverage": ["covered", "not_covered"]})
    >>> [list(row) for row in each_woman(reviewed).data[0].text]
    [['○', '●']]
    """
    if reviewed.empty:
        return empty(_("No need was reviewed."))
    square = crossed(reviewed, "woman", "need", "coverage").sort_index()
    needs = [code for code in Need.codes() if code in square]
    square = square[needs]
    full = {"not_covered": 1.0, "partly": 0.35}
    return matrix(
        list(square.index),
        [Need.label_of(code) for code in needs],
        [["" if pd.isna(c) else tokens.SIGNS[c] for c in row] for row in square.to_numpy()],
        [[0.0 if pd.isna(c) else full.get(c, 0.0) for c in row] for row in square.to_numpy()],
        colour=tokens.WARM,
    )


def training(women: pd.DataFrame) -> go.Figure:
    """Women in a long training, and how many needs of theirs are not covered.

    Parameters
    ----------
    women : pandas.DataFrame
        ``needs.training`` of one month.

    Examples
    --------
    >>> women = pd.DataFrame({"woman": ["W-7KQ4M"], "activity": ["A-46"],
    ...     "needs": pd.array([3], dtype="Int64")})
    >>> training(women).data[0].y
    ('W-7KQ4M · A-46',)
    """
    if women.empty:
        return empty(_("No woman is in a long training while a need of hers is not covered."))
    rows = women.sort_values(["woman", "activity"])
    labels = [f"{w} · {a}" for w, a in zip(rows["woman"], rows["activity"], strict=True)]
    return bars(labels, rows["needs"])
