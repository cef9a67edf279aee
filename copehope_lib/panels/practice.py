"""Practice checks: what the report asks for, by its six dimensions."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from copehope_lib.charts import bars
from copehope_lib.charts import practice as charts
from copehope_lib.charts import voice as learned
from copehope_lib.documents.blocks import Table
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import changed, metric
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.readings import months
from copehope_lib.readings import practice as readings
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import ActionState, Dimension

CHECK = ("sentence", "numerator", "denominator", "left_out", "counted", "among", "section")


def why(_extract: Extract, dimension: Dimension) -> str:
    """Say what the checks of a dimension are."""
    return _("{dimension}, §{section} of the report. The bar is how often it holds.").format(
        dimension=dimension.label, section=dimension.section
    )


def unsaid(_extract: Extract, dimension: Dimension) -> str:
    """Say of each check of a dimension what it does not say."""
    return " ".join(
        f"{_(asked.sentence)}: {_(asked.silent)}"
        for asked in RECOMMENDATIONS.values()
        if asked.dimension == dimension and not asked.about_safety
    )


def checks(seen: Seen, dimension: Dimension) -> Shown:
    """Show the checks of one dimension; of one that was chosen, month by month."""
    code = seen.state.check
    if code and RECOMMENDATIONS[code].dimension == dimension:
        return one_check(seen, code, lambda rows: table_of(_told(rows), ["month", *CHECK]))
    left = left_out(seen)
    rows = readings.with_left_out(seen.table("practice.checks"), left)
    looked = readings.of_dimension(rows, dimension, seen.audience)
    reading = readings.furthest(rows, dimension, seen.audience)
    return Shown(
        with_left_out(reading, readings.of_dimension(left, dimension, seen.audience), seen),
        charts.checks(looked),
        table_of(_told(looked), CHECK),
    )


def one_check(seen: Seen, code: str, table: Callable[[pd.DataFrame], Table]) -> Shown:
    """Show how often one check held, month by month."""
    one = readings.visible(seen.one("practice.checks", "check", code), seen.audience)
    held = one["numerator"] / one["denominator"].replace(0, pd.NA)
    reading = months.share(_(RECOMMENDATIONS[code].sentence), list(one["month"]), held)
    left = left_out(seen)
    one = readings.with_left_out(one, left_out(seen, over_months=True))
    reading = with_left_out(reading, left[left["check"] == code], seen)
    return Shown(reading, charts.over_months(one), table(one))


def left_out(seen: Seen, *, over_months: bool = False) -> pd.DataFrame:
    """Return what the checks leave out; nothing in a month told by an earlier version."""
    look = seen.history if over_months else seen.table
    try:
        return look("practice.left_out")
    except CopehopeError:
        return pd.DataFrame({"month": [], "check": [], "left_out": []})


def with_left_out(reading: str, left: pd.DataFrame, seen: Seen) -> str:
    """Return a reading, and how much was left out, if anything was."""
    return reading if left.empty else f"{reading} {readings.left_out(left, seen.audience)}"


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Return checks with the words in which the report asks for them."""
    asked = [RECOMMENDATIONS[name] for name in rows["check"]]
    return rows.assign(
        sentence=[_(each.sentence) for each in asked],
        counted=[_(each.numerator) for each in asked],
        among=[_(each.denominator) for each in asked],
        section=[f"§{each.section}" for each in asked],
    )


def moved(seen: Seen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the changes that an audience may see, in words."""
    return _told(readings.visible(rows, seen.audience))


def actions(seen: Seen) -> Shown:
    """Show how the decisions of earlier meetings stand."""
    table = seen.table("actions")
    counts = table["state"].value_counts().reindex(ActionState.codes(), fill_value=0)
    columns = ("action", "owner", "decided_on", "due_on", "done_on", "dimension", "state")
    return Shown(
        readings.actions(counts),
        bars.bars([state.label for state in ActionState], counts.astype("Int64")),
        table_of(table, columns, {"state": ActionState}),
    )


def findings(seen: Seen) -> Shown:
    """Show where to look, by pseudonym."""
    found = readings.visible(seen.table("practice.findings"), seen.audience)
    if seen.state.check:
        found = found[found["check"] == seen.state.check]
    return Shown(
        readings.findings(found, seen.audience),
        charts.findings(found),
        table_of(_told(found), ["sentence", "woman", "code", "other"]),
    )


DIMENSIONS = {
    dimension: PageCard(
        f"practice-{dimension}",
        partial(why, dimension=dimension),
        partial(unsaid, dimension=dimension),
        partial(checks, dimension=dimension),
        sets="check",
        codes=tuple(name for name, of in RECOMMENDATIONS.items() if of.dimension == dimension),
    )
    for dimension in Dimension
}
CHANGE = PageCard(
    "practice-change",
    N_(
        "Change in how often a check holds since it was last told. The grey line is "
        "how far chance alone could move it; a full dot lies beyond."
    ),
    N_("What it took: a check that holds may rest on one person’s extra hours."),
    changed("change.checks", "sentence", str, moved),
    {"all": "full"},
)
ACTIONS = PageCard(
    "practice-actions",
    N_("Decisions that were not done when the month began, or were made in it."),
    N_("What was decided: that stands in the sealed record of its meeting."),
    actions,
    {"cases": "full"},
)
FINDINGS = PageCard(
    "practice-findings",
    N_("Where a check does not hold, by how many things there are to look at."),
    N_("A fault: some things are as they are for a good reason."),
    findings,
    {"cases": "full"},
)
THEMES = PageCard(
    "practice-themes",
    N_("Members of the team, as a whole, who had a training on each theme in two years."),
    N_("What a training changed: that shows in the work, and not in hours."),
    metric("learning.themes", learned.themes),
    {"professionals": "half"},
    keeps="learning.themes",
)
LANGUAGES = PageCard(
    "practice-languages",
    N_("Who of us can work in each language in which women want mediation."),
    N_("Whom she trusts to interpret; who shares her language may not be safe for her."),
    metric("learning.languages", learned.languages, women=N_("Women who want mediation in it")),
    {"cases": "half"},
    keeps="learning.languages",
)
CONTINUITY = PageCard(
    "practice-continuity",
    N_("Members of the team on the last day, and who came and left in twelve months."),
    N_("Why somebody left: that is asked, and not counted."),
    metric(
        "learning.continuity",
        learned.continuity,
        ("members", "came", "left", "years"),
        came=N_("Came"),
    ),
    {"professionals": "half"},
    keeps="learning.continuity",
)
CARDS = (*DIMENSIONS.values(), CHANGE, ACTIONS, FINDINGS, THEMES, LANGUAGES, CONTINUITY)
