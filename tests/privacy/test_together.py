"""Three months told as one: what happened is told with the last of them, and of all three."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError, NotToldError
from copehope_lib.extract import Extract
from copehope_lib.metrics import METRICS, compute
from copehope_lib.panels.cards import panel
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.audit import audit
from copehope_lib.privacy.closing import GROUPS, undo
from copehope_lib.privacy.protect import for_groups, keys, may_see, with_margins
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace
from tests.privacy.attacks.published import told_together, workspace

JUNE, SEPTEMBER = pd.Period("2026-06", "M"), pd.Period("2026-09", "M")
QUARTER = pd.Period("2026-07", "3M")
OF_WHAT_HAPPENED = [
    "engagement.attendance", "engagement.barriers", "engagement.modules", "practice.checks",
    "change.attendance", "change.patterns", "change.coverage", "change.checks",
]  # fmt: skip


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a team of twelve that has closed June to September, three months told as one."""
    frames = synthetic.generate(12, 2, months=9, seed=112)
    made = told_together(workspace(tmp_path_factory.mktemp("three") / "team", frames), 3)
    tables = made.tables()
    for month in pd.period_range(JUNE, SEPTEMBER, freq="M"):
        publish(made, tables, month)
    return made


@pytest.fixture(scope="module")
def told(team: Workspace) -> dict[str, Extract]:
    return {name: Extract(team.extracts, name) for name in GROUPS}


@pytest.mark.parametrize("audience", GROUPS)
def test_what_happened_is_told_with_the_last_of_three_months_and_stands_until_the_next(
    team: Workspace, told: dict[str, Extract], audience: str
) -> None:
    extract = told[audience]
    alone = Extract(team.extracts / str(JUNE + 1) / audience)
    for name in OF_WHAT_HAPPENED:
        assert not extract.table(name, SEPTEMBER).empty
        june = extract.table(name, JUNE)
        for month in (JUNE + 1, JUNE + 2):
            assert name not in extract.manifest_of(month).tables
            pd.testing.assert_frame_equal(extract.table(name, month), june)
        with pytest.raises(NotToldError, match="three months together, with September 2026"):
            alone.table(name, JUNE + 1)


@pytest.mark.parametrize("audience", GROUPS)
def test_where_things_stand_is_told_each_month(told: dict[str, Extract], audience: str) -> None:
    extract, exact = told[audience], AUDIENCES[audience]
    for name, metric in METRICS.items():
        # So small a team may ask no service for a year, and is too small to be told of its own
        # learning: then there is no row.
        apart = name.startswith(("network.", "learning."))
        if metric.at_end and may_see(exact, metric) and not apart:
            assert [str(month) for month in extract.months if not extract.table(name, month).empty]


@pytest.mark.parametrize("name", ["engagement.attendance", "itineraries.flows", "needs.changes"])
def test_each_number_that_is_told_is_one_of_all_three_months(
    team: Workspace, told: dict[str, Extract], name: str
) -> None:
    """Flows too: from where things stood three months before."""
    exact = for_groups(compute(team.tables(), QUARTER, team.settings, [name]), AUDIENCES["team"])
    rows = with_margins(exact[name], METRICS[name])
    shown = told["team"].table(name, SEPTEMBER)
    column = "came" if name == "engagement.attendance" else METRICS[name].counts[0]
    known = shown[column].notna()
    print(name, f"{known.sum()} of {len(known)} are shown:", shown[column][known].tolist())
    assert (shown[column][known] > 0).any()
    assert keys(name, shown).tolist() == keys(name, rows).tolist()
    assert shown[column][known].tolist() == rows[column][known.to_numpy()].tolist()


@pytest.mark.parametrize("audience", GROUPS)
def test_no_hidden_count_follows_from_all_months_together(team: Workspace, audience: str) -> None:
    months = [
        team.extracts / str(month) / audience for month in Extract(team.extracts, audience).months
    ]
    found = audit(months[-1], months[:-1])
    assert found.wrong == []
    assert found.deduced


def test_the_page_says_which_months_a_picture_is_of(told: dict[str, Extract]) -> None:
    page = panel("engagement", told["team"])
    together = "Told for three months together: July 2026 to September 2026."
    assert together in page.cards["engagement-attendance"].why
    assert together not in page.cards["engagement-patterns"].why
    assert "June 2026" in page.cards["engagement-flows"].figure
    page.state.month = "2026-08"
    before = "Told for three months together: April 2026 to June 2026."
    assert before in page.cards["engagement-attendance"].why


def test_supervision_sees_single_months(team: Workspace) -> None:
    exact = Extract(team.extracts, "supervision")
    for month in exact.months:
        assert not exact.table("engagement.attendance", month).empty


def test_single_months_are_never_told_after_three_of_them(team: Workspace, tmp_path: Path) -> None:
    """Nor the other way about: what three tell, less two that were told alone, is the third."""
    copied = Path(shutil.copytree(team.path, tmp_path / "team"))
    single = told_together(Workspace(copied), 1)
    with pytest.raises(CopehopeError, match=r"publishing.together is 1.*write 3 again"):
        publish(single, single.tables(), SEPTEMBER + 1)


def test_until_a_month_is_closed_the_number_may_change(small: Workspace) -> None:
    made, tables = small, small.tables()
    publish(made, tables, SEPTEMBER)
    undo(made)
    publish(told_together(made, 3), tables, SEPTEMBER)
    assert Extract(made.extracts, "team").manifest.together == 3
