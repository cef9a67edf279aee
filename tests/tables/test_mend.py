"""Safe mendings, run as a person runs them."""

import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import load
from copehope_lib.tables.mend import mend
from copehope_lib.workspace import Workspace
from tests.command import copehope


def fix(small: Workspace) -> list[str]:
    done = copehope("check", small.path, "--fix", cwd=small.path)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def mended(small: Workspace, table: str) -> str:
    return (small.path / "mended" / f"{table}.csv").read_text(encoding="utf-8")


def change(small: Workspace, table: str, old: str, new: str) -> None:
    path = small.registry / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_to_mend_says_so_and_makes_no_folder(small: Workspace) -> None:
    assert fix(small) == ["There is nothing that could be mended without a guess."]
    assert not list(small.path.glob("mended*"))


def test_what_is_understood_is_written_plainly_and_each_change_is_printed(
    small: Workspace,
) -> None:
    plain = small.tables()
    change(small, "women", "site,entered_on", "SEDE,Fecha de entrada")
    change(small, "women", "W-001,Barcelona,2026-06-01", " w-001 ,Barcelona,1/6/2026")
    change(small, "women", "2026-10-16", "16/10/2026")
    change(small, "women", "shared_flat", "Shared flat")
    change(small, "women", "reception_centre", "CENTRE D’ACOLLIDA")
    change(small, "professionals", "1.0,no", '"1,0",No')
    before = {path.name: path.read_bytes() for path in small.registry.iterdir()}
    printed = fix(small)
    assert {path.name: path.read_bytes() for path in small.registry.iterdir()} == before
    assert printed[:-2] == [
        "women, woman: 1 cell (row 2: w-001 → W-001)",
        "women, entered_on: 2 cells (row 2: 1/6/2026 → 2026-06-01)",
        "women, housing: 1 cell (row 3: CENTRE D’ACOLLIDA → Reception centre)",
        "professionals, fte: 1 cell (row 2: 1,0 → 1.0)",
    ]
    assert printed[-2].startswith("5 cells are written otherwise in ")
    assert {path.name for path in (small.path / "mended").iterdir()} == {
        "women.csv", "professionals.csv",
    }  # fmt: skip
    assert "SEDE,Fecha de entrada" in mended(small, "women")
    assert ",Shared flat," in mended(small, "women")
    folder = small.path / "mended"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    for path in folder.iterdir():
        (small.registry / path.name).write_bytes(path.read_bytes())
    after = load(small.registry, Settings())
    assert after.findings == ()
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(after, name), getattr(plain, name))


def test_a_second_run_writes_to_a_folder_of_its_own(small: Workspace) -> None:
    change(small, "women", "shared_flat", "SHARED FLAT")
    fix(small)
    assert "mended-2" in " ".join(fix(small))
    assert sorted(path.name for path in small.path.glob("mended*")) == ["mended", "mended-2"]


def test_what_is_not_understood_stays_as_it_is_written(small: Workspace) -> None:
    change(small, "women", "shared_flat", "Castle on a hill")
    change(small, "women", "2026-06-01", "3/10/2026")
    change(small, "women", "2026-10-16", "4/10/2026")
    change(small, "women", ",residence_and_work", ",residence and work permit")
    change(small, "professionals", "1.0,no", "1.0,maybe")
    assert fix(small)[-2].startswith("1 cell is")
    rows = pd.read_csv(small.path / "mended" / "women.csv", dtype="str")
    assert rows["entered_on"].tolist() == ["3/10/2026", "4/10/2026"]
    assert rows["residence_status"].tolist() == ["Residence and work permit", "none"]
    assert rows["housing"].tolist() == ["Castle on a hill", "reception_centre"]
    assert not (small.path / "mended" / "professionals.csv").exists()


def test_a_number_keeps_all_its_digits(small: Workspace) -> None:
    change(small, "professionals", "1.0,no", '"0,333333333",no')
    fix(small)
    assert ",0.333333333,no," in mended(small, "professionals")


def test_columns_that_are_not_read_are_kept_also_where_a_heading_stands_twice(
    small: Workspace,
) -> None:
    change(small, "activities", "activity,", "notes,notes,woman,activity,activity,")
    change(small, "activities", "A-01,language", "one,two,,a-01,A-02,Language course")
    fix(small)
    before = (small.registry / "activities.csv").read_text(encoding="utf-8")
    assert mended(small, "activities") == before.replace("a-01", "A-01")


