"""Engagement in a month: who paused and came back, what stood in the way, who came."""

from copehope_lib.charts import engagement as charts
from copehope_lib.charts import lines
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.change import change_headings, differences
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import change, months
from copehope_lib.readings import engagement as readings
from copehope_lib.vocabulary import Barrier, Module, Pattern


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return engagement, as an extract shows it.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = panel(Extract(demo.workspace().extracts, "team"))
    >>> page.state.barrier = "childcare"
    >>> page.cards["engagement-barriers"].reading.startswith("Childcare: ")
    True
    """
    return Panel(_("Engagement"), extract, parts(extract), ["module", "barrier"], state)


def parts(extract: Extract) -> list[Part]:
    """Return the cards of the page, for this audience.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(parts(Extract(demo.workspace().extracts, "team"))) > 1
    True
    """
    manifest, audience = extract.manifest, extract.audience
    patterns_part = Part(
        "engagement-patterns",
        _(
            "Each woman on the last day of the month, by how she came over {window} days. "
            "A pause is a gap of more than {pause} days in which she was expected."
        ).format(window=manifest.window_days, pause=manifest.pause_days),
        _("Why she paused, and whose timetable it was."),
        patterns,
        "half" if audience.movements else "most",
    )
    barriers_part = Part(
        "engagement-barriers",
        _("Reasons named this month. Sessions that we cancelled are not counted here."),
        _("The reasons that nobody asked for, or that she kept to herself."),
        barriers,
        "rest",
        "barrier",
    )
    attendance_part = Part(
        "engagement-attendance",
        _("Share of the places kept for women at which they came, whole or in part."),
        _("What a session was good for: coming is not the aim."),
        attendance,
        "half",
        "module",
    )
    modules_part = Part(
        "engagement-modules",
        _("Women who came to each module, and how many came to a group session."),
        _("Who could not come at all, and was never counted."),
        modules,
        "half",
        "module",
    )
    change_part = Part(
        "engagement-change",
        _(
            "Change in the share who came since the month before. The grey line is how far "
            "chance alone could move it; a full dot lies beyond."
        ),
        _("Whether a change is good: a woman may come less because she has found work."),
        moved,
        "half" if audience.movements else "full",
    )
    if not audience.movements:
        made = [patterns_part, barriers_part, attendance_part, modules_part, change_part]
    else:
        flows_part = Part(
            "engagement-flows",
            _("Where each woman was a month before, and where she is now."),
            _("What she did in the meantime: a pause may be rest, work, or a move."),
            flows,
            "most",
        )
        made = [
            flows_part,
            barriers_part,
            patterns_part,
            change_part,
            attendance_part,
            modules_part,
        ]
    if audience.cases:
        made += [
            Part(
                "engagement-strip",
                _(
                    "Women who are with us and who paused in these months, by pseudonym. "
                    "Dots are a pause, a ring is a return."
                ),
                _("What stood behind a pause: ask her, and ask ourselves."),
                strip,
                "full",
            ),
            Part(
                "engagement-retention",
                _(
                    "Of the stays that had lasted so many weeks, the share in which a woman "
                    "was coming that week; those who come back count again."
                ),
                _("That a stay should be long: some women need us for a short while."),
                retention,
                "full",
            ),
        ]
    return made


def flows(seen: Seen) -> Shown:
    """Show where each woman was before, and is now."""
    moves = seen.table("engagement.flows")
    known = moves[moves["women"].isna() | (moves["women"] > 0)]
    return Shown(
        readings.movements(seen.table("engagement.movements"), seen.audience),
        charts.flows(moves, seen.state.period, seen.audience),
        Table(
            known,
            {"before": _("Before"), "after": _("Now"), "women": _("Women")},
            {"before": Pattern, "after": Pattern},
        ),
    )


def patterns(seen: Seen) -> Shown:
    """Show the patterns, month by month."""
    history = seen.history("engagement.patterns")
    return Shown(
        readings.patterns(seen.table("engagement.patterns"), seen.audience),
        charts.patterns_over_months(history, seen.state.month, seen.audience),
        Table(
            history,
            {"month": _("Month"), "pattern": _("Pattern"), "women": _("Women")},
            {"pattern": Pattern},
        ),
    )


def barriers(seen: Seen) -> Shown:
    """Show what stood in the way; of one barrier, how often it was named month by month."""
    code = seen.state.barrier
    headings = {"barrier": _("Barrier"), "times": _("Times")}
    if not code:
        named = seen.table("engagement.barriers")
        return Shown(
            readings.barriers(named, seen.audience),
            charts.barriers(named),
            Table(named, headings, {"barrier": Barrier}),
        )
    history = seen.history("engagement.barriers")
    one = history[history["barrier"] == code]
    return Shown(
        months.count(Barrier.label_of(code), list(one["month"]), one["times"]),
        lines.counts(list(one["month"]), one["times"]),
        Table(one, {"month": _("Month"), **headings}, {"barrier": Barrier}),
        _("How often this reason was named, month by month."),
    )


def attendance(seen: Seen) -> Shown:
    """Show the share who came by module; of one module, month by month."""
    code = seen.state.module
    headings = {
        "scope": _("Module"),
        "attended": _("Attended"),
        "partly": _("Attended in part"),
        "excused": _("Excused"),
        "missed": _("Missed"),
        "cancelled_by_us": _("Cancelled by us"),
        "rate": _("Share who came"),
    }
    if not code:
        came = seen.table("engagement.attendance")
        return Shown(
            readings.attendance(came, seen.audience),
            charts.attendance_by_module(came),
            Table(came, headings, {"scope": Module}),
        )
    history = seen.history("engagement.attendance")
    one = history[history["scope"] == code]
    return Shown(
        months.share(Module.label_of(code), list(one["month"]), one["rate"]),
        lines.shares(list(one["month"]), one["rate"], charts.attendance_labels(one)),
        Table(one, {"month": _("Month"), **headings}, {"scope": Module}),
        _("Share of the places kept for women at which they came, month by month."),
    )


def modules(seen: Seen) -> Shown:
    """Show whom each module reached; of one module, month by month."""
    code = seen.state.module
    headings = {
        "module": _("Module"),
        "women": _("Women"),
        "places": _("Places"),
        "group_size": _("Women at a group session"),
        "minutes": _("Minutes of a session"),
    }
    if not code:
        held = seen.table("engagement.modules")
        return Shown(
            readings.modules(held, seen.audience),
            charts.modules(held),
            Table(held, headings, {"module": Module}),
        )
    history = seen.history("engagement.modules")
    one = history[history["module"] == code]
    return Shown(
        months.count(Module.label_of(code), list(one["month"]), one["women"]),
        lines.counts(list(one["month"]), one["women"]),
        Table(one, {"month": _("Month"), **headings}, {"module": Module}),
        _("Women who came to this module, month by month."),
    )


def moved(seen: Seen) -> Shown:
    """Show how far the share who came moved since the month before."""
    table = seen.table("change.attendance")
    known = table[(table["scope"] == seen.state.module) | (seen.state.module == "")]
    labels = [
        _("All modules") if code == "all" else Module.label_of(code) for code in known["scope"]
    ]
    return Shown(
        change.attendance(table, seen.audience),
        differences(seen, labels, known),
        Table(known, change_headings(_("Module"), "scope"), {"scope": Module}),
    )


def strip(seen: Seen) -> Shown:
    """Show the pauses and returns of each woman."""
    pauses = seen.table("engagement.pauses")
    here = seen.table("engagement.women")["woman"]
    lately = pauses[pauses["woman"].isin(set(here))]
    return Shown(
        readings.pauses(pauses, seen.audience),
        charts.strip(pauses, here, seen.state.first, seen.state.period),
        Table(
            lately,
            {
                "woman": _("Woman"),
                "since": _("Last came on"),
                "paused_on": _("Paused on"),
                "returned_on": _("Came back on"),
            },
        ),
    )


def retention(seen: Seen) -> Shown:
    """Show in how many stays a woman was coming, week by week."""
    curve = seen.table("engagement.retention")
    return Shown(
        readings.retention(curve, seen.audience),
        charts.retention(curve),
        Table(
            curve,
            {
                "week": _("Week"),
                "observed": _("Stays that lasted so long"),
                "engaged": _("Of them, coming"),
                "share": _("Share"),
                "low": _("At least"),
                "high": _("At most"),
            },
        ),
    )
