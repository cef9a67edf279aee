"""Basic needs, read slowly from their definitions: woman by woman, need by need."""

import datetime as dt

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Coverage, Need
from tests.metrics.oracles.rows import Review, Row, Rows, Span

BEST_FIRST = ["covered", "partly", "not_covered"]


def latest_review(rows: Rows, woman: str, need: str, last: dt.date) -> Review | None:
    """The latest review of a need of a woman up to a day."""
    latest = None
    for review in rows.needs:
        if review.woman != woman or review.need != need or review.reviewed_on > last:
            continue
        if latest is None or review.reviewed_on > latest.reviewed_on:
            latest = review
    return latest


def coverage_of(rows: Rows, woman: str, need: str, last: dt.date) -> str:
    """How far a need is covered on a day; not known where it was never reviewed."""
    review = latest_review(rows, woman, need, last)
    return "unknown" if review is None else review.coverage


def not_covered(rows: Rows, woman: str, last: dt.date) -> list[str]:
    """The needs of a woman that are not covered on a day."""
    return [need for need in Need.codes() if coverage_of(rows, woman, need, last) == "not_covered"]


def long_trainings(rows: Rows, woman: str, span: Span) -> list[str]:
    """The long trainings that are not modular at which a woman is expected in a period."""
    return sorted(
        {
            visit.activity.activity
            for visit in rows.visits_in(span)
            if visit.woman == woman and visit.expected and visit.activity.long_training
        }
    )


def maybe_long(rows: Rows, woman: str, span: Span) -> bool:
    """Whether she is expected at a training of which it is not known whether it is long."""
    return any(
        visit.woman == woman and visit.expected and visit.activity.long_training is None
        for visit in rows.visits_in(span)
    )


def women(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for woman in rows.here(span.last):
        for need in Need.codes():
            review = latest_review(rows, woman, need, span.last)
            if review is not None:
                found.append(
                    {
                        "woman": woman,
                        "need": need,
                        "coverage": review.coverage,
                        "reviewed_on": review.reviewed_on,
                    }
                )
    return found


def coverage(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for need in Need.codes():
        each = [coverage_of(rows, woman, need, span.last) for woman in rows.here(span.last)]
        for word in Coverage.codes():
            found.append({"need": need, "coverage": word, "women": each.count(word)})
    return found


def changes(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for need in Need.codes():
        improved = worsened = 0
        for woman in rows.here(span.last):
            before = coverage_of(rows, woman, need, span.previous.last)
            now = coverage_of(rows, woman, need, span.last)
            if before in BEST_FIRST and now in BEST_FIRST:
                improved += BEST_FIRST.index(now) < BEST_FIRST.index(before)
                worsened += BEST_FIRST.index(now) > BEST_FIRST.index(before)
        found.append({"need": need, "change": "improved", "women": improved})
        found.append({"need": need, "change": "worsened", "women": worsened})
    return found


def training(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    return [
        {
            "woman": woman,
            "activity": activity,
            "needs": len(not_covered(rows, woman, span.last)),
        }
        for woman in rows.here(span.last)
        for activity in long_trainings(rows, woman, span)
        if not_covered(rows, woman, span.last)
    ]


COLUMNS = {
    "women": "woman str, need word, coverage word, reviewed_on day",
    "coverage": "need str, coverage str, women Int64",
    "changes": "need str, change str, women Int64",
    "training": "woman str, activity str, needs Int64",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
