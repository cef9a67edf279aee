"""Private files: the old or the new, whatever happens, and never over another."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private

MINUTES = b"Minutes of October\r\n\x00\xff"


@pytest.mark.parametrize("moment", ["fsync", "link"])
def test_a_crash_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, moment, crash)
    with pytest.raises(KeyboardInterrupt):
        private.write_new(tmp_path / "mine.txt", MINUTES)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CopehopeError, match="No space left"):
        private.write_new(tmp_path / "mine.txt", MINUTES)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_second_names_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    private.write_new(tmp_path / "mine.txt", MINUTES)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert (tmp_path / "mine.txt").read_bytes() == MINUTES


def test_a_file_that_appears_in_between_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "mine.txt", os.fsync

    def quicker(handle: int) -> None:
        path.write_text("another's")
        real(handle)

    monkeypatch.setattr(os, "fsync", quicker)
    with pytest.raises(CopehopeError, match="stays as it is"):
        private.write_new(path, MINUTES)
    assert path.read_text() == "another's"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.skipif(os.name != "posix", reason="signals are for POSIX")
def test_a_killed_command_leaves_no_part_under_the_name(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from copehope_lib.files import private\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "private.write_new(Path('mine.txt'), b'x' * 1_000_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "mine.txt").exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
