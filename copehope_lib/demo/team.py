"""The team: who works in it, how much, and since when (§5.4, §5.5, §5.6)."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    NEVER,
    Flags,
    Floats,
    Ints,
    codes,
    dates,
    happens,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.days import Window
from copehope_lib.demo.model import Functions
from copehope_lib.vocabulary import Profile


class Post(NamedTuple):
    """One post of the line-up."""

    profile: Profile
    fte: float
    external: bool = False
    trained: bool = True
    contract: Literal["whole", "starts", "leaves"] = "whole"


LINE_UP: Final = (
    Post(Profile.SOCIAL_EDUCATOR, 1.0),
    Post(Profile.PSYCHOLOGIST, 1.0),
    Post(Profile.SOCIAL_WORKER, 1.0, contract="leaves"),
    Post(Profile.JOB_COUNSELLOR, 0.8),
    Post(Profile.LANGUAGE_TEACHER, 0.3, external=True),
    Post(Profile.CULTURAL_MEDIATOR, 0.6),
    Post(Profile.SOCIAL_EDUCATOR, 0.8, contract="starts"),
    Post(Profile.CREATIVE_THERAPIST, 0.2, external=True, trained=False),
    Post(Profile.COORDINATOR, 1.0),
    Post(Profile.LEGAL_ADVISER, 0.3, external=True),
    Post(Profile.TRAINER, 0.4),
    Post(Profile.VOLUNTEER, 0.1),
)
"""The posts of a team in the order in which a small team would fill them, as §5.4 asks for a
multidisciplinary one; a network repeats them. One external has had no training on trafficking,
which §5.6 warns of."""

SMALLEST_TEAM_THAT_CHANGES: Final = 5
"""In a smaller team nobody starts or leaves: it would leave women without anyone."""


@dataclass(frozen=True)
class Team:
    """The professionals, one entry each.

    Attributes
    ----------
    profile : numpy.ndarray
        Position in ``Profile``.
    fte : numpy.ndarray
        Share of a full-time post.
    external, trained : numpy.ndarray
        Flags.
    trained_on, started_on, ended_on : numpy.ndarray
        Days; ``NEVER`` where there is none. Contracts begin and end with a month.
    asked : numpy.ndarray
        How often each is asked to take a woman on, relative to the others.
    """

    profile: Ints
    fte: Floats
    external: Flags
    trained_on: Ints
    started_on: Ints
    ended_on: Ints
    asked: Floats

    def throughout(self, first: int, after: int) -> Flags:
        """Tell who is in the team on every day from ``first`` up to ``after``."""
        return (self.started_on <= first) & (self.ended_on >= after)


def team(rng: np.random.Generator, count: int, window: Window, model: Functions) -> Team:
    """Fill the posts.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    count : int
        Number of professionals over the whole period.
    window : Window
        Days of the registry.
    model : Functions
        How unevenly people are asked.

    Returns
    -------
    Team
        In the order of their codes.
    """
    posts = [LINE_UP[place % len(LINE_UP)] for place in range(count)]
    started_on, ended_on = _contracts(rng, posts, window)
    # Most had their first training before they started, the others soon after (§5.5).
    days = rng.integers(20, 300, count)
    trained_on = started_on + np.where(happens(rng, 0.8, count), -days, days // 4)
    trained = np.array([post.trained for post in posts])
    fte = np.array([post.fte for post in posts])
    asked = fte * np.exp(model.unevenness * rng.standard_normal(count))
    asked[0] = fte[0] * model.first_is_asked_first
    return Team(
        profile=np.array([place_of(post.profile) for post in posts]),
        fte=fte,
        external=np.array([post.external for post in posts]),
        trained_on=np.where(trained, trained_on, NEVER),
        started_on=started_on,
        ended_on=ended_on,
        asked=asked,
    )


def _contracts(rng: np.random.Generator, posts: list[Post], window: Window) -> tuple[Ints, Ints]:
    """Let one in each line-up start about half-way, and one leave a little later."""
    count, months = len(posts), len(window.months)
    years_before = rng.integers(13, 60, count)
    first_month = np.datetime64(window.first, "D").astype("datetime64[M]")
    started_on = (first_month - years_before).astype("datetime64[D]").astype(np.int64)
    ended_on = np.full(count, NEVER, dtype=np.int64)
    if months == 1 or count < SMALLEST_TEAM_THAT_CHANGES:
        return started_on, ended_on
    # A network's line-ups change in different months.
    sooner_or_later = rng.integers(-2, 3, count) * (np.arange(count) >= len(LINE_UP))
    starts = np.array(window.month_starts)
    turn = np.clip(np.round(0.5 * months) + sooner_or_later, 1, months - 1).astype(np.int64)
    end = np.clip(np.round(0.65 * months) + sooner_or_later, 1, months - 1).astype(np.int64)
    contract = np.array([post.contract for post in posts])
    started_on = np.where(contract == "starts", starts[turn], started_on)
    ended_on = np.where(contract == "leaves", starts[end], ended_on)
    return started_on, ended_on


def labels(count: int) -> pd.Series:
    """Return the code of each professional."""
    return codes("P", count, 2)


def table(people: Team, label: pd.Series, window: Window) -> pd.DataFrame:
    """Return the table ``professionals``, by code."""
    known = people.trained_on <= window.last
    return typed(
        "professionals",
        {
            "professional": label,
            "profile": words(Profile, people.profile),
            "fte": people.fte,
            "external": people.external,
            "trafficking_training_on": dates(np.where(known, people.trained_on, NEVER)),
            "started_on": dates(people.started_on),
            "ended_on": dates(people.ended_on),
        },
    )
