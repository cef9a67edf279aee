"""Documents for Word, in one look, for those who will write into them."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import docx
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor

from copehope_lib.documents import blocks
from copehope_lib.documents.blocks import clean
from copehope_lib.theme import tokens

# On nearly every machine, unlike the typeface of the pages, which Word cannot carry along.
FAMILY = "Calibri"
# Of the text, and of a picture.
WIDTH = Cm(17)
# Width of a letter in a table, more or less, and letters after which a cell breaks its text.
LETTER, SHORT = Pt(5), 34

# Size in points, colour and place of Word's own styles, and of ours, in small letters.
STYLES: dict[str, tuple[float, str, dict[str, object]]] = {
    "Normal": (11, tokens.INK, {}),
    "Title": (40, tokens.DEEP, {}),
    "Heading 1": (22, tokens.DEEP, {}),
    "Heading 2": (13, tokens.INK, {"space_before": Pt(14)}),
    "Heading 3": (10, tokens.INK, {}),
    "Footer": (8, tokens.SOFT_INK, {}),
    "kind": (13, tokens.SOFT_INK, {"space_before": Pt(120), "space_after": Pt(24)}),
    "team": (20, tokens.INK, {"space_after": Pt(60)}),
    "for": (11, tokens.INK, {}),
    "lead": (13, tokens.SOFT_INK, {}),
    "why": (9.5, tokens.SOFT_INK, {"keep_with_next": True}),
    "picture": (11, tokens.INK, {"keep_with_next": True}),
    "unsaid": (9.5, tokens.SOFT_INK, {}),
    "cell": (8.5, tokens.INK, {"space_after": Pt(0)}),
    "column": (8.5, tokens.SOFT_INK, {"space_after": Pt(0)}),
}
# A thin line under each row of a table.
LINES = (
    f"<w:tblBorders {nsdecls('w')}>"
    f'<w:bottom w:val="single" w:sz="4" w:color="{tokens.LINE[1:]}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{tokens.LINE[1:]}"/></w:tblBorders>'
)


def as_docx(document: blocks.Document, level: int = 1) -> bytes:
    """Return a document as Word opens it; from ``level`` 2 on it is small enough for one page.

    Examples
    --------
    >>> as_docx(blocks.Document("Minutes", "it", [blocks.Heading("Verbale")]))[:2]
    b'PK'
    """
    file = docx.Document()
    about = file.core_properties
    about.title, about.author, about.comments = clean(document.title), "", ""
    about.language = document.language
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    _styles(file, document.language)
    if level > 1:
        close = file.styles["Normal"].paragraph_format
        close.space_after, close.line_spacing = Pt(3), 1.0
    _add(file, document.cover)
    if document.cover:
        _foot(file, document.foot)
    _add(file, document.blocks, level, new_page=bool(document.cover))
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def _styles(file: Doc, language: str) -> None:
    styles = file.styles
    for spoken in styles.element.xpath("//w:lang"):
        spoken.set(qn("w:val"), language)
    for name, (size, colour, place) in STYLES.items():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        style = styles[name]
        style.font.name, style.font.size, style.font.italic = FAMILY, Pt(size), False
        style.font.color.rgb = _colour(colour)
        for aspect, value in place.items():
            setattr(style.paragraph_format, aspect, value)
        # A theme's typeface would win over the one that is named.
        fonts = style.element.rPr.rFonts
        fonts.attrib.clear()
        for letters in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(letters), FAMILY)
        for odd in style.element.xpath("w:rPr/w:spacing | w:pPr/w:pBdr"):
            odd.getparent().remove(odd)


def _colour(token: str) -> RGBColor:
    return RGBColor.from_string(token[1:].upper())


def _foot(file: Doc, foot: str) -> None:
    """Say at the foot of each page but the cover what it is: a page alone still knows its rule."""
    footer = file.add_section(WD_SECTION.CONTINUOUS).footer
    footer.is_linked_to_previous = False
    footer.paragraphs[0].add_run(clean(f"{foot} · "))
    # Word works out the number of the page.
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer.paragraphs[0]._p.append(number)


def _add(
    file: Doc, content: Iterable[blocks.Block], level: int = 1, *, new_page: bool = False
) -> None:
    """Add blocks at the end; ``level`` is the one of the headings among them."""
    for block in content:
        match block:
            case blocks.Heading():
                file.add_heading(clean(block.text), level - 1)
            case blocks.Sentence():
                _sentence(file, block)
            case blocks.Note():
                file.add_heading(clean(block.lead), 2)
                file.add_paragraph(clean(block.text))
            case blocks.Picture():
                place = file.add_paragraph(style="picture")
                shown = place.add_run().add_picture(BytesIO(block.png), width=WIDTH)
                # What stands for the picture where it is not seen.
                shown._inline.docPr.set("descr", clean(block.heading.text))
            case blocks.Table():
                if block.title:
                    file.add_heading(clean(_titled(block.title)), 3)
                _table(file, block)
            case blocks.Section():
                heading = file.add_heading(clean(block.heading.text), level)
                if new_page or block.style == "tables":
                    heading.paragraph_format.page_break_before = True
                new_page = False
                _add(file, block.blocks, level + 1)


def _titled(title: blocks.Heading) -> str:
    return f"{title.link[1]} · {title.text}" if title.link else title.text


def _sentence(file: Doc, sentence: blocks.Sentence) -> None:
    paragraph = file.add_paragraph(style=sentence.style or "Normal")
    if sentence.lead:
        lead = paragraph.add_run(clean(f"{sentence.lead} "))
        lead.bold = True
        if not sentence.style:
            lead.font.color.rgb = _colour(tokens.ACCENT)
    words = [sentence.text, sentence.link[1] if sentence.link else ""]
    paragraph.add_run(clean(" ".join(filter(None, words))))


def _table(file: Doc, table: blocks.Table) -> None:
    rows = [list(table.headings.values()), *table.words()]
    widths = _widths(rows)
    grid = file.add_table(rows=len(rows), cols=len(rows[0]))
    grid.autofit = False
    grid._tbl.tblPr.append(parse_xml(LINES))
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for at, (row, words) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text, number, width in zip(row.cells, words, table.numbers, widths, strict=True):
            cell.text, cell.width = clean(text), width
            paragraph = cell.paragraphs[0]
            paragraph.style = "cell" if at else "column"
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
        # No row is broken, and the headings stand on each page.
        for rule in ["w:cantSplit"] if at else ["w:cantSplit", "w:tblHeader"]:
            row._tr.get_or_add_trPr().append(OxmlElement(rule))
    file.add_paragraph()


def _widths(rows: Sequence[Sequence[str]]) -> list[Length]:
    """Return how wide each column is: as its texts need, and never less than a word."""
    columns = list(zip(*rows, strict=True))
    wanted = [min(SHORT, max(map(len, cells)) + 3) for cells in columns]
    least = [max(len(word) for word in " ".join(cells).split() or [""]) + 3 for cells in columns]
    spare = WIDTH // LETTER - sum(least)
    more = [max(0, want - word) for want, word in zip(wanted, least, strict=True)]
    share = min(1.0, max(0, spare) / max(1, sum(more)))
    return [Length(int((word + share * m) * LETTER)) for word, m in zip(least, more, strict=True)]
