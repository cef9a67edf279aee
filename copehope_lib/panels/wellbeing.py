"""Wellbeing: how the team is, as a team; beside its caseload, and never joined with it."""

from collections.abc import Callable, Sequence

import pandas as pd

from copehope_lib.charts import wellbeing as charts
from copehope_lib.charts.frame import empty
from copehope_lib.charts.self_check import label
from copehope_lib.documents.blocks import Table
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import counted
from copehope_lib.panels.panel import Draw, PageCard, Seen, Shown
from copehope_lib.panels.practice import one_check
from copehope_lib.readings import wellbeing as readings

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
    return table_of(
        rows, columns, None, low=_("Between"), high=_("And"), least=_("Answers, at least")
    )


def scales(seen: Seen, _row: pd.Series) -> Shown:
    """Show between which values the mean of the answers lies."""
    table = seen.table("wellbeing.scales")
    return Shown(
        readings.scales(table),
        charts.ranges(table, [label(code) for code in table["scale"]]),
        _table(table, ["scale", *RANGE]),
    )


def answered(seen: Seen) -> Shown:
    """Show how many answered at least, month by month."""
    wave, history = _wave(seen), _waves(seen)
    reading = wave.reading if isinstance(wave, Shown) else readings.wave(wave)
    if history.empty:
        return Shown(reading, None, None)
    words = history["least"].astype("string").replace("0", _("few"))
    return Shown(reading, None, _table(history.assign(least=words), ["month", "least"]))


def _waves(seen: Seen) -> pd.DataFrame:
    """Return what is said of the waves of the months that are looked at.

    Of two versions nothing is compared: what is none of the last one is "other".
    """
    if not seen.extract.holds("wellbeing.waves"):
        return pd.DataFrame(columns=["month", "instrument", "version", "state", "least"])
    waves = seen.history("wellbeing.waves")
    # An earlier workbench told neither.
    waves = waves.reindex(columns=[*waves, *{"version", "least"}.difference(waves)])
    asked = waves["instrument"] + waves["version"].astype("string").fillna("")
    other = ~asked.isin(asked.tail(1)) & (waves["state"] != "few")
    return waves.assign(state=waves["state"].mask(other, "other"))


def over_months(seen: Seen) -> Shown:
    """Show each scale over the months."""
    names = [name for name in seen.state.months if seen.state.since <= name <= seen.state.month]
    waves = _waves(seen)
    reading = readings.over_months(names, waves)
    told = set(waves["month"][~waves["state"].isin(["few", "other"])])
    if not told:
        return Shown(reading, empty(_("No month has a picture yet.")), None)
    table = seen.history("wellbeing.scales")
    table = table[table["month"].isin(told)]
    return Shown(
        reading,
        charts.over_months(names, waves, table),
        _table(table, ["month", "scale", "low", "high"]),
    )


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
        "A thick line is where the mean of the answers lies, nine times in ten. So much chance is "
        "added, once, that whoever knows all answers but one comes from even odds on the last one "
        "to nine to one at most. Who left a scale out counts as its middle."
    ),
    N_("Who: the workbench does not know it, and nobody can work it out."),
    of_wave(scales),
    {"all": "most"},
)
WAVE = PageCard(
    "wellbeing-wave",
    N_(
        "From five answers one number: what weighs minus what carries; from nine each of the "
        "two; from twenty each scale. The more is told, the more chance has to be added."
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
CARDS = (SCALES, WAVE, MONTHS, CASELOAD, SUPERVISION)
