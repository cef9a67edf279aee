"""What workbook and data dictionary say about tables and columns, in the same words."""

from babel.lists import format_list

from copehope_lib.language import gettext as _
from copehope_lib.language import locale
from copehope_lib.language import mark as N_
from copehope_lib.schema import Column, TableSchema, heading


def capital(text: str) -> str:
    """Return a text that begins with a capital.

    Examples
    --------
    >>> capital("a code of the table women")
    'A code of the table women'
    """
    return text[:1].upper() + text[1:]


def row_of(table: TableSchema) -> str:
    """Return what one row of a table is, as a sentence with its section of the report.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> row_of(TABLES["needs"])
    'One basic need at one review (§5.2).'
    """
    return f"{_(table.row)} (§{table.section})."


def key_of(table: TableSchema) -> str:
    """Return which cells occur only once, as a sentence.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> key_of(TABLES["attendance"])
    'No two rows have the same session and woman.'
    """
    columns = format_list([heading(name) for name in table.key], locale=locale())
    return _("No two rows have the same {columns}.").format(columns=columns)


def what_to_write(column: Column) -> str:
    """Return what a cell holds, in plain words; the values of a list are named apart.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> what_to_write(TABLES["attendance"].column("woman"))
    'a code of the table women'
    """
    match column.kind:
        case "word":
            return _("one of the values in the list")
        case "yes_no":
            return _("yes or no")
        case "code" if column.references:
            return _("a code of the table {table}").format(table=heading(column.references))
        case "code":
            return _("a code: letters, a dash, digits")
        case "day":
            return _("a day")
        case "moment" if column.day_alone:
            return _("a day and time, or a day alone")
        case "moment":
            return _("a day and time")
        case "integer":
            return _("a whole number from {low} to {high}").format(low=column.low, high=column.high)
        case "number":
            return _("a number from {low} to {high}").format(low=column.low, high=column.high)
        case _:
            return _("a few words")


def whether_needed(column: Column) -> str:
    """Return what a cell holds, and whether it may be empty."""
    empty = _("may be empty") if column.optional else _("in every row")
    return f"{what_to_write(column)}; {empty}"


def titles() -> list[str]:
    """Return what a data dictionary says about each column, as the titles of its table."""
    what = (N_("column"), N_("meaning"), N_("what to write"), N_("example"))
    return [_(title) for title in (*what, N_("leaves the registry"), N_("report"))]


def values(column: Column) -> list[tuple[str, str]]:
    """Return label and code of each value that a column may hold.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> values(TABLES["activities"].column("modular"))
    [('Yes', 'yes'), ('No', 'no')]
    """
    return [(word.label, word.value) for word in column.vocabulary or ()]


def about_periods_and_writing() -> list[str]:
    """Return the paragraphs with which a data dictionary begins."""
    return [
        _(
            "Fifteen tables, one file each, kept by code and never by name. A period ends with "
            "the first day on which it no longer holds: a woman whose last day is 30 September "
            "has left on 1 October. A day is written 2026-10-05, a moment 2026-10-05T10:00, in "
            "the team’s local time. A column marked “may be empty” may also be left out."
        ),
        _(
            "Where a column has a list of values, write the words or the code beside them. "
            "Headings and words are understood in English, Spanish, Catalan and Italian. A row "
            "that begins with # is an example and is not read."
        ),
        _(
            "Each column says in which form it leaves the registry: what “supervision”, “team” "
            "and “partners” are shown is made by the workbench, and nothing else goes out. The "
            "sign § points to the section of the report that asks for it."
        ),
    ]
