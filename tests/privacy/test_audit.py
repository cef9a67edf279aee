"""The auditor, against hand-computed cases and somebody who tries every number."""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.privacy.audience import PARTNER, TEAM, Audience
from copehope_lib.privacy.audit import Audit, audit
from copehope_lib.privacy.manifest import EXTRACT_VERSION, Manifest
from copehope_lib.privacy.write import files_of, write
from copehope_lib.vocabulary import Pattern
from tests.night import NIGHT
from tests.privacy.attacks.facts import rests, sums
from tests.privacy.attacks.held import Cell, Extract, Held

Frames = dict[str, pd.DataFrame]
OCTOBER = pd.Period("2026-10", "M")


def extract(
    root: Path, tables: Frames, audience: Audience = TEAM, month: pd.Period = OCTOBER
) -> Path:
    """Write tables as the extract of a month, whatever they show."""
    about = Manifest(EXTRACT_VERSION, "0", 1, str(month), "Team", "en", 21, 90, audience, {})
    folder = root / str(month) / audience.name
    write(folder, files_of(tables, about))
    return folder


def counted(key: str, of: str, **counts: int | None) -> pd.DataFrame:
    table = pd.DataFrame({key: [*counts], of: pd.array([*counts.values()], dtype="Int64")})
    return table.astype({key: "str"})


def patterns(*women: int | None) -> pd.DataFrame:
    return counted("pattern", "women", **dict(zip(Pattern.codes(), women, strict=True)))


def profiles(*women: int | None) -> pd.DataFrame:
    of = ("0", "1", "2", "3+")
    return counted("profiles", "women", **dict(zip(of, women, strict=True)))


def spread(women: int | None, alone: int | None = 0, professionals: int = 4) -> pd.DataFrame:
    counts = {"professionals": [professionals], "women": [women], "carried_alone": [alone]}
    shape = dict.fromkeys(("median", "max_to_median", "gini"), pd.array([pd.NA], "Float64"))
    return pd.DataFrame(counts, dtype="Int64").assign(**shape)


def ends(found: Audit) -> dict[tuple[str, str, str], tuple[int, int | None]]:
    return {(one.table, one.row, one.column): (one.low, one.high) for one in found.deduced}


def test_a_lone_hidden_count_is_the_total_less_the_others(tmp_path: Path) -> None:
    tables = {"caseload.spread": spread(20), "caseload.profiles": profiles(0, None, 8, 4)}
    found = audit(extract(tmp_path, tables))
    assert ends(found)["caseload.profiles", "1", "women"] == (8, 8)
    assert found.wrong == [
        "caseload.profiles, 1, women of 2026-10 can be computed to 8–8, which is narrower than "
        "the 3 numbers promised."
    ]


def test_two_hidden_counts_share_what_is_left(tmp_path: Path) -> None:
    tables = {"caseload.spread": spread(20), "caseload.profiles": profiles(0, None, None, 14)}
    found = audit(extract(tmp_path, tables))
    assert ends(found)["caseload.profiles", "1", "women"] == (0, 6)
    assert ends(found)["caseload.profiles", "2", "women"] == (0, 6)
    assert found.wrong == []
    assert found.narrowest is not None
    assert found.narrowest.width == 7


def test_a_hidden_count_in_no_sum_is_known_to_be_small(tmp_path: Path) -> None:
    named = counted("barrier", "times", work=9, transport=None, housing=None)
    found = audit(extract(tmp_path, {"engagement.barriers": named}))
    assert ends(found)["engagement.barriers", "transport", "times"] == (0, 2)
    assert found.wrong == []


def test_a_zero_beside_a_hidden_count_in_no_sum_makes_it_one_or_two(tmp_path: Path) -> None:
    named = counted("barrier", "times", work=9, transport=None, housing=0)
    found = audit(extract(tmp_path, {"engagement.barriers": named}))
    assert ends(found)["engagement.barriers", "transport", "times"] == (1, 2)
    assert len(found.wrong) == 1


