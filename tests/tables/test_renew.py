"""A table that the workbench writes anew: nothing of the team's is lost."""

import errno
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.settings import Settings
from copehope_lib.tables import renew

SPANISH = (
    "decisión;fecha de reunión;texto;responsable;fecha límite;hecha el;dimensión;sala\n"
    "A-1;05/10/2026;Descansar; p-01 ;;;professionals;dos\n"
)
NEW = pd.DataFrame(
    [["A-1", "", "", "", "", "2026-11-02", ""],
     ["A-2", "2026-11-02", "Rest", "P-01", "", "", ""]],
    columns=["action", "decided_on", "text", "owner", "due_on", "done_on", "dimension"],
)  # fmt: skip


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A workspace whose table of actions was kept in Spanish, with a column of its own."""
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "decisiones.csv").write_text(SPANISH, encoding="utf-8")
    return tmp_path


def test_rows_and_columns_of_the_team_stay_whatever_its_dialect(team: Path) -> None:
    registry = team / "registry"
    settings = Settings()
    table = renew.plain(registry, "actions", settings)
    assert table.loc[0, "action"] == "A-1"
    assert table.loc[0, "owner"] == "P-01"
    whole = pd.concat([table, NEW.tail(1)], ignore_index=True).fillna("")
    path = renew.renew(team, registry, "actions", whole)
    assert [file.name for file in registry.iterdir()] == ["decisiones.csv"]
    again = renew.plain(registry, "actions", settings)
    assert again["action"].tolist() == ["A-1", "A-2"]
    assert again["sala"].tolist() == ["dos", ""]
    assert path.read_text(encoding="utf-8").count("\n") == 3


def test_each_earlier_file_is_kept_byte_by_byte(team: Path) -> None:
    registry = team / "registry"
    renew.renew(team, registry, "actions", NEW)
    second = (registry / "decisiones.csv").read_bytes()
    renew.renew(team, registry, "actions", NEW.head(1))
    kept = sorted((team / "earlier").iterdir())
    assert [file.read_bytes() for file in kept] == [SPANISH.encode(), second]


def test_a_full_disk_is_a_sentence_and_the_table_stands(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(private, "replace", full)
    with pytest.raises(CopehopeError, match=r"cannot be written \(No space left on device\)"):
        renew.renew(team, team / "registry", "actions", NEW)
    assert (team / "registry" / "decisiones.csv").read_text(encoding="utf-8") == SPANISH


def test_a_row_with_more_cells_than_headings_is_not_cut(team: Path) -> None:
    path = team / "registry" / "decisiones.csv"
    path.write_text(SPANISH + "A-3;05/10/2026;x;P-01;;;professionals;dos;tres\n")
    with pytest.raises(CopehopeError, match="copehope check"):
        renew.plain(team / "registry", "actions", Settings())


def test_two_files_of_one_table_are_left_alone(team: Path) -> None:
    registry = team / "registry"
    (registry / "actions.csv").write_text("action,text\nA-9,Rest\n")
    with pytest.raises(CopehopeError, match="name a new file with --out"):
        renew.renew(team, registry, "actions", NEW)


def test_a_team_without_the_table_gets_one(tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    assert renew.plain(registry, "actions", Settings()).empty
    renew.renew(tmp_path, registry, "actions", NEW)
    assert renew.plain(registry, "actions", Settings())["action"].tolist() == ["A-1", "A-2"]
    assert not (tmp_path / "earlier").exists()
