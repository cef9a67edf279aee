"""A pack as a workbook: a sheet for each section, with the tables that stand behind it."""

import re
import textwrap
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

from copehope_lib.documents import spreadsheet
from copehope_lib.documents.pack.content import Card, Pack, Section
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIRST, OTHERS = 44, 16
"""Widths of the first column, which holds labels, and of the others, in letters."""
ACROSS = 6
"""Columns over which a sentence runs."""
LINE = 15
"""Height of a line, in points."""


def as_xlsx(pack: Pack) -> bytes:
    """Return a pack as an Excel workbook, in which no cell is taken for a formula.

    Examples
    --------
    >>> from copehope_lib.documents.pack import Pack
    >>> from copehope_lib.privacy.audience import TEAM
    >>> as_xlsx(Pack("Team", "October 2026", TEAM, "en", "For us.", (), ()))[:2]
    b'PK'
    """
    file = BytesIO()
    with spreadsheet.workbook(file) as book:
        book.set_properties({"title": f"{pack.team} · {pack.month}"})
        writer = _Writer(book)
        writer.about(pack)
        for section in pack.sections:
            writer.section(section, pack.source)
    return file.getvalue()


class _Writer:
    """Writes sheets from top to bottom."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self.row = 0
        # The typeface of the pages is on few machines, and this one on nearly all.
        book.formats[0].set_font_name("Calibri")
        plain = {"font_name": "Calibri", "text_wrap": True, "valign": "top"}
        self.title = book.add_format(plain | {"bold": True, "font_size": 18})
        self.heading = book.add_format(
            plain | {"bold": True, "font_size": 12, "font_color": tokens.ACCENT}
        )
        self.text = book.add_format(plain)
        self.soft = book.add_format(plain | {"font_color": tokens.SOFT_INK})

    def about(self, pack: Pack) -> None:
        """Write the cover and the notes."""
        sheet = self._sheet(_("About"))
        self._say(sheet, f"{pack.team} · {pack.month}", self.title)
        self._say(sheet, ": ".join(pack.audience.badge), self.text)
        self._say(sheet, pack.meant, self.text)
        for note in pack.notes:
            self.row += 1
            self._say(sheet, note.lead, self.heading)
            self._say(sheet, note.text, self.text)

    def section(self, section: Section, source: str) -> None:
        """Write a section: its results with their tables, and where they come from."""
        sheet = self._sheet(section.title)
        self._say(sheet, section.title, self.title)
        self._say(sheet, section.lead, self.soft)
        for card in section.cards:
            self.row += 1
            self._card(sheet, card)
            self._say(sheet, source, self.soft)

    def _card(self, sheet: "Worksheet", card: Card) -> None:
        self._say(sheet, card.heading, self.heading)
        self._say(sheet, card.why, self.soft)
        if card.table is not None:
            self._table(sheet, card.table.readable())
        if card.unsaid:
            self._say(sheet, f"{_('What this does not say')}: {card.unsaid}", self.soft)

    def _table(self, sheet: "Worksheet", frame: pd.DataFrame) -> None:
        rows = [list(frame), *frame.itertuples(index=False)]
        for at, cells in enumerate(rows, start=self.row):
            widths = [FIRST, *[OTHERS] * (len(rows[0]) - 1)]
            lines = max(map(_lines, cells, widths))
            sheet.set_row(at, lines * LINE)
        self.row = spreadsheet.write_table(self.book, sheet, frame, self.row)

    def _sheet(self, title: str) -> "Worksheet":
        # Excel takes no longer name, and none with these signs.
        sheet = self.book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip("' "))
        sheet.set_column(0, 0, FIRST)
        sheet.set_column(1, 20, OTHERS)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self.row = 0
        return sheet

    def _say(self, sheet: "Worksheet", text: str, how: "Format") -> None:
        """Write a sentence over several columns, as high as its lines."""
        if not text:
            return
        lines = _lines(text, FIRST + (ACROSS - 1) * OTHERS)
        sheet.merge_range(self.row, 0, self.row, ACROSS - 1, "", how)
        sheet.write_string(self.row, 0, text, how)
        sheet.set_row(self.row, max(lines * LINE, how.font_size * 1.4))
        self.row += 1


def _lines(cell: object, width: int) -> int:
    return len(textwrap.wrap(cell, width)) or 1 if isinstance(cell, str) else 1
