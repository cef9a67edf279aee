"""The data dictionary as one page to print: nothing on it is fetched, nothing on it runs."""

from html import escape
from importlib.resources import files

from copehope_lib.language import gettext as _
from copehope_lib.language import locale
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.templates import wording
from copehope_lib.templates.examples import as_text, example
from copehope_lib.theme import tokens


def dictionary() -> str:
    """Return the data dictionary as HTML, in the language in use.

    Examples
    --------
    >>> dictionary().splitlines()[1]
    '<html lang="en">'
    """
    title = escape(_("Data dictionary"))
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{locale().language}">',
            '<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Copehope · {title}</title>",
            f"<style>\n{_style()}</style>\n</head>",
            f"<body>\n<header>\n<h1>{title}</h1>",
            *(f"<p>{escape(text)}</p>" for text in wording.about_periods_and_writing()),
            f"</header>\n{_contents()}\n<main>",
            *(_section(table) for table in TABLES.values()),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _style() -> str:
    names = ("paper", "card", "ink", "soft", "line", "accent", "tint")
    bright = (tokens.PAPER, tokens.CARD, tokens.INK, tokens.SOFT_INK)
    colours = dict(zip(names, (*bright, tokens.LINE, tokens.ACCENT, tokens.TINT), strict=True))
    root = " ".join(f"--{name}: {colour};" for name, colour in colours.items())
    rules = files("copehope_lib.templates").joinpath("page.css").read_text(encoding="utf-8")
    return f":root {{ {root} }}\n{rules}"


def _contents() -> str:
    links = "\n".join(f'<li><a href="#{name}">{escape(heading(name))}</a></li>' for name in TABLES)
    title = f'<h2 id="tables">{escape(_("The tables"))}</h2>'
    return f'<nav aria-labelledby="tables">\n{title}\n<ol>\n{links}\n</ol>\n</nav>'


def _section(table: TableSchema) -> str:
    name = "" if heading(table.name) == table.name else f" <code>{escape(table.name)}</code>"
    rows = "\n".join(_row(name, column) for name, column in table.declared.items())
    # A narrow screen shows the cells below each other, and browsers then forget that they are
    # a table unless their roles say so.
    head = "".join(f'<th scope="col" role="columnheader">{title}</th>' for title in _titles())
    return (
        f'<section aria-labelledby="{table.name}">\n'
        f'<h2 id="{table.name}">{escape(heading(table.name))}{name}</h2>\n'
        f"<p>{escape(wording.row_of(table))} {escape(wording.key_of(table))}</p>\n"
        f'<table role="table" aria-labelledby="{table.name}">\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}\n</tbody>\n</table>\n</section>'
    )


def _titles() -> list[str]:
    return [escape(wording.capital(title)) for title in wording.titles()]


def _row(name: str, column: Column) -> str:
    title = heading(name)
    shown = escape(title) if title == name else f"{escape(title)} <code>{escape(name)}</code>"
    cells = [
        escape(_(column.meaning)),
        _what_to_write(column),
        escape(as_text(example(column))),
        escape(wording.capital(_(column.leaves))),
        f"§{escape(column.section)}",
    ]
    labelled = "".join(
        f'<td role="cell" data-title="{title}"><div>{cell}</div></td>'
        for title, cell in zip(_titles()[1:], cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{shown}</th>{labelled}</tr>'


def _what_to_write(column: Column) -> str:
    text = escape(wording.capital(wording.whether_needed(column)))
    values = "".join(
        f"<li>{escape(label)} — <code>{escape(code)}</code></li>"
        for label, code in wording.values(column)
    )
    return f"{text}<ul>{values}</ul>" if values else text
