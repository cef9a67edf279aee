"""What documents are made of: a few plain blocks, which each writer writes in its own way.

A document says what stands in it, and in which order; a writer decides how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import pandas as pd
from babel.numbers import format_decimal

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.vocabulary import Vocabulary

# What reads tables writes them too, and knows no pictures.
if TYPE_CHECKING:
    import plotly.graph_objects as go

# Words for what metrics write beside the codes of a vocabulary.
_BESIDE = {
    "all": N_("All"),
    "not_here": N_("Not with us"),
    "not_set": N_("Not set yet"),
    "improved": N_("better covered"),
    "worsened": N_("less well covered"),
}

# Code of a heading of the same document, and the words that lead there.
Link = tuple[str, str]


@dataclass(frozen=True)
class Heading:
    """Words above what follows; others lead to them by their code.

    ``mark`` is a sign before them that says the same by its shape, and is not read out.
    """

    text: str
    code: str = ""
    link: Link | None = None
    mark: str = ""


@dataclass(frozen=True)
class Sentence:
    """A paragraph, with the words that lead it in, such as whose voice it is.

    ``style`` names what it is for, such as ``why``: each writer knows how that looks.
    """

    text: str
    lead: str = ""
    style: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Note:
    """A remark on the whole document, and what it is about."""

    lead: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A figure, and as what it was drawn.

    Attributes
    ----------
    heading : Heading
        What is to be seen: it stands for the picture where nobody sees it.
    figure : plotly.graph_objects.Figure
        What is drawn.
    half : bool
        Whether two of them fit beside each other.
    svg : str
        Lines, as they stand in a page.
    png : bytes
        Points; empty where nobody asked for them.
    """

    heading: Heading
    figure: go.Figure
    half: bool = False
    svg: str = ""
    png: bytes = b""


@dataclass(frozen=True)
class Table:
    """A table of an extract, with the headings and labels that people read.

    Counts are whole numbers, and a count is missing only where it is hidden; another number is
    hidden where a count of its row is, and otherwise has no value.

    Attributes
    ----------
    frame : pandas.DataFrame
        As the extract holds it.
    headings : mapping of str to str
        Heading of each column to show, in this order.
    labels : mapping of str to Vocabulary
        Vocabulary of a column of codes; a code that is not in it is shown as it is.
    title : Heading, optional
        What stands above it.
    written : bool
        Whether its cells are words that somebody wrote, which stand as they are.

    Examples
    --------
    >>> frame = pd.DataFrame({"women": pd.array([4, None], dtype="Int64")})
    >>> table = Table(frame, {"women": "Women"})
    >>> table.readable()["Women"].tolist(), table.words()
    ([4, 'hidden'], [['4'], ['hidden']])
    """

    frame: pd.DataFrame
    headings: Mapping[str, str]
    labels: Mapping[str, type[Vocabulary]] = field(default_factory=dict)
    title: Heading | None = None
    written: bool = False

    @classmethod
    def of_words(cls, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
        """Return a table of words that somebody wrote.

        Examples
        --------
        >>> Table.of_words(["Decision"], [["all"]]).words()
        [['all']]
        """
        columns = [str(at) for at in range(len(headings))]
        frame = pd.DataFrame(rows, columns=pd.Index(columns), dtype="object")
        return cls(frame, dict(zip(columns, headings, strict=True)), written=True)

    @property
    def numbers(self) -> list[bool]:
        """For each column whether it holds numbers."""
        found = set(self.frame.select_dtypes("number"))
        return [name in found for name in self.headings]

    def words(self) -> list[list[str]]:
        """Return the cells as they stand on paper, row by row."""
        return [[word(value) for value in row] for row in self.cells()]

    def readable(self) -> pd.DataFrame:
        """Return the table as it leaves in a file: in words, also for what is hidden."""
        frame = pd.DataFrame(self.cells(), columns=list(self.headings.values()), dtype=object)
        return frame.map(lambda cell: "" if pd.isna(cell) else cell)

    def cells(self) -> list[list[object]]:
        """Return labels, numbers and words row by row, and None where there is no value."""
        hidden = self.frame.select_dtypes("integer").isna().any(axis=1)
        return [
            [self._value(row[name], name, secret) for name in self.headings]
            for row, secret in zip(self.frame.to_dict("records"), hidden, strict=True)
        ]

    def _value(self, value: object, column: str, secret: bool) -> object:
        if self.written:
            return value
        if pd.isna(value):  # type: ignore[call-overload]
            return _("hidden") if secret else None
        if isinstance(value, pd.Timestamp):
            return value.date().isoformat()
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, str) and value in _BESIDE:
            return _(_BESIDE[value])
        words = self.labels.get(column)
        return words.label_of(value) if words and isinstance(value, str) else value


B = TypeVar("B")


@dataclass(frozen=True)
class Section:
    """Blocks that belong together, under a heading.

    Examples
    --------
    >>> arrive = Section(Heading("Arrive"), [Sentence("We begin."), Note("About", "Us.")])
    >>> [note.text for note in arrive.of(Note)]
    ['Us.']
    """

    heading: Heading
    blocks: Sequence[Block]
    style: str = ""

    def of(self, kind: type[B]) -> list[B]:
        """Return its blocks of one kind."""
        return [block for block in self.blocks if isinstance(block, kind)]


Block = Heading | Sentence | Note | Picture | Table | Section


@dataclass(frozen=True)
class Document:
    """A document, ready to be written in any format.

    Attributes
    ----------
    title : str
        By which a reader's program calls it.
    language : str
        In which it is written.
    blocks : sequence of Block
        What stands in it.
    cover : sequence of Block
        What stands on a page of its own before it.
    foot : str
        What stands below each page.
    """

    title: str
    language: str
    blocks: Sequence[Block]
    cover: Sequence[Block] = ()
    foot: str = ""


def word(value: object) -> str:
    """Return a cell as it stands on paper.

    Examples
    --------
    >>> word(1234.5), word("Work"), word(None)
    ('1,234.5', 'Work', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return str(format_decimal(str(value), format="#,##0.##", locale=language.locale()))


def clean(text: str) -> str:
    r"""Return a text that any file can hold: a paste may bring signs that none may.

    Examples
    --------
    >>> clean("a\x00b")
    'ab'
    """
    seen = "".join(sign for sign in text if ord(sign) >= 32 or sign in "\t\n")
    return seen.encode("utf-8", "ignore").decode("utf-8")
