"""Copehope workbench: one honest picture of the month for teams that accompany women.

Workspace
    The team's folder: settings, registry, extracts.
Extract
    What one audience may see.
metrics
    Every number, by name: tables in, tidy frames out.
readings
    Every sentence: tidy frames in, one sentence out.
charts
    Every picture: tidy frames in, plotly figures out.
pages
    What a dashboard shows.
demo
    A synthetic team to try everything with.
notebooks
    What a notebook begins with: a team and a month.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copehope_lib import charts, demo, metrics, notebooks, pages, readings
    from copehope_lib.extract import Extract
    from copehope_lib.workspace import Workspace

__all__ = [
    "Extract",
    "Workspace",
    "charts",
    "demo",
    "metrics",
    "notebooks",
    "pages",
    "readings",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a page need not wait for the loaders."""
    if name in ("Extract", "Workspace"):
        return getattr(import_module(f"copehope_lib.{name.lower()}"), name)
    if name in __all__:
        return import_module(f"copehope_lib.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
