"""Templates say what the schema says, in four languages, to people and to other programs."""

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from copehope_lib import language, templates, vocabulary
from copehope_lib.language import LANGUAGES, catalog, plain
from copehope_lib.schema import TABLES, Column, TableSchema
from copehope_lib.workspace import Workspace

KEPT = Path(__file__).parent.parent / "data_templates"
NAMES = {
    *(f"{table}.csv" for table in TABLES),
    "copehope-template.xlsx",
    "data-dictionary.md",
    "data-dictionary.html",
    "datapackage.json",
}
VOCABULARIES = [
    found
    for found in vars(vocabulary).values()
    if isinstance(found, type) and issubclass(found, vocabulary.Vocabulary) and len(found)
]
COLUMNS = [(table, name) for table in TABLES.values() for name in table.columns]
WHERE_PERIODS_END = {
    "en": "first day on which it no longer holds",
    "es": "el primer día en que ya no vale",
    "ca": "el primer dia en què ja no val",
    "it": "il primo giorno in cui non vale più",
}

every_language = pytest.mark.parametrize("spoken", LANGUAGES)


def said(spoken: str, message: str) -> str:
    return catalog(spoken).gettext(message)


def labels(column: Column, spoken: str) -> list[str]:
    return [said(spoken, word.english) for word in column.words]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    templates.write_every_language(folder)
    return folder


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    return {
        spoken: openpyxl.load_workbook(KEPT / spoken / "copehope-template.xlsx")
        for spoken in LANGUAGES
    }


