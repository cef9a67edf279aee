"""Small files that would take gigabytes or minutes end in a table or in one finding."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from itertools import islice, product
from pathlib import Path
from string import ascii_letters

import openpyxl
import pytest

from copehope_lib.settings import Settings
from copehope_lib.tables import Tables, load
from tests.night import chosen
from tests.tables.test_hostile import MOST_GROWTH, edited, ods_content

SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
SHARED, KEYS, END = "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "</sheetData>"
HEADINGS = ["woman", "site", "entered_on"]


def book(now: str = END, part: str = SHEET, at: str = END) -> bytes:
    """Return a workbook of one woman, in one part of which something stands instead."""
    plain, out = io.BytesIO(), io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(HEADINGS)
    made.active.append(["W-001", "North", "2026-01-05"])
    made.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", 8, compresslevel=1) as new:
        parts = {name: old.read(name).decode() for name in old.namelist()}
        parts.setdefault(SHARED, "<sst></sst>")
        assert at in parts[part]
        parts[part] = parts[part].replace(at, now, 1)
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def cells(what: str) -> bytes:
    return book(what + END)


def beside(what: str) -> bytes:
    return book(END + what)


def merged(references: Iterable[str], rows: str = "") -> bytes:
    each = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    return book(f"{rows}{END}<mergeCells>{each}</mergeCells>")


def numbered(last: int, cell: str) -> str:
    return "".join(f'<row r="{n}"><c r="{cell}{n}"><v>1</v></c></row>' for n in range(3, last))


def formatted(columns: str) -> bytes:
    """Return a workbook of which columns are formatted down to the last row."""
    row = "".join(f'<c r="{column}{{0}}" s="0"/>' for column in columns)
    row = f'<row r="{{0}}" spans="1:3">{row}</row>'
    return cells("".join(map(row.format, range(3, 1_048_577))))


def styled(what: str) -> bytes:
    return book(f"{what}<fonts", STYLES, "<fonts")


def related(each: str) -> bytes:
    return book(names(1_000_000, each) + "</Relationships>", KEYS, "</Relationships>")


def texts(what: str) -> bytes:
    return book(f"<sst>{what}</sst>", SHARED, "<sst></sst>")


def sheets(count: int, key: str = "rId1") -> str:
    of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<sheet name="s{{n}}" sheetId="{{n}}" r:id="{key}" xmlns:r="{of}"/>'
    return "".join(one.format(n=n) for n in range(2, count + 2)) + "</sheets>"


def names(count: int, each: str) -> str:
    return "".join(
        each.format("".join(name)) for name in islice(product(ascii_letters, repeat=4), count)
    )


def ods(now: str, at: str = "</table:table>") -> bytes:
    content = ods_content().decode().replace(at, now, 1).encode()
    return edited("women.ods", "content.xml", lambda _: content)


def repeated(what: str, times: int, inside: str = "") -> str:
    mark = f' table:number-{what}-repeated="{times}"'
    row, cell = (mark, "") if what == "rows" else ("", mark + ' office:value-type="string"')
    inside = f"<table:table-cell{cell}>{inside}</table:table-cell>"
    return f"<table:table-row{row}>{inside}</table:table-row></table:table>"


def text(letters: int) -> str:
    return (
        f'<row><c t="str"><v>W-002</v></c><c t="str"><v>{"Ab 12 " * (letters // 6)}</v></c></row>'
    )


ROW = '<row><c t="inlineStr"><is><t>W-002</t></is></c></row>'
CSV = b"woman,site,entered_on\nW-001,North,2026-01-05\n"
DAMAGED, MANY = "damaged", "too many"

# Each with what is said of it, or nothing where it is read.
WALLS: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "a column formatted down to the last row": ("xlsx", "", lambda: formatted("C")),
    "a row two million times": ("xlsx", MANY, lambda: cells(ROW * 2_000_000)),
    "deeply nested": ("xlsx", DAMAGED, lambda: beside("<a>" * 3_000_000)),
    "merges over one column": (
        "xlsx",
        "",
        lambda: merged(["A2:A1048576"] * 50_000, numbered(50_000, "B")),
    ),
    "a million empty tables": (
        "ods",
        MANY,
        lambda: ods("</table:table>" + '<table:table table:name="x"/>' * 1_000_000),
    ),
    "all columns formatted down to the last row": ("xlsx", "", lambda: formatted("ABCDEFGHIJ")),
    "a merge over a whole sheet": ("xlsx", "", lambda: merged(["A1:XFD1048576"])),
    "a merge over 10^18 rows": ("xlsx", "", lambda: merged([f"A2:A{10**18}"])),
    "merges over ever shorter columns": (
        "xlsx",
        "",
        lambda: merged((f"A{n}:A1048576" for n in range(3, 50_000)), numbered(50_000, "A")),
    ),
    "half a million merges": (
        "xlsx",
        "",
        lambda: merged(f"A{n}:A{n + 1}" for n in range(3, 10**6, 2)),
    ),
    "millions of empty cells": ("xlsx", MANY, lambda: cells(f"<row>{'<c/>' * 8_000_000}</row>")),
    "a row half a million times": ("xlsx", "", lambda: cells(ROW * 500_000)),
    "different codes in half a million rows": (
        "xlsx",
        "",
        lambda: cells("".join(f"<row><c t='str'><v>{n}</v></c></row>" for n in range(500_000))),
    ),
    "a text of many megabytes": ("xlsx", "too long", lambda: cells(text(60_000_000))),
    "many long texts": ("xlsx", "", lambda: cells(text(30_000) * 600)),
    "a text of a million letters in many cells": (
        "ods",
        "too long",
        lambda: ods(repeated("columns", 60, f"<text:p>{'Ab 12 ' * 160_000}</text:p>")),
    ),
    "many sheets of one part": ("xlsx", MANY, lambda: book(sheets(100_000), BOOK, "</sheets>")),
    "a large part under many names": (
        "xlsx",
        DAMAGED,
        lambda: book(sheets(2_000), BOOK, "</sheets>"),
    ),
    "a million relations": ("xlsx", MANY, lambda: related('<Relationship Id="{}" Target="x"/>')),
    "millions of styles": ("xlsx", MANY, lambda: styled("<xf/>" * 8_000_000)),
    "a million formats of numbers": (
        "xlsx",
        "",
        lambda: styled(names(10**6, '<numFmt numFmtId="{0}" formatCode="{0}"/>')),
    ),
    "millions of texts": ("xlsx", MANY, lambda: texts("<si/>" * 8_000_000)),
    "texts that are said to be a billion": (
        "xlsx",
        MANY,
        lambda: book('<sst uniqueCount="1000000000">', SHARED, "<sst>"),
    ),
    "texts that are said to be 10^18": (
        "xlsx",
        MANY,
        lambda: book(f'<sst uniqueCount="{10**18}">', SHARED, "<sst>"),
    ),
    "millions of runs in one text": (
        "xlsx",
        MANY,
        lambda: texts(f"<si>{'<r><t>a</t></r>' * 4_000_000}</si>"),
    ),
    "millions of names": ("xlsx", DAMAGED, lambda: beside(names(3_000_000, "<{}/>"))),
    "millions of attributes": (
        "xlsx",
        DAMAGED,
        lambda: beside("<a" + names(5_000_000, ' {}=">"') + "/>"),
    ),
    "an attribute of many megabytes": (
        "xlsx",
        DAMAGED,
        lambda: beside(f"<a b='{'x' * 60_000_000}'/>"),
    ),
    "deeply nested in an ods": (
        "ods",
        DAMAGED,
        lambda: ods("<text:p>" * 3_000_000 + "</table:table>"),
    ),
    "a beginning that is sought again and again": (
        "ods",
        "",
        lambda: ods("</table:table><!--" + "<table:null-date " * 50_000 + "-->"),
    ),
    "blanks after a formula": (
        "xlsx",
        "never calculated",
        lambda: cells(f"<row><c><f>1</f>{' ' * 100_000}</c></row>" * 300),
    ),
    "a row of 10^18 empty ones": ("ods", "", lambda: ods(repeated("rows", 10**18))),
    "a csv of blank lines": ("csv", "", lambda: CSV + b"\n" * 10_000_000),
    "a csv of short rows": ("csv", "", lambda: CSV + b"W\n" * 1_500_000),
    "a csv of one line": ("csv", "too long", lambda: CSV + b"x" * 100_000_000),
}

BY_DAY = [
    "a column formatted down to the last row", "millions of empty cells",
    "a text of a million letters in many cells", "millions of names", "blanks after a formula",
    "a csv of one line",
]  # fmt: skip
"""Of each kind of file, and one for each thing that may be said of it."""

CHILD = """
import sys
from pathlib import Path
from copehope_lib.settings import Settings
from copehope_lib.tables import load
def memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(name))
Path("/proc/self/clear_refs").write_text("5")
before = memory("VmRSS")
tables = load(Path(sys.argv[1]), Settings())
print(memory("VmHWM") - before, len(tables.findings))
for finding in tables.findings:
    if finding.id == "unreadable_file":
        print(finding.wrong)