def test_a_table_with_cells_beyond_its_headings_is_left_to_the_team(small: Workspace) -> None:
    change(small, "professionals", ",2025-01-01,", ",1/1/2025,,,,,more")
    assert mend(small.registry, Settings()) == []


def workbook(small: Workspace, *changes: tuple[str, str, object]) -> Path:
    """Put a workbook of the tables in their place, and write some of its cells otherwise."""
    book = openpyxl.Workbook()
    for name in TABLES:
        path = small.registry / f"{name}.csv"
        sheet = book.create_sheet(name)
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            sheet.append(row)
        path.unlink()
    for sheet_name, place, value in changes:
        book[sheet_name][place] = value
        book[sheet_name][place].font = openpyxl.styles.Font(bold=True)
    path = small.registry / "team.xlsx"
    book.save(path)
    return path


def test_a_workbook_stays_a_workbook_in_which_only_some_cells_differ(small: Workspace) -> None:
    before = small.tables()
    path = workbook(
        small,
        ("women", "A2", "W 001 "),
        ("women", "C3", "16 de octubre de 2026"),
        ("women", "I2", "piso  compartido"),
        ("professionals", "C2", "1,0"),
        ("attendance", "C2", "Attended"),
        ("women", "B2", "Vic & Olot <b>"),
    )
    (one,) = mend(small.registry, Settings())
    old, new = (openpyxl.load_workbook(content) for content in (path, io.BytesIO(one.content)))
    differ = {
        (sheet.title, cell.coordinate): other.value
        for sheet in old
        for row, others in zip(sheet.iter_rows(), new[sheet.title].iter_rows(), strict=True)
        for cell, other in zip(row, others, strict=True)
        if cell.value != other.value
    }
    assert differ == {
        ("women", "A2"): "W-001",
        ("women", "C3"): "2026-10-16",
        ("women", "I2"): "Shared flat",
        ("professionals", "C2"): 1,
    }
    assert new["women"]["A2"].font.bold
    path.write_bytes(one.content)
    assert mend(small.registry, Settings()) == []
    after = small.tables()
    assert after.findings == ()
    pd.testing.assert_series_equal(after.women["woman"], before.women["woman"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_to_mend_in_what_the_workbench_writes_itself(
    small: Workspace, language: str
) -> None:
    """Words as labels in any language, whatever that of the workspace."""
    for name, table in TABLES.items():
        path = small.registry / f"{name}.csv"
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        for column, declared in table.declared.items():
            if declared.vocabulary:
                said = {
                    word.value: catalog(language).gettext(word.english) for word in declared.words
                }
                frame[column] = frame[column].map(lambda code, said=said: said.get(code, code))
        frame.to_csv(path, index=False)
    assert small.tables().findings == ()
    assert mend(small.registry, Settings()) == []


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16", "utf-8-sig"])
def test_a_text_file_of_any_encoding_keeps_its_other_rows_to_the_letter(
    small: Workspace, encoding: str
) -> None:
    text = (
        'mujer;sede;"fecha de entrada"\r\nW-001;"Gràcia";2026-06-01\r\n\r\n'
        "W 002;Alcalá;2026-10-16\r\n"
    )
    (small.registry / "women.csv").write_bytes(text.encode(encoding))
    (one,) = mend(small.registry, Settings())
    assert one.content.decode("utf-8-sig") == text.replace("W 002", "W-002")
    assert [change.cells for change in one.changes] == [1]


def test_a_day_alone_stays_a_day_alone(small: Workspace) -> None:
    path = small.registry / "sessions.csv"
    rows = ["session,activity,starts_at,ends_at", "S-1,A-01,25/9/2026,",
            "S-2,A-01,26/9/2026 10:00,26/9/2026 11:30"]  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8")
    (small.registry / "attendance.csv").write_text("session,woman,status\n", encoding="utf-8")
    fix(small)
    assert mended(small, "sessions").splitlines()[1:] == [
        "S-1,A-01,2026-09-25,", "S-2,A-01,2026-09-26T10:00,2026-09-26T11:30",
    ]  # fmt: skip
