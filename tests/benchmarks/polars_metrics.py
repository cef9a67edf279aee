"""All metrics of a month written directly in polars: what ours are measured against.

Definitions only: a code that no table declares would not be noticed here.
"""

import pandas as pd
import polars as pl

from copehope_lib.settings import Settings
from tests.benchmarks.polars_engagement import caseload, engagement
from tests.benchmarks.polars_itineraries import itineraries, needs
from tests.benchmarks.polars_practice import change, practice
from tests.benchmarks.polars_shared import At, converted

__all__ = ["all_metrics", "converted"]


def all_metrics(
    tables: dict[str, pl.DataFrame], period: pd.Period, settings: Settings
) -> dict[str, pl.DataFrame]:
    """Every metric of a period by name, from frames made by ``converted``."""
    at = At(tables, period, settings)
    checked = practice(at)
    return {
        **caseload(at),
        **engagement(at),
        **itineraries(at),
        **needs(at),
        **checked,
        **change(at, checked["practice.checks"]),
    }
