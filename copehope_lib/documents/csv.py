"""Tables as CSV: what a spreadsheet opens, it must not run."""

import re
from typing import Final

import pandas as pd

_RUNS: Final = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-2"), harmless("W-001")
    ("'=1+1", '-2', 'W-001')
    """
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def as_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV, in which each text is harmless.

    Examples
    --------
    >>> print(as_csv(pd.DataFrame({"text": ["@now", "later"], "n": [-1, 2]})), end="")
    text,n
    '@now,-1
    later,2
    """
    safe = pd.DataFrame({place: _safe(cells) for place, (_, cells) in enumerate(frame.items())})
    headings = [_harmless_line(str(name)) for name in frame]
    return safe.to_csv(index=False, header=headings, lineterminator="\n")


def _safe(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return cells
    return cells.map(lambda cell: _harmless_line(cell) if isinstance(cell, str) else cell)


def _harmless_line(text: str) -> str:
    # A bare carriage return is not quoted by every writer, and would begin a new row.
    return harmless(text).replace("\r\n", "\n").replace("\r", "\n")