def headings(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


# What is kept is what the schema gives today.


@every_language
@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_kept_templates_are_those_of_the_schema(spoken: str, name: str, made: Path) -> None:
    kept, now = KEPT / spoken / name, made / spoken / name
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(kept) as ours, zipfile.ZipFile(now) as theirs:
            assert ours.namelist() == theirs.namelist()
            for member in ours.namelist():
                assert ours.read(member) == theirs.read(member), member
    else:
        assert kept.read_bytes() == now.read_bytes()


def test_nothing_else_lies_among_the_templates() -> None:
    assert {path.name for path in KEPT.iterdir()} == set(LANGUAGES)
    for spoken in LANGUAGES:
        assert {path.name for path in (KEPT / spoken).iterdir()} == NAMES


def test_the_language_in_use_is_left_as_it_was(tmp_path: Path) -> None:
    language.use("ca")
    templates.write_every_language(tmp_path)
    assert language.locale().language == "ca"


# The words of four languages can be told apart.


@every_language
def test_headings_are_short_and_distinct(spoken: str) -> None:
    for names in (TABLES, *(table.columns for table in TABLES.values())):
        spoken_names = [said(spoken, name) for name in names]
        assert len({plain(name) for name in spoken_names}) == len(spoken_names)
        assert all(name == name.lower() and len(name) <= 32 for name in spoken_names)
    assert all(len(said(spoken, table)) <= 31 for table in TABLES)
    assert not any(set("[]:*?/\\") & set(said(spoken, table)) for table in TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_no_heading_means_another_column_in_another_language(table: TableSchema) -> None:
    spoken = {
        name: {plain(name), *(plain(said(other, name)) for other in LANGUAGES)}
        for name in table.columns
    }
    for one, other in combinations(spoken, 2):
        assert not spoken[one] & spoken[other], (one, other)


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_no_label_means_another_value_in_any_language(
    words: type[vocabulary.Vocabulary],
) -> None:
    written = {
        word.value: {
            plain(word.value),
            *(plain(said(spoken, word.english)) for spoken in LANGUAGES),
        }
        for word in words
    }
    for one, other in combinations(written, 2):
        assert not written[one] & written[other], (one, other)


# The workbook, read back by another library.


@every_language
def test_the_workbook_has_a_page_to_read_and_a_sheet_for_each_table(
    spoken: str, books: dict[str, Book]
) -> None:
    book = books[spoken]
    first, *tables, last = book.sheetnames
    assert tables == [said(spoken, name) for name in TABLES]
    assert [name for name in book.sheetnames if book[name].sheet_state != "visible"] == [last]
    page = "\n".join(str(cell.value) for row in book[first] for cell in row if cell.value)
    assert WHERE_PERIODS_END[spoken] in page
    assert all(text in page for text in ("W-001", "#", ".xlsx", "registry/", "copehope check"))
    for table in TABLES.values():
        sheet = book[said(spoken, table.name)]
        assert headings(sheet) == [said(spoken, name) for name in table.columns]
        assert all(cell.font.bold for cell in sheet[1])
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in {None, 1}
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_english_headings_are_the_names_of_the_columns(books: dict[str, Book]) -> None:
    for table in TABLES.values():
        assert headings(books["en"][table.name]) == table.columns


@every_language
def test_each_heading_has_a_note(spoken: str, books: dict[str, Book]) -> None:
    for table, name in COLUMNS:
        column = table.column(name)
        cell = books[spoken][said(spoken, table.name)][1][table.columns.index(name)]
        assert said(spoken, column.meaning) in cell.comment.text
        assert f"§{column.section}" in cell.comment.text
        assert (said(spoken, "may be empty") in cell.comment.text) == column.optional
        if column.vocabulary:
            assert all(label in cell.comment.text for label in labels(column, spoken))


def offered(book: Book, sheet: Worksheet, cell: str) -> list[str] | None:
    """What the drop-down of a cell offers, followed to where its values stand."""
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and cell in rule.sqref:
            name, _, place = rule.formula1.replace("$", "").rpartition("!")
            return [row[0].value for row in book[name.strip("'")][place]]
    return None


@every_language
def test_each_word_is_chosen_from_a_list_of_labels(spoken: str, books: dict[str, Book]) -> None:
    for table, name in COLUMNS:
        column, sheet = table.column(name), books[spoken][said(spoken, table.name)]
        letter = openpyxl.utils.get_column_letter(table.columns.index(name) + 1)
        for row in (4, 1_048_576):
            found = offered(books[spoken], sheet, f"{letter}{row}")
            assert found == (labels(column, spoken) if column.vocabulary else None)
        assert offered(books[spoken], sheet, f"{letter}3") is None


@every_language
def test_days_and_numbers_are_held_within_bounds(spoken: str, books: dict[str, Book]) -> None:
    types = {"day": "date", "moment": "date", "integer": "whole", "number": "decimal"}
    for table, name in COLUMNS:
        column, sheet = table.column(name), books[spoken][said(spoken, table.name)]
        letter = openpyxl.utils.get_column_letter(table.columns.index(name) + 1)
        rules = [
            rule
            for rule in sheet.data_validations.dataValidation
            if f"{letter}4" in rule.sqref and rule.type in types.values()
        ]
        expected = [types[column.kind]] if column.kind in types else []
        assert [rule.type for rule in rules] == expected
        for rule in rules:
            assert rule.error
            assert len(rule.error) <= 255
            if column.low is not None:
                assert (float(rule.formula1), float(rule.formula2)) == (column.low, column.high)


@every_language
def test_examples_are_values_and_marked_as_not_read(spoken: str, books: dict[str, Book]) -> None:
    types = {"day": date, "moment": datetime, "integer": int, "number": (int, float)}
    for table in TABLES.values():
        notice, example = books[spoken][said(spoken, table.name)].iter_rows(min_row=2)
        assert notice[0].value.startswith("# ")
        assert example[0].value.startswith("# ")
        assert notice[0].font.italic
        for cell, column in zip(example[1:], list(table.declared.values())[1:], strict=True):
            assert isinstance(cell.value, types.get(column.kind, str))
            assert cell.font.italic
            if column.kind in {"day", "moment"}:
                assert cell.number_format.startswith("yyyy-mm-dd")
            if column.vocabulary:
                assert cell.value in labels(column, spoken)


def test_libreoffice_keeps_headings_notes_and_lists(tmp_path: Path) -> None:
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    assert soffice, "this test needs LibreOffice: install it and run the test again"
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", tmp_path / "saved",
         KEPT / "es" / "copehope-template.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "saved" / "copehope-template.xlsx")
    for table in TABLES.values():
        sheet = book[said("es", table.name)]
        width = len(table.columns)
        assert headings(sheet)[:width] == [said("es", name) for name in table.columns]
        assert all(cell.comment for cell in sheet[1][:width])
        for place, column in enumerate(table.declared.values(), 1):
            if column.vocabulary:
                cell = f"{openpyxl.utils.get_column_letter(place)}4"
                assert offered(book, sheet, cell) == labels(column, "es")


# The CSV files.


@every_language
def test_csv_files_open_in_the_excel_of_the_country(spoken: str, books: dict[str, Book]) -> None:
    for table in TABLES.values():
        content = (KEPT / spoken / f"{table.name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        separator = "," if spoken == "en" else ";"
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))
        sheet = books[spoken][said(spoken, table.name)]
        assert lines[0] == headings(sheet)
        assert len(lines) == 3
        assert {len(line) for line in lines} == {len(table.columns)}
        assert all(line[0].startswith("# ") for line in lines[1:])


@every_language
def test_decimals_are_written_as_in_the_country(spoken: str) -> None:
    text = (KEPT / spoken / "professionals.csv").read_text(encoding="utf-8-sig")
    assert ("0.8" in text, "0,8" in text) == (spoken == "en", spoken != "en")


# The data dictionary.


class Page(HTMLParser):
    """The words of a page by tag, and what it would fetch or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(text)
        self.text = re.sub(r"\s+", " ", "".join(word for _tag, word in self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append((self.open[-1] if self.open else "", data))


def dictionaries(spoken: str) -> Iterator[str]:
    """The two dictionaries of a language, as what a reader sees."""
    folder = KEPT / spoken
    text = (folder / "data-dictionary.md").read_text(encoding="utf-8")
    yield re.sub(r"\\([*_|<\\])", r"\1", text)
    yield Page((folder / "data-dictionary.html").read_text(encoding="utf-8")).text


@every_language
def test_the_dictionaries_name_everything(spoken: str) -> None:
    for text in dictionaries(spoken):
        assert WHERE_PERIODS_END[spoken] in text
        for table in TABLES.values():
            assert said(spoken, table.name) in text
            assert said(spoken, table.row) in text
        for table, name in COLUMNS:
            column = table.column(name)
            words = (name, said(spoken, name), said(spoken, column.meaning))
            assert all(word in text for word in words)
            assert said(spoken, column.leaves).lower() in text.lower()
            if column.vocabulary:
                assert all(label in text for label in labels(column, spoken))
                assert all(code in text for code in column.words.codes())


@every_language
def test_the_page_stands_alone_and_says_its_language(spoken: str) -> None:
    text = (KEPT / spoken / "data-dictionary.html").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|https?:", text)
    page = Page(text)
    assert not page.open
    assert ("html", "lang", spoken) in page.attributes
    assert not {tag for tag, *_rest in page.attributes} & {"script", "link", "img", "iframe"}
    targets = {value for _tag, name, value in page.attributes if name in {"href", "src"}}
    anchors = {f"#{value}" for _tag, name, value in page.attributes if name == "id"}
    assert targets == {f"#{table}" for table in TABLES}
    assert targets <= anchors
    scopes = [value for tag, name, value in page.attributes if (tag, name) == ("th", "scope")]
    assert scopes.count("row") == len(COLUMNS)


# The templates, written and read by the workbench.


def test_a_new_workspace_holds_the_templates_in_its_language(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "copehope_lib.cli", "init", "ours", "--language", "es"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    written = tmp_path / "ours" / "templates"
    assert {path.name for path in written.iterdir()} == NAMES
    for name in NAMES - {"copehope-template.xlsx"}:
        assert (written / name).read_bytes() == (KEPT / "es" / name).read_bytes()


@every_language
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_empty_templates_are_a_registry_without_an_error(
    spoken: str, ending: str, tmp_path: Path
) -> None:
    workspace = Workspace.create(tmp_path / "new", language=spoken)
    for path in (KEPT / spoken).glob(f"*.{ending}"):
        shutil.copy(path, workspace.registry)
    tables = workspace.tables()
    assert tables.errors == ()
    assert all(getattr(tables, name).empty for name in TABLES)
