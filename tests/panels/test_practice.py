"""What nobody wrote down, from the tables to the cards: left out, counted, and never a no."""

from pathlib import Path

import pytest

from copehope_lib import demo
from copehope_lib.demo import synthetic
from copehope_lib.extract import Extract
from copehope_lib.panels import engagement, practice
from copehope_lib.panels.panel import Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.privacy.audit import audit
from copehope_lib.privacy.publish import publish
from copehope_lib.vocabulary import Dimension
from tests.privacy.attacks.published import OCTOBER, workspace

GROUPS = ["team", "partner"]
AUDIENCES = ["supervision", *GROUPS]


def published(folder: Path, *, every: int) -> Path:
    """A team that wrote down no hours of every second, or each, of its sessions."""
    frames = dict(synthetic.generate(women=20, professionals=6, months=4))
    sessions = frames["sessions"].copy()
    days = sessions.index % every == 0
    sessions["starts_at"] = sessions["starts_at"].mask(days, sessions["starts_at"].dt.normalize())
    sessions["ends_at"] = sessions["ends_at"].mask(days)
    frames["sessions"] = sessions
    frames["safety"] = frames["safety"].assign(can_share_space="no")
    frames["activities"] = (
        frames["activities"].assign(childcare=None).astype({"childcare": "boolean"})
    )
    team = workspace(folder / "team", frames)
    tables = team.tables()
    assert tables.errors == ()
    publish(team, tables, OCTOBER)
    return team.extracts


@pytest.fixture(scope="module")
def no_hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("none"), every=1)


@pytest.fixture(scope="module")
def some_hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("some"), every=2)


def seen(extracts: Path, audience: str) -> Seen:
    extract = Extract(extracts, audience)
    return Seen(extract, State.of(extract))


def card(extracts: Path, audience: str, dimension: Dimension) -> Shown:
    return practice.checks(seen(extracts, audience), dimension)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_check_of_which_nothing_is_known_says_how_much_was_left_out(
    no_hours: Path, audience: str
) -> None:
    look = seen(no_hours, audience)
    checks = look.table("practice.checks").set_index("check")
    left = look.table("practice.left_out").set_index("check")["left_out"]
    for name in ("session_length", "childcare"):
        assert checks.loc[name, ["numerator", "denominator"]].tolist() == [0, 0]
        assert left[name] > 0
    shown = card(no_hours, audience, Dimension.BEST_PRACTICES)
    assert f"{left['session_length']} sessions without hours" in shown.reading
    assert shown.table is not None
    words = [note.text for note in shown.figure.layout.annotations] if shown.figure else []
    assert "not known" in words
    assert "0 of 0" not in words
    assert "Left out, not known" in shown.table.readable()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_module_without_hours_has_no_length_and_says_so(no_hours: Path, audience: str) -> None:
    look = seen(no_hours, audience)
    assert look.table("engagement.modules")["minutes"].isna().all()
    assert "without hours." in engagement.modules(look).reading


def test_groups_are_not_told_what_would_tell_of_safety(no_hours: Path) -> None:
    told = {
        audience: set(seen(no_hours, audience).table("practice.left_out")["check"])
        for audience in AUDIENCES
    }
    assert "half_hour" in told["supervision"]
    assert told["team"] == told["partner"] == {"childcare", "session_length"}


@pytest.mark.parametrize("audience", GROUPS)
def test_nobody_computes_a_hidden_count_from_what_was_left_out(
    some_hours: Path, audience: str
) -> None:
    """Of the sessions half have no hours, and groups held more sessions than have them."""
    assert audit(some_hours / "2026-10" / audience).wrong == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_team_that_writes_hours_down_is_told_of_nothing_left_out(
    demo_extracts: Path, audience: str
) -> None:
    look = seen(demo_extracts, audience)
    assert practice.left_out(look).empty
    for dimension in Dimension:
        shown = practice.checks(look, dimension)
        assert "Left out" not in shown.reading
        assert shown.table is not None
        assert "Left out, not known" not in shown.table.readable()


@pytest.fixture(scope="module")
def demo_extracts() -> Path:
    return demo.workspace().extracts
