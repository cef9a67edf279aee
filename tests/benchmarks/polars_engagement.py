"""Caseload and engagement of a month, written directly in polars."""

from datetime import timedelta
from math import ceil

import polars as pl
from polars import col

from copehope_lib.vocabulary import AttendanceStatus, Barrier, Function, Pattern
from tests.benchmarks.polars_shared import GROUPS, At, Z, grid, share, wilson, words

WEEKS = pl.int_range(1, 53, eager=True).alias("week").to_frame()


def caseload(at: At) -> dict[str, pl.DataFrame]:
    load = _load(at)
    bands = ["0", "1", "2", "3+"]
    profiles = at.around.select(
        profiles=col("profiles").clip(upper_bound=3).cast(pl.String).replace("3", "3+")
    )
    return {
        "caseload.load": load,
        "caseload.functions": at.around,
        "caseload.profiles": _banded(profiles, "profiles", bands),
        "caseload.spread": _spread(load, at.around),
        "caseload.distribution": at.carried.group_by("professional", "function")
        .agg(women=col("woman").n_unique())
        .sort("professional", col("function").cast(pl.Enum(Function.codes()))),
        "caseload.reference": _reference(at),
    }


def _banded(rows: pl.DataFrame, name: str, bands: list[str]) -> pl.DataFrame:
    counted = rows.select(col(name).cast(pl.Enum(bands))).group_by(name).len("women")
    return grid(counted, words(name, bands), "women")


def _load(at: At) -> pl.DataFrame:
    weights = at.settings.caseload.weights
    weight = at.here.select(
        "woman",
        weight=weights.base
        + weights.children_in_care * (col("children_in_care").fill_null(0) > 0)
        + weights.no_permit * (col("residence_status") == "none").fill_null(False)
        + weights.insecure_housing * (col("housing") == "insecure").fill_null(False),
    )
    points = (
        at.carried.unique(["woman", "function", "professional"])
        .join(weight, on="woman")
        .with_columns(col("weight") / pl.len().over("woman", "function"))
        .group_by("professional")
        .agg(women=col("woman").n_unique(), points=col("weight").sum())
    )
    team = at.tables["professionals"].filter(
        col("started_on") < at.after,
        col("ended_on").is_null()
        | ((col("ended_on") > at.first) & (col("ended_on") > col("started_on"))),
    )
    capacity = col("fte") * at.settings.caseload.capacity
    return (
        team.join(points, on="professional", how="left")
        .join(_person_days(at), on="professional", how="left")
        .with_columns(col("women", "points", "days").fill_null(0))
        .select(
            "professional",
            "women",
            women_average=col("days") / (at.after - at.first).days,
            points="points",
            load=pl.when(capacity > 0).then(col("points") / capacity),
        )
        .sort("professional")
    )


def _person_days(at: At) -> pl.DataFrame:
    """Days of the period on which somebody accompanied a woman, overlaps counted once."""
    spans = at.held.select(
        "professional",
        "woman",
        start=pl.max_horizontal("start", pl.lit(at.first)),
        end=pl.min_horizontal("end", pl.lit(at.after)),
    )
    covered = col("end").cum_max().shift().over("professional", "woman")
    return (
        spans.filter(col("start") < col("end"))
        .sort("professional", "woman", "start")
        .with_columns(start=pl.max_horizontal("start", covered))
        .group_by("professional")
        .agg(days=(col("end") - col("start")).dt.total_days().clip(lower_bound=0).sum())
    )


def _spread(load: pl.DataFrame, around: pl.DataFrame) -> pl.DataFrame:
    carried = load.select(col("load").drop_nulls().sort())
    n, place = pl.len(), pl.int_range(1, pl.len() + 1)
    gini = ((2 * place - n - 1) * col("load")).sum() / (n * col("load").sum())
    median = col("load").median()
    return carried.select(
        professionals=n,
        women=pl.lit(around.height),
        carried_alone=pl.lit(around["carried_alone"].sum()),
        median=median,
        max_to_median=pl.when(median > 0).then(col("load").max() / median),
        gini=pl.when(col("load").sum() > 0).then(gini),
    )


