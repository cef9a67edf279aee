"""Rows and words taken out of a spreadsheet where they lie: all else stays as it was written.

A row of a workbook is left blank, so that no formula and no drop-down moves. What a workbook keeps
of it a second time goes as well: texts that no cell shows any more, notes on its cells, contents
before a change that is tracked, the picture of the first page.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import count

from copehope_lib.language import gettext as _
from copehope_lib.tables.grid import Grid
from copehope_lib.tables.look import ODS, book_of
from copehope_lib.tables.sheet import NotATable
from copehope_lib.tables.text_file import records
from copehope_lib.tables.workbook import Book, open_book

GONE = "..."
"""Stands where a text had a word that was taken out: it is the same in all encodings."""

_Say = Callable[[str], str]

_COPIES = re.compile(r"pivotcache/|revisions/", re.I)
_PICTURES = re.compile(r"Thumbnails/|docProps/thumbnail", re.I)
_TRACKED = re.compile(r"<table:tracked-changes\b.*?</table:tracked-changes>", re.S)
_SHEET_OF_ODS = re.compile(r"(?=<table:table\s[^<>]*\btable:name=)")
_ROW = re.compile(r"<((?:\w+:)?(?:table-)?row)(?=[\s/>])([^<>]*?)(?:/>|>.*?</\1>)", re.S)
_NUMBER, _TIMES = re.compile(r'\sr="(\d+)"'), re.compile(r'rows-repeated="(\d+)"')
_SHOWN = re.compile(r'<(?:\w+:)?c\s[^<>]*\bt="s"[^<>]*>\s*<(?:\w+:)?v>(\d+)<')
_SHARED = re.compile(r"<((?:\w+:)?)si(?=[\s/>])[^<>]*?(?:/>|>.*?</\1si>)", re.S)
_LINK = re.compile(r'<(?:\w+:)?hyperlink\s[^<>]*\bref="[A-Z]+(\d+)[^<>]*/>')
_KEY = re.compile(r':id="(\w+)"')
_NOTES = re.compile(r'Target="/?([^"]*comment[^"]*\.xml)"', re.I)
_NOTE = re.compile(r'<((?:\w+:)?\w*omment)\s[^<>]*\bref="[A-Z]+(\d+)".*?</\1>', re.S)
_OF_NOTE = re.compile(r"(<(?:\w+:)?text\b[^<>]*>).*(</(?:\w+:)?text>)", re.S)
# Texts and attributes, but for places such as B12, which a code may look like.
_TEXT = re.compile(
    r'(\b(?:r|\w*ref)="[^"]*")|(?<=>)[^<]++(?=</(?:\w+:)?[tv]>|</?text:)'
    r'|"[^"<>]*"|&quot;[^"<>&]*&quot;',
    re.IGNORECASE,
)


def out_of_csv(
    content: bytes, separator: str, rows: Collection[int], words: re.Pattern[str], now: str = GONE
) -> bytes:
    r"""Take rows out of a CSV file, and words out of the others.

    Parameters
    ----------
    content : bytes
        What the file holds.
    separator : str
        Between its cells.
    rows : collection of int
        Rows, as a spreadsheet counts them.
    words : re.Pattern
        Words.
    now : str
        What is to stand in their place.

    Examples
    --------
    >>> her = re.compile("W-2")
    >>> out_of_csv(b'a;b\r\nW-2;"x\r\ny"\r\nW-3;sister of W-2\r\n', ";", {2}, her)
    b'a;b\r\nW-3;sister of ...\r\n'
    """
    first = content[:2]
    # In all other encodings separators and codes are the same; what is not UTF-8 stays as it is.
    wide = "utf-16-be" if first[:1] in (b"\xfe", b"\0") else "utf-16-le"
    encoding = wide if b"\0" in first or first in (b"\xfe\xff", b"\xff\xfe") else "utf-8"
    each = enumerate(records(content.decode(encoding, "surrogateescape"), separator), 1)
    kept = [words.sub(now, record) for n, record in each if n not in rows]
    return "".join(kept).encode(encoding, "surrogateescape")


def out_of_workbook(
    content: bytes,
    rows: Mapping[str, Collection[int]],
    words: re.Pattern[str],
    now: str = GONE,
) -> bytes:
    """Leave rows of an .xlsx, .xlsm or .ods blank, and take words out of the others.

    Parameters
    ----------
    content, words, now
        As for :func:`out_of_csv`.
    rows : mapping of str to collection of int
        Rows of each sheet that is a table. Of other sheets, those that begin with one of the
        words are blank afterwards; where there is something to stand in their place, none is.

    Raises
    ------
    NotATable
        If that would change what other rows say, or it has copies of its rows.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {member: archive.read(member) for member in archive.infolist()}
    if any(_COPIES.search(member.filename) for member in members):
        raise NotATable(_("it has a pivot table or a history, which keep rows of their own"))
    parts = {
        member.filename: of.decode("utf-8", "surrogateescape")
        for member, of in members.items()
        if member.filename.endswith((".xml", ".rels"))
    }
    before, say, there = open_book(io.BytesIO(content)), partial(words.sub, now), dict(parts)
    if now == GONE:
        others = {name: _begun(grid, words) for name, grid in before.grids.items()}
        rows = others | dict(rows)
    gone = {n: rows[name] for n, name in enumerate(before.order) if rows.get(name)}
    (_out_of_ods if ODS in parts else _out_of_xlsx)(parts, gone)
    for name, part in parts.items():
        parts[name] = _TEXT.sub(lambda text: text[0] if text[1] else say(text[0]), part)
    if parts == there:
        return content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member, of in members.items():
            if member.filename in parts:
                of = _bytes(parts[member.filename])
            archive.writestr(member, b"" if _PICTURES.match(member.filename) else of)
    packed.seek(0)
    if _cells(open_book(packed), {}, str) != _cells(before, rows, say):
        raise NotATable(_("cells of a row that goes are merged with others"))
    return packed.getvalue()


