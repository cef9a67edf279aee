"""From sheets as teams keep them to our tables: compared with rows that were worked out by hand."""

import csv
import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.importing import Import, Lock
from copehope_lib.workspace import Workspace
from tests.importing import her_sheets
from tests.importing.conftest import take_all, turned_round
from tests.importing.her_sheets import Sheets, day


def table(team: Workspace, name: str) -> list[dict[str, str]]:
    with (team.registry / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(team: Workspace, name: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in table(team, name)]


def brought_in(team: Workspace, lock: Lock, tmp_path: Path, sheets: Sheets) -> Import:
    path = her_sheets.write(tmp_path / "datos equipo 2026.xlsx", sheets)
    coming = Import(team, [path], lock)
    take_all(coming)
    return coming


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a team that has taken the workbook of one colleague."""
    language.use("en")
    place = tmp_path_factory.mktemp("taken")
    team = Workspace.create(place / "team", team="Barcelona")
    book = her_sheets.write(place / "marta 2026.xlsx", her_sheets.MARTA)
    take_all(Import(team, [book], turned_round()))
    return team


def test_her_words_days_and_numbers_become_ours(taken: Workspace) -> None:
    team = taken
    assert column(team, "women", "woman", "entered_on", "left_on", "leaving_reason") == [
        ("U-1", "2026-01-12", "", ""),
        ("U-2", "2026-02-03", "", ""),
        ("U-3", "2026-02-10", "", ""),
        ("U-4", "2026-03-01", "", ""),
        ("U-5", "2026-03-03", "", ""),
        ("U-6", "2026-04-01", "2026-10-31", "completed"),
    ]
    assert column(team, "women", "residence_status", "housing", "children_in_care") == [
        ("asylum_applicant", "reception_centre", "1"),
        ("asylum_applicant", "reception_centre", "0"),
        ("none", "shared_flat", "2"),
        ("protection", "shared_flat", "0"),
        ("residence_and_work", "own_home", "1"),
        ("protection", "reception_centre", "0"),
    ]
    assert column(team, "professionals", "professional", "profile", "fte", "started_on") == [
        ("P-01", "social_educator", "1", "2024-09-01"),
        ("P-02", "social_worker", "0.8", "2025-09-01"),
        ("P-03", "coordinator", "1", "2020-01-01"),
    ]


def test_a_sheet_by_days_becomes_sessions_and_attendance(taken: Workspace) -> None:
    team = taken
    assert column(team, "activities", "activity", "module", "format", "childcare") == [
        ("A-01", "language", "group", ""),
        ("A-02", "sewing", "group", ""),
    ]
    assert column(team, "sessions", "activity", "starts_at", "ends_at", "professional") == [
        ("A-01", "2026-10-01T10:00", "2026-10-01T11:30", "P-01"),
        ("A-02", "2026-10-05", "", ""),
        ("A-01", "2026-10-06T10:00", "2026-10-06T11:30", "P-01"),
        ("A-01", "2026-10-08T10:00", "2026-10-08T11:30", "P-01"),
        ("A-02", "2026-10-12", "", ""),
        ("A-02", "2026-10-19", "", ""),
    ]
    by_session = {row["session"]: row["starts_at"][:10] for row in table(team, "sessions")}
    marks = {
        (by_session[session], woman): (status, barrier)
        for session, woman, status, barrier in column(
            team, "attendance", "session", "woman", "status", "barrier"
        )
    }
    came, missed, excused = ("attended", ""), ("missed", "unknown"), ("excused", "unknown")
    assert marks == {
        ("2026-10-01", "U-1"): came, ("2026-10-06", "U-1"): came, ("2026-10-08", "U-1"): missed,
        ("2026-10-01", "U-2"): came, ("2026-10-08", "U-2"): excused,
        ("2026-10-01", "U-3"): missed, ("2026-10-06", "U-3"): came, ("2026-10-08", "U-3"): came,
        ("2026-10-05", "U-4"): came, ("2026-10-12", "U-4"): excused, ("2026-10-19", "U-4"): came,
        ("2026-10-05", "U-5"): missed, ("2026-10-12", "U-5"): came,
        ("2026-10-19", "U-5"): excused,
    }  # fmt: skip


def test_who_accompanies_her_becomes_an_assignment(taken: Workspace) -> None:
    team = taken
    assert column(team, "assignments", "woman", "professional", "function", "from_on") == [
        ("U-1", "P-01", "reference", "2026-01-12"),
        ("U-2", "P-01", "reference", "2026-02-03"),
        ("U-3", "P-02", "reference", "2026-02-10"),
        ("U-4", "P-02", "reference", "2026-03-01"),
        ("U-5", "P-01", "reference", "2026-03-03"),
    ]


def test_no_name_remark_or_file_of_hers_is_kept_in_clear(
    team: Workspace, lock: Lock, marta: Path
) -> None:
    before = marta.read_bytes()
    take_all(Import(team, [marta], lock))
    kept = {path: path.read_bytes() for path in team.path.rglob("*") if path.is_file()}
    words = ("Blessing", "Fatou", "Laura", "Nuria", "extranjer", "612 345", "enfermo")
    said = [(path.name, word) for path, of in kept.items() for word in words if word.encode() in of]
    assert said == []
    assert marta.read_bytes() == before
    assert not any(content.startswith(b"PK") for content in kept.values())


def test_what_she_knows_is_asked_once_and_the_second_month_asks_nothing(
    team: Workspace, lock: Lock, marta: Path, tmp_path: Path
) -> None:
    first = Import(team, [marta], lock)
    assert len(first.open) > 5
    take_all(first)
    november: Sheets = {**her_sheets.MARTA}
    november["Asistencia noviembre"] = [
        ["CASTELLANO - Grupo A (Laura) - martes y jueves 10-11:30"],
        ["Cód.", "Nombre", day(11, 3), day(11, 5)],
        ["U1", "Blessing O.", "x", "F"],
        ["U2", "Joy", None, "J"],
    ]
    later = Import(team, [her_sheets.write(tmp_path / "marta nov 2026.xlsx", november)], lock)
    assert later.open == []
    take_all(later)
    days = sorted(row["starts_at"][:10] for row in table(team, "sessions"))
    assert days[-2:] == ["2026-11-03", "2026-11-05"]
    assert len(days) == 8
    assert len(table(team, "attendance")) == 14 + 3


def test_the_same_file_again_changes_nothing(team: Workspace, lock: Lock, marta: Path) -> None:
    take_all(Import(team, [marta], lock))
    before = {path.name: path.read_bytes() for path in team.registry.glob("*.csv")}
    said = take_all(Import(team, [marta], lock))
    assert {path.name: path.read_bytes() for path in team.registry.glob("*.csv")} == before
    assert all(sentence.endswith("as it was.") for sentence in said)


def test_what_is_corrected_on_her_sheet_is_corrected_and_the_earlier_table_is_kept(
    team: Workspace, lock: Lock, marta: Path
) -> None:
    take_all(Import(team, [marta], lock))
    sheets = {name: [list(row) for row in rows] for name, rows in her_sheets.MARTA.items()}
    sheets["Asistencia octubre"][2][3] = None  # U1 was not expected on the sixth
    sheets["Usuarias"][4][2] = day(1, 15)
    del sheets["Usuarias"][8]  # U5 is on the sheet no more
    before = (team.registry / "attendance.csv").read_bytes()
    said = take_all(Import(team, [her_sheets.write(marta, sheets)], lock))
    assert "women: 1 new row, 1 no longer on the sheet." in said
    assert "women: 1 row is no longer on the sheet, and stays in the registry." in said
    assert "attendance: 1 no longer on the sheet." in said
    women = column(team, "women", "woman", "entered_on")
    assert women[0] == ("U-1", "2026-01-15")
    assert ("U-5", "2026-03-03") in women
    assert before in [path.read_bytes() for path in (team.path / "earlier").iterdir()]


def test_names_alone_become_codes_which_the_next_file_uses_again(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    path = her_sheets.write(tmp_path / "casa.xlsx", her_sheets.MILANO)
    take_all(Import(team, [path], lock))
    assert column(team, "women", "woman", "region_of_origin") == [
        ("W-001", "Western Africa"), ("W-002", "Eastern Europe"), ("W-003", "Southeast Asia"),
    ]  # fmt: skip
    again: Sheets = {
        "Presenze": [
            ["ITALIANO L2 - novembre 2026 - lun e gio 9.30-11.00"],
            ["Ospite", "lun 2", "gio 5"],
            ["Lihn", "P", "P"],  # misspelt
            ["Amarachi", "P", "A"],
            ["Souad", "P", "P"],  # new
            ["P: presente; A: assente; G: giustificata"],
        ]
    }
    november = Import(team, [her_sheets.write(tmp_path / "casa nov.xlsx", again)], lock)
    assert [question.asks for _place, question in november.open] == ["“Lihn” is"]
    take_all(november)
    held = [row for row in column(team, "attendance", "session", "woman") if "2611" in row[0]]
    assert sorted({woman for _session, woman in held}) == ["W-001", "W-003", "W-004"]


def test_two_women_of_nearly_one_name_in_one_column_are_two(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Usuarias": [
            ["Nombre", "F. alta"],
            ["Maria", day(1, 7)],
            ["Mariam", day(2, 9)],
            ["Maria Luz", day(3, 3)],
        ]
    }
    brought_in(team, lock, tmp_path, sheets)
    assert [code for (code,) in column(team, "women", "woman")] == ["W-001", "W-002", "W-003"]


def test_days_down_and_women_across_are_read_as_well(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    coming = Import(team, [her_sheets.write(tmp_path / "torino.xlsx", her_sheets.TORINO)], lock)
    (place,) = [n for n, made in enumerate(coming.plans) if made.block.turned]
    coming.answer(place, ("activity",), "language")
    coming.plan()
    take_all(coming)
    starts = {row["session"]: row["starts_at"] for row in table(team, "sessions")}
    came = [(starts[s], woman) for s, woman in column(team, "attendance", "session", "woman")]
    assert sorted(came) == [
        ("2026-10-02", "W-1"), ("2026-10-02", "W-2"), ("2026-10-09", "W-1"),
        ("2026-10-09", "W-3"), ("2026-10-16", "W-2"), ("2026-10-16", "W-3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "cell", "reason"),
    [
        (["enero", "febrero"], 4, "it counts by month, and no session is made of a count"),
        (["enero", "febrero"], "x", "its columns are months"),
        ([day(10, 1), day(10, 2)], None, "nothing is written in its cells, and a colour"),
    ],
)
def test_a_sheet_of_which_nothing_can_be_made_is_refused_with_the_reason(
    team: Workspace, lock: Lock, tmp_path: Path, heads: list[str], cell: str, reason: str
) -> None:
    sheets: Sheets = {"Resumen": [["Usuaria", *heads], ["W-001", cell, cell], ["W-002", cell]]}
    coming = Import(team, [her_sheets.write(tmp_path / "r.xlsx", sheets)], lock)
    assert len(coming.refused) == 1
    assert reason in coming.refused[0]


def test_a_blank_below_a_filled_cell_is_offered_as_the_same_and_refused_if_she_says_so(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    path = her_sheets.write(tmp_path / "girona.xlsx", her_sheets.GIRONA)
    coming = Import(team, [path], lock)
    take_all(coming)
    rows = column(team, "needs", "woman", "reviewed_on", "need", "coverage")
    assert rows == [
        ("D-1", "2026-10-07", "documents", "not_covered"),
        ("D-1", "2026-10-07", "housing", "covered"),
        ("D-1", "2026-10-07", "transport", "partly"),
        ("D-3", "2026-10-14", "housing", "covered"),
        ("D-3", "2026-10-14", "transport", "unknown"),
    ]
    (place,) = [n for n, made in enumerate(coming.plans) if made.what == "needs"]
    coming.answer(place, ("blanks", "woman"), "empty")
    coming.plan()
    assert [row["woman"] for row in coming.plans[place].rows["needs"]] == ["D-1", "", "", "D-3", ""]


def test_of_what_is_held_with_one_woman_at_a_time_each_mark_is_a_session(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Psico": [
            ["APOYO PSICOLÓGICO individual"],
            ["Usuaria", day(10, 1), day(10, 2)],
            ["W-001", "x", "x"],
            ["W-002", "x", "F"],
        ]
    }
    coming = Import(team, [her_sheets.write(tmp_path / "p 2026.xlsx", sheets)], lock)
    coming.answer(0, ("format",), "individual")
    coming.plan()
    take_all(coming)
    assert len(table(team, "sessions")) == 4
    assert len({row["session"] for row in table(team, "attendance")}) == 4


def test_days_on_which_the_activity_met_already_are_its_sessions(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "actividades": [["actividad", "módulo", "modalidad"], ["A-07", "Curso de lengua", "Grupo"]],
        "sesiones": [
            ["sesión", "actividad", "inicio", "fin", "lugar"],
            ["S-0001", "A-07", "2026-10-01 10:00", "2026-10-01 11:00", "R-1"],
            ["S-0002", "A-07", "2026-10-06 10:00", "2026-10-06 11:00", "R-1"],
        ],
        "asistencias": [
            ["mujer", day(10, 1), day(10, 6)], ["W-001", "x", "F"], ["W-002", "x", "x"],
        ],
    }  # fmt: skip
    brought_in(team, lock, tmp_path, sheets)
    assert column(team, "sessions", "session", "place") == [("S-0001", "R-1"), ("S-0002", "R-1")]
    assert column(team, "attendance", "session", "woman") == [
        ("S-0001", "W-001"), ("S-0001", "W-002"), ("S-0002", "W-001"), ("S-0002", "W-002"),
    ]  # fmt: skip


def test_a_workbook_a_month_is_joined(team: Workspace, lock: Lock, tmp_path: Path) -> None:
    def month(n: int) -> Sheets:
        return {
            "Castellano": [
                ["CASTELLANO"],
                ["Usuaria", day(n, 1), day(n, 8)],
                ["W-001", "x", "F"],
                ["W-002", "F", "x"],
            ]
        }

    paths = [
        her_sheets.write(tmp_path / f"asistencia {name} 2026.xlsx", month(n))
        for n, name in ((9, "septiembre"), (10, "octubre"))
    ]
    take_all(Import(team, [paths[0]], lock))
    take_all(Import(team, paths, lock))
    assert len(table(team, "activities")) == 1
    assert [row["starts_at"] for row in table(team, "sessions")] == [
        "2026-09-01", "2026-09-08", "2026-10-01", "2026-10-08",
    ]  # fmt: skip
    assert len(table(team, "attendance")) == 8


def test_groups_of_one_course_stay_apart(team: Workspace, lock: Lock, tmp_path: Path) -> None:
    sheets: Sheets = {
        "Castellano": [
            ["CASTELLANO - Grupo A"], ["Usuaria", day(10, 1), day(10, 8)], ["W-001", "x", "x"], [],
            ["CASTELLANO - Grupo B"], ["Usuaria", day(10, 1), day(10, 8)], ["W-002", "x", "x"],
        ]
    }  # fmt: skip
    path = her_sheets.write(tmp_path / "c 2026.xlsx", sheets)
    coming = Import(team, [path], lock)
    for place in (0, 1):
        coming.answer(place, ("activity",), "language")
    coming.plan()
    take_all(coming)
    assert [row["activity"] for row in table(team, "activities")] == ["A-01", "A-02"]
    assert Import(team, [path], lock).open == []


def test_what_is_new_is_asked_and_what_has_gone_is_said(
    team: Workspace, lock: Lock, marta: Path
) -> None:
    take_all(Import(team, [marta], lock))
    sheets = {name: [list(row) for row in rows] for name, rows in her_sheets.MARTA.items()}
    sheets["Usuarias"] = [row[:10] for row in sheets["Usuarias"]]
    sheets["Usuarias"][5][8] = "Iglú"
    del sheets["Profesionales"]
    again = Import(team, [her_sheets.write(marta, sheets)], lock)
    assert [question.id for _place, question in again.open] == [("words", "housing", "Iglú")]
    assert again.gone == [
        "Column “Ref.” is no longer there.",
        "The table “profesionales / equipo” is no longer there.",
    ]


def test_a_day_without_a_year_is_of_the_year_that_the_sheet_or_the_file_names(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    sheets: Sheets = {"Usuarias": [["Código", "F. alta"], ["W-001", "3 mar"], ["W-002", "5 abr"]]}
    named = Import(team, [her_sheets.write(tmp_path / "datos 2024.xlsx", sheets)], lock)
    assert ("year",) not in [question.id for _place, question in named.open]
    assert [row["entered_on"] for row in named.plans[0].rows["women"]] == [
        "2024-03-03", "2024-04-05",
    ]  # fmt: skip
    nameless = Import(team, [her_sheets.write(tmp_path / "datos.xlsx", sheets)], lock)
    assert ("year",) in [question.id for _place, question in nameless.open]


@pytest.mark.parametrize(
    ("spoken", "written"),
    [("es", "mujeres"), ("ca", "dones"), ("it", "donne"), ("en", "women")],
)
def test_our_tables_are_written_in_the_language_of_the_team(
    team: Workspace, lock: Lock, tmp_path: Path, spoken: str, written: str
) -> None:
    language.use(spoken)
    brought_in(team, lock, tmp_path, {"Usuarias": [["Código", "F. alta"], ["W-001", day(1, 2)]]})
    assert (team.registry / f"{written}.csv").exists()


def test_a_registry_in_a_workbook_becomes_tables_and_the_workbook_is_kept(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    ours: Sheets = {
        "women": [["woman", "site", "entered_on"], ["W-001", "Sants", "2026-01-01"]],
        "actions": [
            ["action", "decided_on", "text", "owner", "dimension"],
            ["D-001", "2026-01-02", "Look for a room", "P-01", "best_practices"],
        ],
    }
    book = her_sheets.write(team.registry / "copehope-template.xlsx", ours)
    content = book.read_bytes()
    brought_in(team, lock, tmp_path, {"Usuarias": [["Código", "F. alta"], ["W-2", day(1, 2)]]})
    assert [code for (code,) in column(team, "women", "woman")] == ["W-001", "W-2"]
    assert column(team, "actions", "text") == [("Look for a room",)]
    assert not book.exists()
    assert (team.path / "earlier" / book.name).read_bytes() == content


def test_what_is_no_spreadsheet_is_refused_in_a_sentence(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    there: Mapping[str, bytes | None] = {"photo.png": b"x", "none.xlsx": None, "bad.xlsx": b"zip"}
    for name, content in there.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(CopehopeError, match=name):
            Import(team, [tmp_path / name], lock)


def test_without_a_lock_nothing_with_names_is_written(team: Workspace, marta: Path) -> None:
    with pytest.raises(CopehopeError, match="sealed"):
        take_all(Import(team, [marta]))
    assert list(team.registry.glob("*.csv")) == []
    shut = Import(team, [marta], shut=True)
    take_all(shut)
    assert len(table(team, "women")) == 6
    assert table(team, "professionals") == []
    assert len(shut.refused) == 1


def test_a_day_is_a_day_however_it_is_written(team: Workspace, lock: Lock, tmp_path: Path) -> None:
    spelt = ["3-oct-26", "3 oct 2026", "12-feb-26", "3 de octubre de 2026", "03.10.2026",
             "2026/10/03", "13/10/2026", "20 d'octubre de 2026", "4-gen-26"]  # fmt: skip
    rows = [[f"W-{n:03}", text] for n, text in enumerate(spelt, 1)]
    brought_in(team, lock, tmp_path, {"Usuarias": [["Código", "F. alta"], *rows]})
    expected = [(2026, 10, 3), (2026, 10, 3), (2026, 2, 12), (2026, 10, 3), (2026, 10, 3),
                (2026, 10, 3), (2026, 10, 13), (2026, 10, 20), (2026, 1, 4)]  # fmt: skip
    assert [of for (of,) in column(team, "women", "entered_on")] == [
        datetime.date(*of).isoformat() for of in expected
    ]


def test_a_correction_in_next_month_s_file_takes_the_place_of_what_the_last_one_said(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    for name, entered in (("octubre", day(1, 12)), ("noviembre", day(1, 15))):
        sheets: Sheets = {"Usuarias": [["Código", "F. alta"], ["W-001", entered]]}
        path = her_sheets.write(tmp_path / f"datos {name} 2026.xlsx", sheets)
        take_all(Import(team, [path], lock))
    assert column(team, "women", "woman", "entered_on") == [("W-001", "2026-01-15")]


def test_tables_beside_each_other_are_two(team: Workspace, lock: Lock, tmp_path: Path) -> None:
    sheets: Sheets = {
        "Hoja1": [
            ["Código", "Fecha de alta", "Vivienda", None, "Sigla", "Perfil", "Externa", "Inicio"],
            ["W-001", day(1, 2), "Piso compartido", None, "P-01", "Educadora", "N", day(1, 1)],
            ["W-002", day(1, 3), "Acogida", None, "P-02", "TS", "S", day(1, 1)],
            ["W-003", day(1, 4), "Acogida"],
        ]
    }
    brought_in(team, lock, tmp_path, sheets)
    assert column(team, "women", "woman") == [("W-001",), ("W-002",), ("W-003",)]
    assert column(team, "professionals", "professional", "profile", "external") == [
        ("P-01", "social_educator", "no"), ("P-02", "social_worker", "yes"),
    ]  # fmt: skip


def test_what_there_is_to_mend_is_named_by_the_cell_of_her_own_file(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Usuarias": [
            ["Listado"], [],
            ["Código", "F. alta", "Vivienda"],
            ["W-001", day(1, 2), "Acogida"],
            ["W-002", None, "Acogida"],
        ],
        "Grupo": [["COSTURA"], ["Usuaria", day(10, 1), day(10, 8)], ["W-001", "x", "x"],
                  ["W-009", "x", "F"]],
    }  # fmt: skip
    brought_in(team, lock, tmp_path, sheets)
    said = {(one.id, one.column): one for one in team.tables().findings}
    missing = said["missing_value", "entered_on"]
    assert missing.places == ("datos equipo 2026.xlsx, Usuarias, B5",)
    assert str(missing).startswith("women, datos equipo 2026.xlsx, Usuarias, B5, entered_on: ")
    stranger = said["unknown_code", "woman"]
    assert stranger.places == (
        "datos equipo 2026.xlsx, Grupo, B4", "datos equipo 2026.xlsx, Grupo, C4",
    )  # fmt: skip
    # When a table was changed by hand, nothing is said of her cells: they may be others.
    path = team.registry / "women.csv"
    path.write_text(path.read_text(encoding="utf-8") + "W-003,Barcelona,,,,,,,,\n")
    said = {(one.id, one.column): one for one in team.tables().findings}
    assert said["missing_value", "entered_on"].places == ()


def test_a_comma_before_a_word_with_h_is_no_number_of_hours(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Donne": [
            ["N.", "Struttura", "Data entrata", "Anno nascita"],
            [1, "Torino, hotel", day(1, 20), 1999],
            [2, "Torino", day(2, 11), 1985],
        ]
    }
    brought_in(team, lock, tmp_path, sheets)
    assert column(team, "women", "site") == [("Torino, hotel",), ("Torino",)]


def test_what_is_held_with_one_woman_at_a_time_is_so_on_each_of_its_sheets(
    team: Workspace, lock: Lock, tmp_path: Path
) -> None:
    ours: Sheets = {"actividades": [["actividad", "módulo", "modalidad"],
                                    ["A-01", "Apoyo psicológico", "Individual"]]}  # fmt: skip
    brought_in(team, lock, tmp_path, ours)
    sheets: Sheets = {
        month: [
            ["A-01, P-10"],
            ["Usuaria", day(n, 1), day(n, 2)],
            ["W-001", "x", "F"],
            ["W-002", "x"],
        ]
        for n, month in ((9, "septiembre"), (10, "octubre"))
    }
    names_of_team: Sheets = {"equipo": [["Sigla", "Perfil"], ["P-1", "TS"], ["P-10", "Psico"]]}
    path = her_sheets.write(tmp_path / "psico 2026.xlsx", {**names_of_team, **sheets})
    take_all(Import(team, [path], lock))
    sessions = column(team, "sessions", "activity", "starts_at", "professional")
    days = [f"2026-{n:02}-{of:02}" for n in (9, 10) for of in (1, 1, 2)]
    assert sorted(sessions) == [("A-01", of, "P-10") for of in days]
