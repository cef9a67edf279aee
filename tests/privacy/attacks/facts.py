"""What an attacker knows of the numbers: what adds up, and what cannot be otherwise.

What the register says of a metric is known by itself. The rest is a second list, written by hand
from the docstrings of the metrics; nothing is taken from what protects or audits an extract.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, product

import numpy as np
import pandas as pd

from copehope_lib.metrics import METRICS
from tests.privacy.attacks.held import ALL_WOMEN, SOME_WOMEN, STATUSES, Cell, Held

Find = Callable[..., list[Cell]]

STATES = ("still_open", "achieved", "set_aside")
OPEN = STATES[:1]
WITH_US = ("coming", "returned", "beginning")


@dataclass(frozen=True)
class Fact:
    """Something that holds: ``low ≤ Σ factor × count ≤ high``."""

    factors: Mapping[Cell, float]
    low: float = 0.0
    high: float = 0.0


def less(whole: Sequence[Cell], part: Sequence[Cell], times: float = 1.0) -> dict[Cell, float]:
    """Return the factors of a sum from which another one is taken away."""
    factors: dict[Cell, float] = {}
    for cell in whole:
        factors[cell] = factors.get(cell, 0.0) + 1.0
    for cell in part:
        factors[cell] = factors.get(cell, 0.0) - times
    return factors


def equal(whole: Sequence[Cell], *parts: Sequence[Cell]) -> Iterator[Fact]:
    """Yield that a sum is another one, where all of it is there."""
    if whole and all(parts):
        yield Fact(less(whole, [cell for part in parts for cell in part]))


def at_most(part: Sequence[Cell], whole: Sequence[Cell], times: float = 1.0) -> Iterator[Fact]:
    """Yield that a sum is no larger than so many times another one."""
    if part and whole:
        yield Fact(less(part, whole, times), low=-np.inf)


def sums(held: Held) -> list[Fact]:
    """Return everything that adds up among all that is held, each sum once."""
    found = [Fact(less(whole, part)) for whole, part in declared(held, "equals")]
    for month in held.months:
        at, before = (partial(held.find, name) for name in (month, held.before(month)))
        for facts in (of_women, of_visits, of_goals):
            found += facts(at, partial(held.words, month))
        found += over_months(at, before, partial(held.words, month))
    return [*{frozenset(fact.factors.items()): fact for fact in found}.values()]


def declared(held: Held, kind: str) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Yield both sides of the sums that the register declares, where all of them is there."""
    sums = [one for metric in METRICS.values() for one in metric.sums if one.kind == kind]
    for month, one in product(held.months, sums):
        before = held.before(month)
        sides = [(side.by, held.side(before if side.before else month, side)) for side in one.sides]
        for word in {word for _, cells in sides for word in cells}:
            all_ = [cells.get(word if by else "", []) for by, cells in sides]
            if all(all_):
                by_sign = {
                    sign: [*chain(*(of for of, its in zip(all_, one.signs, strict=True)
                                    if its == sign))]
                    for sign in (1.0, -1.0)
                }  # fmt: skip
                yield by_sign[1.0], by_sign[-1.0]


def of_women(at: Find, words: Callable[[str], list[str]]) -> Iterator[Fact]:
    """Yield that every woman has one pattern, one answer to each need …"""
    women, alone = (at("caseload.spread", column) for column in ("women", "carried_alone"))
    for table in ("caseload.profiles", "caseload.reference", "engagement.patterns"):
        yield from equal(women, at(table, "women"))
    for need in words("needs.coverage"):
        yield from equal(women, at("needs.coverage", "women", need))
    for check in ALL_WOMEN:
        yield from equal(women, at("practice.checks", "denominator", check))
    num, of = (partial(at, "practice.checks", column) for column in ("numerator", "denominator"))
    yield from equal(women, of("functions_shared"), at("caseload.profiles", "women", "0"))
    yield from equal(of("functions_shared"), num("functions_shared"), alone)
    yield from equal(num("three_profiles"), at("caseload.profiles", "women", "3+"))


