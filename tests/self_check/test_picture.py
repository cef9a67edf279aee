"""One budget for all that a wave tells, and the insider who knows every answer but one."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import cycle, product

import numpy as np
import opendp.prelude as dp
import pytest

from copehope_lib.instruments import INSTRUMENTS, Instrument, read
from copehope_lib.instruments.instrument import DID_NOT_APPLY
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.noise import ODDS, noisy, reach
from copehope_lib.self_check.picture import LEAST, PLACES, STEPS, picture
from tests.night import chosen, tries

CHECK = read("month_check")
WEIGHS, CARRIES = (1, 2, 5, 6, 9, 10), (3, 4, 7, 8, 11, 12)
WORST = dict.fromkeys(WEIGHS, 4) | dict.fromkeys(CARRIES, 0)
BEST = dict.fromkeys(WEIGHS, 0) | dict.fromkeys(CARRIES, 4)
Given = dict[int, int]


def counted(given: Sequence[Given], of: Instrument = CHECK) -> tuple[list[int], int]:
    """The numbers of a wave without noise, and for how far apart noise would be drawn."""
    seen: list[tuple[list[int], int]] = []

    def none(numbers: Sequence[int], apart: int) -> list[int]:
        seen.append((list(numbers), apart))
        return list(numbers)

    picture("2026-10", [Answer(of.name, of.version, "2026-10", one) for one in given], of, none)
    return seen[0]


def somebody(rng: np.random.Generator, of: Instrument) -> Given:
    """Anybody: at the lowest, at the highest, in between, with items left out, or all of them."""
    ends = [of.answers[0], of.answers[-1]]
    choices = [of.answers, ends, ends[:1], ends[1:]][rng.integers(4)]
    left_out = rng.choice([0.0, 0.3, 1.0], p=[0.6, 0.3, 0.1])
    return {item: int(rng.choice(choices)) for item in of.items if rng.random() >= left_out}


# By day each instrument, and each step.
@pytest.mark.parametrize(
    ("step", "name"),
    chosen(zip(cycle(STEPS), INSTRUMENTS, strict=False), product(STEPS, INSTRUMENTS)),
)
def test_one_answer_changed_or_added_moves_all_that_is_told_no_further_than_noise_is_drawn_for(
    name: str, step: int
) -> None:
    of, rng = read(name), np.random.default_rng(step)
    last = min((other for other in STEPS if other > step), default=40) - 1
    for _team in range(tries(40)):
        n = int(rng.integers(step, last))
        others = [somebody(rng, of) for _person in range(n - 1)]
        one, other = somebody(rng, of), somebody(rng, of)
        before, apart = counted([*others, one], of)
        for neighbour in ([*others, other], [*others, one, other]):
            after, same = counted(neighbour, of)
            assert same == apart
            assert sum(abs(a - b) for a, b in zip(before, after, strict=True)) <= apart


@pytest.mark.parametrize(("n", "numbers"), [(5, 1), (9, 2), (20, 4)])
def test_from_all_lowest_to_all_highest_is_as_far_as_noise_is_drawn_for(
    n: int, numbers: int
) -> None:
    others = [dict.fromkeys(CHECK.items, 2)] * (n - 1)
    (low, apart), (high, _same) = counted([*others, BEST]), counted([*others, WORST])
    assert len(low) == numbers
    assert sum(abs(a - b) for a, b in zip(low, high, strict=True)) == apart


def test_opendp_itself_says_that_the_noise_keeps_to_nine_to_one() -> None:
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    for step, numbers in ((5, 1), (9, 2), (20, 4)):
        apart = numbers * PLACES // step
        drawn = np.array(noisy([0] * 20_000, apart))
        scale = apart / math.log(9)
        mechanism = dp.m.make_laplace(*space, scale=scale * (1 + 1e-12))
        assert math.exp(mechanism.map(apart)) == pytest.approx(9)
        # What is drawn is as wide: the mean distance of Laplace noise is its scale.
        assert np.abs(drawn).mean() == pytest.approx(scale, rel=0.03)
        assert (np.abs(drawn) <= reach(apart)).mean() == pytest.approx(0.9, abs=0.01)
        said = dp.discrete_laplacian_scale_to_accuracy(scale=scale, alpha=0.1)
        assert reach(apart) == pytest.approx(said, abs=1)


def evidence(shown: np.ndarray, low: list[int], high: list[int], apart: int) -> np.ndarray:
    """What likelihood makes of each row of numbers: above 0 it speaks for the first."""
    return (np.abs(shown - high) - np.abs(shown - low)).sum(axis=1) / (apart / math.log(ODDS))


def attacked(low: list[int], high: list[int], apart: int) -> tuple[float, float]:
    """The largest odds that many draws give, and how often the best guess is right."""
    draws = 100_000
    for_low, for_high = (
        evidence(np.reshape(noisy(numbers * draws, apart), (draws, -1)), low, high, apart)
        for numbers in (low, high)
    )
    ratios = []
    for at in np.quantile(np.concatenate([for_low, for_high]), np.linspace(0.01, 0.99, 99)):
        pairs = (
            ((for_low >= at).mean(), (for_high >= at).mean()),
            ((for_high <= at).mean(), (for_low <= at).mean()),
        )
        # What is rarer than this is counted too seldom to say much.
        ratios += [often / rarely for often, rarely in pairs if rarely >= 0.006]
    right = ((for_low > 0).mean() + (for_high <= 0).mean()) / 2
    return max(ratios), float(right)


@pytest.mark.parametrize("n", chosen([5], [5, 6, 9, 12, 20]))
def test_an_insider_with_all_other_answers_has_nine_to_one_on_the_last_at_most(
    n: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Her own answers lie where they help her most: in the middle, away from the ends."""
    others = [dict.fromkeys(CHECK.items, 2)] * (n - 1)
    (low, apart), (high, _same) = counted([*others, BEST]), counted([*others, WORST])
    told, right = attacked(low, high, apart)
    width = 100 * 2 * reach(apart) / PLACES
    with capsys.disabled():
        print(
            f"\n{n} answers: {len(low)} numbers, odds of {told:.1f} to 1 at most, the last answer "
            f"guessed in {right:.0%} of tries, a range of {width:.0f} on 0 to 100"
        )
    assert told <= ODDS * 1.2  # counted over many draws
    assert right <= ODDS / (ODDS + 1)
    assert width <= 50
    # Where it is closest the test comes close: it would see a broken promise.
    assert n != LEAST or told >= 8


