"""Caseload: women, points and load of each professional, and how they are shared (§5.4)."""

import numpy as np
import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.grid import grid
from copehope_lib.metrics.metric import Metric, Snapshot
from copehope_lib.metrics.preconditions import require
from copehope_lib.metrics.stays import accompanied, held, holding
from copehope_lib.metrics.sums import Counts, at_most, equals, nothing, within
from copehope_lib.settings import Weights
from copehope_lib.vocabulary import Function

MINUTES = {"to_15": 10, "to_45": 30, "to_120": 80, "longer": 150}
"""What a contact of each band counts: about its middle, as nobody wrote down more."""


def load(
    assignments: pd.DataFrame,
    women: pd.DataFrame,
    professionals: pd.DataFrame,
    month: pd.Period,
    *,
    weights: Weights,
    capacity: float,
) -> pd.DataFrame:
    """Women, points and load of each professional.

    ``points = Σ weight of a woman × share of the function held``; a function that two
    professionals hold for one woman is shared by halves. ``load = points ÷ (fte × capacity)``:
    1 is the reference capacity of the post, a setting and not a norm.

    Parameters
    ----------
    assignments, women, professionals : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month, or months; counts and points are those of the last day.
    weights : Weights
        What a woman weighs, by her circumstances.
    capacity : float
        Points that a full-time post can carry.

    Returns
    -------
    pandas.DataFrame
        One row for each professional who was in the team at any time of it, by code:
        ``professional`` (str), ``women`` (Int64, on the last day), ``women_average`` (Float64,
        person-days ÷ days of the period), ``points`` (Float64), ``load`` (Float64, missing for
        a post of 0).

    Notes
    -----
    Report §5.4: functions are distributed "in order to alleviate the burden on each
    professional".

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> load(registry.assignments, registry.women, registry.professionals,
    ...      pd.Period("2026-10", "M"), weights=Weights(), capacity=20)
      professional  women  women_average  points   load
    0         P-01      2       1.516129     2.5  0.125
    """
    require("professionals", professionals, "started_on", "fte")
    first, after = months.bounds(month)
    last = after - pd.Timedelta(days=1)
    carried = held(assignments, women, professionals)
    at_end = holding(carried, "start", "end", last)
    points = _points(at_end, women, last, weights)
    start = professionals["started_on"].where(professionals["started_on"] > first, first)
    end = professionals["ended_on"].where(professionals["ended_on"] < after, after)
    team = professionals[start < end].set_index("professional")
    result = pd.DataFrame(
        {
            "women": at_end.groupby("professional")["woman"].nunique(),
            "women_average": _person_days(carried, first, after) / (after - first).days,
            "points": points.groupby("professional").sum(),
        }
    ).reindex(team.index.sort_values())
    result = result.fillna(0).astype(
        {"women": "Int64", "women_average": "Float64", "points": "Float64"}
    )
    reference = team["fte"] * capacity
    result["load"] = result["points"] / reference.where(reference > 0)
    return result.reset_index()


def _points(
    held_then: pd.DataFrame, women: pd.DataFrame, day: pd.Timestamp, weights: Weights
) -> pd.Series:
    """Return the points of each professional for each woman on a day, by both."""
    by_function = held_then.drop_duplicates(["woman", "function", "professional"])
    holders = by_function.groupby(["woman", "function"], observed=True)["woman"].transform("size")
    weight = by_function["woman"].map(_weight(accompanied(women, day), weights))
    points = weight.astype("float64") / holders
    return points.groupby([by_function["professional"], by_function["woman"]]).sum()


def heaviest(
    assignments: pd.DataFrame,
    women: pd.DataFrame,
    professionals: pd.DataFrame,
    month: pd.Period,
    *,
    weights: Weights,
) -> pd.DataFrame:
    """The points of each professional, and how many of them are one woman's.

    Returns
    -------
    pandas.DataFrame
        One row for each professional who accompanies somebody on the last day, by code:
        ``professional`` (str), ``sum``, ``largest``, ``second`` (float, points of all women,
        of the woman with most of them, and of the next).

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> heaviest(registry.assignments, registry.women, registry.professionals,
    ...          pd.Period("2026-10", "M"), weights=Weights())
      professional  sum  largest  second
    0         P-01  2.5     1.25    1.25
    """
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    at_end = holding(held(assignments, women, professionals), "start", "end", last)
    points = _points(at_end, women, last, weights).sort_values(ascending=False)
    of = points.groupby("professional")
    table = pd.DataFrame({"sum": of.sum(), "largest": of.max(), "second": of.nth(1).droplevel(1)})
    return table.fillna({"second": 0.0}).rename_axis("professional").reset_index()


