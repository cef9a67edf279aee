"""A second opinion on every metric: the definitions as slow plain loops over plain rows.

The oracle of ``needs.coverage`` is the function ``coverage`` in ``needs.py`` beside this file,
and stands in ``COLUMNS`` there.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from copehope_lib.settings import Settings
from tests.metrics.oracles.rows import Row, Rows, Span

Oracle = Callable[[Rows, Span, Settings], list[Row]]
"""From rows, span and settings to the rows of a metric, in their order."""


def _module(family: str) -> ModuleType | None:
    found = {module.name for module in iter_modules([str(Path(__file__).parent)])}
    return import_module(f"{__package__}.{family}") if family in found else None


def oracle(name: str) -> Oracle:
    """Return the oracle of a metric, or say where to write it."""
    family, function = name.split(".")
    found: Oracle | None = getattr(_module(family), function, None)
    if found is None:
        raise LookupError(
            f"write tests/metrics/oracles/{family}.py: def {function}(rows: Rows, span: Span, "
            f"settings: Settings) -> list[Row], the definition of {name} in plain loops"
        )
    return found


def columns(name: str) -> str:
    """Return the columns of a metric and their dtypes, or say where to write them."""
    family, function = name.split(".")
    found: dict[str, str] = getattr(_module(family), "COLUMNS", {})
    if function not in found:
        raise LookupError(
            f'write tests/metrics/oracles/{family}.py: COLUMNS["{function}"], the columns of '
            f'{name} and their dtypes, as "need str, women Int64"'
        )
    return found[function]


def every() -> set[str]:
    """Return the names of all oracles."""
    modules = [module.name for module in iter_modules([str(Path(__file__).parent)])]
    return {
        f"{family}.{name}" for family in modules for name in getattr(_module(family), "COLUMNS", {})
    }
