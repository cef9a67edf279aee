"""What each metric says that its counts add up to: it is true, and nothing else is.

Tables, columns and sums are those of the register: a metric is in these tests by being declared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.linalg import null_space

from copehope_lib.metrics import METRICS, Metric, Snapshot
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.sums import Counts, Nothing, Sum, equals, nothing
from copehope_lib.privacy.audience import TEAM
from copehope_lib.privacy.protect import decide, for_groups, keys, may_see, show, with_margins
from copehope_lib.privacy.system import Edition, System
from tests.metrics.registries import case
from tests.night import NIGHT, chosen
from tests.privacy.attacks.facts import equal, sums
from tests.privacy.attacks.held import Extract, Held
from tests.privacy.attacks.solver import Attack
from tests.privacy.attacks.test_reconstruction import counted as rows
from tests.privacy.attacks.test_reconstruction import loads, spread

Tables = dict[str, pd.DataFrame]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

CASES = 170 if NIGHT else 30
OCTOBER = pd.Period("2026-10", "M")
SMALL = 7
"""Counts of a table that goes into every family; larger ones take turns, two at a time."""
SELDOM = 4
"""What was seen no more often adds up with other things by chance."""


def counted() -> list[str]:
    """Return the tables of counts that a team is given."""
    return [
        name
        for name, metric in METRICS.items()
        if metric.counts and not metric.repeats and may_see(TEAM, metric)
    ]


def tables(snapshot: Snapshot, names: Iterable[str]) -> Tables:
    """Return what a team would be given."""
    given = for_groups({name: snapshot[name] for name in names}, TEAM)
    return {name: with_margins(table, METRICS[name]) for name, table in given.items()}


@dataclass(frozen=True)
class Seen:
    """The counts of many registries at two months each, and all that is said of them."""

    every: Sequence[Tables]
    system: System
    found: Floats

    @classmethod
    def of(cls, registries: Sequence[Sequence[Tables]]) -> "Seen":
        """Gather registries; a row that a table has in some of them only is 0 in the others."""
        every = []
        for month in zip(*registries, strict=True):
            known = {name: pd.concat([shown[name] for shown in month]) for name in month[0]}
            if "engagement.attendance" in known:
                # What is one to one in some registries is not in others.
                known["engagement.attendance"]["one_to_one"] = False
            every.append({name: of[~keys(name, of).duplicated()] for name, of in known.items()})
        system = System.of([Edition(OCTOBER - n, shown) for n, shown in enumerate(every)])

        def cells(months: Sequence[Tables], n: int, name: str, column: str) -> pd.Series:
            counts = months[n][name][column].set_axis(keys(name, months[n][name]))
            return counts.reindex(keys(name, every[n][name]), fill_value=0)

        rows = [
            np.concatenate([cells(months, *place) for place in system.columns])
            for months in registries
        ]
        return cls(every, system, np.array(rows, dtype="float64"))

    @property
    def rests(self) -> Flags:
        """Which sums leave a rest."""
        return self.system.sums.toarray()[:, self.system.cells :].any(axis=1)

    @cached_property
    def free(self) -> Floats:
        """The directions in which all counts may go, as far as the declared sums leave them."""
        space: Floats = null_space(self.system.sums.toarray()[~self.rests, : self.system.cells])
        return space

    def cells(self, names: Iterable[str]) -> Flags:
        """Return which cells are of some tables."""
        theirs = np.zeros(self.system.cells, dtype=bool)
        for (_, name, _column), place in self.system.columns.items():
            theirs[place] = name in names
        return theirs

    def undeclared(self, names: Iterable[str]) -> int:
        """Return how many sums hold among some tables that nobody has declared."""
        theirs = self.cells(names)
        never, found = np.zeros_like(theirs), self.found
        # Without the registries in which something is seen that seldom, other things are.
        while (seldom := theirs & ~never & ((found != 0).sum(axis=0) <= SELDOM)).any():
            never |= seldom
            found = found[~found[:, seldom].any(axis=1)]
        left = (
            (self.free @ null_space(self.free[never]))[theirs] if never.any() else self.free[theirs]
        )
        expected = np.linalg.matrix_rank(left, tol=1e-6)
        assert len(found) > expected, f"too few registries for {', '.join(names)}: make more"
        return int(expected - np.linalg.matrix_rank(found[:, theirs]))

    def families(self) -> list[list[str]]:
        """Return the tables that are looked at together: all small ones, with any two others.

        By day there are registries for no more than any two of the small ones.
        """
        size = {name: int(self.cells([name]).sum()) for _, name, _ in self.system.columns}
        small = [name for name in size if size[name] <= SMALL]
        if not NIGHT:
            return [[*two] for two in combinations(small, 2)]
        return [[*small, *two] for two in combinations(size.keys() - small, 2)]

    def forgotten(self, names: list[str]) -> list[str]:
        """Return the fewest of some tables between which a sum holds that nobody declared."""
        for name in names:
            fewer = [other for other in names if other != name]
            if self.undeclared(fewer):
                return self.forgotten(fewer)
        return names


def some(registries: int, names: Iterable[str]) -> Seen:
    """Look at some tables of small registries that are as nasty as they may be."""
    chance = np.random.default_rng(7)
    months = []
    for _ in range(registries):
        one = case(chance.bytes(40))
        now = Snapshot.of(one.tables, one.period, one.settings)
        months.append((tables(now, names), tables(now.before, ["engagement.patterns"])))
    return Seen.of(months)


@pytest.fixture(scope="module")
def seen() -> Seen:
    return some(CASES, counted())


def test_each_sum_holds_in_every_registry(seen: Seen) -> None:
    system = seen.system
    left = seen.found @ system.sums.toarray()[:, : system.cells].T
    assert len(left.T) > 60
    assert seen.rests.sum() > 10
    assert not left[:, ~seen.rests].any()
    # A pause may go on unseen while she is not invited, and seem a new one.
    moved = seen.cells(["engagement.movements"])
    mostly = abs(system.sums.toarray()[:, : system.cells])[:, moved].any(axis=1)
    assert mostly.sum() == 1
    assert (left[:, mostly] >= 0).mean() > 0.9
    assert (left[:, seen.rests & ~mostly] >= 0).all()
    assert left[:, seen.rests].any(axis=0).mean() > 0.8


def test_one_to_one_women_are_expected_at_no_more_sessions_than_were_left_for_them() -> None:
    chance, seen_so = np.random.default_rng(8), 0
    for _ in range(60):
        one = case(chance.bytes(40))
        now = Snapshot.of(one.tables, one.period, one.settings)
        visits = now["engagement.attendance"].set_index("scope")
        alone = visits[visits["one_to_one"]].drop(columns=["cancelled_by_us", "one_to_one", "rate"])
        if alone.empty and not NIGHT:
            continue
        checks = now["practice.checks"].set_index("check")["denominator"]
        seen_so += len(alone)
        left_out = now["practice.left_out"].set_index("check")["left_out"]
        held = checks["session_length"] + left_out.get("session_length", 0)
        assert alone.sum().sum() <= held - checks["group_size"]
    assert seen_so > 5


def test_no_other_sum_holds(seen: Seen) -> None:
    """The registries fill all dimensions that the declared sums leave to the tables."""
    families = seen.families()
    assert len(families) > 20
    assert set(chain(*families)) == set(counted()) or not NIGHT
    forgotten = [seen.forgotten(family) for family in families if seen.undeclared(family)]
    assert forgotten == [], "add up, and no metric says so: see its `adds_up`"


# A metric whose sum was forgotten.

YES_NO = Counts("engagement.women_seen", "women")


SAID: list[list[Sum] | Nothing] = [nothing("it is forgotten"), [equals(WOMEN, YES_NO)]]


def women_seen(s: Snapshot) -> pd.DataFrame:
    """Of the women who are with us, how many came in the month."""
    each = s["engagement.women"]
    came = s.here["woman"].isin(each.loc[each["came"] > 0, "woman"])
    table = pd.DataFrame({"seen": ["yes", "no"], "women": [came.sum(), (~came).sum()]})
    return table.astype({"seen": "str", "women": "Int64"})


def forgetful(adds_up: list[Sum] | Nothing) -> Metric:
    return Metric(
        YES_NO.table, women_seen, release_to="partner", counts=("women",), adds_up=adds_up
    )


def test_without_a_word_on_what_it_adds_up_to_there_is_no_metric() -> None:
    with pytest.raises(ValueError, match=r"women_seen does not say .* write adds_up=\[equals"):
        Metric(YES_NO.table, women_seen, release_to="partner", counts=("women",))


@pytest.mark.parametrize("said", chosen(SAID[:1], SAID))
def test_a_sum_that_is_forgotten_is_found(
    said: list[Sum] | Nothing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(METRICS, YES_NO.table, forgetful(said))
    assert YES_NO.table in counted()
    names = ["caseload.spread", "engagement.movements", YES_NO.table]
    looked_at = some(30, names)
    if isinstance(said, Nothing):
        assert looked_at.undeclared(names) == 1
        assert looked_at.forgotten(names) == ["caseload.spread", YES_NO.table]
    else:
        assert looked_at.undeclared(names) == 0


@pytest.mark.parametrize("said", SAID)
def test_a_sum_that_is_forgotten_gives_a_hidden_count_away(
    said: list[Sum] | Nothing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 46 women, who are shown elsewhere, 45 were seen."""
    monkeypatch.setitem(METRICS, YES_NO.table, forgetful(said))
    results = {
        "caseload.load": loads(),
        "caseload.spread": spread(women=46, carried_alone=0),
        YES_NO.table: rows(["seen", "women"], ("yes", 45), ("no", 1)),
    }
    shown = show(results, decide(results, OCTOBER, TEAM, dominated={}).hidden, TEAM, {})
    held = Held([Extract(str(OCTOBER), TEAM.minimum, TEAM.rounding, shown)])
    all_women, told = (
        held.find(str(OCTOBER), name, "women") for name in (WOMEN.table, YES_NO.table)
    )
    surely = Attack(held, [*sums(held), *equal(all_women, told)]).narrow()
    no = (str(OCTOBER), YES_NO.table, "women", "no")
    assert surely == ({no: (1, 1)} if isinstance(said, Nothing) else {})