def _reference(at: At) -> pl.DataFrame:
    start = pl.lit(at.after).dt.offset_by("-6mo")
    before = col("professional").shift().over("woman")
    changes = (
        at.held.filter(col("function") == "reference", col("start") < at.after)
        .join(at.codes, on="woman", how="semi")
        .sort("woman", "start", "professional")
        .filter((col("professional") != before) & (col("start") >= start))
        .group_by("woman")
        .agg(changes=pl.len())
    )
    bands = at.codes.join(changes, on="woman", how="left").select(
        changes=col("changes").fill_null(0).clip(upper_bound=2).cast(pl.String)
        .replace("2", "2+")
    )  # fmt: skip
    return _banded(bands, "changes", ["0", "1", "2+"])


def engagement(at: At) -> dict[str, pl.DataFrame]:
    pauses, patterns = at.pauses, words("pattern", Pattern.codes())
    counted = at.patterns.group_by("pattern").len("women")
    named = at.invited.drop_nulls("barrier").group_by("barrier").len("times")
    return {
        "engagement.attendance": attendance(at),
        "engagement.barriers": grid(named, words("barrier", Barrier.codes()), "times"),
        "engagement.modules": _modules(at),
        "engagement.pauses": pauses.drop("stay", "end"),
        "engagement.movements": _movements(at),
        "engagement.women": at.patterns,
        "engagement.patterns": grid(counted, patterns, "women"),
        "engagement.flows": _flows(at),
        "engagement.retention": _retention(at),
        "engagement.time_to_pause": _time_to_pause(at),
        "engagement.time_to_return": _time_to_return(at),
    }


def attendance(at: At) -> pl.DataFrame:
    counts = [(col("status") == code).sum().alias(code) for code in AttendanceStatus.codes()]
    by_module = at.rows.group_by("module").agg(counts).sort("module")
    came, missed = col("attended") + col("partly"), col("excused") + col("missed")
    return (
        pl.concat(
            [
                at.rows.select(pl.lit("all").alias("scope"), *counts),
                by_module.rename({"module": "scope"}).cast({"scope": pl.String}),
            ]
        )
        .with_columns(expected=came + missed)
        .with_columns(rate=pl.when(col("expected") > 0).then(came / col("expected")))
        .drop("expected")
    )


def _modules(at: At) -> pl.DataFrame:
    came = at.invited.filter("came").group_by("module").agg(women=col("woman").n_unique())
    places = (
        at.tables["activities"]
        .join(at.meetings, on="activity", how="semi")
        .group_by("module")
        .agg(pl.when(col("places").count() > 0).then(col("places").sum()))
    )
    group = col("format").is_in(GROUPS) & (col("came") > 0)
    return (
        at.meetings.group_by("module")
        .agg(
            sessions=pl.len(),
            group_size=col("came").filter(group).mean(),
            minutes=col("minutes").mean(),
        )
        .join(came, on="module", how="left")
        .join(places, on="module", how="left")
        .sort("module")
        .select(
            col("module").cast(pl.String),
            "sessions",
            col("women").fill_null(0),
            "places",
            "group_size",
            "minutes",
        )
    )


def _movements(at: At) -> pl.DataFrame:
    def women(day: str) -> pl.Expr:
        in_period = col(day).is_between(at.first, at.after, closed="left")
        return col("woman").filter(in_period).n_unique()

    both = at.pauses.select(paused=women("paused_on"), returned=women("returned_on"))
    return both.unpivot(variable_name="movement", value_name="women")


def _flows(at: At) -> pl.DataFrame:
    every = [*Pattern.codes(), "not_here"]
    before, after = words("before", every), words("after", every)
    kind = pl.Enum(every)
    counts = (
        at.previous.patterns.select("woman", before="pattern")
        .join(at.patterns.select("woman", after="pattern"), "woman", how="full", coalesce=True)
        .with_columns(col("before", "after").cast(kind).fill_null("not_here"))
        .group_by("before", "after")
        .len("women")
    )
    all_but_one = before.join(after, how="cross", maintain_order="left_right").head(-1)
    return grid(counts, all_but_one, "women")


