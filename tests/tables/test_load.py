"""From files to typed tables."""

from pathlib import Path
from typing import Literal

import pandas as pd
import pytest

from copehope_lib.schema import TABLES
from copehope_lib.tables.findings import Finding, masked
from copehope_lib.workspace import Workspace


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def only_finding(workspace: Workspace) -> Finding:
    findings = workspace.tables().findings
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


def test_a_clean_registry_loads_without_a_finding(small: Workspace) -> None:
    tables = small.tables()
    assert tables.findings == ()
    assert tables.women["entered_on"].tolist() == [
        pd.Timestamp("2026-06-01"),
        pd.Timestamp("2026-10-16"),
    ]


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_the_dtype_of_the_schema(small: Workspace, name: str) -> None:
    frame = getattr(small.tables(), name)
    assert list(frame.columns) == TABLES[name].columns
    assert frame.dtypes.astype("str").to_dict() == {
        column: str(dtype) for column, dtype in TABLES[name].dtypes.items()
    }


@pytest.mark.parametrize(("ending", "engine"), [("xlsx", "openpyxl"), ("ods", "odf")])
def test_a_workbook_with_a_sheet_for_each_table_loads_to_the_same_frames(
    small: Workspace, ending: str, engine: Literal["openpyxl", "odf"]
) -> None:
    before = small.tables()
    book = small.registry / f"registry.{ending}"
    with pd.ExcelWriter(str(book), engine=engine) as writer:
        for name in TABLES:
            frame = pd.read_csv(small.registry / f"{name}.csv", dtype="str")
            frame.to_excel(writer, sheet_name=name, index=False)
    for name in TABLES:
        (small.registry / f"{name}.csv").unlink()
    after = small.tables()
    assert after.findings == ()
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))


def test_real_dates_and_numbers_of_a_spreadsheet_are_understood(small: Workspace) -> None:
    path = small.registry / "women.csv"
    frame = pd.read_csv(path, parse_dates=["entered_on"])
    path.unlink()
    frame.to_excel(small.registry / "women.xlsx", index=False)
    women = small.tables().women
    assert women["birth_year"].tolist() == [1998, 2001]
    assert women.loc[0, "entered_on"] == pd.Timestamp("2026-06-01")


def test_semicolons_a_mark_and_blank_rows_do_not_matter(small: Workspace) -> None:
    path = small.registry / "women.csv"
    before = small.tables().women
    text = (
        path.read_text(encoding="utf-8").replace(",", ";").replace("\nW-002", "\n;;;;;;;;;\nW-002")
    )
    path.write_text("\ufeff" + text + "\n\n", encoding="utf-8")
    tables = small.tables()
    assert tables.findings == ()
    pd.testing.assert_frame_equal(tables.women, before)


def test_a_moment_with_an_offset_becomes_local_time(small: Workspace) -> None:
    change(small.registry / "sessions.csv", "2026-10-05T10:00", "2026-10-05T08:00Z")
    sessions = small.tables().sessions.set_index("session")
    assert sessions.loc["S-3", "starts_at"] == pd.Timestamp("2026-10-05T10:00")


def test_an_optional_column_may_be_left_out(small: Workspace) -> None:
    path = small.registry / "women.csv"
    pd.read_csv(path, dtype="str").drop(columns=["left_on", "housing"]).to_csv(path, index=False)
    tables = small.tables()
    assert tables.findings == ()
    assert tables.women[["left_on", "housing"]].isna().all(axis=None)


def test_a_missing_table_is_named(small: Workspace) -> None:
    (small.registry / "goals.csv").unlink()
    finding = only_finding(small)
    assert (finding.id, finding.table) == ("missing_table", "goals")
    assert "goals.csv" in finding.mend


def test_a_missing_column_is_named_once(small: Workspace) -> None:
    path = small.registry / "assignments.csv"
    frame = pd.read_csv(path, dtype="str").drop(columns="function")
    frame.to_csv(path, index=False)
    missing = [f for f in small.tables().findings if f.id == "missing_column"]
    assert [(finding.table, finding.column) for finding in missing] == [("assignments", "function")]


def test_an_unknown_value_is_named_with_its_row_and_the_row_is_kept(small: Workspace) -> None:
    change(small.registry / "women.csv", "shared_flat", "castle")
    finding = only_finding(small)
    assert (finding.id, finding.row, finding.column, finding.value) == (
        "unknown_value", 2, "housing", "castle",
    )  # fmt: skip
    assert "Shared flat" in finding.mend
    assert len(small.tables().women) == 2


def test_the_row_is_the_one_that_the_spreadsheet_shows(small: Workspace) -> None:
    path = small.registry / "women.csv"
    change(path, "\nW-002", "\n\n,,,,,,,,,\nW-002")
    change(path, "reception_centre", "somewhere")
    assert only_finding(small).row == 5


