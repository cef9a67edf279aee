"""Who came to the sessions of a period, what stood in the way, and how modules were held."""

from zoneinfo import ZoneInfo

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.clock import minutes
from copehope_lib.metrics.grid import grid, together
from copehope_lib.metrics.metric import Metric
from copehope_lib.metrics.preconditions import require
from copehope_lib.metrics.stays import accompanied
from copehope_lib.metrics.sums import Counts, equals, some, within
from copehope_lib.metrics.visits import ABSENT, PRESENT, during, expected
from copehope_lib.vocabulary import BARRIERS_TOGETHER, AttendanceStatus, Barrier, Module

IN_GROUPS = ["group", "online_group"]
_MARGINS = {"came": tuple(PRESENT), "away": tuple(ABSENT)}


def attendance(visits: pd.DataFrame, activities: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Attendance of the sessions of a period, in all and by module.

    ``rate = (attended + partly) ÷ (attended + partly + excused + missed)``. Sessions that we
    cancelled count against us and stand apart.

    Parameters
    ----------
    visits : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.visits.visits`.
    activities : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months, in which the sessions started, local time.

    Returns
    -------
    pandas.DataFrame
        First row ``all``, then each module that met, in the order of §4: ``scope`` (str),
        ``attended``, ``partly``, ``excused``, ``missed``, ``cancelled_by_us`` (Int64,
        women × sessions), ``one_to_one`` (boolean, whether each session was for one woman),
        ``rate`` (Float64, a fraction; missing where nobody was expected).

    Notes
    -----
    Report §5.6: women "develop intermittent processes"; a rate below 1 is how it is.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.visits import visits
    >>> registry = two_women()
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> table = attendance(rows, registry.activities, pd.Period("2026-10", "M"))
    >>> table[["scope", "attended", "missed", "rate"]]
          scope  attended  missed  rate
    0       all         2       1  0.75
    1  language         2       1  0.75
    """
    rows = during(visits, *months.bounds(month))
    require("activities", activities, "module", "format")
    of = activities[["module", "format"]].take(rows["activity"].to_numpy())
    module, several = of["module"], rows["session"].duplicated().to_numpy()
    grouped = module[of["format"].isin(IN_GROUPS).to_numpy() | several]
    by_module = pd.crosstab(module.array, rows["status"].array)
    by_module = by_module.reindex(
        index=Module.codes(), columns=AttendanceStatus.codes(), fill_value=0
    )
    met = by_module[by_module.sum(axis=1) > 0]
    table = pd.concat([met.sum().to_frame("all").T, met]).astype("Int64")
    table = table.rename_axis(index="scope", columns=None).reset_index().astype({"scope": "str"})
    margins = {name: table[[*statuses]].sum(axis=1) for name, statuses in _MARGINS.items()}
    table["one_to_one"] = (~table["scope"].isin(["all", *grouped])).astype("boolean")
    return rate_of_margins(table.assign(**margins)).drop(columns=list(_MARGINS))


def rate_of_margins(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of attendance with its ``rate`` computed from ``came`` and ``away``.

    Examples
    --------
    >>> rate_of_margins(pd.DataFrame({"came": [45], "away": [15]}, dtype="Int64"))["rate"][0]
    np.float64(0.75)
    """
    expected = table["came"] + table["away"]
    return table.assign(rate=(table["came"] / expected.where(expected > 0)).astype("Float64"))


def told_of_groups(table: pd.DataFrame) -> pd.DataFrame:
    """Return modules without what their sessions would tell of the women who came.

    One to one, there are as many sessions as women were expected; of a single session, all who
    came did so once; and what is told of all but one module tells of that too. So how many there
    were is not told. The size of groups is told in whole women, their length in steps of 5
    minutes: an exact mean tells what the number of sessions is a multiple of.

    Examples
    --------
    >>> held = {"sessions": [4, 27], "group_size": [3.25, None], "minutes": [91.25, 60.0]}
    >>> told_of_groups(pd.DataFrame(held).astype({"sessions": "Int64"}))
       sessions  group_size  minutes
    0      <NA>         3.0     90.0
    1      <NA>         NaN     60.0
    """
    return table.assign(
        sessions=pd.array([pd.NA] * len(table), dtype="Int64"),
        group_size=table["group_size"].round(),
        minutes=(table["minutes"] / 5).round() * 5,
    )


def told_again(held: pd.DataFrame, visits: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """Return modules without what would tell of a count that is hidden.

    The size of groups is told where it is told how often women came, and places where it is told
    how many there are: who took one of a few is no more than these.

    Parameters
    ----------
    held, visits, checks : pandas.DataFrame
        Results of :func:`modules`, :func:`attendance` and the checks of practice, as an audience
        is shown them.

    Examples
    --------
    >>> held = pd.DataFrame(
    ...     {"module": ["sewing", "language"], "group_size": [4.0, 5.0], "places": [6, 8]})
    >>> visits = pd.DataFrame({"scope": ["sewing", "language"], "came": [12, None]})
    >>> checks = pd.DataFrame({"check": ["places_taken"], "denominator": [14]})
    >>> told_again(held, visits, checks)["group_size"].tolist()
    [4.0, nan]
    """
    told = visits.loc[visits["came"].notna(), "scope"]
    all_places = checks.loc[checks["check"] == "places_taken", "denominator"].notna().all()
    return held.assign(
        group_size=held["group_size"].where(held["module"].isin(told)),
        places=held["places"].where(pd.Series(all_places, held.index)),
    )


def barriers(visits: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """What stood in the way, as often as it was named in a period.

    Sessions that we cancelled are left out: that was not hers to overcome.

    Returns
    -------
    pandas.DataFrame
        All barriers in the order of the vocabulary: ``barrier`` (str), ``times`` (Int64).

    Notes
    -----
    Report §5.2, §5.6: work, children, transport, papers and emergencies come first.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.visits import visits
    >>> registry = two_women()
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> named = barriers(rows, pd.Period("2026-10", "M"))
    >>> named[named["times"] > 0]
         barrier  times
    1  childcare      1
    """
    rows = expected(during(visits, *months.bounds(month)))
    return grid(rows, {"barrier": Barrier.codes()}, "times")


def seen(visits: pd.DataFrame, women: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Women who are with us at the end of a period, by whether they came to a session in it.

    ``share = yes ÷ (yes + no)``; who came in part came.

    Parameters
    ----------
    visits : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.visits.visits`.
    women : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months.

    Returns
    -------
    pandas.DataFrame
        Two rows, yes first: ``seen`` (str), ``women`` (Int64).

    Notes
    -----
    Report §5.6: whom our sessions reach, and whom they do not.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.visits import visits
    >>> registry = two_women()
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> seen(rows, registry.women, pd.Period("2026-10", "M"))["women"].tolist()
    [2, 0]
    """
    first, after = months.bounds(month)
    rows = during(visits, first, after)
    came = women["woman"].take(rows.loc[rows["status"].isin(PRESENT), "woman"].to_numpy())
    here = accompanied(women, after - pd.Timedelta(days=1))["woman"]
    table = here.isin(came).map({True: "yes", False: "no"}).to_frame("seen")
    return grid(table, {"seen": ["yes", "no"]}, "women")


def modules(
    visits: pd.DataFrame,
    sessions: pd.DataFrame,
    activities: pd.DataFrame,
    month: pd.Period,
    *,
    zone: ZoneInfo,
) -> pd.DataFrame:
    """How each module was held: sessions, women reached, size of its groups, length.

    A session is held where we did not cancel it for everybody. A group is as large as the
    number of women who came; length is what really passed, also when clocks change.

    Returns
    -------
    pandas.DataFrame
        Modules that met, in the order of §4: ``module`` (str), ``sessions`` (Int64, held),
        ``women`` (Int64, who came at least once), ``places`` (Int64, of the activities held;
        missing where none states them), ``group_size`` (Float64, women, mean of the group
        sessions to which someone came; missing where there is none), ``minutes`` (Float64,
        mean of those whose hours are known; missing where none are).

    Notes
    -----
    Report §5.5: classes of 5 to 10 women, of an hour and a half at most; §5.6: designs
    overestimate how many women a programme reaches.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.visits import visits
    >>> registry = two_women()
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> modules(rows, registry.sessions, registry.activities, pd.Period("2026-10", "M"),
    ...         zone=ZoneInfo("Europe/Madrid"))
         module  sessions  women  places  group_size  minutes
    0  language         4      2    <NA>         1.0     90.0
    """
    require("activities", activities, "module", "format")
    rows = expected(during(visits, *months.bounds(month)))
    came = rows[rows["came"]]
    held = rows.drop_duplicates("session").set_index("session")[["activity"]]
    of = activities[["module", "format", "places"]].take(held["activity"].to_numpy())
    held = held.join(of.set_axis(held.index)).assign(
        minutes=minutes(sessions.loc[held.index], zone),
        came=came["session"].value_counts().reindex(held.index, fill_value=0),
    )
    by_module = held.groupby("module", observed=True)
    groups = held[held["format"].isin(IN_GROUPS) & (held["came"] > 0)]
    women = came.assign(module=activities["module"].take(came["activity"].to_numpy()).array)
    stated = held.drop_duplicates("activity").groupby("module", observed=True)["places"]
    table = pd.DataFrame(
        {
            "sessions": by_module.size(),
            "women": women.groupby("module", observed=True)["woman"].nunique(),
            "places": stated.sum(min_count=1),
            "group_size": groups.groupby("module", observed=True)["came"].mean(),
            "minutes": by_module["minutes"].mean(),
        }
    ).fillna({"women": 0})
    table = table.astype(dict(zip(table, 3 * ["Int64"] + 2 * ["Float64"], strict=True)))
    table = table.loc[[name for name in Module.codes() if name in table.index]]
    return table.rename_axis("module").reset_index().astype({"module": "str"})


def _visits(column: str, by: str = "", *scope: str) -> Counts:
    return Counts("engagement.attendance", column, by, {"scope": scope} if scope else {})


def _all(column: str) -> Counts:
    return _visits(column, "", "all")


DECLARED = (
    Metric(
        "engagement.attendance",
        lambda s: attendance(s.visits, s.tables.activities, s.month),
        release_to="partner",
        counts=tuple(AttendanceStatus.codes()),
        adds_up=[
            *(
                equals(_visits(both, "scope"), *(_visits(one, "scope") for one in parts))
                for both, parts in _MARGINS.items()
            ),
            *(
                equals(_visits(column, "", "all"), _visits(column, "", *Module.codes()))
                for column in (*AttendanceStatus.codes(), *_MARGINS)
            ),
        ],
        margins=_MARGINS,
        derived=("rate",),
        rests_on=("came", "away"),
        recompute=rate_of_margins,
        rules=2,
    ),
    Metric(
        "engagement.barriers",
        lambda s: barriers(s.visits, s.month),
        release_to="partner",
        counts=("times",),
        adds_up=[within([Counts("engagement.barriers", "times")], _all("came"), _all("away"))],
        recode=together(BARRIERS_TOGETHER),
        rules=2,
    ),
    Metric(
        "engagement.modules",
        lambda s: modules(
            s.visits, s.tables.sessions, s.tables.activities, s.month, zone=s.settings.zone
        ),
        release_to="partner",
        counts=("women",),
        adds_up=[
            within([Counts("engagement.modules", "women", "module")], _visits("came", "scope")),
            # A module that stands here expected somebody, who came or was away.
            some(Counts("engagement.modules", "women", "module"), _visits("away", "scope")),
        ],
        derived=("group_size", "minutes"),
        rests_on=("women",),
        coarse=told_of_groups,
        from_shown=lambda _, now: told_again(
            now["engagement.modules"], now["engagement.attendance"], now["practice.checks"]
        ),
        by_category=False,
    ),
    Metric(
        "engagement.seen",
        lambda s: seen(s.visits, s.tables.women, s.month),
        counts=("women",),
        adds_up=[equals(WOMEN, Counts("engagement.seen", "women"))],
    ),
)
