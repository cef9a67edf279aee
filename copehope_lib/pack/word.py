"""A pack as a Word document, for those who will write into it."""

from collections.abc import Mapping
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph

from copehope_lib.language import gettext as _
from copehope_lib.pack.chromium import Picture
from copehope_lib.pack.content import Card, Pack
from copehope_lib.theme import tokens
from copehope_lib.widgets.table import Table

FAMILY = "Calibri"
"""On nearly every machine, unlike the typeface of the pages, which Word cannot carry along."""
WIDTH = Cm(17)
"""Of the text, and of a picture."""
LETTER = Pt(5)
"""Width of a letter in a table, more or less."""
SHORT = 34
"""Letters after which a cell of a table breaks its text."""


def as_docx(pack: Pack, pictures: Mapping[str, Picture]) -> bytes:
    """Return a pack as a Word document; parameters as for :func:`page.as_html`.

    Examples
    --------
    >>> from copehope_lib.pack import Pack
    >>> from copehope_lib.privacy.audience import TEAM
    >>> as_docx(Pack("Team", "October 2026", TEAM, "en", "For us.", (), ()), {})[:2]
    b'PK'
    """
    document = Document()
    _styles(document, pack.language)
    document.core_properties.title = _worded(f"{pack.team} · {pack.month}")
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = pack.language
    _cover(document, pack)
    _foot(document, pack.source)
    numbers = {card.name: at for at, (card, _table) in enumerate(pack.tables, start=1)}
    for section in pack.sections:
        document.add_heading(section.title, 1)
        document.add_paragraph(section.lead, style="Subtitle")
        for card in section.cards:
            _card(document, card, pictures.get(card.name), numbers.get(card.name))
    document.add_heading(_("How it was made"), 1)
    for note in pack.notes:
        document.add_heading(note.lead, 2)
        document.add_paragraph(_worded(note.text))
    document.add_heading(_("The tables"), 1)
    for number, (card, table) in enumerate(pack.tables, start=1):
        title = f"{_('Table {n}').format(n=number)} · {card.heading}"
        document.add_heading(_worded(title), 3)
        _add_table(document, table)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _styles(document: Doc, language: str) -> None:
    sizes = {
        "Normal": (11, tokens.INK), "Title": (40, tokens.DEEP),
        "Subtitle": (13, tokens.SOFT_INK), "Heading 1": (22, tokens.DEEP),
        "Heading 2": (13, tokens.INK), "Heading 3": (10, tokens.INK),
        "Footer": (8, tokens.SOFT_INK),
    }  # fmt: skip
    for name, (size, colour) in sizes.items():
        font = document.styles[name].font
        font.name, font.size, font.italic = FAMILY, Pt(size), False
        font.color.rgb = _colour(colour)
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
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    document.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    title = document.styles["Title"].element.pPr
    for line in title.findall(qn("w:pBdr")):
        title.remove(line)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)


def _colour(hex_: str) -> RGBColor:
    return RGBColor.from_string(hex_.lstrip("#").upper())


def _cover(document: Doc, pack: Pack) -> None:
    kind = document.add_paragraph(_("Monthly pack"), style="Subtitle")
    kind.paragraph_format.space_before, kind.paragraph_format.space_after = Pt(120), Pt(24)
    document.add_paragraph(pack.month[:1].upper() + pack.month[1:], style="Title")
    team = document.add_paragraph()
    team.add_run(_worded(pack.team)).font.size = Pt(20)
    team.paragraph_format.space_after = Pt(60)
    title, rule = pack.audience.badge
    badge = document.add_paragraph()
    badge.add_run(title).bold = True
    badge.add_run(f" · {rule}")
    document.add_paragraph(pack.meant)
    document.add_section(WD_SECTION.CONTINUOUS)


def _foot(document: Doc, source: str) -> None:
    """Say at the foot of each page what it is: a page alone still knows its rule."""
    cover, rest = document.sections[0], document.sections[-1]
    rest.footer.is_linked_to_previous = False
    cover.footer.is_linked_to_previous = False
    line = rest.footer.paragraphs[0]
    line.add_run(_worded(f"{source} · "))
    _field(line, "PAGE")


def _field(line: Paragraph, order: str) -> None:
    """Add what Word works out for itself, such as the number of the page."""
    run = line.add_run()
    for kind, text in (("begin", ""), ("", order), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _card(document: Doc, card: Card, picture: Picture | None, table: int | None) -> None:
    document.add_heading(_worded(card.heading), 2)
    if card.why:
        why = document.add_paragraph()
        _soft(why, card.why)
        why.paragraph_format.keep_with_next = True
    if picture is not None:
        place = document.add_paragraph()
        place.paragraph_format.keep_with_next = True
        shown = place.add_run().add_picture(BytesIO(picture.png), width=WIDTH)
        # What stands for the picture where it is not seen.
        shown._inline.docPr.set("descr", _worded(card.heading))
    foot = document.add_paragraph()
    if card.unsaid:
        _soft(foot, f"{_('What this does not say')}: ", bold=True)
        _soft(foot, f"{card.unsaid} ")
    if table:
        _soft(foot, _("Table {n}").format(n=table))


def _soft(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(_worded(text))
    run.bold = bold
    run.font.size = Pt(9.5)
    run.font.color.rgb = _colour(tokens.SOFT_INK)


def _add_table(document: Doc, table: Table) -> None:
    rows = [list(table.headings.values()), *table.words()]
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    grid.autofit = False
    numbers = set(table.frame.select_dtypes("number"))
    right = [name in numbers for name in table.headings]
    widths = _widths(rows)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for at, (row, words) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text, number, width in zip(row.cells, words, right, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = (
                WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
            )
            run = paragraph.add_run(_worded(text))
            run.font.size = Pt(8.5)
            run.font.color.rgb = _colour(tokens.INK if at else tokens.SOFT_INK)
    _ruled(grid)
    document.add_paragraph()


def _widths(rows: list[list[str]]) -> list[Length]:
    """Return how wide each column is: as its texts need, and never less than a word."""
    columns = list(zip(*rows, strict=True))
    wanted = [min(SHORT, max(map(len, cells)) + 3) for cells in columns]
    least = [max(len(word) for text in cells for word in text.split() or [""]) + 3
             for cells in columns]  # fmt: skip
    spare = WIDTH // LETTER - sum(least)
    more = [max(0, want - word) for want, word in zip(wanted, least, strict=True)]
    share = min(1.0, max(0, spare) / max(1, sum(more)))
    return [
        Length(int((word + share * m) * LETTER)) for word, m in zip(least, more, strict=True)
    ]


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


def _worded(text: str) -> str:
    """Return a text that a Word document can hold."""
    clean = "".join(c for c in text if ord(c) >= 32 or c in "\t\n")
    return clean.encode("utf-8", "ignore").decode("utf-8")
