"""What case views say of each woman: bands and flags, never a safety answer or a birth year."""

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.assessments import doubtful, to_look_at
from copehope_lib.metrics.category import of_stays
from copehope_lib.metrics.latest import latest_of_each
from copehope_lib.metrics.preconditions import require
from copehope_lib.metrics.stays import FOREVER, accompanied
from copehope_lib.privacy.anonymity import (
    Anonymity,
    Hierarchy,
    band,
    bands,
    generalise,
    measure,
    rare,
    to_any,
    words,
)
from copehope_lib.tables import Tables

BAND = 5
"""Years of age in one band."""

FEW = 3
"""A region of fewer women is not named."""

WITH_CARE = ("in_person", "through_third_party")
"""Ways of being reached that are no plain call or message."""

PERMITS = {
    "asylum_applicant": "asylum_or_protection",
    "protection": "asylum_or_protection",
    "residence_and_work": "residence",
    "residence_no_work": "residence",
    "none": "none",
    "unknown": "unknown",
}
"""Residence status, coarser: whether she asked for protection or stays on another ground."""

HOMES = {
    "reception_centre": "in_a_centre",
    "protected_shelter": "in_a_centre",
    "shared_flat": "in_a_home",
    "own_home": "in_a_home",
    "insecure": "insecure",
    "unknown": "unknown",
}
"""Housing, coarser: whether it is a centre or a home."""

SENSITIVE = ("alone", "with_care", "to_look_at")
"""What nobody should learn of a woman whom they recognise."""


def hierarchies(k: int) -> dict[str, Hierarchy]:
    """Return what others may know of a woman, and how each column is made coarser.

    Parameters
    ----------
    k : int
        Rows that should look alike: a region of fewer women becomes "other" on the way.

    Examples
    --------
    >>> [len(steps) for steps in hierarchies(3).values()]
    [3, 2, 2, 2, 1]
    """
    return {
        "age": [bands(10), bands(20), to_any],
        "region_of_origin": [rare(k), to_any],
        "residence_status": [words(PERMITS), to_any],
        "housing": [words(HOMES), to_any],
        "children": [to_any],
    }


def protected_cases(
    tables: Tables, month: pd.Period, names: pd.Series, k: int
) -> tuple[pd.DataFrame, Anonymity]:
    """Return the rows about women, coarse enough for an audience, and how well they hide.

    Parameters
    ----------
    tables : Tables
        Checked registry.
    month : pandas.Period
        Month.
    names : pandas.Series
        Pseudonyms by code.
    k : int
        Rows that must look alike; with 1 nothing is made coarser.

    Returns
    -------
    pandas.DataFrame, Anonymity
        As :func:`cases` describes it, and its measures.

    Raises
    ------
    CopehopeError
        If fewer women than k are accompanied.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> names = pd.Series(["W-VWX6P", "W-WMRNP"], ["W-001", "W-002"])
    >>> rows, found = protected_cases(two_women(), pd.Period("2026-10", "M"), names, 2)
    >>> rows["housing"].tolist(), found.k
    (['any', 'any'], 2)
    """
    ladders = hierarchies(k)
    rows, _taken = generalise(cases(tables, month, names), ladders, k)
    return rows, measure(rows, list(ladders), SENSITIVE)


def cases(tables: Tables, month: pd.Period, names: pd.Series) -> pd.DataFrame:
    """Return one row for each woman who is accompanied on the last day of a month.

    Parameters
    ----------
    tables : Tables
        Checked registry.
    month : pandas.Period
        Month.
    names : pandas.Series
        Pseudonyms by code.

    Returns
    -------
    pandas.DataFrame
        In order of ``woman`` (str, pseudonym): ``entered_on`` (day on which this stay began);
        ``age`` (str, five years, by the year of birth alone); ``region_of_origin`` (str; one
        of fewer than three of these women is "other"); ``residence_status``, ``housing`` and
        ``children`` ("yes" or "no"; all str); ``alone`` and ``with_care`` (boolean: sessions
        alone, contact with care; missing where her risk was never assessed); ``to_look_at``
        (boolean: her assessment is to be looked at). Of the others, what the registry does not
        say is missing.

    Notes
    -----
    Report §5.1. Each flag stands for several answers of the latest assessment, so that it tells
    none. Sessions alone: the setting is sessions alone only, or she cannot share a space
    with other women, as in :func:`copehope_lib.metrics.practice.check.half_hour`. Contact with
    care: her consent is not signed, or she is to be reached in person or through someone she
    trusts. To be looked at: there is none, or it is as
    :func:`copehope_lib.metrics.assessments.to_look_at` says, or one made since the month has
    such an answer; it does not say which.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> names = pd.Series(["W-VWX6P", "W-WMRNP"], ["W-001", "W-002"])
    >>> found = cases(two_women(), pd.Period("2026-10", "M"), names)
    >>> found[["woman", "age", "housing", "children", "alone"]]
         woman    age           housing children  alone
    0  W-VWX6P  25-29       shared_flat      yes  False
    1  W-WMRNP  25-29  reception_centre      NaN   <NA>
    """
    after = months.bounds(month)[1]
    last = after - pd.Timedelta(days=1)
    here = accompanied(tables.women, last)
    rows = pd.DataFrame(
        {
            "woman": here["woman"].map(names).astype("str"),
            "entered_on": here["entered_on"],
            "age": _age(here["birth_year"], last.year),
            "region_of_origin": rare(FEW)(of_stays(here, "region_of_origin")),
            **{name: of_stays(here, name) for name in ("residence_status", "housing", "children")},
        }
    )
    flags = _flags(tables, here, after).reindex(here["woman"])
    for name in SENSITIVE:
        rows[name] = flags[name].array
    rows["to_look_at"] = rows["to_look_at"].fillna(value=True)
    return rows.sort_values("woman", ignore_index=True)


def _age(born: pd.Series, year: int) -> pd.Series:
    years = year - born
    return band((years // BAND * BAND).where(years >= 0), BAND)


def _flags(tables: Tables, here: pd.DataFrame, after: pd.Timestamp) -> pd.DataFrame:
    """Return the flags of the women who were assessed, by code."""
    answers = ("can_share_space", "setting", "contact_channel", "contact_consent")
    require("safety", tables.safety, "assessed_on", *answers)
    last, newest = (
        latest_of_each("safety", tables.safety, "assessed_on", tables.women, here, before)
        for before in (after, FOREVER)
    )
    last = last.set_index("woman")
    alone = (last["setting"] == "individual_only") | (last["can_share_space"] == "no")
    unsigned = ~last["contact_consent"].astype("bool")
    with_care = unsigned | last["contact_channel"].isin(WITH_CARE)
    look = to_look_at(last, after - pd.Timedelta(days=1))
    # Danger that was noted since is not kept back until the next month is published.
    look |= look.index.isin(newest.loc[doubtful(newest), "woman"])
    flags = {"alone": alone, "with_care": with_care, "to_look_at": look}
    return pd.DataFrame(flags).astype("boolean")
