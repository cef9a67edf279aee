"""One plain sentence for each result: the heading of its picture, and true on its own.

A reading names what is shown and no more: a hidden count is left out or said to be hidden (it
is "fewer than 3" only where it can have been hidden for nothing else), a
hidden number that follows from others is not said, and nobody is ranked.
"""

from collections.abc import Callable
from inspect import get_annotations, isfunction
from types import ModuleType

import pandas as pd

from copehope_lib.privacy.audience import Audience
from copehope_lib.readings import (
    caseload,
    change,
    curves,
    engagement,
    itineraries,
    learning,
    months,
    needs,
    network,
    practice,
    self_check,
    voice,
    wellbeing,
    words,
)

__all__ = [
    "READINGS",
    "caseload",
    "change",
    "curves",
    "engagement",
    "itineraries",
    "learning",
    "months",
    "needs",
    "network",
    "practice",
    "self_check",
    "voice",
    "wellbeing",
    "words",
]

Reading = Callable[[pd.DataFrame, Audience], str]


def _of(module: ModuleType) -> dict[str, Reading]:
    """Return the functions of a module that say a table to an audience, by name."""
    return {
        name: function
        for name, function in vars(module).items()
        if isfunction(function) and not name.startswith("_")
        if [*get_annotations(function).values()] == [pd.DataFrame, Audience, str]
    }


READINGS: dict[str, Reading] = {
    f"{page}.{name}": reading
    for page, modules in {
        "caseload": [caseload],
        "engagement": [engagement, curves],
        "itineraries": [itineraries],
        "needs": [needs],
        "practice": [practice],
        "change": [change],
        "voice": [voice],
        "network": [network],
        "learning": [learning],
    }.items()
    for module in modules
    for name, reading in _of(module).items()
}
"""The reading of each metric, by its name: a table as it is shown in, a sentence out.

A reading is the function that is called as its metric, in a module of its page.
"""
