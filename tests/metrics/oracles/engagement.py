"""Engagement, read slowly from its definitions: day by day, week by week."""

import datetime as dt
import math
from dataclasses import dataclass

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import AttendanceStatus, Barrier, Module
from tests.metrics.oracles.rows import (
    GROUPS,
    ONE_DAY,
    Row,
    Rows,
    Span,
    Stay,
    Visit,
    Z,
    days_between,
    minutes,
    wilson,
)

PATTERNS = ["steady", "intermittent", "paused", "returned", "starting", "in_touch", "not_invited"]
WEEKS = range(1, 53)


def _counts(scope: str, visits: list[Visit]) -> Row:
    row: Row = {"scope": scope}
    for status in AttendanceStatus.codes():
        row[status] = sum(visit.status == status for visit in visits)
    sessions = [visit.session.session for visit in visits]
    alone = {visit.activity.format for visit in visits} <= {"individual", "online_individual"}
    row["one_to_one"] = scope != "all" and alone and len(set(sessions)) == len(sessions)
    expected = sum(visit.expected for visit in visits)
    row["rate"] = sum(visit.came for visit in visits) / expected if expected else None
    return row


def attendance(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    visits = rows.visits_in(span)
    found = [_counts("all", visits)]
    for module in Module.codes():
        of_module = [visit for visit in visits if visit.activity.module == module]
        if of_module:
            found.append(_counts(module, of_module))
    return found


def barriers(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    expected = [visit for visit in rows.visits_in(span) if visit.expected]
    return [
        {"barrier": barrier, "times": sum(visit.barrier == barrier for visit in expected)}
        for barrier in Barrier.codes()
    ]


def seen(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    here = set(rows.here(span.last))
    came = {visit.woman for visit in rows.visits_in(span) if visit.came} & here
    return [{"seen": "yes", "women": len(came)}, {"seen": "no", "women": len(here - came)}]


def modules(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for module in Module.codes():
        held = [each for each in rows.held_in(span) if rows.activity_of(each).module == module]
        if not held:
            continue
        women: set[str] = set()
        sizes = []
        for session in held:
            came = rows.came_to(session)
            women |= came
            if came and rows.activity_of(session).format in GROUPS:
                sizes.append(len(came))
        timed = [minutes(each, settings) for each in held if each.ends_at is not None]
        courses = {rows.activity_of(session) for session in held}
        places = [course.places for course in courses if course.places is not None]
        found.append(
            {
                "module": module,
                "sessions": len(held),
                "women": len(women),
                "places": sum(places) if places else None,
                "group_size": sum(sizes) / len(sizes) if sizes else None,
                "minutes": sum(timed) / len(timed) if timed else None,
            }
        )
    return found


@dataclass(frozen=True)
class Pause:
    stay: Stay
    since: dt.date
    paused_on: dt.date
    returned_on: dt.date | None


def visits_of(rows: Rows, stay: Stay, last: dt.date) -> list[Visit]:
    """Where she was expected during a stay, up to a day."""
    return [
        visit
        for visit in rows.visits
        if visit.woman == stay.woman
        and visit.expected
        and stay.holds_on(visit.day)
        and visit.day <= last
    ]


def pauses_of(rows: Rows, stay: Stay, last: dt.date, pause_days: int) -> list[Pause]:
    """The pauses of one stay, as they are known on a day."""
    visits = visits_of(rows, stay, last)
    if not visits:
        return []
    expected_days = {visit.day for visit in visits}
    days_she_came = {visit.day for visit in visits if visit.came}
    found = []
    for since in sorted({min(expected_days)} | days_she_came):
        returned_on = None
        first_missed = since if since not in days_she_came else None
        for day in days_between(since + ONE_DAY, stay.end(last)):
            if day in days_she_came:
                returned_on = day
                break
            if day in expected_days and first_missed is None:
                first_missed = day
        if first_missed is None:
            continue
        paused_on = max(since + (pause_days + 1) * ONE_DAY, first_missed)
        if paused_on <= (returned_on or stay.end(last)):
            found.append(Pause(stay, since, paused_on, returned_on))
    return found


def all_pauses(rows: Rows, last: dt.date, settings: Settings) -> list[Pause]:
    """The pauses of all stays, by woman and day."""
    found = []
    for stay in rows.women:
        found.extend(pauses_of(rows, stay, last, settings.engagement.pause_days))
    return sorted(found, key=lambda pause: (pause.stay.woman, pause.since))


def pauses(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    return [
        {
            "woman": pause.stay.woman,
            "entered_on": pause.stay.entered_on,
            "since": pause.since,
            "paused_on": pause.paused_on,
            "returned_on": pause.returned_on,
        }
        for pause in all_pauses(rows, span.last, settings)
    ]


def movements(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    paused, returned = set(), set()
    for pause in all_pauses(rows, span.last, settings):
        if pause.paused_on in span:
            paused.add(pause.stay.woman)
        if pause.returned_on is not None and pause.returned_on in span:
            returned.add(pause.stay.woman)
    return [
        {"movement": "paused", "women": len(paused)},
        {"movement": "returned", "women": len(returned)},
    ]


def _woman(rows: Rows, woman: str, last: dt.date, settings: Settings) -> Row:
    rules = settings.engagement
    opens = last - (rules.window_days - 1) * ONE_DAY
    expected = came = 0
    for stay in rows.women:
        if stay.woman == woman:
            for visit in visits_of(rows, stay, last):
                if visit.day >= opens:
                    expected += 1
                    came += visit.came
    current = rows.stay_on(woman, last)
    found = pauses_of(rows, current, last, rules.pause_days)
    if expected == 0:
        met = any(one.woman == woman and opens <= one.on <= last for one in rows.contacts)
        pattern = "in_touch" if met else "not_invited"
    elif any(pause.returned_on is None for pause in found):
        pattern = "paused"
    elif any(pause.returned_on and opens <= pause.returned_on <= last for pause in found):
        pattern = "returned"
    elif opens <= current.entered_on <= last:
        pattern = "starting"
    elif came / expected >= rules.steady_rate:
        pattern = "steady"
    else:
        pattern = "intermittent"
    return {"woman": woman, "pattern": pattern, "expected": expected, "came": came}


def women(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    return [_woman(rows, woman, span.last, settings) for woman in rows.here(span.last)]


def patterns(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    each = women(rows, span, settings)
    return [
        {"pattern": pattern, "women": sum(row["pattern"] == pattern for row in each)}
        for pattern in PATTERNS
    ]


def flows(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    now = {row["woman"]: row["pattern"] for row in women(rows, span, settings)}
    earlier = {row["woman"]: row["pattern"] for row in women(rows, span.previous, settings)}
    pairs = [
        (earlier.get(woman, "not_here"), now.get(woman, "not_here")) for woman in {*now, *earlier}
    ]
    states = [*PATTERNS, "not_here"]
    return [
        {"before": before, "after": after, "women": pairs.count((before, after))}
        for before in states
        for after in states
        if (before, after) != ("not_here", "not_here")
    ]


def retention(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    weeks_looked_at = math.ceil(settings.engagement.pause_days / 7)
    stays = [
        (stay, visits_of(rows, stay, span.last))
        for stay in rows.women
        if stay.entered_on <= span.last
    ]
    found = []
    for week in WEEKS:
        observed = engaged = 0
        for stay, visits in stays:
            last_of_week = stay.entered_on + (7 * week - 1) * ONE_DAY
            opens = stay.entered_on + 7 * (week - weeks_looked_at) * ONE_DAY
            if last_of_week > stay.end(span.last):
                continue
            looked_at = [visit for visit in visits if opens <= visit.day <= last_of_week]
            if looked_at:
                observed += 1
                engaged += any(visit.came for visit in looked_at)
        low, high = wilson(engaged, observed) if observed else (None, None)
        found.append(
            {
                "week": week,
                "observed": observed,
                "engaged": engaged,
                "share": engaged / observed if observed else None,
                "low": low,
                "high": high,
            }
        )
    return found


@dataclass(frozen=True)
class Duration:
    days: int
    happened: bool


def survival(durations: list[Duration], until: int) -> tuple[float, float]:
    """Product-limit estimate at a time, and the sum of Greenwood's formula up to it."""
    share, greenwood = 1.0, 0.0
    for time in sorted({each.days for each in durations if each.happened}):
        if time > until:
            break
        at_risk = sum(each.days >= time for each in durations)
        events = sum(each.days == time and each.happened for each in durations)
        share *= 1 - events / at_risk
        if events < at_risk:
            greenwood += events / (at_risk * (at_risk - events))
    return share, greenwood


def _kaplan_meier(durations: list[Duration], event: str, *, of_event: bool) -> list[Row]:
    found = []
    for week in WEEKS:
        until = 7 * week
        row: Row = {
            "week": week,
            "at_risk": sum(each.days >= until for each in durations),
            event: sum(each.happened and each.days <= until for each in durations),
            "share": None,
            "low": None,
            "high": None,
        }
        found.append(row)
        if not row["at_risk"]:
            continue
        share, greenwood = survival(durations, until)
        row["share"] = 1 - share if of_event else share
        if not 0 < share < 1:
            continue
        error = math.sqrt(greenwood) / abs(math.log(share))
        low = share ** math.exp(Z * error)
        high = share ** math.exp(-Z * error)
        row["low"], row["high"] = (1 - high, 1 - low) if of_event else (low, high)
    return found


def time_to_pause(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    durations = []
    for stay in rows.women:
        if not visits_of(rows, stay, span.last):
            continue
        found = pauses_of(rows, stay, span.last, settings.engagement.pause_days)
        if found:
            first = min(pause.paused_on for pause in found)
            durations.append(Duration((first - stay.entered_on).days, happened=True))
        else:
            until = stay.end(span.last) + ONE_DAY
            durations.append(Duration((until - stay.entered_on).days, happened=False))
    return _kaplan_meier(durations, "paused", of_event=False)


def time_to_return(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    durations = []
    for pause in all_pauses(rows, span.last, settings):
        if pause.returned_on is not None:
            days = (pause.returned_on - pause.paused_on).days
            durations.append(Duration(days, happened=True))
        else:
            until = pause.stay.end(span.last) + ONE_DAY
            durations.append(Duration((until - pause.paused_on).days, happened=False))
    return _kaplan_meier(durations, "returned", of_event=True)


_CURVE = "share Float64, low Float64, high Float64"
COLUMNS = {
    "attendance": "scope str, attended Int64, partly Int64, excused Int64, "
    "missed Int64, cancelled_by_us Int64, one_to_one boolean, rate Float64",
    "barriers": "barrier str, times Int64",
    "seen": "seen str, women Int64",
    "modules": "module str, sessions Int64, women Int64, places Int64, "
    "group_size Float64, minutes Float64",
    "pauses": "woman str, entered_on day, since day, paused_on day, returned_on day",
    "movements": "movement str, women Int64",
    "women": "woman str, pattern word, expected Int64, came Int64",
    "patterns": "pattern str, women Int64",
    "flows": "before str, after str, women Int64",
    "retention": "week Int64, observed Int64, engaged Int64, " + _CURVE,
    "time_to_pause": "week Int64, at_risk Int64, paused Int64, " + _CURVE,
    "time_to_return": "week Int64, at_risk Int64, returned Int64, " + _CURVE,
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
