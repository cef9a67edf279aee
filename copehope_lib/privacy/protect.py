"""Results, made fit for an audience: what is hidden, what is rounded, what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd

from copehope_lib.metrics import METRICS, Metric
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.sums import Counts
from copehope_lib.privacy.audience import AUDIENCES, Audience
from copehope_lib.privacy.primary import small
from copehope_lib.privacy.suppress import MOST, Known, hide
from copehope_lib.privacy.system import WITHIN, Edition, Flags, Floats, System, of_no_woman

Results = Mapping[str, pd.DataFrame]
Hidden = dict[tuple[str, str], Flags]
"""Which cells are hidden, by table and column (a margin is one too)."""


@dataclass(frozen=True)
class Decision:
    """What an audience is not shown of a month.

    Attributes
    ----------
    hidden : dict of (str, str) to numpy.ndarray of bool
        For each table and column which cells are hidden.
    whole : sequence of str
        Tables that are hidden whole because no safe choice of cells was found in time.
    """

    hidden: Hidden
    whole: Sequence[str]


HEADLINES = (
    WOMEN,
    *(Counts("engagement.attendance", of, where={"scope": ("all",)}) for of in ("came", "away")),
    Counts("practice.checks", "denominator", where={"check": ("goals_hers",)}),
)
"""What a month is known by: women accompanied, how many came, open goals."""

HEADLINE = 1000.0
"""What it costs to hide one: more than all else together."""

WANTED = (
    Counts("needs.coverage", "women", where={"coverage": ["not_covered"]}),
    Counts("engagement.patterns", "women", where={"pattern": ["paused", "returned"]}),
    Counts("itineraries.quiet", "goals"),
    Counts("practice.checks", "numerator"),
    Counts("practice.checks", "denominator"),
)
"""What the meeting turns on: hidden for the sake of others only where nothing else would do."""

MORE = 3.0
"""What it costs to hide one of them: as much as three others."""


def may_see(audience: Audience, metric: Metric) -> bool:
    """Tell whether an audience is given a metric at all.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> may_see(TEAM, METRICS["caseload.functions"])
    False
    """
    order = list(AUDIENCES)
    given = {"group": True, "professional": audience.professionals, "woman": audience.cases}[
        metric.row
    ]
    return given and order.index(audience.name) <= order.index(metric.release_to)


def named(results: Results, names: pd.Series) -> dict[str, pd.DataFrame]:
    """Return the results for supervision: all of them, women by pseudonym and in its order.

    Parameters
    ----------
    results : mapping of str to pandas.DataFrame
        Results by name of the metric.
    names : pandas.Series
        Pseudonyms by code.
    """
    shown = {}
    for name, result in results.items():
        if METRICS[name].row == "woman":
            result = result.assign(woman=result["woman"].map(names))
            result = result.sort_values("woman", kind="stable", ignore_index=True)
        shown[name] = result
    return shown


def decide(
    results: Results,
    month: pd.Period,
    audience: Audience,
    *,
    dominated: Hidden,
    earlier: Sequence[Edition] = (),
    also: Hidden | None = None,
    together: int = 1,
) -> Decision:
    """Decide which counts of a month an audience is not shown.

    Hidden are the small ones; a zero that would tell of the one or two women of its group, or
    that stands in no sum (there a hidden count is "under the minimum"); and what
    :func:`copehope_lib.privacy.suppress.hide` adds so that none of them can be computed.

    Parameters
    ----------
    results : mapping of str to pandas.DataFrame
        Results by name of the metric, exact.
    month : pandas.Period
        Month.
    audience : Audience
        For whom.
    dominated : mapping of (str, str) to numpy.ndarray of bool
        Cells with which goes a sum of which one woman makes up nearly all.
    earlier : sequence of Edition
        The months that were told to the audience before.
    also : mapping, optional
        What an audience with more detail is not shown: this one neither.
    together : int
        How many months are told as one.

    Returns
    -------
    Decision
        Which cells are hidden, and which tables whole.
    """
    tables = {
        name: with_margins(result, METRICS[name])
        for name, result in for_groups(results, audience).items()
        if METRICS[name].has_own_counts
    }
    editions = [Edition(month, tables, together=together), *earlier]
    system = System.of(editions)
    low, high = system.bounds(editions)
    here = system.owners == 0
    exact = _exact(system, np.where(here, low, np.nan))
    told = system.told & ~small(exact, audience.minimum)
    free = _free(system, tables) | (here & told)
    low[here], high[here] = _rounded_bounds(exact[here], audience)
    low[free & here] = high[free & here] = exact[free & here]
    # A small count that would be rounded to 0 is none.
    system = system.consistent(np.fmin(low, exact), np.fmax(high, exact))
    stands = np.arange(len(low)) < system.cells
    # Of how many sessions there were may follow how often women came one to one.
    bounding = free & ~told & system.loose
    # Of two zeros that follow from each other one is no cover while the other is shown.
    follows = (exact == 0) & _of_none(system, high)
    must = _primary(system, exact, follows, audience) & here & ~free
    for known in (dominated, also or {}):
        for (name, column), cells in known.items():
            if name in tables:
                must[system.columns[0, name, column]] |= cells
    guarded = must | (~here & stands & np.isinf(high))
    lone = stands & ~free & _only_small(system)
    names = [*tables]
    of_table = np.full(len(low), -1, dtype=np.intp)
    for (number, name, _), place in system.columns.items():
        if number == 0:
            of_table[place] = names.index(name)
    chosen = hide(
        system.sums,
        Known(low, high, np.where(lone, audience.minimum - 1, np.inf), system.least),
        guarded | ~stands,
        here & stands & ~lone & ~follows & (~free | bounding),
        guarded,
        _costs(system, tables, exact),
        audience.width,
        fresh=np.asarray(abs(system.sums) @ here > 0),
        tables=of_table,
    )
    hidden = {
        (name, column): chosen.hidden[system.columns[0, name, column]]
        for name in tables
        for column in METRICS[name].counted
        if column in tables[name]
    }
    return Decision(hidden, [names[number] for number in sorted(chosen.whole)])


def show(
    results: Results, hidden: Hidden, audience: Audience, before: Results
) -> dict[str, pd.DataFrame]:
    """Return what an audience is shown of a month.

    Parameters
    ----------
    results : mapping of str to pandas.DataFrame
        Results by name of the metric, exact.
    hidden : mapping
        What :func:`decide` hides.
    audience : Audience
        For whom.
    before : mapping of str to pandas.DataFrame
        What it was shown the time before, as far as that was closed.
    """
    given = for_groups(results, audience)
    shown = {
        name: _shown(result, METRICS[name], hidden, audience)
        for name, result in given.items()
        if not METRICS[name].repeats
    }
    blank = {
        name: _blank(given.get(name, result), METRICS[name]) for name, result in results.items()
    }
    now, then = {**blank, **shown}, {**blank, **before}
    for name in given:
        together = METRICS[name].from_shown
        if together is not None:
            shown[name] = together(then, now)
    return {name: shown[name] for name in given}


def for_groups(results: Results, audience: Audience) -> dict[str, pd.DataFrame]:
    """Return what an audience may see at all, in its categories, without what it may not.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> checks = pd.DataFrame({"check": ["risk_assessed", "contact_agreed"]})
    >>> for_groups({"practice.checks": checks}, TEAM)["practice.checks"].check.tolist()
    ['risk_assessed']
    """
    given = {}
    for name, result in results.items():
        metric = METRICS[name]
        if may_see(audience, metric):
            kept = result[~result.iloc[:, 0].isin(metric.sensitive)].reset_index(drop=True)
            given[name] = metric.recode(kept) if metric.recode else kept
    return given


def with_margins(result: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Return a table with the margins of its counts, in place of these.

    Examples
    --------
    >>> visits = {"attended": [7], "partly": [1], "excused": [2], "missed": [3]}
    >>> with_margins(pd.DataFrame(visits), METRICS["engagement.attendance"])
       came  away
    0     8     5
    """
    margins = {name: result[list(of)].sum(axis=1) for name, of in metric.margins.items()}
    return result.drop(columns=[*chain(*metric.margins.values())]).assign(**margins)


