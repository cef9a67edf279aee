"""The team whose extracts are attacked, published once."""

import pytest

from copehope_lib.demo import synthetic
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace
from tests.privacy.attacks.published import MONTHS, OCTOBER, WORD, Frames, workspace


@pytest.fixture(scope="package")
def frames() -> Frames:
    """A team of 40 women over 8 months, with a word in it that nobody could miss."""
    made = synthetic.generate(women=40, professionals=6, months=8)
    return {**made, "actions": made["actions"].assign(text=f"Ask the {WORD} school")}


@pytest.fixture(scope="package")
def team(frames: Frames, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """It has published the last months in their order."""
    made = workspace(tmp_path_factory.mktemp("attacks") / "team", frames)
    tables = made.tables()
    for month in MONTHS:
        publish(made, tables, month)
    return made


@pytest.fixture(scope="package")
def october(frames: Frames, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same team, that has published nothing but October."""
    made = workspace(tmp_path_factory.mktemp("attacks") / "october", frames)
    publish(made, made.tables(), OCTOBER)
    return made
