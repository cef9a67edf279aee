"""The command ``copehope guard``: places and kinds, and never a word of the text."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from copehope_lib.cli import main
from copehope_lib.guard import find
from copehope_lib.language import LANGUAGES
from tests.guard.labelled import read

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command: its status, and what it says on either side."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["copehope", "guard", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_are_those_of_the_file(guard: Run, tmp_path: Path, end: str) -> None:
    file = tmp_path / "minutes.txt"
    lines = ["Nothing here", "", "👩🏽‍🦱 Ask Núria Bou (W-001)", "", "and 600 000 112 too"]
    file.write_bytes(end.join(lines).encode())
    status, out, err = guard(file, "--format", "json")
    assert (status, err) == (1, "")
    start = lines[2].index("Núria")
    assert json.loads(out) == [
        {"line": 3, "start": start, "end": start + 9, "kind": "name"},
        {"line": 3, "start": start + 11, "end": start + 16, "kind": "code"},
        {"line": 5, "start": 4, "end": 15, "kind": "phone"},
    ]


def test_every_place_leads_back_to_what_was_found(guard: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.txt"
    lines = [one.text for spoken in LANGUAGES for one in read(spoken)]
    file.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    text = "\n".join(lines)
    told = [lines[row["line"] - 1][row["start"] : row["end"]]
            for row in json.loads(guard(file, "--format", "json")[1])]  # fmt: skip
    assert told == [text[one.start : one.end] for one in find(text)]


@pytest.mark.parametrize("words", [(), ("--format", "json")])
def test_the_text_is_never_printed(guard: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "all.txt"
    sentences = [one for spoken in LANGUAGES for one in read(spoken) if one.marks]
    file.write_text("\n".join(one.text for one in sentences), encoding="utf-8")
    status, out, err = guard(file, *words)
    assert (status, err) == (1, "")
    pieces = {one.text[start:end] for one in sentences for start, end, _ in one.marks}
    assert not [piece for piece in pieces if len(piece) > 3 and piece in out]


def test_a_table_says_where_and_what(guard: Run, tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text("We saw Núria Bou\nborn 12/03/1998")
    status, out, _ = guard(file)
    assert status == 1
    rows = [line.split() for line in out.splitlines()]
    assert rows[1:] == [["1", "7", "16", "name"], ["2", "5", "15", "date", "of", "birth"]]


@pytest.mark.parametrize("content", ["", "W-7KQ4M paused and came back.\n"])
def test_a_text_about_nobody_ends_well(guard: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text(content)
    assert guard(file, "--format", "json") == (0, "[]\n", "")
    status, out, _ = guard(file)
    assert (status, out.count("\n")) == (0, 1)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00Amaka", b"Am\xe9lie", b"a\x00b"])
def test_what_is_no_text_is_refused_in_a_sentence(
    guard: Run, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(content)
    status, out, err = guard(file)
    assert (status, out) == (1, "")
    assert err == f"{file} is no text that can be read: save it as plain text, in UTF-8.\n"


def test_a_missing_file_is_said_in_a_sentence(guard: Run, tmp_path: Path) -> None:
    status, out, err = guard(tmp_path / "none.txt", "--format", "json")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert err.endswith(".\n")


def test_its_help_shows_an_example(guard: Run) -> None:
    status, out, _ = guard("--help")
    assert status == 0
    assert "Example: copehope guard" in out
