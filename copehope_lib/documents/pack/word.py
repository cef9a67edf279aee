"""A pack as a Word document, for those who will write into it."""

from collections.abc import Mapping
from io import BytesIO

from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from copehope_lib.documents.pack.chromium import Drawing
from copehope_lib.documents.pack.content import Card, Pack
from copehope_lib.documents.word import WIDTH, add_table, begun, colour, worded
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens
from copehope_lib.widgets.table import Table


def as_docx(pack: Pack, pictures: Mapping[str, Drawing]) -> bytes:
    """Return a pack as a Word document; parameters as for :func:`page.as_html`.

    Examples
    --------
    >>> from copehope_lib.documents.pack import Pack
    >>> from copehope_lib.privacy.audience import TEAM
    >>> as_docx(Pack("Team", "October 2026", TEAM, "en", "For us.", (), ()), {})[:2]
    b'PK'
    """
    document = begun(f"{pack.team} · {pack.month}", pack.language)
    _cover(document, pack)
    _foot(document, pack.source)
    numbers = {card.name: at for at, (card, _table) in enumerate(pack.tables, start=1)}
    for at, section in enumerate(pack.sections):
        heading = document.add_heading(section.title, 1)
        heading.paragraph_format.page_break_before = at == 0
        document.add_paragraph(section.lead, style="Subtitle")
        for card in section.cards:
            _card(document, card, pictures.get(card.name), numbers.get(card.name))
    document.add_heading(_("How it was made"), 1)
    for note in pack.notes:
        document.add_heading(note.lead, 2)
        document.add_paragraph(worded(note.text))
    heading = document.add_heading(_("The tables"), 1)
    heading.paragraph_format.page_break_before = True
    for number, (card, table) in enumerate(pack.tables, start=1):
        title = f"{_('Table {n}').format(n=number)} · {card.heading}"
        document.add_heading(worded(title), 3)
        _table(document, table)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _cover(document: Doc, pack: Pack) -> None:
    kind = document.add_paragraph(_("Monthly pack"), style="Subtitle")
    kind.paragraph_format.space_before, kind.paragraph_format.space_after = Pt(120), Pt(24)
    document.add_paragraph(pack.month[:1].upper() + pack.month[1:], style="Title")
    team = document.add_paragraph()
    team.add_run(worded(pack.team)).font.size = Pt(20)
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
    line.add_run(worded(f"{source} · "))
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


def _card(document: Doc, card: Card, picture: Drawing | None, table: int | None) -> None:
    document.add_heading(worded(card.heading), 2)
    if card.why:
        why = document.add_paragraph()
        _soft(why, card.why)
        why.paragraph_format.keep_with_next = True
    if picture is not None:
        place = document.add_paragraph()
        place.paragraph_format.keep_with_next = True
        shown = place.add_run().add_picture(BytesIO(picture.png), width=WIDTH)
        # What stands for the picture where it is not seen.
        shown._inline.docPr.set("descr", worded(card.heading))
    foot = document.add_paragraph()
    if card.unsaid:
        _soft(foot, f"{_('What this does not say')}: ", bold=True)
        _soft(foot, f"{card.unsaid} ")
    if table:
        _soft(foot, _("Table {n}").format(n=table))


def _soft(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(worded(text))
    run.bold = bold
    run.font.size = Pt(9.5)
    run.font.color.rgb = colour(tokens.SOFT_INK)


def _table(document: Doc, table: Table) -> None:
    numbers = set(table.frame.select_dtypes("number"))
    rows = [list(table.headings.values()), *table.words()]
    add_table(document, rows, [name in numbers for name in table.headings])
