"""Months as people write them: ``2026-10``."""

import re

import pandas as pd
from babel.dates import format_date, format_skeleton

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _


def parse(text: str) -> pd.Period:
    """Read a month.

    Raises
    ------
    CopehopeError
        If there is no such month.

    Examples
    --------
    >>> parse("2026-10")
    Period('2026-10', 'M')
    """
    if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
        sentence = _("{text} is not a month: write year and month as 2026-10.")
        raise CopehopeError(sentence.format(text=text))
    return pd.Period(text, "M")


def together(first: pd.Period, last: pd.Period) -> pd.Period:
    """Return the months from first to last as one.

    Raises
    ------
    CopehopeError
        If the first comes after the last.

    Examples
    --------
    >>> quarter = together(parse("2026-08"), parse("2026-10"))
    >>> [day.date().isoformat() for day in bounds(quarter)]
    ['2026-08-01', '2026-11-01']
    >>> str(quarter - 1)
    '2026-05'
    """
    if first > last:
        sentence = _("{first} comes after {last}: write the earlier month first.")
        raise CopehopeError(sentence.format(first=first, last=last))
    return pd.Period(first.to_timestamp(), f"{last.ordinal - first.ordinal + 1}M")


def name(month: pd.Period) -> str:
    """Return the month as a reader would say it.

    Examples
    --------
    >>> name(pd.Period("2026-10", "M"))
    'October 2026'
    """
    return str(format_skeleton("yMMMM", month.to_timestamp(), locale=language.locale()))


def short_name(month: str) -> str:
    """Return the month as it stands under a column.

    Examples
    --------
    >>> short_name("2026-10")
    'Oct'
    """
    day = pd.Period(month, "M").to_timestamp()
    return str(format_date(day, "LLL", locale=language.locale()))


def bounds(month: pd.Period) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first day of a month, or of months as one, and the first day after it.

    Examples
    --------
    >>> [day.date().isoformat() for day in bounds(pd.Period("2026-02", "M"))]
    ['2026-02-01', '2026-03-01']
    """
    return month.to_timestamp(), (month + 1).to_timestamp()
