"""What all tests share: small registries written to disk."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.demo.two_women import two_women
from copehope_lib.privacy.publish import publish
from copehope_lib.schema import TABLES
from copehope_lib.workspace import Workspace


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of two women, from which each test copies its own."""
    workspace = Workspace.create(tmp_path_factory.mktemp("two") / "small", team="Two women")
    tables = two_women()
    frames = {name: getattr(tables, name) for name in TABLES}
    synthetic.write(frames, workspace.registry)
    return workspace.path


@pytest.fixture(scope="session")
def two_published(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with October published for every audience."""
    workspace = Workspace(shutil.copytree(two, tmp_path_factory.mktemp("published") / "small"))
    publish(workspace, workspace.tables(), pd.Period("2026-10", "M"))
    return workspace.path


@pytest.fixture
def small(two: Path, tmp_path: Path) -> Workspace:
    """A workspace of two women, as CSV files."""
    return Workspace(shutil.copytree(two, tmp_path / "small"))


@pytest.fixture
def published(two_published: Path, tmp_path: Path) -> Workspace:
    """A workspace of two women that has published October."""
    return Workspace(shutil.copytree(two_published, tmp_path / "small"))
