"""Safe mendings, run as a person runs them."""

import pandas as pd

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
        "women, row 1, site: SEDE → site",
        "women, row 1, entered_on: Fecha de entrada → entered_on",
        "women, row 2, woman: w-001 → W-001",
        "women, row 2, woman: blanks taken away",
        "women, row 2, entered_on: 1/6/2026 → 2026-06-01",
        "women, row 2, housing: Shared flat → shared_flat",
        "women, row 3, entered_on: 16/10/2026 → 2026-10-16",
        "women, row 3, housing: CENTRE D’ACOLLIDA → reception_centre",
        "professionals, row 2, fte: 1,0 → 1",
        "professionals, row 2, external: No → no",
    ]
    assert printed[-2].startswith("10 changes;")
    folder = small.path / "mended"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    after = load(folder, Settings())
    assert after.findings == ()
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(after, name), getattr(plain, name))


def test_a_second_run_writes_to_a_folder_of_its_own(small: Workspace) -> None:
    change(small, "women", "shared_flat", "Shared flat")
    fix(small)
    assert "mended-2" in " ".join(fix(small))
    assert sorted(path.name for path in small.path.glob("mended*")) == ["mended", "mended-2"]


def test_what_is_not_understood_stays_as_it_is_written(small: Workspace) -> None:
    change(small, "women", "shared_flat", "Castle on a hill")
    change(small, "women", "2026-06-01", "3/10/2026")
    change(small, "women", "2026-10-16", "4/10/2026")
    change(small, "women", ",residence_and_work", ",Residence and work permit")
    change(small, "professionals", "1.0,no", "1.0,maybe")
    assert fix(small)[-2].startswith("1 change;")
    rows = pd.read_csv(small.path / "mended" / "women.csv", dtype="str")
    assert rows["entered_on"].tolist() == ["3/10/2026", "4/10/2026"]
    assert rows["residence_status"].tolist() == ["residence_and_work", "none"]
    assert rows["housing"].tolist() == ["Castle on a hill", "reception_centre"]
    assert ",1.0,maybe," in mended(small, "professionals")


def test_a_formula_is_escaped(small: Workspace) -> None:
    change(small, "women", "W-001,Barcelona", "w-001,=1+1")
    fix(small)
    assert "\nW-001,'=1+1," in mended(small, "women")


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
    heads, row = mended(small, "activities").splitlines()
    assert heads.startswith("activity,module,")
    assert heads.endswith(",notes,notes,woman,activity")
    assert row.startswith("A-01,language,")
    assert {"one", "two", "A-02"} <= set(row.split(","))


def test_a_table_with_cells_beyond_its_headings_is_left_to_the_team(small: Workspace) -> None:
    change(small, "professionals", ",2025-01-01,", ",1/1/2025,,more")
    assert "professionals" not in [one.table for one in mend(small.registry, Settings())]


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
