"""The library as it is installed: a wheel in an environment of its own, away from the checkout."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from copehope_lib.panels.register import pages
from copehope_lib.privacy.audience import SUPERVISION
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Watched, free_port, open_page, running
from tests.browser.test_coordinator import first_month, window_of
from tests.coordinator.conftest import opened
from tests.night import NIGHT

ROOT = Path(__file__).parent.parent.parent
UV = next((path for path in [ROOT / ".uv/bin/uv"] if path.exists()), Path("uv"))
NO_CHECKOUT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def uv(*words: object, cwd: Path = ROOT) -> None:
    done = subprocess.run([UV, "--quiet", *words], cwd=cwd, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment in which there is the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--out-dir", folder)
    needed, (wheel,) = folder / "needed.txt", folder.glob("*.whl")
    python = folder / "environment" / "bin" / "python"
    if NIGHT:
        uv("export", "--locked", "--no-dev", "--no-emit-project", "--no-hashes", "-o", needed)
        uv("venv", "--python", sys.executable, folder / "environment")
        uv("pip", "install", "--python", python, "--requirement", needed, wheel, cwd=folder)
    else:
        # By day what it needs is taken from the tests' own environment: Python has compiled it.
        copied = folder / "environment"
        if subprocess.run(["cp", "-al", sys.prefix, copied], check=False).returncode:
            # On another disk, or where cp cannot link.
            shutil.rmtree(copied, ignore_errors=True)
            shutil.copytree(sys.prefix, copied, symlinks=True)
        uv("pip", "install", "--python", python, "--no-deps", "--reinstall", wheel, cwd=folder)
    return python.parent


def run(installed: Path, cwd: Path, *words: object) -> str:
    done = subprocess.run(
        [installed / "copehope", *words],
        cwd=cwd,
        env=NO_CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_installed_wheel_serves_every_page(
    installed: Path, team: Workspace, tmp_path: Path, watched: Watched
) -> None:
    command = [installed / "copehope", "serve", team.path, "--audience", "supervision"]
    command += ["--port", str(free_port()), "--no-browser"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=NO_CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    with running(process) as served:
        every = pages(SUPERVISION)
        for page in every if NIGHT else ():
            with urllib.request.urlopen(served.page(page.file), timeout=180) as answer:  # noqa: S310
                text = answer.read().decode()
            assert "application/vnd.jupyter.widget-view+json" in text, page.file
            assert 'data-word="sorry"' not in text, page.file
        # By day the one that is ready first.
        open_page(watched, served.page("caseload.ipynb" if NIGHT else every[0].file))
        assert watched.page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible\"')")
    assert watched.errors == []
    assert watched.outside == []


def test_an_installed_wheel_has_its_notebooks_templates_and_languages(
    installed: Path, team: Workspace, tmp_path: Path
) -> None:
    run(installed, tmp_path, "run", "03_caseload", "--workspace", team.path, "-o", "page.html")
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")
    said = run(installed, tmp_path, "init", "team", "--language", "it")
    assert "è pronto" in said
    assert (tmp_path / "team" / "templates" / "copehope-template.xlsx").exists()
    names = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    inside = installed.parent.glob("lib/python3*/site-packages/copehope_lib/reading/*.ipynb")
    assert sorted(path.name for path in inside) == names
    assert not [*installed.parent.glob("lib/python3*/site-packages/*editable*")]
    guides = {path.name for path in installed.parent.glob("lib/python3*/site-packages/*/docs/*.md")}
    assert {"README.md", "SECURITY.md", "coordinator.md", "own-sheets.md"} <= guides


def test_an_installed_wheel_leads_from_her_own_sheet_to_files_without_a_terminal(
    installed: Path, browser: Browser, tmp_path: Path
) -> None:
    """A coordinator's first quarter of an hour."""
    with (
        opened(tmp_path / "home", installed / "copehope") as coordinator,
        window_of(browser, coordinator) as window,
    ):
        first_month(window, coordinator, tmp_path)
