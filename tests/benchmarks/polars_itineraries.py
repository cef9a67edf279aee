"""Itineraries and needs of a month, written directly in polars."""

import polars as pl
from polars import col

from copehope_lib.vocabulary import Area, ChosenBy, Coverage, Need
from tests.benchmarks.polars_shared import STATE, At, grid, words

STATES: list[str] = STATE.categories.to_list()
OPEN = ["not_started", "under_way", "paused"]


def itineraries(at: At) -> dict[str, pl.DataFrame]:
    state = words("state", STATES)
    return {
        "itineraries.goals": at.goals.select(
            "goal", "woman", "area", "chosen_by", "state", "last_on", "attainment"
        ),
        "itineraries.states": _counted(at.goals, words("area", Area.codes()), state),
        "itineraries.chosen": _counted(at.goals, words("chosen_by", ChosenBy.codes()), state),
        "itineraries.flows": _flows(at),
        "itineraries.quiet": _quiet(at),
        "itineraries.attainment": _attainment(at),
        "itineraries.levels": _levels(at),
        "itineraries.paths": at.events.join(
            at.goals.select("goal", "woman", "area"), on="goal", maintain_order="left"
        ).select("goal", "woman", "area", "on", "event", "attainment"),
    }  # fmt: skip


def _counted(goals: pl.DataFrame, rows: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    every = rows.join(columns, how="cross", maintain_order="left_right")
    return grid(goals.group_by(every.columns).len("goals"), every, "goals")


def _flows(at: At) -> pl.DataFrame:
    before = ["not_set", *STATES]
    states = at.previous.states.select("goal", before=col("state").cast(pl.Enum(before)))
    flows = at.goals.join(states, on="goal", how="left").select(
        before=pl.when(col("set_on") > at.previous.last)
        .then(pl.lit("not_set", pl.Enum(before)))
        .otherwise(col("before").fill_null("not_started")),
        after="state",
    )
    return _counted(flows, words("before", before), words("after", STATES))


def _quiet(at: At) -> pl.DataFrame:
    bands = ["0-30", "31-90", "91-180", "181+"]
    days = (pl.lit(at.last) - col("last_on")).dt.total_days()
    counts = (
        at.goals.filter(col("state").is_in(OPEN))
        .group_by(
            days=pl.when(days <= 30).then(pl.lit(bands[0]))
            .when(days <= 90).then(pl.lit(bands[1]))
            .when(days <= 180).then(pl.lit(bands[2]))
            .otherwise(pl.lit(bands[3])).cast(pl.Enum(bands))
        )
        .len("goals")
    )  # fmt: skip
    return grid(counts, words("days", bands), "goals")


def _attainment(at: At) -> pl.DataFrame:
    settings = at.settings.itineraries
    weights = {area: float(settings.weights.get(area, 1.0)) for area in Area}
    by_area = {area.value: weight for area, weight in weights.items()}
    w = col("area").replace_strict(by_area, return_dtype=pl.Float64)
    rho, total = settings.rho, col("total")
    return (
        at.goals.drop_nulls("attainment")
        .with_columns(w=w)
        .group_by("woman")
        .agg(
            sum=(col("w") * col("attainment")).sum(),
            squares=(col("w") ** 2).sum(),
            total=col("w").sum(),
        )
        .with_columns(
            t=pl.when(total > 0).then(
                50
                + 10 * col("sum") / ((1 - rho) * col("squares") + rho * total**2).sqrt()
            )
        )
        .select("woman", "t")
        .sort("woman")
    )  # fmt: skip


def _levels(at: At) -> pl.DataFrame:
    levels = pl.int_range(-2, 3, eager=True).alias("attainment").to_frame()
    counts = at.goals.group_by("attainment").len("goals")
    return levels.join(counts, on="attainment", how="left", maintain_order="left").with_columns(
        col("goals").fill_null(0)
    )


def needs(at: At) -> dict[str, pl.DataFrame]:
    return {
        "needs.women": at.needs,
        "needs.coverage": coverage(at),
        "needs.changes": _changes(at),
        "needs.training": at.trained.join(at.open_needs, on="woman").sort("woman", "activity"),
    }


def coverage(at: At) -> pl.DataFrame:
    need, each = words("need", Need.codes()), words("coverage", Coverage.codes())
    every = need.join(each, how="cross", maintain_order="left_right")
    reviewed = col("women").sum().over("need")
    counts = grid(at.needs.group_by("need", "coverage").len("women"), every, "women")
    never = pl.when(col("coverage") == "unknown").then(at.here.height - reviewed).otherwise(0)
    return counts.with_columns(col("women") + never)


def _changes(at: At) -> pl.DataFrame:
    changes = ["improved", "worsened"]
    known = col("coverage") != "unknown"
    order = col("coverage").to_physical().cast(pl.Int8)
    now = at.needs.filter(known).select("woman", "need", now=order)
    before = at.previous.reviews.filter(known).select("woman", "need", before=order)
    change = pl.when(col("now") < col("before")).then(pl.lit("improved"))
    counts = (
        now.join(before, on=["woman", "need"])
        .filter(col("now") != col("before"))
        .group_by("need", change=change.otherwise(pl.lit("worsened")).cast(pl.Enum(changes)))
        .len("women")
    )
    every = words("need", Need.codes()).join(
        words("change", changes), how="cross", maintain_order="left_right"
    )
    return grid(counts, every, "women")