def of_visits(at: Find, words: Callable[[str], list[str]]) -> Iterator[Fact]:
    """Yield that modules add up to all, and two statuses to who came and who was away."""
    visits = partial(at, "engagement.attendance")
    for scope in words("engagement.attendance"):
        for both, parts in (("came", STATUSES[:2]), ("away", STATUSES[2:4])):
            yield from equal(visits(both, scope), *(visits(part, scope) for part in parts))
    for column in (*STATUSES, "came", "away"):
        all_ = visits(column, "all")
        yield from equal(all_, [cell for cell in visits(column) if cell not in all_])


def of_goals(at: Find, words: Callable[[str], list[str]]) -> Iterator[Fact]:
    """Yield that goals by area, by whom they were chosen and by where they were are one set."""
    of = {
        name: partial(at, f"itineraries.{name}", "goals")
        for name in ("states", "chosen", "flows", "quiet")
    }
    for state in STATES:
        yield from equal(of["states"](None, state), of["chosen"](None, state))
        yield from equal(of["states"](None, state), of["flows"](None, state))
    open_ = [cell for state in OPEN for cell in of["states"](None, state)]
    yield from equal(open_, of["quiet"]())
    yield from equal(open_, at("practice.checks", "denominator", "goals_hers"))
    hers = [
        cell for who in ("her", "together") for state in OPEN for cell in of["chosen"](who, state)
    ]
    yield from equal(at("practice.checks", "numerator", "goals_hers"), hers)


def over_months(at: Find, before: Find, words: Callable[[str], list[str]]) -> Iterator[Fact]:
    """Yield that what follows women, or tells of a change, repeats the month before."""
    flows = partial(at, "engagement.flows", "women")
    for patterns, flow in ((("paused",), "paused"), (WITH_US, "with_us")):
        now, then = (
            [cell for one in patterns for cell in of("engagement.patterns", "women", one)]
            for of in (at, before)
        )
        yield from equal(now, flows(None, flow))
        yield from equal(then, flows(flow))
    for column, then in (("now", at), ("before", before)):
        for scope in words("change.attendance"):
            came, away = (then("engagement.attendance", of, scope) for of in ("came", "away"))
            yield from equal(at("change.attendance", column, scope), came)
            yield from equal(at("change.attendance", f"{column}_of", scope), came, away)
        for pattern in words("change.patterns"):
            of = then("engagement.patterns", "women", pattern)
            yield from equal(at("change.patterns", column, pattern), of)
        for need in words("change.coverage"):
            known = [
                then("needs.coverage", "women", need, of)
                for of in ("covered", "partly_or_unknown", "not_covered")
            ]
            yield from equal(at("change.coverage", column, need), known[0])
            yield from equal(at("change.coverage", f"{column}_of", need), *known)
        for check in words("change.checks"):
            for of_, part in (("", "numerator"), ("_of", "denominator")):
                whole = at("change.checks", f"{column}{of_}", check)
                yield from equal(whole, then("practice.checks", part, check))


def of_sessions(held: Held, one_to_one: frozenset[str]) -> Iterator[Fact]:
    """Yield what follows from sessions that are told exactly, because they are about no woman.

    One to one, a session expects one woman; what is left of all sessions once those of groups to
    which somebody came are taken off is as many of these as there can be. Of a module whose
    number of sessions is told, that is what there is; of its only session, each who came at all
    came once.
    """
    for month in held.months:
        if held.told(month, "practice.checks").empty:
            continue
        checks = held.told(month, "practice.checks").set_index("check")["denominator"]
        visits = partial(held.find, month, "engagement.attendance")
        alone = [
            cell
            for of in ("came", "away")
            for cell in visits(of)
            if cell[3] in one_to_one and cell[3] != "all"
        ]
        left_out = held.told(month, "practice.left_out")
        lengths = [] if left_out.empty else [*left_out.query("check == 'session_length'").left_out]
        told = [checks["session_length"], checks["group_size"], *lengths]
        if alone and not any(map(pd.isna, told)):
            left = float(checks["session_length"] + sum(lengths) - checks["group_size"])
            yield Fact(less(alone, []), -np.inf, left)
        table = held.told(month, "engagement.modules")
        # A module stands in the table because somebody was expected.
        for module in table["module"]:
            yield Fact(less([*visits("came", module), *visits("away", module)], []), 1.0, np.inf)
        known = table.dropna(subset=["sessions"])
        for module, sessions in zip(known["module"], known["sessions"], strict=True):
            if module in one_to_one:
                both = [*visits("came", module), *visits("away", module)]
                yield Fact(less(both, []), float(sessions), float(sessions))
            women = held.find(month, "engagement.modules", "women", module)
            yield from at_most(visits("came", module), women, float(sessions))


