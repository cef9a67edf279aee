"""The practice checks of a month and the change since the one before, directly in polars."""

from collections.abc import Iterator
from datetime import timedelta

import polars as pl
from polars import col

from copehope_lib.vocabulary import Module, Need, Pattern
from tests.benchmarks.polars_engagement import attendance
from tests.benchmarks.polars_itineraries import OPEN, coverage
from tests.benchmarks.polars_shared import GROUPS, IN_PERSON, At, wilson, words

ANSWERS = [
    "can_share_space", "protected_witness", "judicial_process", "lives_with_network",
    "threatened_recently", "imminent_danger",
]  # fmt: skip
THERAPIES = ["psychological_support", "art_therapy_lab"]
HERS = col("chosen_by").is_in(["her", "together"])
ALONE = col("setting") == "individual_only"
FINDING = {"woman": pl.String, "code": pl.String, "other": pl.String}

Checked = tuple[str, int, int, pl.DataFrame]
"""Name of a check, numerator, denominator, findings."""


def practice(at: At) -> dict[str, pl.DataFrame]:
    checked = list(_checks(at))
    names = words("check", [name for name, *_rest in checked])
    found = [
        found.select(
            pl.lit(name, names["check"].dtype).alias("check"),
            *(
                col(one) if one in found.columns else pl.lit(None, kind).alias(one)
                for one, kind in FINDING.items()
            ),
        )
        for name, _part, _of, found in checked
    ]
    findings = pl.concat(found).sort("check", *FINDING, nulls_last=True)
    return {"practice.checks": _table(checked), "practice.findings": findings}


def _table(checked: list[Checked]) -> pl.DataFrame:
    return pl.DataFrame(
        [row[:3] for row in checked],
        schema=["check", "numerator", "denominator"],
        orient="row",
    )


def _kept(name: str, things: pl.DataFrame, kept: pl.Expr, *about: str) -> Checked:
    """A check of one thing a row."""
    found = things.filter(~kept.fill_null(False)).select(about or "woman")
    return name, things.height - found.height, things.height, found


def _checks(at: At) -> Iterator[Checked]:
    yield from _safety(at)
    yield from _needs(at)
    yield from _sessions(at)
    yield from _team(at)
    yield from _itineraries(at)
    yield from _decisions(at)


def _safety(at: At) -> Iterator[Checked]:
    assessed = at.assessed.drop_nulls("assessed_on")
    recent = pl.lit(at.last) - col("assessed_on") < timedelta(days=90)
    yield _kept("risk_assessed", at.assessed, recent)
    unknown = pl.any_horizontal(col(ANSWERS) == "unknown")
    yield _kept("six_answers", assessed, ~unknown)
    alone = assessed.filter(ALONE).select("woman", "assessed_on")
    in_groups = (
        at.invited.filter(col("format").is_in(GROUPS))
        .join(alone, on="woman")
        .filter(col("day") >= col("assessed_on"))
    )
    met = in_groups.select("woman", met=True).unique()
    alone_or_not = alone.join(met, on="woman", how="left")
    yield _kept("alone_means_alone", alone_or_not, col("met").is_null())
    yield _half_hour(at, assessed.filter(ALONE | (col("can_share_space") == "no")))
    yield _kept("contact_agreed", at.assessed, col("contact_consent"))


def _half_hour(at: At, alone: pl.DataFrame) -> Checked:
    meetings = at.meetings.filter(col("format").is_in(IN_PERSON)).select(
        "session", "place", "day", "format",
        starts=at.instant("starts_at"),
        ends=at.instant("ends_at"),
    )  # fmt: skip
    invited = at.invited.select("session", "woman")
    things = invited.join(meetings.filter(col("format") == "individual"), on="session").join(
        alone, on="woman", how="semi"
    )
    half_hour = timedelta(minutes=30)
    found = (
        things.join(meetings, on=["place", "day"], suffix="_other")
        .filter(
            col("session") != col("session_other"),
            col("starts_other") < col("ends") + half_hour,
            col("ends_other") > col("starts") - half_hour,
        )
        .join(invited, left_on="session_other", right_on="session", suffix="_other")
        .filter(col("woman") != col("woman_other"))
        .select("woman", code="session", other="session_other")
        .unique()
    )
    kept = things.height - found.select("woman", "code").n_unique()
    return "half_hour", kept, things.height, found


