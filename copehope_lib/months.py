"""Months as people write them: ``2026-10``, ``10/2026``, ``octubre``."""

import re
from functools import cache

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_skeleton

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _


def parse(text: str) -> pd.Period:
    """Read a month: in digits, or by its name in one of the languages.

    Without a year it is the latest such month that is not in the future.

    Raises
    ------
    CopehopeError
        If there is no such month.

    Examples
    --------
    >>> parse("2026-10"), parse("10/2026"), parse("Octubre de 2026"), parse("ott. 2026")
    (Period('2026-10', 'M'), Period('2026-10', 'M'), Period('2026-10', 'M'), Period('2026-10', 'M'))
    """
    if re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
        return pd.Period(text, "M")
    words = [word for word in language.plain(text).split() if word not in _OF]
    number = names().get(words[0], 0) if words else 0
    year = words[1] if len(words) == 2 else ""
    if re.fullmatch(r"(0?[1-9]|1[0-2])[/.-](19|20)\d\d", text.strip()):
        number = int(words[0])
    if number and re.fullmatch(r"(19|20)\d\d", year):
        return pd.Period(year=int(year), month=number, freq="M")
    if number and len(words) == 1:
        now = pd.Timestamp.now().to_period("M")
        return now - (now.month - number) % 12
    sentence = _(
        "{text} is not a month: write it as 2026-10, 10/2026, October 2026, or October alone "
        "for the latest one."
    )
    raise CopehopeError(sentence.format(text=text))


_OF = {"de", "d", "del", "di"}
"""What stands between a month and its year, or before a month, in the languages."""


@cache
def names() -> dict[str, int]:
    """Return the number of each month by its long and short name in every language.

    Examples
    --------
    >>> names()["octubre"], names()["set"], names()["marc"]
    (10, 9, 3)
    """
    return {
        language.plain(name).split()[-1]: number
        for spoken in language.LANGUAGES
        for width in ("wide", "abbreviated")
        for form in ("format", "stand-alone")
        for number, name in Locale(spoken).months[form][width].items()
    }


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