@pytest.mark.parametrize(
    ("table", "old", "new", "kind", "column"),
    [
        ("women", "1998", "19x8", "unknown_value", "birth_year"),
        ("women", "1998", "1098", "out_of_range", "birth_year"),
        ("women", "2026-06-01", "2026-06-31", "unknown_value", "entered_on"),
        ("women", "2026-06-01", "", "missing_value", "entered_on"),
        ("professionals", "1.0", "1.5", "out_of_range", "fte"),
        ("professionals", ",no,", ",maybe,", "unknown_value", "external"),
        ("sessions", "T11:30", "T09:30", "wrong_order", "ends_at"),
        ("sessions", "A-01", "A-99", "unknown_code", "activity"),
        ("attendance", "S-1,", "S-77,", "unknown_code", "session"),
    ],
)
def test_each_kind_of_mistake_is_found(
    small: Workspace, table: str, old: str, new: str, kind: str, column: str
) -> None:
    change(small.registry / f"{table}.csv", old, new)
    found = {(finding.id, finding.table, finding.column) for finding in small.tables().findings}
    assert (kind, table, column) in found


def test_dates_in_the_wrong_order_are_one_finding(small: Workspace) -> None:
    change(small.registry / "women.csv", "2026-06-01,", "2026-06-01,2026-05-01")
    findings = [f for f in small.tables().findings if f.table == "women"]
    assert [(f.id, f.row, f.column) for f in findings] == [("wrong_order", 2, "left_on")]


def test_a_doubled_row_points_to_the_first(small: Workspace) -> None:
    path = small.registry / "attendance.csv"
    path.write_text(path.read_text(encoding="utf-8") + "S-1,W-001,missed,\n", encoding="utf-8")
    finding = only_finding(small)
    assert (finding.id, finding.row) == ("doubled_row", 8)
    assert "row 2" in finding.wrong


def test_a_name_in_a_code_column_is_refused_and_never_printed(small: Workspace) -> None:
    for table in ("women", "assignments", "attendance"):
        path = small.registry / f"{table}.csv"
        path.write_text(
            path.read_text(encoding="utf-8").replace("W-001", "Amaka Obi"), encoding="utf-8"
        )
    findings = small.tables().findings
    assert {finding.id for finding in findings} == {"person_name"}
    assert "maka" not in " ".join(map(str, findings))


def test_all_findings_come_in_one_run(small: Workspace) -> None:
    change(small.registry / "women.csv", "shared_flat", "castle")
    change(small.registry / "sessions.csv", "T11:30", "T09:30")
    (small.registry / "goals.csv").unlink()
    kinds = {finding.id for finding in small.tables().findings}
    assert {"unknown_value", "wrong_order", "missing_table"} <= kinds


@pytest.mark.parametrize("value", ["Amaka", "by herself", "amaka@example.org", "+34 600 11 22"])
def test_what_might_be_personal_is_masked(value: str) -> None:
    assert masked(value) == f"{value[0]}… ({len(value)})"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "women.csv"),
        (b"   \n\n", "women.csv"),
        (b"\xff\xfe\x00w\x80", "women.csv"),
        (b"woman,site\nW-1,Barcelona\n", "women.xlsx"),
        (b"PK\x03\x04 not a workbook", "women.xlsx"),
        (b"woman,site\nW-1,Barcelona\n", "women.ods"),
    ],
)
def test_a_file_that_is_not_a_table_is_one_finding_that_names_it(
    small: Workspace, content: bytes, name: str
) -> None:
    (small.registry / "women.csv").unlink()
    (small.registry / name).write_bytes(content)
    unreadable = [f for f in small.tables().findings if f.id == "unreadable_file"]
    assert len(unreadable) == 1
    assert name in unreadable[0].wrong
    assert "\n" not in str(unreadable[0])


def test_a_file_that_cannot_be_opened_is_one_finding_that_names_it(small: Workspace) -> None:
    (small.registry / "women.csv").unlink()
    (small.registry / "women.csv").mkdir()
    unreadable = [f for f in small.tables().findings if f.id == "unreadable_file"]
    assert len(unreadable) == 1
    assert "women.csv" in unreadable[0].wrong


def test_two_files_for_one_table_are_refused(small: Workspace) -> None:
    pd.read_csv(small.registry / "women.csv").to_excel(small.registry / "women.xlsx", index=False)
    unreadable = [f for f in small.tables().findings if f.id == "unreadable_file"]
    assert "keep one" in unreadable[0].wrong


def test_a_file_named_after_someone_is_never_named_in_full(small: Workspace) -> None:
    (small.registry / "Amaka Obi.csv").write_text("a,b\n1,2\n")
    (small.registry / "Amaka Obi.xlsx").write_bytes(b"no workbook")
    findings = small.tables().findings
    assert {finding.id for finding in findings} == {"unknown_file", "unreadable_file"}
    assert "maka" not in " ".join(map(str, findings))


def test_a_word_in_place_of_a_code_is_never_shown_in_full(small: Workspace) -> None:
    change(small.registry / "goals.csv", "\n", "\nokonkwo,W-001,work,her,2026-07-01,\n")
    assert (only_finding(small).id, only_finding(small).value) == ("not_a_code", "o… (7)")
