"""Practice: the recommendations of the report as living checks (§5.1 to §5.6).

What each one asks and what it does not say stands in :mod:`copehope_lib.recommendations`; here
stands how it is counted.
"""

from collections.abc import Mapping

import pandas as pd

from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.itineraries import OPEN
from copehope_lib.metrics.metric import Metric, Snapshot
from copehope_lib.metrics.practice import check as _check
from copehope_lib.metrics.practice.check import CODES, HERS, Checked, Find
from copehope_lib.metrics.practice.facts import Facts
from copehope_lib.metrics.sums import Counts, Sum, at_most, equals, told, within
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import Together

__all__ = ["CHECKS", "Checked", "Facts", "checks", "findings", "left_out", "look"]

CHECKS: dict[str, Find] = {name: getattr(_check, name) for name in RECOMMENDATIONS}
"""The checks by id, in the order in which they are shown: the functions of these names."""


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
        check.findings.reindex(columns=CODES).astype("str").sort_values(CODES).assign(check=name)
        for name, check in found.items()
    ]
    return pd.concat(rows, ignore_index=True)[["check", *CODES]].astype({"check": "str"})


def left_out(found: Mapping[str, Checked]) -> pd.DataFrame:
    """How much each check leaves out, because what it needs is not written down.

    What is not known is neither counted as kept nor as not kept.

    Parameters
    ----------
    found : mapping of str to Checked
        Result of :func:`look`.

    Returns
    -------
    pandas.DataFrame
        One row for each check that leaves something out: ``check`` (str), ``left_out`` (Int64,
        of sessions, activities, or women in a training that may be long).

    Notes
    -----
    Report §5.6: what a design leaves open is not to be filled with a guess.

    Examples
    --------
    >>> nothing = pd.DataFrame({"woman": []})
    >>> left_out({"session_length": Checked(3, 4, nothing, 2), "childcare": Checked(1, 1, nothing)})
                check  left_out
    0  session_length         2
    """
    rows = [(name, check.left_out) for name, check in found.items() if check.left_out]
    return pd.DataFrame(rows, columns=["check", "left_out"]).astype(
        {"check": "str", "left_out": "Int64"}
    )


def _looked(s: Snapshot) -> dict[str, Checked]:
    return s.once(look, s.once(Facts, s))


SENSITIVE = frozenset(name for name, asked in RECOMMENDATIONS.items() if asked.about_safety)
"""Checks that would tell of the answers of a risk assessment."""

OF_NO_WOMAN = frozenset(
    name for name, asked in RECOMMENDATIONS.items() if asked.unit not in ("woman", "goal", "place")
)
"""Checks that count sessions, posts, months …: however small, they tell of no woman."""


def _of(column: str, *names: str, by: str = "") -> Counts:
    return Counts("practice.checks", column, by, {"check": names})


def _profiles(of: str) -> Counts:
    return Counts("caseload.profiles", "women", where={"profiles": [of]})


_ALONE = Counts("caseload.spread", "carried_alone")
_ALL_WOMEN = ("risk_assessed", "needs_reviewed", "three_profiles")
_SOME_WOMEN = (
    "six_answers", "needs_before_training", "therapy_chosen", "report_came_first",
    "mediated",
)  # fmt: skip
_HERS = {"chosen_by": HERS, "state": OPEN}

_ADDS_UP: list[Sum] = [
    equals(_of("denominator", "goals_hers"), Counts("itineraries.quiet", "goals")),
    equals(_of("numerator", "goals_hers"), Counts("itineraries.chosen", "goals", where=_HERS)),
    *(equals(WOMEN, _of("denominator", name)) for name in _ALL_WOMEN),
    equals(WOMEN, _of("denominator", "functions_shared"), _profiles("0")),
    equals(_of("denominator", "functions_shared"), _of("numerator", "functions_shared"), _ALONE),
    equals(_of("numerator", "three_profiles"), _profiles("3+")),
    at_most(_of("denominator", *_SOME_WOMEN, by="check"), WOMEN),
    at_most(_of("numerator", "risk_assessed"), _of("denominator", "six_answers")),
    at_most(
        _of("numerator", *(set(CHECKS) - OF_NO_WOMAN), by="check"),
        _of("denominator", *(set(CHECKS) - OF_NO_WOMAN), by="check"),
    ),
    told(_of("denominator", "places_taken")),
    within(
        [_of("denominator", "needs_before_training")],
        _of("numerator", "needs_before_training"),
        Counts("needs.coverage", "women", where={"coverage": ["not_covered"]}),
    ),
    within(
        [_of("numerator", "therapy_chosen")],
        Counts("itineraries.states", "goals", where={"area": ["emotional", Together.WELL_BEING]}),
    ),
]

_ALL_SESSIONS = within(
    [
        _of("denominator", "group_size"),
        *(
            Counts("engagement.attendance", of, where={"one_to_one": ["True"]})
            for of in ("came", "away")
        ),
    ],
    _of("denominator", "session_length"),
    Counts("practice.left_out", "left_out", where={"check": ["session_length"]}),
)

DECLARED = (
    Metric(
        "practice.checks",
        lambda s: checks(_looked(s)),
        release_to="partner",
        counts=("numerator", "denominator"),
        adds_up=_ADDS_UP,
        sensitive=SENSITIVE,
        of_no_woman=OF_NO_WOMAN,
        by_category=False,
    ),
    Metric(
        "practice.left_out",
        lambda s: left_out(_looked(s)),
        release_to="partner",
        counts=("left_out",),
        adds_up=[_ALL_SESSIONS],
        # Women in a training are women, and what is told of sessions alone tells of safety.
        sensitive=SENSITIVE | {"needs_before_training"},
        of_no_woman=OF_NO_WOMAN,
        by_category=False,
    ),
    Metric("practice.findings", lambda s: findings(_looked(s)), row="woman", by_category=False),
)
