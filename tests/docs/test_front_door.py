"""What a newcomer is met by: issue templates, a changelog with versions, the version itself."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.md"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_an_issue_template_warns_of_data_before_anything_else(path: Path) -> None:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert {"name", "about"} <= yaml.safe_load(front).keys()
    assert body.lstrip().startswith("<!--\nNever paste a team's data")


def test_there_is_a_template_for_a_bug_a_wish_and_a_sentence() -> None:
    assert [path.stem for path in TEMPLATES] == ["bug", "sentence", "wish"]


def test_the_changelog_tells_of_this_version_first_and_the_days_run_back() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert versions[0][0] == project["version"]
    assert versions == sorted(versions, key=lambda one: one[1], reverse=True)
    assert len(re.findall(r"^## ", changelog, re.MULTILINE)) - len(versions) in (0, 1)
