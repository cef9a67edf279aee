"""What a check found, for the eye, for scripts, for a spreadsheet, and for a colleague."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

import pandas as pd
from rich import table as rich
from rich.console import Console
from rich.text import Text

from copehope_lib import language
from copehope_lib.documents import html
from copehope_lib.documents.blocks import Document, Heading, Section, Sentence, Table
from copehope_lib.documents.csv import as_csv
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.language import ngettext
from copehope_lib.schema import TABLES, heading
from copehope_lib.tables.findings import Finding
from copehope_lib.tables.load import Tables
from copehope_lib.tables.sheet import Dialect

# Findings of one kind in one table that are shown to the eye; the rest are counted.
SHOWN: Final = 10

SEVERITIES: Final = {
    "error": ("✖", N_("To mend before publishing")),
    "warning": ("▲", N_("Likely a mistake")),
    "hint": ("●", N_("Good to know")),
}


def as_json(tables: Tables) -> str:
    """Return everything as one JSON object: ``files``, ``findings``.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> print(as_json(two_women()))
    {
     "files": [],
     "findings": []
    }
    """
    content = {
        "files": [asdict(dialect) for dialect in tables.dialects],
        "findings": [asdict(finding) for finding in tables.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def findings_as_csv(tables: Tables) -> str:
    """Return the findings as CSV, one row each, safe to open in a spreadsheet."""
    rows = [
        asdict(one) | {"rows": ", ".join(map(str, one.rows)), "places": "; ".join(one.places)}
        for one in tables.findings
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(Finding.__dataclass_fields__))
    return as_csv(frame.astype({"row": "Int64"}))


def show(tables: Tables, console: Console) -> None:
    """Print how each file was read, and what there is to mend, as tables."""
    if tables.dialects:
        console.print(_grid(_("How the files were read"), _files(tables.dialects)))
    for severity, findings in _by_severity(tables.findings):
        rows = [[*where, f"{wrong} {mend}".strip()] for *where, wrong, mend in _rows(findings)]
        shown = Table.of_words([*_where(), _("what is wrong and how to mend it")], rows)
        console.print(_grid(f"{severity.mark} {severity.text}", shown))
    console.print(summary(tables))


def _grid(title: str, shown: Table) -> rich.Table:
    grid = rich.Table(title=title, title_justify="left", box=None, padding=(0, 1))
    for words in shown.headings.values():
        grid.add_column(words, overflow="fold")
    for row in shown.words():
        grid.add_row(*map(Text, row))
    return grid


def as_html(tables: Tables, team: str) -> str:
    """Return one page of its own that can be sent to a colleague.

    It holds no suspected name in full, no script, and asks no other place for anything.
    """
    title = _("What there is to mend")
    columns = [*_where(), _("what is wrong"), _("how to mend it")]
    found = [
        Section(severity, [Table.of_words(columns, _rows(findings))])
        for severity, findings in _by_severity(tables.findings)
    ]
    files = Section(Heading(_("How the files were read")), [_files(tables.dialects)])
    about = Sentence(f"{team} · {summary(tables)}")
    document = Document(title, language.current(), [Heading(title), about, *found, files])
    return html.as_html(document, html.look("report"))


def summary(tables: Tables) -> str:
    """Return the counts in one sentence."""
    if not tables.findings:
        return _("Nothing to mend.")
    to_mend = sum(finding.severity != "hint" for finding in tables.findings)
    hints = len(tables.findings) - to_mend
    words = ngettext("{n} thing to mend", "{n} things to mend", to_mend).format(n=to_mend)
    if hints:
        words += ", " + ngettext("{n} hint", "{n} hints", hints).format(n=hints)
    return words + "."


def _by_severity(findings: Sequence[Finding]) -> Iterator[tuple[Heading, list[Finding]]]:
    for severity, (mark, name) in SEVERITIES.items():
        found = [one for one in findings if one.severity == severity]
        if found:
            yield Heading(_(name), mark=mark), found


def _where() -> list[str]:
    return [_("table"), _("row"), _("column"), _("value")]


def _rows(findings: Sequence[Finding]) -> list[list[str]]:
    """Return findings kind by kind: where, what is wrong, how to mend it; and what is not shown."""
    order = {name: at for at, name in enumerate(TABLES)}
    kinds: dict[tuple[str, str | None, str], list[Finding]] = {}
    for one in sorted(findings, key=lambda one: order.get(one.table, -1)):
        kinds.setdefault((one.table, one.column, one.id), []).append(one)
    rows = []
    for found in kinds.values():
        rows += [_cells(one) for one in found[:SHOWN]]
        n = len(found) - SHOWN
        if n > 0:
            more = ngettext("{n} more of this kind", "{n} more of this kind", n).format(n=n)
            rows.append([heading(found[0].table), "…", "", "", more, ""])
    return rows


def _cells(one: Finding) -> list[str]:
    column = ", ".join(map(heading, one.column.split(", "))) if one.column else ""
    return [heading(one.table), one.where, column, one.value, one.wrong, one.mend]


def _files(dialects: Sequence[Dialect]) -> Table:
    """Return how each file was read."""
    headings = [_("table"), _("file"), _("rows"), _("encoding"), _("separator")]
    headings += [_("headings"), _("dates"), _("examples left out")]
    rows = [
        [
            heading(one.table),
            f"{one.file}: {one.sheet}" if one.sheet else one.file,
            str(one.rows),
            one.encoding,
            one.separator,
            one.headings,
            ", ".join(_(way) for way in one.dates.split(", ") if way),
            str(one.examples or ""),
        ]
        for one in dialects
    ]
    return Table.of_words(headings, rows)
