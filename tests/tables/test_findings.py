"""What is said of words, codes and days that are not understood, and how often."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from babel.dates import format_date, get_month_names
from pandas.testing import assert_series_equal

from copehope_lib.language import LANGUAGES
from copehope_lib.settings import Reading, Settings
from copehope_lib.tables import load, text_file
from copehope_lib.tables.dates import days, without_day
from copehope_lib.tables.findings import Finding
from copehope_lib.workspace import Workspace

HEADINGS = "woman,site,entered_on,housing,left_on"


def women(small: Workspace, *rows: str) -> list[Finding]:
    """Return what is found in a table of some women."""
    text = "\n".join([HEADINGS, *rows])
    (small.registry / "women.csv").write_text(text, encoding="utf-8")
    return [one for one in small.tables().findings if one.table == "women"]


def living(small: Workspace, *words: str) -> list[Finding]:
    return women(small, *(f"W-{n:03},Vic,2026-01-05,{word}," for n, word in enumerate(words, 1)))


def entering(small: Workspace, *days: str) -> list[Finding]:
    return women(small, *(f"W-{n:03},Vic,{day},," for n, day in enumerate(days, 1)))


def called(small: Workspace, *codes: str) -> list[Finding]:
    return women(small, *(f"{code},Vic,2026-01-05,," for code in codes))


def test_an_unknown_word_is_one_finding_with_its_rows_and_the_nearest(small: Workspace) -> None:
    found = living(small, "Piso", "Autónoma", "Piso", "Piso", "own_home", "SHARED FLATT")
    assert [(one.id, one.value, one.rows) for one in found] == [
        ("unknown_value", "Piso", (2, 4, 5)),
        ("unknown_value", "Autónoma", (3,)),
        ("unknown_value", "SHARED FLATT", (7,)),
    ]
    near = [one.mend.partition("The nearest is ")[2] for one in found]
    assert near == ["Shared flat.", "", "Shared flat."]
    assert all("Reception centre" in one.mend for one in found)


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("Amaka", "unknown_value"),
        ("piso de amaka", "unknown_value"),
        ("Amaka Obi", "unknown_value"),
        ("amaka@example.org", "email_address"),
        ("600 11 22 33", "phone_number"),
        ("12345678Z", "identity_document"),
    ],
)
def test_what_may_be_personal_is_masked_in_place_of_a_word(
    small: Workspace, word: str, id: str
) -> None:
    (found,) = living(small, word)
    assert (found.id, found.value) == (id, f"{word[0]}… ({len(word)})")


def test_blanks_below_a_filled_cell_are_one_finding_that_asks(small: Workspace) -> None:
    path = small.registry / "attendance.csv"
    rows = ["S-1,W-001,attended", *[",W-002,attended"] * 3]
    path.write_text("\n".join(["session,woman,status", *rows]), encoding="utf-8")
    (found,) = [one for one in small.tables().findings if one.id == "missing_value"]
    assert found.rows == (3, 4, 5)
    assert "empty in 3 rows below a filled one" in found.wrong


def test_one_blank_among_filled_cells_is_only_empty(small: Workspace) -> None:
    found = entering(small, "2026-01-05", "", "2026-01-06")
    assert [(one.row, one.wrong) for one in found] == [(3, "The cell is empty.")]


def test_codes_without_a_hyphen_are_read_and_said_to_be(small: Workspace) -> None:
    found = called(small, "W-001", "W 002", "W003", "w004")
    assert [(one.id, one.severity, one.rows) for one in found] == [
        ("read_as_code", "hint", (3, 4, 5))
    ]
    assert "W 002 → W-002, W003 → W-003, w004 → W-004" in found[0].wrong
    assert small.tables().women["woman"].tolist() == ["W-001", "W-002", "W-003", "W-004"]


@pytest.mark.parametrize("text", ["X1234567", "AAA123456", "ana 1"])
def test_a_document_or_a_name_with_a_number_is_no_code_without_a_hyphen(
    small: Workspace, text: str
) -> None:
    found = called(small, "W-001", text)
    assert [(one.row, one.severity) for one in found] == [(3, "error")]
    assert text not in str(found)


@pytest.mark.parametrize(
    "codes", [["U1", "U2", "U12"], ["bcn.1", "bcn.20"], ["MB/01-A", "MR/02-B"], ["001", "002"]]
)
def test_codes_of_another_pattern_are_said_once_and_read_once_it_is_written(
    small: Workspace, codes: list[str]
) -> None:
    (found,) = called(small, *codes)
    assert (found.id, found.severity, found.value) == ("not_a_code", "error", "")
    pattern = found.mend.partition("codes = '")[2].removesuffix("'.")
    settings = Settings(reading=Reading(codes=pattern))
    assert load(small.registry, settings).women["woman"].tolist() == codes


def test_codes_of_letters_alone_are_asked_for_a_digit(small: Workspace) -> None:
    (found,) = called(small, "LAU", "NUR", "ANA")
    assert (found.id, found.severity, found.rows) == ("not_a_code", "error", (2, 3, 4))
    assert "digit" in found.mend
    assert "codes =" not in found.mend
    assert "ANA" not in str(found)


def test_names_with_numbers_get_no_pattern(small: Workspace) -> None:
    found = called(small, "Ana1", "Eva2")
    assert {one.id for one in found} == {"person_name"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["medium", "long", "d-MMM-yy", "d MMMM y", "dd-MMM-y"])
def test_days_are_read_as_each_language_writes_them(language: str, width: str) -> None:
    every = pd.Series(pd.date_range("2026-01-28", "2026-12-28", freq="MS") + pd.Timedelta(days=12))
    texts = every.map(lambda day: format_date(day, width, locale=language))
    assert_series_equal(days(texts, "ask").meaning, every, check_dtype=False, check_names=False)


@pytest.mark.parametrize(
    "text",
    ["3-oct-26", "3 oct 2026", "3 de octubre de 2026", "3 d'octubre de 2026", "3 OCT. 2026",
     "3 d’octubre del 2026", "03-ott-26", "3 Oct 2026", "October 3, 2026", "3.oct.2026"],
)  # fmt: skip
def test_a_day_in_words_is_read(text: str) -> None:
    read = days(pd.Series([text]), "ask")
    assert read.meaning.tolist() == [pd.Timestamp("2026-10-03")]
    assert read.written == ("day month year in words",)


@pytest.mark.parametrize(("beside", "day"), [("3-feb-26", None), ("25/03/2026", 12)])
def test_only_a_day_over_12_in_figures_tells_that_days_come_first(
    beside: str, day: int | None
) -> None:
    read = days(pd.Series(["12/02/2026", beside, "3 mar 2026"]), "ask")
    assert read.doubtful.tolist() == ([] if day else [0])
    assert day is None or read.meaning[0] == pd.Timestamp(2026, 2, day)


@pytest.mark.parametrize(
    "text", ["31 feb 2026", "3 oc 2026", "3 martes 2026", "3 mar", "oct-26", "3 maj 2026"]
)
def test_what_is_no_day_in_words_is_not_read(text: str) -> None:
    assert days(pd.Series([text]), "ask").meaning.isna().all()


def test_a_beginning_of_three_letters_is_read_only_as_one_month() -> None:
    names = {
        name.split()[-1].rpartition("’")[2]: month
        for language in LANGUAGES
        for month, name in get_month_names("wide", "stand-alone", language).items()
    }
    for begun in {name[:3] for name in names}:
        months = {month for name, month in names.items() if name.startswith(begun)}
        read = days(pd.Series([f"3 {begun} 2026"]), "ask").meaning.dt.month.dropna()
        assert set(read) == (months if len(months) == 1 else set()), begun


@pytest.mark.parametrize("text", ["febrero 2026", "marzo", "sept 2025", "2020", "10/2026"])
def test_a_month_or_a_year_alone_is_said_to_have_no_day(small: Workspace, text: str) -> None:
    (found,) = entering(small, text)
    assert (found.id, found.wrong, found.value) == (
        "unknown_value", "The day of the month is missing.", text,
    )  # fmt: skip


def test_a_word_that_is_no_month_is_no_month_without_a_day() -> None:
    assert not without_day(pd.Series(["Amaka", "Obi 2026", "maybe"])).any()


def test_days_in_words_stand_beside_others(small: Workspace) -> None:
    assert entering(small, "2026-01-15", "10-Jan-26", "25/2/2026", "3 de març de 2026") == []
    entered = small.tables().women["entered_on"].dt.strftime("%m-%d").tolist()
    assert entered == ["01-15", "01-10", "02-25", "03-03"]


TEXTS = {
    "es": "mujer;sede;año de nacimiento;región de origen\n"
    "W-001;Córdoba;1985;África occidental\nW-002;Ávila;1986;Sudamérica, ¿cuándo?\n"
    "W-003;Écija;1987;pingüino señora\n",
    "ca": "dona;seu;any de naixement;regió d'origen\n"
    "W-001;Gràcia;1985;Àfrica occidental\nW-002;Sant Adrià de Besòs;1986;Amèrica col·labora\n"
    "W-003;Òdena;1987;força qüestió raïm això\n",
    "it": "donna;sede;anno di nascita;regione di origine\n"
    "W-001;Forlì;1985;perché è così\nW-002;Cefalù;1986;città più là\n",
    "ro": "woman;site\nW-001;Timişoara\nW-002;Galaţi\nW-003;Chişinău\n",
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "mac_roman", "cp850", "cp437"])
def test_a_text_is_read_in_the_encoding_in_which_it_was_written(
    language: str, encoding: str
) -> None:
    # What a page has no letter for cannot have been written in it.
    written = TEXTS[language].encode(encoding, errors="ignore")
    assert text_file.in_utf8(written)[0].decode() == written.decode(encoding)


def test_an_italian_apostrophe_of_a_mac_is_no_armenian() -> None:
    text = "donna;nota\nW-1;attività\nW-2;c’è\n"
    assert text_file.in_utf8(text.encode("mac_roman"))[0].decode() == text


def unreadable(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    (found,) = [one for one in load(folder, Settings()).findings if one.id == "unreadable_file"]
    return found.wrong


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def sealed_ods() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", b"\x8f\x00sealed")
        archive.writestr("META-INF/manifest.xml", "<m:manifest><m:encryption-data/></m:manifest>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("women.xls", OLE + "Workbook".encode("utf-16-le"), ".xls of before 2007"),
        ("women.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "under a password"),
        ("women.ods", sealed_ods(), "under a password"),
        ("women.xlsx", b"woman;site\nW-001;Vic\n", "text file"),
        ("women.xls", b"\xef\xbb\xbf<html><table><tr><td>woman", "web page"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_called_what_it_is(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    assert said in unreadable(tmp_path, name, content)


def test_each_sheet_that_is_not_read_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Usuarias"
    book.active.append(["whatever"])
    book.create_sheet("Viejas").sheet_state = "hidden"
    book.create_sheet("_lists").sheet_state = "hidden"
    book.save(tmp_path / "own.xlsx")
    found = [one for one in load(tmp_path, Settings()).findings if one.table == "own.xlsx"]
    assert [(one.id, one.severity) for one in found] == [
        ("unknown_sheet", "hint"), ("unknown_file", "hint"), ("hidden_sheet", "hint"),
    ]  # fmt: skip
    assert "Usuarias" in found[0].wrong
    assert "Viejas" in found[2].wrong
