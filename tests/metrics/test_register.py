"""The register: names and columns that others rely on, ranges of months, categories."""

from typing import Any

import pandas as pd
import pytest

from copehope_lib import demo
from copehope_lib.demo import synthetic
from copehope_lib.metrics import (
    CATEGORIES,
    METRICS,
    Metric,
    Snapshot,
    add,
    compute,
    compute_by,
    engagement,
)
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.category import category
from copehope_lib.metrics.register import declared
from copehope_lib.metrics.sums import Counts, equals, nothing
from copehope_lib.privacy.protect import keys
from copehope_lib.readings import READINGS
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from copehope_lib.tables.consent import only
from tests.metrics.build import OCTOBER, activity, came, professional, registry, session, woman
from tests.night import chosen

KEPT = {
    "caseload.load": ["professional", "women", "women_average", "points", "load"],
    "caseload.functions": ["woman", "professionals", "profiles", "carried_alone"],
    "engagement.attendance": [
        "scope", "attended", "partly", "excused", "missed", "cancelled_by_us",
        "one_to_one", "rate",
    ],
    "engagement.patterns": ["pattern", "women"],
    "engagement.barriers": ["barrier", "times"],
    "itineraries.states": ["area", "state", "goals"],
    "itineraries.attainment": ["woman", "t"],
    "needs.coverage": ["need", "coverage", "women"],
    "practice.checks": ["check", "numerator", "denominator"],
}  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Tables:
    return demo.workspace().tables()


@pytest.fixture(scope="module")
def october(tables: Tables) -> dict[str, pd.DataFrame]:
    return compute(tables, OCTOBER, Settings())


@pytest.mark.parametrize("name", KEPT)
def test_names_and_columns_are_those_that_scripts_rely_on(
    october: dict[str, pd.DataFrame], name: str
) -> None:
    assert october[name].columns.tolist() == KEPT[name]


def test_every_metric_has_a_reading_and_every_reading_a_metric() -> None:
    assert set(READINGS) == set(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_the_disclosure_rules_know_columns_that_there_are(
    october: dict[str, pd.DataFrame], name: str
) -> None:
    metric = METRICS[name]
    summed = {column for columns in metric.margins.values() for column in columns}
    assert set(metric.counts + metric.derived).issubset(october[name].columns)
    assert summed.issubset(metric.counts)
    assert set(metric.rests_on).issubset({*metric.counts, *metric.margins})
    assert not metric.derived or metric.rests_on or metric.release_to == "supervision"
    if metric.row == "woman":
        assert "woman" in october[name]
    else:
        assert metric.counts
        assert "woman" not in october[name]


TOLD_AS_THEY_ARE = {
    *(("engagement.modules", of) for of in ("sessions", "places", "minutes")),
    ("engagement.attendance", "one_to_one"),
}
"""Numbers that groups are given, and that neither count women nor follow from such counts."""


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].row == "group"])
def test_no_number_leaves_for_groups_that_is_not_declared(
    october: dict[str, pd.DataFrame], name: str
) -> None:
    metric, table = METRICS[name], october[name]
    told = set() if metric.release_to == "supervision" else set(table.columns[1:])
    numbers = told & {*table.select_dtypes(["number", "boolean"])}
    forgotten = numbers - {*metric.counts, *metric.derived} - {of for _, of in TOLD_AS_THEY_ARE}
    if metric.repeats:
        forgotten -= {"difference", "low", "high", "clear"}  # of what is shown
    assert forgotten == set(), "name them in `counts`, or in `derived` and `rests_on`"


def women_of(name: str, **more: Any) -> Metric:
    return Metric(name, lambda s: s.here, counts=("women",), **more)


def test_a_metric_says_what_its_counts_add_up_to() -> None:
    with pytest.raises(ValueError, match=r"caseload\.length does not say .*=nothing\(\"why not"):
        women_of("caseload.length")
    with pytest.raises(ValueError, match="does not say what its counts add up to"):
        women_of("caseload.length", adds_up=[])
    assert women_of("caseload.length", adds_up=nothing("it is tried")).release_to == "supervision"


@pytest.mark.parametrize(
    ("whole", "part", "refused"),
    [
        (WOMEN, Counts("caseload.profiles", "women"), "none of its own counts stands in"),
        (Counts("caseload.sprade", "women"), Counts("caseload.length", "women"), "sprade"),
        (WOMEN, Counts("caseload.length", "woman"), "length.woman, which no metric before"),
    ],
)
def test_a_sum_of_counts_that_are_not_there_is_refused(
    whole: Counts, part: Counts, refused: str
) -> None:
    with pytest.raises(ValueError, match=refused):
        add(women_of("caseload.length", adds_up=[equals(whole, part)]))
    assert "caseload.length" not in METRICS


