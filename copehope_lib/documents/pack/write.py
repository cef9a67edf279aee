"""A pack as a page, as PDF, as a Word document, and as a workbook."""

from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go

from copehope_lib.documents.pack import chromium
from copehope_lib.documents.pack.content import Pack
from copehope_lib.documents.pack.page import as_html
from copehope_lib.documents.pack.sheets import as_xlsx
from copehope_lib.documents.pack.word import as_docx


def _html(pack: Pack, folder: Path) -> bytes:
    return _page(pack, folder).encode()


def _pdf(pack: Pack, folder: Path) -> bytes:
    return chromium.as_pdf(_page(pack, folder), folder)


def _page(pack: Pack, folder: Path) -> str:
    figures = _figures(pack)
    half = {card.name for card in pack.cards if card.half}
    widths = [chromium.HALF if name in half else chromium.WIDTH for name in figures]
    drawn = chromium.draw(list(figures.values()), folder, widths=widths)
    return as_html(pack, dict(zip(figures, drawn, strict=True)))


def _docx(pack: Pack, folder: Path) -> bytes:
    figures = _figures(pack)
    drawn = chromium.draw(list(figures.values()), folder, as_points=True)
    return as_docx(pack, dict(zip(figures, drawn, strict=True)))


def _xlsx(pack: Pack, _folder: Path) -> bytes:
    return as_xlsx(pack)


def _figures(pack: Pack) -> dict[str, go.Figure]:
    return {card.name: card.figure for card in pack.cards if card.figure is not None}


FORMATS: dict[str, Callable[[Pack, Path], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "docx": _docx,
}
"""How a pack is written, by the ending of the file; the folder is where drafts may lie."""
