"""How much groups are shown: the share of hidden counts, and what a page is opened for."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib import demo
from copehope_lib.demo import synthetic
from copehope_lib.extract import Extract
from copehope_lib.metrics import METRICS
from copehope_lib.privacy.publish import publish
from tests.night import NIGHT
from tests.privacy.attacks.published import told_together, workspace

TEAMS = {8: 0.55, 12: 0.45, 20: 0.3, 46: 0.125}
"""For teams of so many women how much may be hidden: half of what eight are told is small."""
OCTOBER = pd.Period("2026-10", "M")


HAPPENED = ("engagement.attendance", "engagement.barriers", "engagement.modules", "practice.checks")


FEW = tuple(name for name in METRICS if name.startswith(("voice.", "network.")))
"""What counts answers and requests: a handful in a month, and held to a limit of its own."""
MANY = tuple(name for name in METRICS if name not in FEW)


def hidden(extract: Extract, month: pd.Period, names: Iterable[str] = MANY) -> float:
    """Return the share of the counts of a month that a group is not shown, changes aside."""
    told = [name for name in names if METRICS[name].has_own_counts]
    there = extract.manifest_of(month).tables
    cells = [
        extract.table(name, month).filter(METRICS[name].counted) for name in told if name in there
    ]
    return float(sum(of.isna().sum().sum() for of in cells) / sum(of.size for of in cells))


def uncovered(extract: Extract, month: pd.Period) -> pd.DataFrame:
    table = extract.table("needs.coverage", month)
    return table[table["coverage"] == "not_covered"].set_index("need")


def headlines(extract: Extract, month: pd.Period) -> dict[str, bool]:
    """Return whether what each page is opened for is a number."""
    came = extract.table("engagement.attendance", month).set_index("scope")
    checks = extract.table("practice.checks", month).set_index("check")
    patterns = extract.table("engagement.patterns", month).set_index("pattern")
    found = {
        "caseload: women": extract.table("caseload.spread", month)["women"].iloc[0],
        "engagement: share who came": came.loc["all", "rate"],
        "engagement: paused": patterns.loc["paused", "women"],
        "engagement: returned": patterns.loc["returned", "women"],
        "itineraries: open goals": extract.table("itineraries.quiet", month)["goals"].sum(
            skipna=False
        ),
        "needs: not covered most": uncovered(extract, month)["women"].max(),
        "practice: goals chosen by her": checks.loc["goals_hers", "numerator"],
    }
    return {name: bool(pd.notna(number)) for name, number in found.items()}


def test_of_the_demo_at_most_an_eighth_is_hidden_from_its_team() -> None:
    team = Extract(demo.workspace().extracts, "team")
    shares = {str(month): hidden(team, month) for month in team.months}
    print("hidden:", {month: f"{share:.1%}" for month, share in shares.items()})
    assert len(shares) == 6
    assert max(shares.values()) <= 1 / 8


def test_of_answers_and_requests_at_most_four_tenths_are_hidden_from_the_team() -> None:
    team = Extract(demo.workspace().extracts, "team")
    shares = {str(month): hidden(team, month, FEW) for month in team.months}
    print("hidden:", {month: f"{share:.1%}" for month, share in shares.items()})
    assert max(shares.values()) <= 0.4


def test_who_lacks_a_need_is_told_unless_it_is_one_or_two() -> None:
    """Of the nine needs at least eight, but for a month in which two are as small as that."""
    extracts = demo.workspace().extracts
    team, exact = Extract(extracts, "team"), Extract(extracts, "supervision")
    for month in team.months:
        told = uncovered(team, month)["women"].notna()
        small = uncovered(exact, month)["women"].isin([1, 2])
        print(month, f"not covered: {told.sum()} of {len(told)} shown, {small.sum()} are 1 or 2")
        assert told.sum() >= min(8, len(told) - small.sum())


@pytest.mark.parametrize("women", TEAMS if NIGHT else [12])
def test_a_small_team_is_told_too(women: int, tmp_path: Path) -> None:
    """Prints what is hidden in the second of two months, and which headlines are numbers."""
    frames = synthetic.generate(women, max(2, women * 3 // 20), months=9, seed=100 + women)
    team = workspace(tmp_path / "team", frames)
    tables = team.tables()
    for month in (OCTOBER - 1, OCTOBER):
        publish(team, tables, month)
    extract = Extract(team.extracts, "team")
    share, told = hidden(extract, OCTOBER), headlines(extract, OCTOBER)
    print(f"{women} women: {share:.0%} hidden; numbers:", [of for of in told if told[of]])
    assert told["caseload: women"]
    assert share < TEAMS[women]


@pytest.mark.night("test_a_small_team_is_told_too")
@pytest.mark.parametrize("women", [8, 12, 20] if NIGHT else [8])
def test_a_small_team_is_told_more_of_what_happened_in_three_months(
    women: int, tmp_path: Path
) -> None:
    """Prints what is hidden of what happened in September, and in July to September together."""
    frames = synthetic.generate(women, max(2, women * 3 // 20), months=9, seed=100 + women)
    shares = {}
    for together in (1, 3):
        team = told_together(workspace(tmp_path / str(together), frames), together)
        publish(team, team.tables(), OCTOBER - 1)
        shares[together] = hidden(Extract(team.extracts, "team"), OCTOBER - 1, HAPPENED)
    print(f"{women} women:", {months: f"{share:.0%} hidden" for months, share in shares.items()})
    assert shares[3] < shares[1]
