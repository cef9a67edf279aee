"""Codes as teams write them, and the pattern by which codes of a team's own would be read."""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd
from pydantic import ValidationError

from copehope_lib.settings import Reading
from copehope_lib.tables import personal

DASHES: Final = "[\u2010-\u2015\u2212]"

_WITHOUT_HYPHEN: Final = re.compile(r"([A-Za-z]{1,6})[ _]?([0-9]{1,8})")
_RUNS: Final = re.compile(r"[A-Z]+|[a-z]+|[0-9]+|.")
_ONE_SHAPE: Final = re.compile(r"[A-Za-z0-9 ./_-]{1,16}")


def read(texts: pd.Series, pattern: str) -> pd.Series:
    """Return codes, in capitals and with a hyphen unless the team's pattern asks otherwise.

    Parameters
    ----------
    texts : pandas.Series of str
        Distinct texts of a column.
    pattern : str
        What a code looks like.

    Examples
    --------
    >>> read(pd.Series(["w-001", "W 002", "W003", "amaka"]), Reading().codes).tolist()
    ['W-001', 'W-002', 'W-003', nan]
    """
    fits = texts.str.fullmatch(pattern)
    if fits.all():
        return texts
    tidy = texts.str.replace(rf"\s*{DASHES}\s*", "-", regex=True)
    for spelling in (tidy, tidy.str.upper(), tidy.str.lower()):
        texts = texts.where(fits, spelling)
        fits = texts.str.fullmatch(pattern)
    if fits.any() or len(texts) == 1:  # where none has a hyphen, the team writes none
        texts = texts.where(fits, tidy.map(_hyphened))
    return texts.where(texts.str.fullmatch(pattern))


def _hyphened(text: str) -> str:
    parts = _WITHOUT_HYPHEN.fullmatch(text)
    # X1234567 is the number of a document, and no code.
    if parts is None or personal.kind_of(text, prose=False):
        return ""
    return f"{parts[1].upper()}-{parts[2]}"


def pattern_of(texts: Sequence[str], known: str) -> str | None:
    """Return a pattern that some codes fit beside those known; None where names might fit it.

    Examples
    --------
    >>> pattern_of(["U1", "U12"], "[A-Z]-[0-9]{3}"), pattern_of(["LAU", "NUR"], "[A-Z]-[0-9]{3}")
    ('[A-Z]-[0-9]{3}|U[0-9]{1,3}', None)
    """
    if not all(map(_ONE_SHAPE.fullmatch, texts)):
        return None
    runs = [_RUNS.findall(text) for text in texts]
    parts = [_part(run) for run in zip(*runs, strict=False)]
    if len({len(run) for run in runs}) > 1 or not all(parts) or "[0-9]" not in "".join(parts):
        return None
    try:
        return Reading(codes=f"{known}|{''.join(parts)}").codes
    except ValidationError:
        return None


def _part(runs: Sequence[str]) -> str:
    """Return what fits each of some runs of one kind, and a digit more; nothing if they differ."""
    long = sorted(map(len, runs))
    if all(map(str.isdecimal, runs)):
        return f"[0-9]{{{long[0]},{long[-1] + 1}}}"
    if len(set(runs)) == 1:
        return runs[0].replace(".", r"\.")
    for letters in ("A-Z", "a-z"):
        if all(re.fullmatch(f"[{letters}]+", run) for run in runs):
            return f"[{letters}]{{{long[0]},{long[-1]}}}"
    return ""