def _bytes(part: str) -> bytes:
    return part.encode("utf-8", "surrogateescape")


def _begun(grid: Grid, words: re.Pattern[str]) -> set[int]:
    """Return the rows of which the first cell is one of some words."""
    first = {n: next(filter(None, row), "") for n, row in enumerate(grid.rows, 1)}
    return {n for n, cell in first.items() if words.fullmatch(cell.strip())}


def _cells(book: Book, gone: Mapping[str, Collection[int]], say: _Say) -> dict[object, str]:
    return {
        (say(name), n, column): say(cell)
        for name, grid in book.grids.items()
        for n, row in enumerate(grid.rows, 1)
        if n not in gone.get(name, ())
        for column, cell in enumerate(row)
        if cell
    }


def _out_of_ods(parts: dict[str, str], gone: Mapping[int, Collection[int]]) -> None:
    head, *sheets = _SHEET_OF_ODS.split(_TRACKED.sub("", parts[ODS]))
    for n, rows in gone.items():
        sheets[n] = _blanked(sheets[n], rows, "<table:table-cell/>")
    parts[ODS] = head + "".join(sheets)


def _out_of_xlsx(parts: dict[str, str], gone: Mapping[int, Collection[int]]) -> None:
    names = {name.lower(): name for name in parts}
    _lengths, found = book_of({name: _bytes(parts[names[name]]) for name in names})
    sheets = [names[name] for name in found]
    for n, rows in gone.items():
        folder, name = posixpath.split(sheets[n])
        rels = f"{folder}/_rels/{name}.rels"
        sheet, about = _blanked(parts[sheets[n]], rows, ""), parts.get(rels, "")
        for link in [of for of in _LINK.finditer(sheet) if int(of[1]) in rows]:
            sheet = sheet.replace(link[0], "").replace("<hyperlinks></hyperlinks>", "")
            if (key := _KEY.search(link[0])) and key[0] not in sheet:
                about = re.sub(rf'<Relationship\b[^<>]*\sId="{key[1]}"[^<>]*/>', "", about)
        parts |= {sheets[n]: sheet} | ({rels: about} if rels in parts else {})
        for target in _NOTES.findall(about):
            notes = posixpath.normpath(posixpath.join(folder * target.startswith("."), target))
            parts[notes] = _NOTE.sub(partial(_unsaid, rows), parts[notes])
    shown = {int(n) for sheet in sheets for n in _SHOWN.findall(parts[sheet])}
    if texts := names.get("xl/sharedstrings.xml"):
        at = count()
        parts[texts] = _SHARED.sub(
            lambda of: of[0] if next(at) in shown else f"<{of[1]}si><{of[1]}t/></{of[1]}si>",
            parts[texts],
        )


def _unsaid(rows: Collection[int], note: re.Match[str]) -> str:
    return _OF_NOTE.sub(r"\1\2", note[0]) if int(note[2]) in rows else note[0]


def _blanked(sheet: str, rows: Collection[int], blank: str) -> str:
    """Leave nothing in some rows of a sheet but their height."""
    last = 0

    def kept(row: re.Match[str]) -> str:
        nonlocal last
        number, times = _NUMBER.search(row[2]), _TIMES.search(row[2])
        first = int(number[1]) if number else last + 1
        last = first + (int(times[1]) if times else 1) - 1
        stays = not any(first <= n <= last for n in rows)
        return row[0] if stays else f"<{row[1]}{row[2]}>{blank}</{row[1]}>"

    return _ROW.sub(kept, sheet)
