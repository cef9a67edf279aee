"""Individual sessions: they follow from the functions that professionals hold (§4.12, §5.4)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.courses import LINES
from copehope_lib.demo.days import GOES_ON_IN_AUGUST, Window, in_august, weekday
from copehope_lib.demo.draws import happens, place_of
from copehope_lib.demo.team import Team

# Late morning, midday, evening: fifty minutes each with at least half an hour between (§5.1.2 b),
# the evening for those who work.
TIMES: Final = np.array([11 * 60 + 40, 13 * 60, 17 * 60 + 40])

# Minutes by which a midday session starts too early, where the half hour was forgotten.
EARLIER: Final = 25

# Share of midday sessions that start without the half hour between (§5.1.2 b).
CLOSE_TOGETHER: Final = 0.05


def draw_appointments(
    rng: np.random.Generator, assignments: pd.DataFrame, team: Team, window: Window
) -> pd.DataFrame:
    """Lay out the individual sessions of every month.

    A professional has a fixed number of appointments a week, by her share of a post; the more
    women she accompanies, the longer each waits for her turn.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    assignments : pandas.DataFrame
        Result of :func:`assignments.draw_assignments`.
    team : Team
        The professionals.
    window : Window
        Days of the registry.

    Returns
    -------
    pandas.DataFrame
        int64: ``line`` (position in ``LINES``), ``professional``, ``woman``, ``day``,
        ``minute``; ``usual`` is the minute at which it should have started.
    """
    rows = _turns(assignments, team, window).merge(_calendar(window), on=["month", "weekday"])
    her_week = (rows["week"] + rows["shift"]) % rows["rhythm"] == 0
    hers_still = (rows["from_on"] <= rows["day"]) & (rows["day"] < rows["to_on"])
    rows = rows[her_week & hers_still]
    # One professional may hold two lines for one woman at the same hour.
    rows = rows.drop_duplicates(["professional", "day", "usual"])
    day = rows["day"].to_numpy()
    held = ~in_august(day) | happens(rng, GOES_ON_IN_AUGUST, len(rows))
    rows = rows[held & window.is_open(day)]
    close = (rows["usual"] == TIMES[1]) & happens(rng, CLOSE_TOGETHER, len(rows))
    rows = rows.assign(minute=rows["usual"] - EARLIER * close)
    return rows[["line", "professional", "woman", "day", "minute", "usual"]]


def _turns(assignments: pd.DataFrame, team: Team, window: Window) -> pd.DataFrame:
    """Give each woman her weekday, hour and rhythm, in each line of work and month."""
    lines = pd.DataFrame(
        {
            "line": range(len(LINES)),
            "function": [place_of(line.function) for line in LINES],
            "every_weeks": [line.every_weeks for line in LINES],
        }
    )
    months = pd.DataFrame(window.months, columns=["first", "after"])
    months = months.rename_axis("month").reset_index()
    spans = assignments.merge(lines, on="function").merge(months, how="cross")
    during = (spans["from_on"] < spans["after"]) & (spans["to_on"] > spans["first"])
    spans = spans[during].sort_values(["line", "month"])
    line, holder = spans["line"], spans["professional"]
    hers = spans.groupby(["line", "month", "professional"])["woman"]
    turn, crowd = hers.cumcount(), hers.transform("size")
    working_days = np.clip(np.round(5 * team.fte[holder]), 1, 5).astype(np.int64)
    rhythm = np.maximum(spans["every_weeks"], -(-crowd // (working_days * len(TIMES))))
    cell: pd.Series[int] = turn // rhythm
    return spans.assign(
        # Days differ between lines, so that a woman seldom has two in a row.
        weekday=(cell // len(TIMES) + line + holder) % 5,
        usual=TIMES[cell % len(TIMES)],
        rhythm=rhythm,
        shift=turn % rhythm,
    )


def _calendar(window: Window) -> pd.DataFrame:
    day = np.arange(window.first, window.last + 1)
    month = np.searchsorted(window.month_starts, day, side="right") - 1
    # Weeks are counted through, so that a rhythm does not start anew every month.
    week = (day + 3) // 7
    return pd.DataFrame({"month": month, "day": day, "weekday": weekday(day), "week": week})
