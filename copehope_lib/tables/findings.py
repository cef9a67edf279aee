"""What a check says about a table: where, what is wrong, and how to mend it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import IO, Any, Final, Literal

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.schema import heading

Severity = Literal["error", "warning", "hint"]

MANY: Final = 1_000
"""Values of a column that are named one by one, and rows of a finding."""

SHOWN: Final = 3
"""Rows of a finding that are shown to the eye."""

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
        First row as the spreadsheet shows it, or None for the whole table.
    column : str or None
        Column, or None for the whole row or table.
    value : str
        The value found, masked where it might be a name.
    wrong, mend : str
        One sentence each, in the language in use.
    rows : tuple of int
        The first rows of which the same is to be said, the first of all being ``row``.
    count : int
        In how many rows the same stands.
    places : tuple of str
        The first cells in the team's own files, where its rows came from them.
    """

    id: str
    severity: Severity
    table: str
    row: int | None
    column: str | None
    value: str
    wrong: str
    mend: str
    rows: tuple[int, ...] = ()
    count: int = 1
    places: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The first rows, and how many more there are; empty for the whole table.

        Where rows came from the team's own files, its cells there.
        """
        if self.count == 1 and not self.places:
            return "" if self.row is None else str(self.row)
        sheet = self.places[0].rpartition(", ")[0] + ", " if self.places else ""
        cells = [place.removeprefix(sheet) for place in self.places] or self.rows[:SHOWN]
        shown = sheet + ", ".join(map(str, cells))
        if (more := self.count - SHOWN) <= 0:
            return shown
        return ngettext("{rows} and {n} more", "{rows} and {n} more", more).format(
            rows=shown, n=more
        )

    def of(self, rows: Sequence[int]) -> "Finding":
        """Return the same, said of some rows in their order."""
        return replace(self, row=rows[0], rows=tuple(rows[:MANY]), count=len(rows))

    def __str__(self) -> str:
        """Return the finding as one line."""
        place = heading(self.table)
        if self.row is not None:
            rows = ngettext("row {n}", "rows {n}", self.count)
            place += ", " + ("{n}" if self.places else rows).format(n=self.where)
        if self.column is not None:
            place += ", " + ", ".join(map(heading, self.column.split(", ")))
        value = f" ({self.value})" if self.value else ""
        return f"{place}{value}: {self.wrong} {self.mend}"


_SAID: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    files("copehope_lib.tables").joinpath("findings.toml").read_text("utf-8")
)


def marked(
    file: IO[bytes], *_how: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    r"""Yield the sentences of ``findings.toml`` for the catalogs, as Babel asks for them.

    Examples
    --------
    >>> from io import BytesIO
    >>> file = BytesIO(b'[empty]\nwrong = "The cell is empty."\nmend = "{expected}"')
    >>> list(marked(file))
    [(1, '', 'The cell is empty.', [])]
    """
    for said in tomllib.load(file).values():
        yield from ((1, "", said[key], []) for key in ("wrong", "mend") if " " in said[key])


def finding(
    kind: str,
    table: str,
    row: int | None = None,
    column: str | None = None,
    value: str = "",
    /,
    **filled: object,
) -> Finding:
    """Say what there is to mend, in the language in use.

    Examples
    --------
    >>> str(finding("missing_value", "women", 3, "site"))
    'women, row 3, site: The cell is empty. Fill it in.'
    """
    id, said = kind.partition(":")[0], _SAID[kind]
    wrong, mend = (_(said[key]).format(**filled) for key in ("wrong", "mend"))
    return Finding(id, said.get("severity", "error"), table, row, column, value, wrong, mend)


def together(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, those that say the same of several rows as one.

    Examples
    --------
    >>> empty = finding("missing_value", "women", None, "site")
    >>> print(*together(replace(empty, row=row) for row in (3, 4, 7, 8, 9)))
    women, rows 3, 4, 7 and 2 more, site: The cell is empty. Fill it in.
    """
    groups: dict[Finding, list[int]] = {}
    for one in found:
        rows = groups.setdefault(replace(one, row=None), [])
        if one.row is not None:
            rows.append(one.row)
    for same, rows in groups.items():
        yield same.of(rows) if rows else same


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
