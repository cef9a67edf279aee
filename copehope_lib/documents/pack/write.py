"""A pack as a page, as PDF, as a Word document, and as a workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from copehope_lib.documents import PackFormat, chromium
from copehope_lib.documents.blocks import Block, Document, Heading, Picture, Section, Sentence
from copehope_lib.documents.excel import as_xlsx
from copehope_lib.documents.html import as_html, look
from copehope_lib.documents.pack.content import Pack
from copehope_lib.documents.word import as_docx
from copehope_lib.language import gettext as _
from copehope_lib.theme import embedded_fonts

FORMATS: tuple[PackFormat, ...] = get_args(PackFormat)


def write(pack: Pack, format: PackFormat, folder: Path) -> bytes:
    """Return a pack as a file; ``folder`` is where drafts may lie.

    Raises
    ------
    CopehopeError
        If there is no browser, or it does not draw.
    """
    match format:
        case "html":
            return _page(pack, folder).encode()
        case "pdf":
            return chromium.as_pdf(_page(pack, folder), folder)
        case "docx":
            return as_docx(on_paper(pack, _drawn(pack, folder, as_points=True)))
        case "xlsx":
            return as_xlsx(in_sheets(pack))


def _page(pack: Pack, folder: Path) -> str:
    style = f"{embedded_fonts()}\n{look('pack')}"
    return as_html(on_paper(pack, _drawn(pack, folder)), style)


def _drawn(pack: Pack, folder: Path, *, as_points: bool = False) -> dict[str, Picture]:
    pictures = [picture for card in pack.cards for picture in card.of(Picture)]
    drawn = chromium.draw(pictures, folder, as_points=as_points)
    return {picture.heading.code: picture for picture in drawn}


def on_paper(pack: Pack, drawn: Mapping[str, Picture]) -> Document:
    """Return a pack as it is read from beginning to end: its tables stand behind all the rest.

    Parameters
    ----------
    pack : Pack
        What stands in it.
    drawn : mapping of str to Picture
        Of each card that has a figure, by its code.
    """
    title, rule = pack.audience.badge
    cover: list[Block] = [
        Sentence(_("Monthly pack"), style="kind"),
        Heading(pack.month[:1].upper() + pack.month[1:]),
        Sentence(pack.team, style="team"),
        Sentence(f"· {rule}", title, style="for"),
        Sentence(pack.meant, style="for"),
    ]
    lead = _("What stands behind each picture; {hidden} is a count that is not shown.").format(
        hidden=f"“{_('hidden')}”"
    )
    tables: list[Block] = [Sentence(lead, style="lead"), *pack.tables]
    content: list[Block] = [
        *_without_tables(pack.sections, drawn),
        Section(Heading(_("How it was made"), "notes"), pack.notes, "notes"),
        Section(Heading(_("The tables"), "tables"), tables, "tables"),
    ]
    return Document(pack.title, pack.language, content, cover, pack.source)


def _without_tables(content: Iterable[Block], drawn: Mapping[str, Picture]) -> list[Block]:
    """Return blocks with their pictures drawn, and without their tables."""
    made: list[Block] = []
    for block in content:
        match block:
            case Section():
                made.append(replace(block, blocks=_without_tables(block.blocks, drawn)))
            case Picture():
                made.append(drawn[block.heading.code])
            case Sentence():
                made.append(block)
    return made


def in_sheets(pack: Pack) -> Document:
    """Return a pack as a workbook has it: each table with its result, and no pictures."""
    said = [": ".join(pack.audience.badge), pack.meant]
    cover: list[Block] = [*(Sentence(one, style="for") for one in said), *pack.notes]
    return Document(pack.title, pack.language, pack.sections, cover, pack.source)
