"""What the steps drew, as the typed tables of a registry."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib.demo.draws import NEVER
from copehope_lib.schema import TABLES, Column


def numbered(letter: str, places: npt.ArrayLike, digits: int) -> pd.Series:
    """Number things as ``A-01`` in the order given, with more digits where there are more.

    Parameters
    ----------
    letter : str
        What the codes begin with.
    places : array_like
        Position of each thing in the arrays of the steps.
    digits : int
        Fewest digits.

    Returns
    -------
    pandas.Series
        Codes by position.

    Examples
    --------
    >>> numbered("W", [2, 0, 1], 3)[0]
    'W-002'
    """
    places = np.asarray(places)
    width = max(digits, len(str(len(places))))
    codes = [f"{letter}-{number:0{width}}" for number in range(1, len(places) + 1)]
    return pd.Series(codes, index=places, dtype="str")


def typed(name: str, drawn: Mapping[str, Any], codes: dict[str, pd.Series]) -> pd.DataFrame:
    """Make a table of the registry: columns, dtypes and order as its schema declares them.

    Parameters
    ----------
    name : str
        One of ``schema.TABLES``.
    drawn : mapping of str to array_like
        By name of the column: positions for codes and words (-1 is no word), days or minutes
        since 1970-01-01, ``NEVER`` for what is not known; flags and text as they are.
    codes : dict of str to pandas.Series
        Codes by position, for each column that holds codes.

    Returns
    -------
    pandas.DataFrame
        Sorted by the key; assignments by woman, day and function.
    """
    table = TABLES[name]
    columns = {
        column: _read(kind, np.asarray(drawn[column]), codes.get(column))
        for column, kind in table.declared.items()
        if column in drawn
    }
    # What no step draws stays blank: tests/test_schema.py tells what is left to be drawn.
    frame = pd.DataFrame(columns).reindex(columns=table.columns)
    order = ["woman", "from_on", "function"] if name == "assignments" else list(table.key)
    return frame.astype(table.dtypes).sort_values(order, ignore_index=True)


def _read(column: Column, drawn: npt.NDArray[Any], codes: pd.Series | None) -> Any:
    """Turn the numbers of one column into what they stand for."""
    match column.kind:
        case "code" if codes is not None:
            return codes.reindex(drawn).to_numpy()
        case "word":
            return pd.Categorical.from_codes(drawn.astype(np.int8), dtype=column.dtype)
        case "day" | "moment":
            moments = drawn.astype(f"datetime64[{'D' if column.kind == 'day' else 'm'}]")
            return np.where(drawn == NEVER, np.datetime64("NaT"), moments)
        case "integer":
            return pd.Series(drawn, dtype="Int64").where(drawn != NEVER)
    return drawn
