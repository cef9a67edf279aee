"""Sockets have short paths: where temporary folders may hold them."""

import socket
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from copehope_lib.files import short

SHORT = Path("/var/tmp").resolve()  # noqa: S108


def test_the_usual_place_is_taken_where_it_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short.tempfile, "gettempdir", lambda: str(SHORT))
    assert short.place() == str(SHORT)


def test_where_it_is_long_another_one_is_taken_in_which_a_socket_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr(short.tempfile, "gettempdir", lambda: str(long))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    place = short.place()
    assert place == str(Path("/tmp").resolve())  # noqa: S108
    # As long as what Jupyter writes: its own folder, the number of a kernel, that of a socket.
    name = f"voila_abcdefgh/kernel-{'0' * 36}-ipc-5"
    with (
        TemporaryDirectory(prefix="copehope-", dir=place) as folder,
        socket.socket(socket.AF_UNIX) as made,
    ):
        path = Path(folder) / name
        path.parent.mkdir()
        made.bind(str(path))
        assert len(str(path)) <= 103


def test_where_all_are_long_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr(short, "_places", lambda: [str(long), "/nowhere"])
    assert short.place() is None
