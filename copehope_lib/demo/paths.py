"""Engaged or pausing, week by week: the intermittent path of each woman (§5.6)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from copehope_lib.demo.circumstances import NOT_COVERED, Circumstances, barriers
from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import NEVER, Flags, Floats, Ints, happens, place_of
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import LeavingReason, Need

# Chance a week of a pause where nothing presses. Tuned, with what follows, to four to eight of
# about 45 women newly paused in a month.
PAUSE: Final = 0.017

# Spread (of the logarithm) of that chance between women: "each process must be tailored to each
# particular" woman (§5.5).
UNEVENNESS: Final = 0.45

# What childcare adds, for mothers, as a multiple of ``PAUSE``: covered, partly, not covered. "The
# absence of available places at public kindergartens" (§5.5).
BY_CHILDCARE: Final = np.array([0.0, 0.5, 1.1])

# The same for transport (§5.5, transportation tickets).
BY_TRANSPORT: Final = np.array([0.0, 0.25, 0.6])

# What working adds: "first and foremost, work" (§4.12).
BY_WORK: Final = 1.0

# What an appointment in that week adds (§5.2).
BY_LEGAL_WEEK: Final = 0.8

# Chance a week that a pause ends: a pause of five weeks on average. Returns are part of the model
# because they are part of the work (§5.6).
COMES_BACK: Final = 0.19

# Factor on it for mothers whose childcare is not covered (§5.6, family constraints).
COMES_BACK_SLOWER: Final = 0.7

# Weeks of pause before a stay that ends with contact lost, or by her own choice.
LAST_WEEKS: Final = 6


@dataclass(frozen=True)
class Paths:
    """Week by week, for every woman.

    Attributes
    ----------
    weeks_paused : numpy.ndarray
        int16 ``(women, weeks)``: 0 while engaged, then 1, 2, … while a pause lasts.
    cause : numpy.ndarray
        int8 ``(women, weeks)``: position in ``Barrier`` of what began the latest pause.
    """

    weeks_paused: npt.NDArray[np.int16]
    cause: npt.NDArray[np.int8]

    def pausing(self, women: Ints, weeks: Ints) -> Flags:
        """Tell whether each woman pauses in a week."""
        paused: Flags = self.weeks_paused[women, weeks] > 0
        return paused


def draw_paths(
    rng: np.random.Generator, women: Women, around: Circumstances, window: Window
) -> Paths:
    """Let women pause and come back.

    A Markov chain by week. The chance of a pause grows with uncovered childcare and transport,
    with work and with legal appointments; the chance of a return is smaller while childcare is
    not covered.
    """
    everyone = np.arange(len(women.site))
    own = np.exp(UNEVENNESS * rng.standard_normal(len(everyone)))
    ending, new = _ending(rng, women, window), _new(women, window)
    weeks_paused = np.zeros((len(everyone), window.weeks), dtype=np.int16)
    causes = np.zeros_like(weeks_paused, dtype=np.int8)
    paused, cause = np.zeros_like(everyone), np.zeros_like(everyone)
    for week in range(window.weeks):
        now = np.full_like(everyone, week)
        begins = happens(rng, own * _pause(around, everyone, now))
        ends = happens(rng, _return(around, everyone, now))
        stays_away = np.where(paused > 0, ~ends, begins)
        stays_away = (stays_away | ending[:, week]) & ~new[:, week]
        begun = stays_away & (paused == 0)
        cause = np.where(begun, barriers(rng, around, everyone, now), cause)
        paused = np.where(stays_away, paused + 1, 0)
        weeks_paused[:, week], causes[:, week] = paused, cause
    return Paths(weeks_paused, causes)


def _pause(around: Circumstances, women: Ints, weeks: Ints) -> Floats:
    pressure: Floats = (
        1
        + BY_CHILDCARE[around.childcare(women, weeks)]
        + BY_TRANSPORT[around.level(Need.TRANSPORT, women, weeks)]
        + BY_WORK * around.works[women, weeks]
        + BY_LEGAL_WEEK * around.legal_week[women, weeks]
    )
    return PAUSE * pressure


def _return(around: Circumstances, women: Ints, weeks: Ints) -> Floats:
    held_up = around.childcare(women, weeks) == NOT_COVERED
    return COMES_BACK * np.where(held_up, COMES_BACK_SLOWER, 1.0)


def _ending(rng: np.random.Generator, women: Women, window: Window) -> Flags:
    """Weeks of pause before contact is lost, or before half of the stays she ends herself."""
    lost = women.leaving_reason == place_of(LeavingReason.LOST_CONTACT)
    own = women.leaving_reason == place_of(LeavingReason.OWN_CHOICE)
    fades = lost | (own & (rng.random(own.shape) < 0.5))
    before = window.week(women.left_on)[..., None] - np.arange(window.weeks)
    ending: Flags = (fades[..., None] & (before >= 0) & (before <= LAST_WEEKS)).any(axis=1)
    return ending


def _new(women: Women, window: Window) -> Flags:
    """Weeks in which a stay begins: whoever enters is there."""
    entry = np.where(women.entered_on < NEVER, window.week(women.entered_on), -1)
    new: Flags = (np.arange(window.weeks) == entry[..., None]).any(axis=1)
    return new
