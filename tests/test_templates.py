"""Templates say what the schema says."""

from pathlib import Path

import pytest

from copehope_lib import templates
from copehope_lib.schema import TABLES
from copehope_lib.workspace import Workspace

KEPT = Path(__file__).parent.parent / "data_templates" / "en"


@pytest.mark.parametrize("name", templates.contents())
def test_the_kept_templates_are_those_of_the_schema(name: str) -> None:
    assert (KEPT / name).read_text(encoding="utf-8") == templates.contents()[name]


def test_nothing_else_lies_among_the_templates() -> None:
    assert {path.name for path in KEPT.iterdir()} == set(templates.contents())


def test_the_dictionary_names_every_table_and_column_and_says_where_periods_end() -> None:
    text = (KEPT / "data-dictionary.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        section = text.partition(f"## {table.name}\n")[2].partition("\n## ")[0]
        assert [
            line.split("`")[1] for line in section.split("\n") if line.startswith("| `")
        ] == (table.columns)
    assert "first day on which it no longer holds" in text


def test_empty_templates_are_a_registry_without_a_finding(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "new")
    templates.write(workspace.registry)
    (workspace.registry / "data-dictionary.md").unlink()
    tables = workspace.tables()
    assert tables.findings == ()
    assert tables.women.empty
    assert tables.months.empty
