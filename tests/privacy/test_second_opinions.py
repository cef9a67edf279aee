"""Our measures and what we hide first, against the programs that others use for it.

Both stand in the way of the pandas that we use, so that each runs in an environment of its own,
which uv makes from what its script says. That takes longer than all that they answer: so they are
asked at night, and by day what they answered to the same tables stands beside their scripts.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from copehope_lib.privacy.anonymity import measure
from copehope_lib.privacy.primary import dominated, small
from tests.night import NIGHT

HERE = Path(__file__).parent
UV = HERE.parents[1] / ".uv" / "bin" / "uv"
TABLES = 200
RULES = [(3, 0.05), (5, 0.1), (10, 0.1), (10, 0.25)]
"""Minimum and share: the audiences', ACRO's own, and others."""


def second_opinion(script: str, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What another program says of many tables."""
    asked = json.dumps(cases).encode()
    kept = (HERE / "oracles" / script).with_suffix(".json")
    # To record anew what it says of other tables, delete it, and let a night run.
    if NIGHT:
        said = {"asked": hashlib.sha256(asked).hexdigest(), "found": ask(script, asked)}
        if not kept.exists():
            kept.write_text(json.dumps(said, indent=0), encoding="utf-8")
        assert json.loads(kept.read_text(encoding="utf-8")) == said
    said = json.loads(kept.read_text(encoding="utf-8"))
    assert said["asked"] == hashlib.sha256(asked).hexdigest(), f"{kept} is about other tables"
    found: list[dict[str, Any]] = said["found"]
    assert len(found) == len(cases)
    return found


def ask(script: str, asked: bytes) -> object:
    uv = shutil.which("uv") or UV
    done = subprocess.run(
        [uv, "run", "--quiet", "--python", sys.executable, "--script", HERE / "oracles" / script],
        input=asked, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def microdata(seed: int) -> dict[str, Any]:
    """Rows with one to three quasi-identifiers and two sensitive columns; some are missing."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 50))

    def column(*values: str) -> list[str | None]:
        some = rng.choice([*values, None], n, p=[0.9 / len(values)] * len(values) + [0.1])
        return [None if value is None else str(value) for value in some]

    rows = {
        "age": column("20-29", "30-39", "40-49"),
        "region": column("a", "b"),
        "children": column("yes", "no"),
        "alone": column("yes", "no"),
        "status": column("p", "q", "r", "s"),
    }
    quasi = ["age", "region", "children"][: int(rng.integers(1, 4))]
    return {"rows": rows, "quasi": quasi, "sensitive": ["alone", "status"]}


def test_k_l_and_t_are_those_of_pycanon() -> None:
    cases = [microdata(seed) for seed in range(TABLES)]
    theirs = second_opinion("pycanon_measures.py", cases)
    for case, other in zip(cases, theirs, strict=True):
        ours = measure(pd.DataFrame(case["rows"]), case["quasi"], case["sensitive"])
        assert (ours.k, ours.l) == (other["k"], other["l"])
        assert ours.t == pytest.approx(other["t"], abs=1e-12)
    assert len({other["k"] for other in theirs}) > 3
    assert len({other["l"] for other in theirs}) > 1


def parts(seed: int) -> pd.DataFrame:
    """What women add to the cells of a table: few large parts, many small ones and zeros."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 120))
    part = np.floor(rng.pareto(1.0, n) * 8).clip(0, 400) * (rng.random(n) < 0.8) / 4
    row, column = rng.choice(list("uvw"), n), rng.choice(list("xyz"), n)
    return pd.DataFrame({"row": row, "column": column, "part": part}).assign(
        row=lambda rows: f"{seed} " + rows["row"]
    )


def under_rules(number: int) -> dict[str, Any]:
    """A share of the tables under one another: ACRO takes as long for many as for one."""
    minimum, share = RULES[number]
    rows = pd.concat([parts(seed) for seed in range(number, TABLES, len(RULES))])
    return {"minimum": minimum, "share": share, "rows": rows.to_dict("list")}


def cells(case: dict[str, Any]) -> pd.DataFrame:
    """The cells of tables: count, sum, and the two largest parts; missing in empty ones."""
    rows = pd.DataFrame(case["rows"])
    every = pd.MultiIndex.from_product([sorted(set(rows[name])) for name in ("row", "column")])
    part = rows.groupby(["row", "column"])["part"]
    found = pd.DataFrame(
        {
            "count": part.size(),
            "sum": part.sum(),
            "largest": part.max(),
            "second": part.apply(lambda some: some.nlargest(2).iloc[1:].sum()),
        }
    )
    return found.reindex(every).fillna({"count": 0})


def test_what_is_small_or_dominated_is_hidden_by_acro_too() -> None:
    cases = [under_rules(number) for number in range(len(RULES))]
    theirs = second_opinion("acro_suppression.py", cases)
    seen = np.zeros(4)
    for case, other in zip(cases, theirs, strict=True):
        table = cells(case)

        def hidden(check: str, table=table, other=other) -> np.ndarray:
            return table.index.isin([tuple(place) for place in other[check]])

        # To ACRO a count of 0 is small too; here that depends on what else is shown.
        under = hidden("MinimumThresholdCheck")
        few = small(table["count"], case["minimum"])
        assert ((few | (table["count"] == 0)) == under).all()
        # Of a sum of nothing but zeros it says that one part dominates; there is none.
        nothing = (table["largest"] == 0).to_numpy()
        told = dominated(table["sum"], table["largest"], table["second"], case["share"])
        assert ((told | nothing) == hidden("PPercentCheck")).all()
        seen += [few.sum(), (under & ~few).sum(), told.sum(), (~told & ~under).sum()]
    assert (seen > TABLES / 4).all()
