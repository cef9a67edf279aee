"""Somebody with a solver, who looks for all numbers that fit with a whole extract."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import TEAM
from copehope_lib.privacy.protect import decide, show
from copehope_lib.workspace import Workspace
from tests.night import sample
from tests.privacy.attacks.held import Extract, Held
from tests.privacy.attacks.published import GROUPS, MONTHS, OCTOBER, Frames, attack, held


@pytest.mark.parametrize("audience", GROUPS)
def test_each_hidden_count_could_be_as_many_numbers_as_were_promised(
    team: Workspace, audience: str
) -> None:
    """Each, by day each fifth, stands in a whole set of numbers that fits with what is shown."""
    on = held(team, [OCTOBER], [audience])
    system = attack(on)
    few = {
        cell: found
        for cell, width in sample(on.hidden.items())
        if len(found := system.possible(cell, width)) < width
    }
    assert on.hidden
    assert few == {}


@pytest.mark.parametrize(("audience", "minimum"), [("team", 3), ("partner", 10)])
@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_no_rest_that_anybody_can_take_off_is_small(
    team: Workspace, audience: str, minimum: int, month: pd.Period
) -> None:
    assert attack(held(team, [month], [audience])).small_rests(minimum) == {}


def small_tables() -> dict[str, Frames]:
    """Return results in which a rest of one is all that there is to hide."""
    areas = [("work", "under_way", 5), ("work", "achieved", 9), ("health", "under_way", 6)]
    return {
        "one goal was never rated": {
            "itineraries.states": counted(["area", "state", "goals"], *areas),
            "itineraries.levels": counted(["attainment", "goals"], ("0", 12), ("1", 7)),
        },
        "one of ten has one profile and several professionals": {
            "caseload.load": loads(),
            "caseload.spread": spread(women=22, carried_alone=9),
            "caseload.profiles": counted(["profiles", "women"], ("1", 10), ("2", 8), ("3+", 4)),
        },
        "one of 17 was assessed long ago": {
            "caseload.load": loads(),
            "caseload.spread": spread(women=22, carried_alone=9),
            "practice.checks": counted(["check", "numerator", "denominator"],
                                     ("risk_assessed", 16, 22), ("six_answers", 14, 17)),
        },
    }  # fmt: skip


def counted(columns: list[str], *rows: tuple[str | int, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns).convert_dtypes().astype({columns[0]: "str"})


def loads() -> pd.DataFrame:
    of = {"professional": ["P-1", "P-2"], "women": [12, 13]}
    rest = dict.fromkeys(("women_average", "points", "load"), 12.0)
    return pd.DataFrame({**of, **rest}).astype({"women": "Int64"})


def spread(*, women: int, carried_alone: int) -> pd.DataFrame:
    counts = {"professionals": [2], "women": [women], "carried_alone": [carried_alone]}
    shape = dict.fromkeys(("median", "max_to_median", "gini"), 1.0)
    return pd.DataFrame(counts, dtype="Int64").assign(**shape)


@pytest.mark.parametrize("case", small_tables())
def test_no_rest_of_one_is_left_by_tables_that_are_shown_together(case: str) -> None:
    results = small_tables()[case]
    shown = show(results, decide(results, OCTOBER, TEAM, dominated={}).hidden, TEAM, {})
    assert attack(Held([Extract(str(OCTOBER), 3, 1, shown)])).small_rests(3) == {}
