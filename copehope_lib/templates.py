"""Templates and data dictionary, written from the schema and never by hand."""

import csv
import io
from pathlib import Path

import pandera.pandas as pa

from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, Table

DICTIONARY = "data-dictionary.md"


def contents() -> dict[str, str]:
    """Return the text of each template by file name, in the language in use.

    Examples
    --------
    >>> contents()["goals.csv"].strip()
    'goal,woman,area,chosen_by,set_on,target_on'
    """
    files = {f"{table.name}.csv": _headings(table) for table in TABLES.values()}
    return {**files, DICTIONARY: _dictionary()}


def write(folder: Path) -> list[Path]:
    """Write the templates into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in contents().items():
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths


def _headings(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(table.columns)
    return text.getvalue()


def _dictionary() -> str:
    title = _("Data dictionary")
    parts = [
        f"# {title}",
        _(
            "Eleven tables, one file each, kept by code and never by name. A period ends with "
            "the first day on which it no longer holds: a woman whose last day is 30 September "
            "has left on 1 October. A day is written 2026-10-05, a moment 2026-10-05T10:00, in "
            "the team’s local time. A column marked “may be empty” may also be left out."
        ),
    ]
    for table in TABLES.values():
        parts.append(f"## {table.name}\n\n{_(table.row)} (§{table.section}).")
        parts.append(_column_table(table))
    return "\n\n".join(parts) + "\n"


def _column_table(table: Table) -> str:
    head = [_("column"), _("meaning"), _("what to write"), _("example"), _("report")]
    lines = [head, ["---"] * len(head)]
    for name, column in table.schema.columns.items():
        metadata = column.metadata or {}
        lines.append([
            f"`{name}`",
            _(str(column.description)),
            _what_to_write(column) + (_("; may be empty") if column.nullable else ""),
            f"`{metadata['example']}`",
            f"§{metadata['section']}",
        ])  # fmt: skip
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _what_to_write(column: pa.Column) -> str:
    metadata = column.metadata or {}
    match metadata["kind"]:
        case "word" | "yes_no":
            return ", ".join(
                f"`{word.value}` {word.label.lower()}" for word in metadata["vocabulary"]
            )
        case "code" if metadata.get("references"):
            return _("a code of the table {table}").format(table=metadata["references"])
        case "code":
            return _("a code: letters, a dash, digits")
        case "day":
            return _("a day")
        case "moment":
            return _("a day and time")
        case "integer" | "number":
            return _("a number from {low} to {high}").format(
                low=metadata["low"], high=metadata["high"]
            )
        case _:
            return _("a few words")