def whole(loads: pd.DataFrame) -> pd.DataFrame:
    """Return loads in whole women and points, so that no part of one woman shows.

    Examples
    --------
    >>> loads = {"women_average": [3.5], "points": [3.25], "load": [0.8125]}
    >>> whole(pd.DataFrame(loads, dtype="Float64"))["load"].tolist()
    [0.75]
    """
    points = loads["points"].round()
    share = loads["load"] / loads["points"].where(loads["points"] > 0)
    return loads.assign(
        women_average=loads["women_average"].round(),
        points=points,
        load=(share * points).fillna(loads["load"].where(loads["points"] == 0)),
    )


def _weight(stays: pd.DataFrame, weights: Weights) -> pd.Series:
    """Return what each woman weighs, by code."""
    weight = (
        weights.base
        + weights.children_in_care * (stays["children_in_care"].fillna(0) > 0)
        + weights.no_permit * (stays["residence_status"] == "none")
        + weights.insecure_housing * (stays["housing"] == "insecure")
    )
    return weight.astype("float64").set_axis(stays["woman"])


def _person_days(carried: pd.DataFrame, first: pd.Timestamp, after: pd.Timestamp) -> pd.Series:
    """Return the days of the month on which each professional accompanied each woman, summed.

    A woman held in two functions at once is one woman, so that overlapping spans are merged:
    each span counts only what lies beyond the latest end before it.
    """
    spans = carried.assign(
        start=carried["start"].where(carried["start"] > first, first),
        end=carried["end"].where(carried["end"] < after, after),
    )
    spans = spans[spans["start"] < spans["end"]].sort_values(["professional", "woman", "start"])
    pair = spans.groupby(["professional", "woman"])
    covered = pair["end"].cummax().groupby([spans["professional"], spans["woman"]]).shift()
    fresh = spans["start"].where(covered.isna() | (covered < spans["start"]), covered)
    days = (spans["end"] - fresh).dt.days.clip(lower=0)
    return days.groupby(spans["professional"]).sum()