def _exact(system: System, exact: Floats) -> Floats:
    """Return the exact numbers of this month, with those of the rests that follow from them."""
    rests = system.owners[system.cells :] == 0
    of_rests = system.sums[:, system.cells :][:, rests].T
    left = system.sums @ np.concatenate([exact[: system.cells], np.zeros(len(rests))])
    exact[system.cells :][rests] = -(of_rests @ left)
    return exact


def _rounded_bounds(exact: Floats, audience: Audience) -> tuple[Floats, Floats]:
    """Return what an audience knows of a count that it is shown."""
    base = audience.rounding
    rounded = (exact + base // 2) // base * base
    near = np.where(rounded > 0, base // 2, 0)
    low = np.maximum(rounded - near, np.where(exact >= audience.minimum, audience.minimum, 0))
    return low, rounded + near


def _primary(system: System, exact: Floats, follows: Flags, audience: Audience) -> Flags:
    """Return the small counts, and the zeros that would tell of a woman."""
    least = audience.minimum
    zero = exact == 0
    within = system.sums[system.pairs == WITHIN]
    total = within.maximum(0) @ np.nan_to_num(exact)
    of_few = np.asarray(abs(within[(total > 0) & (total < least)]).sum(axis=0) > 0)
    stands = np.arange(len(exact)) < system.cells
    guards = stands | np.asarray(abs(system.sums[system.strict]).sum(axis=0) > 0)
    telling = stands & (of_few | system.alone) & ~follows
    flags: Flags = (small(exact, least) & guards) | (zero & telling)
    return flags


def _of_none(system: System, high: Floats) -> Flags:
    """Return what is nothing because something else is, and that: of none, none came back."""
    over = system.sums[system.pairs != WITHIN]
    none = over.maximum(0) @ np.minimum(high, MOST) == 0
    flags: Flags = np.asarray(abs(over[none]).sum(axis=0) > 0)
    return flags


def _only_small(system: System) -> Flags:
    """Return the cells of tables that are hidden for being small only, and are no cover."""
    flags = system.alone
    for (_, name, _), place in system.columns.items():
        flags[place] &= METRICS[name].dominance is None
    return flags


def _free(system: System, tables: Results) -> Flags:
    """Return the cells that tell of no woman, however small they are."""
    free = np.zeros(len(system.owners), dtype=bool)
    for (number, name, _), place in system.columns.items():
        if number == 0:
            free[place] = of_no_woman(name, tables[name])
    return free


def _costs(system: System, tables: Results, exact: Floats) -> Floats:
    """Return what hiding costs: one a cell, and more where it says what a supervisor needs."""
    cost = 1 + np.nan_to_num(exact).clip(0, 100) / 1000
    for name, table in tables.items():
        for margin in METRICS[name].margins:
            cost[system.columns[0, name, margin]] += 1
        for part in (*HEADLINES, *WANTED):
            if part.table == name:
                rows = np.concatenate([*part.groups(table).values()])
                cost[system.columns[0, name, part.column].start + rows] += (
                    HEADLINE if part in HEADLINES else MORE
                )
    return cost


def keys(name: str, table: pd.DataFrame) -> pd.Index:
    """Return what names each row of a table: its first column and words, but for counts.

    Examples
    --------
    >>> table = pd.DataFrame({"need": ["food"], "coverage": ["partly"], "women": [3]})
    >>> keys("needs.coverage", table).tolist()
    ['food partly']
    """
    counted = METRICS[name].counted
    words = [of for of in table if table[of].dtype in ("str", "string")]
    named = [of for of in dict.fromkeys([table.columns[0], *words]) if of not in counted]
    each = zip(*(table[of].astype("str") for of in named), strict=True)
    return pd.Index([" ".join(row) for row in each] if named else [""] * len(table))


def _shown(
    result: pd.DataFrame, metric: Metric, hidden: Hidden, audience: Audience
) -> pd.DataFrame:
    """Return a table as it is shown, as far as it does not follow from other tables."""
    if not metric.counts:
        return result
    table = with_margins(result, metric)
    free = of_no_woman(metric.name, table)
    for column in (of for of in metric.counted if of in table):
        rounded = (table[column] + audience.rounding // 2) // audience.rounding
        cells = (rounded * audience.rounding).where(~free, table[column])
        table[column] = cells.mask(hidden[metric.name, column])
    derived = list(metric.derived)
    if audience.rounding > 1:
        table = metric.recompute(table) if metric.recompute else _without(table, derived)
    elif derived:
        table[derived] = table[derived].mask(table[list(metric.rests_on)].isna().any(axis=1))
    if metric.coarse is not None:
        table = metric.coarse(table)
    return table


def _blank(result: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    return _without(result, [*metric.counts, *metric.derived])


def _without(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a table in which nothing of some columns is told."""
    nothing = np.ones(len(table), dtype=bool)
    return table.assign(**{name: table[name].mask(nothing) for name in columns})
