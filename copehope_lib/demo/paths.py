"""Engaged or pausing, week by week: the intermittent path of each woman (§5.6)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copehope_lib.demo.arrays import NEVER, Flags, Floats, Ints, happens, place_of
from copehope_lib.demo.circumstances import NOT_COVERED, Circumstances, barriers
from copehope_lib.demo.days import Window
from copehope_lib.demo.model import Model
from copehope_lib.demo.model import Paths as PathsModel
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import LeavingReason, Need


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


def paths(
    rng: np.random.Generator, women: Women, around: Circumstances, window: Window, model: Model
) -> Paths:
    """Let women pause and come back.

    A Markov chain by week. The chance of a pause grows with uncovered childcare and transport,
    with work and with legal appointments; the chance of a return is smaller while childcare is
    not covered.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women.
    around : Circumstances
        What presses on them.
    window : Window
        Days of the registry.
    model : Model
        Chances.

    Returns
    -------
    Paths
        One entry a woman and week.
    """
    everyone = np.arange(len(women.site))
    own = np.exp(model.paths.unevenness * rng.standard_normal(len(everyone)))
    ending, new = _ending(rng, women, window, model.paths), _new(women, window)
    weeks_paused = np.zeros((len(everyone), window.weeks), dtype=np.int16)
    causes = np.zeros_like(weeks_paused, dtype=np.int8)
    paused = np.zeros(len(everyone), dtype=np.int16)
    cause = np.zeros(len(everyone), dtype=np.int64)
    for week in range(window.weeks):
        now = np.full_like(everyone, week)
        begins = happens(rng, own * _pause(around, everyone, now, model.paths))
        ends = happens(rng, _return(around, everyone, now, model.paths))
        stays_away = np.where(paused > 0, ~ends, begins)
        stays_away = (stays_away | ending[:, week]) & ~new[:, week]
        cause = np.where(
            stays_away & (paused == 0),
            barriers(rng, around, everyone, now, model.meetings),
            cause,
        )
        paused = np.where(stays_away, paused + 1, 0).astype(np.int16)
        weeks_paused[:, week], causes[:, week] = paused, cause
    return Paths(weeks_paused, causes)


def _pause(around: Circumstances, women: Ints, weeks: Ints, model: PathsModel) -> Floats:
    transport = around.level(Need.TRANSPORT, women, weeks)
    pressure: Floats = (
        1
        + np.array(model.by_childcare)[around.childcare(women, weeks)]
        + np.array(model.by_transport)[transport]
        + model.by_work * around.works[women, weeks]
        + model.by_legal_week * around.legal_week[women, weeks]
    )
    return model.pause * pressure


def _return(around: Circumstances, women: Ints, weeks: Ints, model: PathsModel) -> Floats:
    held_up = around.childcare(women, weeks) == NOT_COVERED
    return model.comes_back * np.where(held_up, model.comes_back_slower, 1.0)


def _ending(rng: np.random.Generator, women: Women, window: Window, model: PathsModel) -> Flags:
    """Weeks of pause before contact is lost, or before half of the stays she ends herself."""
    weeks = np.arange(window.weeks)
    lost = women.reason == place_of(LeavingReason.LOST_CONTACT)
    own = women.reason == place_of(LeavingReason.OWN_CHOICE)
    fades = (women.left < NEVER) & (lost | (own & (rng.random(own.shape) < 0.5)))
    last = window.week(np.where(fades, women.left, window.monday))
    within = (weeks >= last[..., None] - model.last_weeks) & (weeks <= last[..., None])
    ending: Flags = (within & fades[..., None]).any(axis=1)
    return ending


def _new(women: Women, window: Window) -> Flags:
    """Weeks in which a stay begins: whoever enters is there."""
    weeks = np.arange(window.weeks)
    entry = np.where(women.entered < NEVER, window.week(women.entered), -1)
    new: Flags = (weeks == entry[..., None]).any(axis=1)
    return new
