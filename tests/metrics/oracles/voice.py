"""Her voice, read slowly: answer by answer."""

import datetime as dt

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Asked, Face, Wish
from tests.metrics.oracles.rows import Answer, Row, Rows, Span

STANDS = ["changed", "will_change", "explained", "cannot", "not_said", "open"]
YES_NO = {True: "yes", False: "no", None: "unknown"}


def stands(answer: Answer, last: dt.date) -> str:
    """How an answer stands on a day: what we told her by then, or that she waits."""
    if answer.answered_on is None or answer.answered_on > last:
        return "open"
    return answer.we_did or "not_said"


def given(rows: Rows, span: Span, days: int | None = None) -> list[Answer]:
    """What was said by the last day, or in so many days that end with it."""
    return [
        answer
        for answer in rows.feedback
        if answer.given_on <= span.last
        and (days is None or (span.last - answer.given_on).days < days)
    ]


def kept(rows: Rows, span: Span) -> bool:
    """Whether anything was said by the last day."""
    return bool(given(rows, span))


def answers(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    each = [stands(answer, span.last) for answer in given(rows, span, 90)]
    return [{"we_did": word, "answers": each.count(word)} for word in STANDS if kept(rows, span)]


def asked(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    each = [(answer.asked, answer.face) for answer in given(rows, span, 90)]
    return [
        {"asked": question, "face": face, "answers": each.count((question, face))}
        for question in Asked.codes()
        for face in Face.codes()
        if kept(rows, span)
    ]


def wishes(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    each = [answer.wish for answer in given(rows, span, 90)]
    return [
        {"wish": wish, "answers": each.count(wish)} for wish in Wish.codes() if kept(rows, span)
    ]


def language(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    each = [YES_NO[answer.in_her_language] for answer in given(rows, span, 90)]
    return [
        {"in_her_language": word, "answers": each.count(word)}
        for word in YES_NO.values()
        if kept(rows, span)
    ]


def unanswered(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    each = [a.asked for a in given(rows, span) if stands(a, span.last) == "open"]
    return [
        {"asked": question, "answers": each.count(question)}
        for question in Asked.codes()
        if kept(rows, span)
    ]


def waiting(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    left = [answer for answer in given(rows, span) if stands(answer, span.last) == "open"]
    return [
        {
            "given_on": answer.given_on,
            "asked": answer.asked,
            "face": answer.face,
            "wish": answer.wish,
            "activity": answer.activity,
            "days": (span.last - answer.given_on).days,
            "woman": answer.woman,
        }
        for answer in sorted(left, key=lambda answer: (answer.given_on, answer.feedback))
    ]


def activities(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    held = {session.activity for session in rows.held_in(span)}
    each = [YES_NO[one.chosen_with_women] for one in rows.activities if one.activity in held]
    if all(one.chosen_with_women is None for one in rows.activities):
        return []
    return [{"chosen_with_women": word, "activities": each.count(word)} for word in YES_NO.values()]


COLUMNS = {
    "answers": "we_did str, answers Int64",
    "asked": "asked str, face str, answers Int64",
    "wishes": "wish str, answers Int64",
    "language": "in_her_language str, answers Int64",
    "unanswered": "asked str, answers Int64",
    "waiting": "given_on day, asked str, face str, wish str, activity str, days Int64, woman str",
    "activities": "chosen_with_women str, activities Int64",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
