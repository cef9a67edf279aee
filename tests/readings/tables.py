"""A table of each metric as it may look on a page, and the same with hidden cells or zeros."""

from collections.abc import Iterable, Sequence
from itertools import product

import pandas as pd

from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import (
    Answer,
    Area,
    Asked,
    Barrier,
    ChosenBy,
    Coverage,
    Face,
    GoalState,
    Need,
    Pattern,
    Theme,
    Wish,
)

COUNTS = "Int64"
SHARES = "Float64"
PATTERNS = [
    Pattern.STEADY, Pattern.INTERMITTENT, Pattern.PAUSED, Pattern.RETURNED, Pattern.STARTING,
    Pattern.IN_TOUCH,
    Pattern.NOT_INVITED,
]  # fmt: skip


def table(rows: Iterable[Sequence[object]], columns: str, **dtypes: str) -> pd.DataFrame:
    """Rows under the names of their columns; what is not said to be a number is a word."""
    frame = pd.DataFrame(list(rows), columns=columns.split())
    return frame.astype({name: dtypes.get(name, "str") for name in frame.columns})


def grid(columns: str, *keys: Iterable[str], counts: int = 4) -> pd.DataFrame:
    """Every combination of the keys, each with the same count; the last column counts."""
    rows = [(*each, counts) for each in product(*map(list, keys))]
    return table(rows, columns, **{columns.split()[-1]: COUNTS})


