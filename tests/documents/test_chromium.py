"""The browser that draws for a pack, where the temporary folder has a long path."""

import tempfile
from pathlib import Path

import pytest

from copehope_lib.documents import chromium


def test_a_page_is_printed_where_the_temporary_folder_has_a_long_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setenv("TMPDIR", str(long))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert chromium.as_pdf("<!doctype html><p>Here</p>", tmp_path).startswith(b"%PDF")
    assert not list(long.iterdir())