def test_a_rounded_count_may_be_two_more_or_two_less(tmp_path: Path) -> None:
    tables = {
        "caseload.spread": spread(40, 0, 10),
        "caseload.profiles": profiles(0, None, 20, 15),
    }
    found = audit(extract(tmp_path, tables, PARTNER))
    # 38 to 42, less 18 to 22, less 13 to 17.
    assert ends(found)["caseload.profiles", "1", "women"] == (0, 11)


def flows(**moved: int | None) -> pd.DataFrame:
    names = [*Pattern.codes(), "not_here"]
    pairs = [(a, b) for a in names for b in names if (a, b) != ("not_here", "not_here")]
    women = [moved.get(f"{a}_to_{b}", 0) for a, b in pairs]
    table = pd.DataFrame(pairs, columns=["before", "after"], dtype="str")
    return table.assign(women=pd.array(women, dtype="Int64"))


def test_what_a_month_before_may_be_part_of_is_not_known_to_be_small(tmp_path: Path) -> None:
    october = {
        "engagement.patterns": patterns(20, 0, 0, 0, 0, 0, 0),
        "engagement.flows": flows(steady_to_steady=20, steady_to_not_here=None),
    }
    found = audit(extract(tmp_path, october))
    assert ends(found) == {("engagement.flows", "steady not_here", "women"): (0, None)}


def test_a_month_before_makes_a_hidden_count_known(tmp_path: Path) -> None:
    september = pd.Period("2026-09", "M")
    october = {
        "engagement.patterns": patterns(None, 4, 0, 0, 0, 0, None),
        "engagement.flows": flows(
            steady_to_steady=None, steady_to_intermittent=4, not_invited_to_not_invited=None
        ),
    }
    alone = audit(extract(tmp_path, october))
    before = extract(
        tmp_path, {"engagement.patterns": patterns(12, 0, 0, 0, 0, 0, 6)}, month=september
    )
    both = audit(tmp_path / "2026-10" / "team", [before])
    place = ("engagement.flows", "steady steady", "women")
    assert ends(alone)[place] == (0, None)
    assert ends(both)[place] == (8, 8)
    assert ends(both)["engagement.patterns", "steady", "women"] == (8, 8)


def test_a_month_that_was_corrected_since_ties_nothing(tmp_path: Path) -> None:
    september = pd.Period("2026-09", "M")
    october = {
        "engagement.patterns": patterns(20, 0, 0, 0, 0, 0, 0),
        "engagement.flows": flows(steady_to_steady=20),
    }
    before = extract(
        tmp_path, {"engagement.patterns": patterns(12, 0, 0, 0, 0, 0, 5)}, month=september
    )
    assert audit(extract(tmp_path, october), [before]).wrong == []


def test_what_another_audience_is_shown_helps(tmp_path: Path) -> None:
    team = extract(
        tmp_path,
        {
            "caseload.spread": spread(40, 0, 10),
            "caseload.profiles": profiles(0, None, None, 14),
        },
    )
    partner = extract(
        tmp_path,
        {"caseload.spread": spread(40, 0, 10), "caseload.profiles": profiles(0, 15, 10, 15)},
        PARTNER,
    )
    # 26 in all, and 13 to 17 of one; the other is 10 to 12, the least that partners are shown.
    assert ends(audit(team, [partner])) == {
        ("caseload.profiles", "1", "women"): (14, 16),
        ("caseload.profiles", "2", "women"): (10, 12),
    }


def test_what_is_plainly_wrong_is_said_in_a_sentence(tmp_path: Path) -> None:
    counts = {"attended": 30, "partly": 2, "excused": 10, "missed": None, "cancelled_by_us": 0,
              "came": 32, "away": None}  # fmt: skip
    visits = pd.DataFrame([counts, counts], dtype="Int64")
    visits = visits.assign(scope=["all", "language"], rate=0.8)[["scope", *counts, "rate"]]
    found = audit(extract(tmp_path, {"engagement.attendance": visits}))
    assert "engagement.attendance shows a count under 3." in found.wrong
    assert "engagement.attendance shows what follows from a count that it hides." in found.wrong


