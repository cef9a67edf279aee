"""pyproject.toml, uv.lock and environment.yml say the same."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
UV = ROOT / ".uv/bin/uv"


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
    assert {normal(name) for name in project["dependencies"]} <= pinned


def test_every_dependency_has_a_lower_bound() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    everything = (
        configuration["project"]["dependencies"] + configuration["dependency-groups"]["dev"]
    )
    assert [name for name in everything if ">=" not in name] == []


def test_the_library_is_installed_in_editable_mode() -> None:
    assert pip_part()[-1] == "-e ."


def test_the_lock_file_belongs_to_pyproject() -> None:
    uv = UV if UV.exists() else "uv"
    subprocess.run([uv, "lock", "--check", "--offline"], cwd=ROOT, check=True, capture_output=True)


if os.environ.get("CI"):  # it downloads everything once more

    def test_the_pip_part_installs_into_a_fresh_environment(tmp_path: Path) -> None:
        requirements = tmp_path / "requirements.txt"
        requirements.write_text("\n".join(pip_part()[:-1]) + f"\n-e {ROOT}\n")
        venv.create(tmp_path / "fresh", with_pip=True)
        python = tmp_path / "fresh" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([python, *quiet, "-r", requirements], check=True)
        shown = subprocess.run(
            [python, "-m", "copehope_lib.cli", "--help"],
            check=True, capture_output=True, text=True, cwd=tmp_path,
        )  # fmt: skip
        assert "publish" in shown.stdout
