"""What a check says about a table: where, what is wrong, and how to mend it."""

import re
from dataclasses import dataclass
from typing import Literal

from copehope_lib.language import gettext as _
from copehope_lib.schema import heading

Severity = Literal["error", "warning", "hint"]

_PLAIN = re.compile(r"[a-z_]{1,30}|[0-9][0-9.,:/\-T ]{0,24}|[A-Za-z]{1,6}-[0-9]{1,8}")


@dataclass(frozen=True)
class Finding:
    """One thing to mend.

    Attributes
    ----------
    id : str
        Kind of finding, the same in every language (``unknown_value``, ``missing_column``…).
    severity : {"error", "warning", "hint"}
        An error keeps a month from being published; a warning is likely a mistake; a hint is
        good to know.
    table : str
        Name of the table, or of the file where it is not known which table it holds.
    row : int or None
        Row as the spreadsheet shows it, or None for the whole table.
    column : str or None
        Column, or None for the whole row or table.
    value : str
        The value found, masked where it might be a name.
    wrong, mend : str
        One sentence each, in the language in use.
    """

    id: str
    severity: Severity
    table: str
    row: int | None
    column: str | None
    value: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        """Return the finding as one line."""
        place = heading(self.table)
        if self.row is not None:
            place += ", " + _("row {n}").format(n=self.row)
        if self.column is not None:
            place += ", " + ", ".join(map(heading, self.column.split(", ")))
        value = f" ({self.value})" if self.value else ""
        return f"{place}{value}: {self.wrong} {self.mend}"


def masked(value: object) -> str:
    """Return a value as a finding may show it.

    A code, a number, a date or a lower-case word is shown as it stands; anything else might be
    a name, so that only its first letter and its length are shown (§5.1.2: a finding may be
    sent by mail).

    Examples
    --------
    >>> masked("W-001"), masked("3/10/2026"), masked("by herself"), masked("Amaka")
    ('W-001', '3/10/2026', 'b… (10)', 'A… (5)')
    """
    text = str(value).strip()
    return text if not text or _PLAIN.fullmatch(text) else hidden(text)


def hidden(text: str) -> str:
    """Return no more of a text than its first letter and its length.

    Examples
    --------
    >>> hidden("600 11 22 33")
    '6… (12)'
    """
    first = text[0] if text[0].isprintable() else "?"
    return f"{first}… ({len(text)})"
