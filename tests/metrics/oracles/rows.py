"""Plain rows of a registry and the plain words of the definitions: days, stays, visits."""

import datetime as dt
import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from copehope_lib.settings import Settings

Row = dict[str, Any]
"""One row of a metric: what stands in each column, None where it is missing."""

ONE_DAY = dt.timedelta(days=1)
EXPECTED = ("attended", "partly", "excused", "missed")
CAME = ("attended", "partly")
IN_PERSON = ("individual", "group")
GROUPS = ("group", "online_group")
TRAININGS = (
    "digital_literacy", "work_guidance", "language", "sewing", "on_the_job", "other_training",
)  # fmt: skip
Z = statistics.NormalDist().inv_cdf(0.975)


def holds(begins: dt.date, ends: dt.date | None, day: dt.date) -> bool:
    """Whether a half-open interval holds on a day."""
    return begins <= day and (ends is None or day < ends)


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from the first to the last one, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def months_earlier(month: dt.date, months: int) -> dt.date:
    """The first day of the month so many months before the month of a day."""
    number = month.year * 12 + (month.month - 1) - months
    return dt.date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Span:
    """A period: its first day and how many calendar months it has."""

    first: dt.date
    months: int = 1

    @property
    def after(self) -> dt.date:
        """The first day after it."""
        return months_earlier(self.first, -self.months)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.after - ONE_DAY

    @property
    def previous(self) -> "Span":
        """The period of the same length before it."""
        return Span(months_earlier(self.first, self.months), self.months)

    @property
    def days(self) -> list[dt.date]:
        """Its days."""
        return list(days_between(self.first, self.last))

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day < self.after


@dataclass(frozen=True)
class Stay:
    woman: str
    entered_on: dt.date
    left_on: dt.date | None = None
    site: str | None = "Barcelona"
    residence_status: str | None = "protection"
    housing: str | None = "shared_flat"
    children_in_care: int | None = 0
    mediation: bool | None = None
    mediation_language: str | None = None
    discussion_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return holds(self.entered_on, self.left_on, day)

    def end(self, last: dt.date) -> dt.date:
        """Its last day, as far as it is known on a day."""
        return last if self.left_on is None else min(last, self.left_on - ONE_DAY)


@dataclass(frozen=True)
class Professional:
    professional: str
    profile: str = "social_worker"
    fte: float = 1.0
    external: bool = False
    trafficking_training_on: dt.date | None = None
    started_on: dt.date = dt.date(2020, 1, 1)
    ended_on: dt.date | None = None
    language: str | None = None
    second_language: str | None = None
    third_language: str | None = None


@dataclass(frozen=True)
class Assignment:
    woman: str
    professional: str
    function: str
    from_on: dt.date
    to_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return holds(self.from_on, self.to_on, day)


@dataclass(frozen=True)
class Activity:
    activity: str
    module: str = "language"
    format: str = "group"
    sessions_planned: int | None = 20
    places: int | None = None
    modular: bool | None = False
    childcare: bool | None = False
    transport_support: bool | None = False
    chosen_with_women: bool | None = None

    @property
    def long_training(self) -> bool | None:
        """Whether it is a training which is long and cannot be entered at each part."""
        if self.module not in TRAININGS or self.modular:
            return False
        if self.sessions_planned is not None and self.sessions_planned < 12:
            return False
        return None if self.modular is None or self.sessions_planned is None else True


@dataclass(frozen=True)
class Session:
    session: str
    activity: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    place: str | None = "R-1"
    professional: str | None = "P-1"
    mediated: bool | None = None

    @property
    def day(self) -> dt.date:
        return self.starts_at.date()


@dataclass(frozen=True)
class Attendance:
    session: str
    woman: str
    status: str = "attended"
    barrier: str | None = None


@dataclass(frozen=True)
class Goal:
    goal: str
    woman: str
    area: str
    chosen_by: str
    set_on: dt.date


@dataclass(frozen=True)
class GoalEvent:
    goal: str
    on: dt.date
    event: str
    attainment: int | None = None


@dataclass(frozen=True)
class Review:
    woman: str
    reviewed_on: dt.date
    need: str
    coverage: str


