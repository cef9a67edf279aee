"""Sheets of an .ods, read as they stream by: repeats and spans stay within bounds."""

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from copehope_lib.tables.grid import Grid, as_text, filled_down, refuse_if_too_large

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def grids(archive: zipfile.ZipFile) -> list[Grid]:
    """Return all sheets of a workbook, hidden ones too.

    Raises
    ------
    NotATable
        If a sheet spans more cells than can be read.
    """
    found, hidden_styles = [], set()
    with archive.open("content.xml") as content:
        for _event, element in iterparse(content, events=("end",)):
            if element.tag == f"{_STYLE}style":
                properties = element.find(f"{_STYLE}table-properties")
                if properties is not None and properties.get(f"{_TABLE}display") == "false":
                    hidden_styles.add(element.get(f"{_STYLE}name"))
            elif element.tag == f"{_TABLE}table":
                found.append(_grid(element, hidden_styles))
                element.clear()
    return found


def _grid(table: Element, hidden_styles: set[str | None]) -> Grid:
    rows: list[list[str]] = []
    merges: list[tuple[int, int, int]] = []
    skipped = 0  # blank rows, which count only if something follows them
    for row in table.iter(f"{_TABLE}table-row"):
        times = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        texts = list(_texts(row, len(rows) + skipped, merges))
        if not any(texts):
            skipped += times
            continue
        refuse_if_too_large(len(rows) + skipped + times, len(texts))
        rows.extend([] for _blank in range(skipped))
        rows.extend(list(texts) for _same in range(times))
        skipped = 0
    return Grid(
        name=table.get(f"{_TABLE}name", ""),
        rows=rows,
        hidden=table.get(f"{_TABLE}style-name") in hidden_styles,
        merged=filled_down(rows, [merge for merge in merges if merge[0] < len(rows)]),
    )


def _texts(row: Element, place: int, merges: list[tuple[int, int, int]]) -> Iterator[str]:
    """Yield the texts of a row up to its last cell, and note cells that span several rows."""
    column = skipped = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        spanned = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if spanned > 1:
            merges.append((place, place + spanned - 1, column))
        text = _text(cell)
        column += times
        if not text:
            skipped += times
            continue
        refuse_if_too_large(1, column)
        yield from [""] * skipped
        yield from [text] * times
        skipped = 0


def _text(cell: Element) -> str:
    match cell.get(f"{_OFFICE}value-type"):
        case None:
            return ""
        case "date":
            return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
        case "boolean":
            return as_text(cell.get(f"{_OFFICE}boolean-value") == "true")
        case "float" | "percentage" | "currency":
            return as_text(float(cell.get(f"{_OFFICE}value", "")))
        case _:
            return "\n".join("".join(_pieces(part)) for part in cell.findall(f"{_TEXT}p"))


def _pieces(part: Element) -> Iterator[str]:
    """Yield the words of a paragraph; blanks are written as elements of their own."""
    yield part.text or ""
    for inner in part:
        yield " " if inner.tag in (f"{_TEXT}s", f"{_TEXT}tab") else "".join(_pieces(inner))
        yield inner.tail or ""
