"""Basic needs in a month: how far they are covered, and how that changes (§5.2)."""

from copehope_lib.charts import needs as charts
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.change import change_headings, differences
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import change, months
from copehope_lib.readings import needs as readings
from copehope_lib.vocabulary import Coverage, Need


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return the basic needs of an extract.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = panel(Extract(demo.workspace().extracts, "team"))
    >>> page.state.need = "food"
    >>> page.cards["needs-coverage"].reading.startswith("Food")
    True
    """
    return Panel(_("Needs"), extract, parts(extract), ["need"], state)


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
            "needs-coverage",
            _("Women by how far each need is covered, as it was last reviewed."),
            _("Whether what covers a need also suits her."),
            coverage,
            "most",
            "need",
        ),
        Part(
            "needs-months",
            _("Women whose need is not covered, month by month; – is hidden."),
            _("The needs of women of whom there was no review."),
            over_months,
            "rest",
            "need",
        ),
        Part(
            "needs-change",
            _(
                "Change in the share whose need is covered, since the month before. The grey "
                "line is how far chance alone could move it; a full dot lies beyond."
            ),
            _("Whose work it was: many needs are in the hands of others."),
            moved,
            "half" if extract.holds("needs.changes") else "full",
        ),
    ]
    if extract.holds("needs.changes"):
        made.append(
            Part(
                "needs-changes",
                _("Needs of women reviewed in both months: better covered, or less well."),
                _("What stayed as it was, for good or ill."),
                changes,
                "half",
            )
        )
    if extract.holds("needs.women"):
        made += [
            Part(
                "needs-training",
                _(
                    "Women in a long training that cannot be entered and left by parts, and "
                    "how many needs of theirs are not covered."
                ),
                _("Whether she wanted it all the same."),
                training,
                "full",
            ),
            Part(
                "needs-women",
                _("Each woman by pseudonym: ● covered, ◐ in part, ○ not covered, · not known."),
                _("How much a need weighs: that differs from woman to woman."),
                each_woman,
                "full",
            ),
        ]
    return made


def coverage(seen: Seen) -> Shown:
    """Show how far needs are covered; of one need, month by month."""
    code = seen.state.need
    headings = {"need": _("Need"), "coverage": _("Coverage"), "women": _("Women")}
    labels = {"need": Need, "coverage": Coverage}
    if not code:
        covered = seen.table("needs.coverage")
        return Shown(
            readings.coverage(covered, seen.audience),
            charts.coverage(covered, seen.audience),
            Table(covered, headings, labels),
        )
    history = seen.history("needs.coverage")
    one = history[history["need"] == code]
    uncovered = one[one["coverage"] == Coverage.NOT_COVERED]
    label = _("{need}, not covered").format(need=Need.label_of(code))
    return Shown(
        months.count(label, list(uncovered["month"]), uncovered["women"]),
        charts.need_over_months(history, code, seen.state.month, seen.audience),
        Table(one, {"month": _("Month"), **headings}, labels),
        _("Women by how far this need was covered, month by month."),
    )


def over_months(seen: Seen) -> Shown:
    """Show the needs that are not covered, month by month."""
    history = seen.history("needs.coverage")
    uncovered = history[history["coverage"] == Coverage.NOT_COVERED]
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
        Table(
            uncovered,
            {"month": _("Month"), "need": _("Need"), "women": _("Women, not covered")},
            {"need": Need},
        ),
    )


def moved(seen: Seen) -> Shown:
    """Show how far coverage moved since the month before."""
    table = seen.table("change.coverage")
    return Shown(
        change.coverage(table, seen.audience),
        differences(seen, [Need.label_of(code) for code in table["need"]], table),
        Table(table, change_headings(_("Need"), "need"), {"need": Need}),
    )


def changes(seen: Seen) -> Shown:
    """Show how many needs are better covered, and how many less well."""
    changed = seen.table("needs.changes")
    return Shown(
        readings.changes(changed, seen.audience),
        charts.changes(changed),
        Table(changed, {"need": _("Need"), "change": _("Change"), "women": _("Women")}),
    )


def training(seen: Seen) -> Shown:
    """Show the women in a long training over needs that are not covered."""
    women = seen.table("needs.training")
    return Shown(
        readings.training(women, seen.audience),
        charts.training(women),
        Table(
            women,
            {
                "woman": _("Woman"),
                "activity": _("Activity"),
                "needs": _("Needs not covered"),
            },
        ),
    )


def each_woman(seen: Seen) -> Shown:
    """Show the needs of each woman."""
    reviewed = seen.table("needs.women")
    return Shown(
        readings.women(reviewed, seen.audience),
        charts.each_woman(reviewed),
        Table(
            reviewed,
            {
                "woman": _("Woman"),
                "need": _("Need"),
                "coverage": _("Coverage"),
                "reviewed_on": _("Reviewed on"),
            },
            {"need": Need, "coverage": Coverage},
        ),
    )