def test_without_noise_the_same_insider_would_know() -> None:
    others = [dict.fromkeys(CHECK.items, 2)] * 4
    assert counted([*others, BEST])[0] != counted([*others, WORST])[0]


@pytest.mark.parametrize(
    ("n", "told"),
    [(0, []), (4, []), (5, ["balance"]), (8, ["balance"]), (9, ["weighs", "carries"]),
     (19, ["weighs", "carries"]), (20, ["exhaustion", "secondary", "support", "rest"])],
)  # fmt: skip
def test_more_answers_tell_more(n: int, told: list[str]) -> None:
    of = [Answer("month_check", 2, "2026-10", BEST) for _one in range(n)]
    shown = picture("2026-10", of, CHECK)
    assert shown.scales["scale"].tolist() == told
    assert (shown.state == "few") == (n < LEAST)


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("n", range(LEAST, 30, 4))
def test_no_range_is_wider_than_half_its_scale(name: str, n: int) -> None:
    of = read(name)
    given = [
        Answer(name, of.version, "2026-10", dict.fromkeys(of.items, of.answers[1]))
        for _one in range(n)
    ]
    shown = picture("2026-10", given, of).scales
    assert len(shown) > 0
    width = (shown["high"] - shown["low"]) / (shown["highest"] - shown["lowest"])
    assert (width <= 0.5).all()
    assert ((shown["lowest"] <= shown["low"]) & (shown["low"] <= shown["mean"])).all()
    assert ((shown["mean"] <= shown["high"]) & (shown["high"] <= shown["highest"])).all()


