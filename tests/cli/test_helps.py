"""What commands say of themselves is said in the language of the workspace."""

from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from copehope_lib import cli, language
from copehope_lib.cli.helps import EXAMPLE
from copehope_lib.workspace import Workspace
from tests.command import copehope

TRANSLATED = language.LANGUAGES[1:]


def helps(command: Any, said: list[str]) -> list[str]:
    """All that a command and those below it say of themselves, in English."""
    said.append((command.help or "").partition(EXAMPLE)[0])
    said += [one.help for one in command.params if getattr(one, "help", None)]
    for below in getattr(command, "commands", {}).values():
        helps(below, said)
    return [text for text in said if text]


@pytest.mark.parametrize("spoken", TRANSLATED)
def test_each_help_text_is_in_the_catalogs(spoken: str) -> None:
    every = set(helps(get_command(cli.app), []))
    assert len(every) > 100
    catalog = language.catalog(spoken)
    same = {text for text in every if catalog.gettext(text) == text}
    assert same <= {"docx, html, md."}


@pytest.mark.parametrize(
    ("spoken", "says", "refuses"),
    [
        ("es", "Repasa las tablas", "No hay tal opción: --nothing"),
        ("ca", "Repassa les taules", "No hi ha aquesta opció: --nothing"),
        ("it", "Passa in rassegna le tabelle", "Non c’è questa opzione: --nothing"),
        ("en", "Look through the tables", "No such option: --nothing"),
    ],
)
def test_help_and_wrong_use_are_told_in_the_language_of_the_workspace(
    tmp_path: Path, spoken: str, says: str, refuses: str
) -> None:
    team = Workspace.create(tmp_path / "team", language=spoken)
    shown = copehope("check", team.path, "--help", cwd=tmp_path)
    assert shown.returncode == 0
    assert says in shown.stdout
    assert ("Folder of the workspace" in shown.stdout) == (spoken == "en")
    assert says in copehope("--help", cwd=team.path).stdout
    assert refuses in copehope("check", team.path, "--nothing", cwd=tmp_path).stderr


def test_away_from_any_workspace_help_is_english(tmp_path: Path) -> None:
    assert "Look through the tables" in copehope("check", "--help", cwd=tmp_path).stdout


def test_a_month_that_is_none_is_refused_in_the_language_of_the_workspace(tmp_path: Path) -> None:
    team = Workspace.create(tmp_path / "team", language="es")
    done = copehope("preview", team.path, "--month", "zzz", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Valor incorrecto: zzz ")
