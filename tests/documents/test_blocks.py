"""Blocks: what somebody wrote stands as it is, and each writer writes every block that it has."""

from io import BytesIO

import docx
import openpyxl
import plotly.graph_objects as go
import pytest

from copehope_lib.documents.blocks import (
    Document,
    Heading,
    Note,
    Picture,
    Section,
    Sentence,
    Table,
)
from copehope_lib.documents.excel import as_xlsx
from copehope_lib.documents.html import as_html, look, table
from copehope_lib.documents.markdown import as_markdown
from copehope_lib.documents.word import as_docx

POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
"""A picture of one point, as PNG."""


@pytest.mark.parametrize("word", ["all", "not_here", "hidden", "", "nan", "None", "3"])
def test_a_word_that_somebody_wrote_is_no_code(word: str) -> None:
    written = Table.of_words(["Decision", "Who"], [[word, "P-01"]])
    assert written.words() == [[word, "P-01"]]
    assert written.readable()["Decision"].tolist() == [word]
    assert written.numbers == [False, False]
    page = table(written)
    assert f'<td data-label="Decision">{word}</td>' in page
    assert "ch-hidden" not in page


def test_two_columns_may_have_one_heading() -> None:
    written = Table.of_words(["Of", "Of"], [["1", "2"]])
    assert written.words() == [["1", "2"]]
    assert list(written.headings.values()) == ["Of", "Of"]


def whole() -> Document:
    """A document with a block of each kind."""
    heading = Heading("Six women paused.", "card")
    card = Section(
        heading,
        [
            Sentence("How to read it.", style="why"),
            Picture(heading, go.Figure(), svg="<svg></svg>", png=POINT),
            Table.of_words(["Pattern"], [["Paused"]]),
            Sentence("Why she paused.", "Unsaid:", "unsaid", ("card", "Table 1")),
        ],
    )
    notes = Section(Heading("Notes", "notes"), [Note("Origin", "From an extract.")])
    cover = [Heading("October"), Sentence("For us.", "Team", style="for")]
    section = Section(Heading("Engagement", "engagement"), [card])
    return Document("Pack", "en", [section, notes], cover, "Team · October")


SAID = [
    "Engagement",
    "Six women paused.",
    "How to read it.",
    "Pattern",
    "Paused",
    "Unsaid:",
    "Why she paused.",
    "Notes",
    "Origin",
    "From an extract.",
    "Team",
    "For us.",
]


def test_each_writer_writes_every_block_in_its_order() -> None:
    page = as_html(whole(), look("pack"))
    word = docx.Document(BytesIO(as_docx(whole())))
    cells = [cell.text for grid in word.tables for row in grid.rows for cell in row.cells]
    book = openpyxl.load_workbook(BytesIO(as_xlsx(whole())))
    texts = {
        "html": page.partition("<main>")[2] + page.partition("<main>")[0],
        "word": "\n".join([*(one.text for one in word.paragraphs), *cells]),
        "markdown": as_markdown(whole()).replace("\\", ""),
        "excel": "\n".join(
            str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None
        ),
    }
    for name, text in texts.items():
        assert [said for said in SAID if said not in text] == [], name
    for name in ("html", "markdown"):
        places = [texts[name].index(said) for said in SAID[:10]]
        assert places == sorted(places), name
    assert 'aria-labelledby="card"' in page
    assert "Team · October" in texts["excel"]
