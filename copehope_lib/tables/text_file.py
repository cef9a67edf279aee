"""CSV files as spreadsheets write them: any of six encodings, any of three separators."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from itertools import islice, pairwise

import pyarrow as pa
import pyarrow.csv

from copehope_lib.language import gettext as _
from copehope_lib.tables.letters import strangeness
from copehope_lib.tables.sheet import (
    LOOK_AHEAD,
    Dialect,
    NotATable,
    Score,
    Sheet,
    assembled,
    column,
    from_rows,
    heading_row,
    refuse_if_too_wide,
)

SEPARATORS = {";": ";", ",": ",", "\t": "tab"}

# As much of a file as is looked at to see how it is written.
_HEAD = 1 << 16


def read(data: bytes, file: str, score: Score) -> Sheet:
    """Read a CSV file.

    Parameters
    ----------
    data : bytes
        What the file holds.
    file : str
        Its name.
    score : callable
        Counts how many cells of a row are headings of the table that is looked for; it
        settles the separator and the row of the headings.

    Raises
    ------
    NotATable
        If it is empty, of another kind, or in an encoding that is not understood.
    """
    data, name = in_utf8(data)
    data = data.rstrip(b"\r\n")
    head = data[:_HEAD].decode(errors="ignore")
    if not head or head.isspace():
        raise NotATable(_("it is empty"))
    if "\0" in head:
        raise NotATable(_("it is not text"))
    separator, top = _layout(head, score)
    dialect = Dialect(file=file, encoding=name, separator=SEPARATORS[separator])
    try:
        return _even(data, separator, top, dialect)
    except pa.ArrowInvalid:
        # Rows of unequal length, blank lines, cells longer than a block: one by one.
        return _uneven(data, separator, score, dialect)


def in_utf8(data: bytes) -> tuple[bytes, str]:
    """Return a text in UTF-8, and the encoding in which it was written.

    Raises
    ------
    NotATable
        If it is in an encoding that is not understood.
    """
    encoding = _encoding(data)
    name = _NAMES[encoding]
    if encoding in _ONE_BYTE:
        data, mixed = _line_by_line(data, encoding)
        return data, f"{_NAMES['utf-8']}, {name}" if mixed else name
    return data if encoding == "utf-8" else data.decode(encoding).encode(), name


def rows(data: bytes) -> list[list[str]]:
    r"""Return the cells of a CSV file row by row, whatever it holds.

    Raises
    ------
    NotATable
        If it is in an encoding that is not understood, or has a cell that is too long.

    Examples
    --------
    >>> rows("código;año\nU1;1998".encode("cp1252"))
    [['código', 'año'], ['U1', '1998']]
    """
    text = in_utf8(data)[0].decode().rstrip("\r\n")
    separator, _top = _layout(text[:_HEAD], len)
    return [[*row] for row in _split(io.StringIO(text, newline=""), separator)]


def records(text: str, separator: str) -> list[str]:
    r"""Return the rows of a CSV file to the letter, line ends included.

    Examples
    --------
    >>> records('a;b\r\n"x\r\ny";1\r\n', ";")
    ['a;b\r\n', '"x\r\ny";1\r\n']
    """
    lines, ends = io.StringIO(text, newline="").readlines(), [0]
    reader = csv.reader(lines, delimiter=separator)
    ends += [reader.line_num for _row in reader]  # a cell may hold line ends
    return ["".join(lines[start:end]) for start, end in pairwise(ends)]


def _split(lines: Iterable[str], separator: str) -> list[tuple[str, ...]]:
    try:
        return [tuple(row) for row in csv.reader(lines, delimiter=separator)]
    except csv.Error:
        raise NotATable(_("it has a cell that is too long to read")) from None


_PIECE = 1 << 20

_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp1250": "Windows-1250",
    "cp850": "DOS (850)",
}

# The letters of our languages that are in DOS (437) are in the same places of DOS (850).
_ONE_BYTE = ("cp1252", "mac_roman", "cp1250", "cp850")


def _encoding(data: bytes) -> str:
    """Recognise the encoding by its mark, its zeros, or what can be decoded."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    elif data[:_HEAD].count(0) * 4 > len(data[:_HEAD]):  # a zero in nearly every other place
        zeros_first = data[:_HEAD:2].count(0) > data[1:_HEAD:2].count(0)
        candidates = ["utf-16-be" if zeros_first else "utf-16-le"]
    else:
        candidates = ["utf-8"] if _can_be(data, "utf-8") else _by_letters(data)
    for candidate in candidates:
        if _can_be(data, candidate):
            return candidate
    raise NotATable(_("it is in none of UTF-8, UTF-16, Windows-1252 and Mac Roman"))


