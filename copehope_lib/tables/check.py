"""Checks of one table: each cell, each row, each key."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.schema import Column, TableSchema, heading
from copehope_lib.settings import Reading
from copehope_lib.tables import personal
from copehope_lib.tables.findings import Finding, hidden, masked
from copehope_lib.tables.understand import Understood

LONGEST: Final = 500
"""Characters of a text; a longer one is no few words."""

EARLIEST, LATEST = pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")
"""A day of a registry lies between them."""

_FORMULA: Final = r"[=@]|[+-].*[|(!]"

_PERSONAL = {
    personal.Personal.NAME: lambda: _("This looks like a person’s name."),
    personal.Personal.EMAIL: lambda: _("This looks like an e-mail address."),
    personal.Personal.PHONE: lambda: _("This looks like a phone number."),
    personal.Personal.DOCUMENT: lambda: _("This looks like the number of a document."),
}


@dataclass(frozen=True)
class Said:
    """What is said of one text, wherever it stands."""

    id: str
    value: str
    wrong: str
    mend: str


def about_cells(
    cells: pd.Series,
    understood: Understood,
    name: str,
    table: TableSchema,
    reading: Reading,
) -> Iterator[Finding]:
    """Yield what there is to say of the cells of one column.

    Parameters
    ----------
    cells : pandas.Series
        Categorical, indexed by the row of the spreadsheet.
    understood : Understood
        What its categories mean.
    name, table : str, TableSchema
        Which column of which table.
    reading : Reading
        What the team settled about its files.
    """
    column = table.column(name)
    texts = pd.Series(cells.cat.categories)
    said = {
        **_out_of_range(texts, understood.meaning, column),
        **_not_understood(texts, understood, column),
        **_too_long(texts, column),
    }
    # A number that is out of range may be the number of a phone.
    suspects = texts if column.kind == "text" else texts[texts.index.isin(list(said))]
    said |= suspicious(suspects, reading, prose=column.kind == "text")
    yield from spread(said, cells, table.name, name)
    if len(understood.doubtful):
        yield _in_doubt(texts[understood.doubtful], name, table)
    if not column.optional:
        for row in cells.index[cells.isna()].tolist():
            yield Finding(
                "missing_value",
                "error",
                table.name,
                row,
                name,
                "",
                _("The cell is empty."),
                _("Fill it in."),
            )


def suspicious(texts: pd.Series, reading: Reading, *, prose: bool) -> dict[Hashable, Said]:
    """Return what may be said of texts that must not be in a registry at all.

    Parameters
    ----------
    texts : pandas.Series of str
        Distinct texts by their place among the categories.
    reading : Reading
        What the team settled about its files.
    prose : bool
        Whether they are free text.
    """
    allowed = frozenset(reading.not_names)
    kinds = personal.kinds(texts, prose=prose, allowed=allowed)
    said = {
        place: Said(
            kinds[text].value, hidden(text), _PERSONAL[kinds[text]](), _instead(kinds[text])
        )
        for place, text in texts.items()
        if text in kinds
    }
    for place, text in texts[texts.str.match(_FORMULA)].items():
        said[place] = Said(
            "formula",
            hidden(text),
            _("The cell begins like a formula."),
            _("Write plain words; a formula may run when a colleague opens the file."),
        )
    return said


def spread(
    said: Mapping[Hashable, Said], cells: pd.Series, table: str, column: str
) -> Iterator[Finding]:
    """Yield what is said of a text for each row in which it stands."""
    codes = cells.cat.codes.to_numpy()
    concerned = np.zeros(len(cells.cat.categories) + 1, dtype=bool)
    concerned[np.array(list(said), dtype=np.intp)] = True
    at = np.flatnonzero(concerned[codes])
    for row, code in zip(cells.index[at].tolist(), codes[at].tolist(), strict=True):
        says = said[code]
        yield Finding(says.id, "error", table, row, column, says.value, says.wrong, says.mend)


def _instead(kind: personal.Personal) -> str:
    if kind is not personal.Personal.NAME:
        return _("Delete it; the registry holds codes only.")
    return _(
        "Write a code, a role or nothing; if it is no such thing, add it to not_names in "
        "copehope.toml."
    )


def _not_understood(
    texts: pd.Series, understood: Understood, column: Column
) -> dict[Hashable, Said]:
    strange = texts[understood.meaning.isna()].drop(understood.doubtful)
    # In place of a code a word in small letters may be a name, elsewhere it is a word.
    show = hidden if column.kind == "code" else masked
    id, wrong = (
        ("not_a_code", _("This is not a code; it might be a name."))
        if column.kind == "code"
        else ("unknown_value", _("The value is not understood."))
    )
    return {place: Said(id, show(text), wrong, column.expected) for place, text in strange.items()}


def _out_of_range(texts: pd.Series, meaning: pd.Series, column: Column) -> dict[Hashable, Said]:
    wrong = _("The number is out of range.")
    if column.low is not None:
        outside = (meaning < column.low) | (meaning > column.high)
    elif column.kind in ("day", "moment"):
        outside = (meaning < EARLIEST) | (meaning >= LATEST)
        wrong = _("The year cannot be right.")
    else:
        return {}
    return {
        place: Said("out_of_range", masked(text), wrong, column.expected)
        for place, text in texts[outside.fillna(value=False).astype(bool)].items()
    }


def _too_long(texts: pd.Series, column: Column) -> dict[Hashable, Said]:
    long = texts[texts.str.len() > LONGEST] if column.kind == "text" else texts[:0]
    return {
        place: Said(
            "too_long",
            hidden(text),
            _("The text is too long for a table."),
            _("Write at most {n} characters.").format(n=LONGEST),
        )
        for place, text in long.items()
    }


def _in_doubt(texts: pd.Series, name: str, table: TableSchema) -> Finding:
    return Finding(
        "ambiguous_dates",
        "error",
        table.name,
        None,
        name,
        masked(texts.iloc[0]),
        _("Day and month cannot be told apart: no date of the column settles it."),
        _(
            "Write days as 2026-10-03, or write under [reading] in copehope.toml "
            "dates = “day_first” (3/10 is 3 October) or “month_first”."
        ),
    )


def about_rows(frame: pd.DataFrame, table: TableSchema) -> Iterator[Finding]:
    """Yield each row whose dates are in the wrong order, or whose key occurs before it.

    Parameters
    ----------
    frame : pandas.DataFrame
        Typed columns, codes as categories, indexed by the row of the spreadsheet.
    table : TableSchema
        Its declaration.
    """
    for earlier, later, strictly in table.in_order:
        wrong = frame[later] < frame[earlier]
        if strictly:
            wrong |= frame[later] == frame[earlier]
        for row in frame.index[wrong].tolist():
            yield Finding(
                "wrong_order",
                "error",
                table.name,
                row,
                later,
                "",
                _("{later} comes before {earlier}.").format(
                    later=heading(later), earlier=heading(earlier)
                ),
                _("Correct one of the two dates."),
            )
    yield from _doubled(frame, table)


def _doubled(frame: pd.DataFrame, table: TableSchema) -> Iterator[Finding]:
    key = list(table.key)
    if _all_differ(frame[key]):
        return
    again = frame.duplicated(key) & frame[key].notna().all(axis=1)
    same = frame[frame.duplicated(key, keep=False)]
    first = same.index.to_series().groupby([same[k] for k in key], observed=True).transform("first")
    for row in frame.index[again].tolist():
        yield Finding(
            "doubled_row",
            "error",
            table.name,
            row,
            ", ".join(key),
            "",
            _("The same {columns} stand in row {first} already.").format(
                columns=", ".join(map(heading, key)), first=int(first[row])
            ),
            _("Keep one of the two rows."),
        )


def _all_differ(keys: pd.DataFrame) -> bool:
    """Return whether no two rows are the same, for less than the price of finding which are.

    Each row becomes one number, and the numbers are sorted.
    """
    numbers, span = np.zeros(len(keys), dtype=np.int64), 1
    for name in keys:
        column = keys[name]
        coded = isinstance(column.dtype, pd.CategoricalDtype)
        codes = column.cat.codes.to_numpy() if coded else pd.factorize(column)[0]
        width = int(codes.max(initial=0)) + 2
        span *= width
        if span > np.iinfo(np.int64).max:
            return False
        numbers *= width
        numbers += codes + np.int64(1)
    numbers.sort()
    return bool((numbers[1:] != numbers[:-1]).all())
