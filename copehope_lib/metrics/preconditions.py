"""Metrics trust checked tables, and refuse what cannot have been checked.

A code that nobody declared, or an empty cell where none may be, would make a number silently
smaller. Here it makes a ``ValueError`` that names table and column.
"""

from collections.abc import Mapping
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from copehope_lib.schema import TABLES

Places = npt.NDArray[np.int32]
"""For each row the place of something in another table."""


def require(table: str, frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a table in which a column has an empty cell or a word of no vocabulary.

    Parameters
    ----------
    table : str
        Its name.
    frame : pandas.DataFrame
        The table, or those of its columns that are used.
    columns : str
        Columns on which a metric rests; an optional one may have empty cells.

    Raises
    ------
    ValueError
        With the names of table and column, never with what stands there.

    Examples
    --------
    >>> require("women", pd.DataFrame({"entered_on": [pd.NaT]}), "entered_on")
    Traceback (most recent call last):
    ...
    ValueError: women.entered_on has an empty cell: run the checks on this table first.
    """
    for name in columns:
        cells, column = frame[name], TABLES[table].column(name)
        if not column.optional and cells.hasnans:
            raise ValueError(
                f"{table}.{name} has an empty cell: run the checks on this table first."
            )
        if column.kind == "word" and not _known(cells, column.words.codes()):
            raise ValueError(
                f"{table}.{name} has a word of no vocabulary: run the checks on it first."
            )


def _known(cells: pd.Series, words: list[str]) -> bool:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return bool(cells.cat.categories.isin(words).all())
    return bool(cells.dropna().isin(words).all())


def places(table: str, column: str, codes: pd.Series, among: pd.Series) -> Places:
    """Return the place of each code among those that another table declares.

    Parameters
    ----------
    table, column : str
        Where the codes stand.
    codes : pandas.Series of str
        Codes; none may be missing.
    among : pandas.Series of str
        The codes that may stand there. Where one occurs twice, the first counts.

    Returns
    -------
    numpy.ndarray of int32
        For each code the row of ``among``.

    Raises
    ------
    ValueError
        If a code is missing or not declared; it names table and column.

    Examples
    --------
    >>> places("attendance", "woman", pd.Series(["W-2", "W-1"]), pd.Series(["W-1", "W-2"]))
    array([1, 0], dtype=int32)
    """
    found = pc.index_in(_arrow(codes), value_set=_arrow(among))
    if found.null_count:
        raise ValueError(
            f"{table}.{column} has a code that is not declared: run the checks on this table first."
        )
    return cast("Places", found.to_numpy())


def refuse_undeclared(tables: Mapping[str, pd.DataFrame], *names: str) -> None:
    """Refuse tables of which a needed cell is empty, or a code is declared nowhere.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        All tables by name.
    names : str
        Those that are looked at.

    Raises
    ------
    ValueError
        With the names of table and column.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> refuse_undeclared(vars(two_women()), "contacts", "referrals")
    """
    for name in names:
        declared = TABLES[name].declared
        needed = [column for column, of in declared.items() if of.kind == "word" or not of.optional]
        require(name, tables[name], *needed)
        for column, of in declared.items():
            if of.references:
                codes = tables[name][column]
                said = codes.dropna() if of.optional else codes
                places(name, column, said, tables[of.references].iloc[:, 0])


def among(codes: pd.Series, wanted: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which codes are among others; as ``isin``, and fast where those are many.

    Examples
    --------
    >>> among(pd.Series(["W-1", "W-2"]), pd.Series(["W-2", "W-3", "W-2"]))
    array([False,  True])
    """
    found = pc.is_in(_arrow(codes), value_set=_arrow(wanted))
    return cast("npt.NDArray[np.bool_]", found.to_numpy(zero_copy_only=False))


def _arrow(codes: pd.Series) -> pa.Array:
    """Return codes as Arrow holds them; pandas keeps them so already where they are ``str``."""
    array = pa.array(codes, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
