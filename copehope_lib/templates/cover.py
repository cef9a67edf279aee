"""The first sheet of the workbook: how to fill it in, in calm words."""

from typing import Any, Final

from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.schema import TABLES, heading
from copehope_lib.templates import wording
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import YesNoUnknown

_A4: Final = 9
# Letters on one line of the page.
_LETTERS: Final = 118


def write(book: Any) -> None:
    """Add the page to a workbook of XlsxWriter."""
    sheet = book.add_worksheet(_("Read me"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 32)
    sheet.set_column(2, 2, 68)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    title = book.add_format({"bold": True, "font_size": 20, "font_color": tokens.ACCENT})
    sheet.set_row(1, 30)
    sheet.write_string(1, 1, _("How to fill in these tables"), title)
    bold = book.add_format({"bold": True, "font_size": 13, "font_color": tokens.INK})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_color": tokens.INK})
    row = 3
    for part, sentences in _PARTS.items():
        sheet.write_string(row, 1, _(part), bold)
        for sentence in sentences:
            row += 1
            said = _(sentence).format(unknown=YesNoUnknown.UNKNOWN.label, table=heading("women"))
            sheet.merge_range(row, 1, row, 2, said, text)
            # A merged cell does not grow by itself.
            sheet.set_row(row, 16 * (1 + len(said) // _LETTERS) + 3)
        row += 2
    sheet.write_string(row, 1, _("The tables"), bold)
    link = book.add_format({"font_color": tokens.ACCENT, "underline": 1, "valign": "top"})
    for table in TABLES.values():
        row += 1
        name, what = heading(table.name), wording.row_of(table)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 2, what, text)
        sheet.set_row(row, 16 * (1 + len(what) // 64) + 3)


_PARTS: Final = {
    N_("Before you begin"): (
        N_("Women and professionals are kept by code, such as W-001 and P-01, and never by name."),
        N_(
            "This workbook stays on the team’s own machine: send it to nobody, and keep it out "
            "of shared folders."
        ),
    ),
    N_("Filling in"): (
        N_(
            "Each sheet is a table. Write from row 4 on, one row for each thing: a stay, a "
            "session, a goal."
        ),
        N_(
            "Rows that begin with # are examples and are not read. You can leave them where they "
            "are."
        ),
        N_(
            "A dark heading asks for something in every row. Under a light heading a cell may be "
            "empty."
        ),
        N_(
            "Rest the pointer on a heading: a note says what it means, what to write, and gives "
            "an example."
        ),
        N_(
            "Many cells have a list to choose from. “{unknown}” is an answer too: nothing has to "
            "be guessed."
        ),
        N_(
            "A period ends with the first day on which it no longer holds: a woman whose last "
            "day is 30 September has left on 1 October. As long as it goes on, the cell stays "
            "empty."
        ),
        N_("A woman who comes back has a second row in the table {table}, with the same code."),
    ),
    N_("When you have finished"): (
        N_(
            "Save it as an Excel workbook (.xlsx) and put it into the folder registry/ of your "
            "workspace."
        ),
        N_(
            "Run `copehope check` on the workspace. It names everything there is to mend, with "
            "the row as you see it here."
        ),
    ),
}
