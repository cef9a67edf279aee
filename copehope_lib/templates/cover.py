"""The first sheet of the workbook: how to fill it in, in calm words."""

from typing import Any, Final

from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, heading
from copehope_lib.templates import wording
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import YesNoUnknown

_A4: Final = 9
_LETTERS: Final = 118
"""Letters on one line of the page."""


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
    row = 3
    for heading_of_part, sentences in _parts():
        row = _part(book, sheet, row, heading_of_part, sentences)
    _tables(book, sheet, row)


def _parts() -> list[tuple[str, list[str]]]:
    return [
        (_("Before you begin"), _before()),
        (_("Filling in"), _filling_in()),
        (_("When you have finished"), _afterwards()),
    ]


def _before() -> list[str]:
    return [
        _("Women and professionals are kept by code, such as W-001 and P-01, and never by name."),
        _(
            "This workbook stays on the team’s own machine: send it to nobody, and keep it out "
            "of shared folders."
        ),
    ]


def _filling_in() -> list[str]:
    return [
        _(
            "Each sheet is a table. Write from row 4 on, one row for each thing: a stay, a "
            "session, a goal."
        ),
        _(
            "Rows that begin with # are examples and are not read. You can leave them where "
            "they are."
        ),
        _(
            "A dark heading asks for something in every row. Under a light heading a cell may "
            "be empty."
        ),
        _(
            "Rest the pointer on a heading: a note says what it means, what to write, and "
            "gives an example."
        ),
        _(
            "Many cells have a list to choose from. “{unknown}” is an answer too: nothing has "
            "to be guessed."
        ).format(unknown=YesNoUnknown.UNKNOWN.label),
        _(
            "A period ends with the first day on which it no longer holds: a woman whose last "
            "day is 30 September has left on 1 October. As long as it goes on, the cell stays "
            "empty."
        ),
        _(
            "A woman who comes back has a second row in the table {table}, with the same code."
        ).format(table=heading("women")),
    ]


def _afterwards() -> list[str]:
    return [
        _(
            "Save it as an Excel workbook (.xlsx) and put it into the folder registry/ of your "
            "workspace."
        ),
        _(
            "Run `copehope check` on the workspace. It names everything there is to mend, with "
            "the row as you see it here."
        ),
    ]


def _part(book: Any, sheet: Any, row: int, title: str, sentences: list[str]) -> int:
    """Write one part of the page and return the row at which the next begins."""
    sheet.write_string(row, 1, title, _bold(book))
    text = book.add_format({"text_wrap": True, "valign": "top", "font_color": tokens.INK})
    for place, sentence in enumerate(sentences, row + 1):
        sheet.merge_range(place, 1, place, 2, sentence, text)
        # A merged cell does not grow by itself.
        sheet.set_row(place, 16 * (1 + len(sentence) // _LETTERS) + 3)
    return row + len(sentences) + 2


def _tables(book: Any, sheet: Any, row: int) -> None:
    """Write what each table is for, with a link to its sheet."""
    sheet.write_string(row, 1, _("The tables"), _bold(book))
    link = book.add_format({"font_color": tokens.ACCENT, "underline": 1, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_color": tokens.INK})
    for place, table in enumerate(TABLES.values(), row + 1):
        name, what = heading(table.name), wording.row_of(table)
        sheet.write_url(place, 1, f"internal:'{name}'!A1", link, name)
        sheet.write_string(place, 2, what, text)
        sheet.set_row(place, 16 * (1 + len(what) // 64) + 3)


def _bold(book: Any) -> Any:
    return book.add_format({"bold": True, "font_size": 13, "font_color": tokens.INK})
