"""What is no plain file, in a registry or given to the guard: it is named, and not read."""

import os
from pathlib import Path

import pytest

from copehope_lib.workspace import Workspace
from tests.command import copehope


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("what", ["link", "pipe", "device"])
def test_a_table_that_is_no_plain_file_is_named_and_nothing_of_it_is_told(
    small: Workspace, tmp_path: Path, ending: str, what: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("woman\nAmaka Obi\n")
    at = small.registry / f"women.{ending}"
    (small.registry / "women.csv").unlink()
    if what == "pipe":
        os.mkfifo(at)
    else:
        at.symlink_to(secret if what == "link" else "/dev/zero")
    done = copehope("check", small.path, cwd=tmp_path)
    assert done.returncode == 1
    assert "Amaka" not in done.stdout + done.stderr
    assert f"women.{ending} cannot be read: it is a link, or no plain file." in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize("what", ["link", "pipe", "device"])
def test_the_guard_looks_at_plain_files_only(tmp_path: Path, what: str) -> None:
    at = tmp_path / "note.txt"
    if what == "pipe":
        os.mkfifo(at)
    else:
        at.symlink_to("/etc/hostname" if what == "link" else "/dev/zero")
    done = copehope("guard", at, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "it is a link, or no plain file" in done.stderr
