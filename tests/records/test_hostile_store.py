"""What a server that was taken over lays into its room, and what the process beside it takes of it.

That process can reach the registry: it must neither read nor write where a page points.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.files.held import Held, hold
from copehope_lib.records import store
from copehope_lib.records.record import Entry

MONTH = "2026-10"
KEY = sealing.new_key()
NAME = f"{'a' * 24}.age"
SECRET = sealing.seal(b"the registry, sealed", KEY.public)
"""What a page may not have: sealed too, so that its head would let it pass."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A registry, an outbox with one page in it, and the store of the team."""
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / NAME).write_bytes(SECRET)
    for where, text in (("outbox", "of the page"), ("kept", "of the team")):
        store.add(tmp_path / where / MONTH, MONTH, [Entry("note", {"text": text})], KEY.public)
    return tmp_path


def contents(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(folder: Path) -> list[str]:
    record = store.open_record(folder / MONTH, KEY).record
    return sorted(entry.words["text"] for entry in record.entries.values())


def carry(place: Path) -> None:
    store.copy_new(place / "outbox", place / "kept", place / "served")


def link(at: Path, to: Path) -> None:
    at.symlink_to(to)


def pipe(at: Path, _to: Path) -> None:
    os.mkfifo(at)


def device(at: Path, _to: Path) -> None:
    at.symlink_to("/dev/zero")


def folder(at: Path, _to: Path) -> None:
    (at / "more").mkdir(parents=True)


def letters(at: Path, _to: Path) -> None:
    at.write_bytes(b"nothing sealed")


def endless(at: Path, _to: Path) -> None:
    at.write_bytes(b"age-encryption.org/v1\n")
    os.truncate(at, 2**40)


OTHER = {"outbox": "kept", "kept": "served"}
"""Where what lies in a folder goes."""


@pytest.mark.parametrize("lay", [link, pipe, device, folder, letters, endless])
@pytest.mark.parametrize("where", OTHER)
def test_what_is_no_sealed_plain_file_is_carried_in_neither_direction(
    place: Path, where: str, lay: Callable[[Path, Path], None]
) -> None:
    lay(place / where / MONTH / NAME, place / "registry" / NAME)
    for _again in range(2):
        carry(place)
    other = place / OTHER[where]
    assert not (other / MONTH / NAME).exists()
    assert SECRET not in contents(other)
    assert texts(other) == ["of the page", "of the team"]


@pytest.mark.parametrize("where", OTHER)
def test_a_month_that_is_a_link_is_no_month(place: Path, where: str) -> None:
    (place / where / "2026-09").symlink_to(place / "registry")
    carry(place)
    other = place / OTHER[where]
    assert SECRET not in contents(other)
    assert contents(place / "registry") == {SECRET}


def test_a_store_that_became_a_link_gives_and_takes_nothing(place: Path) -> None:
    (place / "outbox").rename(place / "gone")
    (place / "registry" / MONTH).mkdir()
    (place / "registry" / MONTH / NAME).write_bytes(SECRET)
    for where in ("outbox", "served"):
        (place / where).symlink_to(place / "registry")
    with pytest.raises(OSError, match="no folder"):
        carry(place)
    assert texts(place / "kept") == ["of the team"]
    assert contents(place / "registry") == {SECRET}


def test_no_page_is_written_through_a_link_that_lies_in_its_place(place: Path) -> None:
    target = place / "registry" / "new"
    (there,) = store.pages(place / "kept" / MONTH)
    (place / "served" / MONTH).mkdir(parents=True)
    (place / "served" / MONTH / there.name).symlink_to(target)
    carry(place)
    assert not target.exists()


def test_the_team_chooses_the_names_and_two_writers_see_each_other(place: Path) -> None:
    (own,) = store.pages(place / "outbox" / MONTH)
    own.rename(own.with_name(NAME))
    for _again in range(2):
        carry(place)
    for where in ("kept", "served"):
        assert NAME not in {path.name for path in store.pages(place / where / MONTH)}
        assert texts(place / where) == ["of the page", "of the team"]


def test_a_folder_that_is_exchanged_while_it_is_held_stays_the_first_one(tmp_path: Path) -> None:
    room, other = tmp_path / "room", tmp_path / "other"
    for at, said in ((room, b"mine"), (other, b"another's")):
        at.mkdir()
        (at / "file").write_bytes(said)
    with hold(room) as held:
        room.rename(tmp_path / "moved")
        room.symlink_to(other)
        assert held.read("file", 100) == b"mine"
        held.write_new("more", b"written")
        held.remove("file")
    assert sorted(path.name for path in other.iterdir()) == ["file"]
    assert sorted(path.name for path in (tmp_path / "moved").iterdir()) == ["more"]


def test_a_file_of_one_byte_too_many_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    with hold(tmp_path) as held:
        assert held.read("file", 5) == b"12345"
        assert held.read("file", 4) is None
    with pytest.raises(CopehopeError, match="more than 4 bytes"):
        private.read(tmp_path / "file", 4)


def test_where_there_are_no_handles_of_folders_a_link_is_none_either(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "HANDLES", False)
    (place / "outbox" / MONTH / NAME).symlink_to(place / "registry" / NAME)
    (place / "outbox" / "2026-09").symlink_to(place / "registry")
    carry(place)
    assert texts(place / "kept") == ["of the page", "of the team"]
    assert SECRET not in contents(place / "kept")
    assert Held(place / "nowhere").names() == set()
