"""Papers to print, charters that are signed, and the sheet that goes sealed to another service."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pandas as pd
import pytest
from pypdf import PdfReader

from copehope_lib.cli import main
from copehope_lib.documents.chromium import as_pdf
from copehope_lib.documents.html import as_html, look
from copehope_lib.documents.paper import PAPERS, SPOKEN, document, read
from copehope_lib.files.sealing import Key, new_key, open_sealed
from copehope_lib.language import LANGUAGES
from copehope_lib.privacy import closing
from copehope_lib.vocabulary import Asked, Face, Wish
from copehope_lib.workspace import Workspace
from tests.test_words import REFUSED

Captured = pytest.CaptureFixture[str]
LONGEST_NAME = "Equip d’acompanyament a dones, Barcelona i Baix Llobregat"
ANSWERS = ["yes", "no", "no", "unknown", "no", "yes"]
"""As W-002 has them below, in the order of §5.1.1."""


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Run the command in this process, and return with which status it ended."""
    monkeypatch.setattr("sys.argv", ["copehope", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def page(name: str, spoken: str, team: str = LONGEST_NAME) -> str:
    return as_html(document(name, spoken, team), look("paper"))


def words(html: str) -> list[str]:
    body = html.partition("<body>")[2]
    return re.findall(r"[^\W_]+", re.sub(r"<[^>]*>", " ", body))


EACH = [(name, spoken) for name in PAPERS for spoken in read(name).pages]


def test_each_paper_fits_one_printed_page_in_each_language(tmp_path: Path) -> None:
    mains = [page(*one).partition("<body>")[2].partition("</body>")[0] for one in EACH]
    broken = "".join(f'<div style="break-before: page">{main}</div>' for main in mains)
    start = page(*EACH[0]).partition("<body>")[0]
    pdf = PdfReader(BytesIO(as_pdf(f"{start}<body>{broken}</body></html>", tmp_path)))
    titles = [read(name).pages[spoken].title for name, spoken in EACH]
    squeezed = [re.sub(r"\s", "", one.extract_text()) for one in pdf.pages]
    assert len(pdf.pages) == len(EACH) == 17
    for title, text in zip(titles, squeezed, strict=True):
        assert text.startswith(re.sub(r"\s", "", title))


@pytest.mark.parametrize(("name", "spoken"), EACH)
def test_a_paper_is_filled_and_laid_out_as_in_english(name: str, spoken: str) -> None:
    html = page(name, spoken, "Our <team>")
    assert "{" not in html.partition("<body>")[2]
    assert "<team>" not in html
    assert ("Our &lt;team&gt;" in html) == (name != "questions")
    assert not REFUSED.search(html)
    ours, english = read(name).pages[spoken], read(name).pages["en"]
    assert [len(part.lines) for part in ours.parts] == [len(part.lines) for part in english.parts]


def test_papers_speak_the_languages_of_the_workbench_and_questions_french() -> None:
    for name in PAPERS:
        assert set(LANGUAGES) <= set(read(name).pages) <= set(SPOKEN)
    assert "fr" in read("questions").pages


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_charter_for_women_is_read_aloud_in_two_minutes(spoken: str) -> None:
    assert 200 < len(words(page("charter-women", spoken, "Barcelona"))) <= 280


@pytest.mark.parametrize("spoken", list(read("questions").pages))
def test_questions_are_five_with_the_codes_to_type_and_no_place_for_a_name(spoken: str) -> None:
    html = page("questions", spoken)
    asked = re.findall(r"^.*?(\d)\. .*\((\w+)\)$", html, re.MULTILINE)
    assert [code for _n, code in asked] == [code for code in Asked.codes() if code != Asked.WISH]
    assert html.count("☐ ☺") == html.count("☐ 😐") == html.count("☐ ☹") == len(asked) == 5
    assert re.findall(r"☐ .*\((\w+)\)", html) == Wish.codes()
    assert set(Face.codes()) | {"asked", "face", "wish", "feedback"} <= set(words(html))
    assert html.count("____________") == 2  # code of the activity, and day
    native = {"en": "native speaker", "fr": "langue maternelle", "es": "persona nativa",
              "ca": "persona nadiua", "it": "madrelingua"}  # fmt: skip
    assert native[spoken] in html


def test_a_paper_is_written_beside_the_templates_in_the_language_of_the_team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    team = Workspace.create(tmp_path / "team", team="Trame & fili", language="it")
    assert run(monkeypatch, "paper", team.path, "charter-women") == 0
    made = (team.path / "templates" / "charter-women-it.html").read_text(encoding="utf-8")
    assert "Trame &amp; fili" in made
    assert "http" not in made
    assert run(monkeypatch, "paper", team.path, "questions", "--language", "fr") == 0
    assert (team.path / "templates" / "questions-fr.html").exists()
    assert run(monkeypatch, "paper", team.path, "boundaries", "--format", "docx") == 0
    file = docx.Document(str(team.path / "templates" / "boundaries-it.docx"))
    assert file.paragraphs[0].text == "Che cosa concordiamo"
    capsys.readouterr()
    assert run(monkeypatch, "paper", team.path, "charter-staff", "--language", "fr") == 1
    said = capsys.readouterr().err
    assert "charter-staff" in said
    assert "en, es, ca, it" in said


def signed(workspace: Workspace, days: str) -> None:
    path = workspace.path / "copehope.toml"
    text = re.sub(r"(?s)\[charters\].*?(?=\n\[|\Z)", "", path.read_text(encoding="utf-8"))
    path.write_text(f"{text}\n{days}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ("", {"charter-women", "charter-staff"}),  # as in a workspace of an earlier workbench
        ("[charters]\nstaff_on = 2026-03-01", {"charter-women"}),
        ('[charters]\nwomen_on = 2026-03-01\nstaff_on = "2026-03-02"', set()),
    ],
)
def test_each_charter_without_its_day_is_named_in_one_sentence(
    small: Workspace, days: str, named: set[str]
) -> None:
    signed(small, days)
    said = closing.unsigned(Workspace(small.path).settings)
    assert set(re.findall(r"charter-\w+", said)) == named
    assert "\n" not in said


def test_a_month_is_closed_without_a_question_though_a_charter_is_not_signed(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    signed(small, "[charters]\nwomen_on = 2026-03-01")
    assert run(monkeypatch, "publish", small.path, "--month", "2026-10") == 0
    (said,) = [line for line in capsys.readouterr().err.splitlines() if "charter" in line]
    assert said == closing.unsigned(Workspace(small.path).settings)
    assert (small.extracts / "2026-10" / "team").exists()


@pytest.fixture
def theirs() -> Key:
    return new_key()


def agreed(workspace: Workspace, **said: str) -> None:
    """Write what W-002 agreed to, and her assessments: the later one holds."""
    path = workspace.registry / "women.csv"
    women = pd.read_csv(path, dtype="str")
    consent = {"data_on": "2026-10-17", "sharing_on": "2026-10-18", "sharing_with": "health",
               "mediation": "yes", "mediation_language": "bin"} | said  # fmt: skip
    for column, value in consent.items():
        women.loc[women["woman"] == "W-002", column] = value
    women.loc[women["woman"] == "W-001", "data_on"] = "2026-06-02"
    women.to_csv(path, index=False)
    path = workspace.registry / "safety.csv"
    safety = pd.read_csv(path, dtype="str")
    questions = [*safety.columns[2:8]]
    first = dict(safety.iloc[0]) | {"woman": "W-002"} | dict.fromkeys(questions, "no")
    rows = [
        first | {"assessed_on": "2026-10-28", "setting": "individual_only"}
        | dict(zip(questions, ANSWERS, strict=True)),
        first | {"assessed_on": "2026-10-17"},
    ]  # fmt: skip
    pd.concat([safety, pd.DataFrame(rows)]).to_csv(path, index=False)


def cells(content: bytes) -> dict[str, str]:
    (table,) = docx.Document(BytesIO(content)).tables
    return {row.cells[0].text: row.cells[1].text for row in table.rows}


def test_a_referral_holds_the_six_answers_and_no_other_woman_and_opens_with_that_key_alone(
    small: Workspace, theirs: Key, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    agreed(small)
    before = {path: path.read_bytes() for path in small.path.rglob("*") if path.is_file()}
    words = ("referral", small.path, "W-002", "--service", "health", "--to", theirs.public[0])
    assert run(monkeypatch, *words) == 0
    new = {path for path in small.path.rglob("*") if path.is_file()} - {*before}
    (path,) = {one for one in new if one.name != ".lock"}
    assert path.parent == small.path / "referrals"
    assert "W-002" not in path.name
    assert not path.read_bytes().startswith(b"PK")
    plain = open_sealed(path.read_bytes(), theirs)
    said = cells(plain)
    spoken = {"yes": "Yes", "no": "No", "unknown": "Not known"}
    assert [*said.values()][-9:-2] == ["2026-10-28", *(spoken[one] for one in ANSWERS)]
    assert [*said.values()][-2:] == ["", ""]
    assert {"W-002", "Health", "Edo", "2026-10-18", "Sessions alone only"} <= {*said.values()}
    text = "\n".join(one.text for one in docx.Document(BytesIO(plain)).paragraphs)
    assert "W-001" not in f"{text}{said}"
    assert "P-01" not in f"{text}{said}"
    assert all(one.read_bytes() == content for one, content in before.items())
    key, opened = tmp_path / "their key.txt", tmp_path / "sheet.docx"
    key.write_bytes(theirs.as_file())
    age = shutil.which("age")
    assert age, "this test needs the program age: install it and run the test again"
    subprocess.run([age, "--decrypt", "-i", key, "-o", opened, path], check=True)
    assert opened.read_bytes() == plain


@pytest.mark.parametrize(
    ("said", "service", "why"),
    [
        ({"sharing_on": "", "sharing_with": ""}, "health", "has not agreed to share"),
        ({"sharing_with": "legal"}, "health", "has not agreed to share"),
        ({}, "housing", "has not agreed to share"),
        ({"withdrawn_on": "2026-10-25"}, "health", "took her consent back on 2026-10-25"),
        ({"withdrawn_on": "2026-10-25", "sharing_on": ""}, "health", "took her consent back"),
    ],
)
def test_without_her_consent_nothing_is_written(
    small: Workspace, theirs: Key, monkeypatch: pytest.MonkeyPatch, capsys: Captured,
    said: dict[str, str], service: str, why: str,
) -> None:  # fmt: skip
    agreed(small, **said)
    words = ("referral", small.path, "W-002", "--service", service, "--to", theirs.public[0])
    assert run(monkeypatch, *words) == 1
    (sentence,) = capsys.readouterr().err.splitlines()
    assert why in sentence
    assert "table women" in sentence
    assert not (small.path / "referrals").exists()


@pytest.mark.parametrize(("shares", "status"), [("2026-10-24", 0), ("2026-10-18", 1), ("", 1)])
def test_who_took_it_back_and_came_again_is_asked_anew_what_may_be_shared(
    small: Workspace, theirs: Key, monkeypatch: pytest.MonkeyPatch, shares: str, status: int
) -> None:
    agreed(small, left_on="2026-10-22", withdrawn_on="2026-10-22")
    path = small.registry / "women.csv"
    women = pd.read_csv(path, dtype="str")
    again = {"entered_on": "2026-10-24", "left_on": "", "withdrawn_on": "", "data_on": "2026-10-24",
             "sharing_on": shares}  # fmt: skip
    back = women[women["woman"] == "W-002"].assign(**again)
    pd.concat([back, women]).to_csv(path, index=False)
    assert not small.all_tables().errors
    words = ("referral", small.path, "W-002", "--service", "health", "--to", theirs.public[0])
    assert run(monkeypatch, *words) == status
    assert (small.path / "referrals").exists() == (status == 0)


def test_without_a_key_or_an_assessment_or_such_a_woman_nothing_is_written(
    small: Workspace, theirs: Key, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    agreed(small)
    asked = ("referral", small.path, "W-002", "--service", "health")
    assert run(monkeypatch, *asked) == 1
    assert "sealed or not at all" in capsys.readouterr().err
    to = ("--service", "health", "--to", theirs.public[0])
    assert run(monkeypatch, "referral", small.path, "W-777", *to) == 1
    assert "no such code" in capsys.readouterr().err
    safety = pd.read_csv(small.registry / "safety.csv", dtype="str")
    safety[safety["woman"] != "W-002"].to_csv(small.registry / "safety.csv", index=False)
    assert run(monkeypatch, *asked, "--to", theirs.public[0]) == 1
    assert "no risk assessment" in capsys.readouterr().err
    assert not (small.path / "referrals").exists()
