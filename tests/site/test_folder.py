"""The pages as a folder: whole, ours, and for no room's eyes."""

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copehope_lib import demo, language
from copehope_lib.cli import app
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.privacy.closing import HANDED_OUT
from copehope_lib.server.launch import dashboards
from copehope_lib.site import folder
from copehope_lib.workspace import Workspace


@pytest.fixture(scope="module")
def october() -> Extract:
    """Return what partners are shown of one month, which is soon written."""
    return Extract(demo.workspace().extracts / "2026-10" / "partner")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two of the dashboards, and one that a kernel runs."""
    folder = tmp_path_factory.mktemp("dashboards")
    for name in ("home", "needs", "supervision"):
        shutil.copy(dashboards() / f"{name}.ipynb", folder)
    return folder


@pytest.fixture(scope="module")
def written(october: Extract, two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "pages"
    folder.write(october, two, out, "it")
    return out


def names(out: Path) -> set[str]:
    return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}


def test_each_page_of_cards_with_a_notebook_and_a_workbook_lie_in_the_folder(
    written: Path,
) -> None:
    assert {path.name for path in written.glob("*.html")} == {
        "home.html",
        "needs.html",
        "index.html",
    }
    expected = {"home-2026-10.js", "needs-2026-10.js", "2026-10.xlsx"}
    assert {path.name for path in (written / "months").iterdir()} == expected


def test_it_speaks_the_language_that_was_asked_for(written: Path) -> None:
    text = (written / "needs.html").read_text(encoding="utf-8")
    assert '<html lang="it">' in text
    assert "ottobre 2026" in (written / "months" / "needs-2026-10.js").read_text(encoding="utf-8")


def test_nothing_in_it_asks_another_host(written: Path) -> None:
    for path in [*written.glob("*.html"), *(written / "copehope").glob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert "//" not in text.replace("http://www.w3.org/2000/svg", ""), path


def test_a_second_time_it_is_written_anew(written: Path, october: Extract, two: Path) -> None:
    before = names(written)
    (written / "months" / "needs-2026-09.js").write_text("of a month that was withdrawn")
    folder.write(october, two, written, "it")
    assert names(written) == before
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_what_breaks_off_leaves_the_pages_that_were_there(
    written: Path, october: Extract, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: (written / path).read_bytes() for path in names(written)}

    def full(*_of: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "workbook", full)
    with pytest.raises(CopehopeError, match="No space left on device"):
        folder.write(october, two, written, "it")
    assert {path: (written / path).read_bytes() for path in names(written)} == before
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_supervision_is_written_into_no_folder(tmp_path: Path, two: Path) -> None:
    extract = Extract(demo.workspace().extracts, "supervision")
    with pytest.raises(CopehopeError, match="is for this room"):
        folder.write(extract, two, tmp_path / "pages", "en")
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_holds_something_else_stays_as_it_is(
    tmp_path: Path, october: Extract, two: Path
) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(CopehopeError, match="holds something else: name a new folder"):
        folder.write(october, two, tmp_path, "en")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def run(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.output + (str(result.exception) if result.exception else "")


def test_a_synchronised_folder_is_refused_before_anything_is_written(
    tmp_path: Path, october: Extract
) -> None:
    team = Workspace.create(tmp_path / "team")
    (team.extracts / "2026-10").mkdir(parents=True)
    (team.extracts / "2026-10" / "partner").symlink_to(october.root)
    out = tmp_path / "Dropbox" / "pages"
    said = run("site", team.path, "--audience", "partner", "--out", out)
    assert "seems to be synchronised by Dropbox" in " ".join(said.split())
    assert not out.exists()
    assert not (team.published / HANDED_OUT).exists()


def test_who_has_the_folder_is_said_and_that_it_was_handed_out(
    tmp_path: Path, october: Extract, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copehope_lib.server.launch.dashboards", lambda: two)
    team = Workspace.create(tmp_path / "team")
    (team.extracts / "2026-10").mkdir(parents=True)
    (team.extracts / "2026-10" / "partner").symlink_to(october.root)
    said = run("site", team.path, "--audience", "partner", "--out", tmp_path / "pages")
    assert "Whoever has this folder reads what Partner view is shown" in " ".join(said.split())
    with (team.published / HANDED_OUT).open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [(row["what"], row["audience"], row["months"]) for row in rows] == [
        ("site", "partner", "2026-10")
    ]
    assert language.current() == "en"
