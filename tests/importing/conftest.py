"""What the tests of bringing in start from: an empty workspace, and what opens a list of names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copehope_lib import language
from copehope_lib.importing import Import, Lock
from copehope_lib.workspace import Workspace
from tests.importing import her_sheets


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    language.use("en")


@pytest.fixture
def team(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "team", team="Barcelona")


def turned_round() -> Lock:
    """Turn each byte round: no seal, but nothing that could be read in clear either."""
    turn = bytes(255 - byte for byte in range(256))
    return Lock(lambda content: content.translate(turn), lambda content: content.translate(turn))


@pytest.fixture
def lock() -> Lock:
    return turned_round()


@pytest.fixture
def marta(tmp_path: Path) -> Path:
    return her_sheets.write(tmp_path / "marta 2026.xlsx", her_sheets.MARTA)


def take_all(coming: Import) -> list[str]:
    """Answer each question with what is proposed, as `--yes` does, and take what comes of it."""
    while opened := [one for one in coming.open if one[1].proposal]:
        place, question = opened[0]
        coming.answer(place, question.id, question.proposal)
        coming.plan()
    return coming.take()