def curve(event: str, share: float) -> pd.DataFrame:
    rows = [(week, 60 - week, week // 2, share, share, share) for week in range(1, 53)]
    numbers = dict.fromkeys(["week", "at_risk", event], COUNTS)
    shares = dict.fromkeys(["share", "low", "high"], SHARES)
    return table(rows, f"week at_risk {event} share low high", **numbers, **shares)


def change(key: str, codes: Iterable[str]) -> pd.DataFrame:
    """The first key rose clearly, the others did not."""
    rows = [
        (
            code,
            20,
            40,
            35 if at == 0 else 21,
            40,
            0.375 if at == 0 else 0.025,
            0.1,
            0.5,
            at == 0,
        )
        for at, code in enumerate(codes)
    ]
    counts = dict.fromkeys(["before", "before_of", "now", "now_of"], COUNTS)
    shares = dict.fromkeys(["difference", "low", "high"], SHARES)
    columns = f"{key} before before_of now now_of difference low high clear"
    return table(rows, columns, **counts, **shares, clear="boolean")


GROUPS: dict[str, pd.DataFrame] = {
    "caseload.load": table(
        [("P-1", 9, 8.5, 10.0, 0.8), ("P-2", 22, 21.0, 24.0, 1.2)],
        "professional women women_average points load",
        women=COUNTS, women_average=SHARES, points=SHARES, load=SHARES,
    ),
    "caseload.profiles": grid("profiles women", ["0", "1", "2", "3+"]),
    "caseload.spread": table(
        [(6, 38, 12.0, 1.9, 0.2, 4)],
        "professionals women median max_to_median gini carried_alone",
        professionals=COUNTS, women=COUNTS, median=SHARES, max_to_median=SHARES, gini=SHARES,
        carried_alone=COUNTS,
    ),
    "caseload.reference": grid("changes women", ["0", "1", "2+"]),
    "engagement.attendance": table(
        [("all", 60, 3, 10, 14, 9, 0.724), ("language", 60, 3, 10, 14, 9, 0.724)],
        "scope attended partly excused missed cancelled_by_us rate",
        **dict.fromkeys(["attended", "partly", "excused", "missed"], COUNTS),
        cancelled_by_us=COUNTS, rate=SHARES,
    ),
    "engagement.barriers": grid("barrier times", Barrier.codes()),
    "engagement.modules": table(
        [("language", 12, 14, 20, 7.5, 90.0), ("sewing", 6, 5, 10, 4.5, 120.0)],
        "module sessions women places group_size minutes",
        sessions=COUNTS, women=COUNTS, places=COUNTS, group_size=SHARES, minutes=SHARES,
    ),
    "engagement.movements": grid("movement women", ["paused", "returned"]),
    "engagement.seen": grid("seen women", ["yes", "no"]),
    "engagement.patterns": grid("pattern women", PATTERNS),
    "engagement.flows": grid(
        "before after women", [*PATTERNS, "not_here"], [*PATTERNS, "not_here"]
    ),
    "engagement.retention": table(
        [(week, 60 - week, 50 - week, 0.8, 0.7, 0.9) for week in range(1, 53)],
        "week observed engaged share low high",
        week=COUNTS, observed=COUNTS, engaged=COUNTS, share=SHARES, low=SHARES, high=SHARES,
    ),
    "engagement.time_to_pause": curve("paused", 0.65),
    "engagement.time_to_return": curve("returned", 0.35),
    "itineraries.states": grid("area state goals", Area.codes(), GoalState.codes()),
    "itineraries.chosen": grid("chosen_by state goals", ChosenBy.codes(), GoalState.codes()),
    "itineraries.flows": grid(
        "before after goals", ["not_set", *GoalState.codes()], GoalState.codes()
    ),
    "itineraries.quiet": grid("days goals", ["0-30", "31-90", "91-180", "181+"]),
    "itineraries.levels": grid("attainment goals", ["-2", "-1", "0", "1", "2"]).astype(
        {"attainment": COUNTS}
    ),
    "needs.coverage": grid("need coverage women", Need.codes(), Coverage.codes()),
    "needs.changes": grid("need change women", Need.codes(), ["improved", "worsened"]),
    "practice.left_out": table(
        [("session_length", 7), ("childcare", 3)], "check left_out", left_out=COUNTS
    ),
    "practice.checks": table(
        [(name, 12, 20) for name in RECOMMENDATIONS],
        "check numerator denominator", numerator=COUNTS, denominator=COUNTS,
    ),
    "change.attendance": change("scope", ["all", "language", "sewing"]),
    "change.patterns": change("pattern", PATTERNS),
    "change.coverage": change("need", Need.codes()),
    "change.checks": change("check", RECOMMENDATIONS),
    "voice.answers": grid("we_did answers", Answer.codes()),
    "voice.asked": grid("asked face answers", Asked.codes(), Face.codes()),
    "voice.wishes": grid("wish answers", Wish.codes()),
    "voice.language": grid("in_her_language answers", ["yes", "no", "unknown"]),
    "voice.unanswered": grid("asked answers", Asked.codes()),
    "voice.activities": grid("chosen_with_women activities", ["yes", "no", "unknown"]),
    "learning.themes": table(
        [(theme, n % 4, 8, 12, 2, 1, 0) for n, theme in enumerate(Theme.codes())],
        "theme members team hours trainer_yes trainer_no trainer_not_said",
        **dict.fromkeys(
            ["members", "team", "hours", "trainer_yes", "trainer_no", "trainer_not_said"], COUNTS
        ),
    ),
    "learning.languages": table(
        [("en", 4, 5), ("ro", 0, 3)], "language speakers women", speakers=COUNTS, women=COUNTS
    ),
    "learning.continuity": table(
        [("team", 6, 1, 2, 3.4)], "whom members came left years",
        members=COUNTS, came=COUNTS, left=COUNTS, years=SHARES,
    ),
}  # fmt: skip
"""Rows about groups or posts: every audience may be given them, with cells hidden."""

WOMEN: dict[str, pd.DataFrame] = {
    "caseload.distribution": pd.DataFrame(
        {"professional": ["P-1", "P-1", "P-2"], "function": ["legal", "health", "health"],
         "women": pd.array([4, 2, 1], dtype="Int64")}
    ),
    "caseload.functions": table(
        [("W-1", 1, 1, True), ("W-2", 4, 3, False)],
        "woman professionals profiles carried_alone",
        professionals=COUNTS, profiles=COUNTS, carried_alone="boolean",
    ),
    "engagement.pauses": table(
        [("W-1", "2026-01-07", "2026-03-01", "2026-03-23", "2026-04-02"),
         ("W-2", "2026-02-01", "2026-09-01", "2026-09-23", None)],
        "woman entered_on since paused_on returned_on",
        **dict.fromkeys(["entered_on", "since", "paused_on", "returned_on"], "datetime64[us]"),
    ),
    "engagement.women": table(
        [("W-1", "steady", 9, 8), ("W-2", "paused", 6, 3)],
        "woman pattern expected came", expected=COUNTS, came=COUNTS,
    ),
    "itineraries.goals": table(
        [("G-1", "W-1", "work", "her", "under_way", "2026-09-01", None),
         ("G-2", "W-1", "health", "together", "achieved", "2026-08-01", 1)],
        "goal woman area chosen_by state last_on attainment",
        last_on="datetime64[us]", attainment=COUNTS,
    ),
    "itineraries.attainment": table(
        [("W-1", 44.0), ("W-2", 52.0), ("W-3", None)], "woman t", t=SHARES
    ),
    "itineraries.paths": table(
        [("G-1", "W-1", "work", "2026-08-01", "started", None),
         ("G-1", "W-1", "work", "2026-09-01", "step", 0),
         ("G-2", "W-1", "health", "2026-08-01", "achieved", 1)],
        "goal woman area on event attainment", on="datetime64[us]", attainment=COUNTS,
    ),
    "needs.women": table(
        [("W-1", "housing", "covered", "2026-10-01"),
         ("W-1", "documents", "not_covered", "2026-10-01"),
         ("W-2", "housing", "partly", "2026-10-02")],
        "woman need coverage reviewed_on", reviewed_on="datetime64[us]",
    ),
    "needs.training": table(
        [("W-1", "A-1", 2), ("W-1", "A-2", 2), ("W-2", "A-1", 1)],
        "woman activity needs", needs=COUNTS,
    ),
    "practice.findings": table(
        [("risk_assessed", "W-1", None, None), ("risk_assessed", "W-2", None, None),
         ("half_hour", "W-1", "S-1", "S-2")],
        "check woman code other",
    ),
    "voice.waiting": table(
        [("2026-09-01", "safety", "sad", None, "A-1", 60, "W-1"),
         ("2026-10-20", "wish", None, "more", None, 11, None)],
        "given_on asked face wish activity days woman",
        given_on="datetime64[us]", days=COUNTS,
    ),
}  # fmt: skip
"""Rows about a woman: in the supervision extract only, by pseudonym."""


def hidden(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The same table with the numbers of some columns hidden, or all that are no key."""
    chosen = columns or [
        name for name in frame.columns if frame[name].dtype != "str" and name not in KEYS
    ]
    return frame.assign(**{name: frame[name].mask(frame[name].notna()) for name in chosen})


def zero(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table where there was nobody and nothing: counts are 0, shares are missing."""
    nothing = frame.copy()
    for name in frame.columns:
        if name not in KEYS and frame[name].dtype == COUNTS:
            nothing[name] = nothing[name] * 0
        elif name not in KEYS and frame[name].dtype in (SHARES, "boolean"):
            nothing[name] = nothing[name].mask(nothing[name].notna())
    return nothing


KEYS = {"week", "attainment"}
"""Numbers that name a row."""
