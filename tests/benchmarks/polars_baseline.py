"""What most of the time goes to, written directly in polars: what ours is measured against.

Attendance, pauses and patterns go through every attendance there ever was. Definitions only: a
code that no table declares would not be noticed here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pandas as pd
import polars as pl
from polars import col

from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.vocabulary import AttendanceStatus, Pattern

PRESENT = ["attended", "partly"]
Frames = Mapping[str, pl.DataFrame]


def converted(frames: Mapping[str, pd.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables as one who works with polars would have them: words as Enum."""
    return {
        name: pl.from_pandas(frames[name]).with_columns(
            col(column).cast(pl.Enum(declared.words.codes()))
            for column, declared in table.declared.items()
            if declared.kind == "word"
        )
        for name, table in TABLES.items()
    }


def baseline(tables: Frames, period: pd.Period, settings: Settings) -> dict[str, pl.DataFrame]:
    """Some metrics of a period by name, from frames made by ``converted``."""
    first = period.start_time.to_pydatetime()
    after = (period + 1).start_time.to_pydatetime()
    last = after - timedelta(days=1)
    stays = _stays(tables["women"], last)
    visits = _visits(tables, stays, after)
    pauses = _pauses(visits, stays, settings.engagement.pause_days)
    return {
        "engagement.attendance": _attendance(tables, first, after),
        "engagement.pauses": pauses.drop("stay", "end"),
        "engagement.women": _patterns(
            tables["women"], visits, stays, pauses, tables["contacts"], last, settings
        ),
    }


def _attendance(tables: Frames, first: datetime, after: datetime) -> pl.DataFrame:
    rows = (
        tables["attendance"]
        .lazy()
        .join(
            tables["sessions"]
            .lazy()
            .filter(col("starts_at").is_between(first, after, closed="left"))
            .join(tables["activities"].lazy(), on="activity")
            .select("session", "module"),
            on="session",
        )
        .collect()
    )
    counts = [(col("status") == code).sum().alias(code) for code in AttendanceStatus.codes()]
    by_module = rows.group_by("module").agg(counts).sort("module")
    came, away = col("attended") + col("partly"), col("excused") + col("missed")
    every = rows.select(pl.lit("all").alias("scope"), *counts)
    return pl.concat(
        [every, by_module.rename({"module": "scope"}).cast({"scope": pl.String})]
    ).with_columns(rate=pl.when(came + away > 0).then(came / (came + away)))


def _stays(women: pl.DataFrame, last: datetime) -> pl.DataFrame:
    """Stays that have begun: ``end`` is the last day of it, or of the period."""
    end = pl.min_horizontal(col("left_on") - timedelta(days=1), pl.lit(last))
    begun = women.with_row_index("stay").filter(col("entered_on") <= last)
    return begun.select("stay", "woman", "entered_on", end=end)


def _visits(tables: Frames, stays: pl.DataFrame, after: datetime) -> pl.DataFrame:
    """Each expected visit up to the last day that lies in a stay."""
    sessions = tables["sessions"].lazy().filter(col("starts_at") < after)
    return (
        tables["attendance"]
        .lazy()
        .filter(col("status") != "cancelled_by_us")
        .join(sessions.select("session", day=col("starts_at").dt.truncate("1d")), on="session")
        .join(stays.lazy(), on="woman")
        .filter(col("day").is_between("entered_on", "end"))
        .select("stay", "day", came=col("status").is_in(PRESENT))
        .collect()
    )


def _pauses(visits: pl.DataFrame, stays: pl.DataFrame, pause_days: int) -> pl.DataFrame:
    """All pauses up to the last day, with their stays."""
    came_on = pl.when("came").then("day")
    return (
        visits.lazy()
        .sort("day")
        .with_columns(
            since=came_on.forward_fill().over("stay"),
            returned_on=came_on.backward_fill().over("stay"),
        )
        # Where she came to another session of the day, one of the two is that day.
        .filter(col("since").ne_missing(col("day")), col("returned_on").ne_missing(col("day")))
        .group_by("stay", "since")
        .agg(col("day").first(), col("returned_on").first())
        .with_columns(col("since").fill_null(col("day")))  # before she first came
        .with_columns(
            paused_on=pl.max_horizontal(col("since") + timedelta(days=pause_days + 1), "day")
        )
        .join(stays.lazy(), on="stay")
        .filter(col("paused_on") <= col("returned_on").fill_null(col("end")))
        .select("stay", "woman", "entered_on", "end", "since", "paused_on", "returned_on")
        .sort("woman", "since")
        .collect()
    )


def _patterns(
    women: pl.DataFrame,
    visits: pl.DataFrame,
    stays: pl.DataFrame,
    pauses: pl.DataFrame,
    contacts: pl.DataFrame,
    last: datetime,
    settings: Settings,
) -> pl.DataFrame:
    """The pattern of each woman here."""
    start = last - timedelta(days=settings.engagement.window_days - 1)
    recent = (
        visits.filter(col("day") >= start)
        .join(stays.select("stay", "woman"), on="stay")
        .group_by("woman")
        .agg(expected=pl.len(), came=col("came").sum())
    )
    found = pauses.group_by("woman", "entered_on").agg(
        lasting=col("returned_on").is_null().any(), ended=(col("returned_on") >= start).any()
    )
    holds = (col("entered_on") <= last) & (col("left_on").is_null() | (col("left_on") > last))
    met = contacts.filter((col("on") >= start) & (col("on") <= last))["woman"].unique()
    pattern = (
        pl.when((col("expected") == 0) & col("woman").is_in(met.implode()))
        .then(pl.lit("in_touch"))
        .when(col("expected") == 0)
        .then(pl.lit("not_invited"))
        .when("lasting")
        .then(pl.lit("paused"))
        .when("ended")
        .then(pl.lit("returned"))
        .when(col("entered_on") >= start)
        .then(pl.lit("starting"))
        .when(col("came") / col("expected") >= settings.engagement.steady_rate)
        .then(pl.lit("steady"))
        .otherwise(pl.lit("intermittent"))
    )
    return (
        women.filter(holds)
        .sort("woman")
        .select("woman", "entered_on")
        .join(recent, on="woman", how="left", maintain_order="left")
        .join(found, on=["woman", "entered_on"], how="left", maintain_order="left")
        .with_columns(col("expected", "came").fill_null(0))
        .select(
            "woman", pattern.cast(pl.Enum(Pattern.codes())).alias("pattern"), "expected", "came"
        )
    )
