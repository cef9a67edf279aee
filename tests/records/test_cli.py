"""Records on the command line: list, show, export, another key."""

from pathlib import Path

import pandas as pd
import pytest
import tomlkit

from copehope_lib.cli import main
from copehope_lib.files import sealing
from copehope_lib.privacy.actions import actions
from copehope_lib.records import store
from copehope_lib.records.actions import code_of
from copehope_lib.records.record import Entry
from copehope_lib.schema import TABLES
from copehope_lib.workspace import Workspace


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_bytes(sealing.new_key().as_file())
    return path


def public(path: Path) -> tuple[str, ...]:
    return sealing.read_key(path, lambda: "").public


@pytest.fixture
def meeting(small: Workspace, key: Path) -> Workspace:
    """A team of two women whose meeting decided two things."""
    entries = [
        Entry("step", {"held_on": "2026-11-03"}, id="steps"),
        Entry("note", {"step": "arrive", "text": "Amaka Obi was named."}),
        Entry("decision", {"step": "closing", "text": "=Rest", "owner": "P-01",
                           "due_on": "2026-12-01", "dimension": "professionals"}, id="a"),
        Entry("decision", {"step": "closing", "text": "Ask"}, id="b"),
    ]  # fmt: skip
    store.add(small.records / "2026-10", "2026-10", entries, public(key))
    return small


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["copehope", "records", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


Captured = pytest.CaptureFixture[str]


def test_a_record_is_listed_and_shown_without_a_name(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert run(monkeypatch, "list", meeting.path) == 0
    assert capsys.readouterr().out == "2026-10: 1 sealed page\n"
    assert run(monkeypatch, "show", meeting.path, "2026-10", "--key", key) == 0
    said = capsys.readouterr().out
    assert "was named" in said
    assert "Amaka" not in said


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_minutes_are_written_once_and_never_over_another_file(
    meeting: Workspace, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    out = tmp_path / f"minutes.{ending}"
    words = ("export", meeting.path, "2026-10", "--key", key, "--format", ending, "--out", out)
    assert run(monkeypatch, *words) == 0
    before = out.read_bytes()
    assert before
    assert run(monkeypatch, *words) == 1
    assert out.read_bytes() == before


def test_what_was_decided_and_done_goes_into_the_table_of_actions_once(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    path = meeting.registry / "actions.csv"
    before, first = path.read_bytes(), meeting.tables().actions
    assert run(monkeypatch, "actions", meeting.path, "--key", key) == 0
    said = capsys.readouterr()
    assert "1 more action;" in said.out
    assert "1 decision is left out" in said.err
    assert (meeting.path / "earlier" / "actions-1.csv").read_bytes() == before
    after = meeting.tables()
    assert not after.errors
    assert set(first["action"]) < set(after.actions["action"])
    new = after.actions[~after.actions["action"].isin(first["action"])].iloc[0]
    assert new["decided_on"] == pd.Timestamp("2026-11-03")
    assert new["owner"] == "P-01"
    assert new["text"].endswith("=Rest")
    written = path.read_bytes()
    assert run(monkeypatch, "actions", meeting.path, "--key", key) == 0
    assert "everything" in capsys.readouterr().out
    assert path.read_bytes() == written


def test_a_decision_that_a_later_meeting_found_done_is_done_in_the_next_extract(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = store.open_record(meeting.records / "2026-10", sealing.read_key(key, lambda: ""))
    code = code_of("2026-10", rest.record.entries["a"])
    november = pd.Period("2026-11", "M")
    assert run(monkeypatch, "actions", meeting.path, "--key", key) == 0
    told = actions(meeting.tables(), november).set_index("action")["state"]
    assert told[code] == "open"
    ticked = [Entry("done", {"action": code, "done_on": "2026-11-20"}, f"done.{code}")]
    store.add(meeting.records / "2026-11", "2026-11", ticked, public(key))
    assert run(monkeypatch, "actions", meeting.path, "--key", key) == 0
    told = actions(meeting.tables(), november).set_index("action")["state"]
    assert told[code] == "done"


def test_a_decision_that_names_somebody_does_not_become_an_action(
    meeting: Workspace, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:  # fmt: skip
    texts = {"Call Amaka Obi on 600 11 22 33": "", "Call Amaka Obi": "Amaka Obi",
             "Learn with Google Classroom": ""}  # fmt: skip
    named = [
        Entry("decision", {"text": text, "kept": kept, "owner": "P-01",
                           "dimension": "professionals"})
        for text, kept in texts.items()
    ]  # fmt: skip
    store.add(meeting.records / "2026-10", "2026-10", named, public(key))
    out = tmp_path / "actions.csv"
    assert run(monkeypatch, "actions", meeting.path, "--key", key, "--out", out) == 0
    said = capsys.readouterr()
    assert "4 decisions are left out" in said.err
    assert "Amaka" not in said.err + said.out + out.read_text()
    rows = pd.read_csv(out, dtype=str, keep_default_na=False)
    assert list(rows) == list(TABLES["actions"].columns)
    assert rows["text"].tolist() == ["'=Rest"]


def test_a_record_that_another_key_opens_is_said_and_the_others_are_taken(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    hers = sealing.new_key()
    closed = [Entry("decision", {"text": "Rest"})]
    store.add(meeting.records / "2026-08", "2026-08", closed, hers.public)
    assert run(monkeypatch, "actions", meeting.path, "--key", key) == 0
    said = capsys.readouterr()
    assert "2026-08: " in said.err
    assert "1 more action;" in said.out
    other = key.with_name("other.txt")
    other.write_bytes(sealing.new_key().as_file())
    assert run(monkeypatch, "actions", meeting.path, "--key", other) == 1


def test_a_workbook_of_the_team_is_left_alone(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    csv = meeting.registry / "actions.csv"
    book = csv.with_suffix(".xlsx")
    pd.read_csv(csv).to_excel(book, sheet_name="actions", index=False)
    csv.unlink()
    before = book.read_bytes()
    assert run(monkeypatch, "actions", meeting.path, "--key", key) == 1
    said = capsys.readouterr().err
    assert "actions.xlsx, which the workbench does not write" in said
    assert book.read_bytes() == before
    assert not (meeting.path / "earlier").exists()


def test_a_record_is_sealed_to_the_keys_that_the_settings_name_now(
    meeting: Workspace, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = tmp_path / "hers.txt"
    hers.write_bytes(sealing.new_key().as_file())
    path = meeting.path / "copehope.toml"
    settings = tomlkit.parse(path.read_text(encoding="utf-8"))
    settings["supervision"]["public_keys"] = list(public(hers))  # type: ignore[index]
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    assert run(monkeypatch, "show", meeting.path, "2026-10", "--key", hers) == 1
    assert run(monkeypatch, "reseal", meeting.path, "2026-10", "--key", key) == 0
    assert run(monkeypatch, "show", meeting.path, "2026-10", "--key", hers) == 0


def test_records_are_put_together_one_by_one_or_all_and_once(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    for name in ("2026-09", "2026-09", "2026-10"):
        store.add(meeting.records / name, name, [Entry("note", {"text": "Rest"})], public(key))
    closed = [Entry("note", {"text": "Rest"})]
    store.add(meeting.records / "2026-08", "2026-08", closed, sealing.new_key().public)
    assert run(monkeypatch, "show", meeting.path, "2026-10", "--key", key) == 0
    shown = capsys.readouterr().out
    settings = meeting.path / "copehope.toml"
    assert run(monkeypatch, "compact", meeting.path, "2026-10", "--key", key) == 1
    assert "does not name this key" in capsys.readouterr().err
    written = tomlkit.parse(settings.read_text(encoding="utf-8"))
    written["supervision"]["public_keys"] = list(public(key))  # type: ignore[index]
    settings.write_text(tomlkit.dumps(written), encoding="utf-8")
    assert run(monkeypatch, "compact", meeting.path, "2026-10", "--key", key) == 0
    assert capsys.readouterr().out == (
        "2026-10: one page holds what 2 pages held; those are in its folder earlier.\n"
    )
    assert len(store.pages(meeting.records / "2026-10" / "earlier")) == 2
    assert run(monkeypatch, "compact", meeting.path, "--key", key) == 0
    said = capsys.readouterr()
    assert "2026-09: one page holds what 2 pages held" in said.out
    assert "2026-10: there is one page" in said.out
    assert said.err.startswith("2026-08: ")
    assert run(monkeypatch, "show", meeting.path, "2026-10", "--key", key) == 0
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize("name", ["2026-09", "nonsense", "../registry"])
def test_a_record_that_is_not_there_is_one_sentence(
    meeting: Workspace, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, name: str
) -> None:
    assert run(monkeypatch, "show", meeting.path, name, "--key", key) == 1
    assert capsys.readouterr().err.count("\n") == 1
