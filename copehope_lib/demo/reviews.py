"""The days on which something is looked at again and again during a stay, some of them late."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window
from copehope_lib.demo.women import Women

# Share of reviews that do not take place: what was found at the last one ages.
FORGOTTEN: Final = 0.10


def reviews(
    rng: np.random.Generator, women: Women, window: Window, days: tuple[float, float]
) -> pd.DataFrame:
    """Lay out the review days of every stay, the first in the week of entry.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women and their stays.
    window : Window
        Days of the registry.
    days : tuple of float
        Shortest time to the next review, and scale of a gamma-distributed rest of shape 2.

    Returns
    -------
    pandas.DataFrame
        int64, in order of stay and day: ``stay``, ``woman``, ``on``, ``number`` (from 0).
    """
    stays = women.stays()
    shortest, scale = days
    rounds = int((window.last - window.since) / shortest) + 1
    gaps = np.rint(shortest + scale * rng.gamma(2.0, 1.0, (len(stays), rounds))).astype(np.int64)
    gaps[:, 0] = rng.integers(0, 5, len(stays))
    entered, left = (stays[[name]].to_numpy() for name in ("entered_on", "left_on"))
    on = window.open_on(entered + gaps.cumsum(axis=1))
    held = (on < left) & (on <= window.last)
    held[:, 1:] &= rng.random((len(stays), rounds - 1)) >= FORGOTTEN
    # After a closure two reviews can fall on one day: one of them is enough.
    held[:, 1:] &= on[:, 1:] > on[:, :-1]
    stay, _ = np.nonzero(held)
    number = held.cumsum(axis=1)[held] - 1
    woman = stays["woman"].to_numpy()[stay]
    return pd.DataFrame({"stay": stay, "woman": woman, "on": on[held], "number": number})
