"""Small counts and sums that are nearly all one woman's, by hand and by playing the second."""

import numpy as np
import pandas as pd
import pytest

from copehope_lib.privacy.primary import dominated, small


@pytest.mark.parametrize(
    "counts",
    [
        pd.Series([0, 1, 9, 10, 11, None], dtype="Int64"),
        pd.Series([0.0, 1.0, 9.0, 10.0, 11.0, None]),
        np.array([0, 1, 9, 10, 11, np.nan]),
    ],
)
def test_small_is_more_than_none_and_under_the_minimum(
    counts: pd.Series | np.ndarray[tuple[int], np.dtype[np.float64]],
) -> None:
    assert small(counts, 10).tolist() == [False, True, True, False, False, False]
    assert not small(counts, 1).any()


def test_small_takes_whole_numbers_and_no_numbers_at_all() -> None:
    assert small(np.array([1, 3]), 3).tolist() == [True, False]
    assert small(np.array([], dtype="int64"), 3).tolist() == []


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ((50, 30, 5), False),  # the rest is 10 % of the largest, and that is enough
        ((50, 30, 4), True),
        ((50, 50), True),
        ((50,), True),
        ((1, 1, 1), False),
        ((0, 0, 0), False),
        ((), False),
    ],
)
def test_a_sum_is_dominated_where_the_rest_is_less_than_a_tenth(
    parts: tuple[int, ...], hidden: bool
) -> None:
    first, second, *_ = (*sorted(parts, reverse=True), 0, 0)
    found = dominated(np.array([sum(parts)]), np.array([first]), np.array([second]))
    assert found.tolist() == [hidden]


def test_who_has_the_second_largest_part_comes_too_near_in_those_sums_and_no_others() -> None:
    rng = np.random.default_rng(4)
    parts = np.sort(rng.integers(0, 200, (2_000, 5)) / 4 * (rng.random((2_000, 5)) < 0.5))
    total, first, second = parts.sum(axis=1), parts[:, -1], parts[:, -2]
    for share in (0.05, 0.1, 0.5):
        guess = total - second
        near = (first > 0) & (guess < first * (1 + share) - 1e-9)
        assert (dominated(total, first, second, share) == near).all()
        assert near.any()
        assert not near.all()


def test_what_is_missing_leaves_a_sum_of_one_part_dominated() -> None:
    total = pd.Series([8.0, None], dtype="Float64")
    first, second = pd.Series([8.0, None], dtype="Float64"), pd.Series([None, None])
    assert dominated(total, first, second.astype("Float64")).tolist() == [True, False]


def test_with_a_share_of_0_nothing_is_dominated_even_where_fractions_do_not_add_up() -> None:
    parts = np.array([0.1, 0.2, 0.7])
    assert parts.sum() - 0.7 - 0.2 != 0.1
    found = dominated(np.array([0.3]), np.array([0.2]), np.array([0.1]), 0.0)
    assert found.tolist() == [False]


def test_nothing_is_said_of_sums_with_negative_parts() -> None:
    with pytest.raises(ValueError, match="negative part"):
        dominated(np.array([3.0]), np.array([4.0]), np.array([-1.0]))
