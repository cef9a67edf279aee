"""A pack as one page: its pictures, typeface and tables are in it, and it asks for nothing."""

from collections.abc import Mapping
from html import escape
from importlib.resources import files

from copehope_lib.documents.pack.chromium import Drawing
from copehope_lib.documents.pack.content import Card, Pack, Section
from copehope_lib.language import gettext as _
from copehope_lib.theme import embedded_fonts, tokens
from copehope_lib.widgets.table import Table

NARROW = 4
"""Columns of a table that may stand beside itself."""
LONG = 12
"""Rows from which it does."""


def as_html(pack: Pack, pictures: Mapping[str, Drawing]) -> str:
    """Return a pack as one page, which prints as well.

    Parameters
    ----------
    pack : Pack
        What stands in it.
    pictures : mapping of str to Drawing
        Of each card that has a figure, by its name.

    Examples
    --------
    >>> from copehope_lib.documents.pack import Pack
    >>> from copehope_lib.privacy.audience import TEAM
    >>> page = as_html(Pack("<Team>", "October 2026", TEAM, "en", "For us.", (), ()), {})
    >>> "&lt;Team&gt;" in page, "http" in page, "<script" in page
    (True, False, False)
    """
    tables = _numbered(pack)
    title = escape(f"{pack.team} · {pack.month}")
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{pack.language}">',
            '<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{embedded_fonts()}\n{_style(pack)}</style>\n</head>",
            f"<body>\n{_cover(pack)}\n<main>",
            *(_section(section, pictures, tables) for section in pack.sections),
            _notes(pack),
            _appendix(pack),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _numbered(pack: Pack) -> dict[str, int]:
    """Return the number of each table in the appendix, by the name of its card."""
    return {card.name: at for at, (card, _table) in enumerate(pack.tables, start=1)}


def _style(pack: Pack) -> str:
    colours = {
        "paper": tokens.PAPER,
        "card": tokens.CARD,
        "ink": tokens.INK,
        "soft": tokens.SOFT_INK,
        "line": tokens.LINE,
        "accent": tokens.ACCENT,
        "tint": tokens.TINT,
        "deep": tokens.DEEP,
        "on-deep": tokens.ON_DEEP,
    }
    root = " ".join(f"--{name}: {colour};" for name, colour in colours.items())
    rules = files("copehope_lib.documents.pack").joinpath("page.css").read_text(encoding="utf-8")
    return f":root {{ {root} }}\n{rules}\n{_running(pack)}"


def _running(pack: Pack) -> str:
    """Return what stands at the foot of each printed page: each says by itself what it is."""
    # In a style sheet, what could end the string or the sheet is written by its number.
    said = "".join(c if c.isalnum() or c in " ·:,." else f"\\{ord(c):x} " for c in pack.source)
    small = f"font: 8pt {tokens.FAMILY}; color: {tokens.SOFT_INK};"
    return (
        f'@page {{ @bottom-left {{ content: "{said}"; {small} width: 88% }}'
        f' @bottom-right {{ content: counter(page) " / " counter(pages); {small} }} }}\n'
    )


def _cover(pack: Pack) -> str:
    title, rule = pack.audience.badge
    contents = [(section.code, section.title) for section in pack.sections]
    contents += [("notes", _("How it was made")), ("tables", _("The tables"))]
    links = "".join(
        f'<li><a href="#{code}">{escape(heading)}</a></li>' for code, heading in contents
    )
    return (
        '<header class="cover">\n'
        f'<p class="kind">{escape(_("Monthly pack"))}</p>\n'
        f"<h1>{escape(pack.month)}</h1>\n"
        f'<p class="team">{escape(pack.team)}</p>\n'
        f'<div class="for"><p><b>{escape(title)}</b> · {escape(rule)}</p>'
        f"<p>{escape(pack.meant)}</p></div>\n"
        f'<nav aria-label="{escape(_("Contents"))}"><ol>{links}</ol></nav>\n'
        "</header>"
    )


def _section(section: Section, pictures: Mapping[str, Drawing], tables: Mapping[str, int]) -> str:
    cards = "\n".join(
        _card(card, pictures.get(card.name), tables.get(card.name)) for card in section.cards
    )
    return (
        f'<section aria-labelledby="{section.code}">\n'
        f'<h2 id="{section.code}">{escape(section.title)}</h2>\n'
        f'<p class="lead">{escape(section.lead)}</p>\n<div class="cards">\n{cards}\n</div>\n'
        "</section>"
    )


def _card(card: Card, picture: Drawing | None, table: int | None) -> str:
    drawn = ""
    if picture is not None:
        label = f'role="img" aria-labelledby="{card.name}"'
        # On a telephone a wide picture is moved sideways, by keyboard too.
        label += "" if card.half else ' tabindex="0"'
        drawn = f'<div class="picture" {label}>{picture.svg}</div>\n'
    why = f'<p class="why">{escape(card.why)}</p>\n' if card.why else ""
    unsaid = f"<b>{escape(_('What this does not say'))}:</b> {escape(card.unsaid)}"
    words = escape(_("Table {n}").format(n=table))
    foot = [
        *([unsaid] if card.unsaid else []),
        *([f'<a href="#table-{table}">{words}</a>'] if table else []),
    ]
    return (
        f'<article class="{"card half" if card.half else "card"}">\n'
        f'<h3 id="{card.name}">{escape(card.heading)}</h3>\n'
        f'{why}{drawn}<p class="unsaid">{" ".join(foot)}</p>\n</article>'
    )


def _notes(pack: Pack) -> str:
    told = "".join(
        f"<dt>{escape(note.lead)}</dt><dd>{escape(note.text)}</dd>" for note in pack.notes
    )
    return (
        '<section class="notes" aria-labelledby="notes">\n'
        f'<h2 id="notes">{escape(_("How it was made"))}</h2>\n<dl>{told}</dl>\n</section>'
    )


def _appendix(pack: Pack) -> str:
    made = "\n".join(
        _numbered_table(card, table, at) for at, (card, table) in enumerate(pack.tables, 1)
    )
    lead = _("What stands behind each picture; {hidden} is a count that is not shown.").format(
        hidden=f"“{_('hidden')}”"
    )
    return (
        '<section class="tables" aria-labelledby="tables">\n'
        f'<h2 id="tables">{escape(_("The tables"))}</h2>\n'
        f'<p class="lead">{escape(lead)}</p>\n<div class="cards">\n{made}\n</div>\n</section>'
    )


def _numbered_table(card: Card, table: Table, number: int) -> str:
    narrow, short = len(table.headings) <= NARROW, len(table.frame) < LONG
    wide = short or not narrow
    title = escape(_("Table {n}").format(n=number))
    kind = " ".join(
        ["table", *(["short"] if short else []), *(["half"] if short and narrow else [])]
    )
    return (
        f'<article class="{kind}" id="table-{number}">\n'
        f'<h3><a href="#{card.name}">{title}</a> · {escape(card.heading)}</h3>\n'
        f'<div class="{"wide" if wide else "twice"}">{table.html()}</div>\n</article>'
    )
