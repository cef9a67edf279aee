"""Word documents in one look: the pack and the minutes are of one house."""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as Grid

from copehope_lib.theme import tokens

FAMILY = "Calibri"
"""On nearly every machine, unlike the typeface of the pages, which Word cannot carry along."""
WIDTH = Cm(17)
"""Of the text, and of a picture."""
LETTER = Pt(5)
"""Width of a letter in a table, more or less."""
SHORT = 34
"""Letters after which a cell of a table breaks its text."""


def begun(title: str, language: str) -> Doc:
    """Return an empty document in the look of the house.

    Examples
    --------
    >>> begun("Minutes", "it").core_properties.title
    'Minutes'
    """
    document = Document()
    _styles(document, language)
    document.core_properties.title = worded(title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = language
    return document


def _styles(document: Doc, language: str) -> None:
    sizes = {
        "Normal": (11, tokens.INK),
        "Title": (40, tokens.DEEP),
        "Subtitle": (13, tokens.SOFT_INK),
        "Heading 1": (22, tokens.DEEP),
        "Heading 2": (13, tokens.INK),
        "Heading 3": (10, tokens.INK),
        "Footer": (8, tokens.SOFT_INK),
    }
    for name, (size, hue) in sizes.items():
        font = document.styles[name].font
        font.name, font.size, font.italic = FAMILY, Pt(size), False
        font.color.rgb = colour(hue)
        fonts = document.styles[name].element.rPr.rFonts
        for wide in document.styles[name].element.rPr.findall(qn("w:spacing")):
            wide.getparent().remove(wide)
        # A theme's typeface would win over the one that is named.
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for kind in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FAMILY)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    document.styles["Normal"].element.get_or_add_rPr().append(spoken)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    title = document.styles["Title"].element.pPr
    for line in title.findall(qn("w:pBdr")):
        title.remove(line)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)


def colour(hex_: str) -> RGBColor:
    """Return a colour of the tokens as Word takes it.

    Examples
    --------
    >>> str(colour("#1f6f78"))
    '1F6F78'
    """
    return RGBColor.from_string(hex_.lstrip("#").upper())


def add_table(document: Doc, rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    """Add a table, whose first row are its headings.

    Parameters
    ----------
    document : docx.document.Document
        It is added at its end.
    rows : sequence of sequence of str
        Words of each cell.
    right : sequence of bool
        Which columns are numbers, and stand at the right.

    Examples
    --------
    >>> document = begun("Minutes", "en")
    >>> add_table(document, [["Women", "n"], ["All", "46"]], [False, True])
    >>> document.tables[0].cell(1, 1).text
    '46'
    """
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    grid.autofit = False
    widths = _widths(rows)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for at, (row, words) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text, number, width in zip(row.cells, words, right, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
            run = paragraph.add_run(worded(text))
            run.font.size = Pt(8.5)
            run.font.color.rgb = colour(tokens.INK if at else tokens.SOFT_INK)
    _ruled(grid)
    document.add_paragraph()


def _widths(rows: Sequence[Sequence[str]]) -> list[Length]:
    """Return how wide each column is: as its texts need, and never less than a word."""
    columns = list(zip(*rows, strict=True))
    wanted = [min(SHORT, max(map(len, cells)) + 3) for cells in columns]
    least = [
        max(len(word) for text in cells for word in text.split() or [""]) + 3 for cells in columns
    ]
    spare = WIDTH // LETTER - sum(least)
    more = [max(0, want - word) for want, word in zip(wanted, least, strict=True)]
    share = min(1.0, max(0, spare) / max(1, sum(more)))
    return [Length(int((word + share * m) * LETTER)) for word, m in zip(least, more, strict=True)]


def _ruled(grid: Grid) -> None:
    """Draw a thin line under each row, and have the headings stand on each page."""
    borders = OxmlElement("w:tblBorders")
    for side in ("w:bottom", "w:insideH"):
        line = OxmlElement(side)
        for key, value in (("val", "single"), ("sz", "4"), ("color", tokens.LINE.lstrip("#"))):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)
    for at, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))


def worded(text: str) -> str:
    r"""Return a text that a Word document can hold.

    Examples
    --------
    >>> worded("a\x00b")
    'ab'
    """
    clean = "".join(c for c in text if ord(c) >= 32 or c in "\t\n")
    return clean.encode("utf-8", "ignore").decode("utf-8")
