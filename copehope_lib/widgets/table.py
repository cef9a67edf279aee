"""The table behind a figure: for those who copy, and for those who listen to the page."""

from collections.abc import Mapping
from html import escape

import pandas as pd
from babel.numbers import format_decimal

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.vocabulary import Vocabulary

Labels = Mapping[str, type[Vocabulary]]
_NUMBER = " class='ch-number'"


def as_html(
    table: pd.DataFrame, headings: Mapping[str, str], labels: Labels | None = None
) -> str:
    """Return a table as HTML, with the headings and labels that people read.

    Counts are whole numbers, and a count is missing only where it is hidden; another number is
    hidden where a count of its row is, and otherwise has no value.

    Parameters
    ----------
    table : pandas.DataFrame
        A table of an extract.
    headings : mapping of str to str
        Heading of each column to show, in this order.
    labels : mapping of str to Vocabulary, optional
        Vocabulary of a column of codes; a code that is not in it is shown as it is.

    Examples
    --------
    >>> frame = pd.DataFrame({"women": pd.array([4, None], dtype="Int64")})
    >>> "<td class='ch-hidden'>hidden</td>" in as_html(frame, {"women": "Women"})
    True
    """
    hidden = table.select_dtypes("integer").isna().any(axis=1)
    numbers = set(table.select_dtypes("number"))
    head = "".join(
        f"<th scope='col'{_NUMBER if name in numbers else ''}>{escape(text)}</th>"
        for name, text in headings.items()
    )
    body = "".join(
        "<tr>"
        + "".join(_cell(row[name], name, labels or {}, secret) for name in headings)
        + "</tr>"
        for row, secret in zip(table.to_dict("records"), hidden, strict=True)
    )
    return f"<table class='ch-data'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object, column: str, labels: Labels, secret: bool) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        word = _("hidden")
        return f"<td class='ch-hidden'>{word}</td>" if secret else "<td>–</td>"
    if isinstance(value, str):
        words = labels.get(column)
        text = words.label_of(value) if words else value
        return f"<th scope='row'>{escape(text)}</th>"
    if isinstance(value, bool):
        answer = _("Yes") if value else _("No")
        return f"<td>{answer}</td>"
    number = format_decimal(str(value), format="#,##0.##", locale=language.locale())
    return f"<td{_NUMBER}>{number}</td>"
