"""Answers of a synthetic team to the month check, wave by wave."""

import hashlib
import math
from collections.abc import Sequence

import numpy as np

from copehope_lib.instruments import read
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.noise import ODDS, Noise

# How many of nine answered in each wave, oldest first: one of them too few.
ANSWERED = (6, 9, 4, 8, 8, 9)

# What the team answers on average, of 4: tired and carried by each other (§5.4).
TEAM = {"exhaustion": 2.4, "secondary": 1.9, "support": 2.8, "rest": 1.9}


def answers(wave: str, turn: int, seed: int = 7) -> list[Answer]:
    """The answers of one wave.

    Parameters
    ----------
    wave : str
        Its month.
    turn : int
        Which of the waves it is, from 0 on.
    seed : int
        The same seed gives the same answers, their secret numbers included: of a synthetic team
        they are no secret.

    Examples
    --------
    >>> len(answers("2026-10", 5)), len(answers("2026-07", 2))
    (9, 4)
    """
    check = read("month_check")
    rng = np.random.default_rng([seed, turn])
    means = {item: TEAM[key.code.value] for key in check.scales for item in key.items}
    people = []
    for person in range(ANSWERED[turn % len(ANSWERED)]):
        mood = rng.normal(0, 0.5)
        given = {
            item: int(np.clip(np.rint(rng.normal(mean + mood, 0.8)), 0, 4))
            for item, mean in means.items()
        }
        secret = hashlib.sha256(f"{seed} {wave} {person}".encode()).hexdigest()[:32]
        people.append(Answer(check.name, check.version, wave, given, secret))
    return people


def noise(turn: int, seed: int = 7) -> Noise:
    """Noise that is the same each time: a synthetic team has nothing to protect.

    Examples
    --------
    >>> noise(0)([1800], 720) == noise(0)([1800], 720)
    True
    """

    def noisy(numbers: Sequence[int], apart: int) -> list[int]:
        drawn = np.random.default_rng([seed, turn, 1]).laplace(
            0, apart / math.log(ODDS), len(numbers)
        )
        return [number + int(one) for number, one in zip(numbers, drawn, strict=True)]

    return noisy
