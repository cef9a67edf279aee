"""`copehope import` and `copehope sheet`, as they are typed."""

import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import typer

from copehope_lib import language
from copehope_lib.cli import bring_in
from copehope_lib.demo import synthetic
from copehope_lib.files import sealing
from copehope_lib.importing.names import opened
from copehope_lib.templates.month import made
from copehope_lib.workspace import Workspace
from tests.command import copehope
from tests.importing import her_sheets
from tests.importing.her_sheets import day


@pytest.fixture
def marta(tmp_path: Path) -> Path:
    return her_sheets.write(tmp_path / "marta 2026.xlsx", her_sheets.MARTA)


@pytest.fixture
def team(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "team", team="Barcelona")


def test_with_yes_and_a_key_everything_comes_in_and_the_next_command_is_named(
    team: Workspace, marta: Path, tmp_path: Path
) -> None:
    key, path = sealing.new_key(), tmp_path / "marta.key"
    path.write_bytes(key.as_file())
    done = copehope("import", team.path, marta, "--yes", "--key", path, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "women: 6 new rows." in done.stdout
    assert done.stdout.splitlines()[-1] == f"Next: copehope check {team.path}"
    listed = opened(team.registry, lambda sealed: sealing.open_sealed(sealed, key))
    assert listed["professionals"]["LAU"] == listed["professionals"]["Laura"] == "P-01"


def test_with_yes_and_no_key_names_stay_out_and_it_is_said(
    team: Workspace, marta: Path, tmp_path: Path
) -> None:
    done = copehope("import", team.path, marta, "--yes", cwd=tmp_path)
    assert done.returncode == 1
    assert "women: 6 new rows." in done.stdout
    assert "Profesionales, Equipo cannot be brought in: names become codes" in done.stdout
    assert not (team.registry / "names.age").exists()


def test_what_nothing_can_be_proposed_for_is_said(team: Workspace, tmp_path: Path) -> None:
    path = her_sheets.write(tmp_path / "t 2026.xlsx", her_sheets.TORINO)
    done = copehope("import", team.path, path, "--yes", cwd=tmp_path)
    assert done.returncode == 1
    assert "nothing could be proposed for “Which activity are these days?”" in done.stdout
    assert "Riepilogo cannot be brought in: it counts by month" in done.stdout


def test_each_question_is_asked_with_what_is_proposed(
    team: Workspace,
    marta: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[object] = []

    def prompt(_text: str, default: object = None, **_more: object) -> object:
        asked.append(default)
        return default

    monkeypatch.setattr(typer, "prompt", prompt)
    monkeypatch.setattr(typer, "confirm", lambda *_said, **_more: True)
    monkeypatch.setattr(bring_in, "asked_twice", lambda: "five words are not few")
    bring_in.bring_in(team.path, [marta])
    said = capsys.readouterr().out
    assert "✓ housing: “Acogida” × 3 means Reception centre" in said
    assert "housing: “Piso” × 2 means (this is what it is likely to mean)" in said
    assert "Observaciones" in said
    assert "extranjería" not in said
    n = len(asked)
    assert n > 5
    bring_in.passphrase_of = lambda _path: "five words are not few"  # type: ignore[assignment]
    bring_in.bring_in(team.path, [marta])
    assert len(asked) == n


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    team = Workspace.create(tmp_path_factory.mktemp("sheet") / "team")
    synthetic.write(synthetic.generate(women=15, professionals=3, months=4), team.registry)
    return team


def test_the_sheet_of_the_next_month_is_read_back_as_it_was_filled_in(
    whole: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "november.xlsx"
    done = copehope("sheet", whole.path, "--month", "2026-11", "--out", path, cwd=tmp_path)
    assert done.returncode == 0
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one.title.startswith("attendance"))
    code, woman = sheet.title.split()[1], sheet["A3"].value
    held = sheet["B2"].value
    sheet["B3"] = "Attended"
    needs = book["needs"]
    her, need = needs["A2"].value, needs["C2"].value
    needs["B2"], needs["D2"] = datetime.datetime(2026, 11, 9), "Covered"
    book.save(path)
    before = whole.tables()
    assert copehope("import", whole.path, path, "--yes", cwd=tmp_path).returncode == 0
    after = whole.tables()
    assert len(after.attendance) == len(before.attendance) + 1
    (row,) = after.attendance.merge(before.attendance, how="left", indicator=True).query(
        "_merge == 'left_only'"
    ).to_dict("records")  # fmt: skip
    session = after.sessions.set_index("session").loc[row["session"]]
    assert (row["woman"], row["status"]) == (woman, "attended")
    assert (session["activity"], session["starts_at"].date()) == (code, held.date())
    (review,) = after.needs[after.needs["reviewed_on"] == "2026-11-09"].to_dict("records")
    assert review["woman"] == her
    assert type(review["need"])(review["need"]) == need.lower().replace(" ", "_")
    for name in ("goals", "actions", "women"):
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))


def test_only_what_is_due_stands_on_the_sheet(tmp_path: Path) -> None:
    team = Workspace.create(tmp_path / "due")
    tables = synthetic.generate(women=15, professionals=3, months=4)
    synthetic.write(tables, team.registry)
    month = pd.Period("2026-11", "M")
    path = tmp_path / "due.xlsx"
    language.use("en")
    path.write_bytes(made(team.tables(), month))
    book = openpyxl.load_workbook(path)
    rows = {name: list(book[name].values)[1:] for name in ("needs", "safety", "actions")}
    here = team.tables().women.query("left_on.isna() or left_on > '2026-11-01'")["woman"]
    last = team.tables().needs.groupby("woman")["reviewed_on"].max()
    late = {woman for woman in here if not last.get(woman, pd.NaT) > pd.Timestamp("2026-10-02")}
    assert {row[0] for row in rows["needs"]} == late
    assessed = team.tables().safety.groupby("woman")["assessed_on"].max()
    old = {woman for woman in here if not assessed.get(woman, pd.NaT) > pd.Timestamp("2026-09-02")}
    assert {row[0] for row in rows["safety"]} == old
    still = team.tables().actions.query("done_on.isna()")["action"]
    assert {row[0] for row in rows["actions"]} == set(still)


def test_planned_days_are_the_weekdays_of_late(tmp_path: Path) -> None:
    from copehope_lib.templates.month import planned

    team = Workspace.create(tmp_path / "plan")
    held = [day(10, 1), day(10, 6), day(10, 8), day(8, 3)]  # Thursdays and a Tuesday; long ago
    lines = [f"S-{n},A-01,{one}T10:00,{one}T11:00,R-1,P-01" for n, one in enumerate(held)]
    (team.registry / "sessions.csv").write_text(
        "\n".join(["session,activity,starts_at,ends_at,place,professional", *lines])
    )
    days = planned(team.tables(), "A-01", pd.Period("2026-11", "M"))
    assert [one.day for one in days] == [3, 5, 10, 12, 17, 19, 24, 26]
