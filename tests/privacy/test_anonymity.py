"""Measures of rows about women by hand, and the least coarsening against trying all of them."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.privacy.anonymity import (
    ANY,
    Anonymity,
    Step,
    band,
    bands,
    generalise,
    measure,
    rare,
    refuse_under,
    to_any,
    words,
)

LADDERS = {
    "age": (bands(10), bands(20), to_any),
    "region": (rare(3), to_any),
    "housing": (words({"flat": "home", "own": "home", "centre": "centre"}), to_any),
}


def at(column: pd.Series, steps: Sequence[Step], level: int) -> pd.Series:
    """Return a column after so many steps."""
    for step in steps[:level]:
        column = step(column)
    return column


def drawn(seed: int, rows: int = 30) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    age = band(pd.Series(rng.integers(3, 9, rows) * 5), 5)
    return pd.DataFrame(
        {
            "age": age.mask(rng.random(rows) < 0.1),
            "region": pd.Series(rng.choice(list("abcd"), rows)),
            "housing": pd.Series(rng.choice(["flat", "own", "centre"], rows)),
            "alone": pd.Series(rng.random(rows) < 0.3).astype("boolean"),
        }
    )


def smallest(rows: pd.DataFrame, quasi: list[str]) -> int:
    return int(rows.groupby(quasi, dropna=False, observed=True).size().min())


def test_the_three_measures_by_hand() -> None:
    rows = pd.DataFrame(
        {
            "age": ["20-29"] * 3 + ["30-39"] * 2,
            "children": ["yes"] * 3 + ["no"] * 2,
            "alone": [True, True, False, False, False],
            "with_care": [True, False, True, False, True],
        }
    )
    # Alone: 2 of 3 in one class and 0 of 2 in the other, 2 of 5 in all: 4/15 and 6/15.
    found = measure(rows, ["age", "children"], ["alone", "with_care"])
    assert (found.k, found.l) == (2, 1)
    assert found.t == pytest.approx(0.4)
    assert measure(rows, ["age"], ["with_care"]).l == 2


def test_a_missing_value_is_a_value_of_its_own() -> None:
    rows = pd.DataFrame({"age": ["20-29", "20-29", None], "alone": [True, None, True]})
    rows["alone"] = rows["alone"].astype("boolean")
    assert measure(rows, ["age"], ["alone"]).k == 1
    assert measure(rows.head(2), ["age"], ["alone"]).l == 2


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_it_does_not_matter_how_values_are_kept(dtype: str) -> None:
    rows = pd.DataFrame({"age": ["20-29", None, "20-29", None], "alone": list("yynn")})
    assert measure(rows.astype(dtype), ["age"], ["alone"]) == Anonymity(2, 2, 0.0)


def test_rows_that_are_empty_and_columns_that_are_none_are_not_measured() -> None:
    rows = drawn(1)
    assert measure(rows.head(0), ["age"], ["alone"]) == Anonymity(0, 0, 0.0)
    assert measure(rows, [], ["alone"]).k == len(rows)
    assert measure(rows, ["age"]) == Anonymity(smallest(rows, ["age"]), 0, 0.0)


@pytest.mark.parametrize("seed", range(10))
def test_no_other_way_takes_fewer_steps(seed: int) -> None:
    rows, k = drawn(seed), 2 + seed % 5
    coarse, levels = generalise(rows, LADDERS, k)
    assert smallest(coarse, list(LADDERS)) >= k
    for way in product(*(range(len(ladder) + 1) for ladder in LADDERS.values())):
        steps = dict(zip(LADDERS, way, strict=True))
        other = pd.DataFrame(
            {name: at(rows[name], LADDERS[name], level) for name, level in steps.items()}
        )
        if smallest(other, list(LADDERS)) >= k:
            assert sum(way) >= sum(levels.values())
            assert sum(way) > sum(levels.values()) or way >= tuple(levels.values())


@pytest.mark.parametrize("seed", range(5))
def test_rows_keep_their_order_and_the_choice_does_not_hang_on_it(seed: int) -> None:
    rows = drawn(seed)
    before = rows.copy()
    coarse, levels = generalise(rows, LADDERS, 4)
    pd.testing.assert_frame_equal(rows, before)
    shuffled = rows.sample(frac=1, random_state=seed)
    again, same = generalise(shuffled, LADDERS, 4)
    assert same == levels
    pd.testing.assert_frame_equal(again, coarse.loc[shuffled.index])
    assert coarse["alone"].equals(rows["alone"])


@pytest.mark.parametrize("name", LADDERS)
def test_rows_that_look_alike_still_do_after_each_step(name: str) -> None:
    column, ladder = drawn(3)[name], LADDERS[name]
    for level in range(len(ladder)):
        pairs = pd.DataFrame({"fine": at(column, ladder, level).astype("object")})
        pairs["coarse"] = at(column, ladder, level + 1).astype("object")
        assert pairs.fillna("-").groupby("fine")["coarse"].nunique().eq(1).all()


def test_with_1_nothing_is_coarsened_and_with_all_everything() -> None:
    rows = drawn(5)
    assert sum(generalise(rows, LADDERS, 1)[1].values()) == 0
    coarse, _levels = generalise(rows, {name: [to_any] for name in LADDERS}, 30)
    assert set(coarse[list(LADDERS)].to_numpy().ravel()) == {ANY}


def test_rows_that_are_empty_stay_as_they_are() -> None:
    coarse, levels = generalise(drawn(1).head(0), LADDERS, 10)
    assert coarse.empty
    assert set(levels.values()) == {0}


def test_a_value_that_is_not_covered_is_counted_and_never_said() -> None:
    rows = pd.DataFrame({"housing": ["flat", "Amaka Obi", "Amaka Obi", "tent", None]})
    with pytest.raises(CopehopeError, match="housing has 2 values") as refused:
        generalise(rows, {"housing": LADDERS["housing"]}, 2)
    assert "Amaka" not in str(refused.value)
    assert "tent" not in str(refused.value)


def test_where_no_step_is_left_the_columns_that_stand_in_the_way_are_named() -> None:
    rows = pd.DataFrame({"age": ["20-24"] * 4, "region": list("aabc"), "x": list("yyyy")})
    ladders = {"age": [to_any], "region": [], "x": []}
    with pytest.raises(CopehopeError, match=r"in the case of 2 of 4: coarsen region, or"):
        generalise(rows, ladders, 2)


def test_fewer_rows_than_must_look_alike_cannot_be_helped_by_any_column() -> None:
    with pytest.raises(CopehopeError, match="ask for a smaller k"):
        generalise(drawn(2).head(3), LADDERS, 4)


def test_what_holds_is_not_refused() -> None:
    refuse_under(pd.DataFrame({"age": ["20-29"] * 3}), ["age"], 3)
    refuse_under(pd.DataFrame({"age": []}), ["age"], 3)


@pytest.mark.parametrize("seed", range(10))
def test_the_columns_that_are_named_are_enough_and_the_best_comes_first(seed: int) -> None:
    rows, quasi, k = drawn(seed), list(LADDERS), 8
    with pytest.raises(CopehopeError) as refused:
        refuse_under(rows, quasi, k)
    named = str(refused.value).partition("coarsen ")[2].partition(", or leave")[0].split(", ")
    kept = [name for name in quasi if name not in named]
    assert not kept or smallest(rows, kept) >= k

    def exposed(without: str) -> int:
        others = [name for name in quasi if name != without]
        size = rows.groupby(others, dropna=False)["alone"].transform("size")
        return int((size < k).sum())

    assert exposed(named[0]) == min(map(exposed, quasi))
