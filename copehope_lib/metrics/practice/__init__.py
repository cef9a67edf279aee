"""Practice: the recommendations of the report as living checks (§5.1 to §5.6).

What each one asks and what it does not say stands in :mod:`copehope_lib.recommendations`; here
stands how it is counted.
"""

from collections.abc import Mapping

import pandas as pd

from copehope_lib.metrics.practice import (
    basic_needs,
    best_practices,
    frame_of_action,
    pitfalls,
    professionals,
    safety_confidentiality,
)
from copehope_lib.metrics.practice.check import CODES, Checked, Find
from copehope_lib.metrics.practice.facts import Facts, facts

__all__ = ["CHECKS", "Checked", "Facts", "checks", "facts", "findings", "look"]

CHECKS: dict[str, Find] = {
    check.__name__: check
    for check in (
        safety_confidentiality.risk_assessed,
        safety_confidentiality.six_answers,
        safety_confidentiality.alone_means_alone,
        safety_confidentiality.half_hour,
        safety_confidentiality.contact_agreed,
        basic_needs.needs_reviewed,
        basic_needs.needs_before_training,
        pitfalls.childcare,
        best_practices.transport,
        best_practices.group_size,
        best_practices.session_length,
        pitfalls.externals_trained,
        professionals.three_profiles,
        professionals.functions_shared,
        pitfalls.places_taken,
        frame_of_action.goals_hers,
        pitfalls.therapy_chosen,
        professionals.supervision_held,
        professionals.actions_done,
    )
}
"""The checks by id, in the order in which they are shown."""


def look(gathered: Facts) -> dict[str, Checked]:
    """Return what each check finds, by id."""
    return {name: check(gathered) for name, check in CHECKS.items()}


def checks(found: Mapping[str, Checked]) -> pd.DataFrame:
    """Of how many things that were looked at each recommendation holds.

    A denominator of 0 means that there was nothing to check, and never that all is well.

    Parameters
    ----------
    found : mapping of str to Checked
        Result of :func:`look`.

    Returns
    -------
    pandas.DataFrame
        One row for each check, in the order of the register: ``check`` (str), ``numerator``,
        ``denominator`` (Int64, of what the check looks at: women, sessions, goals …).

    Notes
    -----
    Report §5.1 to §5.6; each check names its section.

    Examples
    --------
    >>> nothing = pd.DataFrame({"woman": []})
    >>> checks({"risk_assessed": Checked(31, 38, nothing)})
               check  numerator  denominator
    0  risk_assessed         31           38
    """
    rows = [(name, check.numerator, check.denominator) for name, check in found.items()]
    table = pd.DataFrame(rows, columns=["check", "numerator", "denominator"])
    return table.astype({"check": "str", "numerator": "Int64", "denominator": "Int64"})


def findings(found: Mapping[str, Checked]) -> pd.DataFrame:
    """Where a recommendation is not kept to: what the meeting may want to look at.

    Parameters
    ----------
    found : mapping of str to Checked
        Result of :func:`look`.

    Returns
    -------
    pandas.DataFrame
        One row for each thing, in the order of the register, then by code: ``check``,
        ``woman`` (whom it is about), ``code`` (of the session, activity, professional, goal
        or action, or a month), ``other`` (the second session of a pair); str, missing where
        it does not apply.

    Examples
    --------
    >>> pair = pd.DataFrame({"woman": ["W-1"], "code": ["S-1"], "other": ["S-2"]})
    >>> findings({"half_hour": Checked(4, 5, pair)})
           check woman code other
    0  half_hour   W-1  S-1   S-2
    """
    rows = [
        check.findings.reindex(columns=CODES).assign(check=name).astype("str")
        for name, check in found.items()
    ]
    table = pd.concat(rows, ignore_index=True)[["check", *CODES]]
    order = table["check"].map({name: place for place, name in enumerate(found)})
    return (
        table.assign(order=order)
        .sort_values(["order", *CODES], ignore_index=True)
        .drop(columns="order")
    )