def test_a_sum_stands_with_the_later_metric() -> None:
    known = set()
    for name, metric in METRICS.items():
        known.add(name)
        assert {side.table for one in metric.sums for side in one.sides} <= known, name


def test_each_metric_is_declared_once() -> None:
    names = [metric.name for metric in declared()]
    assert len(names) == len(set(names)) == len(METRICS)


def test_fractions_are_fractions(october: dict[str, pd.DataFrame]) -> None:
    for name, table in october.items():
        for column in table.columns.intersection(["rate", "share", "low", "high"]):
            low = -1 if name.startswith("change.") else 0
            assert table[column].dropna().between(low, 1).all(), (name, column)


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].by_category])
def test_an_empty_registry_gives_the_same_columns_and_types(
    october: dict[str, pd.DataFrame], name: str
) -> None:
    nothing = compute(registry(), OCTOBER, Settings(), [name])[name]
    assert nothing.dtypes.astype("str").to_dict() == october[name].dtypes.astype("str").to_dict()


def test_the_pauses_of_an_earlier_month_are_among_those_of_a_later_one(
    tables: Tables,
) -> None:
    for month in pd.period_range("2026-02", "2026-10", freq="M"):
        snapshot = Snapshot.of(tables, month, Settings())
        earlier = Snapshot.of(tables, month - 1, Settings())
        pd.testing.assert_frame_equal(
            snapshot.before["engagement.pauses"], earlier["engagement.pauses"]
        )


@pytest.mark.parametrize("by", chosen(["site"], ["site", "housing"]))
def test_earlier_months_and_some_women_are_told_what_a_registry_of_them_alone_tells(
    tables: Tables, by: str
) -> None:
    latest = Snapshot.of(tables, OCTOBER, Settings())
    for month in chosen([OCTOBER - 1], [OCTOBER - 2, OCTOBER - 1, OCTOBER]):
        of = category(tables.women, month, by)
        for name, snapshot in latest.at(month).apart(by).items():
            alone = compute(only(tables, of.index[of == name]), month, Settings())
            for metric in (one for one in METRICS if METRICS[one].by_category):
                pd.testing.assert_frame_equal(snapshot[metric], alone[metric])
        every = compute(tables, month, Settings())
        for metric, table in every.items():
            pd.testing.assert_frame_equal(latest.at(month)[metric], table)


def test_three_months_as_one_hold_what_the_three_hold(tables: Tables) -> None:
    quarter = pd.Period("2026-08", "3M")
    counts = ["attended", "partly", "excused", "missed", "cancelled_by_us"]
    name = "engagement.attendance"
    whole = compute(tables, quarter, Settings(), [name])[name].loc[0, counts]
    apart = sum(
        compute(tables, month, Settings(), [name])[name].loc[0, counts]
        for month in pd.period_range("2026-08", "2026-10", freq="M")
    )
    assert whole.tolist() == apart.tolist()


@pytest.mark.parametrize("name", [name for name, metric in METRICS.items() if metric.at_end])
def test_how_things_stand_is_the_same_however_long_the_period_is(tables: Tables, name: str) -> None:
    """A colleague who left before its end is a row of the three months, and holds no woman."""
    counts = [column for column in METRICS[name].counts if column != "professionals"]
    months = pd.period_range("2026-06", "2026-10", freq="M")
    for month in chosen(months[-2:], months):
        alone, together = (
            table[counts].set_axis(keys(name, table))
            for period in (month, pd.Period((month - 2).to_timestamp(), "3M"))
            for table in [compute(tables, period, Settings(), [name])[name]]
        )
        pd.testing.assert_frame_equal(alone, together.loc[alone.index])
        assert together.drop(alone.index).sum().sum() == 0


def test_the_average_of_three_months_is_weighted_by_their_days(tables: Tables) -> None:
    name = "caseload.load"
    quarter = compute(tables, pd.Period("2026-08", "3M"), Settings(), [name])[name]
    months = pd.period_range("2026-08", "2026-10", freq="M")
    days = [month.days_in_month for month in months]
    each = [
        compute(tables, month, Settings(), [name])[name].set_index("professional")
        for month in months
    ]
    for row in quarter.itertuples():
        parts = [
            frame["women_average"].get(row.professional, 0.0) * n
            for frame, n in zip(each, days, strict=True)
        ]
        assert row.women_average == pytest.approx(sum(parts) / sum(days))


