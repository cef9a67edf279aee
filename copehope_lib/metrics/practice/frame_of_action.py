"""Checks of the frame of action (§5.3)."""

from copehope_lib.metrics.itineraries import OPEN
from copehope_lib.metrics.practice.check import Checked, checked
from copehope_lib.metrics.practice.facts import Facts

HERS = ["her", "together"]


def goals_hers(facts: Facts) -> Checked:
    """Of the open goals, those chosen by her or together with her."""
    open_ = facts.goals[facts.goals["state"].isin(OPEN)].rename(columns={"goal": "code"})
    return checked(open_, open_["chosen_by"].isin(HERS))
