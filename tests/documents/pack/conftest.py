"""Packs of the demo team, written once: a browser takes seconds to start."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree  # our own files

import openpyxl
import pytest
from pypdf import PdfReader

from copehope_lib import demo, language
from copehope_lib.documents import chromium
from copehope_lib.documents.blocks import Picture
from copehope_lib.documents.pack import FORMATS, Pack, of_extract, write
from copehope_lib.extract import Extract


class Page(HTMLParser):
    """The words of a page, and every attribute that could ask for something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.hidden = 0
        self.silent = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.silent = tag == "style"
        self.addresses += [
            value or "" for name, value in attrs if re.search("href|src|action|data$", name)
        ]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.hidden += ("class", "ch-hidden") in attrs

    def handle_endtag(self, _tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


@cache
def of_html(content: bytes) -> str:
    return " ".join(Page(content.decode()).words)


@cache
def of_docx(content: bytes) -> str:
    book = zipfile.ZipFile(BytesIO(content))
    parts = ["word/document.xml", *(n for n in book.namelist() if n.startswith("word/footer"))]
    trees = [ElementTree.fromstring(book.read(part)) for part in parts]  # noqa: S314
    return " ".join(
        "".join(run.text or "" for run in node.iter() if run.tag.endswith("}t"))
        for tree in trees
        for node in tree.iter()
        if node.tag.endswith("}p")
    )


@cache
def of_xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    return " ".join(
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )


@cache
def of_pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


READERS: dict[str, Callable[[bytes], str]] = {
    "html": of_html,
    "pdf": of_pdf,
    "xlsx": of_xlsx,
    "docx": of_docx,
}


def solid(text: str) -> str:
    """A text without its blanks, which a printed line breaks as it needs."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pack_of(audience: str, code: str = "en") -> Pack:
    language.use(code)
    return of_extract(Extract(demo.workspace().extracts, audience))


@pytest.fixture(scope="session")
def team() -> Pack:
    return pack_of("team")


@pytest.fixture(scope="session")
def partner() -> Pack:
    return pack_of("partner")


@pytest.fixture(scope="session")
def written(team: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pack of the team in every format."""
    folder = tmp_path_factory.mktemp("packs")
    language.use("en")
    with pytest.MonkeyPatch.context() as patch:
        # A page and its print have the same pictures.
        drawn: dict[bool, list[Picture]] = {}

        def once(
            pictures: list[Picture], folder: Path, *, as_points: bool = False
        ) -> list[Picture]:
            if as_points not in drawn:
                drawn[as_points] = draw(pictures, folder, as_points=as_points)
            return drawn[as_points]

        draw = chromium.draw
        patch.setattr(chromium, "draw", once)
        made = {ending: write(team, ending, folder) for ending in FORMATS}
    assert list(Path(folder).iterdir()) == []
    return made


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The pack of a partner as a page, in Spanish."""
    pack = pack_of("partner", "es")
    return write(pack, "html", tmp_path_factory.mktemp("packs"))
