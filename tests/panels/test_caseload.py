"""The caseload: hours outside sessions stand beside the load, for supervision alone."""

from pathlib import Path

import pytest

from copehope_lib.demo import synthetic
from copehope_lib.extract import Extract
from copehope_lib.panels import cards
from copehope_lib.privacy.publish import preview
from copehope_lib.widgets.card import Card
from copehope_lib.workspace import Workspace


def load_of(team: Path, *, kept: bool) -> Card:
    """The card of the load as supervision sees it, of a team that keeps contacts or not."""
    workspace = Workspace.create(team)
    frames = synthetic.generate(women=12, professionals=3, months=2)
    if not kept:
        frames["contacts"] = frames["contacts"].iloc[:0]
    synthetic.write(frames, workspace.registry)
    preview(workspace, workspace.tables(), synthetic.LAST_MONTH)
    return cards.panel("caseload", Extract(workspace.extracts, "supervision")).cards[
        "caseload-load"
    ]


@pytest.mark.parametrize("kept", [True, False])
def test_hours_outside_sessions_stand_beside_the_load_where_they_are_kept(
    tmp_path: Path, *, kept: bool
) -> None:
    card = load_of(tmp_path / "team", kept=kept)
    assert ("Hours outside sessions, about" in card.table) == kept
    assert ("Outside sessions, about" in card.reading) == kept
