"""What stands in a pack: for whom, of which month, in which language; and what is refused."""

import json
import shutil
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from copehope_lib import demo, language
from copehope_lib.cli import main
from copehope_lib.documents import chromium
from copehope_lib.documents.pack import Pack, of_extract, write
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.privacy.manifest import MANIFEST
from copehope_lib.workspace import Workspace
from tests.night import chosen

from .conftest import pack_of

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def alone(tmp_path: Path) -> Workspace:
    """A team of which nothing is left but settings and extracts."""
    demo_team = demo.workspace()
    folder = tmp_path / "team"
    folder.mkdir()
    shutil.copy(demo_team.path / "copehope.toml", folder)
    shutil.copytree(demo_team.extracts, folder / "extracts")
    return Workspace(folder)


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["copehope", "pack", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.strip().endswith(".")


def test_a_pack_is_made_where_there_is_no_registry(
    alone: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert run(monkeypatch, alone.path, "--audience", "partner", "--format", "xlsx") == 0
    made = alone.path / "packs" / "2026-10-partner.xlsx"
    assert str(made) in capsys.readouterr().out
    assert "Partner view" in str(openpyxl.load_workbook(made).worksheets[0]["A2"].value)
    assert sorted(path.name for path in made.parent.iterdir()) == [made.name]


def test_a_pack_is_never_written_over_another(
    alone: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path
) -> None:
    out = tmp_path / "mine.xlsx"
    out.write_text("mine")
    words = (alone.path, "--audience", "team", "--format", "xlsx", "--out", out)
    assert run(monkeypatch, *words) == 1
    assert one_sentence(capsys.readouterr().err)
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--audience", "supervision"), "choose team or partner"),
        (("--audience", "team", "--month", "2031-01"), "2031-01 has not been published"),
    ],
)
def test_what_may_not_leave_is_refused(
    alone: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    words: tuple[str, ...],
    said: str,
) -> None:
    assert run(monkeypatch, alone.path, *words, "--format", "xlsx") == 1
    problem = capsys.readouterr().err
    assert said in problem
    assert one_sentence(problem)
    assert not (alone.path / "packs").exists()


def test_without_a_browser_one_sentence_says_what_to_do(
    alone: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert run(monkeypatch, alone.path, "--audience", "team", "--format", "pdf") == 1
    problem = capsys.readouterr().err
    assert "--format xlsx" in problem
    assert one_sentence(problem)
    assert list((alone.path / "packs").iterdir()) == []


def test_a_browser_that_draws_nothing_leaves_nothing(
    alone: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path
) -> None:
    for name, script in (("silent", "exit 0"), ("loud", "echo '<pre id=\"pictures\"></pre>'")):
        browser = tmp_path / name
        browser.write_text(f"#!/bin/sh\n{script}\n")
        browser.chmod(0o700)
        monkeypatch.setattr(chromium, "find", lambda path=browser: str(path))
        if sys.platform != "win32":
            assert run(monkeypatch, alone.path, "--audience", "team", "--format", "docx") == 1
            assert one_sentence(capsys.readouterr().err)
            assert list((alone.path / "packs").iterdir()) == []
    monkeypatch.setattr(chromium, "find", lambda: str(tmp_path / "gone"))
    with pytest.raises(CopehopeError, match="gone could not make the pack"):
        chromium.as_pdf("<p>", tmp_path)


def test_supervision_is_refused_whoever_asks() -> None:
    with pytest.raises(CopehopeError, match="leaves the house"):
        of_extract(Extract(demo.workspace().extracts, "supervision"))


def test_an_earlier_month_knows_nothing_of_the_later_ones() -> None:
    extract = Extract(demo.workspace().extracts, "team")
    pack = of_extract(extract, pd.Period("2026-08", "M"))
    assert pack.month == "August 2026"
    shown = [
        word for table in pack.tables if "month" in table.headings for word in table.frame["month"]
    ]
    assert max(shown) == "2026-08"
    assert not any("October" in card.heading.text for card in pack.cards)


def test_the_team_is_in_its_own_pack_only(team: Pack, partner: Pack) -> None:
    assert "wellbeing" in [section.heading.code for section in team.sections]
    assert "wellbeing" not in [section.heading.code for section in partner.sections]
    assert not any(card.heading.code.startswith("wellbeing") for card in partner.cards)
    assert "How the team is stays with the team." in [note.text for note in partner.notes]
    names = {column for table in partner.tables for column in table.frame}
    assert "professional" not in names


def test_a_month_without_a_self_check_says_so(alone: Workspace) -> None:
    for path in alone.extracts.glob(f"*/team/{MANIFEST}"):
        said = json.loads(path.read_text())
        said["tables"] = {
            name: file for name, file in said["tables"].items() if "wellbeing" not in name
        }
        path.write_text(json.dumps(said))
    pack = of_extract(Extract(alone.extracts, "team"))
    assert "wellbeing" not in [section.heading.code for section in pack.sections]
    assert any("no picture of how the team is" in note.text for note in pack.notes)


def test_a_damaged_extract_makes_no_pack(alone: Workspace) -> None:
    file = next(alone.extracts.glob("2026-10/team/needs.coverage-*"))
    file.write_bytes(b"other")
    with pytest.raises(CopehopeError, match="which lays it there again"):
        of_extract(Extract(alone.extracts, "team"))


def test_the_notes_say_the_rules_under_which_the_month_was_published(partner: Pack) -> None:
    text = " ".join(note.text for note in partner.notes)
    assert "under 10 are hidden" in text
    assert "rounded to 5" in text
    assert "more than 21 days" in text
    assert "what was corrected since shows from the next month on" in text


def test_no_two_results_have_the_same_heading(team: Pack, partner: Pack) -> None:
    extract = Extract(demo.workspace().extracts, "team")
    few = of_extract(extract, pd.Period("2026-07", "M"))
    assert any("Fewer than 5 answered" in card.heading.text for card in few.cards)
    for pack in (team, partner, few):
        headings = [card.heading.text for card in pack.cards]
        assert len(headings) == len(set(headings))


def test_no_code_stands_where_people_read(team: Pack, partner: Pack) -> None:
    codes = {"all", "not_here", "not_set", "improved", "worsened", "not_covered", "paused"}
    for pack in (team, partner):
        for table in pack.tables:
            assert not codes & {word for row in table.words() for word in row}, table.title


@pytest.mark.parametrize("code", chosen(["ca"], language.LANGUAGES))
def test_a_pack_is_in_one_language(code: str) -> None:
    pack = pack_of("team", code)
    assert pack.language == code
    titles = {section.heading.text for section in pack.sections}
    assert language.gettext("Caseload") in titles
    assert language.gettext("Itineraries and needs") in titles
    assert all(len(title) <= 31 for title in titles), titles
    assert write(pack, "xlsx", Path())[:2] == b"PK"


def test_the_page_for_a_partner_speaks_spanish(sent: bytes) -> None:
    text = sent.decode()
    assert '<html lang="es">' in text
    assert "Carga de acompañamiento" in text
    assert ">oculto<" in text
    assert ">hidden<" not in text
