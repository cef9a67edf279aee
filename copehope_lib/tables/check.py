"""Checks of one table: each cell, each row, each key."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.guard.place_words import place_names
from copehope_lib.schema import TableSchema, heading
from copehope_lib.schema.column import COUNTED
from copehope_lib.settings import Reading
from copehope_lib.tables import personal
from copehope_lib.tables.findings import MANY, Finding, finding, hidden, masked
from copehope_lib.tables.letters import WRONG_LETTERS
from copehope_lib.tables.understand import ERROR, Understood

LONGEST: Final = 500
"""Characters of a text; a longer one is no few words."""

EARLIEST, LATEST = pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")
"""A day of a registry lies between them."""

_BLANK: Final = -1
"""Place of a blank among the categories."""

_FORMULA: Final = r"[=@]|[+-].*[|(!]"


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
        **_out_of_range(texts, understood.meaning, name, table),
        **_not_understood(texts, understood, name, table),
        **_too_long(texts, name, table),
    }
    # A number that is out of range may be the number of a phone; what is not shown is no matter.
    prose = column.kind == "text"
    somewhere = prose and column.leaves == COUNTED
    suspects = (
        texts if prose else texts[texts.index.isin([at for at, one in said.items() if one.value])]
    )
    if not suspects.empty:
        error = "error_value:text" if somewhere else "error_value"
        said |= _of_each(suspects[suspects.str.fullmatch(ERROR)], masked, error, table, name)
        foreign = suspects[suspects.str.contains(WRONG_LETTERS)]
        said |= _of_each(foreign, hidden, "wrong_letters", table, name)
        # Nothing is said of a text in which a name may be but that.
        towns = place_names() if somewhere else frozenset()
        said |= suspicious(suspects, table.name, name, reading, prose=prose, towns=towns)
    said |= _of_each(texts[understood.swapped], masked, "ambiguous_dates:swapped", table, name)
    if not column.optional:
        said[_BLANK] = finding("missing_value", table.name, None, name)
    yield from spread(said, cells)
    if understood.mixed and understood.swapped.empty:
        yield finding("mixed_days", table.name, None, name)
    if len(understood.doubtful) and understood.swapped.empty:
        doubtful = masked(texts[understood.doubtful].iloc[0])
        yield finding("ambiguous_dates", table.name, None, name, doubtful)


def suspicious(
    texts: pd.Series,
    table: str,
    column: str | None,
    reading: Reading,
    *,
    prose: bool,
    towns: frozenset[str] = frozenset(),
) -> dict[Hashable, Finding]:
    """Return what may be said of texts that must not be in a registry at all.

    Parameters
    ----------
    texts : pandas.Series of str
        Distinct texts by their place among the categories.
    table, column : str
        Where they stand.
    reading : Reading
        What the team settled about its files.
    prose : bool
        Whether they are free text.
    towns : frozenset of str
        Places called like people, where places are expected.
    """
    texts = texts[~texts.isin(towns)]
    allowed = {town for town in towns if " " in town}.union(reading.not_names)
    kinds = personal.kinds(texts, prose=prose, allowed=frozenset(allowed))
    said: dict[Hashable, Finding] = {}
    for (place, text), formula in zip(texts.items(), texts.str.match(_FORMULA), strict=True):
        if formula or text in kinds:
            kind = "formula" if formula else kinds[text].value
            said[place] = finding(kind, table, None, column, hidden(text))
    return said


def _of_each(
    texts: pd.Series,
    show: Callable[[str], str],
    kind: str,
    table: TableSchema,
    name: str,
    **filled: object,
) -> dict[Hashable, Finding]:
    """Say the same of each text, which itself is shown where it may be kept one by one."""
    if texts.empty:
        return {}
    said = finding(kind, table.name, None, name, **filled)
    shown = {place: replace(said, value=show(text)) for place, text in texts.iloc[:MANY].items()}
    return dict.fromkeys(texts.index, said) | shown


def spread(said: Mapping[Hashable, Finding], cells: pd.Series) -> Iterator[Finding]:
    """Yield what is said of a text for each row in which it stands."""
    codes = cells.cat.codes.to_numpy()
    concerned = np.zeros(len(cells.cat.categories) + 1, dtype=bool)
    concerned[np.array(list(said), dtype=np.intp)] = True
    at = np.flatnonzero(concerned[codes])
    counts: Counter[str] = Counter()
    for row, code in zip(cells.index[at], codes[at].tolist(), strict=True):
        one = said[code]
        counts[one.id] += 1
        yield one if counts[one.id] > MANY else replace(one, row=row)


def _not_understood(
    texts: pd.Series, understood: Understood, name: str, table: TableSchema
) -> dict[Hashable, Finding]:
    column, missing = table.column(name), understood.meaning.isna()
    if not missing.any():
        return {}
    strange = texts[missing].drop(understood.doubtful)
    # In place of a code a word in small letters may be a name, elsewhere it is a word.
    kind, show = ("not_a_code", hidden) if column.kind == "code" else ("unknown_value", masked)
    return _of_each(strange, show, kind, table, name, expected=column.expected)


def _out_of_range(
    texts: pd.Series, meaning: pd.Series, name: str, table: TableSchema
) -> dict[Hashable, Finding]:
    column = table.column(name)
    if column.low is not None:
        kind, outside = "out_of_range", (meaning < column.low) | (meaning > column.high)
    elif column.kind in ("day", "moment"):
        kind, outside = "out_of_range:year", (meaning < EARLIEST) | (meaning >= LATEST)
    else:
        return {}
    texts = texts[outside.fillna(value=False).astype(bool)]
    return _of_each(texts, masked, kind, table, name, expected=column.expected)


def _too_long(texts: pd.Series, name: str, table: TableSchema) -> dict[Hashable, Finding]:
    long = texts[texts.str.len() > LONGEST] if table.column(name).kind == "text" else texts[:0]
    return _of_each(long, hidden, "too_long", table, name, n=LONGEST)


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
            yield finding(
                "wrong_order",
                table.name,
                row,
                later,
                later=heading(later),
                earlier=heading(earlier),
            )
    yield from _doubled(frame, table)


def _doubled(frame: pd.DataFrame, table: TableSchema) -> Iterator[Finding]:
    key = list(table.key)
    if _all_differ(frame[key]):
        return
    again = frame.duplicated(key) & frame[key].notna().all(axis=1)
    same = frame[frame.duplicated(key, keep=False)]
    first = same.index.to_series().groupby([same[k] for k in key], observed=True).transform("first")
    columns = ", ".join(map(heading, key))
    for row in frame.index[again].tolist():
        where = ", ".join(key)
        yield finding("doubled_row", table.name, row, where, columns=columns, first=int(first[row]))


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
