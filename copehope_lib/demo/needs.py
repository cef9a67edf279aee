"""Reviews of basic needs: what was covered on the day on which somebody asked (§5.2)."""

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    coded,
    dates,
    happens,
    in_turn,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.circumstances import Circumstances
from copehope_lib.demo.days import Window
from copehope_lib.demo.model import Reviews
from copehope_lib.demo.reviews import reviews
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import Coverage, Need


def table(
    rng: np.random.Generator,
    women: Women,
    label: pd.Series,
    around: Circumstances,
    window: Window,
    model: Reviews,
) -> pd.DataFrame:
    """Return the table ``needs``, by woman, day and need.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women and their stays.
    label : pandas.Series
        Code of each woman.
    around : Circumstances
        What was covered in each week.
    window : Window
        Days of the registry.
    model : Reviews
        How often needs are looked at.

    Returns
    -------
    pandas.DataFrame
        Typed as the schema asks; no row on childcare for a woman without children.
    """
    held = reviews(rng, women, window, model.needs_days, model.forgotten)
    rows = held.loc[held.index.repeat(len(Need))]
    woman, on = rows["woman"].to_numpy(), rows["on"].to_numpy()
    need = np.tile(np.arange(len(Need)), len(held))
    level = around.coverage[woman, need, window.week(on)]
    at_first = rows["number"].to_numpy() == 0
    unknown = happens(rng, np.where(at_first, *model.unknown))
    coverage = np.where(unknown, place_of(Coverage.UNKNOWN), level)
    asked = (need != place_of(Need.CHILDCARE)) | women.mothers[woman]
    order = in_turn([label.str[2:].astype(int).to_numpy()[woman], on, need])
    order = order[asked[order]]
    return typed(
        "needs",
        {
            "woman": coded(label, woman[order]),
            "reviewed_on": dates(on[order]),
            "need": words(Need, need[order]),
            "coverage": words(Coverage, coverage[order]),
        },
    )
