"""What the team's wellbeing says, in a sentence: ranges, and why something is not shown."""

import pandas as pd

from copehope_lib import months
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.readings.words import listed, score
from copehope_lib.self_check.picture import LEAST, STEPS
from copehope_lib.vocabulary import Scale


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
    """Say how what weighs and what carries lie; of each scale apart, which lie highest.

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
    >>> scales(table.head(1).assign(scale="balance", lowest=-4.0))
    'What weighs minus what carries: between 1 and 3, on a scale from -4 to 4. Under 0, more
    carries than weighs.'
    """
    together = {
        Scale.BALANCE.value: _(
            "What weighs minus what carries: between {low} and {high}, on a scale from {lowest} "
            "to {highest}. Under 0, more carries than weighs."
        ),
        Scale.WEIGHS.value: _("What weighs: between {low} and {high} of {highest}."),
        Scale.CARRIES.value: _("What carries: between {low} and {high} of {highest}."),
    }
    place = (table["mean"] - table["lowest"]) / (table["highest"] - table["lowest"])
    most = {
        False: _("What weighs most: {scale}, between {low} and {high} of {highest}."),
        True: _("What carries most: {scale}, between {low} and {high} of {highest}."),
    }
    sentences = []
    for strength, words in most.items():
        of = table[table["strength"] == strength]
        if len(of):
            row = of.iloc[int(place[of.index].argmax())]
            code = str(row["scale"])
            numbers = {of: score(float(row[of])) for of in ("low", "high", "lowest", "highest")}
            sentence = together.get(code, words)
            sentences.append(sentence.format(scale=listed([Scale.label_of(code)]), **numbers))
    return " ".join(sentences)


def wave(row: pd.Series) -> str:
    """Say how many answered at least, and from how many on more is told.

    Examples
    --------
    >>> wave(pd.Series({"least": 9}))
    '9 or more answered. From 20 answers on, more is told.'
    >>> wave(pd.Series({"least": 20})), wave(pd.Series({"rate": 0.8}))
    ('20 or more answered.', 'An earlier version of the self-check was answered.')
    """
    if pd.isna(row.get("least")):
        return _("An earlier version of the self-check was answered.")
    answered = _("{n} or more answered.").format(n=row["least"])
    more = [step for step in STEPS if step > row["least"]]
    if not more:
        return answered
    later = _("From {n} answers on, more is told.").format(n=more[-1])
    return f"{answered} {later}"


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
