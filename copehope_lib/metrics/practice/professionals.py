"""Checks of the team: profiles, functions, supervision (§5.4)."""

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.practice.check import Checked, checked
from copehope_lib.metrics.practice.facts import Facts
from copehope_lib.metrics.preconditions import require


def three_profiles(facts: Facts) -> Checked:
    """Of the women accompanied, those around whom three profiles or more stand."""
    return checked(facts.around, facts.around["profiles"] >= 3)


def functions_shared(facts: Facts) -> Checked:
    """Of the women around whom somebody stands, those who do not rest on one person."""
    around = facts.around[facts.around["professionals"] > 0]
    return checked(around, ~around["carried_alone"])


def supervision_held(facts: Facts) -> Checked:
    """Of the six months that end with the period, those in which a meeting decided something.

    Months before anybody was accompanied are not looked at.
    """
    require("actions", facts.tables.actions, "decided_on")
    last = facts.last.to_period("M")
    six = pd.period_range(end=last, periods=6, freq="M")
    begun = facts.tables.women["entered_on"].min()
    six = six[six >= begun.to_period("M")] if pd.notna(begun) else six[:0]
    held = facts.tables.actions["decided_on"].dt.to_period("M")
    return checked(pd.DataFrame({"code": six.astype("str")}), pd.Series(six.isin(held)))


def actions_done(facts: Facts) -> Checked:
    """Of the actions decided in the period before, those done by the end of this one."""
    require("actions", facts.tables.actions, "decided_on")
    first, after = months.bounds(facts.month - 1)
    decided = facts.tables.actions["decided_on"]
    actions = facts.tables.actions[(decided >= first) & (decided < after)]
    return checked(actions.rename(columns={"action": "code"}), actions["done_on"] < facts.after)