@dataclass(frozen=True)
class Assessment:
    woman: str
    assessed_on: dt.date
    can_share_space: str = "yes"
    protected_witness: str = "no"
    judicial_process: str = "no"
    lives_with_network: str = "no"
    threatened_recently: str = "no"
    imminent_danger: str = "no"
    setting: str = "group_welcome"
    contact_consent: bool = True
    wishes_groups: str | None = None
    referral_report_on: dt.date | None = None
    plan_made_on: dt.date | None = None


@dataclass(frozen=True)
class Action:
    action: str
    decided_on: dt.date
    done_on: dt.date | None = None


@dataclass(frozen=True)
class Answer:
    feedback: str
    given_on: dt.date
    activity: str | None
    asked: str
    face: str | None = None
    wish: str | None = None
    in_her_language: bool | None = None
    woman: str | None = None
    we_did: str | None = None
    answered_on: dt.date | None = None


@dataclass(frozen=True)
class Referral:
    referral: str
    woman: str
    service: str
    sent_on: dt.date
    answered_on: dt.date | None = None
    accepted: bool | None = None
    told_again: bool | None = None
    professional: str | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True)
class Contact:
    woman: str
    on: dt.date
    kind: str
    minutes: str | None = None
    professional: str | None = None


@dataclass(frozen=True)
class Training:
    professional: str
    held_on: dt.date
    theme: str
    hours: float = 4.0
    trainer_background: str | None = None


@dataclass(frozen=True)
class Visit:
    """One woman at one session, with all there is to know about the session."""

    woman: str
    status: str
    barrier: str | None
    session: Session
    activity: Activity

    @property
    def day(self) -> dt.date:
        return self.session.day

    @property
    def expected(self) -> bool:
        return self.status in EXPECTED

    @property
    def came(self) -> bool:
        return self.status in CAME


@dataclass(frozen=True)
class Rows:
    """A registry in plain rows."""

    women: list[Stay] = field(default_factory=list)
    professionals: list[Professional] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    goal_events: list[GoalEvent] = field(default_factory=list)
    needs: list[Review] = field(default_factory=list)
    safety: list[Assessment] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    feedback: list[Answer] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)

    @cached_property
    def visits(self) -> list[Visit]:
        """Every row of attendance with its session and its activity."""
        sessions = {session.session: session for session in self.sessions}
        activities = {activity.activity: activity for activity in self.activities}
        return [
            Visit(
                row.woman,
                row.status,
                row.barrier,
                sessions[row.session],
                activities[sessions[row.session].activity],
            )
            for row in self.attendance
        ]

    def visits_in(self, span: Span) -> list[Visit]:
        """The visits of sessions that start in a period."""
        return [visit for visit in self.visits if visit.day in span]

    def held_in(self, span: Span) -> list[Session]:
        """The sessions of a period which were not cancelled for every woman."""
        held = {visit.session.session for visit in self.visits_in(span) if visit.expected}
        return [session for session in self.sessions if session.session in held]

    def activity_of(self, session: Session) -> Activity:
        """The activity of which it is a session."""
        return next(each for each in self.activities if each.activity == session.activity)

    def came_to(self, session: Session) -> set[str]:
        """The women who came to a session."""
        return {visit.woman for visit in self.visits if visit.session == session and visit.came}

    def expected_at(self, session: Session) -> set[str]:
        """The women who were expected at a session."""
        return {visit.woman for visit in self.visits if visit.session == session and visit.expected}

    def here(self, day: dt.date) -> list[str]:
        """The women accompanied on a day, by code."""
        return sorted({stay.woman for stay in self.women if stay.holds_on(day)})

    def stay_on(self, woman: str, day: dt.date) -> Stay:
        """Her stay that holds on a day."""
        return next(stay for stay in self.women if stay.woman == woman and stay.holds_on(day))


def zone(settings: Settings) -> ZoneInfo:
    """The time zone in which the times of sessions are written."""
    return ZoneInfo(settings.timezone)


def instant(moment: dt.datetime, settings: Settings) -> dt.datetime:
    """The same moment in UTC, in which minutes are real minutes."""
    return moment.replace(tzinfo=zone(settings)).astimezone(dt.UTC)


def minutes(session: Session, settings: Settings) -> float:
    """How long a session really was, of which the hours are known."""
    assert session.ends_at is not None
    real = instant(session.ends_at, settings) - instant(session.starts_at, settings)
    return real.total_seconds() / 60


def wilson(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a proportion (1927)."""
    share = count / of
    middle = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    return middle - half, middle + half
