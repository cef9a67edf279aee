"""What all tests share: the language of the source, and small registries written to disk."""

from pathlib import Path

import pytest

from copehope_lib import language
from copehope_lib.demo import synthetic
from copehope_lib.demo.two_women import two_women
from copehope_lib.schema import TABLES
from copehope_lib.workspace import Workspace


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test begins in the language of the source."""
    language.use("en")


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A workspace of two women, as CSV files."""
    workspace = Workspace.create(tmp_path / "small", team="Two women")
    tables = two_women()
    frames = {name: getattr(tables, name) for name in TABLES}
    synthetic.write(frames, workspace.registry)
    return workspace
