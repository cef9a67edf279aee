"""Checks of safety and confidentiality (§5.1)."""

import pandas as pd

from copehope_lib.metrics.engagement.sessions import IN_GROUPS
from copehope_lib.metrics.practice.check import Checked, checked
from copehope_lib.metrics.practice.facts import ANSWERS, IN_PERSON, Facts
from copehope_lib.metrics.preconditions import among

BETWEEN = pd.Timedelta(minutes=30)
"""The gap that §5.1.2 asks for between sessions of women who should not meet."""


def risk_assessed(facts: Facts) -> Checked:
    """Of the women accompanied, those with an assessment younger than 90 days."""
    recent = facts.assessed["assessed_on"] > facts.last - pd.Timedelta(days=90)
    return checked(facts.here, among(facts.here["woman"], facts.assessed.loc[recent, "woman"]))


def six_answers(facts: Facts) -> Checked:
    """Of the women assessed, those of whom none of the six answers is "not known"."""
    return checked(facts.assessed, (facts.assessed[ANSWERS] != "unknown").all(axis=1))


def alone_means_alone(facts: Facts) -> Checked:
    """Of the women who should be seen alone, those whom no group has expected since."""
    alone = facts.assessed[facts.assessed["setting"] == "individual_only"]
    groups = facts.expected[facts.expected["format"].isin(IN_GROUPS)]
    last_group = groups.groupby("woman", as_index=False)["day"].max()
    both = alone.merge(last_group, on="woman", how="left")
    return checked(both, ~(both["day"] >= both["assessed_on"]))


def half_hour(facts: Facts) -> Checked:
    """Of the sessions of women who should meet nobody, those with half an hour to either side.

    Looked at are individual sessions in person. A session is too near if, in the same place on
    the same day, another one that expects another woman begins less than half an hour after
    its end or ends less than half an hour before it begins. A finding names both.
    """
    apart = facts.assessed.loc[
        (facts.assessed["setting"] == "individual_only")
        | (facts.assessed["can_share_space"] == "no"),
        "woman",
    ]
    in_person = facts.expected[facts.expected["format"].isin(IN_PERSON)]
    hers = in_person[among(in_person["woman"], apart) & (in_person["format"] == "individual")]
    pairs = hers.merge(in_person, on=["place", "day"], suffixes=("", "_other"))
    near = (
        (pairs["session"] != pairs["session_other"])
        & (pairs["woman"] != pairs["woman_other"])
        & (pairs["starts_other"] < pairs["ends"] + BETWEEN)
        & (pairs["ends_other"] > pairs["starts"] - BETWEEN)
    )
    columns = {"woman": "woman", "session": "code", "session_other": "other"}
    found = pairs.loc[near, list(columns)].rename(columns=columns).drop_duplicates()
    broken = len(found[["woman", "code"]].drop_duplicates())
    return Checked(len(hers) - broken, len(hers), found)


def contact_agreed(facts: Facts) -> Checked:
    """Of the women accompanied, those whose way of being reached is agreed and signed."""
    agreed = facts.assessed["contact_consent"].astype("bool")
    return checked(facts.here, among(facts.here["woman"], facts.assessed.loc[agreed, "woman"]))
