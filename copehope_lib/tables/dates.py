"""Days and moments as people write them, and what is left in doubt."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from copehope_lib import months
from copehope_lib.language import mark as N_
from copehope_lib.language import plain
from copehope_lib.schema import DAY

Order = Literal["ask", "day_first", "month_first"]

ISO = N_("year-month-day")
DAY_FIRST = N_("day/month/year")
MONTH_FIRST = N_("month/day/year")
SERIAL = N_("numbers of a spreadsheet")
IN_WORDS = N_("day month year in words")

_DIGITS = "[0-9]{1,2}"
_TIME = (
    rf"(?:[T ]+(?P<hour>{_DIGITS})[:.h](?P<minute>[0-9]{{2}})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?)?"
    r"(?P<zone> ?Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_YEAR_FIRST = rf"^(?P<year>[0-9]{{4}})(?P<sep>[-/.])(?P<b>{_DIGITS})(?P=sep)(?P<a>{_DIGITS}){_TIME}"
_YEAR_LAST = (
    rf"^(?P<a>{_DIGITS})(?P<sep>[-/.])(?P<b>{_DIGITS})(?P=sep)"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
# 3 de octubre de 2026, 3-oct-26, 3 d’octubre de 2026; October 3, 2026; and octubre de 2026.
_OF = r"(?:[\s\-/.,]|\b(?:de|del|of|di)\b|\bd['’])*"
_MONTH = r"(?P<month>[^\W\d_]{2,12})"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_WORDS_FIRST = rf"^{_MONTH}\.? (?P<a>{_DIGITS})(?:st|nd|rd|th)?, {_YEAR}{_TIME}"
_WORDS = rf"^(?P<a>{_DIGITS})(?:st|nd|rd|th|[º°ª])?{_OF}{_MONTH}{_OF}{_YEAR}{_TIME}"
_DAYLESS = (
    rf"^(?:{_MONTH}{_OF}{_YEAR}?|[0-9]{{4}}|{_DIGITS}[-/.][0-9]{{4}}|[0-9]{{4}}[-/.]{_DIGITS})$"
)
_SERIAL = r"^(?P<days>[0-9]{5})(?:[.,](?P<part>[0-9]+))?$"

_EPOCHS = {1900: np.datetime64("1899-12-30", "us"), 1904: np.datetime64("1904-01-01", "us")}
_MONTHS = 12
_FEWEST = 3
_DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Understood:
    """What the distinct texts of a column mean.

    Attributes
    ----------
    meaning : pandas.Series
        One value for each text, with the dtype of the column; missing where it is not
        understood.
    written : tuple of str
        Ways in which days are written.
    doubtful : pandas.Index
        Labels of the texts whose day and month cannot be told apart; they have no value.
    swapped : pandas.Index
        Those of them whose day and month a spreadsheet seems to have swapped.
    mixed : bool
        Whether days that a spreadsheet could not read stand beside others that it read.
    """

    meaning: pd.Series
    written: tuple[str, ...] = ()
    doubtful: pd.Index = field(default_factory=lambda: pd.Index([]))
    swapped: pd.Index = field(default_factory=lambda: pd.Index([]))
    mixed: bool = False


def days(texts: pd.Series, order: Order, epoch: int = 1900) -> Understood:
    """Read days: ``2026-10-03``, ``3/10/2026``, ``3.10.26``, ``46298``.

    Parameters
    ----------
    texts : pandas.Series of str
        Distinct texts of one column.
    order : {"ask", "day_first", "month_first"}
        What ``3/10/2026`` means where no text of the column tells.
    epoch : {1900, 1904}
        From when on the spreadsheet counts days.

    Examples
    --------
    >>> days(pd.Series(["3/10/2026", "25/10/2026"]), "ask").meaning.dt.day.tolist()
    [3, 25]
    >>> days(pd.Series(["3/10/2026", "4/10/2026"]), "ask").doubtful.tolist()
    [0, 1]
    """
    exact = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").astype(DAY)
    exact = exact.where(texts.str.len() == 10)
    read = _read(texts, exact, order, ZoneInfo("UTC"), epoch)
    midnight = read.meaning.dt.normalize() == read.meaning
    return replace(read, meaning=read.meaning.where(midnight))


def moments(
    texts: pd.Series, order: Order, zone: ZoneInfo, epoch: int = 1900, *, day_alone: bool = False
) -> Understood:
    """Read moments: a day and a time, in the team's local time.

    A moment with an offset (``2026-10-05T08:00Z``) becomes local time of ``zone``, and a day
    without a time, where it may stand alone, its midnight.

    Examples
    --------
    >>> madrid = ZoneInfo("Europe/Madrid")
    >>> read = moments(pd.Series(["25/10/2026 9:30", "26/10/2026"]), "ask", madrid)
    >>> read.meaning.tolist()
    [Timestamp('2026-10-25 09:30:00'), NaT]
    >>> moments(pd.Series(["26/10/2026"]), "ask", madrid, day_alone=True).meaning.tolist()
    [Timestamp('2026-10-26 00:00:00')]
    """
    exact = pd.to_datetime(texts, format="%Y-%m-%dT%H:%M", errors="coerce").astype(DAY)
    exact = exact.where(texts.str.len() == 16)
    with_time = texts.str.contains(r"[0-9][T ]+[0-9]|^[0-9]{5}[.,][0-9]")
    read = _read(texts, exact, order, zone, epoch)
    return replace(read, meaning=read.meaning.where(with_time | day_alone))


def _read(
    texts: pd.Series, exact: pd.Series, order: Order, zone: ZoneInfo, epoch: int
) -> Understood:
    written = {ISO} if exact.notna().any() else set()
    rest = texts[exact.isna()]
    if rest.empty:
        return Understood(exact, tuple(written))
    rest = rest.str.slice(0, 40)
    year_first = rest.str.extract(_YEAR_FIRST).dropna(subset="year")
    year_last = rest.str.extract(_YEAR_LAST).dropna(subset="year")
    serial = rest.str.extract(_SERIAL).dropna(subset="days")
    settled = _order(year_last, order)
    values = exact.copy()
    if len(year_first):
        written.add(ISO)
        values.update(_moments(year_first, "day_first", zone))
    if len(serial):
        written.add(SERIAL)
        values.update(_from_serial(serial, epoch))
    beside = values.dropna()
    small = beside.dt.day <= _MONTHS
    mixed = bool(small.any()) and settled is not None and _all_unread(year_last, settled)
    swapped = beside.index if mixed and small.all() else beside.index[:0]
    if len(year_last) and settled is not None:
        written.add(DAY_FIRST if settled == "day_first" else MONTH_FIRST)
        values.update(_moments(year_last, settled, zone))
    if len(words := _in_words(rest)):
        written.add(IN_WORDS)
        values.update(_moments(words, "day_first", zone))
    doubtful = year_last.index.union(swapped) if settled is None or len(swapped) else swapped
    values = values.mask(values.index.isin(doubtful))
    return Understood(values, tuple(sorted(written)), doubtful, swapped, mixed)


@lru_cache(1024)
def _month(text: str) -> int | None:
    """Return the month that a word begins in each of our languages in which it begins one.

    Examples
    --------
    >>> _month("sept"), _month("Març"), _month("gen"), _month("ma")
    (9, 3, 1, None)
    """
    said = plain(text)
    begun = said if len(said) >= _FEWEST else "-"
    found = {
        month for name, month in months.names().items() if name == said or name.startswith(begun)
    }
    return found.pop() if len(found) == 1 else None


def _in_words(texts: pd.Series) -> pd.DataFrame:
    """Return the parts of days whose month is a word."""
    parts = pd.concat(
        texts.str.extract(way).dropna(subset="year") for way in (_WORDS, _WORDS_FIRST)
    )
    parts["b"] = parts["month"].map(_month).astype("Int64").astype("str")
    return parts[parts["b"].str.isdecimal()]


def without_day(texts: pd.Series) -> pd.Series:
    """Return which texts name a month or a year, and no day.

    Examples
    --------
    >>> without_day(pd.Series(["febrero 2026", "marzo", "2026", "3 marzo", "Amaka"])).tolist()
    [True, True, True, False, False]
    """
    parts = texts.str.extract(_DAYLESS)
    named = parts["month"].isna() | parts["month"].map(_month, na_action="ignore").notna()
    return texts.str.match(_DAYLESS) & named


def _all_unread(parts: pd.DataFrame, order: Order) -> bool:
    """Return whether a spreadsheet of another country would take none of some texts for a day.

    Typed day first where the month is expected first, 25/3/2026 stays a text, and 5/1/2026
    becomes the first of May.
    """
    typed = parts.loc[parts["sep"] != ".", "a" if order == "day_first" else "b"]
    return len(typed) > 0 and bool((typed.astype("int64") > _MONTHS).all())


def _order(parts: pd.DataFrame, order: Order) -> Order | None:
    """Return the order of day and month, or None where it is in doubt."""
    if order != "ask":
        return order
    first, second = parts["a"].astype("int64"), parts["b"].astype("int64")
    if (first > _MONTHS).any() or (first == second).all():
        return "day_first"
    return None


def _moments(parts: pd.DataFrame, order: Order, zone: ZoneInfo) -> pd.Series:
    day, month = ("a", "b") if order == "day_first" else ("b", "a")
    year = parts["year"].astype("int64")
    short = parts["year"].str.len() == 2
    calendar = pd.DataFrame(
        {
            "year": year.where(~short, year + np.where(year < 70, 2000, 1900)),
            "month": parts[month].astype("int64"),
            "day": parts[day].astype("int64"),
            **{
                name: parts[name].fillna("0").astype("int64")
                for name in ("hour", "minute", "second")
            },
        }
    )
    local = pd.to_datetime(calendar, errors="coerce").astype(DAY)
    # pandas would carry 25:00 over into the next day.
    local = local.where(calendar["hour"].lt(24) & calendar[["minute", "second"]].lt(60).all(axis=1))
    offset = parts["zone"].dropna().str.strip()
    if offset.empty:
        return local
    aware = pd.to_datetime(
        local[offset.index].dt.strftime("%Y-%m-%dT%H:%M:%S") + offset,
        errors="coerce",
        utc=True,
        format="ISO8601",
    )
    local.update(aware.dt.tz_convert(zone).dt.tz_localize(None).astype(DAY))
    return local


def _from_serial(parts: pd.DataFrame, epoch: int) -> pd.Series:
    """Read the days of a spreadsheet since 30 December 1899, or 1904 began, to the second."""
    whole = parts["days"].astype("int64")
    part = ("0." + parts["part"].fillna("0")).astype("float64")
    seconds = (part * 86_400).round().astype("int64") * 1_000_000
    values = _EPOCHS[epoch] + (whole * _DAY_US + seconds).to_numpy().astype("timedelta64[us]")
    return pd.Series(values, index=parts.index).astype(DAY)
