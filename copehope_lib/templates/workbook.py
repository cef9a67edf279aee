"""The template workbook: a page that says how to fill it in, then a sheet for each table."""

import io
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.templates import cover, wording
from copehope_lib.templates.examples import as_text, example, example_row, notice
from copehope_lib.templates.rules import LISTS, Lists, rule
from copehope_lib.theme import tokens

# Written into every workbook, so that the same schema gives the same bytes.
MADE: Final = datetime(2026, 1, 1)

# Where a team begins to write, counted from 0: below heading, notice and example.
FIRST_ROW: Final = 3

LAST_ROW: Final = 1_048_575

_A4: Final = 9
_CELL: Final = {"align": "left", "valign": "top"}
_SHOWN_AS: Final = {
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "integer": "0",
    "number": "General",
}


def made() -> bytes:
    """Return the workbook in the language in use.

    Examples
    --------
    >>> from python_calamine import CalamineWorkbook
    >>> CalamineWorkbook.from_filelike(io.BytesIO(made())).sheet_names[:3]
    ['Read me', 'women', 'professionals']
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": _("The tables of a registry"), "created": MADE})
        cover.write(book)
        lists = Lists()
        for table in TABLES.values():
            _example(book, add_sheet(book, table, lists, FIRST_ROW), table)
        add_lists(book, lists)
    return target.getvalue()


def add_sheet(book: Any, table: TableSchema, lists: Lists, first: int) -> Any:
    """Add the sheet of a table: its headings, and what its cells accept from a first row on."""
    sheet = book.add_worksheet(heading(table.name))
    _columns(book, sheet, table, lists, first)
    _headings(book, sheet, table)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    return sheet


def _columns(book: Any, sheet: Any, table: TableSchema, lists: Lists, first: int) -> None:
    """Set how wide each column is, how it is shown and what it accepts."""
    for place, (name, column) in enumerate(table.declared.items()):
        shown = book.add_format({**_CELL, "num_format": _SHOWN_AS.get(column.kind, "@")})
        sheet.set_column(place, place, _width(name, column), shown)
        accepted = rule(column, first, place, lists)
        if accepted is not None:
            sheet.data_validation(first, place, LAST_ROW, place, accepted)


def _width(name: str, column: Column) -> int:
    texts = [as_text(example(column)), *(label for label, _code in wording.values(column))]
    return max(len(heading(name)) + 4, min(max(map(len, texts)) + 3, 48), 12)


def _headings(book: Any, sheet: Any, table: TableSchema) -> None:
    asked = {"bold": True, "valign": "vcenter", "bottom": 1, "bottom_color": tokens.ACCENT}
    needed = book.add_format({**asked, "font_color": tokens.CARD, "bg_color": tokens.ACCENT})
    optional = book.add_format({**asked, "font_color": tokens.INK, "bg_color": tokens.TINT})
    sheet.set_row(0, 24)
    for place, (name, column) in enumerate(table.declared.items()):
        sheet.write_string(0, place, heading(name), optional if column.optional else needed)
        text = note(column)
        # A line of a note takes about 48 letters.
        lines = sum(1 + len(line) // 48 for line in text.splitlines())
        look = {"author": "Copehope", "color": tokens.CARD, "font_size": 10}
        sheet.write_comment(0, place, text, {**look, "width": 320, "height": 16 * lines + 12})


def note(column: Column) -> str:
    """Return what the note on a heading says.

    Examples
    --------
    >>> print(note(TABLES["needs"].column("woman")))
    Her code, never her name.
    A code of the table women; in every row.
    Example: W-001
    Report: §5.1.2
    """
    meaning = _(column.meaning)
    values = ", ".join(label for label, _code in wording.values(column))
    lines = [
        meaning if meaning.endswith("?") else f"{meaning}.",
        f"{wording.capital(wording.whether_needed(column))}.",
        *([f"{values}."] if values else []),
        _("Example: {example}").format(example=as_text(example(column))),
        _("Report: §{section}").format(section=column.section),
    ]
    return "\n".join(lines)


def _example(book: Any, sheet: Any, table: TableSchema) -> None:
    """Write the two rows that are not read, in grey italics."""
    look = {**_CELL, "italic": True, "font_color": tokens.SOFT_INK}
    sheet.write_string(1, 0, notice(), book.add_format(look))
    columns = table.declared.values()
    for place, (column, cell) in enumerate(zip(columns, example_row(table), strict=True)):
        shown = book.add_format({**look, "num_format": _SHOWN_AS.get(column.kind, "@")})
        sheet.write(2, place, cell, shown)


def add_lists(book: Any, lists: Lists) -> None:
    """Write the values of all drop-downs to the last sheet, out of sight."""
    sheet = book.add_worksheet(LISTS)
    for place, labels in enumerate(lists.labels):
        sheet.write_column(0, place, labels)
    sheet.hide()
