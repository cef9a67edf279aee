"""What would be read wrongly without a word: it is settled by rule and said, or asked."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.schema import TABLES
from copehope_lib.settings import Reading, Settings
from copehope_lib.tables import mend, text_file, workbook
from copehope_lib.tables.columns import score
from copehope_lib.tables.dates import days
from copehope_lib.tables.findings import Finding
from copehope_lib.tables.understand import understand
from copehope_lib.workspace import Workspace
from tests.night import sample

Cell = str | int | dt.datetime | None


def rows(small: Workspace, table: str) -> list[list[str]]:
    lines = (small.registry / f"{table}.csv").read_text("utf-8").splitlines()
    return [line.split(",") for line in lines]


def book(
    small: Workspace, table: str, *kept: list[Cell], ending: str = "xlsx", epoch: int = 1900
) -> openpyxl.Workbook:
    """Put a workbook of its headings and some rows in the place of a table."""
    made = openpyxl.Workbook()
    if epoch == 1904:
        made.epoch = CALENDAR_MAC_1904
    made.active.title = table
    for row in (rows(small, table)[0], *kept):
        made.active.append(row)
    (small.registry / f"{table}.csv").unlink()
    made.save(small.registry / f"{table}.{ending}")
    return made


def woman(code: str, entered: Cell, site: str = "Girona") -> list[Cell]:
    return [code, site, entered, None, None, 1990]


def said(small: Workspace) -> list[tuple[str, str, str, int | None, str | None]]:
    found = small.tables().findings
    return [(one.id, one.severity, one.table, one.row, one.column) for one in found]


def of(small: Workspace, *ids: str) -> list[Finding]:
    return [one for one in small.tables().findings if one.id in ids]


JANUARY = dt.datetime(2026, 5, 1)  # typed as 05/01/2026, taken for the first of May


@pytest.mark.parametrize(
    ("dates", "swapped"),
    [
        ([JANUARY, "25/03/2026"], [2]),
        ([JANUARY, "25/03/2026", dt.datetime(2026, 3, 4)], [2, 4]),
        ([JANUARY, "25-03-2026"], [2]),
        ([46143, "25/03/2026"], [2]),
        ([dt.datetime(2026, 5, 1), "5/1/2026", "25/3/2026"], []),
        ([JANUARY, dt.datetime(2026, 3, 4)], []),
    ],
)
def test_days_that_a_spreadsheet_swapped_are_named_and_not_read(
    small: Workspace, dates: list[Cell], swapped: list[int]
) -> None:
    book(small, "women", *(woman(f"W-00{n}", day) for n, day in enumerate(dates, start=1)))
    found = of(small, "ambiguous_dates")
    assert [one.row for one in found] == swapped
    assert {(one.severity, one.column) for one in found} <= {("error", "entered_on")}
    assert small.tables().women["entered_on"].isna().all() == bool(swapped)


def test_mending_leaves_days_that_may_be_swapped_as_they_are_written(small: Workspace) -> None:
    book(small, "women", woman("W-001", JANUARY), woman("W-002", "25/03/2026"))
    assert mend.mend(small.registry, Settings()) == []


def test_swapped_moments_of_a_text_file_are_found_as_well(small: Workspace) -> None:
    path = small.registry / "sessions.csv"
    text = path.read_text("utf-8").replace("2026-10-05T10:00", "2026-05-10T10:00")
    head, *body = text.splitlines()
    body = [line.replace(",2026-09-", ",2026-9-") for line in body]
    one, other = body[0].split(","), body[1].split(",")
    one[2:4] = ["2026-05-10 10:00", "2026-05-10 11:30"]
    other[2:4] = ["13/10/2026 10:00", "13/10/2026 11:30"]
    path.write_text("\n".join([head, ",".join(one), ",".join(other)]) + "\n", "utf-8")
    assert [(x.row, x.column) for x in of(small, "ambiguous_dates")] == [
        (2, "starts_at"), (2, "ends_at"),
    ]  # fmt: skip


def test_text_days_beside_dates_of_every_day_are_a_warning(small: Workspace) -> None:
    real = [dt.datetime(2026, 5, 1), dt.datetime(2026, 5, 30)]
    book(small, "women", *(woman(f"W-00{n}", d) for n, d in enumerate([*real, "25/03/2026"], 1)))
    assert ("mixed_days", "warning", "women", None, "entered_on") in said(small)
    assert small.tables().women["entered_on"].notna().all()


def test_a_month_first_column_is_swapped_in_the_same_way() -> None:
    read = days(pd.Series(["2026-05-01", "3/25/2026"]), "month_first")
    assert (read.swapped.tolist(), read.doubtful.tolist()) == ([0], [0, 1])
    assert read.meaning.isna().all()


@pytest.mark.parametrize("ending", ["xlsx", "xlsm"])
def test_numbers_of_a_1904_workbook_are_counted_from_1904(small: Workspace, ending: str) -> None:
    day = dt.datetime(2026, 2, 3)
    number = int(to_excel(day, epoch=CALENDAR_MAC_1904))
    assert number == (day - dt.datetime(1904, 1, 1)).days
    book(small, "women", woman("W-001", number), woman("W-002", day), ending=ending, epoch=1904)
    assert small.tables().women["entered_on"].tolist() == [pd.Timestamp(day)] * 2
    assert ("days_since_1904", "warning", "women", None, "entered_on") in said(small)


def test_numbers_of_an_ods_that_counts_from_1904_are_counted_from_1904(small: Workspace) -> None:
    p, cell = "<text:p>{}</text:p></table:table-cell>", '<table:table-cell office:value-type="'
    cells = "".join(
        f'<table:table-row>{"".join(row)}</table:table-row>'
        for row in (
            [f'{cell}string">{p.format(name)}'
             for name in ("woman", "site", "entered_on")],
            [f'{cell}string">{p.format("W-001")}', f'{cell}string">{p.format("Vic")}',
             f'{cell}float" office:value="44594"/>'],
        )
    )  # fmt: skip
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0"'
        f' xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>'
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        f'</table:calculation-settings><table:table table:name="women">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    (small.registry / "women.csv").unlink()
    (small.registry / "women.ods").write_bytes(out.getvalue())
    assert small.tables().women["entered_on"].tolist() == [pd.Timestamp("2026-02-03")]


@pytest.mark.parametrize("name", ["women (2)", "Women 2025", "Hoja1", "Sheet2"])
def test_a_second_sheet_with_rows_of_a_table_is_an_error(small: Workspace, name: str) -> None:
    made = book(small, "women", woman("W-001", "2026-06-01"))
    copy = made.create_sheet(name)
    copy.append([cell.value for cell in made.active[1]])
    made.save(small.registry / "women.xlsx")
    assert not of(small, "unread_sheet")
    copy.append(woman("W-002", "2026-10-16"))
    made.save(small.registry / "women.xlsx")
    (found,) = of(small, "unread_sheet")
    assert (found.severity, found.table) == ("error", "women")
    assert name in found.wrong


@pytest.mark.parametrize("spoken", LANGUAGES[1:])
def test_a_second_sheet_named_in_another_language_is_no_guess(
    small: Workspace, spoken: str
) -> None:
    made = book(small, "women", woman("W-001", "2026-06-01"))
    other = catalog(spoken).gettext("women")
    copy = made.create_sheet(other)
    copy.append([catalog(spoken).gettext(cell.value) for cell in made.active[1]])
    copy.append(woman("W-002", "2026-10-16"))
    made.save(small.registry / "women.xlsx")
    (found,) = of(small, "unreadable_file")
    assert f"women.xlsx ({other})" in found.wrong


def test_the_sheet_with_the_headings_is_read_where_none_is_named(small: Workspace) -> None:
    made = book(small, "women", woman("W-001", "2026-06-01"), woman("W-002", "2026-10-16"))
    made.active.title = "Hoja2"
    made.create_sheet("Hoja1", 0).append(["Remember to ask the school"])
    made.save(small.registry / "women.xlsx")
    assert small.tables().women["woman"].tolist() == ["W-001", "W-002"]
    assert [one.severity for one in of(small, "unknown_sheet")] == ["hint"]


@pytest.mark.parametrize("ending", sample([".txt", ".numbers", ".gsheet", ".json", ".html", ""]))
def test_a_file_named_after_a_table_is_not_said_to_be_named_after_none(
    small: Workspace, ending: str
) -> None:
    (small.registry / f"women{ending}").write_text("woman\nW-009\n")
    (found,) = small.tables().findings
    assert (found.id, found.severity) == ("unread_file", "warning")
    assert "women" in found.wrong


@pytest.mark.parametrize(
    "name",
    sample(["women 2.csv", "Women_2025.csv", "womens.csv", "mujeres (1).csv",
            "attendence.csv", "copia de mujeres.xlsx"]),
)  # fmt: skip
def test_a_file_whose_name_is_near_a_table_is_said_not_to_be_read(
    small: Workspace, name: str
) -> None:
    file = small.registry / name
    if file.suffix == ".xlsx":
        openpyxl.Workbook().save(file)
    else:
        file.write_text("woman\nW-009\n")
    (found,) = small.tables().findings
    assert (found.id, found.severity) == ("unread_file", "warning")


def test_a_file_named_after_nothing_stays_a_hint(small: Workspace) -> None:
    (small.registry / "notes.txt").write_text("Ask the school")
    assert [(one.id, one.severity) for one in small.tables().findings] == [("unknown_file", "hint")]


ERRORS = ["#N/A", "#REF!", "#N/D", "#¡REF!", "#¡VALOR!", "#¿NOMBRE?", "#¡DIV/0!", "#NAME?",
          "#RIF!", "#VALORE!", "#NOME?", "#NULLO!", "#BEZUG!", "#NV", "#NOM?", "#DIV/0!",
          "#SPILL!", "#CÀLC!", "#DESBORDAMENT!", "Err:502", "Errore:508", "#########",
          "n/a", "NaN"]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_no_place_in_any_language(error: str) -> None:
    column = TABLES["women"].column("site")
    read = understand(pd.Series([error, "Vic"], dtype="category"), column, Settings()).meaning
    assert sorted(read.dropna()) == ["Vic"]


def test_a_place_that_is_an_error_is_said_to_be_read_as_empty(small: Workspace) -> None:
    book(small, "women", woman("W-001", "2026-06-01", "#N/D"), woman("W-002", "2026-10-16", "Vic"))
    assert said(small) == [("error_value", "warning", "women", 2, "site")]
    assert small.tables().women["site"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("table", "column", "at"),
    sample([("women", "birth_year", 5), ("women", "entered_on", 2), ("women", "woman", 0),
     ("women", "housing", 8), ("professionals", "fte", 2), ("sessions", "place", 4)]),
)  # fmt: skip
def test_an_error_in_any_other_column_keeps_the_table_from_being_used(
    small: Workspace, table: str, column: str, at: int
) -> None:
    head, first, *rest = rows(small, table)
    first[at] = "#¡REF!"
    text = "\n".join(",".join(row) for row in (head, first, *rest)) + "\n"
    (small.registry / f"{table}.csv").write_text(text, "utf-8")
    assert ("error_value", "error", table, 2, column) in said(small)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("mac_roman", "Mac Roman"), ("cp850", "DOS (850)"), ("cp1252", "Windows-1252"),
     ("utf-8", "UTF-8")],
)  # fmt: skip
@pytest.mark.parametrize(
    "site",
    ["Gràcia", "Sarrià", "L’Hospitalet de Gràcia", "Colección", "España", "Mollet del Vallès",
     "Lleó", "Forlì", "Città Studi", "Güell", "Plaça", "Maó", "Vilà i Núñez"],
)  # fmt: skip
def test_the_encoding_is_the_one_in_which_words_are_words(
    site: str, encoding: str, name: str
) -> None:
    if encoding == "cp850":
        site = site.replace("’", "'")
    text = f"woman,site,region_of_origin\nW-001,{site},América\n"
    read = text_file.read(text.encode(encoding), "women.csv", score(TABLES["women"], Reading()))
    assert read.cells[1].tolist() == [site]
    assert read.dialect.encoding == name


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_two_files_put_together_are_read_line_by_line_and_said_to_be(
    small: Workspace, encoding: str
) -> None:
    path = small.registry / "women.csv"
    text = path.read_text("utf-8")
    first = text.replace("Barcelona", "Gràcia").encode()
    other = "W-003,Sarrià,2026-05-05,,,1990,,,,0\n".encode(encoding)
    path.write_bytes(first + other)
    assert small.tables().women["site"].tolist() == ["Gràcia", "Gràcia", "Sarrià"]
    assert said(small) == [("mixed_encodings", "warning", "women", None, None)]


@pytest.mark.parametrize("site", sample(["GrÃ\xa0cia", "MarÃ­a", "SarriÃ\xa0", "Grˆcia", "cafÈ",
                                  "Gr\ufffdcia", "L√©rida", "Grâ€™cia"]))  # fmt: skip
def test_letters_that_were_wrong_before_are_said_to_be(small: Workspace, site: str) -> None:
    path = small.registry / "women.csv"
    path.write_text(path.read_text("utf-8").replace("Barcelona", site, 1), "utf-8")
    assert said(small) == [("wrong_letters", "warning", "women", 2, "site")]


@pytest.mark.parametrize("site", sample(["Düsseldorf", "Reus–Salou", "L’Àger", "GRÀCIA",
                                  "Sant Adrià de Besòs", "Cañellas 2ª", "El Prat…"]))  # fmt: skip
def test_rare_but_right_letters_are_no_finding(small: Workspace, site: str) -> None:
    path = small.registry / "women.csv"
    path.write_text(path.read_text("utf-8").replace("Barcelona", site), "utf-8")
    assert said(small) == []


def far(made: openpyxl.Workbook) -> None:
    made.active.cell(1_048_576, 10).font = openpyxl.styles.Font(bold=True)
    made.active.cell(2, 16_384).font = openpyxl.styles.Font(bold=True)


@pytest.mark.parametrize("paint", [far])
def test_a_format_down_to_the_last_row_keeps_nothing_from_being_read(
    small: Workspace, paint: Callable[[openpyxl.Workbook], None]
) -> None:
    made = book(small, "women", woman("W-001", "2026-06-01"), woman("W-002", "2026-10-16"))
    paint(made)
    made.save(small.registry / "women.xlsx")
    assert (said(small), len(small.tables().women)) == ([], 2)


@pytest.mark.parametrize(
    ("yes", "no"), sample([("S", "N"), ("s", "n"), ("Sí", "No"), ("V", "F"), ("x", "0"), ("1", "0"),
                    ("Y", "N"), ("VERO", "FALSO")]),
)  # fmt: skip
def test_yes_and_no_may_be_one_letter(small: Workspace, yes: str, no: str) -> None:
    head = ",".join(TABLES["safety"].columns)
    answers = [yes, no, yes, no, yes, no]
    line = ["W-001", "2026-10-01", *answers, "group_welcome", "call", yes]
    (small.registry / "safety.csv").write_text(f"{head}\n{','.join(line)}\n", "utf-8")
    tables = small.tables()
    assert tables.findings == ()
    (row,) = tables.safety.to_dict("records")
    assert [row[name] for name in TABLES["safety"].columns[2:8]] == ["yes", "no"] * 3
    assert bool(row["contact_consent"])


@pytest.mark.parametrize("merged", ["A40:A60", "C40:D1000", "Z1:Z50"])
def test_blank_cells_merged_beside_or_below_a_table_are_nothing(
    small: Workspace, merged: str
) -> None:
    women = [woman(f"W-00{n}", dt.datetime(2026, 5, 20 + n)) for n in range(1, 4)]
    made = book(small, "women", *women)
    before = said(small)
    made.active.merge_cells(merged)
    made.save(small.registry / "women.xlsx")
    assert said(small) == before
    assert len(small.tables().women) == 3


def test_what_begins_like_a_day_of_1904_and_never_ends_is_looked_through_once() -> None:
    text = b"<table:null-date " * 200_000
    assert not workbook._counts_from_1904("content.xml", text)
