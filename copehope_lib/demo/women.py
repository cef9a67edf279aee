"""The women: who they are and the stays they have in the programme."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import NEVER, Flags, Ints, by_word, happens, pick, place_of
from copehope_lib.vocabulary import Housing, LeavingReason, ResidenceStatus

# Two towns, so that a page can be filtered by site.
SITES: Final = {"Barcelona": 0.64, "Badalona": 0.36}

# Broad on purpose: a region of the world, never a country or a town (§5.1.2).
REGIONS: Final = {
    "West Africa": 0.36,
    "South America": 0.26,
    "Eastern Europe": 0.16,
    "North Africa": 0.12,
    "South Asia": 0.10,
}

# §4.1: women in an irregular situation, applicants, and those with papers side by side.
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

# §5.2: work with women in reception centres, which may leave out those worse off.
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

# Share who take care of children here: §4.4 and §5.6 speak of "many mothers".
MOTHERS: Final = 0.42

# Of mothers: one, two, three, four children in their care here.
CHILDREN: Final = (0.62, 0.26, 0.09, 0.03)

# Women already there at the start, counted as so many months of new entries; with 14 months it
# makes 55 % of all women present on the first day.
MONTHS_OF_BACKLOG: Final = 17.0

# Mean length of a stay beyond its first weeks: itineraries are long (§5.5, "a long process");
# tuned so that about a quarter of the women leave within a year.
MEAN_MONTHS: Final = 36.0

# Nobody's stay is closed sooner: bonding with a team takes time (§5.5).
SHORTEST_DAYS: Final = 40

# Why stays end; that a process ends elsewhere or otherwise is normal (§5.6).
LEAVING: Final = by_word(
    LeavingReason,
    {
        "completed": 0.30,
        "own_choice": 0.18,
        "moved": 0.14,
        "referred": 0.12,
        "protection_programme": 0.05,
        "lost_contact": 0.16,
        "other": 0.05,
    },
)

# Reasons after which some women come back (§5.6).
DOOR_OPEN: Final = (
    LeavingReason.OWN_CHOICE,
    LeavingReason.MOVED,
    LeavingReason.LOST_CONTACT,
    LeavingReason.OTHER,
)

# Share of women who, having left for a reason that leaves the door open, enter again (§5.6,
# intermittent processes); tuned to a few women in a team of 60.
COMES_BACK: Final = 0.5

# Shortest and longest time between two stays.
ABSENCE_DAYS: Final = (35, 130)

# Share of women whose year of birth nobody has noted.
BIRTH_YEAR_UNKNOWN: Final = 0.04

# Share of women whose region of origin nobody has noted.
REGION_UNKNOWN: Final = 0.03


@dataclass(frozen=True)
class Women:
    """The women, one entry each, with up to two stays side by side; named as in the table.

    Attributes
    ----------
    site, region_of_origin, birth_year, children_in_care, residence_status : numpy.ndarray
        ``(n,)``; positions in ``SITES`` and ``REGIONS``, a year, a number, a position.
    entered_on, left_on, leaving_reason, housing : numpy.ndarray
        ``(n, 2)``: first and second stay. Days, ``NEVER`` where there is none; positions in
        the vocabularies, -1 being none.
    """

    site: Ints
    region_of_origin: Ints
    birth_year: Ints
    children_in_care: Ints
    residence_status: Ints
    entered_on: Ints
    left_on: Ints
    leaving_reason: Ints
    housing: Ints

    @property
    def mothers(self) -> Flags:
        """Who takes care of children here."""
        return self.children_in_care > 0

    def present(self, women: Ints, days: Ints, *, settled: int) -> Flags:
        """Tell which women were accompanied on a day, and had been for ``settled`` days."""
        since = self.entered_on[women] + settled
        here = (since <= days[:, None]) & (days[:, None] < self.left_on[women])
        return np.asarray(here.any(axis=1), dtype=np.bool_)

    def stays(self) -> pd.DataFrame:
        """One row for each stay: ``woman``, and what is known of her and of that stay."""
        woman, which = np.nonzero(self.entered_on < NEVER)
        known = {
            name: values[woman] if values.ndim == 1 else values[woman, which]
            for name, values in vars(self).items()
        }
        return pd.DataFrame({"woman": woman, **known})


def draw_women(rng: np.random.Generator, count: int, window: Window) -> Women:
    """Let women enter, leave and come back; they are in no order that means anything."""
    first = _first_entry(rng, count, window)
    left = _end(rng, first, window)
    reason = np.where(left < NEVER, pick(rng, LEAVING, count), -1)
    second = _second_entry(rng, left, reason, window)
    left_again = np.where(second < NEVER, _end(rng, second, window), NEVER)
    again = np.where(left_again < NEVER, pick(rng, LEAVING, count), -1)
    status = pick(rng, STATUS, count)
    housing = pick(rng, HOUSING, count)
    mothers = happens(rng, MOTHERS, count)
    age = (18 + rng.gamma(2.6, 3.8, count)).astype(np.int64)
    entry_year = first.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return Women(
        site=pick(rng, list(SITES.values()), count),
        region_of_origin=pick(rng, list(REGIONS.values()), count),
        birth_year=entry_year - age,
        children_in_care=np.where(mothers, 1 + pick(rng, CHILDREN, count), 0),
        residence_status=status,
        entered_on=np.column_stack([first, second]),
        left_on=np.column_stack([left, left_again]),
        leaving_reason=np.column_stack([reason, again]),
        # She who comes back often lives elsewhere.
        housing=np.column_stack([housing, pick(rng, HOUSING, count)]),
    )


def _first_entry(rng: np.random.Generator, count: int, window: Window) -> Ints:
    share = MONTHS_OF_BACKLOG / (len(window.months) + MONTHS_OF_BACKLOG)
    there = rng.permutation(count) < round(count * share)
    # Nobody enters in the last days: there would be nothing to tell about her yet.
    later = rng.integers(window.first, max(window.last - 9, window.first + 1), count)
    earlier = rng.integers(window.since, window.first - 3, count)
    return window.open_on(np.where(there, earlier, later))


def _end(rng: np.random.Generator, entered: Ints, window: Window) -> Ints:
    """Return the first day without, ``NEVER`` where it has not come by the last day."""
    # An exponential has no memory, so a woman who entered before the first month may start
    # her remaining time there: stays that ended earlier are not in this registry.
    begin = np.maximum(entered + SHORTEST_DAYS, window.first + 1)
    days = rng.exponential(MEAN_MONTHS * 30.4, len(entered)).astype(np.int64)
    left = window.open_on(np.minimum(begin + days, window.last + 30))
    return np.where(left <= window.last, left, NEVER)


def _second_entry(rng: np.random.Generator, left: Ints, reason: Ints, window: Window) -> Ints:
    door_open = np.isin(reason, [place_of(word) for word in DOOR_OPEN])
    back = np.minimum(left + rng.integers(*ABSENCE_DAYS, len(left)), window.last + 30)
    back = window.open_on(back)
    returns = door_open & happens(rng, COMES_BACK, len(left)) & (back < window.last - 9)
    return np.where(returns, back, NEVER)


def noted(rng: np.random.Generator, women: Women) -> pd.DataFrame:
    """Return the stays as a team notes them: towns and regions by name, some things blank."""
    stays = women.stays()
    known = rng.random((2, len(women.site)))[:, stays["woman"]]
    region = stays["region_of_origin"].map(dict(enumerate(REGIONS)))
    return stays.assign(
        site=stays["site"].map(dict(enumerate(SITES))),
        birth_year=stays["birth_year"].where(known[0] > BIRTH_YEAR_UNKNOWN, NEVER),
        region_of_origin=region.where(known[1] > REGION_UNKNOWN),
    )
