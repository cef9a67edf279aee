"""What the metrics share when they are written directly in polars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import pandas as pd
import polars as pl
from polars import col

from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Pattern

Z = 1.959963984540054
PRESENT = ["attended", "partly"]
IN_PERSON = ["individual", "group"]
GROUPS = ["group", "online_group"]


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


def words(name: str, codes: list[str]) -> pl.DataFrame:
    """One column with all words of a vocabulary, in their order."""
    return pl.DataFrame({name: codes}, schema={name: pl.Enum(codes)})


def grid(counts: pl.DataFrame, every: pl.DataFrame, count: str) -> pl.DataFrame:
    """Counts of all combinations, zeros included, in the order of ``every``."""
    return (
        every.join(counts, on=every.columns, how="left", maintain_order="left")
        .select(*every.columns, col(count).fill_null(0))
        .with_columns(col(every.columns).cast(pl.String))
    )


def counted(rows: pl.DataFrame, every: pl.DataFrame, count: str) -> pl.DataFrame:
    return grid(rows.group_by(every.columns).len(count), every, count)


def share(part: str, of: str) -> pl.Expr:
    return pl.when(col(of) > 0).then(col(part) / col(of))


def wilson(part: str, of: str) -> tuple[pl.Expr, pl.Expr]:
    """The 95 % interval of a share; missing where nobody is counted."""
    n, p = col(of), share(part, of)
    centre = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * (p * (1 - p) / n + Z**2 / (4 * n**2)).sqrt() / (1 + Z**2 / n)
    return centre - half, centre + half


def holds_on(start: str, end: str, day: datetime) -> pl.Expr:
    return (col(start) <= day) & (col(end).is_null() | (col(end) > day))


@dataclass
class At:
    """A registry at the end of a period, and what several metrics share about it.

    ``later`` is the same of the next period, from which an earlier one takes what it can.
    """

    tables: dict[str, pl.DataFrame]
    period: pd.Period
    settings: Settings
    later: "At | None" = None

    def __post_init__(self) -> None:
        self.first: datetime = self.period.start_time.to_pydatetime()
        self.after: datetime = (self.period + 1).start_time.to_pydatetime()
        self.last = self.after - timedelta(days=1)

    @cached_property
    def previous(self) -> "At":
        return At(self.tables, self.period - 1, self.settings, self)

    # Women

    @cached_property
    def here(self) -> pl.DataFrame:
        """The stays that hold on the last day, by woman."""
        holds = holds_on("entered_on", "left_on", self.last)
        return self.tables["women"].filter(holds).sort("woman")

    @cached_property
    def codes(self) -> pl.DataFrame:
        return self.here.select("woman")

    @cached_property
    def stays(self) -> pl.DataFrame:
        """Stays that have begun: ``end`` is the last day of it, or of the period."""
        return (
            self.tables["women"]
            .with_row_index("stay")
            .filter(col("entered_on") <= self.last)
            .select(
                "stay", "woman", "entered_on", "left_on",
                end=pl.min_horizontal(col("left_on") - timedelta(days=1), pl.lit(self.last)),
            )
        )  # fmt: skip

    @cached_property
    def held(self) -> pl.DataFrame:
        """Assignments cut to the stays of the woman."""
        return (
            self.tables["assignments"]
            .join(self.tables["women"].select("woman", "entered_on", "left_on"), on="woman")
            .select(
                "woman", "professional", "function", "entered_on",
                start=pl.max_horizontal("from_on", "entered_on"),
                end=pl.min_horizontal("to_on", "left_on"),
            )
            .filter(col("end").is_null() | (col("start") < col("end")))
        )  # fmt: skip

    @cached_property
    def carried(self) -> pl.DataFrame:
        return self.held.filter(holds_on("start", "end", self.last))

    @cached_property
    def around(self) -> pl.DataFrame:
        """Who stands around each woman here: ``caseload.functions``."""
        profile = self.tables["professionals"].select("professional", "profile")
        around = (
            self.carried.join(profile, on="professional")
            .group_by("woman")
            .agg(
                professionals=col("professional").n_unique(),
                profiles=col("profile").n_unique(),
            )
        )
        return (
            self.codes.join(around, on="woman", how="left", maintain_order="left")
            .with_columns(col("professionals", "profiles").fill_null(0))
            .with_columns(carried_alone=col("professionals") == 1)
        )

    # Visits

    @cached_property
    def visits(self) -> pl.DataFrame:
        """Each expected visit up to the last day that lies in a stay."""
        if self.later:
            return self.later.visits.filter(col("day") <= self.last)
        sessions = self.tables["sessions"].lazy().filter(col("starts_at") < self.after)
        stays = self.stays.lazy().select("stay", "woman", "entered_on", "end")
        return (
            self.tables["attendance"]
            .lazy()
            .filter(col("status") != "cancelled_by_us")
            .join(
                sessions.select("session", day=col("starts_at").dt.truncate("1d")),
                on="session",
            )
            .join(stays, on="woman")
            .filter(col("day").is_between("entered_on", "end"))
            .select("stay", "entered_on", "end", "day", came=col("status").is_in(PRESENT))
            .collect()
        )

    @cached_property
    def pauses(self) -> pl.DataFrame:
        """All pauses up to the last day, with their stays."""
        if self.later:
            return self.later.pauses.filter(col("paused_on") <= self.last).with_columns(
                pl.when(col("returned_on") <= self.last).then("returned_on")
            )
        came_on = pl.when("came").then("day")
        pause_days = self.settings.engagement.pause_days
        return (
            self.visits.lazy()
            .sort("day")
            .with_columns(
                since=came_on.forward_fill().over("stay"),
                returned_on=came_on.backward_fill().over("stay"),
            )
            # Where she came to another session of the day, one of the two is that day.
            .filter(
                col("since").ne_missing(col("day")),
                col("returned_on").ne_missing(col("day")),
            )
            .group_by("stay", "since")
            .agg(col("day").first(), col("returned_on").first())
            .with_columns(col("since").fill_null(col("day")))  # before she first came
            .with_columns(
                paused_on=pl.max_horizontal(
                    col("since") + timedelta(days=pause_days + 1), "day"
                )
            )
            .join(self.stays.lazy(), on="stay")
            .filter(col("paused_on") <= col("returned_on").fill_null(col("end")))
            .select("stay", "woman", "entered_on", "end", "since", "paused_on", "returned_on")
            .sort("woman", "since")
            .collect()
        )  # fmt: skip

    @cached_property
    def patterns(self) -> pl.DataFrame:
        """The pattern of each woman here: ``engagement.women``."""
        engagement = self.settings.engagement
        start = self.last - timedelta(days=engagement.window_days - 1)
        recent = (
            self.visits.filter(col("day") >= start)
            .join(self.stays.select("stay", "woman"), on="stay")
            .group_by("woman")
            .agg(expected=pl.len(), came=col("came").sum())
        )
        found = (
            self.pauses.group_by("woman", "entered_on")
            .agg(
                lasting=col("returned_on").is_null().any(),
                ended=(col("returned_on") >= start).any(),
            )
        )  # fmt: skip
        steady = col("came") / col("expected") >= engagement.steady_rate
        return (
            self.here.select("woman", "entered_on")
            .join(recent, on="woman", how="left", maintain_order="left")
            .join(found, on=["woman", "entered_on"], how="left", maintain_order="left")
            .with_columns(col("expected", "came").fill_null(0))
            .select(
                "woman",
                pl.when(col("expected") == 0).then(pl.lit("not_invited"))
                .when("lasting").then(pl.lit("paused"))
                .when("ended").then(pl.lit("returned"))
                .when(col("entered_on") >= start).then(pl.lit("starting"))
                .when(steady).then(pl.lit("steady"))
                .otherwise(pl.lit("intermittent"))
                .cast(pl.Enum(Pattern.codes())).alias("pattern"),
                "expected",
                "came",
            )
        )  # fmt: skip

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Attendance at the sessions that start in the period, with session and activity."""
        of_period = col("starts_at").is_between(self.first, self.after, closed="left")
        sessions = (
            self.tables["sessions"]
            .lazy()
            .filter(of_period)
            .with_columns(day=col("starts_at").dt.truncate("1d"))
            .join(self.tables["activities"].lazy(), on="activity")
        )
        return (
            self.tables["attendance"]
            .lazy()
            .join(sessions, on="session")
            .with_columns(
                came=col("status").is_in(PRESENT),
                expected=col("status") != "cancelled_by_us",
            )
            .collect()
        )

    @cached_property
    def invited(self) -> pl.DataFrame:
        return self.rows.filter("expected")

    @cached_property
    def meetings(self) -> pl.DataFrame:
        """The held sessions of the period: who came, and how long they really took."""
        one = ["activity", "module", "format", "starts_at", "ends_at", "place", "professional"]
        return (
            self.invited.group_by("session")
            .agg(col(one).first(), col("came").sum(), col("day").first())
            .with_columns(minutes=(self.instant("ends_at") - self.instant("starts_at")))
            .with_columns(col("minutes") / timedelta(minutes=1))
        )

    def instant(self, moment: str) -> pl.Expr:
        return col(moment).dt.replace_time_zone(
            self.settings.timezone, ambiguous="earliest", non_existent="null"
        )

    # Goals and needs

    @cached_property
    def events(self) -> pl.DataFrame:
        """What happened to goals up to the last day, in order."""
        if self.later:
            return self.later.events.filter(col("on") <= self.last)
        events = self.tables["goal_events"].lazy().filter(col("on") <= self.last)
        return events.sort("goal", "on", "event").collect()

    @cached_property
    def states(self) -> pl.DataFrame:
        """How each goal with an event stands on the last day."""
        return (
            self.events.group_by("goal")
            .agg(
                state=col("event").filter(col("event") != "revised").last(),
                last_on=col("on").last(),
                attainment=col("attainment").drop_nulls().last(),
            )
            .with_columns(
                col("state").replace_strict(STATES, return_dtype=STATE).fill_null("not_started")
            )
        )

    @cached_property
    def goals(self) -> pl.DataFrame:
        """The goals of women here, and where they stand: ``itineraries.goals``."""
        return (
            self.tables["goals"]
            .filter(col("set_on") <= self.last)
            .join(self.codes, on="woman", how="semi")
            .join(self.states, on="goal", how="left")
            .with_columns(
                col("state").fill_null("not_started"),
                col("last_on").fill_null(col("set_on")),
            )
            .sort("goal")
        )

    @cached_property
    def reviews(self) -> pl.DataFrame:
        """The latest review of each need of each woman."""
        return (
            self.tables["needs"]
            .lazy()
            .filter(col("reviewed_on") <= self.last)
            .group_by("woman", "need")
            .agg(col("coverage").max_by("reviewed_on"), col("reviewed_on").max())
            .collect()
        )

    @cached_property
    def needs(self) -> pl.DataFrame:
        """The same of women here: ``needs.women``."""
        found = self.reviews.join(self.codes, on="woman", how="semi")
        return found.select("woman", "need", "coverage", "reviewed_on").sort("woman", "need")

    @cached_property
    def open_needs(self) -> pl.DataFrame:
        open_ones = self.needs.filter(col("coverage") == "not_covered")
        return open_ones.group_by("woman").agg(needs=pl.len())

    @cached_property
    def trained(self) -> pl.DataFrame:
        """Women here and the long non-modular trainings at which they were expected."""
        long = col("module").is_in(TRAININGS) & (col("sessions_planned") >= 12)
        return (
            self.invited.filter(long & ~col("modular"))
            .join(self.codes, on="woman", how="semi")
            .select("woman", "activity")
            .unique()
        )

    # Safety

    @cached_property
    def assessed(self) -> pl.DataFrame:
        """Women here with their latest risk assessment, where there is one."""
        latest = (
            self.tables["safety"]
            .lazy()
            .filter(col("assessed_on") <= self.last)
            .group_by("woman")
            .agg(pl.all().max_by("assessed_on"))
            .collect()
        )
        return self.codes.join(latest, on="woman", how="left")


TRAININGS = [
    "digital_literacy", "work_guidance", "language", "sewing", "on_the_job", "other_training",
]  # fmt: skip
STATES = {
    "started": "under_way",
    "step": "under_way",
    "resumed": "under_way",
    "paused": "paused",
    "achieved": "achieved",
    "set_aside": "set_aside",
}
STATE = pl.Enum(["not_started", "under_way", "paused", "achieved", "set_aside"])
