"""A workspace as one sealed file: opened again at once, and brought back whole or not at all."""

import gzip
import io
import tarfile
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.files import sealing
from copehope_lib.privacy import backup
from copehope_lib.privacy.forget import forget
from copehope_lib.privacy.publish import publish
from copehope_lib.settings import add_public_key
from copehope_lib.workspace import Workspace
from tests.command import copehope

KEY, ANOTHER = sealing.new_key(), sealing.new_key()
HER = "W-003"
WORD = "Bougainvillea"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a small team that has closed a month."""
    made = Workspace.create(tmp_path_factory.mktemp("backup") / "team")
    synthetic.write(synthetic.generate(women=5, professionals=2, months=4), made.registry)
    add_public_key(made.path, *KEY.public)
    (made.path / "earlier").mkdir(exist_ok=True)
    (made.path / "earlier" / "note.txt").write_text(WORD)
    workspace = Workspace(made.path, KEY)
    publish(workspace, workspace.tables(), synthetic.LAST_MONTH)
    return workspace


@pytest.fixture(scope="module")
def copy(team: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("copies") / "team.tar.age"
    assert backup.back_up(team, KEY, out) == len(content(team.path))
    return out


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def folders(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_dir()}


def test_each_file_and_folder_comes_back_for_its_owner_alone(
    team: Workspace, copy: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    assert backup.restore(copy, KEY, again) == []
    assert content(again) == content(team.path)
    assert folders(again) == folders(team.path)
    assert {path.stat().st_mode & 0o077 for path in again.rglob("*")} == {0}
    tables = Workspace(again, KEY).tables()
    assert len(tables.women) == len(team.tables().women)


def test_nothing_of_it_can_be_read_without_the_key(copy: Path, tmp_path: Path) -> None:
    sealed = copy.read_bytes()
    assert WORD.encode() not in sealed
    assert WORD.encode() in gzip.decompress(sealing.open_sealed(sealed, KEY))
    with pytest.raises(CopehopeError):
        backup.restore(copy, ANOTHER, tmp_path / "again")
    assert [*tmp_path.iterdir()] == []


def test_a_copy_that_does_not_open_as_it_was_is_gone(
    team: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "seal", lambda text, to: sealing.seal(text[:-99], to))
    with pytest.raises(CopehopeError, match="was not written as it should be, and is gone"):
        backup.back_up(team, KEY, tmp_path / "team.tar.age")
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_written_over_and_nothing_into_the_workspace(
    team: Workspace, copy: Path, tmp_path: Path
) -> None:
    there = copy.read_bytes()
    with pytest.raises(CopehopeError, match="is there already and stays as it is"):
        backup.back_up(team, KEY, copy)
    assert copy.read_bytes() == there
    with pytest.raises(CopehopeError, match="lies in the workspace: name a file outside it"):
        backup.back_up(team, KEY, team.path / "earlier" / "copy.age")
    with pytest.raises(CopehopeError, match="is there already: name a new one"):
        backup.restore(copy, KEY, tmp_path)


def test_a_link_in_the_workspace_is_named_and_followed_nowhere(
    team: Workspace, tmp_path: Path
) -> None:
    link = team.path / "earlier" / "elsewhere.txt"
    link.symlink_to("/etc/passwd")
    try:
        with pytest.raises(CopehopeError, match=r"elsewhere\.txt is a link: move it out"):
            backup.back_up(team, KEY, tmp_path / "team.tar.age")
    finally:
        link.unlink()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "a/../../outside.txt"])
def test_a_copy_that_points_outside_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        about = tarfile.TarInfo(name)
        about.size = 4
        archive.addfile(about, io.BytesIO(b"mine"))
    sealed = tmp_path / "wrong.age"
    sealed.write_bytes(sealing.seal(packed.getvalue(), KEY.public))
    with pytest.raises(CopehopeError, match="is no copy of a workspace, or damaged"):
        backup.restore(sealed, KEY, tmp_path / "inner" / "again")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"wrong.age"}


def test_what_breaks_off_leaves_no_workspace(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def full(path: Path, _content: bytes) -> None:
        calls.append(path)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.private, "write_new", full)
    with pytest.raises(CopehopeError, match="No space left on device"):
        backup.restore(copy, KEY, tmp_path / "again")
    assert [*tmp_path.iterdir()] == []


def test_who_was_forgotten_since_stays_forgotten(
    team: Workspace, copy: Path, tmp_path: Path
) -> None:
    last = tmp_path / "last"
    backup.restore(copy, KEY, last)
    forget(Workspace(last, KEY), HER)
    again = tmp_path / "again"
    assert backup.restore(copy, KEY, again, last) == [HER]
    restored = Workspace(again, KEY)
    women = pd.read_csv(again / "registry" / "women.csv", dtype="str")
    assert HER not in set(women["woman"])
    assert restored.marks.mark(HER) in restored.marks.retired
    assert HER in set(team.tables().women["woman"])


def test_by_commands_a_copy_is_made_and_brought_back(
    team: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert copehope("keys", "new", "--out", "anna.key", cwd=tmp_path).returncode == 0
    made = copehope("backup", team.path, "--key", "anna.key", "--out", "copy.age", cwd=tmp_path)
    assert "opens with your key: keep both apart" in made.stdout
    back = copehope("restore", "copy.age", "again", "--key", "anna.key", cwd=tmp_path)
    assert "Whoever was forgotten since stands in it again" in " ".join(back.stdout.split())
    assert content(tmp_path / "again") == content(team.path)
