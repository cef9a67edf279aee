"""Serving a meeting that could not be kept says so first, and offers to make the key."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from copehope_lib.cli import begin, sealed
from copehope_lib.files import sealing
from copehope_lib.workspace import Workspace


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Public keys that the server was started with; of what was published it serves nothing."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setattr("copehope_lib.extract.Extract", lambda *_args: SimpleNamespace(months=[]))
    monkeypatch.setattr(
        "copehope_lib.server.launch.serve",
        lambda *_args, place, **_named: found.append(place.to),
    )
    return found


def test_it_is_said_before_the_address_and_nothing_is_asked_of_a_script(
    tmp_path: Path, served: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = Workspace.create(tmp_path / "team")
    begin._serve(workspace, "supervision", 8866, False)
    said = capsys.readouterr().err
    assert "nothing can be written on its pages" in said
    assert "copehope keys new" in said
    assert served == [()]


def test_for_groups_nothing_is_said(
    tmp_path: Path, served: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    begin._serve(Workspace.create(tmp_path / "team"), "team", 8866, False)
    assert capsys.readouterr().err == ""
    assert served == [()]


def test_the_key_that_is_made_is_named_in_the_settings_and_opens_what_is_sealed(
    tmp_path: Path, served: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.create(tmp_path / "team")
    before = tomllib.loads((workspace.path / "copehope.toml").read_text(encoding="utf-8"))
    out = tmp_path / "supervisor.txt"
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "confirm", lambda *_args, **_named: True)
    monkeypatch.setattr(typer, "prompt", lambda *_args, **_named: str(out))
    monkeypatch.setattr(sealed, "asked_twice", lambda: "five words")
    begin._serve(workspace, "supervision", 8866, False)
    after = tomllib.loads((workspace.path / "copehope.toml").read_text(encoding="utf-8"))
    (public,) = after["supervision"].pop("public_keys")
    assert before["supervision"].pop("public_keys") == []
    assert after == before
    key = sealing.read_key(out, lambda: "five words")
    assert sealing.open_sealed(sealing.seal(b"minutes", [public]), key) == b"minutes"
    assert served == [(public,)]
