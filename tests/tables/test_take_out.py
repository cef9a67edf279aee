"""Rows taken out of a spreadsheet: all else stays as it was written, nothing of them is left."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from odf import office, table, text
from odf.dc import Date
from odf.opendocument import OpenDocumentSpreadsheet

from copehope_lib.tables.sheet import NotATable
from copehope_lib.tables.take_out import out_of_csv, out_of_workbook

HERS = re.compile(r"(?<![\w-])W-002(?![\w-])", re.I)

ROWS = ("woman;site;nota\r\n", 'W-001;"Sant ""Boi""\r\nde Llobregat";però\r\n',
        'W-002;Mílan;"una\r\nnota; sua"\r\n', "W-0021;Lleó;germana\r\n", "\r\n",
        "W-003;;")  # fmt: skip


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_bytes_of_all_other_rows_stay(
    ends: str, encoding: str, mark: str, separator: str
) -> None:
    mark = mark if encoding.startswith("utf-16") else ""
    rows = [row.replace("\r\n", ends).replace(";", separator) for row in ROWS]
    there = "".join([mark, *rows]).encode(encoding)
    left = "".join([mark, *rows[:2], *rows[3:]]).encode(encoding)
    assert out_of_csv(there, separator, {3}, HERS) == left


def test_lines_in_two_encodings_stay_as_they_are() -> None:
    lines = [b"woman,site\n", "W-001,Lleó\n".encode(), "W-002,Lleó\n".encode("cp1252"),
             "W-003,Mílan\n".encode("cp1252")]  # fmt: skip
    assert out_of_csv(b"".join(lines), ",", {3}, HERS) == b"".join([*lines[:2], lines[3]])


def test_a_word_in_another_row_is_taken_out_or_replaced() -> None:
    there = b"woman,notes\nW-001,sister of w-002 and W-0021\nW-002,W-002\n"
    assert out_of_csv(there, ",", {3}, HERS).splitlines()[1:] == [b"W-001,sister of ... and W-0021"]
    assert out_of_csv(there, ",", set(), HERS, "W-9").splitlines()[1:] == [
        b"W-001,sister of W-9 and W-0021", b"W-9,W-9",
    ]  # fmt: skip


def xlsx() -> bytes:
    """A workbook as teams make them: a title, notes, drop-downs, formulas, a sheet of their own."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        women = book.add_worksheet("women")
        women.merge_range("A1:D1", "Our women", book.add_format({"bold": True}))
        women.write_row("A2", ["woman", "born", "age", "notes"])
        for n, (code, note) in enumerate(
            [("W-001", "sister of W-002"), ("W-002", "hers alone"), ("W-003", "knows w-002")], 3
        ):
            women.write_row(f"A{n}", [code, 1990 + n])
            women.write_formula(f"C{n}", f"=2026-B{n}", None, 36 - n)
            women.write(f"D{n}", note)
            women.write_comment(f"A{n}", f"a note on row {n}")
        women.write_url("E4", "https://example.org/", string="her page")
        women.data_validation("D3:D99", {"validate": "list", "source": ["yes", "no"]})
        women.conditional_format(
            "B3:B99", {"type": "cell", "criteria": ">", "value": 1, "format": None}
        )
        women.autofilter("A2:D5")
        own = book.add_worksheet("Overview")
        own.write_formula("A1", '=COUNTIF(women!A:A,"W-002")', None, 1)
        own.write_formula("A2", "=women!B5", None, 1995)
        own.write_row("A3", ["who", "W-001", "W-002"])
        own.write_row("A4", ["W-002", "in Turin", 7])
        book.define_name("Ours", "=women!$A$3:$A$5")
    return target.getvalue()


def ods() -> bytes:
    """The same, as far as an .ods is another thing: rows that repeat, notes, a picture."""
    document = OpenDocumentSpreadsheet()

    def sheet(name: str, *rows: tuple[object, ...], times: int = 1) -> None:
        made = table.Table(name=name)
        for cells in rows:
            row = table.TableRow(numberrowsrepeated=times if cells == ("again",) else 1)
            for cell in cells:
                said = table.TableCell(valuetype="string")
                if str(cell).startswith("of:"):
                    said = table.TableCell(formula=str(cell), valuetype="float", value="1")
                    cell = "1"
                if cell == "W-002":
                    note = office.Annotation()
                    note.addElement(Date(text="2026-10-01"))
                    note.addElement(text.P(text="a note on her"))
                    said.addElement(note)
                said.addElement(text.P(text=str(cell)))
                row.addElement(said)
            made.addElement(row)
        document.spreadsheet.addElement(made)

    sheet("women", ("woman", "notes"), ("again",), ("W-001", "sister of W-002"),
          ("W-002", "hers alone"), ("W-003", "knows w-002"), times=3)  # fmt: skip
    sheet("Overview", ('of:=COUNTIF([.A1:.A9];"W-002")', "W-001"), ("W-002", "in Turin"), ("end",))
    made = io.BytesIO()
    document.write(made)
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("Thumbnails/thumbnail.png", b"W-002 as a picture")
    return made.getvalue()


