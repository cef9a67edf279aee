"""Individual sessions: they follow from the functions that professionals hold (§4.12, §5.4)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import Ints, happens, place_of
from copehope_lib.demo.courses import LINES
from copehope_lib.demo.days import AUGUST, Window, is_open, month_of_year, weekday
from copehope_lib.demo.model import Meetings
from copehope_lib.demo.team import Team

TIMES: Final = (11 * 60 + 40, 13 * 60, 17 * 60 + 40)
"""Late morning, midday, evening: fifty minutes each with at least half an hour between
(§5.1.2 b), the evening for those who work."""

MINUTES: Final = 50

EARLIER: Final = 25
"""Minutes by which a midday session starts too early, where the half hour was forgotten."""


def appointments(
    rng: np.random.Generator,
    assignments: pd.DataFrame,
    team: Team,
    window: Window,
    model: Meetings,
) -> pd.DataFrame:
    """Lay out the individual sessions of every month.

    A professional has a fixed number of appointments a week, by her share of a post; the more
    women she accompanies, the longer each waits for her turn.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    assignments : pandas.DataFrame
        Result of :func:`assignments.assignments`.
    team : Team
        The professionals.
    window : Window
        Days of the registry.
    model : Meetings
        How thin August is, and how often the half hour is forgotten.

    Returns
    -------
    pandas.DataFrame
        int64: ``line`` (position in ``LINES``), ``professional``, ``woman``, ``day``,
        ``minute``; ``usual`` is the minute at which it should have started.
    """
    parts = [
        _of_month(spans, number, team, month)
        for number, line in enumerate(LINES)
        for spans in [assignments[assignments["function"] == place_of(line.function)]]
        for month in window.months
    ]
    rows = pd.concat(parts, ignore_index=True)
    # One professional may hold two lines for one woman at the same hour.
    rows = rows[~rows.duplicated(["professional", "day", "usual"])]
    day = rows["day"].to_numpy()
    open_day = is_open(day)
    held = (month_of_year(day) != AUGUST) | happens(rng, model.in_august, len(rows))
    rows = rows[open_day & held].reset_index(drop=True)
    close = (rows["usual"] == TIMES[1]) & happens(rng, model.close_together, len(rows))
    timed: pd.DataFrame = rows.assign(minute=rows["usual"] - EARLIER * close)
    return timed


def _of_month(spans: pd.DataFrame, number: int, team: Team, month: tuple[int, int]) -> pd.DataFrame:
    """Give each woman her weekday, hour and rhythm for one month."""
    first, after = month
    line = LINES[number]
    here = spans[(spans["begins"] < after) & (spans["ends"] > first)]
    holder = here["professional"].to_numpy()
    turn = here.groupby("professional").cumcount().to_numpy()
    crowd = here.groupby("professional")["woman"].transform("size").to_numpy()
    working_days = np.clip(np.round(5 * team.fte[holder]), 1, 5).astype(np.int64)
    cells = working_days * len(TIMES)
    rhythm = np.maximum(line.every_weeks, -(-crowd // cells))
    cell = turn // rhythm
    hers = pd.DataFrame(
        {
            "line": number,
            "professional": holder,
            "woman": here["woman"].to_numpy(),
            # Days differ between lines, so that a woman seldom has two in a row.
            "weekday": (cell // len(TIMES) + number + holder) % 5,
            "usual": np.array(TIMES)[cell % len(TIMES)],
            "rhythm": rhythm,
            "shift": turn % rhythm,
            "begins": here["begins"].to_numpy(),
            "ends": here["ends"].to_numpy(),
        }
    )
    rows = hers.merge(_days(first, after), on="weekday")
    her_week = (rows["week"] + rows["shift"]) % rows["rhythm"] == 0
    hers_still = (rows["begins"] <= rows["day"]) & (rows["day"] < rows["ends"])
    columns = ["line", "professional", "woman", "day", "usual"]
    kept: pd.DataFrame = rows.loc[her_week & hers_still, columns]
    return kept


def _days(first: int, after: int) -> pd.DataFrame:
    day: Ints = np.arange(first, after, dtype=np.int64)
    # Weeks are counted through, so that a rhythm does not start anew every month.
    return pd.DataFrame({"day": day, "weekday": weekday(day), "week": (day + 3) // 7})