def functions(
    assignments: pd.DataFrame, women: pd.DataFrame, professionals: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Who stands around each woman on the last day of the month.

    ``carried_alone`` is true where all the functions that anybody has for her rest on one
    person (§5.4, "distribution of the several functions").

    Returns
    -------
    pandas.DataFrame
        One row for each woman accompanied on the last day, by code: ``woman`` (str),
        ``professionals`` (Int64), ``profiles`` (Int64), ``carried_alone`` (boolean).

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> functions(registry.assignments, registry.women, registry.professionals,
    ...           pd.Period("2026-10", "M"))
       woman  professionals  profiles  carried_alone
    0  W-001              1         1           True
    1  W-002              1         1           True
    """
    require("professionals", professionals, "profile")
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    at_end = holding(held(assignments, women, professionals), "start", "end", last)
    at_end = at_end.merge(professionals[["professional", "profile"]], on="professional")
    around = at_end.groupby("woman")
    result = pd.DataFrame({"woman": accompanied(women, last)["woman"].sort_values()})
    for name, column in (("professionals", "professional"), ("profiles", "profile")):
        result[name] = result["woman"].map(around[column].nunique()).fillna(0).astype("Int64")
    result["carried_alone"] = (result["professionals"] == 1).astype("boolean")
    return result.reset_index(drop=True)


def distribution(
    assignments: pd.DataFrame, women: pd.DataFrame, professionals: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """How many women each person accompanies in each function on the last day of the month.

    Returns
    -------
    pandas.DataFrame
        One row for each function that a person holds, by code and in the order of the
        vocabulary: ``professional`` (str), ``function`` (str), ``women`` (Int64). A woman
        counts once in each function; she may be in several.

    Notes
    -----
    Report §5.4: the distribution of the several functions.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> distribution(registry.assignments, registry.women, registry.professionals,
    ...              pd.Period("2026-10", "M"))
      professional   function  women
    0         P-01  reference      2
    """
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    at_end = holding(held(assignments, women, professionals), "start", "end", last)
    at_end = at_end.astype({"function": pd.CategoricalDtype(Function.codes())})
    each = at_end.groupby(["professional", "function"], observed=True)["woman"].nunique()
    words = {"professional": "str", "function": "str", "women": "Int64"}
    return each.rename("women").reset_index().astype(words)


def outside(contacts: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Time of each person with women outside sessions: visits, calls, court, hospital.

    The four bands count as 10, 30, 80 and 150 minutes; a contact without a band counts as a
    contact, and no minute. Whoever wrote down nothing has no row, which is no 0.

    Parameters
    ----------
    contacts : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months, of the contacts.

    Returns
    -------
    pandas.DataFrame
        By code: ``professional`` (str), ``contacts`` (Int64), ``hours_outside`` (Float64).

    Notes
    -----
    Report §5.5: accompaniment is work, and most of it is not at a session.

    Examples
    --------
    >>> contacts = pd.DataFrame({"professional": ["P-1", "P-1"], "minutes": ["to_120", "to_15"],
    ...     "on": pd.to_datetime(["2026-10-05", "2026-10-09"])})
    >>> outside(contacts, pd.Period("2026-10", "M"))
      professional  contacts  hours_outside
    0          P-1         2            1.5
    """
    first, after = months.bounds(month)
    rows = contacts[(contacts["on"] >= first) & (contacts["on"] < after)]
    hours = rows["minutes"].astype("str").map(MINUTES).astype("Float64") / 60
    of = rows.assign(hours=hours).groupby("professional")["hours"].agg(["size", "sum"])
    names = ["professional", "contacts", "hours_outside"]
    words = {"professional": "str", "contacts": "Int64", "hours_outside": "Float64"}
    return of.reset_index().set_axis(names, axis=1).astype(words)


def profiles(around: pd.DataFrame) -> pd.DataFrame:
    """Women by the number of profiles around them; §5.4 asks for several.

    Parameters
    ----------
    around : pandas.DataFrame
        Result of :func:`functions`.

    Returns
    -------
    pandas.DataFrame
        Four rows: ``profiles`` (str: ``0``, ``1``, ``2``, ``3+``), ``women`` (Int64).

    Examples
    --------
    >>> profiles(pd.DataFrame({"profiles": [1, 2, 5]})).women.tolist()
    [0, 1, 1, 1]
    """
    band = around["profiles"].clip(upper=3).map({0: "0", 1: "1", 2: "2", 3: "3+"})
    return grid(pd.DataFrame({"profiles": band}), {"profiles": ["0", "1", "2", "3+"]}, "women")


def reference(
    assignments: pd.DataFrame, women: pd.DataFrame, professionals: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    """Women by how often their reference person changed in the last six months.

    A change is a reference person who begins after another one; the first whom a woman ever
    has is none. A woman who comes back to somebody else has changed.

    Parameters
    ----------
    assignments, women, professionals : pandas.DataFrame
        Checked tables of the registry.
    month : pandas.Period
        Month, or months, with whose last day the six months end.

    Returns
    -------
    pandas.DataFrame
        Three rows: ``changes`` (str: ``0``, ``1``, ``2+``), ``women`` (Int64, of those
        accompanied on the last day).

    Notes
    -----
    Report §5.5: a reference person, as women "have a hard time bonding with professionals and
    programs".

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> reference(registry.assignments, registry.women, registry.professionals,
    ...           pd.Period("2026-10", "M"))
      changes  women
    0       0      2
    1       1      0
    2      2+      0
    """
    after = months.bounds(month)[1]
    here = accompanied(women, after - pd.Timedelta(days=1))
    spans = held(assignments[assignments["function"] == "reference"], women, professionals)
    spans = spans[spans["start"] < after].sort_values(["woman", "start", "professional"])
    before = spans.groupby("woman")["professional"].shift()
    recent = spans["start"] >= after - pd.DateOffset(months=6)
    changed = spans[recent & before.notna() & (spans["professional"] != before)]
    times = here["woman"].map(changed["woman"].value_counts()).fillna(0).clip(upper=2)
    bands = {0: "0", 1: "1", 2: "2+"}
    rows = pd.DataFrame({"changes": times.map(bands)})
    return grid(rows, {"changes": list(bands.values())}, "women")


def spread(loads: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """How evenly the load is spread over the team.

    ``max_to_median`` is the largest load divided by the median one; ``gini`` is
    Σᵢ(2i − n − 1)xᵢ ÷ (n Σ xᵢ) over the n loads in ascending order: 0 is even, near 1 is one
    person's.

    Parameters
    ----------
    loads, around : pandas.DataFrame
        Results of :func:`load` and :func:`functions`.

    Returns
    -------
    pandas.DataFrame
        One row: ``professionals`` (Int64, those with a load), ``women`` and ``carried_alone``
        (Int64), ``median``, ``max_to_median``, ``gini`` (Float64; missing where no one has a
        load).

    Examples
    --------
    >>> loads = pd.DataFrame({"load": pd.array([0.5, 1.0, 1.5], dtype="Float64")})
    >>> around = pd.DataFrame({"carried_alone": [True, False]})
    >>> spread(loads, around)[["max_to_median", "gini"]].round(3).values.tolist()
    [[1.5, 0.222]]
    """
    alone = int(around["carried_alone"].sum())
    counts = {"professionals": loads["load"].count(), "women": len(around), "carried_alone": alone}
    shape = pd.DataFrame([_shape(loads["load"])], dtype="Float64")
    return pd.DataFrame([counts], dtype="Int64").join(shape)


def _shape(load: pd.Series) -> dict[str, float]:
    """Return the three numbers of how a load is spread."""
    values = np.sort(load.dropna().to_numpy(dtype="float64"))
    n, total = len(values), values.sum()
    median = float(np.median(values)) if n else np.nan
    gini = ((2 * np.arange(1, n + 1) - n - 1) * values).sum() / (n * total) if total else np.nan
    largest = values[-1] / median if n and median else np.nan
    return {"median": median, "max_to_median": largest, "gini": gini}


def spread_again(spread: pd.DataFrame, loads: pd.DataFrame) -> pd.DataFrame:
    """Return the spread of the loads that are shown, which tells nothing of those that are not.

    Parameters
    ----------
    spread, loads : pandas.DataFrame
        Results of :func:`spread` and :func:`load`, as an audience is shown them.

    Examples
    --------
    >>> loads = pd.DataFrame({"load": pd.array([0.5, None, 1.0, 1.5], dtype="Float64")})
    >>> spread_again(pd.DataFrame({"professionals": [4]}), loads)["max_to_median"].tolist()
    [1.5]
    """
    told = pd.DataFrame([_shape(loads["load"])], index=spread.index, dtype="Float64")
    return spread.assign(**told.where(spread["professionals"].notna()))


def _team(s: Snapshot) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.Period]:
    return s.tables.assignments, s.tables.women, s.tables.professionals, s.month


WOMEN = Counts("caseload.spread", "women")
"""The women accompanied, to whom much adds up."""
_ALONE = Counts("caseload.spread", "carried_alone")


def _around(profiles: str) -> Counts:
    return Counts("caseload.profiles", "women", where={"profiles": [profiles]})


DECLARED = (
    Metric(
        "caseload.load",
        lambda s: load(
            *_team(s), weights=s.settings.caseload.weights, capacity=s.settings.caseload.capacity
        ),
        row="professional",
        release_to="team",
        at_end=True,
        counts=("women",),
        adds_up=nothing("a woman counts with each professional who accompanies her"),
        derived=("women_average", "points", "load"),
        rests_on=("women",),
        coarse=whole,
        dominance=lambda s: heaviest(*_team(s), weights=s.settings.caseload.weights),
    ),
    Metric("caseload.functions", lambda s: functions(*_team(s)), row="woman"),
    Metric(
        "caseload.distribution",
        lambda s: distribution(*_team(s)),
        row="professional",
        counts=("women",),
        adds_up=nothing("a woman counts in each function that somebody holds for her"),
    ),
    Metric(
        "caseload.outside",
        lambda s: outside(s.tables.contacts, s.month),
        row="professional",
        counts=("contacts",),
        adds_up=nothing("a woman may be met often, and by several"),
        derived=("hours_outside",),
        rests_on=("contacts",),
    ),
    Metric(
        "caseload.profiles",
        lambda s: profiles(s["caseload.functions"]),
        release_to="partner",
        at_end=True,
        counts=("women",),
        # So many profiles around a woman are as many professionals at least.
        adds_up=[
            within(
                [_around("1"), *[_around("2")] * 2, *[_around("3+")] * 3],
                Counts("caseload.load", "women"),
            )
        ],
    ),
    Metric(
        "caseload.spread",
        lambda s: spread(s["caseload.load"], s["caseload.functions"]),
        release_to="partner",
        at_end=True,
        counts=("professionals", "women", "carried_alone"),
        adds_up=[
            equals(WOMEN, Counts("caseload.profiles", "women")),
            at_most(_ALONE, WOMEN),
            at_most(_ALONE, _around("1")),
            within([Counts("caseload.load", "women", "professional")], WOMEN),
        ],
        derived=("median", "max_to_median", "gini"),
        rests_on=("professionals",),
        from_shown=lambda _, now: spread_again(now["caseload.spread"], now["caseload.load"]),
        by_category=False,
    ),
    Metric(
        "caseload.reference",
        lambda s: reference(*_team(s)),
        release_to="partner",
        at_end=True,
        counts=("women",),
        adds_up=[equals(WOMEN, Counts("caseload.reference", "women"))],
    ),
)
