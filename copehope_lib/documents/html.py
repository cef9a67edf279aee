"""Documents as pages that print as well: all that they show is in them, and they ask nobody."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from itertools import groupby

from copehope_lib.documents import blocks
from copehope_lib.language import gettext as _
from copehope_lib.theme import tokens

# Columns of a table that may stand beside itself, and rows from which it does.
NARROW, LONG = 4, 12
# What stands around such blocks of a section where they follow each other.
AROUND = {
    blocks.Section: '<div class="cards">\n{}\n</div>',
    blocks.Table: '<div class="cards">\n{}\n</div>',
    blocks.Note: "<dl>{}</dl>",
}


def as_html(document: blocks.Document, style: str) -> str:
    """Return a document as one page.

    Parameters
    ----------
    document : Document
        What stands in it.
    style : str
        How it looks, such as :func:`look` gives it.

    Examples
    --------
    >>> minutes = blocks.Document("<Minutes>", "en", [blocks.Sentence("We begin.")])
    >>> page = as_html(minutes, look("minutes"))
    >>> "<title>&lt;Minutes&gt;</title>" in page, "http" in page, "<script" in page
    (True, False, False)
    """
    body = f"<main>\n{_joined(document.blocks)}\n</main>"
    if document.cover:
        body = f"{_cover(document)}\n{body}"
        style += _foot(document.foot)
    return page(document.title, body, document.language, style)


def page(title: str, body: str, language: str, style: str, head: str = "") -> str:
    """Return a page around its body, which is HTML, as is ``head``: more of what stands above.

    Examples
    --------
    >>> page("Who came?", "<p>Six.</p>", "en", "").count("Who came?")
    1
    """
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{head}'
        f"<title>{_said(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def look(name: str) -> str:
    """Return the style sheet of one kind of document, with the tokens as its variables.

    Examples
    --------
    >>> look("minutes").startswith(":root { --paper: #fbfaf7;")
    True
    """
    variables = " ".join(
        f"--{token.lower().replace('_', '-')}: {value};"
        for token, value in vars(tokens).items()
        if token.isupper() and isinstance(value, str)
    )
    sheet = files("copehope_lib.documents").joinpath("look", f"{name}.css")
    return f":root {{ {variables} }}\n{sheet.read_text(encoding='utf-8')}\n"


def _foot(foot: str) -> str:
    """Return what stands at the foot of each printed page: each says by itself what it is."""
    # In a style sheet, what could end the string or the sheet is written by its number.
    said = "".join(c if c.isalnum() or c in " ·:,." else f"\\{ord(c):x} " for c in foot)
    small = f"font: 8pt {tokens.FAMILY}; color: {tokens.SOFT_INK};"
    return (
        f'@page {{ @bottom-left {{ content: "{said}"; {small} width: 88% }}'
        f' @bottom-right {{ content: counter(page) " / " counter(pages); {small} }} }}\n'
    )


def _cover(document: blocks.Document) -> str:
    sections = [block for block in document.blocks if isinstance(block, blocks.Section)]
    links = [f"<li>{_link((one.heading.code, one.heading.text))}</li>" for one in sections]
    named = _said(_("Contents"))
    return (
        f'<header class="cover">\n{_joined(document.cover)}\n'
        f'<nav aria-label="{named}"><ol>{"".join(links)}</ol></nav>\n</header>'
    )


def _joined(content: Iterable[blocks.Block], level: int = 2) -> str:
    """Return blocks one after the other; ``level`` is the one of the headings among them."""
    made = []
    for kind, alike in groupby(content, type):
        inside = "\n".join(_block(block, level) for block in alike)
        made.append(AROUND[kind].format(inside) if level > 2 and kind in AROUND else inside)
    return "\n".join(made)


def _block(block: blocks.Block, level: int) -> str:
    match block:
        case blocks.Heading():
            return _heading(block, 1)
        case blocks.Sentence():
            lead = f"<b>{_said(block.lead)}</b>" if block.lead else ""
            link = _link(block.link) if block.link else ""
            words = " ".join(filter(None, (lead, _said(block.text), link)))
            return f'<p{_class(block.style)} dir="auto">{words}</p>'
        case blocks.Note():
            return f"<dt>{_said(block.lead)}</dt><dd>{_said(block.text)}</dd>"
        case blocks.Picture():
            # On a telephone a wide picture is moved sideways, by keyboard too.
            moved = "" if block.half else ' tabindex="0"'
            label = f'role="img" aria-labelledby="{block.heading.code}"{moved}'
            return f'<div class="picture" {label}>{block.svg}</div>'
        case blocks.Table():
            return _titled(block, level)
        case blocks.Section():
            return _section(block, level)


def _section(section: blocks.Section, level: int) -> str:
    inside = f"{_heading(section.heading, level)}\n{_joined(section.blocks, level + 1)}"
    if level > 2:
        return f"<article{_class(section.style)}>\n{inside}\n</article>"
    code = section.heading.code
    name = f' aria-labelledby="{code}"' if code else ""
    return f"<section{_class(section.style)}{name}>\n{inside}\n</section>"


def _heading(heading: blocks.Heading, level: int) -> str:
    code = f' id="{heading.code}"' if heading.code else ""
    mark = f'<span aria-hidden="true">{_said(heading.mark)}</span> ' if heading.mark else ""
    link = f"{_link(heading.link)} · " if heading.link else ""
    return f"<h{level}{code}>{mark}{link}{_said(heading.text)}</h{level}>"


def _titled(block: blocks.Table, level: int) -> str:
    """Return a table under its title: a narrow one beside another, or beside its own rest."""
    if block.title is None:
        return f'<div class="wide">{table(block)}</div>'
    narrow, short = len(block.headings) <= NARROW, len(block.frame) < LONG
    style = "table short half" if narrow and short else "table short" if short else "table"
    return (
        f"<article{_class(style)}>\n{_heading(block.title, level)}\n"
        f'<div class="{"twice" if narrow and not short else "wide"}">{table(block)}</div>\n'
        "</article>"
    )


def table(block: blocks.Table) -> str:
    """Return a table as it stands in a page.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"women": pd.array([4, None], dtype="Int64")})
    >>> "<td class='ch-hidden'>hidden</td>" in table(blocks.Table(frame, {"women": "Women"}))
    True
    """
    headings = [_said(heading) for heading in block.headings.values()]
    head = "".join(
        f"<th scope='col'{_NUMBER if number else ''}>{heading}</th>"
        for heading, number in zip(headings, block.numbers, strict=True)
    )
    body = ""
    for row in block.cells():
        cells = [_cell(*cell, block.written) for cell in zip(row, headings, strict=True)]
        body += f"<tr>{''.join(cells)}</tr>\n"
    rows = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>"
    return f"<table class='ch-data'>{rows}</table>"


_NUMBER = " class='ch-number'"


def _cell(value: object, heading: str, written: bool) -> str:
    words = _said(blocks.word(value))
    if written:
        # On a telephone a row stands as a list, and each cell says what it is.
        return f'<td data-label="{heading}">{words}</td>'
    if value == _("hidden"):
        return f"<td class='ch-hidden'>{words}</td>"
    if isinstance(value, str):
        return f"<th scope='row'>{words}</th>"
    return f"<td{'' if value is None else _NUMBER}>{words}</td>"


def _class(style: str) -> str:
    return f' class="{style}"' if style else ""


def _link(link: blocks.Link) -> str:
    code, words = link
    return f'<a href="#{code}">{_said(words)}</a>'


def _said(text: str) -> str:
    return escape(blocks.clean(text))
