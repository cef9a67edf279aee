"""Small registries that are nasty and consistent, drawn by hypothesis.

A case is one short string of bytes: a byte for the period, the settings and the size of each
table, and a seed for what stands in it. This is cheap to draw, every draw is another registry
(hypothesis copies parts of longer draws), and hypothesis makes a case smaller by its sizes.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from copehope_lib import vocabulary as words
from copehope_lib.schema import TABLES
from copehope_lib.schema.column import DAY
from copehope_lib.settings import Engagement, Itineraries, Safety, Settings
from copehope_lib.tables import Tables
from tests.metrics.oracles import rows as plain
from tests.metrics.oracles.rows import Span

Cells = dict[str, Any]

DTYPES = {name: dict(table.dtypes) for name, table in TABLES.items()}
WORDS = {
    dtype: dtype.categories.tolist()
    for dtypes in DTYPES.values()
    for dtype in dtypes.values()
    if isinstance(dtype, pd.CategoricalDtype)
}

PERIODS = [
    pd.Period("2026-10", "M"),
    pd.Period("2026-03", "M"),
    pd.Period("2028-02", "M"),
    pd.Period("2026-11", "M"),
    pd.Period("2027-01", "M"),
    pd.Period("2026-04", "M"),
    pd.Period("2026-08", "3M"),
    pd.Period("2028-01", "3M"),
]
CLOCKS_CHANGE = [
    dt.date.fromisoformat(day)
    for day in (
        "2025-10-26", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2028-03-26",
    )
]  # fmt: skip
WOMEN = ["W-2", "W-10", "W-3", "W-001", "W-9", "W-20"]
TEAM = ["P-2", "P-1", "P-10", "P-3"]
COURSES = ["A-2", "A-1", "A-10", "A-3", "A-4"]
MOST = (6, 4, 5, 20, 9, 14, 24, 10, 6)
"""The most women, professionals, activities, sessions, goals, assignments, … in a registry."""

PLACES = ["R-1", "R-2"]
STATUSES = ["attended", "missed", "partly", "excused", "cancelled_by_us", "attended", "missed"]
QUESTIONS = ["protected_witness", "judicial_process", "lives_with_network",
             "threatened_recently", "imminent_danger"]  # fmt: skip
LOST = ["cancelled_by_us"]
SETTINGS = [
    Settings(),
    Settings(),
    Settings(engagement=Engagement(window_days=30, pause_days=10, steady_rate=0.5)),
    Settings(itineraries=Itineraries(rho=0.0, weights={words.Area.WORK: 2.0})),
    Settings(itineraries=Itineraries(rho=0.5, weights={words.Area.EMOTIONAL: 0.0})),
    Settings(safety=Safety(police_contact_tried_on="2026-04-01")),
    Settings(safety=Safety(protocol_agreed_on="2026-10-31", police_contact_tried_on="2025-11-01")),
]


@dataclass(frozen=True)
class Case:
    """A registry, a period of it and the settings with which to look at it."""

    tables: Tables
    period: pd.Period
    settings: Settings


def span_of(period: pd.Period) -> Span:
    """The days of a period, without pandas."""
    return Span(period.start_time.date(), period.freq.n)


class Choices(random.Random):
    """Chooses for one table; with fewer rows, those that are left stay the same."""

    def often(self) -> bool:
        """True three times out of four."""
        return self.random() < 0.75

    def seldom(self) -> bool:
        """True once out of four times."""
        return self.random() < 0.25


class Days:
    """Days about a period: mostly in the nine months before its end, often at an edge."""

    def __init__(self, span: Span) -> None:
        self.span = span
        before = span.previous
        self.half_a_year_ago = plain.months_earlier(span.after, 6)
        self.edges = [
            span.last, span.first, before.last, before.first, before.previous.last, span.after,
            *[span.last - 12 * plain.ONE_DAY] * 4,  # a day on which much falls together
            *(self.half_a_year_ago - back * plain.ONE_DAY for back in (0, 1)),
            *(span.last - back * plain.ONE_DAY for back in (29, 30, 31, 59, 60, 89, 90, 181)),
        ]  # fmt: skip

    def any(self, choices: Choices) -> dt.date:
        """A day, up to three weeks after the end."""
        if choices.random() < 0.4:
            return choices.choice(self.edges)
        return self.span.last - choices.randint(-20, 270) * plain.ONE_DAY


def _end(choices: Choices, begins: dt.date) -> dt.date | None:
    """No end, or one some days after a begin."""
    if choices.often():
        return None
    return begins + choices.choice([30, 1, 7, 90, 200, 0]) * plain.ONE_DAY


def _women(choices: Choices, size: int, days: Days) -> list[Cells]:
    found = []
    for woman in WOMEN[:size]:
        entered = days.any(choices)
        stays = choices.choice([1, 1, 2, 3])
        for number in range(stays):
            last = number == stays - 1
            length = choices.choice([40, 1, 7, 22, 35, 60, 90, 120, 0])
            left = None if last and choices.often() else entered + length * plain.ONE_DAY
            found.append(
                {
                    "woman": woman,
                    "site": choices.choice(["Barcelona", "Girona"]),
                    "entered_on": entered,
                    "left_on": left,
                    "residence_status": choices.choice([None, *words.ResidenceStatus.codes()]),
                    "housing": choices.choice([None, *words.Housing.codes()]),
                    "children_in_care": choices.choice([None, 0, 1, 3]),
                }
            )
            # At least one day later, so that no two stays have one key.
            gap = choices.choice([0, 1, 10, 25, 60])
            entered += max(length + gap, 1) * plain.ONE_DAY
    return found


def _professionals(choices: Choices, size: int, days: Days) -> list[Cells]:
    found = []
    for professional in TEAM[: max(size, 1)]:
        started = dt.date(2024, 1, 1) if choices.often() else days.any(choices)
        found.append(
            {
                "professional": professional,
                "profile": choices.choice(words.Profile.codes()[:4]),
                "fte": choices.choice([1.0, 0.5, 0.75, 0.0]),
                "external": choices.choice([False, True]),
                "trafficking_training_on": choices.choice([None, days.any(choices)]),
                "started_on": started,
                "ended_on": None if choices.often() else max(started, days.any(choices)),
            }
        )
    return found


def _assignments(
    choices: Choices, size: int, days: Days, stays: list[Cells], team: list[Cells]
) -> list[Cells]:
    found: dict[Any, Cells] = {}
    for _ in range(size if stays else 0):
        stay = choices.choice(stays)
        begins = choices.choice([stay["entered_on"], days.any(choices), days.half_a_year_ago])
        function = "reference" if choices.seldom() else choices.choice(words.Function.codes()[:4])
        professional = choices.choice(team)["professional"]
        found[stay["woman"], professional, function, begins] = {
            "woman": stay["woman"], "professional": professional, "function": function,
            "from_on": begins, "to_on": _end(choices, begins),
        }  # fmt: skip
    return list(found.values())


def _activities(choices: Choices, size: int) -> list[Cells]:
    usual = ["language", "psychological_support", "art_therapy_lab", "sewing", "on_the_job"]
    return [
        {
            "activity": activity,
            "module": choices.choice(usual if choices.often() else words.Module.codes()),
            "format": choices.choice([*words.Format.codes(), "individual", "group"]),
            "sessions_planned": choices.choice([12, 11, 1, 20]),
            "places": choices.choice([None, 0, 1, 3, 10]), "modular": choices.seldom(),
            "childcare": choices.choice([False, True]), "certificate": False,
            "transport_support": choices.choice([False, True]),
        }
        for activity in COURSES[: max(size, 1)]
    ]  # fmt: skip


def _real(moment: dt.datetime) -> dt.datetime:
    """An hour later where the hour does not exist, or exists twice."""
    unclear = moment.date() in CLOCKS_CHANGE and moment.hour == 2
    return moment + dt.timedelta(hours=1) if unclear else moment


def _start(choices: Choices, days: Days, before: Cells | None) -> dt.datetime:
    """When a session starts: often in the place of the one before, soon after it."""
    if before is not None and choices.random() < 0.4:
        minutes = choices.choice([29, 30, 31, 0, -20, 75, 89, 90, 91, -61, -150])
        return _real(cast(dt.datetime, before["ends_at"]) + dt.timedelta(minutes=minutes))
    nights = [night for night in CLOCKS_CHANGE if night in days.span]
    if nights and choices.seldom():
        time = dt.time(choices.choice([1, 0, 3, 4]), choices.choice([50, 0, 31, 59]))
        return dt.datetime.combine(nights[0], time)
    day = days.span.last - choices.randint(0, 30) * plain.ONE_DAY
    if choices.choice([False, True, True]):
        day = days.any(choices)
    time = dt.time(choices.choice([10, 0, 23, 16]), choices.choice([0, 30, 59]))
    return _real(dt.datetime.combine(day, time))


def _sessions(
    choices: Choices, size: int, days: Days, activities: list[Cells], team: list[Cells]
) -> list[Cells]:
    found: list[Cells] = []
    for number in range(size):
        before = found[-1] if found else None
        starts = _start(choices, days, before)
        length = dt.timedelta(minutes=choices.choice([60, 90, 91, 89, 30, 150, 1, 200]))
        found.append(
            {
                "session": f"S-{number * 7 % 23}",
                "activity": choices.choice(activities)["activity"],
                "starts_at": starts,
                "ends_at": _real(starts + length),
                "place": before["place"] if before and choices.often() else choices.choice(PLACES),
                "professional": choices.choice(team)["professional"],
            }
        )
    return found


def _forget(choices: Choices, activities: list[Cells], sessions: list[Cells]) -> None:
    """Leave out, of some, what a team may not have written down."""
    if choices.often():
        return
    for activity in activities:
        for name in ("sessions_planned", "modular", "childcare", "transport_support"):
            if choices.seldom():
                activity[name] = None
    for session in sessions:
        if choices.seldom():
            session["ends_at"] = None
            session["starts_at"] = session["starts_at"].replace(hour=0, minute=0)
        for name in ("ends_at", "place", "professional"):
            if choices.random() < 0.15:
                session[name] = None


def _attendance(choices: Choices, women: list[str], sessions: list[Cells]) -> list[Cells]:
    found = []
    for session in sessions:
        everybody = choices.choice([False, False, True])
        statuses = choices.choice([STATUSES, STATUSES, ["attended", "partly"], STATUSES, LOST])
        for woman in women if everybody else [woman for woman in women if choices.random() < 0.5]:
            found.append(
                {
                    "session": session["session"],
                    "woman": woman,
                    "status": choices.choice(statuses),
                    "barrier": choices.choice(words.Barrier.codes()) if choices.seldom() else None,
                }
            )
    return found


def _goals(
    choices: Choices, size: int, days: Days, women: list[str]
) -> tuple[list[Cells], list[Cells]]:
    goals: list[Cells] = []
    events: dict[Any, Cells] = {}
    for number in range(size if women else 0):
        goal = f"G-{number * 3 % 11}"
        set_on = days.any(choices)
        area = choices.choice(["emotional", "work", "documents", "housing"])
        goals.append(
            {
                "goal": goal,
                "woman": choices.choice(women),
                "area": choices.choice(words.Area.codes()) if choices.seldom() else area,
                "chosen_by": choices.choice(words.ChosenBy.codes()),
                "set_on": set_on,
            }
        )
        on = set_on
        for _ in range(choices.randint(0, 5)):
            on += choices.choice([0, 0, 1, 14, 30, 75]) * plain.ONE_DAY
            event = choices.choice(words.GoalEvent.codes())
            events[goal, on, event] = {
                "goal": goal, "on": on, "event": event,
                "attainment": choices.choice([None, None, 0, -1, 1, -2, 2]),
            }  # fmt: skip
    return goals, list(events.values())


def _needs(choices: Choices, size: int, days: Days, women: list[str]) -> list[Cells]:
    found: dict[Any, Cells] = {}
    for _ in range(size if women else 0):
        woman, on = choices.choice(women), days.any(choices)
        usual = words.Need.codes()[:2]
        need = choices.choice(usual if choices.often() else words.Need.codes())
        found[woman, on, need] = {
            "woman": woman, "reviewed_on": on, "need": need,
            "coverage": choices.choice(words.Coverage.codes()),
        }  # fmt: skip
    return list(found.values())


def _safety(choices: Choices, size: int, days: Days, women: list[str]) -> list[Cells]:
    found: dict[Any, Cells] = {}
    for _ in range(size if women else 0):
        woman, on = choices.choice(women), days.any(choices)
        row: Cells = {"woman": woman, "assessed_on": on, **dict.fromkeys(QUESTIONS, "no")}
        if choices.seldom():
            row[choices.choice(QUESTIONS)] = choices.choice(["unknown", "yes"])
        row["can_share_space"] = choices.choice(["yes", "no", "no", "unknown"])
        row["setting"] = choices.choice(["individual_only", "group_if_safe", "group_welcome"])
        row["contact_channel"] = "call"
        row["contact_consent"] = choices.choice([True, False])
        found[woman, on] = row
    return list(found.values())


def _actions(choices: Choices, size: int, days: Days, team: list[Cells]) -> list[Cells]:
    found = []
    for number in range(size):
        decided = days.any(choices)
        found.append(
            {
                "action": f"D-{number * 3 % 7}", "decided_on": decided,
                "text": "Ask for a room", "owner": choices.choice(team)["professional"],
                "done_on": None if choices.seldom() else max(decided, days.any(choices)),
                "dimension": "best_practices",
            }
        )  # fmt: skip
    return found


def _more(
    choices: Choices,
    days: Days,
    women: list[Cells],
    team: list[Cells],
    activities: list[Cells],
    sessions: list[Cells],
    safety: list[Cells],
) -> None:
    """Say, in some registries, what a team need not keep: each column in about half of them."""
    languages = [None, "en", "fr", "ar", "other"]

    def maybe(rows: list[Cells], **drawn: Callable[[], object]) -> None:
        for name, draw in drawn.items():
            if choices.choice([False, True]):
                for row in rows:
                    row[name] = draw()

    def some_day() -> object:
        return choices.choice([None, days.any(choices)])

    yes_no = partial(choices.choice, [None, False, True])
    language = partial(choices.choice, languages)
    maybe(women, mediation=yes_no, mediation_language=language, discussion_on=some_day)
    maybe(team, language=language, second_language=language, third_language=language)
    maybe(activities, chosen_with_women=yes_no)
    maybe(sessions, mediated=yes_no)
    wish = partial(choices.choice, [None, "yes", "no", "unknown"])
    maybe(safety, wishes_groups=wish, referral_report_on=some_day, plan_made_on=some_day)


def _feedback(
    choices: Choices, days: Days, women: list[str], activities: list[Cells]
) -> list[Cells]:
    found = []
    for number in range(choices.choice([0, 3, 9])):
        given = days.any(choices)
        wished = choices.seldom()
        answered = None if choices.seldom() else max(given, days.any(choices))
        found.append(
            {
                "feedback": f"F-{number * 3 % 11}", "given_on": given,
                "activity": choices.choice([None, *(row["activity"] for row in activities)]),
                "asked": "wish" if wished else choices.choice(words.Asked.codes()),
                "face": choices.choice([None, *words.Face.codes()]),
                "wish": choices.choice(words.Wish.codes()) if wished else None,
                "in_her_language": choices.choice([None, False, True]),
                "woman": choices.choice([None, *women]),
                "we_did": answered and choices.choice(words.WeDid.codes()),
                "answered_on": answered,
            }
        )  # fmt: skip
    return found


def _referrals(choices: Choices, days: Days, women: list[str], team: list[Cells]) -> list[Cells]:
    found = []
    for number in range(choices.choice([0, 4, 9]) if women else 0):
        sent = days.any(choices)
        answered = None if choices.choice([False, True]) else max(sent, days.any(choices))
        found.append(
            {
                "referral": f"X-{number * 3 % 11}", "woman": choices.choice(women),
                "service": choices.choice(words.Service.codes()[:4]), "sent_on": sent,
                "answered_on": answered,
                "accepted": answered and choices.choice([None, False, True]),
                "told_again": answered and choices.choice([None, False, True]),
                "professional": choices.choice([None, team[0]["professional"]]),
                "closed_on": None if choices.often() else max(sent, days.any(choices)),
            }
        )  # fmt: skip
    return found


def _contacts(choices: Choices, days: Days, women: list[str], team: list[Cells]) -> list[Cells]:
    found: dict[Any, Cells] = {}
    for _ in range(choices.choice([0, 3, 8]) if women else 0):
        woman, on = choices.choice(women), days.any(choices)
        kind = choices.choice(words.ContactKind.codes())
        found[woman, on, kind] = {
            "woman": woman, "on": on, "kind": kind,
            "minutes": choices.choice([None, *words.Minutes.codes()]),
            "professional": choices.choice([None, *(row["professional"] for row in team)]),
        }  # fmt: skip
    return list(found.values())


def _trainings(choices: Choices, days: Days, team: list[Cells]) -> list[Cells]:
    found: dict[Any, Cells] = {}
    for _ in range(choices.choice([0, 3, 8])):
        who, on = choices.choice(team)["professional"], days.any(choices)
        theme = choices.choice(words.Theme.codes())
        found[who, on, theme] = {
            "professional": who, "held_on": on, "theme": theme,
            "hours": choices.choice([0.5, 2.0, 6.0]),
            "trainer_background": choices.choice([None, *words.Background.codes()]),
        }  # fmt: skip
    return list(found.values())


def _frame(name: str, rows: list[Cells], seed: int) -> pd.DataFrame:
    """Rows in any order as the frame that the loader makes of them."""
    if seed:
        rows = random.Random(seed).sample(rows, len(rows))  # noqa: S311
    cells = {
        column: _column([row.get(column) for row in rows], dtype)
        for column, dtype in DTYPES[name].items()
    }
    return pd.DataFrame(cells)


def _column(cells: list[Any], dtype: Any) -> Any:
    """Cells with the dtype of the schema; quicker than a frame that is cast."""
    if isinstance(dtype, pd.CategoricalDtype):
        codes = [-1 if cell is None else WORDS[dtype].index(cell) for cell in cells]
        return pd.Categorical.from_codes(codes, dtype=dtype)
    if dtype == DAY:
        return np.array(cells, dtype=dtype)
    return pd.array(cells, dtype=dtype)


def case(drawn: bytes) -> Case:
    """Return the case that some bytes stand for."""
    period = PERIODS[drawn[0] % len(PERIODS)]
    sizes = [byte % (most + 1) for byte, most in zip(drawn[1:], MOST, strict=False)]
    options, seed = drawn[len(MOST) + 1], drawn[len(MOST) + 2 :]
    days = Days(span_of(period))
    choices = [Choices(seed + bytes([number])) for number in range(len(MOST) + 1)]
    women = _women(choices[0], sizes[0], days)
    codes = sorted({row["woman"] for row in women})
    team = _professionals(choices[1], sizes[1], days)
    activities = _activities(choices[2], sizes[2])
    sessions = _sessions(choices[3], sizes[3], days, activities, team)
    _forget(Choices(seed + b"forget"), activities, sessions)
    goals, events = _goals(choices[4], sizes[4], days, codes)
    safety = _safety(choices[7], sizes[7], days, codes)
    more = Choices(seed + b"more")
    _more(more, days, women, team, activities, sessions, safety)
    rows = {
        "women": women,
        "professionals": team,
        "assignments": _assignments(choices[5], sizes[5], days, women, team),
        "activities": activities,
        "sessions": sessions,
        "attendance": _attendance(choices[9], codes, sessions),
        "goals": goals,
        "goal_events": events,
        "needs": _needs(choices[6], sizes[6], days, codes),
        "safety": safety,
        "actions": _actions(choices[8], sizes[8], days, team),
        "feedback": _feedback(more, days, codes, activities),
        "referrals": _referrals(more, days, codes, team),
        "contacts": _contacts(more, days, codes, team),
        "trainings": _trainings(more, days, team),
    }
    frames: Any = {name: _frame(name, rows[name], options) for name in TABLES}
    return Case(Tables(**frames), period, SETTINGS[options % len(SETTINGS)])


def registries() -> st.SearchStrategy[Case]:
    """Small registries, each with a period and settings."""
    size = len(MOST) + 8
    return st.binary(min_size=size, max_size=size).map(case)
