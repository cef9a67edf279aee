"""Records: nothing that was written is lost or overwritten, whatever breaks."""

import itertools
import os
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
from copehope_lib.records import store
from copehope_lib.records.record import Entry, Record, page, read_page
from tests.night import NIGHT

KEY = sealing.new_key()
STRANGE = [
    "",
    "שלום עולם",
    "مرحبا",
    "👩🏽‍⚕️🌱",
    "\ud83d",
    "e\u0301\u202e",
    "\x00",
    "x" * 100_000,
]


def note(text: str, writer: str = "a") -> Entry:
    return Entry("note", {"text": text}, id="one", writer=writer)


def texts(record: Record) -> list[str]:
    return [entry.words["text"] for entry in record.of("note")]


Steps = list[tuple[int, str]]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), max_size=9), st.randoms())
def test_whoever_writes_when_all_end_with_the_same_record(
    steps: Steps, luck: random.Random
) -> None:
    """Three pages write one entry; each sees the others now and then, in any order."""
    first = note("begin", "0")
    seen = [Record("2026-10").put([first]) for _page in range(3)]
    written = [first]
    for count, (who, action) in enumerate(steps):
        if action == "c":  # looks at what the others wrote
            seen[who] = seen[who].put(written)
            continue
        mine = seen[who].entries["one"].changed({"text": f"{who}.{count}"}, str(who + 1))
        seen[who] = seen[who].put([mine])
        written.append(mine)
    ends = []
    for _shuffle in range(3):
        luck.shuffle(written)
        ends.append(Record("2026-10").put(written + written[:2]))
    assert all(end.entries == ends[0].entries for end in ends)
    # What each page wrote last is there, unless somebody who had seen it wrote over it.
    last = {one.writer: one for one in sorted(written, key=lambda one: one.turn)}
    over = {one.after for one in last.values()}
    expected = {one.words["text"] for one in last.values() if one.stamp not in over}
    assert set(texts(ends[0])) == expected


def test_what_was_taken_out_is_gone_and_stays_in_the_pages() -> None:
    record = Record("2026-10").put([note("begin")])
    record = record.put([record.entries["one"].changed({}, "a", gone=True)])
    assert texts(record) == []
    assert len(record.versions["one"]) == 2


@pytest.mark.parametrize("text", STRANGE)
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    store.add(tmp_path / "2026-10", "2026-10", [note(text)], KEY.public)
    assert texts(store.open_record(tmp_path / "2026-10", KEY).record) == [text]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"[" * 50_000, b'{"format": 1}', page("2026-09", []), b'{"format": 99}',
     b'{"format":1,"record":"2026-10","entries":[{"kind":"spell"}]}',
     b'{"format":1,"record":"2026-10","entries":[{"kind":"note","words":{"text":1}}]}'],
)  # fmt: skip
def test_a_page_that_is_none_is_one_sentence(content: bytes) -> None:
    with pytest.raises(CopehopeError) as caught:
        read_page(content, "2026-10")
    assert "\n" not in str(caught.value)


def test_a_damaged_foreign_or_cut_page_never_hides_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "2026-10"
    store.add(folder, "2026-10", [note("kept")], KEY.public)
    whole = store.add(folder, "2026-10", [Entry("note", {"text": "cut"})], KEY.public)
    whole.write_bytes(whole.read_bytes()[:-9])
    store.add(folder, "2026-10", [note("foreign")], sealing.new_key().public)
    (folder / f"{'0' * 24}.age").write_bytes(b"nonsense")
    (folder / "remarks.age").write_bytes(b"not a page of ours")
    opened = store.open_record(folder, KEY)
    assert texts(opened.record) == ["kept"]
    assert len(opened.left_out) == 3


def test_a_wrong_key_or_record_is_one_sentence(tmp_path: Path) -> None:
    store.add(tmp_path / "2026-10", "2026-10", [note("x")], KEY.public)
    with pytest.raises(CopehopeError, match="not sealed to this key"):
        store.open_record(tmp_path / "2026-10", sealing.new_key())
    with pytest.raises(CopehopeError, match=r"no record 2026-11 .there are: 2026-10"):
        store.open_record(tmp_path / "2026-11", KEY)


