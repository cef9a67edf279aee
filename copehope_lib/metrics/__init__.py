"""Metrics: every number of the workbench, computed from checked tables."""

from collections.abc import Iterable

import pandas as pd

from copehope_lib.metrics import caseload, change, engagement, itineraries, needs, practice
from copehope_lib.metrics import register as register
from copehope_lib.metrics.category import CATEGORIES
from copehope_lib.metrics.metric import METRICS, Metric, Snapshot, add
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables

__all__ = [
    "CATEGORIES",
    "METRICS",
    "Metric",
    "Snapshot",
    "add",
    "caseload",
    "change",
    "compute",
    "compute_by",
    "engagement",
    "itineraries",
    "needs",
    "practice",
]


def compute(
    tables: Tables, month: pd.Period, settings: Settings, names: Iterable[str] | None = None
) -> dict[str, pd.DataFrame]:
    """Compute metrics of a month, or of several months as one, on a checked registry.

    Parameters
    ----------
    tables : Tables
        Checked tables.
    month : pandas.Period
        Month, ``pd.Period("2026-10", "M")``, or months, ``pd.Period("2026-08", "3M")``.
    settings : Settings
        Weights, capacity, days of a pause and of the window, time zone.
    names : iterable of str, optional
        Which ones; all by default.

    Returns
    -------
    dict of str to pandas.DataFrame
        A tidy frame for each name.

    Raises
    ------
    ValueError
        If the tables cannot have been checked; it names table and column.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> month = pd.Period("2026-10", "M")
    >>> compute(two_women(), month, Settings(), ["engagement.movements"]).keys()
    dict_keys(['engagement.movements'])
    """
    snapshot = Snapshot.of(tables, month, settings)
    return {name: snapshot[name] for name in (METRICS if names is None else names)}


def compute_by(
    snapshot: Snapshot, by: str, names: Iterable[str] | None = None
) -> dict[str, pd.DataFrame]:
    """Compute metrics for the women of each site, or of another category, apart.

    Parameters
    ----------
    snapshot : Snapshot
        The registry at the end of a month, or of several months as one.
    by : str
        One of :data:`copehope_lib.metrics.CATEGORIES`.
    names : iterable of str, optional
        Which ones; by default all that can be told of some women alone.

    Returns
    -------
    dict of str to pandas.DataFrame
        As :func:`compute` returns them, with a first column that names the category.

    Raises
    ------
    ValueError
        If there is no such category, a metric cannot be told apart by it, or the tables
        cannot have been checked.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> october = Snapshot.of(two_women(), pd.Period("2026-10", "M"), Settings())
    >>> compute_by(october, "site", ["engagement.movements"])
    {'engagement.movements':         site  movement  women
    0  Barcelona    paused      0
    1  Barcelona  returned      1}
    """
    every = [name for name in METRICS if METRICS[name].by_category]
    chosen = every if names is None else list(names)
    for name in chosen:
        if not METRICS[name].by_category:
            raise ValueError(f"{name} looks at the team as a whole: it cannot be told by {by}.")
    apart = snapshot.apart(by)
    return {
        name: pd.concat({of: apart[of][name] for of in apart}, names=[by])
        .reset_index(by)
        .reset_index(drop=True)
        for name in chosen
    }
