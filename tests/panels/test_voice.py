"""Her voice: who sees what, and a team that does not keep it sees nothing of it."""

from pathlib import Path

import pytest

from copehope_lib import demo
from copehope_lib.extract import Extract
from copehope_lib.panels.cards import panel, parts
from copehope_lib.panels.register import offered
from copehope_lib.workspace import Workspace

LEARNING = {"practice-themes", "practice-languages"}


def demo_of(audience: str) -> Extract:
    return Extract(demo.workspace().extracts, audience)


@pytest.mark.parametrize("audience", ["supervision", "team"])
def test_what_waits_for_an_answer_stands_first(audience: str) -> None:
    extract = demo_of(audience)
    there = [part.name for part in parts("voice", extract)]
    assert there == [
        "voice-waiting", "voice-asked", "voice-language", "voice-wishes", "voice-answers",
        "voice-activities",
    ]  # fmt: skip


def test_supervision_sees_each_answer_the_oldest_first_and_the_team_counts_alone() -> None:
    supervision, team = (
        panel("voice", demo_of(of)).cards["voice-waiting"] for of in ("supervision", "team")
    )
    rows = demo_of("supervision").table("voice.waiting", demo_of("supervision").months[-1])
    longest = int(rows["days"].max())
    assert supervision.reading == (
        f"{len(rows)} answers wait for ours, the first since {longest} days."
    )
    assert "since" not in team.reading


def test_partners_are_not_offered_the_page() -> None:
    assert "voice" not in [page.name for page in offered(demo_of("partner"))]


@pytest.mark.parametrize("audience", ["supervision", "team"])
def test_a_team_that_does_not_keep_it_sees_one_line_and_no_link(
    two_published: Path, audience: str
) -> None:
    extract = Extract(Workspace(two_published).extracts, audience)
    assert "voice" not in [page.name for page in offered(extract)]
    (card,) = panel("voice", extract).cards.values()
    assert card.reading == "Nothing was asked yet, or it is not kept."
    assert not LEARNING & {part.name for part in parts("practice", extract)}
    assert LEARNING - {"practice-languages"} <= {
        part.name for part in parts("practice", demo_of(audience))
    }
