"""Basic needs in a month: how far they are covered, and how that changes (§5.2)."""

from dataclasses import replace

from copehope_lib.charts import needs as charts
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import changed, metric, metric_for, one_in_pieces, or_one
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.readings import months
from copehope_lib.readings import needs as readings
from copehope_lib.vocabulary import Coverage, Need


def coverage(seen: Seen) -> Shown:
    """Show how far each need is covered; the table has no zero where nobody was asked."""
    shown = metric_for("needs.coverage", charts.coverage)(seen)
    return replace(shown, table=table_of(readings.asked(seen.table("needs.coverage"))))


def over_months(seen: Seen) -> Shown:
    """Show the needs that are not covered, month by month."""
    history = seen.history("needs.coverage")
    told = readings.asked(history)
    uncovered = told[told["coverage"] == Coverage.NOT_COVERED]
    latest = uncovered[uncovered["month"] == seen.state.month]
    known = latest.dropna(subset="women").nlargest(1, "women")
    if known.empty or not known["women"].iloc[0]:
        reading = _("How many needs are not covered cannot be shown, or there is none.")
    else:
        code = str(known["need"].iloc[0])
        one = uncovered[uncovered["need"] == code]
        reading = months.count(Need.label_of(code), list(one["month"]), one["women"])
    return Shown(
        reading,
        charts.over_months(history),
        table_of(uncovered, ["month", "need", "women"], women=_("Women, not covered")),
    )


COVERAGE = PageCard(
    "needs-coverage",
    N_("Women by how far each need is covered, as it was last reviewed."),
    N_("Whether what covers a need also suits her."),
    or_one(
        "need",
        coverage,
        one_in_pieces(
            "needs.coverage",
            ("need", "coverage", "women"),
            {Coverage.NOT_COVERED: N_("{need}, not covered")},
            charts.need_over_months,
            N_("Women by how far this need was covered, month by month."),
        ),
    ),
    {"all": "most"},
    sets="need",
)
MONTHS = PageCard(
    "needs-months",
    N_("Women whose need is not covered, month by month; – is hidden."),
    N_("The needs of women of whom there was no review."),
    over_months,
    {"all": "rest"},
    sets="need",
)
CHANGE = PageCard(
    "needs-change",
    N_(
        "Change in the share whose need is covered, since it was last told. The grey "
        "line is how far chance alone could move it; a full dot lies beyond."
    ),
    N_("Whose work it was: many needs are in the hands of others."),
    changed("change.coverage", "need", Need.label_of),
    {"movements": "half", "no movements": "full"},
)
CHANGES = PageCard(
    "needs-changes",
    N_("Needs of women reviewed in both months: better covered, or less well."),
    N_("What stayed as it was, for good or ill."),
    metric("needs.changes", charts.changes),
    {"movements": "half"},
)
TRAINING = PageCard(
    "needs-training",
    N_(
        "Women in a long training that cannot be entered and left by parts, and "
        "how many needs of theirs are not covered."
    ),
    N_("Whether she wanted it all the same."),
    metric("needs.training", charts.training),
    {"cases": "full"},
)
WOMEN = PageCard(
    "needs-women",
    N_("Each woman by pseudonym: ● covered, ◐ in part, ○ not covered, · not known."),
    N_("How much a need weighs: that differs from woman to woman."),
    metric("needs.women", charts.each_woman),
    {"cases": "full"},
)
CARDS = (COVERAGE, MONTHS, CHANGE, CHANGES, TRAINING, WOMEN)
