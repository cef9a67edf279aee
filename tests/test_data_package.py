"""The data package beside the templates, judged by Frictionless and not by us."""

import json
import shutil
from pathlib import Path

import pytest
from frictionless import Package

from copehope_lib.demo import synthetic
from copehope_lib.demo.two_women import two_women
from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.schema import TABLES

KEPT = Path(__file__).parent.parent / "data_templates"

every_language = pytest.mark.parametrize("spoken", LANGUAGES)


def said(spoken: str, message: str) -> str:
    return catalog(spoken).gettext(message)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The English templates, filled with the registry of two women."""
    folder = tmp_path / "filled"
    shutil.copytree(KEPT / "en", folder)
    tables = two_women()
    synthetic.write({name: getattr(tables, name) for name in TABLES}, folder)
    return folder


def judged(folder: Path) -> list[list[object]]:
    """What Frictionless finds: kind, row, heading."""
    report = Package(str(folder / "datapackage.json")).validate()
    return report.flatten(["type", "rowNumber", "fieldName"])


def test_a_registry_is_a_valid_data_package(filled: Path) -> None:
    assert judged(filled) == []
    package = Package(str(filled / "datapackage.json"))
    rows = {resource.name: len(resource.read_rows()) for resource in package.resources}
    assert {name: count for name, count in rows.items() if count} == {
        "women": 2, "professionals": 1, "assignments": 2, "activities": 1, "sessions": 6,
        "attendance": 6, "goals": 3, "goal_events": 5, "needs": 3, "safety": 1, "actions": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "right", "wrong", "found"),
    [
        ("attendance", "S-4,W-001,attended", "S-4,W-001,came", "constraint-error"),
        ("women", "2026-10-16", "16/10/2026", "type-error"),
        ("women", "W-002", "Amaka", "constraint-error"),
        ("activities", "A-01,language,group,20", "A-01,language,group,0", "constraint-error"),
        ("professionals", ",no,", ",perhaps,", "type-error"),
        ("attendance", "S-6,W-002", "S-6,W-003", "foreign-key"),
        ("sessions", "S-2", "S-1", "primary-key"),
    ],
)
def test_frictionless_finds_what_is_wrong(
    file: str, right: str, wrong: str, found: str, filled: Path
) -> None:
    path = filled / f"{file}.csv"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert found in {kind for kind, *_place in judged(filled)}


def test_a_woman_who_comes_back_has_a_second_row(filled: Path) -> None:
    path = filled / "women.csv"
    header, first, *others = path.read_text(encoding="utf-8").splitlines()
    again = first.replace("2026-06-01", "2026-10-20")
    path.write_text("\n".join([header, first, again, *others]) + "\n", encoding="utf-8")
    assert judged(filled) == []


@every_language
def test_the_example_rows_are_a_valid_data_package(spoken: str, tmp_path: Path) -> None:
    shutil.copytree(KEPT / spoken, tmp_path / spoken)
    assert judged(tmp_path / spoken) == []
    for table in TABLES:
        path = tmp_path / spoken / f"{table}.csv"
        header, _notice, example = path.read_text(encoding="utf-8").splitlines()
        path.write_text(f"{header}\n{example.removeprefix('# ')}\n", encoding="utf-8")
    package = Package(str(tmp_path / spoken / "datapackage.json"))
    assert judged(tmp_path / spoken) == []
    assert [len(resource.read_rows()) for resource in package.resources] == [1] * len(TABLES)


@every_language
def test_the_data_package_tells_of_each_column(spoken: str) -> None:
    package = json.loads((KEPT / spoken / "datapackage.json").read_text(encoding="utf-8"))
    for resource, table in zip(package["resources"], TABLES.values(), strict=True):
        assert (resource["name"], resource["path"]) == (table.name, f"{table.name}.csv")
        fields = resource["schema"]["fields"]
        for field, (name, column) in zip(fields, table.declared.items(), strict=True):
            assert field["name"] == said(spoken, name)
            assert field["constraints"]["required"] != column.optional
            assert field["leaves"] == said(spoken, column.leaves)
            assert field["section"] == column.section
