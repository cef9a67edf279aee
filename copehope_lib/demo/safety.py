"""Risk assessments: the six questions of §5.1.1, and what follows for her company (§5.1.2)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    Flags,
    Floats,
    Ints,
    by_word,
    coded,
    dates,
    happens,
    in_turn,
    pick,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.days import Window
from copehope_lib.demo.model import Model
from copehope_lib.demo.model import Safety as SafetyModel
from copehope_lib.demo.reviews import reviews
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import ContactChannel, Setting, YesNoUnknown

QUESTIONS: Final = (
    "can_share_space",
    "protected_witness",
    "judicial_process",
    "lives_with_network",
    "threatened_recently",
    "imminent_danger",
)
"""Questions a to f. Inside this module each is asked the other way where needed, so that
"yes" always means a reason for care: she *cannot* share a space."""

CHANNEL: Final = by_word(
    ContactChannel,
    {
        "call": 0.40,
        "message_with_consent": 0.42,
        "in_person": 0.12,
        "through_third_party": 0.06,
    },
)
"""§5.1.1: some women's phones are read by others; "adapt to contacting each woman"."""


@dataclass(frozen=True)
class Assessments:
    """All risk assessments, in order of woman and day.

    Attributes
    ----------
    rows : pandas.DataFrame
        int64 ``woman``, ``on``, ``setting``, ``channel`` (positions), ``consent`` (0 or 1).
    answers : numpy.ndarray
        int64 ``(rows, 6)``: positions in ``YesNoUnknown``.
    """

    rows: pd.DataFrame
    answers: Ints

    def alone(self, women: Ints, days: Ints) -> Flags:
        """Tell for whom the latest assessment up to a day said: sessions alone only."""
        # One number for woman and day, so that one sorted search finds the latest of hers.
        moment = self.rows["woman"].to_numpy() * 100_000 + self.rows["on"].to_numpy()
        latest = np.searchsorted(moment, women * 100_000 + days, side="right") - 1
        hers = (latest >= 0) & (self.rows["woman"].to_numpy()[latest] == women)
        setting = self.rows["setting"].to_numpy()[latest]
        alone: Flags = hers & (setting == place_of(Setting.INDIVIDUAL_ONLY))
        return alone


def assessments(
    rng: np.random.Generator, women: Women, window: Window, model: Model
) -> Assessments:
    """Ask the six questions at entry and again every two to three months.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    women : Women
        The women and their stays.
    window : Window
        Days of the registry.
    model : Model
        Chances.

    Returns
    -------
    Assessments
        What was answered and what followed.
    """
    held = reviews(rng, women, window, model.reviews.safety_days, model.reviews.forgotten)
    truth = _truth(rng, held, model.safety)
    first = (held["number"] == 0).to_numpy()
    unknown_chance = np.where(first, *model.safety.unknown)
    unknown = happens(rng, np.tile(unknown_chance[:, None], len(QUESTIONS)))
    yes_means_care = np.array([False, *[True] * (len(QUESTIONS) - 1)])
    yes, no, not_known = (place_of(word) for word in YesNoUnknown)
    answers = np.where(unknown, not_known, np.where(truth == yes_means_care, yes, no))
    channel = pick(rng, CHANNEL, len(women.site))
    rows = held[["woman", "on"]].assign(
        setting=_setting(rng, truth, unknown),
        channel=channel[held["woman"]],
        consent=happens(rng, np.where(first, *model.safety.consent)).astype(np.int64),
    )
    order = in_turn([rows["woman"].to_numpy(), rows["on"].to_numpy()])
    return Assessments(rows.iloc[order].reset_index(drop=True), answers[order])


def _truth(rng: np.random.Generator, held: pd.DataFrame, model: SafetyModel) -> Flags:
    """Return what gives reason for care, question by question, at each assessment."""
    at_entry = np.array(
        [
            model.cannot_share_space,
            model.protected_witness,
            model.judicial_process,
            model.lives_with_network,
            model.threatened_recently,
            model.imminent_danger,
        ]
    )
    stay, number = held["stay"].to_numpy(), held["number"].to_numpy()
    holds = rng.random((int(stay.max()) + 1, len(QUESTIONS))) < at_entry
    truth = np.empty((len(held), len(QUESTIONS)), dtype=np.bool_)
    for turn in range(int(number.max()) + 1):
        these = number == turn
        if turn > 0:
            drawn: Floats = rng.random(holds.shape)
            holds = np.where(holds, drawn >= np.array(model.fades), drawn < np.array(model.comes))
        truth[these] = holds[stay[these]]
    return truth


def _setting(rng: np.random.Generator, truth: Flags, unknown: Flags) -> Ints:
    """Conclude in which company she is safe: alone on the gravest answers (§5.1.2)."""
    cannot_share, witness, judicial, network, threatened, danger = (truth & ~unknown).T
    alone = cannot_share | danger | (witness & happens(rng, 0.6, len(truth)))
    alone |= network & happens(rng, 0.6, len(truth))
    careful = witness | judicial | network | threatened | (unknown.sum(axis=1) > 0)
    careful |= happens(rng, 0.2, len(truth))
    settings = [place_of(Setting.INDIVIDUAL_ONLY), place_of(Setting.GROUP_IF_SAFE)]
    return np.select([alone, careful], settings, place_of(Setting.GROUP_WELCOME)).astype(np.int64)


def table(found: Assessments, label: pd.Series) -> pd.DataFrame:
    """Return the table ``safety``, by woman and day."""
    woman, on = (found.rows[name].to_numpy() for name in ("woman", "on"))
    order = in_turn([label.str[2:].astype(int).to_numpy()[woman], on])
    rows = found.rows.iloc[order]
    answers = {
        question: words(YesNoUnknown, found.answers[order, place])
        for place, question in enumerate(QUESTIONS)
    }
    return typed(
        "safety",
        {
            "woman": coded(label, rows["woman"].to_numpy()),
            "assessed_on": dates(rows["on"].to_numpy()),
            **answers,
            "setting": words(Setting, rows["setting"].to_numpy()),
            "contact_channel": words(ContactChannel, rows["channel"].to_numpy()),
            "contact_consent": rows["consent"].to_numpy() == 1,
        },
    )
