"""pyproject.toml, uv.lock and environment.yml say the same."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from tests.night import NIGHT

ROOT = Path(__file__).parent.parent
UV = next((path for path in [ROOT / ".uv/bin/uv"] if path.exists()), Path("uv"))


def pip_part() -> list[str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    return next(part["pip"] for part in environment["dependencies"] if isinstance(part, dict))


def locked() -> set[tuple[str, str]]:
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    return {(package["name"], package.get("version", "")) for package in lock["package"]}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", name)[0]).lower()


def test_every_pin_is_the_locked_version() -> None:
    pins = [re.match(r"([^=\[ ]+)(?:\[.*\])?==([^ ;]+)", line) for line in pip_part()[:-1]]
    assert {(normal(pin[1]), pin[2]) for pin in pins if pin} <= locked()
    assert all(pins)


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = {normal(line) for line in pip_part()}
    extras = [name for extra in project["optional-dependencies"].values() for name in extra]
    assert {normal(name) for name in [*project["dependencies"], *extras]} <= pinned


def test_every_dependency_has_a_lower_bound() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = configuration["project"]
    everything = project["dependencies"] + configuration["dependency-groups"]["dev"]
    everything += [name for of in project["optional-dependencies"].values() for name in of]
    assert [name for name in everything if ">=" not in name] == []


def test_the_library_is_installed_in_editable_mode() -> None:
    assert pip_part()[-1] == "-e ."


def test_the_lock_file_belongs_to_pyproject() -> None:
    subprocess.run([UV, "lock", "--check", "--offline"], cwd=ROOT, check=True, capture_output=True)


def test_the_pip_part_is_what_is_installed_here(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("\n".join(pip_part()[:-1]))
    order = [UV, "pip", "install", "--dry-run", "--python", sys.executable, "-r", requirements]
    told = subprocess.run(order, cwd=ROOT, check=True, capture_output=True, text=True)
    assert "Would make no changes" in told.stderr


# What it takes to install it is a minute of the night.
if NIGHT:

    def test_the_pip_part_installs_into_a_fresh_environment(tmp_path: Path) -> None:
        requirements = tmp_path / "requirements.txt"
        requirements.write_text("\n".join(pip_part()[:-1]) + f"\n-e {ROOT}\n")
        python = tmp_path / "fresh" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        quiet = [UV, "--quiet"]
        subprocess.run([*quiet, "venv", "--python", sys.executable, tmp_path / "fresh"], check=True)
        subprocess.run(
            [*quiet, "pip", "install", "--python", python, "-r", requirements], cwd=ROOT, check=True
        )
        shown = subprocess.run(
            [python, "-m", "copehope_lib.cli", "--help"],
            check=True, capture_output=True, text=True, cwd=tmp_path,
        )  # fmt: skip
        assert "publish" in shown.stdout