def _needs(at: At) -> Iterator[Checked]:
    recent = at.reviews.filter(pl.lit(at.last) - col("reviewed_on") < timedelta(days=60))
    reviewed = recent.select("woman", reviewed=True).unique()
    women = at.codes.join(reviewed, on="woman", how="left")
    yield _kept("needs_reviewed", women, col("reviewed"))
    trained = at.trained.select("woman").unique().join(at.open_needs, on="woman", how="left")
    yield _kept("needs_before_training", trained, col("needs").is_null())


def _sessions(at: At) -> Iterator[Checked]:
    mothers = (
        at.tables["women"]
        .filter(col("entered_on") <= at.last)
        .group_by("woman")
        .agg(col("children_in_care").max_by("entered_on"))
        .filter(col("children_in_care") > 0)
    )
    in_person = at.invited.filter(col("format").is_in(IN_PERSON))
    with_children = in_person.join(mothers, on="woman", how="semi").unique("activity")
    code = col("activity").alias("code")
    yield _kept("childcare", with_children.with_columns(code), col("childcare"), "code")
    activities = in_person.unique("activity").with_columns(code)
    yield _kept("transport", activities, col("transport_support"), "code")
    meetings = at.meetings.rename({"session": "code"})
    groups = meetings.filter(col("format").is_in(GROUPS), col("came") > 0)
    yield _kept("group_size", groups, col("came").is_between(5, 10), "code")
    yield _kept("session_length", meetings, col("minutes") <= 90, "code")


def _team(at: At) -> Iterator[Checked]:
    first = (
        at.tables["sessions"]
        .group_by("professional")
        .agg(first_on=col("starts_at").min().dt.truncate("1d"))
    )
    externals = (
        at.tables["professionals"]
        .filter("external")
        .join(at.meetings, on="professional", how="semi")
        .join(first, on="professional")
        .rename({"professional": "code"})
    )
    in_time = col("trafficking_training_on") <= col("first_on")
    yield _kept("externals_trained", externals, in_time, "code")
    yield _kept("three_profiles", at.around, col("profiles") >= 3)
    accompanied = at.around.filter(col("professionals") > 0)
    yield _kept("functions_shared", accompanied, ~col("carried_alone"))
    yield _places(at)


def _places(at: At) -> Checked:
    held = at.tables["activities"].filter(col("places") > 0).select("activity", "places")
    held = held.join(at.meetings, on="activity", how="semi")
    sessions = at.tables["sessions"].filter(col("starts_at") < at.after)
    came = (
        at.tables["attendance"]
        .lazy()
        .filter(col("status").is_in(["attended", "partly"]))
        .join(sessions.lazy().join(held.lazy(), on="activity", how="semi"), on="session")
        .group_by("activity")
        .agg(women=col("woman").n_unique())
        .collect()
    )
    taken = held.join(came, on="activity", how="left").with_columns(col("women").fill_null(0))
    found = taken.filter(col("women") < col("places")).select(code="activity")
    part = taken.select(pl.min_horizontal("women", "places").sum()).item()
    return "places_taken", part, taken["places"].sum(), found


def _itineraries(at: At) -> Iterator[Checked]:
    open_goals = at.goals.filter(col("state").is_in(OPEN)).rename({"goal": "code"})
    yield _kept("goals_hers", open_goals, HERS, "woman", "code")
    chosen = at.tables["goals"].filter(col("area") == "emotional", col("set_on") <= at.last, HERS)
    in_therapy = (
        at.invited.filter(col("module").is_in(THERAPIES))
        .select("woman")
        .unique()
        .join(at.codes, on="woman", how="semi")
        .join(chosen.select("woman", chosen=True).unique(), on="woman", how="left")
    )
    yield _kept("therapy_chosen", in_therapy, col("chosen"))


