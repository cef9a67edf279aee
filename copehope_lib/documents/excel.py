"""Documents and tables as Excel workbooks, in which nothing is taken for a formula."""

import re
import textwrap
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

from copehope_lib.documents import blocks
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Widths of the first column, which holds labels, and of the others, in letters.
FIRST, OTHERS = 44, 16
# Columns over which a sentence runs, and height of a line, in points.
ACROSS, LINE = 6, 15
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 18},
    "heading": {"bold": True, "font_size": 12, "font_color": tokens.ACCENT},
    "text": {},
    "soft": {"font_color": tokens.SOFT_INK},
}


def as_xlsx(document: blocks.Document) -> bytes:
    """Return a document as a workbook: a sheet for its cover, and one for each section.

    What stands at the foot of its pages stands below each result here. Pictures are left out:
    their tables tell the same.

    Examples
    --------
    >>> as_xlsx(blocks.Document("Pack", "en", []))[:2]
    b'PK'
    """
    file = BytesIO()
    with _workbook(file) as book:
        book.set_properties({"title": document.title})
        # The typeface of the pages is on few machines, and this one on nearly all.
        book.formats[0].set_font_name("Calibri")
        about = blocks.Section(blocks.Heading(document.title), document.cover)
        _Sheet(book, _("About"), about, document.foot)
        for section in document.blocks:
            if isinstance(section, blocks.Section):
                _Sheet(book, section.heading.text, section, document.foot)
    return file.getvalue()


class _Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, book: "Workbook", name: str, section: blocks.Section, foot: str) -> None:
        self.book, self.foot, self.row = book, foot, 0
        plain = {"font_name": "Calibri", "text_wrap": True, "valign": "top"}
        self.looks = {look: book.add_format(plain | more) for look, more in LOOKS.items()}
        # Excel takes no longer name, and none with these signs.
        self.sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' "))
        self.sheet.set_column(0, 0, FIRST)
        self.sheet.set_column(1, 20, OTHERS)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self._say(section.heading.text, "title")
        self._add(section.blocks)

    def _add(self, content: Iterable[blocks.Block]) -> None:
        for block in content:
            match block:
                case blocks.Sentence():
                    words = f"{block.lead} {block.text}".strip()
                    self._say(words, "text" if block.style == "for" else "soft")
                case blocks.Note():
                    self.row += 1
                    self._say(block.lead, "heading")
                    self._say(block.text, "text")
                case blocks.Table():
                    self._table(block.readable())
                case blocks.Section():
                    self.row += 1
                    self._say(block.heading.text, "heading")
                    self._add(block.blocks)
                    self._say(self.foot, "soft")

    def _table(self, frame: pd.DataFrame) -> None:
        widths = [FIRST, *[OTHERS] * (frame.shape[1] - 1)]
        for at, cells in enumerate([list(frame), *frame.itertuples(index=False)], start=self.row):
            self.sheet.set_row(at, max(map(_lines, cells, widths)) * LINE)
        self.row = _write_table(self.book, self.sheet, frame, self.row)

    def _say(self, text: str, look: str) -> None:
        """Write a sentence over several columns, as high as its lines."""
        if text:
            how = self.looks[look]
            high = _lines(text, FIRST + (ACROSS - 1) * OTHERS) * LINE
            self.sheet.merge_range(self.row, 0, self.row, ACROSS - 1, "", how)
            self.sheet.write_string(self.row, 0, text, how)
            self.sheet.set_row(self.row, max(high, how.font_size * 1.4))
            self.row += 1


def _lines(cell: object, width: int) -> int:
    return len(textwrap.wrap(cell, width)) or 1 if isinstance(cell, str) else 1


def table_as_xlsx(frame: pd.DataFrame, about: Iterable[str]) -> bytes:
    """Return a frame as a workbook: its table, and a sheet that says what it is.

    Examples
    --------
    >>> table_as_xlsx(pd.DataFrame({"n": [1]}), ["One woman came."])[:2]
    b'PK'
    """
    file = BytesIO()
    with _workbook(file) as book:
        sheet, notes = book.add_worksheet("table"), book.add_worksheet("about")
        sheet.freeze_panes(1, 0)
        _write_table(book, sheet, frame)
        sheet.autofit()
        for row, line in enumerate(about):
            notes.write_string(row, 0, line)
    return file.getvalue()


def _workbook(file: BytesIO) -> "Workbook":
    """Return a new workbook in which every text that is written is text, and nothing runs."""
    # A page that nobody downloads from need not load it.
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    return xlsxwriter.Workbook(file, plain)


def _write_table(book: "Workbook", sheet: "Worksheet", frame: pd.DataFrame, at: int = 0) -> int:
    """Write a frame with its headings into a sheet, and return the first row after it."""
    plain = {"text_wrap": True, "valign": "top"}
    text, decimal = book.add_format(plain), book.add_format({"num_format": "0.00"} | plain)
    for column, (heading, cells) in enumerate(frame.items()):
        numbers = any(isinstance(cell, int | float) for cell in cells)
        # A word among numbers, such as "hidden", stands where they do.
        side = plain | ({"align": "right"} if numbers else {})
        word = book.add_format(side)
        sheet.write_string(at, column, str(heading), book.add_format(side | {"bold": True}))
        for row, cell in enumerate(cells, start=at + 1):
            broken = isinstance(cell, float) and not cell.is_integer()
            shape = word if isinstance(cell, str) else decimal if broken else text
            sheet.write(row, column, cell, shape)
    return at + 1 + len(frame)
