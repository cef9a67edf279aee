"""Engagement in a month: who paused and came back, what stood in the way, who came."""

from dataclasses import replace

import pandas as pd

from copehope_lib.charts import engagement as charts
from copehope_lib.charts import lines
from copehope_lib.charts.bars import bars_by
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.language import ngettext
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import changed, metric, metric_by_month, one_counted, or_one
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.panels.practice import left_out
from copehope_lib.readings import engagement as readings
from copehope_lib.readings import months
from copehope_lib.vocabulary import AttendanceStatus, Module, Pattern, YesNo

CAME = ("scope", "came", "away", *AttendanceStatus.codes(), "rate")
HELD = ("module", "women", "places", "group_size", "minutes")


def flows(seen: Seen) -> Shown:
    """Show where each woman was before, and is now."""
    moves = seen.table("engagement.flows")
    known = moves[moves["women"].isna() | (moves["women"] > 0)]
    return Shown(
        readings.movements(seen.table("engagement.movements"), seen.audience),
        charts.flows(moves, seen.extract.period(seen.state.period)),
        table_of(known, labels={"before": Pattern, "after": Pattern}),
    )


def patterns_why(extract: Extract) -> str:
    """Say what a pattern is: with which days this team counts."""
    manifest = extract.manifest
    return _(
        "Each woman on the last day of the month, by how she came over {window} days. "
        "A pause is a gap of more than {pause} days in which she was expected."
    ).format(window=manifest.window_days, pause=manifest.pause_days)


def attendance(seen: Seen, code: str) -> Shown:
    """Show the share who came to one module, month by month."""
    one = seen.one("engagement.attendance", "scope", code)
    names = list(one["month"])
    return Shown(
        months.share(Module.label_of(code), names, one["rate"]),
        lines.shares(names, one["rate"], charts.attendance_labels(one)),
        table_of(one, ["month", *CAME]),
        _("Share of the places kept for women at which they came, month by month."),
    )


def modules(seen: Seen) -> Shown:
    """Show how each module was held, and how many sessions have no length."""
    shown = metric("engagement.modules", charts.modules, HELD)(seen)
    left = left_out(seen).query("check == 'session_length'")["left_out"].dropna()
    if left.empty:
        return shown
    n = int(left.iloc[0])
    said = ngettext(
        "The minutes leave out {n} session without hours.",
        "The minutes leave out {n} sessions without hours.",
        n,
    )
    return replace(shown, reading=f"{shown.reading} {said.format(n=n)}")


def moved(seen: Seen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of all modules, or of the one that was chosen."""
    return rows[(rows["scope"] == seen.state.module) | (seen.state.module == "")]


def strip(seen: Seen) -> Shown:
    """Show the pauses and returns of each woman."""
    pauses = seen.table("engagement.pauses")
    here = seen.table("engagement.women")["woman"]
    lately = pauses[pauses["woman"].isin(set(here))]
    return Shown(
        readings.pauses(pauses, seen.audience),
        charts.strip(pauses, here, seen.state.first, seen.state.period),
        table_of(lately, ["woman", "since", "paused_on", "returned_on"]),
    )


FLOWS = PageCard(
    "engagement-flows",
    N_("Where each woman was before, and where she is now."),
    N_("What she did in the meantime: a pause may be rest, work, or a move."),
    flows,
    {"movements": "most"},
)
PATTERNS = PageCard(
    "engagement-patterns",
    patterns_why,
    N_("Why she paused, and whose timetable it was."),
    metric_by_month(
        "engagement.patterns",
        lambda history, seen: charts.patterns_over_months(history, seen.state.month, seen.audience),
    ),
    {"movements": "half", "no movements": "most"},
)
BARRIERS = PageCard(
    "engagement-barriers",
    N_("Reasons that were named. Sessions that we cancelled are not counted here."),
    N_("The reasons that nobody asked for, or that she kept to herself."),
    or_one(
        "barrier",
        metric("engagement.barriers", charts.barriers),
        one_counted(
            "engagement.barriers",
            "times",
            ("barrier", "times"),
            N_("How often this reason was named, month by month."),
        ),
    ),
    {"all": "rest"},
    sets="barrier",
)
ATTENDANCE = PageCard(
    "engagement-attendance",
    N_("Share of the places kept for women at which they came, whole or in part."),
    N_("What a session was good for: coming is not the aim."),
    or_one(
        "module", metric("engagement.attendance", charts.attendance_by_module, CAME), attendance
    ),
    sets="module",
)
MODULES = PageCard(
    "engagement-modules",
    N_("Women who came to each module, and how many came to a group session."),
    N_("Who could not come at all, and was never counted."),
    or_one(
        "module",
        modules,
        one_counted(
            "engagement.modules",
            "women",
            HELD,
            N_("Women who came to this module, month by month."),
        ),
    ),
    sets="module",
)
CHANGE = PageCard(
    "engagement-change",
    N_(
        "Change in the share who came since it was last told. The grey line is how far "
        "chance alone could move it; a full dot lies beyond."
    ),
    N_("Whether a change is good: a woman may come less because she has found work."),
    changed(
        "change.attendance",
        "scope",
        lambda code: _("All modules") if code == "all" else Module.label_of(code),
        moved,
    ),
    {"movements": "half", "no movements": "full"},
)
SEEN = PageCard(
    "engagement-seen",
    N_("Women who are with us at the end of the month, by whether they came to a session in it."),
    N_("Whom we met elsewhere: at home, on the way to an office, on the telephone."),
    metric(
        "engagement.seen",
        lambda rows: bars_by(rows, "seen", "women", YesNo),
        labels={"seen": YesNo},
        seen=N_("Came to a session"),
    ),
    {"cases": "full"},
)
STRIP = PageCard(
    "engagement-strip",
    N_(
        "Women who are with us and who paused in these months, by pseudonym. "
        "Dots are a pause, a ring is a return."
    ),
    N_("What stood behind a pause: ask her, and ask ourselves."),
    strip,
    {"cases": "full"},
)
RETENTION = PageCard(
    "engagement-retention",
    N_(
        "Of the stays that had lasted so many weeks, the share in which a woman "
        "was coming that week; those who come back count again."
    ),
    N_("That a stay should be long: some women need us for a short while."),
    metric("engagement.retention", charts.retention),
    {"cases": "full"},
)
CARDS = (
    FLOWS,
    PATTERNS.when("no movements"),
    BARRIERS,
    PATTERNS.when("movements"),
    CHANGE.when("movements"),
    ATTENDANCE,
    MODULES,
    CHANGE.when("no movements"),
    SEEN,
    STRIP,
    RETENTION,
)
