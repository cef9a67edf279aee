"""The month at a glance: eight small cards, what changed, and what is hidden."""

from collections.abc import Callable

import pandas as pd

from copehope_lib.charts import bars, lines
from copehope_lib.charts import engagement as engagement_charts
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels import caseload, engagement, itineraries, needs
from copehope_lib.panels.change import change_headings, differences
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import READINGS, change, months
from copehope_lib.readings import practice as practice_readings
from copehope_lib.vocabulary import Barrier, Coverage, Need, Pattern

SMALL = 150
"""Height of a small picture, in pixels."""

TOP = 3
"""Rows of a small picture."""


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return the month at a glance.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(panel(Extract(demo.workspace().extracts, "team")).cards)
    10
    """
    return Panel(_("The month"), extract, parts(extract), state=state)


def parts(extract: Extract) -> list[Part]:
    """Return the cards of the month.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(parts(Extract(demo.workspace().extracts, "team"))) > 1
    True
    """
    caseload_page = ("caseload.ipynb", _("Caseload"))
    engagement_page = ("engagement.ipynb", _("Engagement"))
    glances: list[tuple[str, Callable[[Seen], Shown], tuple[str, str]]] = [
        ("load", load if extract.audience.professionals else women, caseload_page),
        ("alone", alone, caseload_page),
        ("pauses", pauses, engagement_page),
        ("attendance", attendance, engagement_page),
        ("barriers", barriers, engagement_page),
        ("goals", goals, ("itineraries.ipynb", _("Itineraries"))),
        ("needs", uncovered, ("needs.ipynb", _("Needs"))),
        ("checks", checks, ("practice.ipynb", _("Practice"))),
    ]
    made = [
        Part(f"home-{name}", "", "", draw, "quarter", link=link) for name, draw, link in glances
    ]
    made += [
        Part(
            "home-change",
            _(
                "Women by pattern: how far each share moved since the month before. The grey "
                "line is how far chance alone could move it; a full dot lies beyond."
            ),
            _("What mattered: a small number may be the news of the month."),
            changed,
            "half",
        ),
        Part(
            "home-hidden",
            _(
                "A count is hidden where it is so small that it could point at a woman, or "
                "where such a count could be worked out from it."
            ),
            _("That what is hidden is small: some of it only protects another number."),
            hidden,
            "half",
        ),
    ]
    return made


def load(seen: Seen) -> Shown:
    """Show the women of each post."""
    full = caseload.load(seen)
    loads = seen.table("caseload.load")
    top = loads.sort_values("load", ascending=False, na_position="last").head(TOP)
    over = top.loc[(top["load"] > 1).fillna(False), "professional"]
    picture = bars.bars(
        list(top["professional"]),
        top["women"],
        lead=list(over),
    )
    return Shown(full.reading, picture, full.table)


def women(seen: Seen) -> Shown:
    """Show the women accompanied, month by month."""
    history = seen.history("caseload.spread")
    names = list(history["month"])
    return Shown(
        months.count(_("Women accompanied"), names, history["women"]),
        lines.counts(names, history["women"], height=SMALL),
        Table(history, {"month": _("Month"), "women": _("Women")}),
    )


def alone(seen: Seen) -> Shown:
    """Show how many women rest on one person alone, month by month."""
    history = seen.history("caseload.spread")
    names = list(history["month"])
    return Shown(
        months.count(_("Women who rest on one person alone"), names, history["carried_alone"]),
        lines.counts(names, history["carried_alone"], height=SMALL),
        Table(
            history,
            {"month": _("Month"), "carried_alone": _("Carried by one person alone")},
        ),
    )


def pauses(seen: Seen) -> Shown:
    """Show who is in a pause and who came back."""
    table = seen.table("engagement.patterns")
    two = table.set_index("pattern").loc[[Pattern.PAUSED.value, Pattern.RETURNED.value]]
    labels = [Pattern.PAUSED.label, Pattern.RETURNED.label]
    return Shown(
        READINGS["engagement.patterns"](table, seen.audience),
        bars.bars(labels, two["women"], lead=labels),
        engagement.patterns(seen).table,
    )


def attendance(seen: Seen) -> Shown:
    """Show the share who came, month by month."""
    history = seen.history("engagement.attendance")
    everyone = history[history["scope"] == "all"]
    return Shown(
        READINGS["engagement.attendance"](seen.table("engagement.attendance"), seen.audience),
        lines.shares(
            list(everyone["month"]),
            everyone["rate"],
            engagement_charts.attendance_labels(everyone),
            height=SMALL,
        ),
        Table(everyone, {"month": _("Month"), "rate": _("Share who came")}),
    )


def barriers(seen: Seen) -> Shown:
    """Show what was named most."""
    full = seen.table("engagement.barriers")
    top = full.nlargest(TOP, "times")
    labels = [Barrier.label_of(code) for code in top["barrier"]]
    return Shown(
        READINGS["engagement.barriers"](full, seen.audience),
        bars.bars(labels, top["times"], lead=labels),
        Table(full, {"barrier": _("Barrier"), "times": _("Times")}, {"barrier": Barrier}),
    )


def goals(seen: Seen) -> Shown:
    """Show for how long nothing was written about open goals."""
    return itineraries.quiet(seen)


def uncovered(seen: Seen) -> Shown:
    """Show the needs that most often are not covered."""
    table = seen.table("needs.coverage")
    top = table[table["coverage"] == Coverage.NOT_COVERED].nlargest(TOP, "women")
    labels = [Need.label_of(code) for code in top["need"]]
    return Shown(
        READINGS["needs.coverage"](table, seen.audience),
        bars.bars(labels, top["women"], lead=labels),
        needs.coverage(seen).table,
    )


def checks(seen: Seen) -> Shown:
    """Show how many checks hold everywhere, month by month."""
    history = practice_readings.visible(seen.history("practice.checks"), seen.audience)
    known = history.dropna(subset=["numerator", "denominator"])
    holds = (known["numerator"] == known["denominator"]) & (known["denominator"] > 0)
    names = list(dict.fromkeys(history["month"]))
    counts = holds.groupby(known["month"]).sum().reindex(names, fill_value=0).astype("Int64")
    return Shown(
        READINGS["practice.checks"](seen.table("practice.checks"), seen.audience),
        lines.counts(names, counts, height=SMALL),
        Table(
            pd.DataFrame({"month": names, "holds": list(counts)}),
            {"month": _("Month"), "holds": _("Checks that hold everywhere")},
        ),
    )


def changed(seen: Seen) -> Shown:
    """Show how the patterns moved since the month before."""
    table = seen.table("change.patterns")
    return Shown(
        change.patterns(table, seen.audience),
        differences(seen, [Pattern.label_of(code) for code in table["pattern"]], table),
        Table(table, change_headings(_("Pattern"), "pattern"), {"pattern": Pattern}),
    )


def hidden(seen: Seen) -> Shown:
    """Show how many counts are hidden, page by page."""
    files = seen.extract.manifest_of(seen.state.period).tables
    pages = {
        "caseload": _("Caseload"),
        "engagement": _("Engagement"),
        "itineraries": _("Itineraries"),
        "needs": _("Needs"),
        "practice": _("Practice"),
    }
    table = pd.DataFrame(
        [
            (title, sum(f.hidden for f in of_page), sum(f.counts for f in of_page))
            for name, title in pages.items()
            if (of_page := [f for t, f in files.items() if t.startswith(f"{name}.")])
        ],
        columns=["page", "hidden", "counts"],
    ).astype({"hidden": "Int64", "counts": "Int64"})
    return Shown(
        months.hidden(int(table["hidden"].sum()), int(table["counts"].sum())),
        bars.bars(list(table["page"]), table["hidden"]),
        Table(
            table,
            {
                "page": _("Page"),
                "hidden": _("Counts hidden"),
                "counts": _("Counts in all"),
            },
        ),
    )
