"""The end of a month as one command, and the icon that opens the page."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.cli import shortcut
from copehope_lib.privacy.closing import Months
from copehope_lib.workspace import Workspace
from tests.command import copehope
from tests.coordinator.conftest import own_workbook

OCTOBER = pd.Period("2026-10", "M")


def month(folder: Path, *typed: str) -> subprocess.CompletedProcess[str]:
    """Type what is asked for, a line each."""
    return copehope("month", folder, cwd=folder, typed="".join(f"{line}\n" for line in typed))


def test_a_month_goes_from_her_sheet_to_closed_and_says_how_to_hand_out(tmp_path: Path) -> None:
    team = Workspace.create(tmp_path / "team", team="Barcelona")
    book = own_workbook(tmp_path / "team.xlsx")
    done = month(team.path, str(book), "", "y", "2026-10", "y")
    assert done.returncode == 0, done.stderr
    steps = [
        line for line in done.stdout.splitlines() if line[:2] in {f"{n} " for n in range(1, 6)}
    ]
    assert [step for step in steps if step[2:3].isupper()] == [
        "1 Bring in", "2 Mend", "3 Look at the draft", "4 Close 2026-10", "5 Hand out",
    ]  # fmt: skip
    assert Months.of(team).closed == [OCTOBER]
    assert f"copehope room {team.path}" in done.stdout


def test_nothing_is_closed_unless_that_is_confirmed(small: Workspace) -> None:
    done = month(small.path, "", "2026-10", "n")
    assert done.returncode == 130
    assert (small.extracts / "2026-10" / "supervision").exists()
    assert Months.of(small).closed == []
    ended = month(small.path, "")
    assert ended.returncode == 130
    assert "Traceback" not in ended.stderr


def test_what_keeps_a_month_from_being_published_ends_it_with_a_sentence(small: Workspace) -> None:
    women = small.registry / "women.csv"
    women.write_text(women.read_text().replace("shared_flat", "nonsense"))
    done = month(small.path, "")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("Mend what keeps the month")
    assert not (small.extracts / "2026-10").exists()


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_an_icon_runs_this_installation(system: str) -> None:
    name, content = shortcut.icon(system, "/opt/our team/bin/python")
    assert name.startswith("Copehope.")
    assert '"/opt/our team/bin/python" -m copehope_lib.cli' in content


def test_the_icon_lies_on_the_desktop_for_its_owner_alone(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "copehope_lib.cli", "shortcut"]
    home = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    home.pop("XDG_DESKTOP_DIR", None)
    for _again in range(2):
        assert subprocess.run(run, env=home, check=False).returncode == 0
    (icon,) = (tmp_path / "Desktop").iterdir()
    assert icon.stat().st_mode & 0o777 == 0o700
    picture = icon.read_text().partition("Icon=")[2].partition("\n")[0]
    assert Path(picture).read_text().startswith("<svg")
