"""Protecting and auditing a month, against computing its metrics.

Ratios of one run, never seconds: `make bench` prints them.
"""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.metrics import compute
from copehope_lib.privacy.audience import AUDIENCES, PARTNER, TEAM
from copehope_lib.privacy.audit import audit
from copehope_lib.privacy.protect import decide, show
from copehope_lib.privacy.publish import GROUPS, publish
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace

EARLIER = 12
TURNS = 3
OCTOBER = synthetic.LAST_MONTH


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Sixty women, and twelve months that have been published for groups."""
    made = Workspace.create(tmp_path_factory.mktemp("bench") / "team")
    frames = synthetic.generate(women=60, professionals=8, months=EARLIER + 2)
    synthetic.write(frames, made.registry)
    tables = made.tables()
    for back in range(EARLIER, 0, -1):
        publish(made, tables, OCTOBER - back)
    return made


def test_a_month_is_published_in_five_times_its_metrics_and_audited_in_as_long(
    team: Workspace, tmp_path: Path
) -> None:
    tables = team.tables()
    turns = [turn(team, tables, tmp_path / str(number)) for number in range(TURNS)]
    to_publish, to_audit = (median(ratios) for ratios in zip(*turns, strict=True))
    told = f"{to_publish:.1f} to publish, {to_audit:.1f} to audit (limit 5)"
    print(f"\ntime / time of the metrics: {told}")
    assert max(to_publish, to_audit) <= 5


def turn(team: Workspace, tables: Tables, folder: Path) -> tuple[float, float]:
    """Return how many times as long as the metrics both take, in a fresh copy."""
    copy = Workspace(shutil.copytree(team.path, folder))
    metrics = seconds(lambda: compute(tables, OCTOBER, copy.settings))
    published = seconds(lambda: publish(copy, tables, OCTOBER))
    audited = seconds(lambda: [audit(folder, against) for folder, against in extracts(copy)])
    return published / metrics, audited / metrics


def extracts(of: Workspace) -> list[tuple[Path, list[Path]]]:
    """Return October's folders, each with those of the months before."""
    months = [str(OCTOBER - back) for back in range(EARLIER, -1, -1)]
    return [
        (of.extracts / months[-1] / name, [of.extracts / month / name for month in months[:-1]])
        for name in GROUPS
    ]


def protect(results: dict[str, pd.DataFrame]) -> None:
    hidden = None
    for audience in (TEAM, PARTNER):
        hidden = decide(results, OCTOBER, audience, dominated={}, also=hidden).hidden
        show(results, hidden, audience, {})


def test_time_grows_no_faster_than_the_women() -> None:
    assert [*AUDIENCES][1:] == GROUPS == [TEAM.name, PARTNER.name]
    many, few = (results(20_000), results(2_000))
    protect(few)
    longer = median(
        seconds(lambda: protect(many)) / seconds(lambda: protect(few)) for _ in range(TURNS)
    )
    print(f"\ntime / time for a tenth of the women: {longer:.1f} (limit 10)")
    assert longer <= 10


def results(women: int) -> dict[str, pd.DataFrame]:
    made = synthetic.generate(women=women, professionals=women * 3 // 20, months=4, seed=1)
    return compute(Tables(**{name: made[name] for name in TABLES}), OCTOBER, Settings())