def test_a_partner_is_shown_no_count_that_is_not_rounded(tmp_path: Path) -> None:
    found = audit(extract(tmp_path, {"caseload.spread": spread(41, 0, 10)}, PARTNER))
    assert found.wrong == ["caseload.spread shows a count that is not rounded."]


def test_rows_about_women_are_wrong_for_a_group(tmp_path: Path) -> None:
    rows = pd.DataFrame({"woman": ["W-7KQ4M"], "pattern": ["steady"]})
    found = audit(extract(tmp_path, {"engagement.women": rows}))
    assert found.wrong == ["engagement.women holds rows about women."]


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    folder = extract(tmp_path, {"caseload.spread": spread(20)})
    next(folder.glob("*.parquet")).write_bytes(b"other")
    with pytest.raises(CopehopeError, match="is missing or damaged: remove "):
        audit(folder)


def test_tables_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    tables = {"caseload.spread": spread(20), "caseload.profiles": profiles(0, 21, 8, None)}
    with pytest.raises(CopehopeError, match="does not add up"):
        audit(extract(tmp_path, tables))


# Somebody who tries every number.


def some_tables(chance: np.random.Generator) -> Frames:
    """Return small tables that add up, with some of their counts hidden."""
    around = chance.integers(4, size=4).tolist()
    women = sum(around)
    alone = int(chance.integers(around[1] + 1))
    changes, how = (chance.multinomial(women, [1 / n] * n).tolist() for n in (3, 7))
    tables = {
        "caseload.spread": spread(women, alone),
        "caseload.profiles": profiles(*around),
        "caseload.reference": counted(
            "changes", "women", **dict(zip(("0", "1", "2+"), changes, strict=True))
        ),
        "engagement.patterns": patterns(*how),
    }
    cells = [(name, row, "women") for name in [*tables][1:] for row in tables[name].index]
    cells.append(("caseload.spread", 0, "carried_alone"))
    for at in chance.choice(len(cells), 5, replace=False):
        name, row, of = cells[at]
        tables[name].loc[row, of] = pd.NA
    return tables


def by_trying(tables: Frames, most: int) -> dict[Cell, tuple[int, int]]:
    """Return the smallest and largest number of each hidden count, of all that fit."""
    held = Held([Extract(str(OCTOBER), 1, 1, tables)])
    hidden = [*held.hidden]
    tried = np.array([*itertools.product(range(most + 1), repeat=len(hidden))])
    fits = np.ones(len(tried), dtype=bool)

    def total(factors: dict[Cell, float]) -> np.ndarray:
        known = sum(f * held.bounds[c][0] for c, f in factors.items() if c not in held.hidden)
        of = np.array([factors.get(cell, 0.0) for cell in hidden])
        return known + tried @ of

    for fact in sums(held):
        fits &= total(dict(fact.factors)) == 0
    for _, factors in rests(held):
        fits &= total(factors) >= 0
    left = tried[fits]
    return {
        cell: (int(left[:, at].min()), int(left[:, at].max())) for at, cell in enumerate(hidden)
    }


@pytest.mark.parametrize("seed", range(150 if NIGHT else 12))
def test_the_ends_are_those_of_all_numbers_that_fit(tmp_path: Path, seed: int) -> None:
    tables = some_tables(np.random.default_rng(seed))
    expected = {
        (cell[1], cell[3] if len(cell) > 3 else "", cell[2]): end
        for cell, end in by_trying(tables, 12).items()
    }
    # Of what is shown exactly, however small.
    everything = replace(TEAM, minimum=1, width=1)
    found = ends(audit(extract(tmp_path, tables, everything)))
    assert {place: end for place, end in found.items() if place[2]} == expected
