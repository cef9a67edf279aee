"""The register of metrics: every module of this package declares its own, at its end."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from copehope_lib.metrics.metric import Metric, add


def declared() -> Iterator[Metric]:
    """Yield the metrics of all modules."""
    for module in iter_modules([str(Path(__file__).parent)]):
        yield from getattr(import_module(f"{__package__}.{module.name}"), "DECLARED", ())


# What repeats other tables comes after them.
for metric in sorted(declared(), key=lambda one: one.repeats):
    add(metric)
