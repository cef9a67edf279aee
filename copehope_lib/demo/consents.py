"""What women agreed to and in which language, and what the team speaks (§5.1.1, §4.12, §5.4)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import NEVER, Floats, Ints, by_word, happens, pick
from copehope_lib.demo.women import REGIONS, Women
from copehope_lib.vocabulary import Module, Service, Spoken

# What women of a region speak best: what is common there, in round shares of ours.
SPEAKS: Final = {
    "West Africa": {"en": 0.35, "pcm": 0.25, "fr": 0.2, "bin": 0.15, "wo": 0.05},
    "South America": {"es": 0.9, "pt": 0.1},
    "Eastern Europe": {"ro": 0.6, "bg": 0.2, "ru": 0.1, "uk": 0.1},
    "North Africa": {"ar": 0.8, "fr": 0.2},
    "South Asia": {"ur": 0.5, "bn": 0.5},
}

# The three languages of the nine posts of a line-up: two of the town, and one that brings more.
TEAM_SPEAKS: Final = (
    ("es", "ca", "en"), ("ca", "es", ""), ("es", "en", ""), ("ca", "es", "fr"), ("en", "fr", "pcm"),
    ("es", "ca", "ar"), ("es", "", ""), ("es", "ca", "en"), ("es", "it", ""),
)  # fmt: skip

# Share of women who want mediation, of those who do not speak the language of the town; and share
# of the sessions that expect one of them that are held with it (§4.12: part of the setting).
WANTED: Final = 0.6
MEDIATED: Final = {Module.PSYCHOLOGICAL_SUPPORT: 0.6, Module.WELCOME: 0.7}
MEDIATED_ELSEWHERE: Final = 0.12

# Share of women who agree to each, beyond what is needed to be here at all: being spoken of in
# supervision, pictures, messages, sharing with one kind of service (§5.1.1, levels of consent).
AGREES: Final = {"discussion_on": 0.9, "image_on": 0.2, "messages_on": 0.55, "sharing_on": 0.4}

# With whom she agrees to share: health and legal advice first (§5.2).
SHARES_WITH: Final = by_word(
    Service, {"health": 0.4, "legal": 0.3, "social_services": 0.2, "employment": 0.1}
)


def draw_consents(
    rng: np.random.Generator, stays: pd.DataFrame, women: Women, window: Window
) -> pd.DataFrame:
    """Ask each woman in her first days, in her language; all agree to be counted.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``women`` that say so, one row a stay.
    """
    shares = np.array([by_word(Spoken, SPEAKS[region]) for region in REGIONS])
    language = pick(rng, shares[women.region_of_origin])
    stranger = language != Spoken.codes().index("es")
    mediation = stranger & happens(rng, WANTED, len(language))
    woman, entered = stays["woman"].to_numpy(), stays["entered_on"].to_numpy()
    told = np.minimum(entered + rng.integers(0, 6, len(stays)), window.last)
    agreed = np.minimum(told + rng.integers(0, 9, len(stays)), window.last)
    said = {
        name: np.where(happens(rng, share, len(stays)), agreed, NEVER)
        for name, share in AGREES.items()
    }
    return pd.DataFrame(
        {
            "mediation": mediation[woman],
            "mediation_language": np.where(mediation, language, -1)[woman],
            "informed_on": told,
            "informed_in": language[woman],
            "accompaniment_on": agreed,
            "data_on": agreed,
            # Whoever came back had taken it back when she left, and agreed anew.
            "withdrawn_on": np.where(
                stays["woman"].duplicated(keep="last"), stays["left_on"], NEVER
            ),
            **said,
            "sharing_with": np.where(
                said["sharing_on"] < NEVER, pick(rng, SHARES_WITH, len(stays)), -1
            ),
        }
    )


def draw_mediated(
    rng: np.random.Generator, expected: pd.DataFrame, module: pd.Series, women: pd.DataFrame
) -> pd.Series:
    """Tell by session which is held with mediation: of those that expect a woman who wants it."""
    wants = set(women.loc[women["mediation"], "woman"])
    asked = expected["woman"].isin(wants).groupby(expected["session"]).any()
    chance: Floats = np.full(len(Module), MEDIATED_ELSEWHERE)
    for of, share in MEDIATED.items():
        chance[Module.codes().index(of)] = share
    return asked & happens(rng, chance[module.to_numpy(dtype=np.int64)])


def languages(professionals: int) -> dict[str, Ints]:
    """Return what each professional speaks: positions in ``Spoken``, -1 for no more."""
    known = ["", *Spoken.codes()]
    spoken = [TEAM_SPEAKS[place % len(TEAM_SPEAKS)] for place in range(professionals)]
    columns = ("language", "second_language", "third_language")
    return {
        name: np.array([known.index(three[at]) - 1 for three in spoken], dtype=np.int64)
        for at, name in enumerate(columns)
    }
