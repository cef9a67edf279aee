"""The team: who works in it, how much, and since when (§5.4, §5.5, §5.6)."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import NEVER, Flags, Floats, Ints, happens, place_of
from copehope_lib.vocabulary import Profile


class Post(NamedTuple):
    """One post of the line-up."""

    profile: Profile
    fte: float
    external: bool = False
    trained: bool = True
    contract: Literal["whole", "starts", "leaves"] = "whole"


# The posts of a team in the order in which a small team would fill them, as §5.4 asks for a
# multidisciplinary one; a network repeats them. One external has had no training on trafficking,
# which §5.6 warns of.
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

# In a smaller team nobody starts or leaves: it would leave women without anyone.
SMALLEST_TEAM_THAT_CHANGES: Final = 5

# How much more often the longest-standing professional is asked to take a woman on: the uneven
# caseload that the meeting should see.
FIRST_IS_ASKED_FIRST: Final = 1.35

# Spread (of the logarithm) of how often the others are asked.
UNEVENNESS: Final = 0.25


@dataclass(frozen=True)
class Team:
    """The professionals, one entry each; the names are those of the table.

    Attributes
    ----------
    profile : numpy.ndarray
        Position in ``Profile``.
    fte : numpy.ndarray
        Share of a full-time post.
    external : numpy.ndarray
        Flags.
    trafficking_training_on, started_on, ended_on : numpy.ndarray
        Days; ``NEVER`` where there is none. Contracts begin and end with a month.
    asked : numpy.ndarray
        How often each is asked to take a woman on, relative to the others.
    """

    profile: Ints
    fte: Floats
    external: Flags
    trafficking_training_on: Ints
    started_on: Ints
    ended_on: Ints
    asked: Floats

    def throughout(self, first: int, after: int) -> Flags:
        """Tell who is in the team on every day from ``first`` up to ``after``."""
        return (self.started_on <= first) & (self.ended_on >= after)


def draw_team(rng: np.random.Generator, count: int, window: Window) -> Team:
    """Fill so many posts; professionals are in the order of their codes."""
    posts = [LINE_UP[place % len(LINE_UP)] for place in range(count)]
    started_on, ended_on = _contracts(rng, posts, window)
    # Most had their first training before they started, the others soon after (§5.5).
    days = rng.integers(20, 300, count)
    trained_on = started_on + np.where(happens(rng, 0.8, count), -days, days // 4)
    trained = np.array([post.trained for post in posts]) & (trained_on <= window.last)
    fte = np.array([post.fte for post in posts])
    asked = fte * np.exp(UNEVENNESS * rng.standard_normal(count))
    asked[0] = fte[0] * FIRST_IS_ASKED_FIRST
    return Team(
        profile=np.array([place_of(post.profile) for post in posts]),
        fte=fte,
        external=np.array([post.external for post in posts]),
        trafficking_training_on=np.where(trained, trained_on, NEVER),
        started_on=started_on,
        ended_on=ended_on,
        asked=asked,
    )


def _contracts(rng: np.random.Generator, posts: list[Post], window: Window) -> tuple[Ints, Ints]:
    """Let one in each line-up start about half-way, and one leave a little later."""
    count, months = len(posts), len(window.months)
    months_before = rng.integers(13, 60, count)
    first_month = np.datetime64(window.first, "D").astype("datetime64[M]")
    started_on = (first_month - months_before).astype("datetime64[D]").astype(np.int64)
    ended_on = np.full(count, NEVER, dtype=np.int64)
    if months == 1 or count < SMALLEST_TEAM_THAT_CHANGES:
        return started_on, ended_on
    # A network's line-ups change in different months.
    sooner_or_later = rng.integers(-2, 3, count) * (np.arange(count) >= len(LINE_UP))
    contract = np.array([post.contract for post in posts])
    for part, kind, days in ((0.5, "starts", started_on), (0.65, "leaves", ended_on)):
        turn = np.clip(np.round(part * months) + sooner_or_later, 1, months - 1).astype(np.int64)
        np.copyto(days, window.month_starts[turn], where=contract == kind)
    return started_on, ended_on
