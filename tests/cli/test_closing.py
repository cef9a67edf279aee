"""Closing a month on the command line: it asks first, and writes down what is handed out."""

import csv
import time
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

from copehope_lib.cli import terminal
from copehope_lib.workspace import Workspace
from tests.command import copehope


def months(workspace: Workspace) -> str:
    path = workspace.published / "months.json"
    return path.read_text() if path.exists() else ""


def test_a_month_is_looked_at_closed_and_taken_back(small: Workspace, tmp_path: Path) -> None:
    run = partial(copehope, cwd=tmp_path)
    draft = run("preview", small.path, "--month", "2026-10")
    assert draft.stdout.strip() == str(small.extracts / "2026-10" / "supervision")
    assert "2026-10" not in months(small)
    closed = run("publish", small.path, "--month", "2026-08")
    assert closed.returncode == 0, closed.stderr
    unsure = run("publish", small.path, "--month", "2026-10")
    assert unsure.returncode == 1
    assert unsure.stderr.splitlines()[-2:] == [
        "2026-09 was not closed: it can no longer be, and of 2026-10 no flow and no change will be "
        "told.",
        "Nothing was closed: add --yes if that is what you want.",
    ]
    assert "2026-10" not in months(small)
    assert run("publish", small.path, "--month", "2026-10", "--yes").returncode == 0
    assert "2026-10 is open again" in run("publish", small.path, "--undo").stdout
    assert "2026-10" not in months(small)


def test_what_is_handed_out_is_written_down_first_or_not_handed_out(
    published: Workspace, tmp_path: Path
) -> None:
    run = partial(copehope, cwd=tmp_path)
    packed = ("pack", published.path, "--audience", "team", "--format", "xlsx")
    assert run(*packed).returncode == 0
    book = published.published / "handed_out.csv"
    with book.open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["what"], row["audience"], row["months"]) == ("pack", "team", "2026-10")
    refused = run("publish", published.path, "--undo")
    assert "2026-10 was handed out" in refused.stderr
    withdrawn = run("withdraw", published.path, "--month", "2026-10")
    assert row["day"] in withdrawn.stdout
    assert not (published.extracts / "2026-10" / "team").exists()


@pytest.mark.parametrize("command", ["pack", "serve"])
def test_where_nothing_can_be_written_down_nothing_is_handed_out(
    published: Workspace, tmp_path: Path, command: str
) -> None:
    (published.published / "handed_out.csv").mkdir()
    more = ("--format", "xlsx") if command == "pack" else ("--no-browser",)
    refused = copehope(command, published.path, "--audience", "team", *more, cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith("what was there still is.")
    assert not list(published.path.glob("packs/*"))


def test_what_takes_longer_than_two_seconds_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_screen", Console(stderr=True))
    monkeypatch.setattr(terminal, "SLOW", 0.05)
    assert [*terminal.progress("At once")([1, 2])] == [1, 2]
    for _ in terminal.progress("Publishing")([1, 2]):
        time.sleep(0.1)
    assert capfd.readouterr() == ("", "Publishing …\n")
