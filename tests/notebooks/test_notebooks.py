"""Notebooks stay thin: dashboards of three cells, reading notebooks without logic."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
DASHBOARDS = sorted((ROOT / "dashboards").glob("*.ipynb"))
READING = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_a_title_an_import_and_a_call(path: Path) -> None:
    title, imported, call = cells(path)
    assert title["cell_type"] == "markdown"
    assert source(title).startswith("# ")
    assert source(imported) == "from copehope_lib import pages"
    assert source(call) == f"pages.{path.stem}()"
    assert imported["outputs"] == call["outputs"] == []


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_a_reading_notebook_holds_no_logic(path: Path) -> None:
    for cell in cells(path):
        assert len(source(cell).splitlines()) <= 12
        if cell["cell_type"] == "code":
            assert "def " not in source(cell)
            assert cell["outputs"] or "import" in source(cell) or "=" in source(cell)


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_a_reading_notebook_names_no_folder_of_anyones_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for place in ("/home/", "/root/", "/Users/", "/tmp", "C:"):  # noqa: S108
        assert place not in text
