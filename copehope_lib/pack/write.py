"""A pack as a page, as PDF, as a Word document, and as a workbook."""

from collections.abc import Callable
from pathlib import Path

from copehope_lib.pack import chromium
from copehope_lib.pack.chromium import Picture
from copehope_lib.pack.content import Pack
from copehope_lib.pack.page import as_html
from copehope_lib.pack.sheets import as_xlsx
from copehope_lib.pack.word import as_docx


def _html(pack: Pack, folder: Path) -> bytes:
    return as_html(pack, _pictures(pack, folder)).encode()


def _pdf(pack: Pack, folder: Path) -> bytes:
    return chromium.as_pdf(as_html(pack, _pictures(pack, folder)), folder)


def _docx(pack: Pack, folder: Path) -> bytes:
    return as_docx(pack, _pictures(pack, folder, as_points=True))


def _xlsx(pack: Pack, _folder: Path) -> bytes:
    return as_xlsx(pack)


def _pictures(pack: Pack, folder: Path, *, as_points: bool = False) -> dict[str, Picture]:
    figures = {card.name: card.figure for card in pack.cards if card.figure is not None}
    drawn = chromium.draw(list(figures.values()), folder, as_points=as_points)
    return dict(zip(figures, drawn, strict=True))


FORMATS: dict[str, Callable[[Pack, Path], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "docx": _docx,
}
"""How a pack is written, by the ending of the file; the folder is where drafts may lie."""
