"""Risk assessments: the six questions of §5.1.1, and what follows for her company (§5.1.2)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import NEVER, Flags, Ints, by_word, happens, pick, place_of
from copehope_lib.demo.reviews import reviews
from copehope_lib.demo.women import Women
from copehope_lib.vocabulary import ContactChannel, Setting, YesNoUnknown

# Questions a to f: share for whom it gives reason for care at entry; chance that it is over by
# the next assessment; chance that it begins between two. Inside this module each is asked the
# other way where needed, so that "yes" always means a reason for care: she *cannot* share a
# space. Few women are "at risk" at a time: "some women are not necessarily at risk and others may
# be" (§5.6). To be a witness lasts, a judicial process fades slowly, a threat fades and can come
# anew; danger is over soonest, because then she is moved to a safe place (§5.1.1).
QUESTIONS: Final = {
    "can_share_space": (0.08, 0.30, 0.01),
    "protected_witness": (0.04, 0.0, 0.0),
    "judicial_process": (0.18, 0.10, 0.02),
    "lives_with_network": (0.08, 0.35, 0.005),
    "threatened_recently": (0.12, 0.55, 0.03),
    "imminent_danger": (0.025, 0.80, 0.004),
}

# §5.1.1: some women's phones are read by others; "adapt to contacting each woman".
CHANNEL: Final = by_word(
    ContactChannel,
    {"call": 0.40, "message_with_consent": 0.42, "in_person": 0.12, "through_third_party": 0.06},
)

# Shortest time between two risk assessments, and scale of a gamma distribution (shape 2) on top
# of it: every two to three months.
SAFETY_DAYS: Final = (45.0, 14.0)

# Share of answers not known at the first assessment, and later: "lack of information about women
# can be an obstacle for safety" (§5.1.1).
UNKNOWN: Final = (0.14, 0.015)

# Share of consents signed at the first assessment, and later (§5.1.1).
CONSENT: Final = (0.84, 0.96)


def draw_assessments(rng: np.random.Generator, women: Women, window: Window) -> pd.DataFrame:
    """Ask the six questions at entry and again every two to three months.

    Returns
    -------
    pandas.DataFrame
        The table ``safety``, in order of woman and day; positions of women and words.
    """
    held = reviews(rng, women, window, SAFETY_DAYS)
    truth = _truth(rng, held)
    first = (held["number"] == 0).to_numpy()
    unknown = happens(rng, np.tile(np.where(first, *UNKNOWN)[:, None], len(QUESTIONS)))
    yes, no, not_known = (place_of(word) for word in YesNoUnknown)
    yes_means_care = np.array(list(QUESTIONS)) != "can_share_space"
    answers = np.where(unknown, not_known, np.where(truth == yes_means_care, yes, no))
    channel = pick(rng, CHANNEL, len(women.site))
    rows = held.rename(columns={"on": "assessed_on"}).assign(
        **dict(zip(QUESTIONS, answers.T, strict=True)),
        setting=_setting(rng, truth, unknown),
        contact_channel=channel[held["woman"]],
        contact_consent=happens(rng, np.where(first, *CONSENT)),
    )
    return rows.sort_values(["woman", "assessed_on"], ignore_index=True)


# Share of women with a reason for care with whom a safety plan was made, of plans looked at again
# at the next assessment, and of reports that came before the first interview (§5.1.1).
PLANNED: Final = 0.6
LOOKED_AT: Final = 0.7
REPORTED: Final = 0.65

# What she says of groups herself (§5.1.2): yes, no, not asked.
WISHES: Final = (0.55, 0.2, 0.25)


def draw_plans(rng: np.random.Generator, held: pd.DataFrame) -> pd.DataFrame:
    """Say which assessments led to a safety plan with her, what she wishes, and who reported.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    held : pandas.DataFrame
        Result of :func:`draw_assessments`.

    Returns
    -------
    pandas.DataFrame
        The same, with the columns that say so.
    """
    count, day = len(held), held["assessed_on"].to_numpy()
    careful = held["setting"].to_numpy() != place_of(Setting.GROUP_WELCOME)
    stay = held.groupby("stay")
    first = (stay.cumcount() == 0).to_numpy()
    made = pd.Series(np.where(careful & happens(rng, PLANNED, count), day, np.nan))
    made = made.groupby(held["stay"].to_numpy()).transform(lambda days: days.ffill().cummin())
    again = (made < day).to_numpy() & happens(rng, LOOKED_AT, count)
    came = first & happens(rng, REPORTED, count)
    return held.assign(
        wishes_groups=pick(rng, WISHES, len(set(held["woman"])))[pd.factorize(held["woman"])[0]],
        referral_report_on=np.where(came, day - rng.integers(0, 6, count), NEVER),
        plan_made_on=made.fillna(NEVER).to_numpy().astype(np.int64),
        plan_reviewed_on=np.where(again, day, NEVER),
    )


def _truth(rng: np.random.Generator, held: pd.DataFrame) -> Flags:
    """Return what gives reason for care, question by question, at each assessment."""
    at_entry, fades, comes = np.array(list(QUESTIONS.values())).T
    stay, number = held["stay"].to_numpy(), held["number"].to_numpy()
    holds = rng.random((int(stay.max()) + 1, len(QUESTIONS))) < at_entry
    truth = np.empty((len(held), len(QUESTIONS)), dtype=np.bool_)
    for turn in range(int(number.max()) + 1):
        if turn > 0:
            drawn = rng.random(holds.shape)
            holds = np.where(holds, drawn >= fades, drawn < comes)
        truth[number == turn] = holds[stay[number == turn]]
    return truth


def _setting(rng: np.random.Generator, truth: Flags, unknown: Flags) -> Ints:
    """Conclude in which company she is safe: alone on the gravest answers (§5.1.2)."""
    cannot_share, witness, judicial, network, threatened, danger = (truth & ~unknown).T
    alone = cannot_share | danger | (witness & happens(rng, 0.6, len(truth)))
    alone |= network & happens(rng, 0.6, len(truth))
    careful = witness | judicial | network | threatened | unknown.any(axis=1)
    careful |= happens(rng, 0.2, len(truth))
    settings = [place_of(Setting.INDIVIDUAL_ONLY), place_of(Setting.GROUP_IF_SAFE)]
    return np.select([alone, careful], settings, place_of(Setting.GROUP_WELCOME)).astype(np.int64)


def seen_alone(assessments: pd.DataFrame, women: Ints, days: Ints) -> Flags:
    """Tell for whom the latest assessment up to a day said: sessions alone only."""
    # One number for woman and day, so that one sorted search finds the latest of hers.
    woman, setting = assessments["woman"].to_numpy(), assessments["setting"].to_numpy()
    moment = woman * 100_000 + assessments["assessed_on"].to_numpy()
    latest = np.searchsorted(moment, women * 100_000 + days, side="right") - 1
    hers = (latest >= 0) & (woman[latest] == women)
    alone: Flags = hers & (setting[latest] == place_of(Setting.INDIVIDUAL_ONLY))
    return alone
