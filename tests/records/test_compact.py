"""Putting pages together: whatever happens beside it, a record says what it said."""

import contextlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copehope_lib.errors import CopehopeError
from copehope_lib.files import sealing
from copehope_lib.files.held import Held
from copehope_lib.records import store
from copehope_lib.records.record import Entry, Record
from copehope_lib.records.session import Place, Session
from tests.meeting.browser import Browser

KEY = sealing.new_key()
MONTH = "2026-10"


def opened(kept: Path) -> Record:
    return store.open_record(kept / MONTH, KEY).record


def earlier(kept: Path) -> set[str]:
    return {path.name for path in (kept / MONTH / store.EARLIER).glob("*")}


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.age")}


class PowerCutError(Exception):
    """Compaction ends here, as if the machine did."""


def compact(kept: Path, cut: int = 10**6) -> None:
    """Compact, and end before the page, or before one of those that are moved."""
    steps = 0

    def counted(*_args: object) -> None:
        nonlocal steps
        if steps == cut:
            raise PowerCutError
        steps += 1

    with pytest.MonkeyPatch.context() as patch:
        add, move = store.add, store._move
        patch.setattr(store, "add", lambda *args: (counted(), add(*args))[1])
        patch.setattr(store, "_move", lambda *args: (counted(), move(*args)))
        with contextlib.suppress(PowerCutError):
            store.compact(kept / MONTH, KEY, KEY.public)


