"""Wellbeing: how the team is, as a team; beside its caseload, and never joined with it."""

from collections.abc import Callable, Sequence

import pandas as pd

from copehope_lib.charts import lines
from copehope_lib.charts import wellbeing as charts
from copehope_lib.charts.frame import empty, wrapped
from copehope_lib.charts.self_check import label
from copehope_lib.documents.blocks import Table
from copehope_lib.instruments import read
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import counted
from copehope_lib.panels.panel import Draw, PageCard, Seen, Shown
from copehope_lib.panels.practice import one_check
from copehope_lib.readings import wellbeing as readings

# What a reading names as help.
NAMED = 2
RANGE = ("low", "high", "lowest", "highest")


def _wave(seen: Seen) -> pd.Series | Shown:
    """Return what is said of the wave of the chosen month, or what stands in its place."""
    if "wellbeing.waves" not in seen.extract.manifest_of(seen.state.period).tables:
        reading = readings.none(seen.state.period)
        return Shown(reading, empty(_("Slips for the next wave come from the hat.")), None)
    wave = seen.table("wellbeing.waves").iloc[0]
    if wave["state"] == "few":
        nothing = empty(_("With five answers or more there is a picture."))
        return Shown(readings.few(), nothing, None)
    return wave


def of_wave(draw: Callable[[Seen, pd.Series], Shown]) -> Draw:
    """Return what draws the wave of the chosen month, or says why it is not shown."""

    def drawn(seen: Seen) -> Shown:
        wave = _wave(seen)
        return wave if isinstance(wave, Shown) else draw(seen, wave)

    return drawn


def _table(rows: pd.DataFrame, columns: Sequence[str]) -> Table:
    words = {"low": _("Between"), "high": _("And"), "sentence": _("What would help")}
    return table_of(rows, columns, None, **words)


def scales(seen: Seen, _row: pd.Series) -> Shown:
    """Show between which values the mean of each scale lies."""
    table = seen.table("wellbeing.scales")
    if table.empty:
        return Shown(readings.scales(table), None, None)
    return Shown(
        readings.scales(table),
        charts.ranges(table, [label(code) for code in table["scale"]]),
        _table(table, ["scale", *RANGE]),
    )


def answered(seen: Seen) -> Shown:
    """Show how many answered, month by month."""
    wave, history = _wave(seen), _history(seen, "wellbeing.waves")
    month = seen.state.period
    reading = wave.reading if isinstance(wave, Shown) else readings.wave(wave, month)
    names = list(history["month"])
    if not names:
        return Shown(reading, None, None)
    words = [_("few") if pd.isna(rate) else charts.tenths(rate) for rate in history["rate"]]
    return Shown(
        reading,
        lines.shares(names, history["rate"], words),
        table_of(history.assign(rate=words), ["month", "rate", "waves"], rate=_("Answered")),
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
        _table(table, ["month", "scale", "low", "high"]),
    )


def helping(seen: Seen, wave: pd.Series) -> Shown:
    """Show what the team named as help."""
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
        _table(table, ["sentence", *RANGE]),
    )


def bands(seen: Seen, _row: pd.Series) -> Shown:
    """Show the shares of bands, where they may be shown."""
    table = seen.table("wellbeing.bands")
    if table.empty:
        return Shown(readings.bands(table), None, None)
    return Shown(readings.bands(table), charts.bands(table), table_of(table))


def caseload(seen: Seen) -> Shown:
    """Show the women accompanied in the same months."""
    return counted(seen.history("caseload.spread"), _("Women accompanied"), "women")


def supervision(seen: Seen) -> Shown:
    """Show whether supervision was held."""
    columns = ("month", "numerator", "denominator")
    return one_check(
        seen, "supervision_held", lambda rows: table_of(rows, columns, numerator=_("Held"))
    )


SCALES = PageCard(
    "wellbeing-scales",
    N_(
        "A thick line is where the mean of the answers lies, about four times in five. Each "
        "answer is drawn by lot to low, middle or high before anything is added up, so that "
        "not even whoever knows all the others can tell the last one."
    ),
    N_("Who: the workbench does not know it, and nobody can work it out."),
    of_wave(scales),
    {"all": "most"},
)
WAVE = PageCard(
    "wellbeing-wave",
    N_(
        "A month is shown alone if its answers differ from the last ones by three "
        "people or more; otherwise with the months before it, so that who joined or "
        "left cannot be told."
    ),
    N_("Why somebody did not answer: she may, and it is nobody’s business."),
    answered,
    {"all": "rest"},
)
MONTHS = PageCard(
    "wellbeing-months",
    N_(
        "What weighs and what carries, month by month; each row from its lowest value to "
        "its highest."
    ),
    N_("A trend: ranges that overlap may be the same."),
    over_months,
    {"all": "full"},
)
HELP = PageCard(
    "wellbeing-help",
    N_("“How much would this help you?”, from not at all on the left to very much."),
    N_("What is possible: that is for the meeting."),
    of_wave(helping),
    {"all": "full"},
)
BANDS = PageCard(
    "wellbeing-bands",
    N_(
        "Bands of the instrument’s own authors, to the nearest tenth, told by lot: each "
        "may be off by two tenths."
    ),
    N_("A diagnosis: bands sort questionnaires, and not people."),
    of_wave(bands),
    {"all": "full"},
)
CASELOAD = PageCard(
    "wellbeing-caseload",
    N_("The caseload of the same months stands beside it, and is joined with nothing."),
    N_("A cause: how a team is depends on more than numbers."),
    caseload,
    link="caseload",
)
SUPERVISION = PageCard(
    "wellbeing-supervision",
    N_("Months of the last six in which a meeting decided something (§5.4)."),
    N_("Whether it did good."),
    supervision,
    link="practice",
)
CARDS = (SCALES, WAVE, MONTHS, HELP, BANDS, CASELOAD, SUPERVISION)
