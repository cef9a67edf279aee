"""Run the cells of a notebook in this process, and tell what can be read of them."""

import ast
import contextlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import plotly.graph_objects as go
from IPython.core.formatters import PlainTextFormatter

from copehope_lib.notebooks.run import TAG, UNKEPT

ROOT = Path(__file__).parent.parent.parent
READING = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLAIN = PlainTextFormatter()
# As a kernel shows tables, whatever terminal the tests run in.
WIDTHS = ("display.max_columns", 20, "display.width", 80)


def code_of(path: Path) -> list[nbformat.NotebookNode]:
    """The code cells of a notebook."""
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def tagged(cell: nbformat.NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def stored(path: Path) -> list[str]:
    """What can be read of each code cell, as the notebook was kept."""
    return [_read(cell) for cell in code_of(path)]


def _read(cell: nbformat.NotebookNode) -> str:
    parts = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    ]
    return "".join(parts).strip()


def run(path: Path, given: Mapping[str, str] | None = None) -> list[str]:
    """What can be read of each code cell when it is run now, with its parameters or others."""
    return list(told(path, given or {}))


def told(path: Path, given: Mapping[str, str]) -> Iterator[str]:
    """The same, cell by cell: whoever has seen enough runs no more of them."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in code_of(path):
        with pd.option_context(*WIDTHS):
            text = _run(cell.source, names)
        yield "" if tagged(cell, UNKEPT) else text
        if tagged(cell, TAG):
            names.update(given)


def differs(path: Path) -> bool:
    """Whether a notebook no longer says what it said."""
    return any(now != kept for now, kept in zip(told(path, {}), stored(path), strict=True))


def _run(source: str, names: dict[str, Any]) -> str:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307
    shown = "" if value is None or isinstance(value, go.Figure) else PLAIN(value)
    return (printed.getvalue() + shown).strip()
