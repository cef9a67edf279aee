"""What a check says about a table: where, what is wrong, and how to mend it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
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
        shown = "; ".join(self.places) or ", ".join(map(str, self.rows[:SHOWN]))
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


_NO_CODES: Final = N_("Delete it; the registry holds codes only.")

_WARNINGS: Final = {
    "hidden_sheet",
    "before_entering",
    "after_leaving",
    "two_reference_persons",
    "woman_in_two_sessions",
    "professional_in_two_sessions",
    "after_achieving",
    "unread_file",
    "mixed_days",
    "days_since_1904",
    "in_the_future",
    "overlapping_stays",
    "reason_without_day",
    "born_too_late",
    "outside_stay",
    "outside_post",
    "error_value:text",
    "wrong_letters",
    "mixed_encodings",
}
_HINTS: Final = {
    "unknown_file",
    "unknown_sheet",
    "hidden_sheet:other",
    "unknown_heading",
    "merged_cells",
    "read_as_code",
}

# What is wrong and how to mend it, for each kind of finding. What stands behind a colon tells
# apart what is said of two cases of one kind.
_SAID: Final[dict[str, tuple[str, str]]] = {
    # Of a file
    "missing_table": (N_("registry/ has no table {table}."), "{mend}"),
    "unknown_file": (
        N_("The file is not read: it is named after no table."),
        N_("Name a file or a sheet after its table, such as women.csv."),
    ),
    "unread_file:ending": (
        N_(
            "The file is named after the table {table} and not read: nothing is read from {ending}."
        ),
        N_("Save it as .xlsx, .ods or .csv, or take it out of the folder."),
    ),
    "unread_file:near": (
        N_(
            "The file is not read: its name is close to that of the table {table}, but not the "
            "same."
        ),
        N_("Put its rows into the file of the table, or take it out of the folder."),
    ),
    "unread_sheet": (
        N_("The sheet {sheet} of {file} holds rows of the table {table} and was not read."),
        N_("Put its rows into the sheet {table}, or take it out of the workbook."),
    ),
    "unknown_sheet": (
        N_("The sheet {sheet} of {file} is not read: it is named after no table."),
        N_("Leave it, or name it after its table."),
    ),
    "unreadable_file": (N_("{file} cannot be read: {reason}."), "{mend}"),
    "unreadable_file:two": (
        N_("{first} and {second} both hold the table {table}: keep one of them."),
        N_("Which one is right is not for us to guess."),
    ),
    "hidden_sheet": (
        N_("The sheet {sheet} of {file} is hidden and was not read."),
        N_("Show the sheet if it counts, or delete it."),
    ),
    "hidden_sheet:other": (
        N_("The sheet {sheet} of {file} is hidden and was not read."),
        N_("Leave it, or show it and name it after its table."),
    ),
    "mixed_encodings": (
        N_("Some lines of the file are in another encoding: it was read as {encodings}."),
        N_("Look whether accents are right, and save it again as CSV UTF-8."),
    ),
    # Of a heading
    "personal_column": (
        N_("A column for names, contacts or documents has no place here."),
        N_("Delete the column; the registry holds codes only."),
    ),
    "ambiguous_heading": (
        N_("The heading may mean {columns}."),
        N_(
            "Rename it, or write under [reading.headings.{table}] in copehope.toml: "
            '"{heading}" = "{column}".'
        ),
    ),
    "unknown_heading": (
        N_("The column is not read: its heading is not known."),
        N_("Leave it, or give it a heading of the template."),
    ),
    "near_heading": (
        N_("The column would not be read: its heading is close to {column}, but not the same."),
        N_(
            "Rename it to {column} if that is what it holds; if not, write under "
            '[reading.headings.{table}] in copehope.toml: "{heading}" = "".'
        ),
    ),
    "doubled_heading": (N_("Two columns mean {column}."), N_("Keep one of them.")),
    "missing_column": (N_("The column is missing."), N_("Add a column headed {column}.")),
    # Of a row
    "too_many_cells": (
        N_("The row has more cells than there are headings."),
        N_("Look for a separator inside a text, and put that text in quotation marks."),
    ),
    "merged_cells": (
        N_("A merged cell gave this row its value."),
        N_("Nothing to do if it is meant for each of its rows; else split the cell."),
    ),
    "wrong_order": (N_("{later} comes before {earlier}."), N_("Correct one of the two dates.")),
    "doubled_row": (
        N_("The same {columns} stand in row {first} already."),
        N_("Keep one of the two rows."),
    ),
    # Of a cell
    "person_name": (
        N_("This looks like a person’s name."),
        N_(
            "Write a code, a role or nothing; if it is no such thing, add it to not_names in "
            "copehope.toml."
        ),
    ),
    "other_script": (
        N_("In this script a person’s name cannot be told from other words."),
        N_(
            "Write it in the language of the team; if it names no person, add it to not_names in "
            "copehope.toml."
        ),
    ),
    "email_address": (N_("This looks like an e-mail address."), _NO_CODES),
    "phone_number": (N_("This looks like a phone number."), _NO_CODES),
    "identity_document": (N_("This looks like the number of a document."), _NO_CODES),
    "formula": (
        N_("The cell begins like a formula."),
        N_("Write plain words; a formula may run when a colleague opens the file."),
    ),
    "missing_value": (N_("The cell is empty."), N_("Fill it in.")),
    "missing_value:above": (
        N_("The cell is empty in {n} rows below a filled one: does it mean the same as above?"),
        N_("If so, fill the value down into each row; the workbench does not guess it."),
    ),
    "not_a_code": (N_("This is not a code; it might be a name."), "{expected}"),
    "not_a_code:pattern": (
        N_("No code of the column looks like {example}."),
        N_(
            "If they are your codes and no names, write under [reading] in copehope.toml: "
            "codes = '{pattern}'."
        ),
    ),
    "not_a_code:letters": (
        N_("The codes of the column have letters only, and might be names."),
        N_("Give each a digit, such as {example}, in every table."),
    ),
    "read_as_code": (
        N_("Codes without a hyphen were read as if they had one: {pairs}."),
        N_("Nothing to do if that is right; `copehope check --fix` writes it so."),
    ),
    "unknown_value": (N_("The value is not understood."), "{expected}"),
    "unknown_value:near": (
        N_("The value is not understood."),
        N_("{expected} The nearest is {near}."),
    ),
    "unknown_value:day": (N_("The day of the month is missing."), "{expected}"),
    "out_of_range": (N_("The number is out of range."), "{expected}"),
    "out_of_range:year": (N_("The year cannot be right."), "{expected}"),
    "too_long": (N_("The text is too long for a table."), N_("Write at most {n} characters.")),
    "ambiguous_dates": (
        N_("Day and month cannot be told apart: no date of the column settles it."),
        N_(
            "Write days as 2026-10-03, or write under [reading] in copehope.toml "
            "dates = “day_first” (3/10 is 3 October) or “month_first”."
        ),
    ),
    "ambiguous_dates:swapped": (
        N_(
            "A spreadsheet seems to have swapped day and month: it made dates of the days up to "
            "12 and left the others as text."
        ),
        N_("Correct this day, and write all days of the column as 2026-10-03."),
    ),
    "mixed_days": (
        N_(
            "Some days are text because a spreadsheet did not understand them: in others it may "
            "have swapped day and month."
        ),
        N_("Look through the days up to 12, and write all days of the column as 2026-10-03."),
    ),
    "days_since_1904": (
        N_("Days stand as numbers, and were counted from 1904 as this workbook does."),
        N_("Look whether the years are right, and give the column the format of a date."),
    ),
    "error_value": (
        N_("A formula went wrong here: the cell holds an error and no value."),
        N_("Write what belongs there, or leave the cell empty."),
    ),
    "error_value:text": (
        N_("A formula went wrong here: the cell holds an error and is read as if it were empty."),
        N_("Write what belongs there."),
    ),
    "wrong_letters": (
        N_("Letters are wrong: the text was saved in one encoding and opened in another."),
        N_("Correct the word, and save the file as CSV UTF-8."),
    ),
    # Between tables
    "in_the_future": (
        N_("The day lies too far in the future."),
        N_("Correct it; what has not happened yet is not written down."),
    ),
    "overlapping_stays": (
        N_("She has another stay at that time (row {row})."),
        N_("End the earlier stay before the next one begins, or delete one of them."),
    ),
    "reason_without_day": (
        N_("There is a reason for leaving and no day on which she left."),
        N_("Write the day, or delete the reason."),
    ),
    "born_too_late": (
        N_("By this year of birth she was younger than {n} when she entered."),
        N_("Correct the year of birth, or the day on which she entered."),
    ),
    "outside_stay": (
        N_("She was not accompanied on that day."),
        N_("Correct the day, or her stay."),
    ),
    "outside_post": (
        N_("The professional was not yet in the team on that day."),
        N_("Correct the day, or the one on which the professional began."),
    ),
    "outside_post:assignments": (
        N_("The professional left the team before the assignment ends: nobody holds it since."),
        N_("End it on the day on which the professional left, and add a row for who follows."),
    ),
    "outside_post:sessions": (
        N_("The professional had left the team by then."),
        N_("Correct the day, or the professional."),
    ),
    "retired_code": (
        N_("This code was forgotten or changed here, and does not come back."),
        N_(
            "Write the code that she has now; if she was forgotten, `copehope codes forget` takes "
            "her out of every table."
        ),
    ),
    "unknown_code": (
        N_("The table {target} has no such code."),
        N_("Correct the code, or add it to {target}."),
    ),
    "unknown_code:near": (
        N_("The table {target} has no such code."),
        N_("Correct the code, or add it to {target}. Is it {near}?"),
    ),
    "before_entering": (
        N_("The session was before she entered."),
        N_("Correct her stay, or the session."),
    ),
    "after_leaving": (
        N_("The session was when she was no longer accompanied."),
        N_("Correct her stay, or the session."),
    ),
    "two_reference_persons": (
        N_("She has another reference person at that time (row {row})."),
        N_("End the earlier one on the day on which the next one begins."),
    ),
    "woman_in_two_sessions": (
        N_("She was expected at another session at that time (row {row})."),
        N_("Correct one of them, so that what she could not do does not count as missed."),
    ),
    "professional_in_two_sessions": (
        N_("The same professional holds another session at that time (row {row})."),
        N_("Correct the time or the professional of one of them."),
    ),
    "end_without_hour": (
        N_("The session has an end, and no hour at which it began."),
        N_("Write the hour beside the day, such as 2026-10-05T10:00, or leave the end empty."),
    ),
    "long_session": (
        N_("The session is longer than a day."),
        N_("Correct its start or its end; a course has a row for each of its sessions."),
    ),
    "before_the_goal": (
        N_("It happened before the goal was set."),
        N_("Correct it, or the day on which the goal was set."),
    ),
    "after_achieving": (
        N_("Something happened to the goal after it was achieved."),
        N_("Add a row “{event}” before it, or correct the days."),
    ),
}


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
    id = kind.partition(":")[0]
    said = kind if kind in _WARNINGS | _HINTS else id
    severity: Severity = "warning" if said in _WARNINGS else "hint" if said in _HINTS else "error"
    wrong, mend = (_(sentence).format(**filled) for sentence in _SAID[kind])
    return Finding(id, severity, table, row, column, value, wrong, mend)


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
