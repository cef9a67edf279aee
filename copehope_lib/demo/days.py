"""The days of a registry: its months and weeks, the days on which the house is open, terms."""

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from copehope_lib.demo.draws import Flags, Ints

# Stays may have begun up to a year before the first month: no team starts from nothing.
LOOKBACK_DAYS: Final = 365

# Fixed public holidays of Barcelona; Easter falls between the winter and the spring term.
HOLIDAYS: Final = ("05-01", "06-24", "08-15", "09-11", "09-24", "10-12", "11-01", "12-06", "12-08")

# Closed from the first of these days to the second.
CHRISTMAS: Final = ("12-22", "01-07")

# Courses run by school terms, because mothers' weeks do (§5.6, family constraints).
TERMS: Final = (
    ("winter", "01-08", "03-28"),
    ("spring", "04-07", "06-26"),
    ("summer", "06-29", "09-11"),
    ("autumn", "09-14", "12-21"),
)

# More days than a term has: one that began by the last day may end so much later.
LONGEST_TERM: Final = 100


# Share of individual sessions and of groups that go on in August.
GOES_ON_IN_AUGUST: Final = 0.35


class Term(NamedTuple):
    """A school term; ``ends`` is its last day."""

    name: str
    begins: int
    ends: int


class Window:
    """The days that a registry covers; every day is a number counted from 1970-01-01.

    Parameters
    ----------
    months : int
        Months with sessions.
    last_month : pandas.Period
        The last of them.

    Attributes
    ----------
    month_starts : numpy.ndarray
        First day of each month with sessions, and the day after the last month.
    months : list of (int, int)
        First day and day after the last, of each month.
    first, last : int
        First day with sessions, and last day of the last month.
    since, monday : int
        First day on which a stay may have begun, and the Monday of its week.
    weeks : int
        Number of weeks from ``monday`` to the last day.
    terms : list of Term
        School terms that touch the months with sessions, in order.

    Examples
    --------
    >>> two = Window(2, pd.Period("2026-10", "M"))
    >>> two.last - two.first + 1
    61
    >>> [term.name for term in two.terms]
    ['summer', 'autumn']
    """

    def __init__(self, months: int, last_month: pd.Period) -> None:
        starts = np.datetime64(str(last_month)) + np.arange(1 - months, 2)
        self.month_starts: Ints = starts.astype("datetime64[D]").astype(np.int64)
        self.months: list[tuple[int, int]] = list(pairwise(self.month_starts.tolist()))
        self.first, self.last = self.months[0][0], self.months[-1][1] - 1
        self.since = self.first - LOOKBACK_DAYS
        # 1970-01-01 was a Thursday.
        self.monday = self.since - (self.since + 3) % 7
        self.weeks = (self.last - self.monday) // 7 + 1
        terms = [
            Term(name, _number(f"{year}-{begins}"), _number(f"{year}-{ends}"))
            for year in range(starts[0].item().year, last_month.year + 1)
            for name, begins, ends in TERMS
        ]
        self.terms = [
            term for term in terms if term.ends >= self.first and term.begins <= self.last
        ]
        days = np.arange(self.monday, self.last + LONGEST_TERM).astype("datetime64[D]")
        of_year = np.array([str(day)[5:] for day in days])
        christmas = (of_year >= CHRISTMAS[0]) | (of_year <= CHRISTMAS[1])
        closed = days[np.isin(of_year, HOLIDAYS) | christmas]
        self._calendar = np.busdaycalendar(holidays=closed)

    def week(self, days: Ints) -> Ints:
        """Week of each day, counted from ``monday`` and kept within the window."""
        return np.clip((days - self.monday) // 7, 0, self.weeks - 1)

    def is_open(self, days: Ints) -> Flags:
        """Tell the days on which the house is open: no weekend, no holiday, not at Christmas."""
        return np.is_busday(days.astype("datetime64[D]"), busdaycal=self._calendar)

    def open_on(self, days: Ints) -> Ints:
        """The first day, from each day on, on which the house is open."""
        stamps = days.astype("datetime64[D]")
        moved = np.busday_offset(stamps, 0, roll="forward", busdaycal=self._calendar)
        return moved.astype(np.int64)


def weekday(days: Ints) -> Ints:
    """Day of the week, Monday being 0."""
    return (days + 3) % 7


def off_weekends(days: Ints) -> Ints:
    """Move Saturdays and Sundays to the Monday after."""
    moved = np.busday_offset(days.astype("datetime64[D]"), 0, roll="forward")
    return moved.astype(np.int64)


def in_august(days: Ints) -> Flags:
    """Tell the days in August, when little goes on."""
    months: Ints = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    august: Flags = months % 12 == 7
    return august


def _number(day: str) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
