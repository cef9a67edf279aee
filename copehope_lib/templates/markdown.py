"""The data dictionary as Markdown: read on a screen, or compared line by line."""

from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.templates import wording
from copehope_lib.templates.examples import as_text, example


def dictionary() -> str:
    """Return the data dictionary in the language in use.

    Examples
    --------
    >>> dictionary().splitlines()[0]
    '# Data dictionary'
    """
    parts = ["# " + _("Data dictionary"), *wording.about_periods_and_writing()]
    for table in TABLES.values():
        parts += [f"## {_title(table)}", wording.row_of(table) + " " + wording.key_of(table)]
        parts.append(_columns(table))
    return "\n\n".join(parts) + "\n"


def _title(table: TableSchema) -> str:
    title = heading(table.name)
    return title if title == table.name else f"{title} (`{table.name}`)"


def _columns(table: TableSchema) -> str:
    head = wording.titles()
    lines = [head, ["---"] * len(head)]
    lines += [_line(name, column) for name, column in table.declared.items()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _line(name: str, column: Column) -> list[str]:
    title = heading(name)
    return [
        f"`{name}`" if title == name else f"**{title}**<br>`{name}`",
        _escaped(_(column.meaning)),
        _what_to_write(column),
        _escaped(as_text(example(column))),
        _escaped(_(column.leaves)),
        f"§{column.section}",
    ]


def _what_to_write(column: Column) -> str:
    values = (f"{_escaped(label)} — `{code}`" for label, code in wording.values(column))
    return "<br>".join([_escaped(wording.whether_needed(column)), *values])


def _escaped(text: str) -> str:
    """Return a text that stays one cell and is shown as it is."""
    for sign in "\\|*_<":
        text = text.replace(sign, f"\\{sign}")
    return text
