"""The days of a registry: its months and weeks, the days on which the house is open, terms."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import Flags, Ints

LOOKBACK_DAYS: Final = 365
"""Stays may have begun up to a year before the first month: no team starts from nothing."""

HOLIDAYS: Final = (
    "05-01",
    "06-24",
    "08-15",
    "09-11",
    "09-24",
    "10-12",
    "11-01",
    "12-06",
    "12-08",
)
"""Fixed public holidays of Barcelona; Easter falls between the winter and the spring term."""

CHRISTMAS: Final = ("12-22", "01-07")
"""Closed from the first of these days to the second."""

TERMS: Final = (
    ("winter", "01-08", "03-28"),
    ("spring", "04-07", "06-26"),
    ("summer", "06-29", "09-11"),
    ("autumn", "09-14", "12-21"),
)
"""Courses run by school terms, because mothers' weeks do (§5.6, family constraints)."""

AUGUST: Final = 8


@dataclass(frozen=True)
class Term:
    """A school term; ``ends`` is its last day."""

    name: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Window:
    """The days that a registry covers; every day is a number counted from 1970-01-01.

    Attributes
    ----------
    month_starts : tuple of int
        First day of each month with sessions, and the day after the last month.
    """

    month_starts: tuple[int, ...]

    @property
    def first(self) -> int:
        """First day with sessions."""
        return self.month_starts[0]

    @property
    def last(self) -> int:
        """Last day of the last month."""
        return self.month_starts[-1] - 1

    @property
    def since(self) -> int:
        """First day on which a stay may have begun."""
        return self.first - LOOKBACK_DAYS

    @property
    def months(self) -> list[tuple[int, int]]:
        """First day and day after the last, of each month."""
        return list(zip(self.month_starts[:-1], self.month_starts[1:], strict=True))

    @property
    def monday(self) -> int:
        """Monday of the week in which stays may first have begun."""
        return self.since - int(weekday(np.array([self.since]))[0])

    @property
    def weeks(self) -> int:
        """Number of weeks from ``monday`` to the last day."""
        return (self.last - self.monday) // 7 + 1

    def week(self, days: Ints) -> Ints:
        """Week of each day, counted from ``monday`` and kept within the window."""
        return np.clip((days - self.monday) // 7, 0, self.weeks - 1)

    @cached_property
    def _next_open(self) -> Ints:
        days = np.arange(self.monday, self.last + 60, dtype=np.int64)
        open_days = np.where(is_open(days), days, days[-1])
        following: Ints = np.minimum.accumulate(open_days[::-1])[::-1]
        return following

    def open_on(self, days: Ints) -> Ints:
        """The first day, from each day on, on which the house is open."""
        place = np.clip(days - self.monday, 0, len(self._next_open) - 1)
        return np.maximum(self._next_open[place], days)

    def terms(self) -> list[Term]:
        """School terms that touch the months with sessions, in order."""
        years = range(_year(self.first), _year(self.last) + 1)
        found = [
            Term(name, _number(f"{year}-{begins}"), _number(f"{year}-{ends}"))
            for year in years
            for name, begins, ends in TERMS
        ]
        return [term for term in found if term.ends >= self.first and term.begins <= self.last]


def window(months: int, last_month: pd.Period) -> Window:
    """Lay out the months that end with ``last_month``.

    Examples
    --------
    >>> two = window(2, pd.Period("2026-10", "M"))
    >>> two.last - two.first + 1
    61
    >>> [term.name for term in two.terms()]
    ['summer', 'autumn']
    """
    starts = [last_month - back for back in range(months - 1, -2, -1)]
    return Window(tuple(_number(f"{month}-01") for month in map(str, starts)))


def weekday(days: Ints) -> Ints:
    """Day of the week, Monday being 0."""
    return (days + 3) % 7


def off_weekends(days: Ints) -> Ints:
    """Move Saturdays and Sundays to the Monday after."""
    later: Ints = np.where(weekday(days) > 4, 7 - weekday(days), 0)
    moved: Ints = days + later
    return moved


def month_of_year(days: Ints) -> Ints:
    """Month of the year, January being 1."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1


def is_open(days: Ints) -> Flags:
    """Tell the days on which the house is open: no weekend, no holiday, not at Christmas."""
    stamp = np.datetime_as_string(days.astype("datetime64[D]"))
    day = np.array([text[5:] for text in stamp], dtype="U5")
    begins, ends = CHRISTMAS
    closed = np.isin(day, HOLIDAYS) | (day >= begins) | (day <= ends)
    return (weekday(days) < 5) & ~closed


def _number(day: str) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def _year(day: int) -> int:
    return int(str(np.datetime64(day, "D"))[:4])
