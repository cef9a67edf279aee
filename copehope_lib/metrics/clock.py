"""How long something took by the clock on the wall, also in the nights when clocks change."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd


def instants(moments: pd.Series, zone: ZoneInfo) -> pd.Series:
    """Return local times as instants that can be subtracted.

    The hour that comes twice in autumn is taken as the first of the two; an hour that does not
    exist in spring, as the one after it.

    Examples
    --------
    >>> night = pd.Series(pd.to_datetime(["2026-03-29T01:30", "2026-03-29T03:30"]))
    >>> instants(night, ZoneInfo("Europe/Madrid")).diff().iloc[1]
    Timedelta('0 days 01:00:00')
    """
    first = np.ones(len(moments), dtype=bool)
    local: pd.Series = moments.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    return local


def minutes(sessions: pd.DataFrame, zone: ZoneInfo) -> pd.Series:
    """Return how many minutes each session took (float64); missing where no hours are known.

    Examples
    --------
    >>> night = {"starts_at": ["2026-10-25T01:30"], "ends_at": ["2026-10-25T03:30"]}
    >>> minutes(pd.DataFrame(night).apply(pd.to_datetime), ZoneInfo("Europe/Rome")).tolist()
    [180.0]
    """
    lasted = instants(sessions["ends_at"], zone) - instants(sessions["starts_at"], zone)
    return lasted.dt.total_seconds() / 60
