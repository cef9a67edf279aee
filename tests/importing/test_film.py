"""A first and a second month in numbers: what is asked, and what is left to mend."""

from pathlib import Path

import pytest

from copehope_lib import language
from copehope_lib.importing import Import, Lock
from copehope_lib.workspace import Workspace
from tests.importing import her_sheets
from tests.importing.conftest import take_all
from tests.importing.her_sheets import Sheets
from tests.night import chosen

BOOKS = [
    (her_sheets.MARTA, "es", 12, 0, 0),
    (her_sheets.MILANO, "it", 8, 0, 0),
    (her_sheets.TORINO, "it", 2, 1, 6),
    (her_sheets.GIRONA, "ca", 5, 0, 0),
]


@pytest.mark.parametrize(
    ("sheets", "spoken", "asked", "unproposed", "errors"),
    chosen(BOOKS[2:], BOOKS),
    ids=chosen(["torino", "girona"], ["marta", "milano", "torino", "girona"]),
)
def test_a_workbook_is_asked_about_once_and_leaves_this_much_to_mend(
    tmp_path: Path,
    lock: Lock,
    sheets: Sheets,
    spoken: str,
    asked: int,
    unproposed: int,
    errors: int,
) -> None:
    """Torino has no table of colleagues, and no heading says what the days are of."""
    language.use(spoken)
    team = Workspace.create(tmp_path / "team", team="Barcelona", language=spoken)
    path = her_sheets.write(tmp_path / "datos 2026.xlsx", sheets)
    first = Import(team, [path], lock)
    answered = 0
    while opened := [one for one in first.open if one[1].proposal]:
        first.answer(opened[0][0], opened[0][1].id, opened[0][1].proposal)
        first.plan()
        answered += 1
    assert (answered + len(first.open), len(first.open)) == (asked, unproposed)
    first.take()
    cells = sum(one.count for one in team.tables().errors)
    assert cells == errors
    second = Import(team, [path], lock)
    assert len(second.open) == unproposed
    take_all(second)
    assert sum(one.count for one in team.tables().errors) == errors
