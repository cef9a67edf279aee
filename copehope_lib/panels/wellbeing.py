"""Wellbeing: how the team is, as a team; beside its caseload, and never joined with it."""

import pandas as pd

from copehope_lib.charts import lines
from copehope_lib.charts import practice as practice_charts
from copehope_lib.charts import wellbeing as charts
from copehope_lib.charts.frame import empty, wrapped
from copehope_lib.charts.self_check import label
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.instruments import read
from copehope_lib.language import gettext as _
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import months
from copehope_lib.readings import wellbeing as readings
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import Band, Scale

NAMED = 2
"""What a reading names as help."""
SUPERVISION = "supervision_held"


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return the wellbeing of a team.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = panel(Extract(demo.workspace().extracts, "team"))
    >>> page.cards["wellbeing-wave"].reading[:17]
    'Nearly all answer'
    """
    return Panel(_("How we are"), extract, parts(extract), state=state)


def parts(extract: Extract) -> list[Part]:
    """Return the cards of the page, for this audience.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(parts(Extract(demo.workspace().extracts, "team"))) > 1
    True
    """
    lot = _(
        "A thick line is where the mean of the answers lies, about four times in five. Each "
        "answer is drawn by lot to low, middle or high before anything is added up, so that "
        "not even whoever knows all the others can tell the last one."
    )
    return [
        Part(
            "wellbeing-scales",
            lot,
            _("Who: the workbench does not know it, and nobody can work it out."),
            scales,
            "most",
        ),
        Part(
            "wellbeing-wave",
            _(
                "A month is shown alone if its answers differ from the last ones by three "
                "people or more; otherwise with the months before it, so that who joined or "
                "left cannot be told."
            ),
            _("Why somebody did not answer: she may, and it is nobody’s business."),
            answered,
            "rest",
        ),
        Part(
            "wellbeing-months",
            _(
                "What weighs and what carries, month by month; each row from its lowest value to "
                "its highest."
            ),
            _("A trend: ranges that overlap may be the same."),
            over_months,
            "full",
        ),
        Part(
            "wellbeing-help",
            _("“How much would this help you?”, from not at all on the left to very much."),
            _("What is possible: that is for the meeting."),
            helping,
            "full",
        ),
        Part(
            "wellbeing-bands",
            _(
                "Bands of the instrument’s own authors, to the nearest tenth, told by lot: each "
                "may be off by two tenths."
            ),
            _("A diagnosis: bands sort questionnaires, and not people."),
            bands,
            "full",
        ),
        Part(
            "wellbeing-caseload",
            _("The caseload of the same months stands beside it, and is joined with nothing."),
            _("A cause: how a team is depends on more than numbers."),
            caseload,
            "half",
            link=("caseload.ipynb", _("Caseload")),
        ),
        Part(
            "wellbeing-supervision",
            _("Months of the last six in which a meeting decided something (§5.4)."),
            _("Whether it did good."),
            supervision,
            "half",
            link=("practice.ipynb", _("Practice")),
        ),
    ]


def _wave(seen: Seen) -> pd.Series | None:
    """Return what is said of the wave of the chosen month; nothing where there is none."""
    if "wellbeing.waves" not in seen.extract.manifest_of(seen.state.period).tables:
        return None
    return seen.table("wellbeing.waves").iloc[0]


def _missing(seen: Seen) -> Shown | None:
    """Return what stands in the place of a picture that may not be shown."""
    wave = _wave(seen)
    if wave is None:
        sentence = readings.none(seen.state.period)
        return Shown(sentence, empty(_("Slips for the next wave come from the hat.")), None)
    if wave["state"] == "few":
        return Shown(
            readings.few(), empty(_("With five answers or more there is a picture.")), None
        )
    return None


def scales(seen: Seen) -> Shown:
    """Show between which values the mean of each scale lies."""
    missing = _missing(seen)
    if missing:
        return missing
    table = seen.table("wellbeing.scales")
    if table.empty:
        return Shown(readings.scales(table), None, None)
    return Shown(
        readings.scales(table),
        charts.ranges(table, [label(code) for code in table["scale"]]),
        _table(table, "scale", _("Scale")),
    )


def _table(table: pd.DataFrame, column: str, heading: str) -> Table:
    return Table(
        table,
        {
            column: heading,
            "low": _("Between"),
            "high": _("And"),
            "lowest": _("Lowest possible"),
            "highest": _("Highest possible"),
        },
        {"scale": Scale},
    )


def answered(seen: Seen) -> Shown:
    """Show how many answered, month by month."""
    missing = _missing(seen)
    history = _history(seen, "wellbeing.waves")
    names = list(history["month"])
    wave = _wave(seen)
    if missing is not None:
        reading = missing.reading
    else:
        reading = "" if wave is None else readings.wave(wave, seen.state.period)
    if not names:
        return Shown(reading, None, None)
    words = [_("few") if pd.isna(rate) else charts.tenths(rate) for rate in history["rate"]]
    told = history.assign(rate=words)
    return Shown(
        reading,
        lines.shares(names, history["rate"], words),
        Table(
            told,
            {
                "month": _("Month"),
                "rate": _("Answered"),
                "waves": _("Waves shown together"),
            },
        ),
    )


def _history(seen: Seen, name: str) -> pd.DataFrame:
    """Return a table of the months that are looked at; empty where none holds it."""
    if not seen.extract.holds(name):
        return pd.DataFrame(columns=["month", "state", "rate", "waves", "scale"])
    return seen.history(name)


def over_months(seen: Seen) -> Shown:
    """Show each scale over the months."""
    names = [name for name in seen.state.months if seen.state.since <= name <= seen.state.month]
    waves, table = _history(seen, "wellbeing.waves"), _history(seen, "wellbeing.scales")
    reading = readings.over_months(names, waves)
    if table.empty:
        return Shown(reading, empty(_("No month has a picture yet.")), None)
    last = table[table["month"] == table["month"].max()]["scale"]
    table = table[table["scale"].isin(last)]
    return Shown(
        reading,
        charts.over_months(names, waves, table),
        Table(
            table,
            {
                "month": _("Month"),
                "scale": _("Scale"),
                "low": _("Between"),
                "high": _("And"),
            },
            {"scale": Scale},
        ),
    )


def helping(seen: Seen) -> Shown:
    """Show what the team named as help."""
    missing = _missing(seen)
    wave = _wave(seen)
    if missing or wave is None:
        return missing or Shown(readings.help_named([]), None, None)
    asked = read(str(wave["instrument"]))
    table = seen.table("wellbeing.items")
    table = table[table["help"]].assign(strength=True)
    if table.empty:
        return Shown(readings.help_named([]), empty(_("There are too few answers yet.")), None)
    table = table.assign(sentence=[asked.sentence(int(item)) for item in table["item"]])
    table = table.sort_values("mean", ascending=False, kind="stable")
    return Shown(
        readings.help_named(list(table["sentence"].head(NAMED))),
        charts.ranges(table, [wrapped(text, 30) for text in table["sentence"]]),
        _table(table, "sentence", _("What would help")),
    )


def bands(seen: Seen) -> Shown:
    """Show the shares of bands, where they may be shown."""
    missing = _missing(seen)
    if missing:
        return missing
    table = seen.table("wellbeing.bands")
    if table.empty:
        return Shown(readings.bands(table), None, None)
    return Shown(
        readings.bands(table),
        charts.bands(table),
        Table(
            table,
            {"scale": _("Scale"), "band": _("Band"), "share": _("Share")},
            {"scale": Scale, "band": Band},
        ),
    )


def caseload(seen: Seen) -> Shown:
    """Show the women accompanied in the same months."""
    history = seen.history("caseload.spread")
    names = list(history["month"])
    return Shown(
        months.count(_("Women accompanied"), names, history["women"]),
        lines.counts(names, history["women"]),
        Table(history, {"month": _("Month"), "women": _("Women")}),
    )


def supervision(seen: Seen) -> Shown:
    """Show whether supervision was held."""
    history = seen.history("practice.checks")
    one = history[history["check"] == SUPERVISION]
    held = one["numerator"] / one["denominator"].replace(0, pd.NA)
    return Shown(
        months.share(_(RECOMMENDATIONS[SUPERVISION].sentence), list(one["month"]), held),
        practice_charts.over_months(history, SUPERVISION),
        Table(one, {"month": _("Month"), "numerator": _("Held"), "denominator": _("Of")}),
    )