def test_another_person_can_be_given_the_record_and_the_old_pages_stay(tmp_path: Path) -> None:
    folder, hers = tmp_path / "2026-10", sealing.new_key()
    store.add(folder, "2026-10", [note("x")], KEY.public)
    before = {path: path.read_bytes() for path in store.pages(folder)}
    store.reseal(folder, KEY, hers.public)
    assert texts(store.open_record(folder, hers).record) == ["x"]
    assert texts(store.open_record(folder, KEY).record) == ["x"]
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_full_disk_or_a_folder_for_reading_only_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2026-10").write_text("a file where the folder should be")
    with pytest.raises(CopehopeError, match="cannot be written"):
        store.add(tmp_path / "2026-10", "2026-10", [note("x")], KEY.public)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CopehopeError, match="cannot be written"):
        store.add(tmp_path / "2026-11", "2026-11", [note("x")], KEY.public)
    assert store.pages(tmp_path / "2026-11") == []


def test_a_clock_that_jumps_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.cycle([1e9, 0.0, 4e9])
    monkeypatch.setattr(time, "time", lambda: next(ticks))
    record = Record("2026-10").put([note("0")])
    folder = tmp_path / "2026-10"
    for turn in range(1, 6):
        entry = record.entries["one"].changed({"text": str(turn)}, "a")
        record = record.put([entry])
        path = store.add(folder, "2026-10", [entry], KEY.public)
        os.utime(path, (next(ticks), next(ticks)))
    assert texts(store.open_record(folder, KEY).record) == ["5"]


def test_what_a_server_laid_out_is_taken_in_and_given_out_and_nothing_is_overwritten(
    tmp_path: Path,
) -> None:
    outbox, kept, served = (tmp_path / name for name in ("outbox", "kept", "served"))
    for place, text in ((outbox, "laid out"), (kept, "there")):
        store.add(place / "2026-10", "2026-10", [Entry("note", {"text": text})], KEY.public)
    for _again in range(2):
        store.copy_new(outbox, kept, served)
    for place in (kept, served):
        opened = store.open_record(place / "2026-10", KEY)
        assert sorted(texts(opened.record)) == ["laid out", "there"]
        assert len(store.pages(place / "2026-10")) == 2
    assert store.pages(outbox / "2026-10") == []


def test_a_page_leaves_the_outbox_when_it_lies_in_the_workspace_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, kept, served = (tmp_path / name for name in ("outbox", "kept", "served"))
    path = store.add(outbox / "2026-10", "2026-10", [note("x")], KEY.public)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises((OSError, CopehopeError)):
            store.copy_new(outbox, kept, served)
    assert path.exists()
    store.copy_new(outbox, kept, served)
    assert not path.exists()
    assert texts(store.open_record(kept / "2026-10", KEY).record) == ["x"]
    # Delivered a second time, it appears once.
    path.write_bytes((kept / "2026-10" / path.name).read_bytes())
    store.copy_new(outbox, kept, served)
    assert not path.exists()
    assert len(store.pages(kept / "2026-10")) == 1


WRITER = """
import sys
from pathlib import Path
from copehope_lib.records import store
from copehope_lib.records.record import Entry
folder, key = Path(sys.argv[1]), sys.argv[2]
entry = Entry("note", {"text": "0"}, id="one", writer="w")
for turn in range(10**6):
    entry = entry.changed({"text": str(turn)}, "w")
    store.add(folder, "2026-10", [entry], [key])
    print(turn, flush=True)
"""


def test_a_writer_that_is_killed_200_times_loses_nothing_that_it_had_said_was_kept(
    tmp_path: Path,
) -> None:
    """Each at another moment of its writing; what it acknowledged can be read. 20 times by day."""
    rng = random.Random(5)  # noqa: S311
    kills, pause = 0, 0
    while kills < (200 if NIGHT else 20):
        folder = tmp_path / f"{kills}" / "2026-10"
        # A process takes a second to start, so that ten are started at once.
        some = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    WRITER,
                    folder.parent / str(n) / "2026-10",
                    KEY.public[0],
                ],
                stdout=subprocess.PIPE,
                text=True,
            )
            for n in range(10)
        ]
        for process in some:
            assert process.stdout is not None
            process.stdout.readline()
        time.sleep(rng.random() * 0.05)
        for process in some:
            process.send_signal(signal.SIGKILL)
        for n, process in enumerate(some):
            said = [line for line in process.communicate()[0].split("\n") if line]
            opened = store.open_record(folder.parent / str(n) / "2026-10", KEY)
            assert opened.left_out == []
            assert int(texts(opened.record)[0]) >= int(said[-1] if said else 0)
            pause += len(said)
        kills += len(some)
    assert pause > kills
