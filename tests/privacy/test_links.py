"""The sums that hold among tables: each of them does, and there are no others."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.linalg import null_space

from copehope_lib.metrics import METRICS, Snapshot
from copehope_lib.privacy.audience import TEAM
from copehope_lib.privacy.protect import for_groups, with_margins
from copehope_lib.privacy.system import Edition, System
from copehope_lib.vocabulary import Module
from tests.metrics.registries import case

Floats = npt.NDArray[np.float64]

CASES = 170
OCTOBER = pd.Period("2026-10", "M")
COUNTED = [
    name
    for name, metric in METRICS.items()
    # A load is of whoever happens to work there, and adds up to nothing.
    if metric.counts and not metric.repeats and name != "caseload.load"
]
FAMILIES = {
    "women": ["caseload.spread", "caseload.profiles", "caseload.reference",
              "engagement.patterns", "needs.changes", "practice.checks"],
    "needs": ["caseload.spread", "needs.coverage", "needs.changes"],
    "patterns": ["caseload.spread", "engagement.patterns", "engagement.flows",
                 "engagement.movements"],
    "visits": ["engagement.attendance", "engagement.barriers"],
    "modules": ["engagement.modules", "engagement.barriers", "engagement.movements"],
    "goals": ["itineraries.states", "itineraries.chosen", "itineraries.quiet",
              "itineraries.levels"],
    "moves": ["itineraries.chosen", "itineraries.flows", "itineraries.quiet",
              "practice.checks"],
}  # fmt: skip
"""Tables between which a sum might hold; few enough that chance alone makes none."""


def tables(snapshot: Snapshot, names: list[str]) -> dict[str, pd.DataFrame]:
    """Return what a team would be given, with a row for each module whether it met or not."""
    given = for_groups({name: snapshot[name] for name in names}, TEAM)
    found = {name: with_margins(table, METRICS[name]) for name, table in given.items()}
    for name, first in (("engagement.attendance", ["all"]), ("engagement.modules", [])):
        if name in found:
            key = found[name].columns[0]
            met = found[name].set_index(key)
            every = met.reindex([*first, *Module.codes()], fill_value=0)
            found[name] = every.rename_axis(key).reset_index()
    return found


@pytest.fixture(scope="module")
def editions() -> list[list[Edition]]:
    """Many small registries that are as nasty as they may be, at two months each."""
    chance = np.random.default_rng(7)
    found = []
    for _ in range(CASES):
        one = case(chance.bytes(40))
        now = Snapshot.of(one.tables, one.period, one.settings)
        found.append(
            [
                Edition(OCTOBER, tables(now, COUNTED)),
                Edition(OCTOBER - 1, tables(now.before, ["engagement.patterns"])),
            ]
        )
    return found


def numbers(editions: list[list[Edition]], system: System) -> Floats:
    """Return the cells of each case as a row, in the order of the system."""
    return np.array(
        [
            np.concatenate([of[n].tables[name][column] for n, name, column in system.starts])
            for of in editions
        ],
        dtype="float64",
    )


def test_each_sum_holds_in_every_registry(editions: list[list[Edition]]) -> None:
    system = System.of(editions[0])
    sums = system.sums.toarray()
    left = numbers(editions, system) @ sums[:, : system.cells].T
    rests = sums[:, system.cells :].any(axis=1)
    assert len(sums) > 90
    assert rests.sum() > 10
    assert not left[:, ~rests].any()
    assert (left[:, rests] >= 0).all()
    assert left[:, rests].any(axis=0).mean() > 0.8


@pytest.mark.parametrize("family", FAMILIES)
def test_no_other_sum_holds(editions: list[list[Edition]], family: str) -> None:
    """The registries fill all dimensions that the declared sums leave to these tables."""
    system = System.of(editions[0])
    found = numbers(editions, system)
    theirs = np.zeros(system.cells, dtype=bool)
    for n, name, column in system.starts:
        theirs[system.column(n, name, column)] = name in FAMILIES[family]
    # What was seen a few times adds up with other things by chance.
    rare = theirs & ((found != 0).sum(axis=0) <= 4)
    found = found[~found[:, rare].any(axis=1)]
    rare |= theirs & ~found.any(axis=0)
    sums = system.sums.toarray()
    exact = sums[~sums[:, system.cells :].any(axis=1), : system.cells]
    left = null_space(np.vstack([exact, np.eye(system.cells)[rare]]))
    expected = np.linalg.matrix_rank(left[theirs], tol=1e-6)
    assert len(found) > expected
    assert np.linalg.matrix_rank(found[:, theirs]) == expected
