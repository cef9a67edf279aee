"""Randomised scores, and the insider who knows every answer but one, and every picture."""

import itertools
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from copehope_lib.instruments import read
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.picture import APART, EXACT, LEAST, picture, together
from copehope_lib.self_check.randomisation import BLIND, draws, mean_of, randomised, told_bands
from tests.night import NIGHT

HALVES = (Fraction(0), Fraction(1, 2), Fraction(1))


def chances(share: Fraction) -> list[Fraction]:
    """The chance of each drawn score, reckoned a second time in exact fractions."""
    blind = Fraction(1, 16)
    found = []
    for half in HALVES:
        near = max(Fraction(0), 1 - 2 * abs(share - half))
        found.append((1 - blind) * near + blind / 3)
    return found


@pytest.mark.parametrize("share", [Fraction(n, 24) for n in range(25)])
def test_the_chances_of_a_draw_are_those_reckoned_in_fractions(share: Fraction) -> None:
    draws = pd.Series((np.arange(96_000) + 0.5) / 96_000)
    drawn = randomised(pd.Series(float(share), index=draws.index), draws)
    seen = [float((drawn == float(half)).mean()) for half in HALVES]
    assert seen == pytest.approx([float(chance) for chance in chances(share)], abs=2e-4)
    assert sum(chances(share)) == 1


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
def test_the_mean_of_many_draws_is_the_mean_that_was_put_in(share: float) -> None:
    draws = pd.Series((np.arange(10_000) + 0.5) / 10_000)
    drawn = randomised(pd.Series(share, index=draws.index), draws)
    assert mean_of(drawn) == pytest.approx(share, abs=1e-3)


def test_every_draw_may_come_from_every_score() -> None:
    assert all(chance >= Fraction(1, 48) for n in range(25) for chance in chances(Fraction(n, 24)))
    assert float(Fraction(1, 16)) == BLIND


def test_luck_is_even_and_the_same_each_time() -> None:
    ids = [f"{n:032x}" for n in range(20_000)]
    first = draws(ids, "exhaustion")
    assert (first == draws(ids, "exhaustion")).all()
    assert np.histogram(first, 10, (0, 1))[0] == pytest.approx([2000] * 10, rel=0.1)
    assert abs(np.corrcoef(first, draws(ids, "distance"))[0, 1]) < 0.03


def test_bands_are_told_as_they_are_half_of_the_time_and_never_named() -> None:
    bands = pd.Series(["high"] * 30_000)
    half = (np.arange(30_000) + 0.5) / 30_000
    rng = np.random.default_rng(1)
    told = told_bands(bands, ["low", "moderate", "high"], pd.Series(half),
                      pd.Series(rng.random(30_000)))  # fmt: skip
    shares = told.value_counts(normalize=True)
    assert shares["high"] == pytest.approx(1 / 2 + 1 / 6, abs=0.01)
    assert shares["low"] == pytest.approx(1 / 6, abs=0.01)


# The insider. Scores of a scale with 25 steps, as that of six items with five answers has.
GRID = [Fraction(n, 24) for n in range(25)]
CHANCES = {share: np.array([float(c) for c in chances(share)]) for share in GRID}


def shown_mean(total: int, n: int) -> float:
    """What a page shows where the drawn scores add up to ``total`` halves."""
    step, _off = EXACT[max(least for least in EXACT if least <= n)]
    return float(round(mean_of(pd.Series([total / 2 / n])) / step) * step)


def likelihood(others: list[Fraction], seen: float) -> np.ndarray:
    """How likely each score of the last person makes what is shown, knowing the others.

    Exact, by putting together the chances of all draws; the draws themselves nobody knows.
    """
    sums = np.array([1.0])
    for share in others:
        sums = np.convolve(sums, CHANCES[share])
    n = len(others) + 1
    found = []
    for share in GRID:
        spread = np.convolve(sums, CHANCES[share])
        found.append(sum(p for total, p in enumerate(spread) if shown_mean(total, n) == seen))
    return np.array(found)


def by_plain_rounding(others: list[Fraction], last: Fraction) -> Fraction:
    """How wide she would be left with means rounded to steps of the range ÷ 2n."""
    n = len(others) + 1

    def shown(share: Fraction) -> int:
        return round((sum(others) + share) / n * 2 * n)

    possible = [share for share in GRID if shown(share) == shown(last)]
    return max(possible) - min(possible)


def test_an_insider_never_excludes_a_score(capsys: pytest.CaptureFixture[str]) -> None:
    """Thousands of teams and waves: what she is left with, by logic and by chance."""
    rng = np.random.default_rng(7)
    narrowest, plain, likely = Fraction(1), Fraction(1), 1.0
    teams = 0
    while teams < (2000 if NIGHT else 150):
        n = int(rng.integers(LEAST, 13))
        shares = [GRID[k] for k in rng.binomial(24, rng.beta(0.7, 0.7), size=n)]
        plain = min(plain, by_plain_rounding(shares[1:], shares[0]))
        # Up to three waves in which the last person stays as she is, pooled and alone.
        posterior = np.ones(len(GRID))
        for _wave in range(int(rng.integers(1, 4))):
            drawn = randomised(pd.Series([float(s) for s in shares]), pd.Series(rng.random(n)))
            seen = shown_mean(int(drawn.sum() * 2), n)
            posterior *= likelihood(shares[1:], seen)
            teams += 1
        possible = [share for share, p in zip(GRID, posterior, strict=True) if p > 0]
        narrowest = min(narrowest, max(possible) - min(possible))
        likely = min(likely, credible(posterior))
    with capsys.disabled():
        print(
            f"\n{teams} team pictures: the insider is left with {float(narrowest):.2f} of the "
            f"scale at least; nine to one with {likely:.2f}. With plain rounding it would have "
            f"been {float(plain):.2f}."
        )
    assert narrowest == 1
    assert plain < Fraction(1, 2)