ADDING_UP = [
    ("engagement.patterns", "women"), ("engagement.barriers", "times"),
    ("itineraries.states", "goals"), ("needs.coverage", "women"),
    ("engagement.flows", "women"), ("itineraries.flows", "goals"),
]  # fmt: skip


@pytest.mark.parametrize("by", CATEGORIES)
def test_the_women_of_all_categories_together_are_all_women(
    tables: Tables, october: dict[str, pd.DataFrame], by: str
) -> None:
    names = [name for name, _ in ADDING_UP]
    apart = compute_by(Snapshot.of(tables, OCTOBER, Settings()), by, names)
    for name, counted in ADDING_UP:
        keys = [key for key in october[name].columns if key != counted]
        summed = apart[name].groupby(keys, sort=False)[counted].sum().reset_index()
        pd.testing.assert_frame_equal(summed, october[name], check_dtype=False)
        assert apart[name][by].nunique() >= 2


def test_a_woman_belongs_to_the_site_of_her_latest_stay() -> None:
    tables = registry(
        women=[
            woman(site="Milan", left_on="2026-06-01"),
            woman(entered="2026-09-01", site="Barcelona"),
            woman("W-2", entered="2026-11-01", site="Bergamo"),
        ]
    )
    table = compute_by(Snapshot.of(tables, OCTOBER, Settings()), "site", ["engagement.patterns"])
    assert table["engagement.patterns"]["site"].unique().tolist() == ["Barcelona"]


def test_what_is_not_given_is_a_category_of_its_own() -> None:
    tables = registry(women=[woman(housing="insecure"), woman("W-2")])
    table = compute_by(Snapshot.of(tables, OCTOBER, Settings()), "housing", ["engagement.patterns"])
    assert table["engagement.patterns"]["housing"].unique().tolist() == ["insecure", "unknown"]


def test_a_registry_without_women_has_no_category_to_tell() -> None:
    table = compute_by(
        Snapshot.of(registry(), OCTOBER, Settings()), "site", ["engagement.patterns"]
    )
    assert table["engagement.patterns"]["women"].sum() == 0


def test_no_category_and_no_metric_of_the_whole_team_is_told_apart() -> None:
    with pytest.raises(ValueError, match="star_sign is not one of the categories site"):
        compute_by(Snapshot.of(registry(), OCTOBER, Settings()), "star_sign")
    with pytest.raises(ValueError, match=r"practice\.checks looks at the team as a whole"):
        compute_by(Snapshot.of(registry(), OCTOBER, Settings()), "site", ["practice.checks"])


@pytest.mark.parametrize(
    ("starts", "month"),
    [("2026-10-31T23:30", "2026-10"), ("2026-11-01T00:00", "2026-11"),
     ("2026-10-01T00:00", "2026-10"), ("2026-09-30T23:59", "2026-09"),
     ("2026-10-25T02:30", "2026-10"), ("2028-02-29T10:00", "2028-02")],
)  # fmt: skip
def test_a_session_belongs_to_the_month_of_its_local_day(starts: str, month: str) -> None:
    begun = pd.Timestamp(starts)
    tables = registry(
        women=[woman()],
        professionals=[professional()],
        activities=[activity()],
        sessions=[session("S-1", starts, str(begun + pd.Timedelta(hours=1)))],
        attendance=[came("S-1")],
    )
    for period in ("2026-09", "2026-10", "2026-11", "2028-02"):
        table = compute(tables, pd.Period(period, "M"), Settings(), ["engagement.attendance"])
        held = table["engagement.attendance"].loc[0, "attended"]
        assert held == (1 if period == month else 0)


def test_what_really_passed_in_the_night_of_the_clocks_is_what_a_module_took() -> None:
    def minutes(day: str) -> float:
        tables = registry(
            women=[woman()],
            professionals=[professional()],
            activities=[activity()],
            sessions=[session("S-1", f"{day}T01:30", f"{day}T03:30")],
            attendance=[came("S-1")],
        )
        month = pd.Period(day[:7], "M")
        name = "engagement.modules"
        return float(compute(tables, month, Settings(), [name])[name].loc[0, "minutes"])

    assert [minutes("2026-03-29"), minutes("2026-10-25"), minutes("2026-10-26")] == [
        60,
        180,
        120,
    ]


def test_a_larger_team_has_all_its_women_in_exactly_one_pattern() -> None:
    frames = synthetic.generate(women=300, professionals=40, months=14, seed=3)
    month = synthetic.LAST_MONTH
    snapshot = Snapshot.of(Tables(**frames), month, Settings())
    assert snapshot["engagement.patterns"]["women"].sum() == len(snapshot.here)
    invited = engagement.expected_days(snapshot.visits, month)
    assert not invited.empty
