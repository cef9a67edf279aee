"""Risk assessments: who is in danger, and which assessment is to be looked at (§5.1.1)."""

import pandas as pd

from copehope_lib.language import ngettext
from copehope_lib.metrics.preconditions import require
from copehope_lib.tables import Tables

LIMIT = pd.Timedelta(days=90)
"""An assessment of so many days is too old (§5.1.1 asks for a new one; the number is ours)."""

DANGERS = ["lives_with_network", "threatened_recently", "imminent_danger"]
"""The questions whose *yes* or *unknown* cannot wait for the next assessment."""


def recent(assessed: pd.DataFrame, last: pd.Timestamp) -> pd.Series:
    """Return which assessments are younger than the limit on a day (bool)."""
    return assessed["assessed_on"] > last - LIMIT


def to_look_at(assessed: pd.DataFrame, last: pd.Timestamp) -> pd.Series:
    """Return which assessments are to be looked at (bool), not saying why.

    An assessment is, if on a day it is as old as the limit, or has *yes* or *unknown* to one
    of :data:`DANGERS`.

    Examples
    --------
    >>> answers = pd.DataFrame({"woman": ["W-1", "W-2", "W-3"],
    ...     "assessed_on": pd.to_datetime(["2026-10-01", "2026-10-01", "2026-08-02"]),
    ...     **{name: ["no", "unknown", "no"] for name in DANGERS}})
    >>> to_look_at(answers, pd.Timestamp("2026-10-31")).tolist()
    [False, True, True]
    """
    return ~recent(assessed, last) | doubtful(assessed)


def doubtful(assessed: pd.DataFrame) -> pd.Series:
    """Return which assessments have *yes* or *unknown* to one of :data:`DANGERS` (bool)."""
    require("safety", assessed, *DANGERS)
    return (assessed[DANGERS] != "no").any(axis=1)


def in_danger(tables: Tables, today: pd.Timestamp) -> list[str]:
    """Return the codes of the women whose last assessment says that there is imminent danger.

    The tables need not be sound, and danger is never overlooked: an assessment without a day
    counts as the last. A woman counts unless each of her stays is over.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> in_danger(two_women(), pd.Timestamp("2026-10-31"))
    []
    """
    last = tables.safety.groupby("woman", observed=True)["assessed_on"].transform("max")
    current = ~(tables.safety["assessed_on"] < last)
    danger = tables.safety[current & (tables.safety["imminent_danger"] == "yes")]
    over = tables.women["left_on"] <= today
    left = set(tables.women.loc[over, "woman"]) - set(tables.women.loc[~over, "woman"])
    return sorted(set(danger["woman"].dropna()) - left)


def danger(tables: Tables, today: pd.Timestamp) -> str:
    """Say who is in danger, by code, for the coordinator alone; nothing where nobody is.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> danger(two_women(), pd.Timestamp("2026-10-31"))
    ''
    """
    women = in_danger(tables, today)
    sentence = ngettext(
        "The last risk assessment of {women} says that she is in imminent danger: see to it "
        "today who acts.",
        "The last risk assessments of {women} say that they are in imminent danger: see to "
        "it today who acts.",
        len(women),
    )
    return sentence.format(women=", ".join(women)) if women else ""
