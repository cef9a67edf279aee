"""Checks of women's basic needs (§5.2)."""

import pandas as pd

from copehope_lib.metrics.practice.check import Checked, checked
from copehope_lib.metrics.practice.facts import Facts
from copehope_lib.metrics.preconditions import among


def needs_reviewed(facts: Facts) -> Checked:
    """Of the women accompanied, those of whom a need was reviewed in the last 60 days."""
    recent = facts.needs["reviewed_on"] > facts.last - pd.Timedelta(days=60)
    return checked(facts.here, among(facts.here["woman"], facts.needs.loc[recent, "woman"]))


def needs_before_training(facts: Facts) -> Checked:
    """Of the women in a long training, those none of whose needs is known to be uncovered."""
    women = facts.training[["woman"]].drop_duplicates()
    uncovered = facts.needs.loc[facts.needs["coverage"] == "not_covered", "woman"]
    return checked(women, ~among(women["woman"], uncovered))