def of_places(held: Held) -> Iterator[Fact]:
    """Yield that the places of all modules are those that a check looks at."""
    for month in held.months:
        of = held.find(month, "practice.checks", "denominator", "places_taken")
        places = held.told(month, "engagement.modules")["places"].dropna() if of else []
        if len(places):
            yield Fact(less(of, []), float(places.sum()), float(places.sum()))


def of_sense(held: Held) -> Iterator[Fact]:
    """Yield what cannot be otherwise, though it is no sum."""
    for month in held.months:
        at = partial(held.find, month)
        visits = partial(at, "engagement.attendance")
        for module in held.words(month, "engagement.modules"):
            women = at("engagement.modules", "women", module)
            yield from at_most(women, visits("came", module))
        named = at("engagement.barriers", "times")
        yield from at_most(named, [*visits("came", "all"), *visits("away", "all")])
        num, of = (
            partial(at, "practice.checks", column) for column in ("numerator", "denominator")
        )
        for check in held.words(month, "practice.checks"):
            yield from at_most(num(check), of(check))
        yield from at_most(num("risk_assessed"), of("six_answers"))
        women = at("caseload.spread", "women")
        for check in SOME_WOMEN:
            yield from at_most(of(check), women)
        uncovered = at("needs.coverage", "women", None, "not_covered")
        in_training = "needs_before_training"
        yield from at_most(of(in_training), [*num(in_training), *uncovered])
        yield from at_most(num("therapy_chosen"), at("itineraries.states", "goals", "well_being"))
        yield from of_posts(at, women)
        moved = partial(at, "engagement.movements", "women")
        into = at("engagement.flows", "women", None, "paused")
        yield from at_most([cell for cell in into if cell[3] != "paused"], moved("paused"))
        rated = at("itineraries.levels", "goals")
        yield from at_most(rated, at("itineraries.states", "goals"))
    for kind in ("at most", "within"):
        for whole, part in declared(held, kind):
            yield from at_most(part, whole)


def of_posts(at: Find, women: list[Cell]) -> Iterator[Fact]:
    """Yield that nobody accompanies more women than there are, and all of them leave no one out.

    Around a woman with several profiles stand several people.
    """
    posts = at("caseload.load", "women")
    around = {n: at("caseload.profiles", "women", of) for n, of in ((1, "1"), (2, "2"), (3, "3+"))}
    alone = at("caseload.spread", "carried_alone")
    yield from at_most(alone, around[1])
    for post in posts:
        yield from at_most([post], women)
    if posts and all(around.values()):
        held = {cell: float(n) for n, cells in around.items() for cell in cells}
        yield Fact({**held, **dict.fromkeys(posts, -1.0)}, low=-np.inf)


def rests(held: Held) -> Iterator[tuple[str, dict[Cell, float]]]:
    """Yield what is left of women or goals when one count is taken off another, each once."""
    by_hand = [*rests_by_hand(held)]
    yield from by_hand
    for whole, part in declared(held, "at most"):
        factors = less(whole, part)
        if factors not in (known for _, known in by_hand):
            yield f"{whole[0]} less {part[0]}", factors


def rests_by_hand(held: Held) -> Iterator[tuple[str, dict[Cell, float]]]:
    """Yield what is left of women or goals, as far as it was written down."""
    for month in held.months:
        at = partial(held.find, month)
        women, alone = (at("caseload.spread", column) for column in ("women", "carried_alone"))
        num, of = (
            partial(at, "practice.checks", column) for column in ("numerator", "denominator")
        )
        yield f"{month} not alone", less(women, alone)
        for check in SOME_WOMEN:
            yield f"{month} not looked at by {check}", less(women, of(check))
        for check in held.words(month, "practice.checks"):
            yield f"{month} not kept to: {check}", less(of(check), num(check))
        yield f"{month} assessed long ago", less(of("six_answers"), num("risk_assessed"))
        one = at("caseload.profiles", "women", "1")
        yield f"{month} one profile, several professionals", less(one, alone)
        goals, rated = (at(f"itineraries.{of}", "goals") for of in ("states", "levels"))
        yield f"{month} goals that nobody rated", less(goals, rated)