def test_between_two_steps_nothing_says_how_many_answered() -> None:
    def shown(n: int) -> str:
        of = [Answer("month_check", 2, "2026-10", dict.fromkeys(CHECK.items, 2)) for _ in range(n)]
        made = picture("2026-10", of, CHECK, lambda numbers, _apart: list(numbers))
        return str(asdict(made))

    assert shown(5) == shown(6) == shown(8) != shown(9)
    assert shown(9) == shown(19) != shown(20)
    assert shown(20) == shown(30)


def test_what_is_told_by_hand() -> None:
    """Weighs 4, 4, 2, 0, 0 and carries 0, 2, 2, 4, 4 of 4: on average 2 and 2.4, apart -0.4."""
    people = [
        dict.fromkeys(WEIGHS, weighs) | dict.fromkeys(CARRIES, carries)
        for weighs, carries in ((4, 0), (4, 2), (2, 2), (0, 4), (0, 4))
    ]
    of = [Answer("month_check", 2, "2026-10", one) for one in people]
    row = picture("2026-10", of, CHECK, lambda numbers, _apart: list(numbers)).scales.iloc[0]
    assert row["scale"] == "balance"
    assert row["mean"] == pytest.approx(-0.4)
    # A fifth of the scale, times ln 10 ÷ ln 9, of a scale from -4 to 4.
    far = 8 / 5 * math.log(10) / math.log(9)
    assert [row["low"], row["high"]] == pytest.approx([-0.4 - far, -0.4 + far], abs=1e-6)


def test_who_left_a_scale_out_counts_as_its_middle_and_not_as_somebody_less() -> None:
    people = [BEST] * 8
    for left_out in ({}, {1: 4}, dict.fromkeys(CHECK.items, 2)):
        assert counted([*people, left_out]) == counted([*people, {}])
    assert counted([*people, {}])[0] == [round(PLACES / 2) // 9, (8 * PLACES + PLACES // 2) // 9]


def test_did_not_apply_is_a_choice_and_no_answer() -> None:
    assert CHECK.choices[-1] == (DID_NOT_APPLY, "Did not apply")
    assert [value for value, _word in read("cbi").choices] == [0, 25, 50, 75, 100]
    assert not CHECK.takes(3, DID_NOT_APPLY)


def test_the_mean_of_the_answers_lies_in_its_range_nine_times_in_ten() -> None:
    rng = np.random.default_rng(11)
    hits = []
    for _team in range(tries(600)):
        n = int(rng.integers(LEAST, 26))
        people = [somebody(rng, CHECK) for _person in range(n)]
        true, _apart = counted(people)
        of = [Answer("month_check", 2, "2026-10", one) for one in people]
        shown = picture("2026-10", of, CHECK).scales
        ends = [
            PLACES * (shown[end] - shown["lowest"]) / (shown["highest"] - shown["lowest"])
            for end in ("low", "high")
        ]
        hits += [low - 1 <= t <= high + 1 for t, low, high in zip(true, *ends, strict=True)]
    print(f"{np.mean(hits):.3f} of {len(hits)}")
    assert np.mean(hits) >= 0.83


def test_the_order_of_the_answers_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    people = [somebody(rng, CHECK) for _person in range(12)]
    assert counted(people) == counted(people[::-1])


def test_what_twelve_waves_add_up_to(capsys: pytest.CaptureFixture[str]) -> None:
    """Five answers each, the last never changing: what likelihood makes of all twelve."""
    others = [dict.fromkeys(CHECK.items, 2)] * 4
    (low,), apart = counted([*others, BEST])
    (high,), _same = counted([*others, WORST])
    shown = np.reshape(noisy([low] * 120_000, apart), (-1, 1))
    found = np.reshape(evidence(shown, [low], [high], apart), (-1, 12))
    right = [float((found[:, :waves].sum(axis=1) > 0).mean()) for waves in (1, 3, 12)]
    with capsys.disabled():
        print(f"\nguessed right after 1, 3 and 12 waves: {right}")
    # No wave gives more than nine to one, so that twelve give no more than 9 to the twelfth.
    assert np.abs(found).max() <= math.log(ODDS) * 1.0001
    assert right[0] <= 0.9
    assert right[0] < right[1] < right[2]
