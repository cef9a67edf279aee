"""Names and codes: sealed, used again, and taken out where a woman is forgotten."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.files import sealing
from copehope_lib.importing import Import, Lock, names
from copehope_lib.importing.asking import Asking
from copehope_lib.importing.names import Names, code_in, opened
from copehope_lib.privacy.backup import back_up, restore
from copehope_lib.privacy.forget import forget, rename
from copehope_lib.privacy.pseudonyms import pseudonyms
from copehope_lib.settings import add_public_key
from copehope_lib.tables import origins
from copehope_lib.tables.marks import Marks
from copehope_lib.workspace import Workspace
from tests.command import copehope
from tests.importing import her_sheets
from tests.importing.conftest import take_all
from tests.importing.her_sheets import Sheets, day

KEY = sealing.new_key()
AGE = Lock(
    lambda content: sealing.seal(content, KEY.public),
    lambda content: sealing.open_sealed(content, KEY),
)


@pytest.fixture
def whole(tmp_path: Path) -> Workspace:
    """A team whose tables are all there, to which a sheet of names comes in."""
    team = Workspace.create(tmp_path / "whole", team="Barcelona")
    synthetic.write(synthetic.generate(women=12, professionals=3, months=4), team.registry)
    add_public_key(team.path, *KEY.public)
    team = Workspace(team.path, KEY)
    sheets: Sheets = {
        "Usuarias": [["Nombre", "F. alta"], ["Souad", day(9, 1)], ["Linh", day(9, 2)]]
    }
    take_all(Import(team, [her_sheets.write(tmp_path / "nuevas 2026.xlsx", sheets)], AGE))
    return team


def code_of(team: Workspace, name: str) -> str:
    return opened(team.registry, AGE.opens)["women"][name]


def test_the_list_is_opened_by_her_key_alone(whole: Workspace) -> None:
    sealed = (whole.registry / names.FILE_NAME).read_bytes()
    assert b"Souad" not in sealed
    assert b"Souad" in sealing.open_sealed(sealed, KEY)
    with pytest.raises(CopehopeError):
        sealing.open_sealed(sealed, sealing.new_key())


def test_a_woman_who_is_forgotten_leaves_the_list_and_where_her_rows_came_from(
    whole: Workspace,
) -> None:
    her, other = code_of(whole, "Souad"), code_of(whole, "Linh")
    with pytest.raises(CopehopeError, match=r"names\.age"):
        forget(whole, her)
    forget(whole, her, AGE)
    assert opened(whole.registry, AGE.opens)["women"] == {"Linh": other}
    women = pd.read_csv(whole.registry / "women.csv", dtype=str)
    at = women.index[women["woman"] == other][0] + 2
    read = {"women": (whole.registry / "women.csv").read_bytes}
    came = origins.read(whole.registry, read)
    assert len(came.rows["women"]) == len(women)
    assert came.of("women", int(at)).endswith("A3")


def test_a_woman_who_has_another_code_keeps_her_name_in_the_list(whole: Workspace) -> None:
    rename(whole, code_of(whole, "Souad"), "W-777", AGE)
    assert code_of(whole, "Souad") == "W-777"


def test_one_who_was_forgotten_comes_in_under_no_code_that_somebody_had(
    whole: Workspace, tmp_path: Path
) -> None:
    her = code_of(whole, "Souad")
    forget(whole, her, AGE)
    sheets: Sheets = {"Usuarias": [["Nombre", "F. alta"], ["Naima", day(10, 1)]]}
    take_all(Import(whole, [her_sheets.write(tmp_path / "mas 2026.xlsx", sheets)], AGE))
    assert code_of(whole, "Naima") != her


def test_a_code_is_made_that_nobody_has_or_had(tmp_path: Path) -> None:
    marks = Marks(b"k" * 32).without("W-002", "W-ABCDE")
    known = Names({"women": {"W-1"}}, retired=lambda code: marks.mark(code) in marks.retired)
    assert known.new_code("women") == "W-003"


@pytest.mark.parametrize(
    ("written", "code"),
    [("U1", "U-1"), ("W 002", "W-002"), ("w-003", "W-003"), ("W-4", "W-004"), ("5", "W-005"),
     ("W–006", "W-006"), ("W_007", "W-007")],
)  # fmt: skip
def test_a_code_is_written_as_ours_are(written: str, code: str) -> None:
    known = Names({"women": {f"W-{n:03}" for n in range(1, 9)}})
    assert known.code("women", written) == code
    assert (written in known.respelt) == (written != code)


def test_a_name_that_is_a_beginning_of_another_is_asked_about() -> None:
    known, ask = Names(spelt={"women": {"Blessing O.": "W-001"}}), Asking()
    known.of("women", ["Blessing"], ask)
    (question,) = ask.open
    assert question.choices == {"W-001": "W-001 (Blessing O.)", "new": "somebody new"}


def test_a_copy_of_the_workspace_gives_no_name_away(whole: Workspace, tmp_path: Path) -> None:
    copy = shutil.copytree(whole.path, tmp_path / "copy")
    said = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
    assert b"Souad" not in said
    assert b"Linh" not in said
    names_ = pseudonyms(whole.all_tables().women, whole.key, whole.marks)
    assert code_of(whole, "Souad") in names_.index


def test_one_who_was_forgotten_since_is_in_no_list_that_is_brought_back(
    whole: Workspace, tmp_path: Path
) -> None:
    copy, again = tmp_path / "copy.tar.age", tmp_path / "again"
    back_up(whole, KEY, copy)
    forget(whole, code_of(whole, "Souad"), AGE)
    restore(copy, KEY, again, instead_of=whole.path)
    assert set(opened(again / "registry", AGE.opens)["women"]) == {"Linh"}


@pytest.mark.parametrize(
    ("written", "code"),
    [("W-001 (Amina)", "W-001"), ("W-001: Amina", "W-001"), ("W 002", "W 002"), ("12", "12"),
     ("Joy 2", ""), ("Fatou2", ""), ("MARIA1", ""), ("LAU", ""), ("amina", "")],
)  # fmt: skip
def test_a_name_with_a_number_is_no_code_and_a_name_behind_a_code_is_left_out(
    written: str, code: str
) -> None:
    assert code_in(written) == code


def test_a_first_and_a_last_name_are_one_and_initials_tell_two_of_one_name_apart(
    tmp_path: Path,
) -> None:
    team = Workspace.create(tmp_path / "team", team="Barcelona")
    sheets: Sheets = {
        "Usuarias": [
            ["Nombre", "Apellidos", "F. alta"],
            ["María", "Soto", day(1, 1)],
            ["María", "Ruiz", day(1, 2)],
        ],
        "Equipo": [
            ["Nombre", "Siglas", "Perfil", "Externa", "Inicio"],
            ["Laura", "LAP", "TS", "N", day(1, 1)],
            ["Laura", "LAQ", "Psico", "N", day(1, 1)],
        ],
    }
    coming = Import(team, [her_sheets.write(tmp_path / "e 2026.xlsx", sheets)], AGE)
    take_all(coming)
    listed = opened(team.registry, AGE.opens)
    assert listed["women"] == {"María Soto": "W-001", "María Ruiz": "W-002"}
    assert listed["professionals"] == {"LAP": "P-01", "LAQ": "P-02"}


def test_a_file_and_a_sheet_that_are_called_like_somebody_are_masked_in_what_is_kept(
    tmp_path: Path,
) -> None:
    team = Workspace.create(tmp_path / "team", team="Barcelona")
    sheets: Sheets = {"Amaka Obi": [["Código", "F. alta"], ["W-001", day(1, 1)]]}
    take_all(Import(team, [her_sheets.write(tmp_path / "Amaka Obi.xlsx", sheets)], AGE))
    kept = {path: path.read_bytes() for path in team.path.rglob("*") if path.is_file()}
    assert [path for path, of in kept.items() if b"Amaka" in of or "Amaka" in path.name] == []


def test_by_command_she_is_taken_out_of_the_list_with_the_key_that_opens_it(
    whole: Workspace, tmp_path: Path
) -> None:
    her, key = code_of(whole, "Souad"), tmp_path / "key.txt"
    key.write_bytes(KEY.as_file())
    refused = copehope("codes", "forget", her, whole.path, cwd=tmp_path)
    assert refused.returncode == 1
    assert "names.age is the list of names" in refused.stderr
    done = copehope("codes", "forget", her, whole.path, "--key", key, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Souad" not in opened(whole.registry, AGE.opens)["women"]
