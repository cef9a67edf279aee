"""What is wrong is named with how to mend it, and what is well is said too."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from copehope_lib import demo
from copehope_lib.cli import app
from copehope_lib.privacy import closing
from copehope_lib.workspace import Workspace
from tests.night import chosen


@pytest.fixture
def team(tmp_path: Path) -> Workspace:
    """Return the demo team, copied: one closed month, and what was told of it."""
    path = Path(shutil.copytree(demo.workspace().path, tmp_path / "team"))
    return Workspace(path)


def run(*words: object) -> tuple[str, int]:
    result = CliRunner().invoke(app, ["doctor", *map(str, words)])
    return " ".join(result.output.split()), result.exit_code


def test_a_workspace_that_is_well_is_said_to_be(
    team: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copehope_lib.files.exposure.warnings", lambda _folder: [])
    said, code = run(team.path)
    assert said.endswith("Nothing is wrong.")
    assert code == 0


def test_an_installation_says_what_it_cannot_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copehope_lib.documents.chromium.BROWSERS", ())
    said, code = run()
    assert "there is none on this machine: install one" in said
    assert "shuts the pages off from" in said or "does not shut them off from" in said
    assert code == 0


def damaged_table(team: Workspace) -> None:
    (table,) = (team.extracts / "2026-10" / "team").glob("needs.coverage-*")
    table.write_bytes(b"PAR1")


def damaged_memory(team: Workspace) -> None:
    (table,) = (team.published / "partner" / "2026-10-1").glob("needs.coverage-*")
    table.unlink()


def lost_key(team: Workspace) -> None:
    (team.registry / "pseudonyms.key").unlink()


def damaged_months(team: Workspace) -> None:
    (team.published / closing.FILE_NAME).write_text("{}")


WRONG = {
    damaged_table: ".parquet is missing or damaged: remove",
    damaged_memory: "2026-10-1 is damaged: bring it back from your copy",
    lost_key: "pseudonyms.key is missing or damaged: bring it back",
    damaged_months: "months.json is damaged: bring it back from your copy",
}


@pytest.mark.parametrize(
    "harm", chosen([damaged_memory, lost_key], WRONG), ids=lambda harm: harm.__name__
)
def test_what_is_wrong_is_named_with_how_to_mend_it(team: Workspace, harm) -> None:  # type: ignore[no-untyped-def]
    harm(team)
    said, code = run(team.path)
    assert WRONG[harm] in said
    assert "Nothing is wrong" not in said
    assert code == 1


def test_a_clock_that_is_a_year_behind_is_named(
    team: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "today", lambda: pd.Timestamp("2025-10-20"))
    said, code = run(team.path)
    assert "This machine says that it is 2025-10-20, and 2026-10 is closed already" in said
    assert code == 1
