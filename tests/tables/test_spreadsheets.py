"""Files that LibreOffice itself wrote load as they look on the screen."""

import importlib.util
import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace

KEPT = Path(__file__).parent.parent / "data" / "libreoffice"
WORKBOOKS = ("women.xlsx", "women.xlsm", "women.ods")
FILES = (*WORKBOOKS, "women.csv")


def expected(sites: list[str | None]) -> pd.DataFrame:
    frame = pd.DataFrame({
        "woman": ["W-001", "W-002", "W-003"],
        "site": sites,
        "entered_on": ["2026-06-01", "2026-10-16", "2026-02-03"],
        "left_on": [None, None, "2026-09-30"],
        "leaving_reason": [None, None, "completed"],
        "birth_year": pd.array([1998, 2001, None], dtype="Int64"),
        "region_of_origin": ["África Occidental", None, None],
        "residence_status": ["residence_and_work", "none", None],
        "housing": ["shared_flat", "reception_centre", None],
        "children_in_care": pd.array([1, None, 0], dtype="Int64"),
    })  # fmt: skip
    return frame.reindex(columns=TABLES["women"].columns).astype(TABLES["women"].dtypes)


def with_part(name: str, part: str, sought: bytes, now: bytes) -> bytes:
    """Return a kept workbook in which something stands instead of what was sought in a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(KEPT / name) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            content = old.read(item)
            if item == part:
                assert re.search(sought, content)
                content = re.sub(sought, now, content)
            new.writestr(item, content)
    return out.getvalue()


def loaded(workspace: Workspace, *files: Path) -> Tables:
    (workspace.registry / "women.csv").unlink(missing_ok=True)
    for file in files:
        shutil.copy(file, workspace.registry)
    return workspace.tables()


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_of_libreoffice_loads_as_it_looks(small: Workspace, name: str) -> None:
    tables = loaded(small, KEPT / name)
    sites = ["Barcelona", "Barcelona", "L’Hospitalet"]
    pd.testing.assert_frame_equal(tables.women, expected(sites))
    assert tables.errors == ()


def test_a_csv_of_libreoffice_loads_but_for_what_a_merged_cell_hid(small: Workspace) -> None:
    tables = loaded(small, KEPT / "women.csv")
    pd.testing.assert_frame_equal(tables.women, expected(["Barcelona", None, "L’Hospitalet"]))
    assert [(f.id, f.row, f.column) for f in tables.errors] == [("missing_value", 4, "site")]
    told = next(dialect for dialect in tables.dialects if dialect.table == "women")
    assert (told.encoding, told.separator, told.dates) == (
        "Windows-1252", ";", "day/month/year",
    )  # fmt: skip
    assert (told.heading_row, told.headings) == (2, "es")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hidden_sheet_is_not_read(small: Workspace, name: str) -> None:
    tables = loaded(small, KEPT / name)
    assert "W-999" not in set(tables.women["woman"])


def test_a_hidden_sheet_named_after_a_table_is_named_in_a_warning(small: Workspace) -> None:
    book = openpyxl.load_workbook(KEPT / "women.xlsx")
    hidden = next(sheet for sheet in book.worksheets if sheet.sheet_state != "visible")
    hidden.title = "Dones"
    path = small.registry / "women.xlsx"
    book["Mujeres"]["F3"] = 1998
    book.save(path)
    tables = loaded(small)
    found = [f.severity for f in tables.findings if f.id == "hidden_sheet"]
    assert found == ["warning"]
    assert tables.women["woman"].tolist() == ["W-001", "W-002", "W-003"]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_row_with_a_merged_cell_is_named_by_a_hint(small: Workspace, name: str) -> None:
    merged = [f for f in loaded(small, KEPT / name).findings if f.id == "merged_cells"]
    assert [(finding.severity, finding.row) for finding in merged] == [("hint", 4)]


def test_a_formula_that_was_never_calculated_is_refused(small: Workspace) -> None:
    book = openpyxl.load_workbook(KEPT / "women.xlsx")
    path = small.registry / "women.xlsx"
    book["Mujeres"]["F3"] = "=2000-2"
    book.save(path)
    (finding,) = [f for f in loaded(small).errors if f.id == "unreadable_file"]
    assert "never calculated" in finding.wrong


def test_a_formula_may_give_an_empty_text(small: Workspace) -> None:
    formula = b'<c r="D3" t="str"><f>IF(1,"")</f><v></v></c>'
    content = with_part("women.xlsx", "xl/worksheets/sheet1.xml", rb'(?=<c r="F3")', formula)
    (small.registry / "women.xlsx").write_bytes(content)
    tables = loaded(small)
    assert tables.errors == ()
    assert tables.women["left_on"].isna().tolist() == [True, True, False]


ERRORS = {
    "women.xlsx": (
        "xl/worksheets/sheet1.xml",
        rb'<c r="F3".*?</c>',
        b'<c r="F3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    ),
    "women.ods": (
        "content.xml",
        rb"<table:table-cell table:formula=.*?</table:table-cell>",
        b'<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        b'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        b"</table:table-cell>",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_that_a_formula_gives_is_no_blank_cell(small: Workspace, name: str) -> None:
    (small.registry / name).write_bytes(with_part(name, *ERRORS[name]))
    found = [(f.id, f.row, f.column) for f in loaded(small).errors]
    assert found == [("error_value", 3, "birth_year")]


def test_an_old_xls_is_refused_by_name(small: Workspace) -> None:
    (finding,) = loaded(small, KEPT / "women.xls").errors
    assert (finding.id, finding.table) == ("unreadable_file", "women")
    assert "save it as .xlsx" in finding.wrong


def test_line_ends_between_the_cells_of_an_ods_does_not_matter(small: Workspace) -> None:
    content = with_part("women.ods", "content.xml", rb"><table:", b">\n  <table:")
    (small.registry / "women.ods").write_bytes(content)
    assert loaded(small).errors == ()


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, written by the LibreOffice of this machine."""
    soffice = shutil.which("soffice")
    assert soffice is not None, "LibreOffice is missing: install libreoffice-calc."
    spec = importlib.util.spec_from_file_location("make", KEPT / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    folder = tmp_path_factory.mktemp("anew")
    make.convert(folder, soffice)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_the_libreoffice_of_today_writes_what_was_kept(
    small: Workspace, anew: Path, name: str
) -> None:
    now = loaded(small, anew / name)
    kept = loaded(small, KEPT / name)
    pd.testing.assert_frame_equal(now.women, kept.women)
    assert now.findings == kept.findings
