"""Minutes as Markdown, as one HTML page, and as a Word document."""

from collections.abc import Callable
from html import escape
from io import BytesIO

from docx.document import Document as Doc

from copehope_lib.documents.minutes.content import Grid, Minutes, Part
from copehope_lib.documents.word import add_table, begun, colour, worded
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens

_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"}
"""What no file of words may hold, and a paste may bring."""


def as_markdown(minutes: Minutes) -> str:
    """Return minutes as Markdown.

    Examples
    --------
    >>> from copehope_lib.documents.minutes.content import Section
    >>> section = Section("Arrive", (Part("We begin.", "Coordinator"),))
    >>> print(as_markdown(Minutes("Minutes", "October 2026", "en", (section,))))
    # Minutes
    <BLANKLINE>
    October 2026
    <BLANKLINE>
    ## Arrive
    <BLANKLINE>
    **Coordinator:** We begin.
    <BLANKLINE>
    """
    lines = [f"# {_marked(minutes.title)}", "", _marked(minutes.about), ""]
    for section in minutes.sections:
        lines += [f"## {_marked(section.heading)}", ""]
        for block in section.blocks:
            if isinstance(block, Part):
                lead = f"**{_marked(block.lead)}:** " if block.lead else ""
                lines += [lead + _marked(block.text).replace("\n", "  \n"), ""]
            else:
                lines += [_row(block.headings), _row(["---"] * len(block.headings), plain=True)]
                lines += [*(_row(row) for row in block.rows), ""]
    return "\n".join(lines)


def _marked(text: str) -> str:
    """Return a text in which no sign is taken for markup."""
    clean = text.translate(_CONTROL)
    return "".join(f"\\{sign}" if sign in "\\`*_#[]<>|~" else sign for sign in clean)


def _row(cells: "tuple[str, ...] | list[str]", *, plain: bool = False) -> str:
    texts = [cell if plain else _marked(cell).replace("\n", " ") for cell in cells]
    return f"| {' | '.join(texts)} |"


def as_html(minutes: Minutes) -> str:
    """Return minutes as one page that can be printed and asks nobody for anything.

    Examples
    --------
    >>> page = as_html(Minutes("Minutes", "<October>", "en", ()))
    >>> "&lt;October&gt;" in page, "http" in page
    (True, False)
    """
    body = []
    for section in minutes.sections:
        blocks = "".join(_block(block) for block in section.blocks)
        body.append(f"<section><h2>{escape(section.heading)}</h2>{blocks}</section>")
    style = (
        f"body{{font:16px/1.5 {tokens.FAMILY};color:{tokens.INK};background:{tokens.PAPER};"
        "max-width:48em;margin:40px auto;padding:0 24px}"
        f"h1{{margin:0}}.about{{color:{tokens.SOFT_INK};margin:0 0 28px}}"
        "h2{font-size:20px;margin:28px 0 6px}p{margin:0 0 10px;white-space:pre-wrap}"
        "table{border-collapse:collapse;width:100%;margin:6px 0 14px;font-size:15px}"
        f"th,td{{text-align:left;vertical-align:top;padding:5px 12px 5px 0;"
        f"border-bottom:1px solid {tokens.LINE}}}th{{color:{tokens.SOFT_INK};font-weight:400}}"
        "section{break-inside:avoid-page}@media print{body{margin:0;background:#fff}}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{minutes.language}"><head><meta charset="utf-8">'
        f"<title>{escape(minutes.title)}</title><style>{style}</style></head><body>"
        f"<h1>{escape(minutes.title)}</h1><p class='about'>{escape(minutes.about)}</p>"
        f"{''.join(body)}</body></html>\n"
    )


def _block(block: Part | Grid) -> str:
    if isinstance(block, Part):
        lead = f"<b>{escape(block.lead)}:</b> " if block.lead else ""
        return f"<p dir='auto'>{lead}{escape(block.text.translate(_CONTROL))}</p>"
    head = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in block.headings)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell.translate(_CONTROL))}</td>' for cell in row)}</tr>"
        for row in block.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def as_docx(minutes: Minutes) -> bytes:
    """Return minutes as a Word document.

    Examples
    --------
    >>> as_docx(Minutes("Minutes", "October 2026", "en", ()))[:2]
    b'PK'
    """
    document = begun(minutes.title, minutes.language)
    document.add_heading(worded(minutes.title), 0)
    document.add_paragraph(worded(minutes.about), style="Subtitle")
    for section in minutes.sections:
        document.add_heading(worded(section.heading), 1)
        for block in section.blocks:
            _add(document, block)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _add(document: Doc, block: Part | Grid) -> None:
    if isinstance(block, Part):
        paragraph = document.add_paragraph()
        if block.lead:
            run = paragraph.add_run(f"{worded(block.lead)}: ")
            run.bold = True
            run.font.color.rgb = colour(tokens.ACCENT)
        paragraph.add_run(worded(block.text))
        return
    add_table(document, [block.headings, *block.rows], block.numbers)


FORMATS: dict[str, Callable[[Minutes], str | bytes]] = {
    "md": as_markdown,
    "html": as_html,
    "docx": as_docx,
}
"""How minutes are written, by the ending of the file."""


def format_label(name: str) -> str:
    """Return the name of a format as people read it.

    Examples
    --------
    >>> format_label("docx")
    'Minutes (Word)'
    """
    return {
        "md": _("Minutes (text)"),
        "html": _("Minutes (page)"),
        "docx": _("Minutes (Word)"),
    }[name]