def credible(posterior: np.ndarray) -> float:
    """The shortest stretch of the scale that holds nine tenths of what she believes."""
    believed = np.cumsum(np.concatenate([[0.0], posterior / posterior.sum()]))
    pairs = itertools.combinations(range(len(believed)), 2)
    return min((b - a - 1) / 24 for a, b in pairs if believed[b] - believed[a] >= 0.9)


def test_even_with_all_other_draws_she_cannot_exclude_a_score() -> None:
    """Each draw is possible for each score: so is all that is made of them, over all waves."""
    for half in range(3):
        assert all(CHANCES[share][half] > 0 for share in GRID)


def answers(rng: np.random.Generator, wave: str, n: int) -> list[Answer]:
    check = read("month_check")
    return [
        Answer(check.name, 1, wave, {item: int(rng.integers(0, 5)) for item in check.asked},
               rng.bytes(16).hex())
        for _person in range(n)
    ]  # fmt: skip


def test_what_is_shown_holds_the_mean_of_the_answers_four_times_in_five() -> None:
    rng = np.random.default_rng(11)
    check = read("month_check")
    hits = []
    for _team in range(120 if NIGHT else 40):
        n = int(rng.integers(LEAST, 26))
        given = answers(rng, "2026-10", n)
        shown = picture("2026-10", {"2026-10": given}, check, n, None).scales.set_index("scale")
        for key in check.scales:
            people = [np.mean([one.answers[item] for item in key.items]) for one in given]
            low, high = shown.loc[key.code.value, ["low", "high"]]
            hits.append(low - 1e-6 <= np.mean(people) <= high + 1e-6)
    print(f"{np.mean(hits):.3f} of {len(hits)}")
    assert np.mean(hits) >= 0.8


@pytest.mark.parametrize("n", range(LEAST, 41))
def test_a_mean_is_shown_in_steps_that_are_no_finer_than_the_range_by_2n(n: int) -> None:
    rng = np.random.default_rng(n)
    shown = picture(
        "2026-10", {"2026-10": answers(rng, "2026-10", n)}, read("month_check"), n, None
    )
    step = EXACT[max(least for least in EXACT if least <= n)][0]
    assert step >= 1 / (2 * n)
    steps = shown.scales["mean"].to_numpy(float) / 4 / step
    assert steps == pytest.approx(np.round(steps), abs=1e-4)


@pytest.mark.parametrize(("n", "scales", "items", "bands"), [
    (4, 0, 0, 0), (5, 3, 0, 0), (9, 3, 0, 0), (10, 3, 19, 0), (19, 3, 19, 0), (20, 3, 19, 6),
])  # fmt: skip
def test_a_few_answers_show_nothing_and_more_show_more(
    n: int, scales: int, items: int, bands: int
) -> None:
    cbi = read("cbi")
    rng = np.random.default_rng(n)
    given = [
        Answer("cbi", 1, "2026-10", {i: int(rng.choice(cbi.answers)) for i in cbi.items},
               rng.bytes(16).hex())
        for _person in range(n)
    ]  # fmt: skip
    shown = picture("2026-10", {"2026-10": given}, cbi, 20, None)
    assert (len(shown.scales), len(shown.items), len(shown.bands)) == (scales, items, bands)
    assert (shown.state == "few") == (n < LEAST)
    assert (shown.rate is None) == (n < LEAST)


def test_a_scale_that_few_answered_is_not_shown() -> None:
    check = read("month_check")
    rng = np.random.default_rng(1)
    given = answers(rng, "2026-10", 8)
    left = [Answer(one.instrument, 1, one.wave, {i: v for i, v in one.answers.items()
                   if i not in (1, 9)}, one.id) for one in given[:4]]  # fmt: skip
    shown = picture("2026-10", {"2026-10": [*left, *given[4:]]}, check, 9, None)
    assert "exhaustion" not in set(shown.scales["scale"])
    assert len(shown.scales) == 7


def test_the_order_of_the_answers_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    given = answers(rng, "2026-10", 12)
    check = read("month_check")
    one = picture("2026-10", {"2026-10": given}, check, 12, None)
    other = picture("2026-10", {"2026-10": given[::-1]}, check, 12, None)
    pd.testing.assert_frame_equal(one.scales, other.scales)
    pd.testing.assert_frame_equal(one.items, other.items)


def test_pictures_that_are_shown_differ_by_three_people_or_by_whole_waves() -> None:
    """Thousands of sequences of waves, and what could be left over of any two pictures."""
    rng = np.random.default_rng(3)
    for _team in range(1500):
        counts: dict[str, int] = {}
        last, shown = None, []
        for month in range(1, 9):
            wave = f"2026-{month:02}"
            n = int(np.clip(rng.integers(3, 12) + rng.integers(-1, 2), 0, 12))
            now = together(wave, {**counts, wave: n}, last)
            if now:
                assert wave in now
                assert len(now) <= 3
                counts[wave], last = n, n
                shown.append(now)
        for first, second in itertools.combinations(shown, 2):
            apart = set(first) ^ set(second)
            assert apart
            # Whatever is left over is made of whole waves of five answers or more.
            assert all(counts[wave] >= LEAST for wave in apart)
        for first, second in itertools.pairwise(shown):
            if len(second) == 1:
                assert abs(counts[second[0]] - counts[max(first)]) >= APART