def _retention(at: At) -> pl.DataFrame:
    weeks_of_a_pause = ceil(at.settings.engagement.pause_days / 7)
    came_in = pl.when("came").then("week").forward_fill()
    until = pl.min_horizontal(
        col("week") + weeks_of_a_pause, col("week").shift(-1).over("stay"), "lasts", 53
    )
    counts = (
        at.visits.lazy()
        .select(
            "stay",
            "came",
            week=(col("day") - col("entered_on")).dt.total_days() // 7 + 1,
            lasts=((col("end") - col("entered_on")).dt.total_days() + 1) // 7 + 1,
        )
        .filter(col("week") <= 52)
        .group_by("stay", "week")
        .agg(col("came").any(), col("lasts").first())
        .sort("week")
        # The weeks that look back on this one, up to the next in which she was expected.
        .select(came_in=came_in.over("stay"), week=pl.int_ranges("week", until))
        .explode("week")
        .drop_nulls("week")
        .group_by("week")
        .agg(
            observed=pl.len(),
            engaged=(col("week") - col("came_in") < weeks_of_a_pause).sum(),
        )
        .collect()
    )
    low, high = wilson("engaged", "observed")
    return (
        WEEKS.join(counts, on="week", how="left", maintain_order="left")
        .with_columns(col("observed", "engaged").fill_null(0))
        .with_columns(share=share("engaged", "observed"), low=low, high=high)
    )


def _time_to_pause(at: At) -> pl.DataFrame:
    first = at.pauses.group_by("stay").agg(paused_on=col("paused_on").min())
    lasting = at.stays.join(at.visits, on="stay", how="semi").join(first, on="stay", how="left")
    table = _kaplan_meier(lasting, "entered_on", "paused_on", "paused")
    return table.rename({"survival": "share"})


def _time_to_return(at: At) -> pl.DataFrame:
    table = _kaplan_meier(at.pauses, "paused_on", "returned_on", "returned")
    return table.select(
        "week", "at_risk", "returned",
        share=1 - col("survival"), low=1 - col("high"), high=1 - col("low"),
    )  # fmt: skip


def _kaplan_meier(rows: pl.DataFrame, start: str, event: str, name: str) -> pl.DataFrame:
    """By week: who is still at risk, events so far, survival and its log-log interval."""
    until = pl.coalesce(event, col("end") + timedelta(days=1))
    timed = rows.select(day=(until - col(start)).dt.total_days(), event=col(event).is_not_null())
    everyone = timed.height
    d, n = col("events"), col("n")
    curve = (
        timed.group_by("day")
        .agg(events=col("event").sum().cast(pl.Int64), leave=pl.len().cast(pl.Int64))
        .sort("day")
        .with_columns(n=everyone - col("leave").cum_sum().shift(fill_value=0))
        .select(
            "day",
            gone=col("leave").cum_sum(),
            events=d.cum_sum(),
            survival=(1 - d / n).cum_prod(),
            variance=(d / (n * (n - d))).cum_sum(),
        )
    )
    s, log = col("survival"), col("survival").log()
    spread = (Z * col("variance").sqrt() / log.abs()).exp()
    inside, at_risk = s.is_between(0, 1, closed="none"), col("at_risk") > 0
    return (
        WEEKS.with_columns(day=col("week") * 7)
        .join_asof(curve, on="day")
        .join_asof(
            curve.select("day", left_before="gone"),
            on="day",
            allow_exact_matches=False,
        )
        .with_columns(
            at_risk=everyone - col("left_before").fill_null(0),
            survival=col("survival").fill_null(1.0),
        )
        .select(
            "week",
            "at_risk",
            col("events").fill_null(0).alias(name),
            pl.when(at_risk).then(s),
            low=pl.when(at_risk & inside).then(s**spread),
            high=pl.when(at_risk & inside).then(s ** (1 / spread)),
        )
    )
