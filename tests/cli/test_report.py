"""What a check found, in four forms: none of them gives anybody away."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from copehope_lib import language
from copehope_lib.cli import report
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.tables.findings import Finding
from copehope_lib.workspace import Workspace
from tests.night import chosen

PERSONAL = ("Amaka Obi", "600112233", "600 11 22 33", "amaka@example.org", "12345678Z")


def finding(n: int = 2, **changes: object) -> Finding:
    plain: dict[str, object] = {
        "id": "unknown_value", "severity": "error", "table": "women", "row": n,
        "column": "housing", "value": f"castle{n}", "wrong": "Not known.", "mend": "Mend it.",
    }  # fmt: skip
    return Finding(**{**plain, **changes})  # type: ignore[arg-type]


def holding(small: Workspace, *findings: Finding) -> Tables:
    tables = small.tables()
    frames = {name: value for name, value in vars(tables).items() if name not in {"findings"}}
    return Tables(**frames, findings=findings)


def printed(tables: Tables) -> str:
    paper = Console(width=160, file=io.StringIO())
    report.show(tables, paper)
    assert isinstance(paper.file, io.StringIO)
    return paper.file.getvalue()


def four_forms(tables: Tables) -> dict[str, str]:
    return {
        "json": report.as_json(tables),
        "csv": report.findings_as_csv(tables),
        "html": report.as_html(tables, "Two women"),
        "printed": printed(tables),
    }


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "td":
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def cells_of(html: str) -> list[str]:
    reader = _Cells()
    reader.feed(html)
    return [cell.strip() for cell in reader.cells]


def full_of_persons(small: Workspace) -> Workspace:
    """Write something personal into each cell of the women, and in a column of its own."""
    path = small.registry / "women.csv"
    headings = path.read_text(encoding="utf-8").splitlines()[0]
    width = headings.count(",") + 1
    rows = [",".join([text] * (width + 1)) for text in PERSONAL]
    path.write_text("\n".join([headings + ",Amaka Obi", *rows]) + "\n", encoding="utf-8")
    return small


def test_json_has_the_files_and_every_finding_with_all_its_fields(small: Workspace) -> None:
    tables = holding(small, *(finding(n) for n in range(2, 40)))
    read = json.loads(report.as_json(tables))
    assert read["files"][0]["file"] == "women.csv"
    assert len(read["files"]) == len(TABLES)
    assert len(read["findings"]) == 38
    assert read["findings"][0] == {
        "id": "unknown_value", "severity": "error", "table": "women", "row": 2,
        "column": "housing", "value": "castle2", "wrong": "Not known.", "mend": "Mend it.",
        "rows": [], "count": 1, "places": [],
    }  # fmt: skip


@pytest.mark.parametrize("form", ["printed", "html"])
def test_ten_of_a_kind_are_shown_and_the_rest_are_counted(small: Workspace, form: str) -> None:
    more = [finding(n) for n in range(2, 15)]
    tables = holding(small, *more, finding(99, column="site", value="elsewhere"))
    shown = four_forms(tables)[form]
    assert len(set(re.findall(r"castle\d+", shown))) == 10
    assert "3 more of this kind" in shown
    assert "elsewhere" in shown
    assert "14 things to mend." in shown


def test_csv_has_every_finding(small: Workspace) -> None:
    tables = holding(small, *(finding(n) for n in range(2, 40)))
    rows = list(csv.DictReader(io.StringIO(report.findings_as_csv(tables))))
    assert [row["value"] for row in rows] == [f"castle{n}" for n in range(2, 40)]
    assert [row["row"] for row in rows] == [str(n) for n in range(2, 40)]


def test_csv_and_html_hold_the_same_findings(small: Workspace) -> None:
    kinds = (finding(2), finding(3, severity="warning"), finding(4, severity="hint", row=None))
    tables = holding(small, *kinds)
    cells = cells_of(report.as_html(tables, "Two women"))
    for row in csv.DictReader(io.StringIO(report.findings_as_csv(tables))):
        start = cells.index(row["value"]) - 3
        names = ("table", "row", "column", "value", "wrong", "mend")
        assert cells[start : start + 6] == [row[name] for name in names]


@pytest.mark.parametrize(
    ("form", "said"),
    [("html", "2, 5, 9 and 2 more"), ("printed", "2, 5, 9 and 2 more"), ("csv", "2, 5, 9, 12, 40")],
)
def test_rows_of_which_the_same_is_said_stand_together(
    small: Workspace, form: str, said: str
) -> None:
    tables = holding(small, finding().of([2, 5, 9, 12, 40]))
    assert said in four_forms(tables)[form]
    assert json.loads(report.as_json(tables))["findings"][0]["rows"] == [2, 5, 9, 12, 40]


@pytest.mark.parametrize("form", ["json", "csv", "html", "printed"])
def test_nothing_personal_occurs_in_full(small: Workspace, form: str) -> None:
    tables = full_of_persons(small).tables()
    text = four_forms(tables)[form]
    assert len(tables.findings) > 40
    for personal in (*PERSONAL, "maka", "112233", "5678"):
        assert personal not in text


@pytest.mark.parametrize("form", ["html", "printed"])
def test_what_is_shown_is_no_markup(small: Workspace, form: str) -> None:
    tables = holding(small, finding(column="<script>", value="[red]<b>&", table="<i>.csv"))
    text = four_forms(tables)[form]
    if form == "printed":
        assert "[red]<b>&" in text
    else:
        assert "[red]&lt;b&gt;&amp;" in text
        assert "&lt;script&gt;" in text
        assert "<script" not in text
        assert "<i>" not in text


def test_a_heading_that_is_markup_is_escaped_in_the_page(small: Workspace) -> None:
    path = small.registry / "women.csv"
    text = path.read_text(encoding="utf-8").replace("housing", "<script>alert(1)</script>")
    path.write_text(text, encoding="utf-8")
    page = report.as_html(small.tables(), "<b>Two</b>")
    assert "&lt;script&gt;alert" in page
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_page_says_its_language_and_asks_no_other_place(small: Workspace, code: str) -> None:
    language.use(code)
    page = report.as_html(holding(small, finding()), "Two women")
    assert f'<html lang="{code}">' in page
    assert "http" not in page
    assert "//" not in page
    assert "<title>" in page


@pytest.mark.parametrize("code", chosen(["ca"], language.LANGUAGES[1:]))
def test_sentences_are_in_the_language_of_the_team(small: Workspace, code: str) -> None:
    full_of_persons(small)
    (small.registry / "goals.csv").unlink()
    english = small.tables()
    language.use(code)
    spoken = small.tables()
    assert len(spoken.findings) == len(english.findings)
    for here, there in zip(spoken.findings, english.findings, strict=True):
        assert here.id == there.id
        assert here.wrong != there.wrong, here.wrong
        assert here.mend != there.mend, here.mend
    said = report.summary(english)
    language.use("en")
    assert said != report.summary(english)


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "Nothing to mend."),
        (["error"], "1 thing to mend."),
        (["error", "warning", "hint"], "2 things to mend, 1 hint."),
        (["hint", "hint"], "0 things to mend, 2 hints."),
    ],
)
def test_a_summary_counts_hints_apart(small: Workspace, severities: list[str], said: str) -> None:
    tables = holding(small, *(finding(severity=severity) for severity in severities))
    assert report.summary(tables) == said


def run_check(small: Workspace, *words: str) -> int:
    from typer.testing import CliRunner

    from copehope_lib.cli import app

    return CliRunner().invoke(app, ["check", str(small.path), *words]).exit_code


@pytest.mark.parametrize("form", [[], ["--format", "json"], ["--format", "html"]])
def test_the_status_is_1_with_something_to_mend(small: Workspace, form: list[str]) -> None:
    path = small.registry / "attendance.csv"  # a warning: she had not entered yet
    path.write_text(path.read_text() + "S-4,W-002,attended,\n")
    assert run_check(small, *form) == 1


def test_the_status_is_0_with_hints_only(small: Workspace) -> None:
    (small.registry / "notes.csv").write_text("a,b\n1,2\n")
    assert [one.severity for one in small.tables().findings] == ["hint"]
    assert run_check(small) == 0