class Room:
    """A server with pages that write, and the store of the team beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept, self.servers = folder, folder / "kept", 0
        self.acknowledged: dict[tuple[str, str], str] = {}
        self.begin()

    def begin(self) -> None:
        """Start the server anew: its room is empty, and its pages are others."""
        self.servers += 1
        self.served = self.folder / f"served-{self.servers}"
        self.outbox = self.folder / f"outbox-{self.servers}"
        place = Place(KEY.public, folder=str(self.served))
        self.writers = [Session(place, Record(MONTH)) for _page in range(3)]
        for session in self.writers:
            Browser(session, self.outbox)
        self.carry()

    def carry(self) -> None:
        store.copy_new(self.outbox, self.kept, self.served)

    def write(self, who: int, key: str, text: str) -> None:
        session = self.writers[who]
        session.write("note", {"text": text}, key)
        self.acknowledged[session.writer, key] = text

    def look(self, who: int) -> None:
        if store.pages(self.served / MONTH):
            if self.writers[who].unlocked:
                self.writers[who].look()
            else:
                self.writers[who].unlock(KEY.as_file(), "")

    def last_words(self) -> dict[tuple[str, str], str]:
        """What the team's record holds of each page and entry."""
        return {(one.writer, one.id): one.words["text"] for one in opened(self.kept).newest}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "look", "carry", "compact", "begin"]),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_was_acknowledged_is_there_whenever_it_is_compacted_and_broken_off(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """A server whose pages write; beside it the team compacts, and the power fails."""
    room = Room(tmp_path_factory.mktemp("room"))
    for count, (action, who, number) in enumerate(steps):
        if action == "write":
            room.write(who, "ab"[number % 2], f"{count}")
        elif action == "look":
            room.look(who)
        elif action == "carry":
            room.carry()
        elif action == "begin":
            room.carry()
            room.begin()
        elif store.pages(room.kept / MONTH):
            before = opened(room.kept)
            compact(room.kept, cut=number)
            assert opened(room.kept).entries == before.entries
    room.carry()
    if not room.acknowledged:
        return
    assert room.acknowledged.items() <= room.last_words().items()
    before = opened(room.kept)
    pages = store.pages(room.kept / MONTH)
    compact(room.kept)
    assert len(store.pages(room.kept / MONTH)) == 1
    assert earlier(room.kept) >= {path.name for path in pages if len(pages) > 1}
    assert opened(room.kept).entries == before.entries
    there = files(room.kept)
    compact(room.kept)
    room.carry()
    assert files(room.kept) == there
    # Who goes on writing on her page finds her own words, and goes on from them.
    for who, session in enumerate(room.writers):
        room.write(who, "a", f"{session.writer} goes on")
    room.carry()
    assert room.acknowledged.items() <= room.last_words().items()
    assert opened(room.served).entries == opened(room.kept).entries


def carry(folder: Path) -> tuple[Path, Path]:
    """Carry between a server and the store of the team; return that, and what it gave."""
    kept, served = folder / "kept", folder / "served"
    store.copy_new(folder / "outbox", kept, served)
    return kept, served


def filled(folder: Path, n: int = 5) -> Path:
    """A store whose record has ``n`` pages of one writer."""
    entry = Entry("note", {"text": "0"}, id="one", writer="w")
    for turn in range(n):
        store.add(folder / MONTH, MONTH, [entry], KEY.public)
        entry = entry.changed({"text": str(turn + 1)}, "w")
    return folder


def test_one_page_has_the_last_words_of_each_and_all_others_are_moved(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    before, record = files(kept), opened(kept)
    said = store.compact(kept / MONTH, KEY, KEY.public)
    assert (len(said.seen), said.left_out) == (5, [])
    [page] = store.pages(kept / MONTH)
    assert opened(kept).entries == record.entries
    assert [one.turn for one in opened(kept).newest] == [5]
    moved = {f"{MONTH}/{store.EARLIER}/{name.rpartition('/')[2]}": content
             for name, content in before.items()}  # fmt: skip
    assert files(kept) == moved | {f"{MONTH}/{page.name}": page.read_bytes()}


def test_two_writers_are_put_together_after_it_as_before(tmp_path: Path) -> None:
    first = Entry("note", {"text": "We"}, "a", writer="x")
    hers = first.changed({"text": "She"}, "y")
    over = hers.changed({"text": "Both"}, "x")
    for one in (first, hers):
        store.add(tmp_path / MONTH, MONTH, [one], KEY.public)
    compact(tmp_path)
    store.add(tmp_path / MONTH, MONTH, [first.changed({"text": "I"}, "z"), over], KEY.public)
    expected = Record(MONTH).put([first, hers, over, first.changed({"text": "I"}, "z")])
    assert opened(tmp_path).entries == expected.entries
    compact(tmp_path)
    assert opened(tmp_path).entries == expected.entries


def test_a_page_that_cannot_be_read_stays_where_it_is_and_is_said(tmp_path: Path) -> None:
    kept = filled(tmp_path, 2)
    foreign = store.add(
        kept / MONTH, MONTH, [Entry("note", {"text": "x"})], sealing.new_key().public
    )
    damaged = kept / MONTH / f"{'0' * 24}.age"
    damaged.write_bytes(b"nonsense")
    for _again in range(2):
        said = store.compact(kept / MONTH, KEY, KEY.public)
        assert len(said.left_out) == 2
        assert {foreign, damaged} < set(store.pages(kept / MONTH))
        assert len(store.pages(kept / MONTH)) == 3
        assert len(earlier(kept)) == 2


def test_a_key_that_could_not_read_the_new_page_moves_nothing(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    before = files(kept)
    for to in (sealing.new_key().public, ()):
        with pytest.raises(CopehopeError, match="does not name this key"):
            store.compact(kept / MONTH, KEY, to)
    assert files(kept) == before


def test_a_page_that_does_not_come_back_as_it_was_moves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = filled(tmp_path)
    before, write_new = files(kept), store.write_new
    monkeypatch.setattr(store, "write_new", lambda path, content: write_new(path, content[:-9]))
    with pytest.raises(CopehopeError, match="nothing was moved"):
        store.compact(kept / MONTH, KEY, KEY.public)
    assert files(kept) == before


def test_a_page_that_cannot_be_moved_is_one_sentence_and_the_record_says_what_it_said(
    tmp_path: Path,
) -> None:
    kept = filled(tmp_path)
    (kept / MONTH / store.EARLIER).write_text("a file where the folder should be")
    before = opened(kept)
    with pytest.raises(CopehopeError, match="cannot be moved"):
        store.compact(kept / MONTH, KEY, KEY.public)
    assert opened(kept).entries == before.entries
    (kept / MONTH / store.EARLIER).unlink()
    compact(kept)
    assert opened(kept).entries == before.entries
    assert len(store.pages(kept / MONTH)) == 1


def test_a_page_is_put_over_no_other_that_was_moved_before(tmp_path: Path) -> None:
    kept = filled(tmp_path, 2)
    folder = kept / MONTH / store.EARLIER
    folder.mkdir()
    for path in store.pages(kept / MONTH):
        (folder / path.name).write_bytes(b"of before")
    compact(kept)
    assert len(store.pages(kept / MONTH)) == 1
    assert len(earlier(kept)) == 4
    assert sum(path.read_bytes() == b"of before" for path in folder.iterdir()) == 2


def test_a_server_that_still_has_the_pages_brings_none_back_and_a_new_one_is_given_one(
    tmp_path: Path,
) -> None:
    filled(tmp_path / "kept")
    kept, served = carry(tmp_path)
    pages = {path.name: path.read_bytes() for path in store.pages(kept / MONTH)}
    compact(kept)
    there = files(kept)
    for _again in range(3):
        carry(tmp_path)
    assert files(kept) == there
    assert len(store.pages(served / MONTH)) == 6
    assert opened(served).entries == opened(kept).entries
    # A browser that had no answer hands on what was moved meanwhile: it is taken, and not again.
    (tmp_path / "outbox" / MONTH).mkdir(parents=True)
    for name, content in pages.items():
        (tmp_path / "outbox" / MONTH / name).write_bytes(content)
    carry(tmp_path)
    assert files(kept) == there
    assert files(tmp_path / "outbox") == {}
    store.copy_new(tmp_path / "none", kept, tmp_path / "anew")
    assert list(files(tmp_path / "anew")) == [f"{MONTH}/{store.pages(kept / MONTH)[0].name}"]


def test_nothing_that_a_server_does_in_its_room_moves_or_removes_a_page_of_the_team(
    tmp_path: Path,
) -> None:
    """It gives out pages as moved, changes and deletes them, and brings moved ones anew."""
    filled(tmp_path / "kept")
    kept, served = carry(tmp_path)
    compact(kept)
    carry(tmp_path)
    there = files(kept)
    for own in (served / MONTH, tmp_path / "outbox" / MONTH):
        (own / store.EARLIER).mkdir(parents=True)
        for path in store.pages(served / MONTH):
            (own / store.EARLIER / path.name).write_bytes(b"moved, says the page")
            (own / path.name).write_bytes(b"another content")
        (own / store.EARLIER / f"{'1' * 24}.age").write_bytes(b"of the page alone")
    carry(tmp_path)
    assert files(kept) == there
    for path in store.pages(served / MONTH):
        path.unlink()
    carry(tmp_path)
    assert files(kept) == there
    # What the team has is given to the server again, whatever the page says of it.
    assert [path.name for path in store.pages(served / MONTH)] == [
        path.name for path in store.pages(kept / MONTH)
    ]
    said = store.compact(kept / MONTH, KEY, KEY.public)
    assert said.left_out == []


def test_a_page_that_is_moved_while_it_is_taken_in_again_is_not_brought_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, outbox = filled(tmp_path / "kept"), tmp_path / "outbox"
    (outbox / MONTH).mkdir(parents=True)
    for path in store.pages(kept / MONTH):
        (outbox / MONTH / path.name).write_bytes(path.read_bytes())
    listed = store._listed
    for at in (outbox / MONTH, kept / MONTH):

        def and_then_moved(folder: Held, at: Path = at) -> set[str]:
            names = listed(folder)
            if folder.path == at and not earlier(kept):
                compact(kept)
            return names

        monkeypatch.setattr(store, "_listed", and_then_moved)
        carry(tmp_path)
        assert len(store.pages(kept / MONTH)) == 1
        monkeypatch.undo()


def test_what_is_said_after_it_is_no_news_to_a_page_that_has_read_it_all(tmp_path: Path) -> None:
    filled(tmp_path / "kept")
    kept, served = carry(tmp_path)
    session = Session(Place(KEY.public, folder=str(served)), Record(MONTH))
    session.unlock(KEY.as_file(), "")
    compact(kept)
    carry(tmp_path)
    assert not session.look()
    assert session.unread == 0


WRITER = """
import sys
from pathlib import Path
from copehope_lib.records import store
from copehope_lib.records.record import Entry
entry = Entry("note", {"text": "0"}, id="one", writer=str(sys.argv[3]), turn=0)
for turn in range(10**6):
    entry = entry.changed({"text": f"{turn}"}, entry.writer)
    store.add(Path(sys.argv[1]) / "2026-10", "2026-10", [entry], [sys.argv[2]])
    print(entry.writer, turn, flush=True)
"""
COMPACTER = """
import sys
from pathlib import Path
from copehope_lib.files.sealing import key_from
from copehope_lib.records import store
kept = Path(sys.argv[1])
key = key_from(Path(sys.argv[3]).read_bytes(), lambda: "", "key")
print("ready", flush=True)
while True:
    if store.pages(kept / "2026-10"):
        store.compact(kept / "2026-10", key, key.public)
"""
CARRIER = """
import sys
from pathlib import Path
from copehope_lib.records import store
print("ready", flush=True)
while True:
    store.copy_new(*map(Path, sys.argv[1:]))
"""


def test_writers_carriers_and_compacters_that_are_killed_lose_nothing_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    """Two writers, a carrier and two that compact at once, killed together at any moment."""
    luck = random.Random(7)  # noqa: S311
    key = tmp_path / "key.txt"
    key.write_bytes(KEY.as_file())
    broken_off = 0
    for again in range(5):
        outbox, kept, served = (tmp_path / f"{again}-{name}" for name in ("new", "kept", "old"))
        scripts = {
            "writers": [(WRITER, outbox, KEY.public[0], name) for name in "ab"],
            "others": [(CARRIER, outbox, kept, served), *[(COMPACTER, kept, "", key)] * 2],
        }
        running = {
            kind: [
                subprocess.Popen([sys.executable, "-c", *map(str, words)],
                                 stdout=subprocess.PIPE, text=True)
                for words in some
            ]
            for kind, some in scripts.items()
        }  # fmt: skip
        every = [*running["writers"], *running["others"]]
        for process in every:
            assert process.stdout is not None
            process.stdout.readline()
        time.sleep(0.2 + luck.random() * 0.3)
        for process in luck.sample(every, len(every)):
            process.send_signal(signal.SIGKILL)
        said = [process.communicate()[0].split("\n") for process in running["writers"]]
        for process in running["others"]:
            process.communicate()
        store.copy_new(outbox, kept, served)
        broken_off += len(store.pages(kept / MONTH)) > 1
        last = {one.writer: int(one.words["text"]) for one in opened(kept).newest}
        for lines in said:
            whole = [line.split() for line in lines if line.count(" ") == 1]
            for writer, turn in whole[-1:]:
                assert last[writer] >= int(turn)
        before = opened(kept)
        compact(kept)
        assert len(store.pages(kept / MONTH)) == 1
        assert opened(kept).entries == before.entries
        there = files(kept)
        compact(kept)
        store.copy_new(outbox, kept, served)
        assert files(kept) == there
    assert broken_off
