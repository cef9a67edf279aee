"""The month at a glance: eight small cards, what changed, and what is hidden."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts import bars, lines
from copehope_lib.charts import engagement as engagement_charts
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.panels import engagement, itineraries
from copehope_lib.panels.columns import VOCABULARIES, table_of
from copehope_lib.panels.draw import changed, counted, metric
from copehope_lib.panels.panel import Draw, PageCard, Seen, Shown
from copehope_lib.panels.register import PAGES
from copehope_lib.readings import READINGS, months
from copehope_lib.readings import practice as practice_readings
from copehope_lib.vocabulary import Coverage, Pattern

# Height of a small picture, in pixels.
SMALL = 150

# Rows of a small picture.
TOP = 3


def load(seen: Seen) -> Shown:
    """Show the women of each post; for whom no post is told apart, those of all of them."""
    if not seen.audience.professionals:
        return counted(
            seen.history("caseload.spread"), _("Women accompanied"), "women", height=SMALL
        )
    return metric("caseload.load", _fullest)(seen)


def _fullest(loads: pd.DataFrame) -> go.Figure:
    top = loads.sort_values("load", ascending=False, na_position="last").head(TOP)
    over = top.loc[(top["load"] > 1).fillna(False), "professional"]
    return bars.bars(list(top["professional"]), top["women"], lead=list(over))


def alone(seen: Seen) -> Shown:
    """Show how many women rest on one person alone, month by month."""
    return counted(
        seen.history("caseload.spread"),
        _("Women who rest on one person alone"),
        "carried_alone",
        height=SMALL,
    )


def pauses(seen: Seen) -> Shown:
    """Show who is in a pause and who came back."""
    shown = engagement.PATTERNS.draw(seen)
    two = [Pattern.PAUSED, Pattern.RETURNED]
    women = seen.table("engagement.patterns").set_index("pattern").loc[two, "women"]
    labels = [pattern.label for pattern in two]
    return Shown(shown.reading, bars.bars(labels, women, lead=labels), shown.table)


def attendance(seen: Seen) -> Shown:
    """Show the share who came, month by month."""
    everyone = seen.one("engagement.attendance", "scope", "all")
    return Shown(
        READINGS["engagement.attendance"](seen.table("engagement.attendance"), seen.audience),
        lines.shares(
            list(everyone["month"]),
            everyone["rate"],
            engagement_charts.attendance_labels(everyone),
            height=SMALL,
        ),
        table_of(everyone, ["month", "rate"]),
    )


def top(column: str, value: str, rows: pd.DataFrame) -> go.Figure:
    """Draw the largest counts of a table."""
    largest = rows.nlargest(TOP, value)
    lead = list(largest[column])
    return bars.bars_by(largest, column, value, VOCABULARIES[column], lead=lead)


def uncovered(rows: pd.DataFrame) -> go.Figure:
    """Draw the needs that most often are not covered."""
    return top("need", "women", rows[rows["coverage"] == Coverage.NOT_COVERED])


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
        table_of(pd.DataFrame({"month": names, "holds": list(counts)})),
    )


def requests(seen: Seen) -> Shown:
    """Show what the organisation has not answered yet, or answered in this month."""
    table = seen.table("requests")
    columns = ("action", "decided_on", "waited", "replied_on", "reply", "dimension")
    return Shown(practice_readings.requests(table), None, table_of(table, columns))


def hidden(seen: Seen) -> Shown:
    """Show how many counts are hidden, page by page."""
    files = seen.extract.manifest_of(seen.state.period).tables
    table = pd.DataFrame(
        [
            (page.title, sum(f.hidden for f in of_page), sum(f.counts for f in of_page))
            for page in PAGES.values()
            if page.sees == "all"
            and (of_page := [f for t, f in files.items() if t.startswith(f"{page.name}.")])
        ],
        columns=["page", "hidden", "counts"],
    ).astype({"hidden": "Int64", "counts": "Int64"})
    return Shown(
        months.hidden(int(table["hidden"].sum()), int(table["counts"].sum())),
        bars.bars(list(table["page"]), table["hidden"]),
        table_of(table),
    )


def _glance(name: str, draw: Draw, link: str) -> PageCard:
    return PageCard(f"home-{name}", "", "", draw, {"all": "quarter"}, link=link)


LOAD = _glance("load", load, "caseload")
ALONE = _glance("alone", alone, "caseload")
PAUSES = _glance("pauses", pauses, "engagement")
ATTENDANCE = _glance("attendance", attendance, "engagement")
BARRIERS = _glance(
    "barriers",
    metric("engagement.barriers", lambda rows: top("barrier", "times", rows)),
    "engagement",
)
GOALS = _glance("goals", itineraries.QUIET.draw, "itineraries")
NEEDS = _glance("needs", metric("needs.coverage", uncovered), "needs")
CHECKS = _glance("checks", checks, "practice")
CHANGE = PageCard(
    "home-change",
    N_(
        "Women by pattern: how far each share moved since it was last told. The grey "
        "line is how far chance alone could move it; a full dot lies beyond."
    ),
    N_("What mattered: a small number may be the news of the month."),
    changed("change.patterns", "pattern", Pattern.label_of),
)
HIDDEN = PageCard(
    "home-hidden",
    N_(
        "A count is hidden where it is so small that it could point at a woman, or "
        "where such a count could be worked out from it."
    ),
    N_("That what is hidden is small: some of it only protects another number."),
    hidden,
)
REQUESTS = PageCard(
    "home-requests",
    N_("What a meeting asked of the organisation, until it is answered: granted or refused, why."),
    N_("What it was: that stands in the table of actions, and in the sealed record."),
    requests,
    {"cases": "full"},
)
CARDS = (LOAD, ALONE, PAUSES, ATTENDANCE, BARRIERS, GOALS, NEEDS, CHECKS, CHANGE, REQUESTS, HIDDEN)