def _decisions(at: At) -> Iterator[Checked]:
    actions = at.tables["actions"]
    month = col("decided_on").dt.truncate("1mo")
    first = at.tables["women"].select(first=col("entered_on").min().dt.truncate("1mo"))
    months = (
        pl.select(
            month=pl.datetime_range(
                pl.lit(at.after).dt.offset_by("-6mo"), at.after, "1mo", closed="left"
            )
        )
        .join(first, how="cross")
        .filter(col("month") >= col("first"))
        .join(actions.select(month=month, held=True).unique(), on="month", how="left")
        .with_columns(code=col("month").dt.strftime("%Y-%m"))
    )
    yield _kept("supervision_held", months, col("held"), "code")
    before = actions.filter(
        col("decided_on").is_between(at.previous.first, at.first, closed="left")
    )
    done = before.rename({"action": "code"})
    yield _kept("actions_done", done, col("done_on") <= at.last, "code")


def change(at: At, checks: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """What changed since the previous period; ``checks`` are those of this one."""
    before = at.previous
    names = checks["check"].to_list()
    return {
        "change.attendance": _change(
            "scope", _came(at), _came(before), ["all", *Module.codes()], full=False
        ),
        "change.patterns": _change("pattern", _patterns(at), _patterns(before), Pattern.codes()),
        "change.coverage": _change("need", _covered(at), _covered(before), Need.codes()),
        "change.checks": _change(
            "check", _as_shares(checks), _as_shares(_table(list(_checks(before)))), names
        ),
    }


def _came(at: At) -> pl.DataFrame:
    came, missed = col("attended") + col("partly"), col("excused") + col("missed")
    return attendance(at).select(key="scope", part=came, of=came + missed)


def _patterns(at: At) -> pl.DataFrame:
    counts = at.patterns.group_by(key=col("pattern").cast(pl.String)).agg(part=pl.len())
    return (
        words("key", Pattern.codes())
        .cast(pl.String)
        .join(counts, on="key", how="left")
        .select("key", col("part").fill_null(0), of=pl.lit(at.here.height))
    )


def _covered(at: At) -> pl.DataFrame:
    known = coverage(at).filter(col("coverage") != "unknown")
    covered = col("women").filter(col("coverage") == "covered").sum()
    return known.group_by(key="need").agg(part=covered, of=col("women").sum())


def _as_shares(checks: pl.DataFrame) -> pl.DataFrame:
    return checks.select(key="check", part="numerator", of="denominator")


def _change(
    name: str, now: pl.DataFrame, before: pl.DataFrame, keys: list[str], *, full: bool = True
) -> pl.DataFrame:
    """Newcombe's 95 % interval of the difference of two independent shares."""
    both = now.rename({"part": "now", "of": "now_of"}).join(
        before.rename({"part": "before", "of": "before_of"}), on="key", how="full",
        coalesce=True,
    )  # fmt: skip
    p, q = col("now") / col("now_of"), col("before") / col("before_of")
    now_low, now_high = wilson("now", "now_of")
    before_low, before_high = wilson("before", "before_of")
    known = (col("now_of") > 0) & (col("before_of") > 0)
    return (
        words("key", keys)
        .join(both.with_columns(col("key").cast(pl.Enum(keys))), on="key", how="left")
        .filter(pl.lit(full) | col("now").is_not_null() | col("before").is_not_null())
        .sort("key")
        .with_columns(
            col("key").cast(pl.String),
            col("now", "now_of", "before", "before_of").fill_null(0).cast(pl.Int64),
        )
        .select(
            col("key").alias(name), "before", "before_of", "now", "now_of",
            difference=pl.when(known).then(p - q),
            low=p - q - ((p - now_low) ** 2 + (before_high - q) ** 2).sqrt(),
            high=p - q + ((q - before_low) ** 2 + (now_high - p) ** 2).sqrt(),
        )
        .with_columns(clear=(col("low") > 0) | (col("high") < 0))
    )  # fmt: skip
