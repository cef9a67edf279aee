"""The women: who they are and the stays they have in the programme."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    NEVER,
    Flags,
    Floats,
    Ints,
    by_word,
    coded,
    codes,
    dates,
    happens,
    in_turn,
    numbers,
    pick,
    typed,
    words,
)
from copehope_lib.demo.days import Window
from copehope_lib.demo.model import Model
from copehope_lib.demo.model import Stays as StayModel
from copehope_lib.vocabulary import Housing, LeavingReason, ResidenceStatus

SITES: Final = {"Barcelona": 0.64, "Badalona": 0.36}
"""Two towns, so that a page can be filtered by site."""

REGIONS: Final = {
    "West Africa": 0.36,
    "South America": 0.26,
    "Eastern Europe": 0.16,
    "North Africa": 0.12,
    "South Asia": 0.10,
}
"""Broad on purpose: a region of the world, never a country or a town (§5.1.2)."""

STATUS: Final = by_word(
    ResidenceStatus,
    {
        "asylum_applicant": 0.32,
        "protection": 0.14,
        "residence_and_work": 0.19,
        "residence_no_work": 0.15,
        "none": 0.15,
        "unknown": 0.05,
    },
)
"""§4.1: women in an irregular situation, applicants, and those with papers side by side."""

HOUSING: Final = by_word(
    Housing,
    {
        "reception_centre": 0.30,
        "protected_shelter": 0.16,
        "shared_flat": 0.30,
        "own_home": 0.09,
        "insecure": 0.12,
        "unknown": 0.03,
    },
)
"""§5.2: work with women in reception centres, which may leave out those worse off."""

CHILDREN: Final = (0.62, 0.26, 0.09, 0.03)
"""Of mothers: one, two, three, four children in their care here."""

DOOR_OPEN: Final = (
    LeavingReason.OWN_CHOICE,
    LeavingReason.MOVED,
    LeavingReason.LOST_CONTACT,
    LeavingReason.OTHER,
)
"""Reasons after which some women come back (§5.6)."""


@dataclass(frozen=True)
class Women:
    """The women, one entry each, with up to two stays side by side.

    Attributes
    ----------
    site, region, birth_year, children : numpy.ndarray
        ``(n,)``; positions in ``SITES`` and ``REGIONS``, a year, a number.
    entered, left, reason, status, housing : numpy.ndarray
        ``(n, 2)``: first and second stay. Days, ``NEVER`` where there is none; positions in
        the vocabularies, -1 being none.
    """

    site: Ints
    region: Ints
    birth_year: Ints
    children: Ints
    entered: Ints
    left: Ints
    reason: Ints
    status: Ints
    housing: Ints

    @property
    def mothers(self) -> Flags:
        """Who takes care of children here."""
        return self.children > 0

    def present(self, women: Ints, days: Ints, *, settled: int = 0) -> Flags:
        """Tell which women were accompanied on a day, and had been for ``settled`` days."""
        since = self.entered[women] + settled
        here = (since <= days[:, None]) & (days[:, None] < self.left[women])
        return np.asarray(here.any(axis=1), dtype=np.bool_)

    def stays(self) -> pd.DataFrame:
        """One row for each stay: ``woman``, ``which`` (0 or 1), ``entered``, ``left``."""
        woman, which = np.nonzero(self.entered < NEVER)
        return pd.DataFrame(
            {
                "woman": woman,
                "which": which,
                "entered": self.entered[woman, which],
                "left": self.left[woman, which],
            }
        )


def women(rng: np.random.Generator, count: int, window: Window, model: Model) -> Women:
    """Let women enter, leave and come back.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    count : int
        Different women over the whole period.
    window : Window
        Days of the registry.
    model : Model
        Parameters.

    Returns
    -------
    Women
        In no order that means anything.
    """
    first = _first_entry(rng, count, window, model.stays)
    left = _end(rng, first, window, model.stays)
    reason = np.where(
        left < NEVER, pick(rng, by_word(LeavingReason, model.stays.leaving), count), -1
    )
    second = _second_entry(rng, left, reason, window, model.stays)
    left_again = np.where(second < NEVER, _end(rng, second, window, model.stays), NEVER)
    again = pick(rng, by_word(LeavingReason, model.stays.leaving), count)
    status = pick(rng, STATUS, count)
    housing = pick(rng, HOUSING, count)
    mothers = happens(rng, model.circumstances.mothers, count)
    age = 18 + rng.gamma(2.6, 3.8, count)
    entry_year = first.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return Women(
        site=pick(rng, list(SITES.values()), count),
        region=pick(rng, list(REGIONS.values()), count),
        birth_year=entry_year - age.astype(np.int64),
        children=np.where(mothers, 1 + pick(rng, CHILDREN, count), 0),
        entered=np.column_stack([first, second]),
        left=np.column_stack([left, left_again]),
        reason=np.column_stack([reason, np.where(left_again < NEVER, again, -1)]),
        status=np.column_stack([status, status]),
        # She who comes back often lives elsewhere.
        housing=np.column_stack([housing, pick(rng, HOUSING, count)]),
    )


def _first_entry(rng: np.random.Generator, count: int, window: Window, model: StayModel) -> Ints:
    months = len(window.months)
    there = rng.permutation(count) < round(
        count * model.months_of_backlog / (months + model.months_of_backlog)
    )
    # Nobody enters in the last days: there would be nothing to tell about her yet.
    later = rng.integers(window.first, max(window.last - 9, window.first + 1), count)
    return window.open_on(
        np.where(there, rng.integers(window.since, window.first - 3, count), later)
    )


def _end(rng: np.random.Generator, entered: Ints, window: Window, model: StayModel) -> Ints:
    """Return the first day without, ``NEVER`` where it has not come by the last day."""
    # An exponential has no memory, so a woman who entered before the first month may start
    # her remaining time there: stays that ended earlier are not in this registry.
    begin = np.maximum(entered + model.shortest_days, window.first + 1)
    days = rng.exponential(model.mean_months * 30.4, len(entered)).astype(np.int64)
    left = window.open_on(np.minimum(begin + days, window.last + 30))
    return np.where(left <= window.last, left, NEVER)


def _second_entry(
    rng: np.random.Generator, left: Ints, reason: Ints, window: Window, model: StayModel
) -> Ints:
    door_open = np.isin(reason, [LeavingReason.codes().index(word) for word in DOOR_OPEN])
    back = np.where(left < NEVER, left, 0) + rng.integers(*model.absence_days, len(left))
    back = window.open_on(np.minimum(back, window.last + 30))
    returns = door_open & happens(rng, model.comes_back, len(left)) & (back < window.last - 9)
    return np.where(returns, back, NEVER)


def labels(rng: np.random.Generator, count: int) -> pd.Series:
    """Return the code of each woman, drawn by lot so that it tells nothing about her."""
    return coded(codes("W", count, 3), rng.permutation(count))


def table(rng: np.random.Generator, people: Women, label: pd.Series) -> pd.DataFrame:
    """Return the table ``women``, by code and day of entry."""
    stays = people.stays()
    woman, which = stays["woman"].to_numpy(), stays["which"].to_numpy()
    order = in_turn([label.str[2:].astype(int).to_numpy()[woman], which])
    woman, which = woman[order], which[order]
    known: Floats = rng.random((2, len(people.site)))
    return typed(
        "women",
        {
            "woman": coded(label, woman),
            "site": coded(pd.Series(list(SITES), dtype="str"), people.site[woman]),
            "entered_on": dates(people.entered[woman, which]),
            "left_on": dates(people.left[woman, which]),
            "leaving_reason": words(LeavingReason, people.reason[woman, which]),
            "birth_year": numbers(people.birth_year[woman], known[0, woman] > 0.04),
            "region_of_origin": coded(
                pd.Series(list(REGIONS), dtype="str"), people.region[woman]
            ).where(known[1, woman] > 0.03),
            "residence_status": words(ResidenceStatus, people.status[woman, which]),
            "housing": words(Housing, people.housing[woman, which]),
            "children_in_care": people.children[woman],
        },
    )
