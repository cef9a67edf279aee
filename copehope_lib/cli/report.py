"""What a check found, for the eye, for scripts, for a spreadsheet, and for a colleague."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from operator import attrgetter
from typing import Final

import pandas as pd
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from copehope_lib import language
from copehope_lib.documents.spreadsheet import as_csv
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.language import ngettext
from copehope_lib.schema import TABLES, heading
from copehope_lib.tables.findings import Finding
from copehope_lib.tables.load import Tables
from copehope_lib.tables.sheet import Dialect
from copehope_lib.theme import tokens

SHOWN: Final = 10
"""Findings of one kind in one table that are shown to the eye; the rest are counted."""

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
    rows = [asdict(finding) for finding in tables.findings]
    frame = pd.DataFrame(rows, columns=pd.Index(Finding.__dataclass_fields__))
    return as_csv(frame.astype({"row": "Int64"}))


def show(tables: Tables, console: Console) -> None:
    """Print how each file was read, and what there is to mend, as tables."""
    if tables.dialects:
        console.print(_files_grid(tables.dialects))
    for severity, findings in _by_severity(tables.findings):
        mark, name = SEVERITIES[severity]
        grid = Grid(title=f"{mark} {_(name)}", title_justify="left", box=None, padding=(0, 1))
        for title in (_("table"), _("row"), _("column"), _("value")):
            grid.add_column(title, overflow="fold")
        grid.add_column(_("what is wrong and how to mend it"), ratio=1, overflow="fold")
        for shown, more in _capped(findings):
            for finding in shown:
                grid.add_row(*map(Text, _cells(finding)))
            if more:
                grid.add_row(Text(heading(shown[0].table)), "…", "", "", Text(_more(more)))
        console.print(grid)
    console.print(summary(tables))


def as_html(tables: Tables, team: str) -> str:
    """Return one page of its own that can be sent to a colleague.

    It holds no suspected name in full, no script, and asks no other place for anything.
    """
    title = _("What there is to mend")
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(team)} · {escape(summary(tables))}</p>"]
    for severity, findings in _by_severity(tables.findings):
        mark, name = SEVERITIES[severity]
        parts.append(f"<h2><span aria-hidden='true'>{mark}</span> {escape(_(name))}</h2>")
        head = (
            _("table"),
            _("row"),
            _("column"),
            _("value"),
            _("what is wrong"),
            _("how to mend it"),
        )
        rows: list[Sequence[str]] = []
        for shown, more in _capped(findings):
            rows.extend((*_cells(one)[:4], one.wrong, one.mend) for one in shown)
            if more:
                rows.append((heading(shown[0].table), "…", "", "", _more(more), ""))
        parts.append(_html_table(head, rows))
    parts.append(f"<h2>{escape(_('How the files were read'))}</h2>")
    parts.append(_html_table(_file_headings(), [_file_cells(one) for one in tables.dialects]))
    return (
        f'<!doctype html>\n<html lang="{language.locale().language}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}</style>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</html>\n"
    )


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


def _by_severity(
    findings: Sequence[Finding],
) -> list[tuple[str, list[Finding]]]:
    kinds = ((name, [one for one in findings if one.severity == name]) for name in SEVERITIES)
    return [(name, found) for name, found in kinds if found]


def _capped(findings: Sequence[Finding]) -> Iterator[tuple[list[Finding], int]]:
    """Yield the findings kind by kind: those that are shown, and how many more there are."""
    kind = attrgetter("table", "column", "id")
    order = list(TABLES)
    by_kind = sorted(findings, key=lambda one: order.index(one.table) if one.table in order else -1)
    grouped: dict[tuple[str, str | None, str], list[Finding]] = {}
    for finding in by_kind:
        grouped.setdefault(kind(finding), []).append(finding)
    for found in grouped.values():
        yield found[:SHOWN], len(found[SHOWN:])


def _more(n: int) -> str:
    return ngettext("{n} more of this kind", "{n} more of this kind", n).format(n=n)


def _cells(finding: Finding) -> tuple[str, str, str, str, str]:
    row = "" if finding.row is None else str(finding.row)
    words = f"{finding.wrong} {finding.mend}"
    column = ", ".join(map(heading, (finding.column or "").split(", "))) if finding.column else ""
    return heading(finding.table), row, column, finding.value, words


def _file_headings() -> tuple[str, ...]:
    return (
        _("table"),
        _("file"),
        _("rows"),
        _("encoding"),
        _("separator"),
        _("headings"),
        _("dates"),
        _("examples left out"),
    )


def _file_cells(dialect: Dialect) -> tuple[str, ...]:
    file = f"{dialect.file}: {dialect.sheet}" if dialect.sheet else dialect.file
    return (
        heading(dialect.table),
        file,
        str(dialect.rows),
        dialect.encoding,
        dialect.separator,
        dialect.headings,
        ", ".join(_(way) for way in dialect.dates.split(", ") if way),
        str(dialect.examples or ""),
    )


def _files_grid(dialects: Sequence[Dialect]) -> Grid:
    grid = Grid(title=_("How the files were read"), title_justify="left", box=None, padding=(0, 1))
    for title in _file_headings():
        grid.add_column(title, overflow="fold")
    for dialect in dialects:
        grid.add_row(*map(Text, _file_cells(dialect)))
    return grid


def _html_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in headings)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<td data-label="{escape(title)}">{escape(cell)}</td>'
            for title, cell in zip(headings, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


_CSS = f"""
body {{ margin: 0; background: {tokens.PAPER}; color: {tokens.INK};
  font: 1rem/1.5 {tokens.FAMILY}; }}
main {{ max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }}
h1 {{ font-size: 1.7rem; line-height: 1.2; }}
h2 {{ font-size: 1.2rem; margin-top: 2rem; }}
.wide {{ overflow-x: auto; background: {tokens.CARD}; border: 1px solid {tokens.LINE};
  border-radius: 14px; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .5rem .75rem;
  border-bottom: 1px solid {tokens.LINE}; }}
th {{ color: {tokens.SOFT_INK}; font-weight: 700; }}
tr:last-child td {{ border-bottom: 0; }}
@media screen and (max-width: 40rem) {{
  thead {{ display: none; }}
  table, tbody, tr, td {{ display: block; }}
  tr {{ border-bottom: 1px solid {tokens.LINE}; padding: .5rem 0; }}
  tr:last-child {{ border-bottom: 0; }}
  td {{ border: 0; padding: .1rem .75rem; overflow-wrap: anywhere; }}
  td:empty {{ display: none; }}
  td::before {{ content: attr(data-label) ": "; color: {tokens.SOFT_INK}; }}
}}
@media print {{
  body {{ background: none; }}
  .wide {{ border: 0; }}
  tr {{ break-inside: avoid; }}
}}
"""
