"""The table behind a figure: for those who copy, and for those who listen to the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import pandas as pd
from babel.numbers import format_decimal

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.vocabulary import Vocabulary

_NUMBER = " class='ch-number'"
_BESIDE = {
    "all": N_("All"),
    "not_here": N_("Not with us"),
    "not_set": N_("Not set yet"),
    "improved": N_("better covered"),
    "worsened": N_("less well covered"),
}
"""Words for what metrics write beside the codes of a vocabulary."""


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

    Examples
    --------
    >>> frame = pd.DataFrame({"women": pd.array([4, None], dtype="Int64")})
    >>> table = Table(frame, {"women": "Women"})
    >>> "<td class='ch-hidden'>hidden</td>" in table.html()
    True
    >>> table.readable()["Women"].tolist(), table.words()
    ([4, 'hidden'], [['4'], ['hidden']])
    """

    frame: pd.DataFrame
    headings: Mapping[str, str]
    labels: Mapping[str, type[Vocabulary]] = field(default_factory=dict)

    def html(self) -> str:
        """Return the table as HTML."""
        numbers = set(self.frame.select_dtypes("number"))
        head = "".join(
            f"<th scope='col'{_NUMBER if name in numbers else ''}>{escape(text)}</th>"
            for name, text in self.headings.items()
        )
        body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in self._rows())
        rows = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        return f"<table class='ch-data'>{rows}</table>"

    def words(self) -> list[list[str]]:
        """Return the cells as they stand on paper, row by row."""
        return [[_word(value) for value in row] for row in self._rows()]

    def readable(self) -> pd.DataFrame:
        """Return the table as it leaves in a file: in words, also for what is hidden."""
        frame = pd.DataFrame(self._rows(), columns=list(self.headings.values()), dtype=object)
        return frame.map(lambda cell: "" if pd.isna(cell) else cell)

    def _rows(self) -> list[list[object]]:
        hidden = self.frame.select_dtypes("integer").isna().any(axis=1)
        return [
            [self._value(row[name], name, secret) for name in self.headings]
            for row, secret in zip(self.frame.to_dict("records"), hidden, strict=True)
        ]

    def _value(self, value: object, column: str, secret: bool) -> object:
        """Return a label, a number, a word, or nothing where there is no value."""
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


def _cell(value: object) -> str:
    if value is None:
        return f"<td>{_word(value)}</td>"
    if value == _("hidden"):
        return f"<td class='ch-hidden'>{value}</td>"
    if isinstance(value, str):
        return f"<th scope='row'>{escape(value)}</th>"
    return f"<td{_NUMBER}>{_word(value)}</td>"


def _word(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return str(format_decimal(str(value), format="#,##0.##", locale=language.locale()))
