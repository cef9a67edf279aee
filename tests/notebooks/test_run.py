"""A notebook runs on any workspace and month, and leaves as one page that asks nobody."""

import os
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from typer.testing import CliRunner

from copehope_lib import language, notebooks
from copehope_lib.cli import app
from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.notebooks.begin import begin, file_name
from copehope_lib.notebooks.page import as_html
from copehope_lib.notebooks.run import found
from copehope_lib.notebooks.run import run as run_notebook
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace
from tests.night import chosen, sample
from tests.notebooks.cells import READING, run

LINKS = ("src", "href", "srcset", "data", "action", "poster", "xlink:href")


class Asked(HTMLParser):
    """What a page asks for when it is opened, and the elements that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.figures = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.figures += (tag, dict(attrs).get("class")) == ("script", "figure")
        self.addresses += [value or "" for name, value in attrs if name in LINKS]

    @property
    def elsewhere(self) -> list[str]:
        return [one for one in self.addresses if re.match(r"\s*(https?:)?//", one)]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Another team than the one of the demo, with months of its own."""
    team = Workspace.create(tmp_path_factory.mktemp("other") / "team", team="Lleida")
    synthetic.write(synthetic.generate(women=25, professionals=4, months=5, seed=3), team.registry)
    tables = team.tables()
    for month in chosen(tables.months[-2:], tables.months[-3:]):
        publish(team, tables, month)
    yield team
    language.use("en")


@pytest.mark.parametrize("path", sample(READING), ids=lambda path: path.stem)
def test_every_notebook_runs_on_another_team_and_month(path: Path, other: Workspace) -> None:
    told = run(path, {"workspace": str(other.path), "month": "2026-09"})
    assert "Demo team" not in " ".join(told)
    assert str(other.path) not in " ".join(told)


def test_what_a_killed_kernel_left_is_deleted_a_day_later(other: Workspace) -> None:
    left, lately = other.path / ".copy-left", other.path / ".copy-lately"
    left.mkdir()
    lately.mkdir()
    long_ago = time.time() - notebooks.DAY - 60
    os.utime(left, (long_ago, long_ago))
    notebooks.copy_of(other, other.tables())
    assert not left.exists()
    assert lately.exists()


def test_a_copy_is_gone_when_it_is_no_longer_used(other: Workspace) -> None:
    ours = notebooks.copy_of(other, other.tables())
    assert ours.path.parent == other.path
    assert ours.settings == other.settings
    assert ours.key == other.key
    if os.name == "posix":
        assert ours.path.stat().st_mode & 0o077 == 0
    notebooks._COPIES.pop().cleanup()
    assert not ours.path.exists()


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_no_notebook_makes_a_page_that_asks_somebody(path: Path) -> None:
    assert Asked(as_html(nbformat.read(path, 4), "Demo team")).elsewhere == []


def test_one_page_that_asks_nobody(other: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    done = CliRunner().invoke(
        app,
        ["run", "03_caseload", "--workspace", str(other.path), "--month", "2026-09",
         "-o", str(out)],
        catch_exceptions=False,
    )  # fmt: skip
    assert done.exit_code == 0
    page = out.read_text(encoding="utf-8")
    asked = Asked(page)
    assert asked.elsewhere == []
    assert not {"link", "iframe", "img", "object", "base"} & set(asked.tags)
    assert asked.figures == 4
    assert "Lleida · 2026-09" in page
    assert "default-src 'none'" in page
    assert "notebooks.opened" not in page
    assert str(other.path) not in page
    assert "Who carries how much" in page
    if os.name == "posix":
        assert out.stat().st_mode & 0o077 == 0


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    out.write_text("kept")
    done = CliRunner().invoke(app, ["run", "03_caseload", "-o", str(out)])
    assert isinstance(done.exception, CopehopeError)
    assert out.read_text() == "kept"


def test_a_notebook_that_is_not_there_names_those_there_are() -> None:
    with pytest.raises(CopehopeError, match="04_engagement"):
        found("04_engagment")


def tiny(code: str, tag: str = "parameters") -> nbformat.NotebookNode:
    parameters = new_code_cell('workspace = ""\nmonth = ""')
    parameters.metadata.tags = [tag]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return new_notebook(cells=[parameters, new_code_cell(code)], metadata=kernel)


def test_a_refusal_of_the_library_is_said_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    nbformat.write(tiny("from copehope_lib import Workspace\nWorkspace('nowhere')"), path)
    with pytest.raises(CopehopeError, match="nowhere"):
        run_notebook(path)


def test_another_mishap_names_the_cell_and_no_value(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    nbformat.write(tiny("{}['W-001']"), path)
    with pytest.raises(CopehopeError, match=r"stopped in cell 2 \(KeyError\)") as refused:
        run_notebook(path)
    assert "W-001" not in str(refused.value)


def test_without_a_cell_for_parameters_it_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    nbformat.write(tiny("1", tag="other"), path)
    with pytest.raises(CopehopeError, match="tag `parameters`"):
        run_notebook(path)


def test_a_label_cannot_end_the_figure_it_stands_in() -> None:
    figure = {"data": [{"type": "bar", "x": ["</script><img src=x>"], "y": [1]}], "layout": {}}
    shown = new_output("display_data", {"application/vnd.plotly.v1+json": figure})
    words = new_output("stream", text="bar <b>")
    notebook = new_notebook(
        cells=[new_markdown_cell("# Who <came>?"), new_code_cell("", outputs=[words, shown])]
    )
    page = as_html(notebook, "A & B")
    assert "img" not in Asked(page).tags
    assert "<title>Who &lt;came&gt;? · A &amp; B</title>" in page
    assert "<pre>bar &lt;b&gt;</pre></details>" in page


def test_a_widget_says_where_it_answers() -> None:
    view = new_output(
        "display_data",
        {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "VBox()"},
    )
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"1": {"value": "W-001"}}}}
    notebook = new_notebook(cells=[new_code_cell("", outputs=[view])], metadata={"widgets": state})
    page = as_html(notebook, "Demo team")
    assert "use JupyterLab" in page
    assert "VBox" not in page
    assert "W-001" not in page
    assert Asked(page).elsewhere == []
    assert notebook.metadata.widgets == state


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who came back?", "who_came_back.ipynb"),
        ("¿Qué faltó en otoño?", "que_falto_en_otono.ipynb"),
        ("../../etc/passwd", "etc_passwd.ipynb"),
        (f"{'long ' * 30}", f"{'_'.join(['long'] * 12)}.ipynb"),
        ("x" * 200, f"{'x' * 60}.ipynb"),
    ],
)
def test_a_question_names_its_file(question: str, name: str) -> None:
    assert file_name(question) == name


@pytest.mark.parametrize("question", ["", "???", "什么"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(CopehopeError, match="no words"):
        file_name(question)


def test_a_new_notebook_runs_and_is_never_written_over(tmp_path: Path) -> None:
    path = begin("Who came back?", tmp_path)
    assert nbformat.read(path, 4).cells[0].source.startswith("# Who came back?\n")
    assert run(path)[-1].startswith("bar")
    before = path.read_bytes()
    with pytest.raises(CopehopeError, match="stays as it is"):
        begin("Who came back", tmp_path)
    assert path.read_bytes() == before


def test_the_command_begins_one_where_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["notebook", "new", "What stood in the way?"])
    assert done.output.strip() == "what_stood_in_the_way.ipynb"
    assert (tmp_path / "what_stood_in_the_way.ipynb").exists()