"""


@pytest.mark.parametrize("wall", chosen(BY_DAY, WALLS))
def test_a_small_file_takes_little_memory_and_is_read_or_refused_in_one_sentence(
    tmp_path: Path, wall: str
) -> None:
    ending, reason, content = WALLS[wall]
    (tmp_path / f"women.{ending}").write_bytes(content())
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env={**os.environ, "LANGUAGE": "en"},
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    counts, *said = ran.stdout.splitlines()
    growth, findings = map(int, counts.split())
    assert growth < MOST_GROWTH
    assert findings < 100_000
    assert [bool(re.search(reason, one)) for one in said] == ([True] if reason else [])


def read(folder: Path, content: bytes) -> Tables:
    (folder / "women.xlsx").write_bytes(content)
    return load(folder, Settings())


def test_a_merge_over_a_whole_column_gives_its_value_to_each_row(tmp_path: Path) -> None:
    tables = read(tmp_path, merged(["A2:A1048576"], numbered(6, "B")))
    assert list(tables.women["woman"]) == ["W-001"] * 4
    assert [one.rows for one in tables.findings if one.id == "merged_cells"] == [(3, 4, 5)]


def test_a_merge_takes_no_value_from_a_cell_that_has_its_own(tmp_path: Path) -> None:
    tables = read(tmp_path, merged(["A1:XFD1048576"]))
    assert list(tables.women["woman"]) == ["W-001"]
    assert list(tables.women["site"]) == ["North"]


def test_a_row_below_formats_keeps_its_place(tmp_path: Path) -> None:
    blank = '<row r="{0}" spans="1:3"><c r="A{0}" s="0"/><c r="B{0}" s="0"/></row>'
    last = '<row><c t="str"><v>W-002</v></c></row>'
    tables = read(tmp_path, cells("".join(map(blank.format, range(3, 70_000))) + last))
    assert list(tables.women["woman"]) == ["W-001", "W-002"]
    assert {one.row for one in tables.findings if one.id == "missing_value"} == {70_000}


def test_a_formula_without_a_value_is_found_on_a_sheet_that_was_moved(tmp_path: Path) -> None:
    made, plain, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    made.active.title = "notes"
    women = made.create_sheet("women", 0)
    women.append(HEADINGS)
    women.append(["W-001", "North", "2026-01-05"])
    women.append(["=1+1"])
    made.save(plain)
    # Spreadsheets keep the part of a sheet that is moved; openpyxl numbers them anew.
    swapped = {"worksheets/sheet1.xml": "worksheets/sheet2.xml"}
    swapped |= {new: old for old, new in swapped.items()}
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == KEYS:
                content = re.sub("worksheets/sheet[12].xml", lambda m: swapped[m[0]], content)
            new.writestr(
                f"xl/{swapped.get(name[3:], name[3:])}" if name[:3] == "xl/" else name, content
            )
    told = [one.wrong for one in read(tmp_path, out.getvalue()).errors if one.table == "women"]
    assert [one for one in told if "never calculated" in one]


def test_many_rows_alike_are_one_finding_with_the_first_of_them_and_their_number(
    tmp_path: Path,
) -> None:
    (tmp_path / "women.csv").write_bytes(CSV + b"W-001,North,\n" * 25_000)
    missing = [one for one in load(tmp_path, Settings()).findings if one.column == "entered_on"]
    assert [(one.row, one.count) for one in missing] == [(3, 25_000)]
    assert missing[0].rows == tuple(range(3, 1_003))
    assert "rows 3, 4, 5 and 24997 more" in str(missing[0])


def test_of_many_texts_the_first_are_shown_and_the_others_are_one_finding(tmp_path: Path) -> None:
    rows = "".join(f"W-{n},North,day {n}\n" for n in range(5_000))
    (tmp_path / "women.csv").write_bytes(b"woman,site,entered_on\n" + rows.encode())
    found = [one for one in load(tmp_path, Settings()).findings if one.id == "unknown_value"]
    assert sum(one.count for one in found) == 5_000
    assert [(one.value, one.count) for one in found if not one.value] == [("", 4_000)]
