"""One plain sentence for each result: the heading of its picture, and true on its own.

A reading names what is shown and no more: a hidden count is left out or said to be hidden (it
is "fewer than 3" only where it can have been hidden for nothing else), a
hidden number that follows from others is not said, and nobody is ranked.
"""

from collections.abc import Callable

import pandas as pd

from copehope_lib.privacy.audience import Audience
from copehope_lib.readings import (
    caseload,
    change,
    engagement,
    itineraries,
    months,
    needs,
    practice,
    self_check,
    wellbeing,
    words,
)

__all__ = [
    "READINGS",
    "caseload",
    "change",
    "engagement",
    "itineraries",
    "months",
    "needs",
    "practice",
    "self_check",
    "wellbeing",
    "words",
]

READINGS: dict[str, Callable[[pd.DataFrame, Audience], str]] = {
    "caseload.load": caseload.load,
    "caseload.functions": caseload.functions,
    "caseload.distribution": caseload.distribution,
    "caseload.profiles": caseload.profiles,
    "caseload.spread": caseload.spread,
    "caseload.reference": caseload.reference,
    "engagement.attendance": engagement.attendance,
    "engagement.barriers": engagement.barriers,
    "engagement.modules": engagement.modules,
    "engagement.pauses": engagement.pauses,
    "engagement.movements": engagement.movements,
    "engagement.women": engagement.women,
    "engagement.patterns": engagement.patterns,
    "engagement.flows": engagement.flows,
    "engagement.retention": engagement.retention,
    "engagement.time_to_pause": engagement.time_to_pause,
    "engagement.time_to_return": engagement.time_to_return,
    "itineraries.goals": itineraries.goals,
    "itineraries.states": itineraries.states,
    "itineraries.chosen": itineraries.chosen,
    "itineraries.flows": itineraries.flows,
    "itineraries.quiet": itineraries.quiet,
    "itineraries.attainment": itineraries.attainment,
    "itineraries.levels": itineraries.levels,
    "itineraries.paths": itineraries.paths,
    "needs.women": needs.women,
    "needs.coverage": needs.coverage,
    "needs.changes": needs.changes,
    "needs.training": needs.training,
    "practice.checks": practice.checks,
    "practice.findings": practice.findings,
    "change.attendance": change.attendance,
    "change.patterns": change.patterns,
    "change.coverage": change.coverage,
    "change.checks": change.checks,
}
"""The reading of each metric, by its name: a table as it is shown in, a sentence out."""
