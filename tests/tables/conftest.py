"""What the tests of tables start from: two women of whom little is written yet."""

import pytest

from copehope_lib.workspace import Workspace


@pytest.fixture
def small(small: Workspace) -> Workspace:
    """The workspace of two women without goals, needs, assessments and actions."""
    for name in ("goals", "goal_events", "needs", "safety", "actions"):
        path = small.registry / f"{name}.csv"
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(heading + "\n", encoding="utf-8")
    return small
