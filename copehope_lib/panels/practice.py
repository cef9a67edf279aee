"""Practice checks: what the report asks for, by its six dimensions."""

from functools import partial

import pandas as pd

from copehope_lib.charts import bars
from copehope_lib.charts import practice as charts
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.change import change_headings, differences
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import change, months
from copehope_lib.readings import practice as readings
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import ActionState, Dimension


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return the practice checks of an extract.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = panel(Extract(demo.workspace().extracts, "team"))
    >>> page.state.check = "childcare"
    >>> page.cards["practice-pitfalls"].reading.startswith("Childcare")
    True
    """
    return Panel(_("Practice"), extract, parts(extract), ["check"], state)


def parts(extract: Extract) -> list[Part]:
    """Return the cards of the page, for this audience.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(parts(Extract(demo.workspace().extracts, "team"))) > 1
    True
    """
    made = [
        Part(
            f"practice-{dimension}",
            _("{dimension}, §{section} of the report. The bar is how often it holds.").format(
                dimension=dimension.label, section=dimension.section
            ),
            _silent(dimension),
            partial(checks, dimension=dimension),
            "half",
            "check",
        )
        for dimension in Dimension
    ]
    made.append(
        Part(
            "practice-change",
            _(
                "Change in how often a check holds since the month before. The grey line is "
                "how far chance alone could move it; a full dot lies beyond."
            ),
            _("What it took: a check that holds may rest on one person’s extra hours."),
            moved,
            "full",
        )
    )
    if extract.holds("actions"):
        made.append(
            Part(
                "practice-actions",
                _("Decisions that were not done when the month began, or were made in it."),
                _("What was decided: that stands in the sealed record of its meeting."),
                actions,
                "full",
            )
        )
    if extract.holds("practice.findings"):
        made.append(
            Part(
                "practice-findings",
                _("Where a check does not hold, by how many things there are to look at."),
                _("A fault: some things are as they are for a good reason."),
                findings,
                "full",
            )
        )
    return made


def _of(dimension: Dimension) -> list[str]:
    return [name for name, asked in RECOMMENDATIONS.items() if asked.dimension == dimension]


def _silent(dimension: Dimension) -> str:
    return " ".join(
        f"{_(RECOMMENDATIONS[name].sentence)}: {_(RECOMMENDATIONS[name].silent)}"
        for name in _of(dimension)
        if not RECOMMENDATIONS[name].about_safety
    )


def checks(seen: Seen, dimension: Dimension) -> Shown:
    """Show the checks of one dimension; of one that was chosen, month by month."""
    code = seen.state.check
    if code in _of(dimension):
        history = readings.visible(seen.history("practice.checks"), seen.audience)
        one = history[history["check"] == code]
        held = one["numerator"] / one["denominator"].replace(0, pd.NA)
        return Shown(
            months.share(_(RECOMMENDATIONS[code].sentence), list(one["month"]), held),
            charts.over_months(history, code),
            _table(one, {"month": _("Month")}),
        )
    table = readings.visible(seen.table("practice.checks"), seen.audience)
    looked = table[table["check"].isin(_of(dimension))]
    return Shown(readings.furthest(looked, seen.audience), charts.checks(looked), _table(looked))


def _table(looked: pd.DataFrame, first: dict[str, str] | None = None) -> Table:
    asked = [RECOMMENDATIONS[name] for name in looked["check"]]
    told = looked.assign(
        sentence=[_(each.sentence) for each in asked],
        counted=[_(each.numerator) for each in asked],
        among=[_(each.denominator) for each in asked],
        section=[f"§{each.section}" for each in asked],
    )
    headings = {
        "sentence": _("Check"),
        "numerator": _("Holds"),
        "denominator": _("Of"),
        "counted": _("What is counted"),
        "among": _("Among"),
        "section": _("Report"),
    }
    return Table(told, (first or {}) | headings)


def moved(seen: Seen) -> Shown:
    """Show how far the checks moved since the month before."""
    table = readings.visible(seen.table("change.checks"), seen.audience)
    labels = [_(RECOMMENDATIONS[name].sentence) for name in table["check"]]
    told = table.assign(sentence=labels)
    return Shown(
        change.checks(table, seen.audience),
        differences(seen, labels, table),
        Table(told, change_headings(_("Check"), "sentence")),
    )


def actions(seen: Seen) -> Shown:
    """Show how the decisions of earlier meetings stand."""
    table = seen.table("actions")
    counts = table["state"].value_counts().reindex(ActionState.codes(), fill_value=0)
    headings = {
        "action": _("Code"),
        "owner": _("Who"),
        "decided_on": _("Decided on"),
        "due_on": _("Until"),
        "done_on": _("Done on"),
        "dimension": _("Dimension"),
        "state": _("State"),
    }
    return Shown(
        readings.actions(counts),
        bars.bars([state.label for state in ActionState], counts.astype("Int64")),
        Table(table, headings, {"dimension": Dimension, "state": ActionState}),
    )


def findings(seen: Seen) -> Shown:
    """Show where to look, by pseudonym."""
    found = readings.visible(seen.table("practice.findings"), seen.audience)
    if seen.state.check:
        found = found[found["check"] == seen.state.check]
    told = found.assign(sentence=[_(RECOMMENDATIONS[name].sentence) for name in found["check"]])
    return Shown(
        readings.findings(found, seen.audience),
        charts.findings(found),
        Table(
            told,
            {
                "sentence": _("Check"),
                "woman": _("Woman"),
                "code": _("Code"),
                "other": _("With"),
            },
        ),
    )
