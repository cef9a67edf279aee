"""A second opinion on every metric: the definitions as slow plain loops over plain rows."""

from collections.abc import Callable

from copehope_lib.settings import Settings
from tests.metrics.oracles import (
    caseload,
    change,
    engagement,
    itineraries,
    needs,
    practice,
)
from tests.metrics.oracles.rows import Row, Rows, Span

ORACLES: dict[str, Callable[[Rows, Span, Settings], list[Row]]] = {
    **caseload.ORACLES,
    **engagement.ORACLES,
    **itineraries.ORACLES,
    **needs.ORACLES,
    **practice.ORACLES,
    **change.ORACLES,
}
"""The oracle of each metric: (rows, span, settings) -> its rows, in their order."""

__all__ = ["ORACLES"]
