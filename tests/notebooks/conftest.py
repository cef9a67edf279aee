"""What nbval compares of a notebook, and that no notebook changes anything for the next."""

from collections.abc import Iterator

import pytest

from copehope_lib.metrics import METRICS
from copehope_lib.recommendations import RECOMMENDATIONS
from tests.night import NIGHT

FIGURE = "application/vnd.plotly.v1+json"
IN_A_KERNEL = "03_caseload.ipynb"
"""The notebook that is run in a kernel by day; what the others say is compared without one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Compare figures by their data, which each notebook prints beside them as text.

    The figure itself also holds colours, places and curves, whose last digit may differ from
    processor to processor.
    """
    if not NIGHT:
        items[:] = [
            item
            for item in items
            if not hasattr(item.parent, "skip_compare") or item.path.name == IN_A_KERNEL
        ]
    for notebook in {item.parent for item in items if hasattr(item.parent, "skip_compare")}:
        notebook.skip_compare = (*notebook.skip_compare, FIGURE)


@pytest.fixture(autouse=True)
def _registers() -> Iterator[None]:
    """Take back what a notebook adds to the registers, as the end of its kernel would."""
    metrics, asked = dict(METRICS), dict(RECOMMENDATIONS)
    yield
    for register, before in ((METRICS, metrics), (RECOMMENDATIONS, asked)):
        register.clear()
        register.update(before)