def _line_by_line(data: bytes, encoding: str) -> tuple[bytes, bool]:
    """Return a text in UTF-8, and whether some of its lines were so already.

    They are where two files were put together: no line is in UTF-8 by chance.
    """
    lines, mixed = data.splitlines(keepends=True), False
    for at, line in enumerate(lines):
        if _is_utf_8(line):
            mixed |= not line.isascii()
        else:
            lines[at] = line.decode(encoding).encode()
    return b"".join(lines), mixed


def _by_letters(data: bytes) -> list[str]:
    """Return encodings of a byte a letter: first the one in which a text reads most like ours."""
    told = b"\n".join(
        line for line in data.splitlines() if not line.isascii() and not _is_utf_8(line)
    )[:_PIECE]
    strange = {one: strangeness(told.decode(one, errors="replace")) for one in _ONE_BYTE}
    beyond_ascii = len(told) - len(told.decode("ascii", errors="ignore"))
    likely = [one for one in strange if strange[one] < beyond_ascii]
    # Of another time or place: for one letter it is not believed.
    return sorted(likely, key=lambda one: strange[one] + (one in ("cp850", "cp1250")))


def _is_utf_8(line: bytes) -> bool:
    # An apostrophe before a letter with an accent, as Mac Roman has it, would be Armenian.
    return _can_be(line, "utf-8") and not re.search("[\u0540-\u057f]", line.decode())


def _can_be(data: bytes, encoding: str) -> bool:
    """Decode piece by piece, and keep none of it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _layout(head: str, score: Score) -> tuple[str, int]:
    """Choose the separator by which most headings are recognised; return it and their row."""
    best = (-1, -1, ",", 0)
    for separator in SEPARATORS:
        try:
            rows = list(
                islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), LOOK_AHEAD)
            )
        except csv.Error:
            continue
        if not rows:
            continue
        top = heading_row(rows, score)
        best = max(best, (score(rows[top]), len(rows[top]), separator, top), key=lambda b: b[:2])
    if best[0] < 0:
        raise NotATable(_("it has a cell that is too long to read"))
    return best[2], best[3]


def _even(data: bytes, separator: str, top: int, dialect: Dialect) -> Sheet:
    """Read a table whose rows are all as long as its headings: the common and the fast way."""
    head = data[: 4 * _HEAD].decode(errors="ignore")
    lines = io.StringIO(head, newline="")
    rows = list(islice(csv.reader(lines, delimiter=separator), top + 1))
    body = len(head[: lines.tell()].encode())
    names = [str(n) for n in range(refuse_if_too_wide(len(rows[top])))]
    table = pyarrow.csv.read_csv(
        pa.BufferReader(pa.py_buffer(data).slice(body)),
        read_options=pyarrow.csv.ReadOptions(column_names=names),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=separator,
            newlines_in_values=b'"' in data,
            ignore_empty_lines=False,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    columns = []
    for name in names:
        encoded = table[name].dictionary_encode().combine_chunks()
        columns.append(column(encoded.indices.to_numpy(), encoded.dictionary.to_pylist()))
        table = table.drop_columns(name)
    return assembled(rows[top], columns, dialect, rows[:top])


def _uneven(data: bytes, separator: str, score: Score, dialect: Dialect) -> Sheet:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    return from_rows(_split(lines, separator), score, dialect)
