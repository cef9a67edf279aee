"""Needs: how far basic needs are covered, and where training runs ahead of them (§5.2)."""

import numpy as np
import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.grid import grid, together
from copehope_lib.metrics.latest import entries, latest
from copehope_lib.metrics.metric import Metric, Snapshot
from copehope_lib.metrics.preconditions import among, require
from copehope_lib.metrics.stays import accompanied
from copehope_lib.metrics.sums import Counts, equals, nothing
from copehope_lib.metrics.visits import during, expected
from copehope_lib.vocabulary import Coverage, Need, Together

LONG = 12
"""Sessions from which a training is long: a setting of ours, the report gives no number."""

TRAININGS = [
    "digital_literacy",
    "work_guidance",
    "language",
    "sewing",
    "on_the_job",
    "other_training",
]
"""Modules that are courses of training."""

_WORST_TO_BEST = ["not_covered", "partly", "covered"]


def women(women: pd.DataFrame, needs: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Each need of each woman accompanied on the last day of a period, as last reviewed.

    Parameters
    ----------
    women, needs : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month, or months; later reviews are not looked at.

    Returns
    -------
    pandas.DataFrame
        One row for each need that was reviewed, by code and in the order of the vocabulary:
        ``woman`` (str), ``need``, ``coverage`` (category), ``reviewed_on`` (day).

    Notes
    -----
    Report §5.2: housing, food, transport, children, papers, and emotional support too.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> women(registry.women, registry.needs, pd.Period("2026-10", "M"))
       woman       need     coverage reviewed_on
    0  W-001    housing      covered  2026-10-12
    1  W-001  childcare  not_covered  2026-10-12
    """
    after = months.bounds(month)[1]
    return reviewed(accompanied(women, after - pd.Timedelta(days=1)), women, needs, after)


def reviewed(
    here: pd.DataFrame, women: pd.DataFrame, needs: pd.DataFrame, before: pd.Timestamp
) -> pd.DataFrame:
    """Return each need of some women as it was last reviewed before a day.

    Parameters
    ----------
    here : pandas.DataFrame
        The women, by ``woman``.
    women, needs : pandas.DataFrame
        Checked tables of the registry.
    before : pandas.Timestamp
        First day whose reviews are not looked at.

    Returns
    -------
    pandas.DataFrame
        As :func:`women` describes it.
    """
    require("needs", needs, "reviewed_on", "need", "coverage")
    kept, woman = entries("needs", needs, "reviewed_on", women, here, before)
    need = pd.Categorical(needs["need"].take(kept), categories=Need.codes()).codes
    thing = woman * np.int32(len(Need)) + need
    found = needs.take(kept[latest(thing, needs["reviewed_on"].take(kept))])
    found = found.astype({"need": pd.CategoricalDtype(Need.codes())})
    columns = ["woman", "need", "coverage", "reviewed_on"]
    return found.sort_values(["woman", "need"], ignore_index=True)[columns]


def coverage(here: pd.DataFrame, each: pd.DataFrame) -> pd.DataFrame:
    """Women by need and by how far it is covered; a need nobody asked about is not known.

    Parameters
    ----------
    here : pandas.DataFrame
        Women accompanied on the last day, as
        :func:`copehope_lib.metrics.stays.accompanied` returns them.
    each : pandas.DataFrame
        Result of :func:`women`.

    Returns
    -------
    pandas.DataFrame
        All 36 pairs in the order of the vocabularies: ``need``, ``coverage`` (str), ``women``
        (Int64); the four of a need sum to the women accompanied.

    Examples
    --------
    >>> each = pd.DataFrame({"woman": ["W-1"], "need": ["food"], "coverage": ["partly"]})
    >>> table = coverage(pd.DataFrame({"woman": ["W-1", "W-2"]}), each)
    >>> table[table["need"] == "food"]["women"].tolist()
    [0, 1, 0, 1]
    """
    table = grid(each, {"need": Need.codes(), "coverage": Coverage.codes()}, "women")
    known = table.groupby("need")["women"].transform("sum")
    not_asked = (len(here) - known).where(table["coverage"] == "unknown", 0)
    return table.assign(women=table["women"] + not_asked)


def changes(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Women for whom a need is better or worse covered than at the end of the period before.

    Parameters
    ----------
    before, now : pandas.DataFrame
        The needs of the same women as last reviewed by the end of two periods: results of
        :func:`reviewed`. What is not known at one of the two ends is no change.

    Returns
    -------
    pandas.DataFrame
        All 18 pairs in the order of the vocabulary: ``need``, ``change`` (str: ``improved``,
        ``worsened``), ``women`` (Int64).

    Examples
    --------
    >>> before = pd.DataFrame({"woman": ["W-1"], "need": ["food"], "coverage": ["covered"]})
    >>> now = before.assign(coverage="partly")
    >>> table = changes(before, now)
    >>> table[table["women"] > 0]
       need    change  women
    3  food  worsened      1
    """
    both = now.merge(before, on=["woman", "need"], suffixes=("", "_before"))
    # What is not known has no place among these: −1.
    was, is_ = (
        pd.Categorical(both[name].astype("object"), categories=_WORST_TO_BEST).codes
        for name in ("coverage_before", "coverage")
    )
    better, worse = (was >= 0) & (is_ > was), (is_ >= 0) & (is_ < was)
    both = both.assign(change=np.select([better, worse], ["improved", "worsened"], "same"))
    return grid(both, {"need": Need.codes(), "change": ["improved", "worsened"]}, "women")


def in_long_training(
    visits: pd.DataFrame, women: pd.DataFrame, activities: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Women accompanied on the last day whom a long training expected in the period.

    Long is a training of 12 sessions or more that cannot be entered and left by parts; where one
    of the two was not written down, it may be long.

    Returns
    -------
    pandas.DataFrame
        One row for each woman and activity, by code: ``woman``, ``activity`` (str), ``known``
        (bool, whether it is known to be long).
    """
    require("activities", activities, "module", "modular", "sessions_planned")
    long = (
        ~activities["modular"].astype("boolean")
        & (activities["sessions_planned"] >= LONG)
        & activities["module"].isin(TRAININGS)
    )
    rows = expected(during(visits, *months.bounds(month)))
    rows = rows[long.fillna(value=True).to_numpy(dtype=bool)[rows["activity"]]]
    both = pd.DataFrame(
        {
            "woman": women["woman"].take(rows["woman"].to_numpy()).array,
            "activity": activities["activity"].take(rows["activity"].to_numpy()).array,
            "known": long.notna().to_numpy()[rows["activity"]],
        }
    ).drop_duplicates()
    here = accompanied(women, months.bounds(month)[1] - pd.Timedelta(days=1))
    both = both[among(both["woman"], here["woman"])]
    return both.sort_values(["woman", "activity"], ignore_index=True)


def training(expected: pd.DataFrame, each: pd.DataFrame) -> pd.DataFrame:
    """Women in a long training while a basic need of theirs is not covered.

    Parameters
    ----------
    expected : pandas.DataFrame
        Result of :func:`in_long_training`.
    each : pandas.DataFrame
        Result of :func:`women`.

    Returns
    -------
    pandas.DataFrame
        One row for each woman and activity, by code: ``woman``, ``activity`` (str), ``needs``
        (Int64, how many of hers are not covered).

    Notes
    -----
    Report §5.2: no long training "unless they or any other service can provide for the
    coverage of basic needs".

    Examples
    --------
    >>> expected = pd.DataFrame(
    ...     {"woman": ["W-1", "W-2"], "activity": ["A-1", "A-1"], "known": [True, True]})
    >>> each = pd.DataFrame({"woman": ["W-1"], "need": ["food"], "coverage": ["not_covered"]})
    >>> training(expected, each)
      woman activity  needs
    0   W-1      A-1      1
    """
    uncovered = each.loc[each["coverage"] == "not_covered", "woman"].value_counts()
    needs = expected["woman"].map(uncovered)
    kept = expected.assign(needs=needs.astype("Int64"))[needs.notna() & expected["known"]]
    return kept.drop(columns="known").reset_index(drop=True)


def trained(s: Snapshot) -> pd.DataFrame:
    """Return the women whom a long training expected, or one that may be long."""
    return s.once(in_long_training, s.visits, s.tables.women, s.tables.activities, s.month)


DECLARED = (
    Metric("needs.women", lambda s: women(s.tables.women, s.tables.needs, s.month), row="woman"),
    Metric(
        "needs.coverage",
        lambda s: coverage(s.here, s["needs.women"]),
        release_to="partner",
        at_end=True,
        counts=("women",),
        adds_up=[equals(WOMEN, Counts("needs.coverage", "women", "need"))],
        recode=together(dict.fromkeys(["partly", "unknown"], Together.PARTLY_OR_UNKNOWN.value)),
        rules=2,
    ),
    Metric(
        "needs.changes",
        lambda s: changes(s.start("needs.changes"), s["needs.women"]),
        release_to="team",
        # A woman may have been asked before she was accompanied again.
        starts_from=lambda before: reviewed(
            before.tables.women[["woman"]].drop_duplicates(),
            before.tables.women,
            before.tables.needs,
            months.bounds(before.month)[1],
        )[["woman", "need", "coverage"]],
        counts=("women",),
        adds_up=nothing("a woman counts with each need that changed, and what stayed is not told"),
        recode=together(dict.fromkeys(Need.codes(), "all")),
    ),
    Metric("needs.training", lambda s: training(trained(s), s["needs.women"]), row="woman"),
)
