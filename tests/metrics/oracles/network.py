"""Requests to other services, read slowly from their definitions."""

from itertools import product

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Requested, Service
from tests.metrics.oracles.rows import Referral, Row, Rows, Span, months_earlier


def state_of(one: Referral, span: Span) -> tuple[str, int]:
    """How a request stands on the last day, and for how many days it waited."""
    if one.answered_on is not None and one.answered_on <= span.last:
        said = {True: "accepted", False: "refused", None: "ended"}[one.accepted]
        return said, (one.answered_on - one.sent_on).days
    days = (span.last - one.sent_on).days
    if one.closed_on is not None and one.closed_on <= span.last:
        return "ended", days
    return ("silent" if days > 60 else "waiting"), days


def _asked(rows: Rows, span: Span) -> list[Referral]:
    a_year_ago = months_earlier(span.after, 12)
    asked = [one for one in rows.referrals if a_year_ago <= one.sent_on <= span.last]
    return sorted(asked, key=lambda one: (one.sent_on, one.referral))


def _open(rows: Rows, span: Span) -> list[tuple[Referral, int]]:
    here = rows.here(span.last)
    stands = [(one, *state_of(one, span)) for one in _asked(rows, span) if one.woman in here]
    return [(one, days) for one, state, days in stands if state in ("waiting", "silent")]


def services(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    asked = _asked(rows, span)
    if not asked:
        return []
    return [
        {
            "service": service,
            "response": state,
            "requests": sum(
                one.service == service and state_of(one, span)[0] == state for one in asked
            ),
        }
        for service, state in product(Service.codes(), Requested.codes())
    ]


def told_again(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    asked = _asked(rows, span)
    accepted = [one for one in asked if state_of(one, span)[0] == "accepted"]
    words = {"yes": True, "no": False, "unknown": None}
    return [
        {"told_again": word, "requests": sum(one.told_again is of for one in accepted)}
        for word, of in words.items()
        if asked
    ]


def waiting(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    return [
        {
            "woman": one.woman,
            "service": one.service,
            "sent_on": one.sent_on,
            "days": days,
            "held": "no" if one.professional is None else "yes",
        }
        for one, days in _open(rows, span)
    ]


def between(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for woman in rows.here(span.last):
        hers = [one for one, _days in _open(rows, span) if one.woman == woman]
        taken_on = [
            one
            for one in _asked(rows, span)
            if one.woman == woman
            and state_of(one, span)[0] == "accepted"
            and not (one.closed_on and one.closed_on <= span.last)
        ]
        if len(hers) >= 2 and not taken_on:
            oldest = min(one.sent_on for one in hers)
            found.append(
                {
                    "woman": woman,
                    "requests": len(hers),
                    "sent_on": oldest,
                }
            )
    return found


COLUMNS = {
    "services": "service str, response str, requests Int64",
    "told_again": "told_again str, requests Int64",
    "waiting": "woman str, service str, sent_on day, days Int64, held str",
    "between": "woman str, requests Int64, sent_on day",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
