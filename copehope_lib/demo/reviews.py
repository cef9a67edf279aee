"""The days on which something is looked at again and again during a stay, some of them late."""

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import Flags, Ints, happens
from copehope_lib.demo.days import Window
from copehope_lib.demo.women import Women


def reviews(
    rng: np.random.Generator,
    women: Women,
    window: Window,
    days: tuple[float, float],
    forgotten: float,
) -> pd.DataFrame:
    """Lay out the review days of every stay.

    The first is in the week of entry; the time to the next is a fixed shortest time and a
    gamma-distributed rest of shape 2 on top; some reviews are forgotten, so that what was
    found at the last one ages.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women and their stays.
    window : Window
        Days of the registry.
    days : tuple of float
        Shortest time, and scale of the rest.
    forgotten : float
        Share of reviews that do not take place.

    Returns
    -------
    pandas.DataFrame
        int64, in order of stay and day: ``stay``, ``woman``, ``on``, ``number`` (from 0).
    """
    stays = women.stays()
    entered, left = stays["entered"].to_numpy(), stays["left"].to_numpy()
    shortest, scale = days
    rounds = int((window.last - window.since) / shortest) + 1
    gaps = np.rint(shortest + scale * rng.gamma(2.0, 1.0, (len(stays), rounds))).astype(np.int64)
    gaps[:, 0] = rng.integers(0, 5, len(stays))
    on = window.open_on(entered[:, None] + gaps.cumsum(axis=1))
    held = _held(rng, on, left, window, forgotten)
    stay, _ = np.nonzero(held)
    number = held.cumsum(axis=1)[held] - 1
    return pd.DataFrame(
        {
            "stay": stay,
            "woman": stays["woman"].to_numpy()[stay],
            "on": on[held],
            "number": number,
        }
    )


def _held(
    rng: np.random.Generator, on: Ints, left: Ints, window: Window, forgotten: float
) -> Flags:
    held = (on < left[:, None]) & (on <= window.last)
    held[:, 1:] &= ~happens(rng, np.full(on[:, 1:].shape, forgotten))
    # After a closure two reviews can fall on one day: one of them is enough.
    held[:, 1:] &= on[:, 1:] > on[:, :-1]
    return held