def by_another(content: bytes) -> dict[str, list[list[object]]]:
    """What another program reads: values that are kept, and formulas."""
    if b"opendocument" in content[:100]:
        sheets = pd.read_excel(io.BytesIO(content), None, engine="odf", header=None, dtype=str)
        return {name: sheet.fillna("").to_numpy().tolist() for name, sheet in sheets.items()}
    found = {}
    for kind in (True, False):
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=kind)
        for sheet in book:
            found[f"{sheet.title} {kind}"] = [
                [cell.value for cell in row] for row in sheet.iter_rows(max_row=9, max_col=5)
            ]
    return found


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def said(rows: list[list[object]], gone: set[int], blank: object) -> list[list[object]]:
    """What is to be left of the rows of a sheet."""
    return [
        [blank] * len(row)
        if n in gone
        else [HERS.sub("...", cell) if isinstance(cell, str) else cell for cell in row]
        for n, row in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(("made", "hers", "blank"), [(xlsx, 4, None), (ods, 6, "")])
def test_every_other_cell_of_a_workbook_stays(
    made: Callable[[], bytes], hers: int, blank: object
) -> None:
    there = made()
    left = out_of_workbook(there, {"women": {hers}}, HERS)
    before, after = by_another(there), by_another(left)
    assert list(after) == list(before)
    for name, rows in before.items():
        # A row of her in another sheet begins with her code; where that is a heading, it stays.
        own = {"women": {hers}}.get(name.split()[0], {4 if made is xlsx else 2})
        assert after[name] == said(rows, own, blank), name
    # In the files inside, too, nothing is left of her, and what says nothing of her is the same.
    old, new = parts(there), parts(left)
    assert list(new) == list(old)
    for name, content in new.items():
        assert not re.search(
            rb"W-002|hers alone|in Turin|row 4|note on her|example.org", content, re.I
        ), name
    for name in ("xl/styles.xml", "xl/workbook.xml", "styles.xml", "mimetype"):
        assert old.get(name) == new.get(name), name
    assert {b"row 3" in content for content in new.values()} == {made is xlsx, False}


def test_drop_downs_formats_filters_and_names_stay() -> None:
    (there, left) = (xlsx(), out_of_workbook(xlsx(), {"women": {4}}, HERS))
    books = [openpyxl.load_workbook(io.BytesIO(content)) for content in (there, left)]
    seen = [
        (
            [one.sqref for one in book["women"].data_validations.dataValidation],
            [str(one.sqref) for one in book["women"].conditional_formatting],
            book["women"].auto_filter.ref,
            book["women"].merged_cells.ranges,
            book.defined_names["Ours"].attr_text,
            book["women"].row_dimensions[5].height,
            book["women"]["A1"].font.b,
        )
        for book in books
    ]
    assert seen[0] == seen[1]
    assert seen[0][0]


@pytest.mark.parametrize("made", [xlsx, ods])
def test_a_new_code_stands_wherever_the_old_one_stood(made: Callable[[], bytes]) -> None:
    there = made()
    left = out_of_workbook(there, {"women": set()}, HERS, "W-9")
    for name, rows in by_another(there).items():
        new = [[HERS.sub("W-9", of) if isinstance(of, str) else of for of in row] for row in rows]
        assert by_another(left)[name] == new, name


@pytest.mark.parametrize("made", [xlsx, ods])
def test_a_workbook_that_says_nothing_of_her_stays_byte_by_byte(made: Callable[[], bytes]) -> None:
    there = made()
    assert out_of_workbook(there, {"women": set()}, re.compile("W-7")) == there


def test_a_code_that_looks_like_a_cell_changes_no_formula() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        women = book.add_worksheet("women")
        for n, code in enumerate(["woman", "A1", "A2", "A3"]):
            women.write_row(n, 0, [code, n])
        women.write_formula("C2", "=A1&A2", None, "A1A2")
    left = by_another(out_of_workbook(target.getvalue(), {"women": {3}}, re.compile(r"\bA2\b")))
    assert [row[:3] for row in left["women False"][:4]] == [
        ["woman", 0, None], ["A1", 1, "=A1&A2"], [None, None, None], ["A3", 3, None],
    ]  # fmt: skip


def test_cells_that_are_merged_with_those_of_another_are_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx()))
    book["women"].delete_cols(3)
    book["women"].merge_cells("B4:B5")
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(NotATable, match="cells of a row that goes are merged with others"):
        out_of_workbook(made.getvalue(), {"women": {4}}, HERS)


def test_a_workbook_that_keeps_copies_of_its_rows_is_named() -> None:
    made = io.BytesIO(xlsx())
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("xl/pivotCache/pivotCacheRecords1.xml", "<r/>")
    with pytest.raises(NotATable, match="a pivot table or a history"):
        out_of_workbook(made.getvalue(), {"women": {4}}, HERS)
