"""Every format says the same, can be read by another program, and asks nobody for anything."""

import re
import zipfile
from collections import Counter
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from copehope_lib import demo
from copehope_lib.documents import chromium
from copehope_lib.documents.blocks import Heading, Note, Picture, Section, Sentence, Table
from copehope_lib.documents.excel import as_xlsx
from copehope_lib.documents.html import as_html, look
from copehope_lib.documents.pack import FORMATS, Pack
from copehope_lib.documents.pack.write import in_sheets, on_paper
from copehope_lib.documents.word import as_docx
from copehope_lib.privacy.audience import TEAM

from .conftest import READERS, Page, solid


@pytest.mark.parametrize("ending", FORMATS)
def test_every_result_and_note_stands_in_every_format(
    ending: str, team: Pack, written: dict[str, bytes]
) -> None:
    text = solid(READERS[ending](written[ending]))
    sections = [*team.sections, *team.cards]
    said = [
        *(section.heading.text for section in sections),
        *(sentence.text for section in sections for sentence in section.of(Sentence)),
        *(note.text for note in team.notes),
        team.team, team.month, team.meant, *team.audience.badge,
    ]  # fmt: skip
    assert [words for words in said if solid(words) not in text] == []


@pytest.mark.parametrize("ending", FORMATS)
def test_every_cell_of_every_table_stands_in_every_format(
    ending: str, team: Pack, written: dict[str, bytes]
) -> None:
    text = solid(READERS[ending](written[ending]))
    for table in team.tables:
        cells = table.readable() if ending == "xlsx" else pd.DataFrame(table.words())
        words = {_told(cell) for column in cells for cell in cells[column]}
        assert [word for word in words if solid(word) not in text] == [], table.title


def _told(cell: object) -> str:
    """A cell as a workbook gives it back: it knows one kind of number, of some 16 digits."""
    return f"{cell:.16g}"[:16] if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("ending", FORMATS)
def test_nobody_of_the_registry_stands_in_any_format(
    ending: str, written: dict[str, bytes]
) -> None:
    text = READERS[ending](written[ending])
    tables = demo.workspace().tables()
    codes = set(tables.women["woman"]) | set(tables.goals["goal"])
    assert not codes & set(re.findall(r"[\w-]+", text))
    assert not re.search(r"\bW-\w+", text)
    assert str(demo.workspace().path).encode() not in written[ending]


def test_no_post_stands_in_a_pack_for_partners(sent: bytes) -> None:
    text = READERS["html"](sent)
    assert not set(demo.workspace().tables().professionals["professional"]) & set(
        re.findall(r"[\w-]+", text)
    )
    assert "Cómo estamos" not in [line.strip() for line in Page(sent.decode()).words[:40]]


def test_the_page_asks_nobody_for_anything_and_runs_nothing(
    written: dict[str, bytes], sent: bytes
) -> None:
    for content in (written["html"], sent):
        text = content.decode()
        page = Page(text)
        outside = r"https?:|//[a-z]|file:|@import|javascript"
        assert not re.search(outside, re.sub(r"base64,[\w+/=]+", "", text))
        inside = {a for a in page.addresses if not a.startswith("data:image/png;base64,")}
        assert all(address.startswith("#") for address in inside)
        assert {address[1:] for address in inside} <= set(page.ids)
        assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
        sources = re.findall(r"url\((?:&quot;|['\"])?(.{15})", text)
        assert [one for one in sources if not one.startswith(("#", "data:font/woff2"))] == []


def test_no_two_pictures_share_an_id(written: dict[str, bytes]) -> None:
    twice = [name for name, n in Counter(Page(written["html"].decode()).ids).items() if n > 1]
    assert twice == []


def test_every_figure_was_drawn(team: Pack, written: dict[str, bytes]) -> None:
    figures = [card for card in team.cards if card.of(Picture)]
    assert len(figures) > 20
    html = written["html"].decode()
    for card in figures:
        assert f'role="img" aria-labelledby="{card.heading.code}"' in html
    assert html.count('<div class="picture"') == len(figures)
    pictures = [
        name
        for name in zipfile.ZipFile(BytesIO(written["docx"])).namelist()
        if name.endswith(".png")
    ]
    assert len(pictures) == len(figures)


def test_pictures_are_drawn_in_the_typeface_and_colours_of_the_pages(
    written: dict[str, bytes],
) -> None:
    assert b"AtkinsonHyperlegible" in written["pdf"]
    book = zipfile.ZipFile(BytesIO(written["docx"]))
    for name in book.namelist():
        if name.endswith(".png"):
            image = Image.open(BytesIO(book.read(name))).convert("RGB")
            assert image.width == chromium.POINTS * chromium.WIDTH
            assert image.getcolors(5) is None, name  # there are more


