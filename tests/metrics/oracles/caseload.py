"""Caseload, read slowly from its definitions: day by day, woman by woman."""

import datetime as dt
import statistics

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Function
from tests.metrics.oracles.rows import Row, Rows, Span, Stay, holds, months_earlier


def weight(stay: Stay, settings: Settings) -> float:
    """What a woman weighs, by the circumstances of her stay."""
    weights = settings.caseload.weights
    total = weights.base
    if stay.children_in_care is not None and stay.children_in_care > 0:
        total += weights.children_in_care
    if stay.residence_status == "none":
        total += weights.no_permit
    if stay.housing == "insecure":
        total += weights.insecure_housing
    return total


def _in_team(rows: Rows, code: str, day: dt.date) -> bool:
    """Whether a professional was in the team on a day."""
    return any(
        each.professional == code and holds(each.started_on, each.ended_on, day)
        for each in rows.professionals
    )


def _functions_of(rows: Rows, woman: str, span: Span) -> dict[str, set[str]]:
    """Who in the team holds each function for a woman on the last day."""
    held: dict[str, set[str]] = {}
    for row in rows.assignments:
        there = row.holds_on(span.last) and _in_team(rows, row.professional, span.last)
        if row.woman == woman and there:
            held.setdefault(row.function, set()).add(row.professional)
    return held


def load(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for person in sorted(rows.professionals, key=lambda each: each.professional):
        code = person.professional
        if not any(holds(person.started_on, person.ended_on, day) for day in span.days):
            continue
        women = 0
        points = 0.0
        for woman in rows.here(span.last):
            functions = _functions_of(rows, woman, span)
            if any(code in holders for holders in functions.values()):
                women += 1
            for holders in functions.values():
                if code in holders:
                    stay = rows.stay_on(woman, span.last)
                    points += weight(stay, settings) / len(holders)
        person_days = 0
        for day in span.days:
            accompanied = rows.here(day)
            carried = {
                row.woman
                for row in rows.assignments
                if row.professional == code
                and row.holds_on(day)
                and _in_team(rows, code, day)
                and row.woman in accompanied
            }
            person_days += len(carried)
        post = person.fte * settings.caseload.capacity
        found.append(
            {
                "professional": code,
                "women": women,
                "women_average": person_days / len(span.days),
                "points": points,
                "load": None if post == 0 else points / post,
            }
        )
    return found


def distribution(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    found = []
    for person in sorted(rows.professionals, key=lambda each: each.professional):
        for function in Function.codes():
            women = [
                woman
                for woman in rows.here(span.last)
                if person.professional in _functions_of(rows, woman, span).get(function, set())
            ]
            if women:
                found.append(
                    {
                        "professional": person.professional,
                        "function": function,
                        "women": len(women),
                    }
                )
    return found


def outside(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    minutes = {"to_15": 10, "to_45": 30, "to_120": 80, "longer": 150, None: 0}
    by: dict[str, list[int]] = {}
    for one in rows.contacts:
        if one.professional is not None and one.on in span:
            by.setdefault(one.professional, []).append(minutes[one.minutes])
    return [
        {"professional": code, "contacts": len(by[code]), "hours_outside": sum(by[code]) / 60}
        for code in sorted(by)
    ]


def functions(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    profile = {each.professional: each.profile for each in rows.professionals}
    found = []
    for woman in rows.here(span.last):
        around = set().union(*_functions_of(rows, woman, span).values())
        found.append(
            {
                "woman": woman,
                "professionals": len(around),
                "profiles": len({profile[code] for code in around}),
                "carried_alone": len(around) == 1,
            }
        )
    return found


def profiles(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    around = [row["profiles"] for row in functions(rows, span, settings)]
    return [
        {"profiles": "0", "women": sum(number == 0 for number in around)},
        {"profiles": "1", "women": sum(number == 1 for number in around)},
        {"profiles": "2", "women": sum(number == 2 for number in around)},
        {"profiles": "3+", "women": sum(number >= 3 for number in around)},
    ]


def spread(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    loads = sorted(row["load"] for row in load(rows, span, settings) if row["load"] is not None)
    around = functions(rows, span, settings)
    median = statistics.median(loads) if loads else None
    gini = None
    if loads and sum(loads) > 0:
        n = len(loads)
        gini = sum((2 * i - n - 1) * x for i, x in enumerate(loads, start=1)) / (n * sum(loads))
    return [
        {
            "professionals": len(loads),
            "women": len(around),
            "carried_alone": sum(row["carried_alone"] for row in around),
            "median": median,
            "max_to_median": max(loads) / median if median else None,
            "gini": gini,
        }
    ]


def reference_changes(rows: Rows, woman: str, span: Span) -> int:
    """How often the reference person of a woman changed in the six months up to the end."""
    spans = []
    for row in rows.assignments:
        if row.woman != woman or row.function != "reference":
            continue
        for stay in rows.women:
            if stay.woman != woman:
                continue
            (who,) = (one for one in rows.professionals if one.professional == row.professional)
            start = max(row.from_on, stay.entered_on, who.started_on)
            ends = [end for end in (row.to_on, stay.left_on, who.ended_on) if end is not None]
            if ends and start >= min(ends):
                continue
            if start < span.after:
                spans.append((start, row.professional))
    spans.sort()
    changes = 0
    for place in range(1, len(spans)):
        start, professional = spans[place]
        changed = professional != spans[place - 1][1]
        if changed and months_earlier(span.after, 6) <= start < span.after:
            changes += 1
    return changes


def reference(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    changes = [reference_changes(rows, woman, span) for woman in rows.here(span.last)]
    return [
        {"changes": "0", "women": sum(number == 0 for number in changes)},
        {"changes": "1", "women": sum(number == 1 for number in changes)},
        {"changes": "2+", "women": sum(number >= 2 for number in changes)},
    ]


COLUMNS = {
    "load": "professional str, women Int64, women_average Float64, points Float64, load Float64",
    "functions": "woman str, professionals Int64, profiles Int64, carried_alone boolean",
    "distribution": "professional str, function str, women Int64",
    "outside": "professional str, contacts Int64, hours_outside Float64",
    "profiles": "profiles str, women Int64",
    "spread": "professionals Int64, women Int64, carried_alone Int64, median Float64, "
    "max_to_median Float64, gini Float64",
    "reference": "changes str, women Int64",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
