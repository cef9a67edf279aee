"""What the team's wellbeing says, in a sentence: ranges, and why something is not shown."""

import pandas as pd
from babel.lists import format_list

from copehope_lib import language, months
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.readings.words import listed, score
from copehope_lib.vocabulary import Band, Scale

LEAST = 5
"""Answers under which nothing is shown; :mod:`copehope_lib.self_check.picture` holds to it."""


def none(month: pd.Period) -> str:
    """Say that a month had no self-check that was collected.

    Examples
    --------
    >>> none(pd.Period("2026-10", "M"))
    'There is no self-check of October 2026.'
    """
    return _("There is no self-check of {month}.").format(month=months.name(month))


def few() -> str:
    """Say why nothing is shown of a wave.

    Examples
    --------
    >>> few()
    'Fewer than 5 answered: nothing is shown, so that nobody can be recognised.'
    """
    return _("Fewer than {n} answered: nothing is shown, so that nobody can be recognised.").format(
        n=LEAST
    )


def scales(table: pd.DataFrame) -> str:
    """Say what lies highest of what weighs and of what carries.

    Parameters
    ----------
    table : pandas.DataFrame
        ``wellbeing.scales`` of one month.

    Examples
    --------
    >>> table = pd.DataFrame({"scale": ["rest", "distance"], "low": [1.0, 0.6],
    ...     "mean": [2.0, 1.2], "high": [3.0, 1.8], "lowest": [0.0, 0.0],
    ...     "highest": [4.0, 4.0], "strength": [True, False]})
    >>> scales(table)
    'What weighs most: distance, between 0.6 and 1.8 of 4. What carries most: rest, between 1
    and 3 of 4.'
    """
    place = (table["mean"] - table["lowest"]) / (table["highest"] - table["lowest"])
    sentences = []
    for strength, words in (
        (False, _("What weighs most: {scale}, between {low} and {high} of {highest}.")),
        (True, _("What carries most: {scale}, between {low} and {high} of {highest}.")),
    ):
        of = place[table["strength"] == strength]
        if len(of):
            row = table[table["strength"] == strength].iloc[int(of.astype("float64").argmax())]
            sentences.append(
                words.format(
                    scale=listed([Scale.label_of(str(row["scale"]))]),
                    low=score(float(row["low"])),
                    high=score(float(row["high"])),
                    highest=score(float(row["highest"])),
                )
            )
    return " ".join(sentences) or _("No scale was answered by {n}.").format(n=LEAST)


def wave(row: pd.Series, month: pd.Period) -> str:
    """Say how many answered, and which waves are shown together.

    Examples
    --------
    >>> row = pd.Series({"state": "window", "rate": 0.8, "waves": 3, "since": "2026-08"})
    >>> wave(row, pd.Period("2026-10", "M"))
    'About 8 in 10 answered. August 2026 to October 2026 are shown together, 3 waves as one.'
    """
    n = round(float(row["rate"]) * 10)
    rate = _("About {n} in 10 answered.").format(n=n) if n < 10 else _("Nearly all answered.")
    if row["state"] != "window":
        return rate
    n = int(row["waves"])
    together = ngettext(
        "{since} to {month} are shown together, {n} wave as one.",
        "{since} to {month} are shown together, {n} waves as one.",
        n,
    ).format(since=months.name(pd.Period(row["since"], "M")), month=months.name(month), n=n)
    return f"{rate} {together}"


def over_months(shown: list[str], waves: pd.DataFrame) -> str:
    """Say how many months have a picture.

    Examples
    --------
    >>> over_months(["2026-09", "2026-10"], pd.DataFrame({"state": ["few", "shown"]}))
    '1 of 2 months has a picture of how we are.'
    """
    n = int((waves["state"] != "few").sum()) if len(waves) else 0
    return ngettext(
        "{n} of {all} months has a picture of how we are.",
        "{n} of {all} months have a picture of how we are.",
        n,
    ).format(n=n, all=len(shown))


def bands(table: pd.DataFrame) -> str:
    """Say where the band highest of its scale is told most often, or why no band is.

    Examples
    --------
    >>> bands(pd.DataFrame({"scale": ["work", "work"], "band": ["low", "high"],
    ...     "share": [0.7, 0.3]}))
    'Burn-out from work: about 3 in 10 in the band “high”.'
    >>> bands(pd.DataFrame({"scale": [], "band": [], "share": []}))[:45]
    'No shares of bands are shown: it takes 20 ans'
    """
    if table.empty:
        return _(
            "No shares of bands are shown: it takes {n} answers, and an instrument that has bands."
        ).format(n=20)
    of = table[table["band"] == Band.HIGH.value]
    row = of.iloc[int(of["share"].astype("float64").argmax())]
    return _("{scale}: about {n} in 10 in the band “{band}”.").format(
        scale=Scale.label_of(str(row["scale"])),
        n=round(float(row["share"]) * 10),
        band=Band.HIGH.label,
    )


def help_named(labels: list[str]) -> str:
    """Say what would help most, as the team named it.

    Examples
    --------
    >>> help_named(["Rest", "Time"]), help_named([])[:36]
    ('Named most: “Rest” and “Time”.', 'What would help is shown from 10 ans')
    """
    if not labels:
        return _("What would help is shown from {n} answers on.").format(n=10)
    named = format_list([f"“{label}”" for label in labels], locale=language.locale())
    return _("Named most: {help}.").format(help=named)
