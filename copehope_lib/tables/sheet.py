"""A sheet as it stands: the words of each cell, and the row that the spreadsheet shows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.language import gettext as _

Score = Callable[[Sequence[str]], int]
"""Counts how many cells of a row are headings of the table that is looked for."""

EXAMPLE = "# "
"""A row whose first cell begins with this is an example and is not read."""

LOOK_AHEAD = 30
"""The headings stand in one of the first rows, below a title at most."""

WIDEST = 1000
"""A table with more columns than this is none."""

Codes = npt.NDArray[np.integer]

_ODD = re.compile(r"[^!-~]")


class NotATable(Exception):  # noqa: N818, a state of a file and no mistake of ours
    """What a file is instead, in one sentence for the finding that names it."""


@dataclass(frozen=True)
class Dialect:
    """How a file was written, as it was recognised.

    Attributes
    ----------
    table : str
        Table that it holds.
    file, sheet : str
        File name, and sheet in a workbook.
    encoding, separator : str
        Of a CSV file; empty for a workbook.
    heading_row : int
        Row of the headings, as the spreadsheet shows it.
    headings : str
        Languages in which the headings are written.
    dates : str
        Ways in which days are written.
    rows, examples : int
        Rows that were read, and example rows that were left out.
    epoch : {1900, 1904}
        From when on the spreadsheet counts days.
    """

    table: str = ""
    file: str = ""
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    heading_row: int = 1
    headings: str = ""
    dates: str = ""
    rows: int = 0
    examples: int = 0
    epoch: int = 1900


@dataclass(frozen=True)
class Sheet:
    """The cells of one table.

    Attributes
    ----------
    headings : tuple of str
        As they are written.
    cells : pandas.DataFrame
        One categorical column a heading, numbered from 0: each distinct text stands once
        among the categories, a blank is missing. The index is the row as the spreadsheet
        shows it; blank rows and example rows are left out.
    above : tuple of str
        What stands above the headings.
    too_long : tuple of int
        Rows with more cells than there are headings.
    merged : tuple of int
        Rows that got their value from a merged cell.
    stray : mapping of int to frozenset of int
        By column, the rows in which blanks were taken away.
    positions : tuple of int
        Place of each heading in its row: columns without a word are left out.
    dialect : Dialect
        How the file was written.
    """

    headings: tuple[str, ...]
    cells: pd.DataFrame
    dialect: Dialect
    above: tuple[str, ...] = ()
    too_long: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    stray: Mapping[int, frozenset[int]] = field(default_factory=dict)
    positions: tuple[int, ...] = ()


def clean(text: str) -> str:
    r"""Return a text without stray blanks, be they ordinary, non-breaking or of no width.

    Examples
    --------
    >>> clean(" W-001\u00a0"), clean("own\u00a0 home")
    ('W-001', 'own home')
    """
    if not _ODD.search(text):
        return text
    return " ".join(re.sub("[\\u200b\\u200c\\u200d\\u2060\\ufeff\\x00]", "", text).split())


def heading_row(rows: Sequence[Sequence[str]], score: Score) -> int:
    """Return the position of the headings: the row in which most of them are recognised."""
    scores = [score(row) for row in rows[:LOOK_AHEAD]]
    if any(scores):
        return int(np.argmax(scores))
    return next((place for place, row in enumerate(rows) if any(map(str.strip, row))), 0)


@dataclass(frozen=True)
class Cells:
    """The cells of one column.

    Attributes
    ----------
    texts : pandas.Categorical
        Shape (rows,): each distinct text stands once among the categories, blanks are missing.
    stray : numpy.ndarray of bool
        Shape (rows,), or (0,) where there are none: whether blanks around or inside the text
        were taken away.
    """

    texts: pd.Categorical
    stray: npt.NDArray[np.bool_]


def column(codes: Codes, texts: Sequence[str]) -> Cells:
    """Make a column of cells: each distinct text is cleaned once, and blanks are missing.

    Parameters
    ----------
    codes : numpy.ndarray of int
        Shape (rows,): which text stands in each row.
    texts : sequence of str
        Each text once, as it is written.

    Examples
    --------
    >>> list(column(np.array([0, 1, 2]), ["W-001", " W-001 ", " "]).texts)
    ['W-001', 'W-001', nan]
    """
    cleaned = [clean(text) for text in texts]
    stray = np.array([one != text for one, text in zip(cleaned, texts, strict=True)], dtype=bool)
    if all(cleaned) and not stray.any():
        return Cells(_categorical(codes, cleaned), stray[:0])
    places, distinct = pd.factorize(np.array([text or None for text in cleaned], dtype=object))
    return Cells(
        _categorical(places[codes], distinct.tolist()),
        stray[codes] if stray.any() else stray[:0],
    )


def _categorical(codes: Codes, distinct: Sequence[str]) -> pd.Categorical:
    dtype = pd.CategoricalDtype(pd.Index([*distinct], dtype="str"))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


def from_rows(rows: Sequence[Sequence[str]], score: Score, dialect: Dialect) -> Sheet:
    """Make a sheet of rows of any length.

    Raises
    ------
    NotATable
        If there is nothing in it, or it is wider than a table can be.
    """
    top = heading_row(rows, score)
    if not rows or not any(map(str.strip, rows[top])):
        raise NotATable(_("it is empty"))
    headings, width = rows[top], len(rows[top])
    columns = []
    for n in range(refuse_if_too_wide(width)):
        texts = (row[n] if n < len(row) else "" for row in islice(rows, top + 1, None))
        codes, distinct = pd.factorize(np.fromiter(texts, object, len(rows) - top - 1))
        columns.append(column(codes, distinct.tolist()))
    too_long = [
        n
        for n, row in enumerate(islice(rows, top + 1, None), top + 2)
        if len(row) > width and any(map(str.strip, row[width:]))
    ]
    return assembled(headings, columns, dialect, rows[:top], too_long)


def refuse_if_too_wide(width: int) -> int:
    """Return a width that a table can have.

    Raises
    ------
    NotATable
        If it has more columns than any table of ours, or of a team.
    """
    if width > WIDEST:
        raise NotATable(_("it has more than {n} columns").format(n=WIDEST))
    return width


def assembled(
    headings: Sequence[str],
    columns: Sequence[Cells],
    dialect: Dialect,
    above: Sequence[Sequence[str]] = (),
    too_long: Sequence[int] = (),
) -> Sheet:
    """Put columns together, without blank rows, example rows and blank columns."""
    first = len(above) + 2
    texts = {n: column.texts for n, column in enumerate(columns)}
    length = len(texts[0]) if texts else 0
    index = pd.RangeIndex(first, first + length)
    cells = pd.DataFrame(texts, index=index)
    titles = [clean(text) for text in headings]
    used = [n for n, title in enumerate(titles) if title or len(texts[n].categories)]
    cells, examples = _without_blanks_and_examples(cells[used])
    return Sheet(
        headings=tuple(titles[n] for n in used),
        cells=cells.set_axis(range(len(used)), axis="columns"),
        dialect=replace(dialect, heading_row=len(above) + 1, rows=len(cells), examples=examples),
        above=tuple(text for row in above for text in map(clean, row) if text),
        too_long=tuple(too_long),
        stray={
            place: frozenset(index[columns[n].stray]) if len(columns[n].stray) else frozenset()
            for place, n in enumerate(used)
        },
        positions=tuple(used),
    )


def _without_blanks_and_examples(cells: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    blank = np.ones(len(cells), dtype=bool)
    example = np.zeros(len(cells), dtype=bool)
    for name in cells:
        column = cells[name].cat
        marked = column.categories.str.startswith(EXAMPLE)
        if marked.any():
            example |= blank & np.append(marked, False)[column.codes]
        blank &= column.codes.to_numpy() == -1
    drop = blank | example
    if example.any():
        kept = pd.DataFrame(
            {name: cells[name][~drop].cat.remove_unused_categories() for name in cells}
        )
    else:
        kept = cells[~drop] if drop.any() else cells
    return kept, int(example.sum())
