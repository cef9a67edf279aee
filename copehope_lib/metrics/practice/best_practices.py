"""Checks of general good practice (§5.5)."""

import pandas as pd

from copehope_lib.metrics.engagement.sessions import IN_GROUPS
from copehope_lib.metrics.practice.check import Checked, checked
from copehope_lib.metrics.practice.facts import IN_PERSON, Facts
from copehope_lib.metrics.preconditions import among

SMALLEST, LARGEST = 5, 10
LONGEST = pd.Timedelta(minutes=90)


def transport(facts: Facts) -> Checked:
    """Of the activities held in person, those for which transport is paid."""
    met = facts.expected.loc[facts.expected["format"].isin(IN_PERSON), "activity"]
    activities = facts.tables.activities[among(facts.tables.activities["activity"], met)]
    return checked(activities.rename(columns={"activity": "code"}), activities["transport_support"])


def group_size(facts: Facts) -> Checked:
    """Of the group sessions to which somebody came, those to which 5 to 10 women came."""
    groups = facts.expected["format"].isin(IN_GROUPS) & facts.expected["came"]
    sizes = facts.expected[groups].groupby("session").size()
    things = pd.DataFrame({"code": sizes.index})
    return checked(things, sizes.between(SMALLEST, LARGEST))


def session_length(facts: Facts) -> Checked:
    """Of the sessions held, those of 90 minutes at most."""
    held = facts.expected.drop_duplicates("session").rename(columns={"session": "code"})
    return checked(held[["code"]], held["ends"] - held["starts"] <= LONGEST)
