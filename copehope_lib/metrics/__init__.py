"""The register of metrics: every number of the workbench, by name.

A metric is a plain function: tables in, a tidy frame out. Its line here says how it is called
and, for the disclosure rules, what one row is about and which columns count women.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from copehope_lib.metrics import caseload, engagement
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables

__all__ = ["METRICS", "Metric", "caseload", "compute", "engagement"]


@dataclass(frozen=True)
class Metric:
    """One line of the register.

    Attributes
    ----------
    name : str
        ``module.function``; also the name of its table in an extract.
    compute : callable
        ``(tables, month, settings) -> DataFrame``.
    row : {"group", "professional", "woman"}
        What one row is about. A row about a woman goes into the supervision extract only.
    counts : tuple of str
        Columns that count women or their attendances: none is shown under the minimum.
    derived : tuple of str
        Columns that follow from the counts.
    together : tuple of tuple of str
        Groups of counts from whose sums the derived columns follow. In a group all counts are
        shown or none, and a derived column is hidden where the sum of a group would be.
    again : callable or None
        Computes the derived columns from the counts as they are shown after rounding.
    """

    name: str
    compute: Callable[[Tables, pd.Period, Settings], pd.DataFrame]
    row: Literal["group", "professional", "woman"]
    counts: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    again: Callable[[pd.DataFrame], pd.DataFrame] | None = None


def compute(
    tables: Tables, month: pd.Period, settings: Settings, names: Iterable[str] | None = None
) -> dict[str, pd.DataFrame]:
    """Compute metrics of one month on a checked registry.

    Parameters
    ----------
    tables : Tables
        Checked tables.
    month : pandas.Period
        Month.
    settings : Settings
        Weights, capacity and the days of a pause.
    names : iterable of str, optional
        Which ones; all by default.

    Returns
    -------
    dict of str to pandas.DataFrame
        A tidy frame for each name.

    Examples
    --------
    >>> from copehope_lib.demo_data.two_women import two_women
    >>> month = pd.Period("2026-10", "M")
    >>> compute(two_women(), month, Settings(), ["engagement.movements"]).keys()
    dict_keys(['engagement.movements'])
    """
    chosen = METRICS if names is None else names
    return {name: METRICS[name].compute(tables, month, settings) for name in chosen}


def _load(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return caseload.load(
        tables.assignments, tables.women, tables.professionals, month,
        weights=settings.caseload.weights, capacity=settings.caseload.capacity,
    )  # fmt: skip


def _functions(tables: Tables, month: pd.Period, _: Settings) -> pd.DataFrame:
    return caseload.functions(tables.assignments, tables.women, tables.professionals, month)


def _profiles(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return caseload.profiles(_functions(tables, month, settings))


def _spread(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return caseload.spread(_load(tables, month, settings), _functions(tables, month, settings))


def _attendance(tables: Tables, month: pd.Period, _: Settings) -> pd.DataFrame:
    return engagement.attendance(tables.activities, tables.sessions, tables.attendance, month)


def _barriers(tables: Tables, month: pd.Period, _: Settings) -> pd.DataFrame:
    return engagement.barriers(tables.sessions, tables.attendance, month)


def _pauses(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return engagement.pauses(
        tables.women, tables.sessions, tables.attendance, month,
        pause_days=settings.engagement.pause_days,
    )  # fmt: skip


def _movements(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return engagement.movements(_pauses(tables, month, settings), month)


def _women(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return engagement.women(
        tables.women, tables.sessions, tables.attendance, month,
        window_days=settings.engagement.window_days,
        pause_days=settings.engagement.pause_days,
        steady_rate=settings.engagement.steady_rate,
    )  # fmt: skip


def _patterns(tables: Tables, month: pd.Period, settings: Settings) -> pd.DataFrame:
    return engagement.patterns(_women(tables, month, settings))


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "caseload.load", _load, "professional", ("women",),
            ("women_average", "points", "load"), (("women",),),
        ),
        Metric("caseload.functions", _functions, "woman"),
        Metric("caseload.profiles", _profiles, "group", ("women",)),
        Metric(
            "caseload.spread", _spread, "group", ("professionals", "women", "carried_alone"),
            ("median", "max_to_median", "gini"), (("professionals",),),
        ),
        Metric(
            "engagement.attendance", _attendance, "group",
            ("attended", "partly", "excused", "missed", "cancelled_by_us"),
            ("rate",), (("attended", "partly"), ("excused", "missed")), engagement.rate,
        ),
        Metric("engagement.barriers", _barriers, "group", ("times",)),
        Metric("engagement.pauses", _pauses, "woman"),
        Metric("engagement.movements", _movements, "group", ("women",)),
        Metric("engagement.women", _women, "woman"),
        Metric("engagement.patterns", _patterns, "group", ("women",)),
    )
}  # fmt: skip
"""All metrics by name."""
