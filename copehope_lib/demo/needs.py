"""Reviews of basic needs: what was covered on the day on which somebody asked (§5.2)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.circumstances import FIRST_NEEDS, Circumstances
from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import happens, place_of
from copehope_lib.demo.reviews import reviews
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Coverage, Need

# Shortest time between two reviews of needs, and scale of a gamma distribution (shape 2) on top
# of it: four to eight weeks, sometimes late.
NEEDS_DAYS: Final = (27.0, 9.0)

# Share of needs not known at the first review, and later.
UNKNOWN: Final = (0.10, 0.02)


def draw_needs(
    rng: np.random.Generator, women: Women, around: Circumstances, window: Window
) -> pd.DataFrame:
    """Review the needs of every stay, every four to eight weeks.

    Returns
    -------
    pandas.DataFrame
        The table ``needs``; no row on childcare for a woman without children.
    """
    held = reviews(rng, women, window, NEEDS_DAYS)
    # The needs that were added are drawn after the others, which stay as they were.
    first, added = np.split(np.arange(len(Need)), [FIRST_NEEDS])
    each = [held.loc[held.index.repeat(len(needs))] for needs in (first, added)]
    rows = pd.concat(each)
    woman, on = rows["woman"].to_numpy(), rows["on"].to_numpy()
    need = np.concatenate([np.tile(needs, len(held)) for needs in (first, added)])
    level = around.coverage[woman, need, window.week(on)]
    unknown = happens(rng, np.where(rows["number"] == 0, *UNKNOWN))
    coverage = np.where(unknown, place_of(Coverage.UNKNOWN), level)
    asked = (need != place_of(Need.CHILDCARE)) | women.mothers[woman]
    answers: pd.DataFrame = rows.assign(reviewed_on=on, need=need, coverage=coverage)[asked]
    return answers
