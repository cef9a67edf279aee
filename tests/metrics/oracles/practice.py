"""Good practice, read slowly from its definitions: one thing to check after the other."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from copehope_lib.settings import Settings
from tests.metrics.oracles import caseload
from tests.metrics.oracles.itineraries import OPEN, considered, state_of
from tests.metrics.oracles.needs import long_trainings, maybe_long, not_covered
from tests.metrics.oracles.rows import (
    GROUPS,
    IN_PERSON,
    Assessment,
    Row,
    Rows,
    Session,
    Span,
    instant,
    minutes,
    months_earlier,
)

HALF_AN_HOUR = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class Thing:
    """One thing to check: whether the rule holds for it, if that is known, and what it is."""

    kept: bool | None
    woman: str | None = None
    code: str | None = None
    others: tuple[str, ...] = ()
    numerator: int = 1
    denominator: int = 1


Things = Iterator[Thing]


def assessment_of(rows: Rows, woman: str, span: Span) -> Assessment | None:
    """Her latest assessment up to the last day."""
    hers = [each for each in rows.safety if each.woman == woman and each.assessed_on <= span.last]
    return max(hers, key=lambda each: each.assessed_on) if hers else None


def risk_assessed(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        yield Thing(hers is not None and (span.last - hers.assessed_on).days < 90, woman)


def six_answers(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        if hers is not None:
            answers = [
                hers.can_share_space,
                hers.protected_witness,
                hers.judicial_process,
                hers.lives_with_network,
                hers.threatened_recently,
                hers.imminent_danger,
            ]
            yield Thing("unknown" not in answers, woman)


def alone_means_alone(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        if hers is not None and hers.setting == "individual_only":
            in_groups = [
                visit
                for visit in rows.visits_in(span)
                if visit.woman == woman
                and visit.expected
                and visit.activity.format in GROUPS
                and visit.day >= hers.assessed_on
            ]
            yield Thing(not in_groups, woman)


def _too_near(rows: Rows, woman: str, session: Session, settings: Settings) -> list[str] | None:
    """The other sessions at which she may meet other women at the door; None if not known."""
    if session.ends_at is None or session.place is None:
        return None
    begins, ends = instant(session.starts_at, settings), instant(session.ends_at, settings)
    near, doubt = [], False
    for other in rows.sessions:
        if other.session == session.session or other.day != session.day:
            continue
        if rows.activity_of(other).format not in IN_PERSON:
            continue
        if not rows.expected_at(other) - {woman}:
            continue
        if other.place is not None and other.place != session.place:
            continue
        if other.ends_at is None:
            doubt = True
        elif (
            instant(other.starts_at, settings) < ends + HALF_AN_HOUR
            and instant(other.ends_at, settings) > begins - HALF_AN_HOUR
        ):
            if other.place is None:
                doubt = True
            else:
                near.append(other.session)
    return None if doubt and not near else sorted(near)


def half_hour(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        if hers is None:
            continue
        if hers.setting != "individual_only" and hers.can_share_space != "no":
            continue
        for visit in rows.visits_in(span):
            alone = visit.activity.format == "individual"
            if visit.woman == woman and visit.expected and alone:
                others = _too_near(rows, woman, visit.session, settings)
                kept = None if others is None else not others
                yield Thing(kept, woman, visit.session.session, tuple(others or ()))


def contact_agreed(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        yield Thing(hers is not None and hers.contact_consent, woman)


def _keeps(rows: list[Any], column: str) -> bool:
    return any(getattr(row, column) is not None for row in rows)


def plan_made(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        if hers is None or not _keeps(rows.safety, "plan_made_on"):
            continue
        if "yes" in (hers.lives_with_network, hers.threatened_recently, hers.imminent_danger):
            plans = [
                each
                for each in rows.safety
                if each.woman == woman and each.plan_made_on and each.plan_made_on <= span.last
            ]
            yield Thing(bool(plans), woman)


def _met_in_groups(rows: Rows, woman: str, span: Span, modules: tuple[str, ...] = ()) -> bool:
    return any(
        visit.woman == woman
        and visit.expected
        and visit.activity.format in GROUPS
        and (not modules or visit.activity.module in modules)
        for visit in rows.visits_in(span)
    )


def wish_heard(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        if hers and _keeps(rows.safety, "wishes_groups") and _met_in_groups(rows, woman, span):
            yield Thing(hers.wishes_groups == "yes", woman)


def support_in_safe_groups(rows: Rows, span: Span, settings: Settings) -> Things:
    therapies = ("psychological_support", "art_therapy_lab")
    for woman in rows.here(span.last):
        hers = assessment_of(rows, woman, span)
        if hers and _met_in_groups(rows, woman, span, therapies):
            yield Thing(hers.setting == "group_welcome", woman)


def report_came_first(rows: Rows, span: Span, settings: Settings) -> Things:
    if not _keeps(rows.safety, "referral_report_on"):
        return
    for woman in rows.here(span.last):
        a_year_ago = span.last.replace(year=span.last.year - 1, day=min(span.last.day, 28))
        if span.last.day < 29:
            a_year_ago = span.last.replace(year=span.last.year - 1)
        else:
            a_year_ago += (span.last.day - 28) * dt.timedelta(days=1)
        if rows.stay_on(woman, span.last).entered_on <= a_year_ago:
            continue
        hers = [
            each for each in rows.safety if each.woman == woman and each.assessed_on <= span.last
        ]
        reports = [each.referral_report_on for each in hers if each.referral_report_on]
        first = min((each.assessed_on for each in hers), default=None)
        yield Thing(bool(first and reports and min(reports) <= first), woman)


def protocol_agreed(rows: Rows, span: Span, settings: Settings) -> Things:
    agreed, tried = (
        dt.date.fromisoformat(day) if day else None
        for day in (settings.safety.protocol_agreed_on, settings.safety.police_contact_tried_on)
    )
    if agreed or tried:
        yield Thing(bool(agreed and agreed <= span.last), code="protocol")
        a_year_ago = months_earlier(span.after, 12)
        in_time = bool(tried and a_year_ago <= tried <= span.last)
        yield Thing(in_time, code="police_contact")


def discussion_agreed(rows: Rows, span: Span, settings: Settings) -> Things:
    if _keeps(rows.women, "discussion_on"):
        for woman in rows.here(span.last):
            agreed = rows.stay_on(woman, span.last).discussion_on
            yield Thing(agreed is not None and agreed <= span.last, woman)


def mediated(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        visits = [v for v in rows.visits_in(span) if v.woman == woman and v.expected]
        if rows.stay_on(woman, span.last).mediation and visits:
            held = [visit.session.mediated for visit in visits]
            known = [each for each in held if each is not None]
            yield Thing(any(known) if known else None, woman)


def team_trained(rows: Rows, span: Span, settings: Settings) -> Things:
    for person in rows.professionals:
        here = person.started_on <= span.last and (
            person.ended_on is None or span.last < person.ended_on
        )
        if here and not person.external:
            days = [
                each.held_on
                for each in rows.trainings
                if each.professional == person.professional and each.theme == "trafficking"
            ]
            days += [person.trafficking_training_on] if person.trafficking_training_on else []
            yield Thing(any(day <= span.last for day in days), code=person.professional)


def needs_reviewed(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        days = [
            (span.last - review.reviewed_on).days
            for review in rows.needs
            if review.woman == woman and review.reviewed_on <= span.last
        ]
        yield Thing(any(each < 60 for each in days), woman)


def needs_before_training(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        if long_trainings(rows, woman, span):
            yield Thing(not not_covered(rows, woman, span.last), woman)
        elif maybe_long(rows, woman, span):
            yield Thing(None, woman)


def _takes_care_of_children(rows: Rows, woman: str, span: Span) -> bool:
    stays = [stay for stay in rows.women if stay.woman == woman and stay.entered_on <= span.last]
    if not stays:
        return False
    return (max(stays, key=lambda stay: stay.entered_on).children_in_care or 0) > 0


def childcare(rows: Rows, span: Span, settings: Settings) -> Things:
    for activity in rows.activities:
        mothers = [
            visit.woman
            for visit in rows.visits_in(span)
            if visit.activity == activity
            and visit.expected
            and _takes_care_of_children(rows, visit.woman, span)
        ]
        if activity.format in IN_PERSON and mothers:
            yield Thing(activity.childcare, code=activity.activity)


def transport(rows: Rows, span: Span, settings: Settings) -> Things:
    for activity in rows.activities:
        expected = [
            visit for visit in rows.visits_in(span) if visit.activity == activity and visit.expected
        ]
        if activity.format in IN_PERSON and expected:
            yield Thing(activity.transport_support, code=activity.activity)


def group_size(rows: Rows, span: Span, settings: Settings) -> Things:
    for session in rows.sessions:
        came = len(rows.came_to(session))
        if session.day in span and rows.activity_of(session).format in GROUPS and came >= 1:
            yield Thing(5 <= came <= 10, code=session.session)


def session_length(rows: Rows, span: Span, settings: Settings) -> Things:
    for session in rows.held_in(span):
        kept = None if session.ends_at is None else minutes(session, settings) <= 90
        yield Thing(kept, code=session.session)


def externals_trained(rows: Rows, span: Span, settings: Settings) -> Things:
    holders = {session.professional for session in rows.held_in(span)}
    for session in rows.held_in(span):
        if session.professional is None:
            yield Thing(None, code=session.session)
    for person in rows.professionals:
        if not person.external or person.professional not in holders:
            continue
        first = min(
            session.day for session in rows.sessions if session.professional == person.professional
        )
        trained_on = person.trafficking_training_on
        kept = trained_on is not None and trained_on <= first
        yield Thing(kept, code=person.professional)


def three_profiles(rows: Rows, span: Span, settings: Settings) -> Things:
    for row in caseload.functions(rows, span, settings):
        yield Thing(row["profiles"] >= 3, row["woman"])


def functions_shared(rows: Rows, span: Span, settings: Settings) -> Things:
    for row in caseload.functions(rows, span, settings):
        if row["professionals"] >= 1:
            yield Thing(not row["carried_alone"], row["woman"])


def places_taken(rows: Rows, span: Span, settings: Settings) -> Things:
    held = {session.activity for session in rows.held_in(span)}
    for activity in rows.activities:
        if activity.activity not in held or not activity.places:
            continue
        came = {
            visit.woman
            for visit in rows.visits
            if visit.activity == activity and visit.came and visit.day <= span.last
        }
        taken = min(activity.places, len(came))
        yield Thing(
            len(came) >= activity.places,
            code=activity.activity,
            numerator=taken,
            denominator=activity.places,
        )


def goals_hers(rows: Rows, span: Span, settings: Settings) -> Things:
    for goal in considered(rows, span):
        if state_of(rows, goal, span.last) in OPEN:
            yield Thing(goal.chosen_by in ("her", "together"), goal.woman, goal.goal)


def therapy_chosen(rows: Rows, span: Span, settings: Settings) -> Things:
    for woman in rows.here(span.last):
        invited = [
            visit
            for visit in rows.visits_in(span)
            if visit.woman == woman
            and visit.expected
            and visit.activity.module in ("psychological_support", "art_therapy_lab")
        ]
        wished = [
            goal
            for goal in rows.goals
            if goal.woman == woman
            and goal.area == "emotional"
            and goal.set_on <= span.last
            and goal.chosen_by in ("her", "together")
        ]
        if invited:
            yield Thing(bool(wished), woman)


def supervision_held(rows: Rows, span: Span, settings: Settings) -> Things:
    if not rows.women:
        return
    entered = min(stay.entered_on for stay in rows.women)
    for months in (6, 5, 4, 3, 2, 1):
        month = Span(months_earlier(span.after, months))
        if month.after > entered:
            decided = any(action.decided_on in month for action in rows.actions)
            yield Thing(decided, code=f"{month.first:%Y-%m}")


def actions_done(rows: Rows, span: Span, settings: Settings) -> Things:
    for action in rows.actions:
        if action.decided_on in span.previous:
            done = action.done_on is not None and action.done_on <= span.last
            yield Thing(done, code=action.action)


CHECKS: list[Callable[[Rows, Span, Settings], Things]] = [
    risk_assessed,
    six_answers,
    alone_means_alone,
    half_hour,
    contact_agreed,
    plan_made,
    wish_heard,
    support_in_safe_groups,
    report_came_first,
    protocol_agreed,
    discussion_agreed,
    mediated,
    needs_reviewed,
    needs_before_training,
    childcare,
    transport,
    group_size,
    session_length,
    team_trained,
    externals_trained,
    three_profiles,
    functions_shared,
    places_taken,
    goals_hers,
    therapy_chosen,
    supervision_held,
    actions_done,
]


def checks(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for check in CHECKS:
        things = [thing for thing in check(rows, span, settings) if thing.kept is not None]
        if check is places_taken:
            numerator = sum(thing.numerator for thing in things)
            denominator = sum(thing.denominator for thing in things)
        else:
            numerator = sum(bool(thing.kept) for thing in things)
            denominator = len(things)
        found.append({"check": check.__name__, "numerator": numerator, "denominator": denominator})
    return found


def left_out(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    counts = {
        check.__name__: sum(thing.kept is None for thing in check(rows, span, settings))
        for check in CHECKS
    }
    return [{"check": name, "left_out": n} for name, n in counts.items() if n]


def _in_order(row: Row) -> list[tuple[bool, str]]:
    return [(row[key] is None, row[key] or "") for key in ("woman", "code", "other")]


def findings(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for check in CHECKS:
        of_check: list[Row] = [
            {
                "check": check.__name__,
                "woman": thing.woman,
                "code": thing.code,
                "other": other,
            }
            for thing in check(rows, span, settings)
            if thing.kept is False
            for other in thing.others or (None,)
        ]
        found.extend(sorted(of_check, key=_in_order))
    return found


COLUMNS = {
    "checks": "check str, numerator Int64, denominator Int64",
    "left_out": "check str, left_out Int64",
    "findings": "check str, woman str, code str, other str",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
