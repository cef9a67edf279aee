"""Checks of one table: each cell, each row, each key."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.guard.name_words import FIRST_NAMES
from copehope_lib.guard.place_words import place_names
from copehope_lib.language import plain
from copehope_lib.schema import TableSchema, heading
from copehope_lib.schema.column import COUNTED
from copehope_lib.settings import Reading
from copehope_lib.tables import codes, dates, personal
from copehope_lib.tables.dates import Understood
from copehope_lib.tables.findings import MANY, Finding, finding, hidden, masked
from copehope_lib.tables.letters import WRONG_LETTERS
from copehope_lib.tables.understand import ERROR
from copehope_lib.vocabulary import Vocabulary

LONGEST: Final = 500
"""Characters of a text; a longer one is no few words."""

LONGEST_WORD: Final = 60
"""Characters of a text that are looked at, and shown, where a word of a list should stand."""

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
        **_not_understood(texts, understood, name, table, reading),
        **_too_long(texts, name, table),
    }
    # A number that is out of range may be the number of a phone; what is not shown is no matter.
    prose = column.kind == "text"
    somewhere = prose and column.leaves == COUNTED
    named = [at for at, one in said.items() if one.value]
    suspects = texts if prose else texts[texts.index.isin(named)]
    if not suspects.empty:
        error = "error_value:text" if somewhere else "error_value"
        said |= _of_each(suspects[suspects.str.fullmatch(ERROR)], masked, error, table, name)
        foreign = suspects[suspects.str.contains(WRONG_LETTERS)]
        said |= _of_each(foreign, hidden, "wrong_letters", table, name)
        # Nothing is said of a text in which a name may be but that.
        towns = place_names() if somewhere else frozenset()
        persons = suspicious(suspects, table.name, name, reading, prose=prose, towns=towns)
        # A word that is in no list is a word: where it may be a name it is masked.
        said |= {
            at: one
            for at, one in persons.items()
            if not column.vocabulary or one.id != personal.Personal.NAME
        }
    said |= _of_each(texts[understood.swapped], masked, "ambiguous_dates:swapped", table, name)
    said |= _read_as_codes(texts, understood, name, table)
    if not column.optional:
        said[_BLANK] = _empty(cells, name, table)
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
    # Beyond them one line says it of all others.
    shown = {place: replace(said, value=show(text)) for place, text in texts.iloc[:MANY].items()}
    return dict.fromkeys(texts.index, said) | shown


def spread(said: Mapping[Hashable, Finding], cells: pd.Series) -> Iterator[Finding]:
    """Yield what is said of each text, with the rows in which it stands."""
    kinds = list(dict.fromkeys(said.values()))
    places = {one: n for n, one in enumerate(kinds)}
    of = np.full(len(cells.cat.categories) + 1, -1)
    of[np.array(list(said), dtype=np.intp)] = [places[one] for one in said.values()]
    which = of[cells.cat.codes.to_numpy()]
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(len(kinds) + 1))
    found = [
        one.of(cells.index[order[start:end]].tolist())
        for one, (start, end) in zip(kinds, pairwise(starts), strict=True)
        if end > start
    ]
    yield from sorted(found, key=lambda one: one.row or 0)


def _empty(cells: pd.Series, name: str, table: TableSchema) -> Finding:
    """Say that cells are empty, and whether they look as if they meant the same as above."""
    blank = cells.cat.codes.to_numpy() == _BLANK
    n = int(blank.sum())
    if n > len(blank) - n and not blank.all() and not blank[0]:
        return finding("missing_value:above", table.name, None, name, n=n)
    return finding("missing_value", table.name, None, name)


def _not_understood(
    texts: pd.Series, understood: Understood, name: str, table: TableSchema, reading: Reading
) -> dict[Hashable, Finding]:
    column, missing = table.column(name), understood.meaning.isna()
    if not missing.any():
        return {}
    strange, expected = texts[missing].drop(understood.doubtful), column.expected
    if column.kind == "code":
        whole = missing.all() and _of_another_pattern(strange, name, table, reading)
        # In place of a code a word in small letters may be a name, elsewhere it is a word.
        return whole or _of_each(strange, hidden, "not_a_code", table, name, expected=expected)
    if column.vocabulary:
        said = _of_each(strange, _word, "unknown_value", table, name, expected=expected)
        kind = "unknown_value:near"
        for place, text in strange.iloc[:MANY].items():
            if near := _nearest(text, column.vocabulary):
                one = finding(kind, table.name, None, name, expected=expected, near=near)
                said[place] = replace(one, value=_word(text))
        return said
    dayless = dates.without_day(strange) if column.kind in ("day", "moment") else strange.isna()
    return {
        **_of_each(strange[~dayless], masked, "unknown_value", table, name, expected=expected),
        **_of_each(strange[dayless], str, "unknown_value:day", table, name, expected=expected),
    }


def _of_another_pattern(
    texts: pd.Series, name: str, table: TableSchema, reading: Reading
) -> dict[Hashable, Finding]:
    """Say once of a whole column that its codes are of another pattern, if codes they are."""
    example, pattern = table.column(name).example, codes.pattern_of([*texts], reading.codes)
    letters, allowed = texts.str.fullmatch("[A-Z]{2,4}").all(), frozenset(reading.not_names)
    nameless = pattern and not personal.kinds(texts, prose=False, allowed=allowed)
    if len(texts) < 2 or not (letters or nameless):
        return {}
    kind = "not_a_code:letters" if letters else "not_a_code:pattern"
    said = finding(kind, table.name, None, name, example=example, pattern=pattern)
    return dict.fromkeys(texts.index, said)


def _word(text: str) -> str:
    """Return a text as it is shown where a word should stand: in full unless it may be a name."""
    name = not FIRST_NAMES.isdisjoint(plain(text).split())
    return hidden(text) if name or personal.kind_of(text, prose=True) else text[:LONGEST_WORD]


def _nearest(text: str, words: type[Vocabulary]) -> str | None:
    """Return the word that a text is part of, or is spelt almost like."""
    readings, said = words.readings(), plain(text[:LONGEST_WORD])
    parts = {word for one, word in readings.items() if set(said.split()) <= set(one.split())}
    if len(parts) != 1:
        parts = {readings[one] for one in get_close_matches(said, readings, 1, 0.75)}
    return words.label_of(parts.pop()) if said and parts else None


def _read_as_codes(
    texts: pd.Series, understood: Understood, name: str, table: TableSchema
) -> dict[Hashable, Finding]:
    """Say once which codes got a hyphen: nothing is read differently without a word."""
    read = understood.meaning
    if table.column(name).kind != "code":
        return {}
    hyphened = texts[read.str.contains("-") & ~texts.str.contains(f"-|{codes.DASHES}")]
    first = hyphened.iloc[:3]
    pairs = [f"{old} → {new}" for old, new in zip(first, read[first.index], strict=True)]
    said = finding("read_as_code", table.name, None, name, pairs=", ".join(pairs))
    return dict.fromkeys(hyphened.index, said)


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
            said = {"later": heading(later), "earlier": heading(earlier)}
            yield finding("wrong_order", table.name, row, later, **said)
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
