"""The numbers of each audience, and that a team makes them stricter only."""

import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.privacy.audience import AUDIENCES, audiences
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace


def test_the_numbers_are_those_that_were_agreed() -> None:
    numbers = {
        name: (one.minimum, one.rounding, one.k, one.cases) for name, one in AUDIENCES.items()
    }
    assert numbers == {
        "supervision": (1, 1, 1, True),
        "team": (3, 1, 3, False),
        "partner": (10, 5, 10, False),
    }


def configured(workspace: Workspace, text: str) -> Workspace:
    path = workspace.path / "copehope.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return Workspace(workspace.path)


def test_a_team_may_be_stricter(small: Workspace) -> None:
    strict = configured(small, "\n[audiences.team]\nminimum = 5\nrounding = 5\n")
    team = audiences(strict.settings)["team"]
    assert (team.minimum, team.rounding, team.width) == (5, 5, 3)
    assert audiences(strict.settings)["partner"] == AUDIENCES["partner"]


@pytest.mark.parametrize(
    ("audience", "rule"),
    [("team", "minimum = 2"), ("partner", "rounding = 7"), ("partner", "k = 5"),
     ("partner", "width = 3")],
)  # fmt: skip
def test_no_number_may_be_looser_and_nothing_is_published(
    small: Workspace, audience: str, rule: str
) -> None:
    loose = configured(small, f"\n[audiences.{audience}]\n{rule}\n")
    name = rule.split(" ", maxsplit=1)[0]
    with pytest.raises(CopehopeError, match=rf"audiences\.{audience}\.{name} = .* is looser"):
        publish(loose, loose.tables(), loose.tables().months[-1])
    assert not list(loose.extracts.iterdir())


@pytest.mark.parametrize("rule", ["cases = true", "professionals = true", "movements = true"])
def test_what_an_audience_is_given_at_all_is_no_setting(small: Workspace, rule: str) -> None:
    with pytest.raises(CopehopeError, match="audiences"):
        configured(small, f"\n[audiences.partner]\n{rule}\n").settings  # noqa: B018