def test_pictures_in_a_document_are_described(team: Pack, written: dict[str, bytes]) -> None:
    xml = zipfile.ZipFile(BytesIO(written["docx"])).read("word/document.xml").decode()
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', xml)
    assert len(described) == sum(len(card.of(Picture)) for card in team.cards)


def test_each_printed_page_says_what_it_is(team: Pack, written: dict[str, bytes]) -> None:
    pdf = PdfReader(BytesIO(written["pdf"]))
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{team.team} · {team.month}"
    cover, *rest = (page.extract_text() for page in pdf.pages)
    assert solid(team.source) not in solid(cover)
    assert all(solid(team.source) in solid(page) for page in rest)
    # No page is left with nothing but its foot.
    assert [page for page in rest if len(solid(page)) < len(solid(team.source)) + 60] == []
    boxes = {(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages}
    assert boxes == {(595, 842)} or boxes == {(596, 842)}
    assert b"/URI" not in written["pdf"]


def test_the_workbook_has_a_sheet_for_each_section_and_says_where_from(
    team: Pack, written: dict[str, bytes]
) -> None:
    book = openpyxl.load_workbook(BytesIO(written["xlsx"]))
    assert book.sheetnames[1:] == [section.heading.text for section in team.sections]
    for sheet, section in zip(book.worksheets[1:], team.sections, strict=True):
        first = [row[0] for row in sheet.iter_rows(values_only=True)]
        assert first.count(team.source) == len(section.of(Section))


def test_what_is_hidden_is_a_word_in_every_format(team: Pack, written: dict[str, bytes]) -> None:
    hidden = sum(row.count("hidden") for table in team.tables for row in table.words())
    assert hidden > 50
    assert Page(written["html"].decode()).hidden == hidden
    book = openpyxl.load_workbook(BytesIO(written["xlsx"]))
    cells = [c for s in book for row in s.iter_rows(values_only=True) for c in row]
    assert cells.count("hidden") == hidden


NASTY = '=cmd()"</style><script>x</script>&\\'


def nasty() -> Pack:
    """What a team may write into its settings, and a table might hold."""
    frame = pd.DataFrame({"text": ["=1+1", "@now", "+2", "-3", "http://x.y", "\x0b<b>"]})
    said = [Sentence(NASTY, style="why"), Table(frame, {"text": "=HEAD()"}), Sentence(NASTY, NASTY)]
    card = Section(Heading(NASTY, "c"), said, "card")
    section = Section(Heading("[What] is: it? " * 4, "s"), [Sentence(NASTY, style="lead"), card])
    note = Note(NASTY, NASTY)
    return Pack(NASTY, "October 2026", TEAM, "en", NASTY, (section,), (note,))


def test_no_cell_of_the_workbook_is_a_formula_or_an_address() -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx(in_sheets(nasty()))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"=1+1", "@now", NASTY, "=HEAD()"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.value is None for cell in cells if cell.data_type == "n")
    assert not any(cell.hyperlink for cell in cells)


def test_no_text_is_taken_for_markup_or_style() -> None:
    html = as_html(on_paper(nasty(), {}), look("pack"))
    assert html.count("</style>") == 1
    assert "<script" not in html
    assert "script" not in Page(html).tags
    assert NASTY in READERS["html"](html.encode())


def test_a_document_holds_any_text() -> None:
    assert NASTY in READERS["docx"](as_docx(on_paper(nasty(), {})))


def free(page: PageObject) -> float:
    """Return the share of a page's height, above its foot, that stays empty at the end."""
    lines: list[float] = []

    def hear(text: str, at: list[float], of: list[float], _font: object, _size: float) -> None:
        if text.strip():
            lines.append(of[4] * at[1] + of[5] * at[3] + at[5])

    page.extract_text(visitor_text=hear)
    foot = 20 * 72 / 25.4
    return (min(line for line in lines if line > foot) - foot) / (page.mediabox.height - foot)


def test_no_printed_page_but_the_last_is_more_than_half_empty(
    written: dict[str, bytes],
) -> None:
    _cover, *pages, _last = PdfReader(BytesIO(written["pdf"])).pages
    shares = [round(float(free(page)), 2) for page in pages]
    print(len(pages) + 2, shares)
    assert max(shares) <= 0.5
