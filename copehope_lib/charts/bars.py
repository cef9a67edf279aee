"""Bars side by side and bars in pieces: the forms that most pictures of counts take.

A hidden count has no length that says anything: a bar of it is a word, a piece of it is a
hatched step of always the same size.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.frame import SMALL, bar_labels, crossed, figure, month_labels, wrapped
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Vocabulary

ROW = 32
"""Pixels of one row."""

KEY = 44
"""Letters in a line of what the colours stand for: as many as a telephone is wide."""


@dataclass(frozen=True)
class Pieces:
    """What bars are made of: the kinds of a column, in their order, and how each is drawn.

    Attributes
    ----------
    column : str
        Holds the kinds.
    counts : str
        Holds how many there are of each; a hidden count is missing.
    kinds : sequence of Vocabulary
        In the order in which they are drawn.
    colours : mapping of str to str
        Colour of each.
    signs : mapping of str to str
        What stands before its name.
    """

    column: str
    counts: str
    kinds: Sequence[Vocabulary]
    colours: Mapping[str, str]
    signs: Mapping[str, str] = field(default_factory=dict)

    def of(self, square: pd.DataFrame) -> list["Piece"]:
        """Return the pieces of the bars of a table that has a column for each kind."""
        return [
            Piece(
                f"{self.signs.get(kind, '')} {kind.label}".strip(),
                self.colours[kind],
                square[kind.value],
            )
            for kind in self.kinds
            if kind.value in square
        ]


@dataclass(frozen=True)
class Piece:
    """One kind of thing in bars that are made of several: its name, colour and counts.

    ``counts`` has one count for each bar; a hidden one is missing.
    """

    name: str
    colour: str
    counts: pd.Series


def occurring(rows: pd.DataFrame, key: str, counts: str) -> pd.DataFrame:
    """Return the rows of each thing that occurs at all; what is hidden is no zero.

    Examples
    --------
    >>> rows = pd.DataFrame({"service": ["legal", "health"], "requests": [0, 2]})
    >>> occurring(rows, "service", "requests")["service"].tolist()
    ['health']
    """
    there = rows.groupby(key)[counts].transform(lambda n: n.isna().any() or n.sum() > 0)
    return rows[there.astype(bool)]


def bars(
    labels: Sequence[str],
    counts: pd.Series,
    *,
    lead: Iterable[str] = (),
    codes: Sequence[str] | None = None,
) -> go.Figure:
    """A row for each count, the first at the head.

    Parameters
    ----------
    labels : sequence of str
        What stands before each bar.
    counts : pandas.Series of Int64
        Their lengths; a hidden one is missing.
    lead : iterable of str
        Labels of the bars that the sentence names.
    codes : sequence of str, optional
        What is chosen by a click on each bar.

    Examples
    --------
    >>> counts = pd.Series([9, None], dtype="Int64")
    >>> picture = bars(["Health", "Safety"], counts, lead=["Health"])
    >>> picture.data[0].text
    ('9', 'hidden')
    """
    length = counts.fillna(0).astype("int64")
    named = set(lead)
    names = [wrapped(label, 24) for label in labels]
    lines = 1 + max((name.count("<br>") for name in names), default=0)
    picture = figure(height=44 + (ROW if lines < 3 else 20 * lines) * len(labels))
    picture.add_bar(
        y=names,
        x=length,
        orientation="h",
        marker_color=[tokens.ACCENT if label in named else tokens.QUIET for label in labels],
        text=bar_labels(counts),
        textposition="outside",
        cliponaxis=False,
        customdata=None if codes is None else list(codes),
        hoverinfo="none",
    )
    picture.update_xaxes(visible=False, range=[0, max(4, length.max() * 1.25)])
    picture.update_yaxes(autorange="reversed")
    return picture


def bars_by(
    rows: pd.DataFrame,
    column: str,
    counts: str,
    vocabulary: type[Vocabulary],
    *,
    lead: Collection[str] = (),
    clicks: bool = False,
) -> go.Figure:
    """A row for each code of a column, in the order of the table.

    Parameters
    ----------
    rows : pandas.DataFrame
        The column, and its counts; a hidden one is missing.
    column, counts : str
        Names of the two.
    vocabulary : type of Vocabulary
        Whose codes stand in the column.
    lead : collection of str
        Codes that the sentence names.
    clicks : bool
        Whether a click on a bar chooses its code.

    Examples
    --------
    >>> from copehope_lib.vocabulary import YesNo
    >>> rows = pd.DataFrame({"seen": ["yes", "no"], "women": pd.array([9, None], dtype="Int64")})
    >>> bars_by(rows, "seen", "women", YesNo).data[0].y
    ('Yes', 'No')
    """
    codes = list(rows[column])
    return bars(
        [vocabulary.label_of(code) for code in codes],
        rows[counts],
        lead=[vocabulary.label_of(code) for code in lead],
        codes=codes if clicks else None,
    )


def rows_in_pieces(
    table: pd.DataFrame,
    column: str,
    vocabulary: type[Vocabulary],
    pieces: Pieces,
    audience: Audience,
    *,
    clicks: bool = True,
) -> go.Figure:
    """A row for each code of a column that a table holds, made of pieces from left to right.

    Parameters
    ----------
    table : pandas.DataFrame
        The column, and the two of the pieces.
    column : str
        Holds the rows.
    vocabulary : type of Vocabulary
        Whose codes they are, in their order.
    pieces : Pieces
        What each is made of.
    audience : Audience
        Whose minimum gives a hidden piece its size.
    clicks : bool
        Whether a click on a row chooses it.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> from copehope_lib.vocabulary import Area, Pattern
    >>> table = pd.DataFrame({"area": ["work", "health"], "pattern": "paused",
    ...     "women": pd.array([9, None], dtype="Int64")})
    >>> pieces = Pieces("pattern", "women", [Pattern.PAUSED], tokens.PATTERNS)
    >>> picture = rows_in_pieces(table, "area", Area, pieces, TEAM)
    >>> [(bar.y, bar.x.tolist()) for bar in picture.data[:2]]
    [(('Health', 'Work'), [0, 9]), (('Health', 'Work'), [2, 0])]
    """
    square = crossed(table, column, pieces.column, pieces.counts)
    codes = [code for code in vocabulary.told() if code in square.index]
    labels = [vocabulary.label_of(code) for code in codes]
    made = pieces.of(square.loc[codes])
    picture = figure(height=44 + ROW * len(labels))
    for piece in made:
        _add(picture, labels, piece, audience, upright=False, codes=codes if clicks else None)
    lines = _key(picture, made)
    picture.update_layout(
        barmode="stack",
        bargap=0.3,
        uniformtext={"minsize": 12, "mode": "hide"},
        margin={"t": 12 + 20 * lines},
        height=44 + 20 * lines + ROW * len(labels),
    )
    picture.update_xaxes(visible=False)
    picture.update_yaxes(autorange="reversed")
    return picture


def columns_in_pieces(
    names: list[str], rows: pd.DataFrame, pieces: Pieces, month: str, audience: Audience
) -> go.Figure:
    """A column for each month, made of pieces from foot to head; the chosen month stands out.

    Parameters
    ----------
    names : sequence of str
        The months, as ``2026-10``.
    rows : pandas.DataFrame
        ``month``, and the two columns of the pieces.
    pieces : Pieces
        What each column is made of.
    month : str
        The month that is being looked at.
    audience : Audience
        Whose minimum gives a hidden step its height.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> from copehope_lib.vocabulary import Pattern
    >>> names = ["2026-09", "2026-10"]
    >>> rows = pd.DataFrame({"month": names, "pattern": "paused",
    ...     "women": pd.array([4, 5], dtype="Int64")})
    >>> pieces = Pieces("pattern", "women", [Pattern.PAUSED], tokens.PATTERNS)
    >>> picture = columns_in_pieces(names, rows, pieces, "2026-10", TEAM)
    >>> picture.data[0].name, list(picture.data[0].marker.opacity)
    ('Paused · 5', [0.6, 1.0])
    """
    square = crossed(rows, "month", pieces.column, pieces.counts).reindex(names)
    picture = figure(height=380)
    shades = [1.0 if name == month else 0.6 for name in names]
    for piece in pieces.of(square):
        label = bar_labels(piece.counts.loc[[month]])[0]
        told = Piece(f"{wrapped(piece.name, 18)} · {label}", piece.colour, piece.counts)
        _add(picture, month_labels(names), told, audience, upright=True, shades=shades)
    picture.update_layout(
        barmode="stack",
        bargap=0.28,
        showlegend=True,
        uniformtext={"minsize": 12, "mode": "hide"},
        legend={"orientation": "v", "traceorder": "reversed", "x": 1.01, "y": 0.5},
    )
    picture.update_yaxes(visible=False)
    picture.update_xaxes(type="category")
    return picture


def _add(
    picture: go.Figure,
    labels: list[str],
    piece: Piece,
    audience: Audience,
    *,
    upright: bool,
    shades: list[float] | None = None,
    codes: Sequence[str] | None = None,
) -> None:
    """Add one piece of every bar: its length, and the hatched steps of its hidden counts."""
    along, across, way = ("y", "x", "v") if upright else ("x", "y", "h")
    known = piece.counts.fillna(0).astype("int64")
    hidden = piece.counts.isna().astype("int64") * ((audience.minimum + 1) // 2)
    common = {
        across: labels,
        "orientation": way,
        "marker_color": piece.colour,
        "marker_line": {"color": tokens.CARD, "width": 1},
        "marker_opacity": shades,
        "customdata": None if codes is None else list(codes),
        "hoverinfo": "none",
    }
    picture.add_bar(
        name=piece.name,
        text=[str(count) if count else "" for count in known],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": tokens.on(piece.colour)},
        **{along: known},
        **common,
    )
    picture.add_bar(
        showlegend=False,
        marker_pattern={"shape": "/", "fgcolor": tokens.CARD, "fillmode": "overlay"},
        **{along: hidden},
        **common,
    )


def _key(picture: go.Figure, pieces: Sequence[Piece]) -> int:
    """Write what each colour stands for above the bars, and return in how many lines."""
    names = [(f"■ {piece.name}", piece.colour) for piece in pieces]
    if any(piece.counts.isna().any() for piece in pieces):
        names.append((f"▨ {_('hidden')}", tokens.SOFT_INK))
    lines: list[list[str]] = [[]]
    room = KEY
    for name, colour in names:
        if len(name) + 2 > room and lines[-1]:
            lines.append([])
            room = KEY
        room -= len(name) + 2
        lines[-1].append(f'<span style="color:{colour}">{name[0]}</span>{name[1:]}')
    picture.add_annotation(
        x=1,
        xref="paper",
        xanchor="right",
        y=1,
        yref="paper",
        yanchor="bottom",
        align="right",
        showarrow=False,
        font=SMALL,
        text="<br>".join("   ".join(line) for line in lines),
    )
    return len(lines)
