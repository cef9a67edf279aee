"""What a self-check says to the person who answered it: kind, careful, and no diagnosis."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from copehope_lib.instruments import Instrument
from copehope_lib.language import gettext as _
from copehope_lib.readings.words import listed, score
from copehope_lib.vocabulary import Band, Scale

STANDS_OUT = 0.6
"""Part of a scale from which our own check names it: more often than sometimes."""


def promise() -> list[str]:
    """Return what the page promises before the first question.

    Examples
    --------
    >>> len(promise())
    2
    """
    return [
        _(
            "About four minutes, for you alone. Nobody sees what you choose here; nothing is "
            "kept, and nothing leaves this page unless you give it to the team picture at the "
            "end."
        ),
        _(
            "There is no field to write in, on purpose: words can be recognised. Any question "
            "may be left out."
        ),
    ]


def own(instrument: Instrument, scores: pd.Series, earlier: dict[str, float]) -> pd.DataFrame:
    """Return her own result as a table: a row a scale that has a score.

    Parameters
    ----------
    instrument : Instrument
        What was answered.
    scores : pandas.Series
        Its scores and bands, as :func:`copehope_lib.instruments.score` names them.
    earlier : dict of str to float
        Scores of an earlier result.

    Examples
    --------
    >>> from copehope_lib.instruments import read, score
    >>> check = read("month_check")
    >>> scores = score(check, pd.DataFrame([{1: 4, 9: 3}])).iloc[0]
    >>> own(check, scores, {"exhaustion": 2.0})[["scale", "score", "earlier"]].values.tolist()
    [['exhaustion', 3.5, 2.0]]
    """
    rows = []
    for key in instrument.scales:
        code = key.code.value
        if pd.notna(scores[code]):
            rows.append(
                [
                    code,
                    scores[code],
                    *instrument.range(code),
                    key.strength,
                    scores[f"{code}_band"],
                    earlier.get(code),
                ]
            )
    kinds = {
        "scale": "string",
        "score": "Float64",
        "lowest": "Float64",
        "highest": "Float64",
        "strength": "boolean",
        "band": "string",
        "earlier": "Float64",
    }
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def result(instrument: Instrument, table: pd.DataFrame) -> str:
    """Return her own result in a sentence or two.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> result(read("cbi"), own(read("cbi"), pd.Series(
    ...     {"personal": 50.0, "personal_band": "high", "work": None, "client": None}), {}))
    'Personal burn-out: 50 of 100 (high).'
    """
    if table.empty:
        return _("There are too few answers for a result: any of them can still be given.")
    if any(key.bands for key in instrument.scales) or instrument.wording is None:
        return " ".join(_score(row) for _at, row in table.iterrows())
    parts = []
    place = (table["score"] - table["lowest"]) / (table["highest"] - table["lowest"])
    for strength, words in (
        (False, _("What weighed on you: {scales}.")),
        (True, _("What carried you: {scales}.")),
    ):
        named = table.loc[(place >= STANDS_OUT) & (table["strength"] == strength), "scale"]
        if len(named):
            parts.append(words.format(scales=listed(map(Scale.label_of, named))))
    return " ".join(parts) or _("Nothing stands out in your answers this month.")


def _score(row: pd.Series) -> str:
    values = {
        "scale": Scale.label_of(str(row["scale"])),
        "score": score(row["score"]),
        "highest": score(row["highest"]),
    }
    if pd.isna(row["band"]):
        return _("{scale}: {score} of {highest}.").format(**values)
    return _("{scale}: {score} of {highest} ({band}).").format(
        **values, band=Band.label_of(str(row["band"]))
    )


def why(instrument: Instrument) -> str:
    """Return how her result is to be read.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> "neither validated nor diagnostic" in why(read("month_check"))
    True
    """
    if instrument.wording is not None and not instrument.bands_from:
        return _(
            "A full dot is your score, from never on the left to nearly always on the right. "
            "The month check is neither validated nor diagnostic: it is a way to pause and "
            "look."
        )
    return _(
        "A full dot is your score, from the lowest on the left to the highest on the right; "
        "{title}: {source}. It is no diagnosis."
    ).format(title=instrument.title, source=instrument.source)


def meaning(instrument: Instrument, contacts: Sequence[str]) -> str:
    """Return what a result may mean, what it does not mean, and where help is, as HTML.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> "<li>Ada, 93 000 00 00</li>" in meaning(read("cbi"), ["Ada, 93 000 00 00"])
    True
    """
    parts = [
        (
            _("What it may mean"),
            _(
                "That this month asked much of you, or gave you something back. Work with "
                "women who survived violence leaves traces in those who do it well. Scores go "
                "up and down; what stays high over months deserves company, not effort."
            ),
        ),
        (
            _("What it does not mean"),
            _(
                "That you are ill, or weak, or not made for this work. It says nothing of how "
                "well you work, and it compares you with nobody."
            ),
        ),
    ]
    if instrument.bands_from:
        parts[1] = (parts[1][0], f"{parts[1][1]} {_('The bands are those of its authors.')}")
    told = "".join(f"<h3>{escape(head)}</h3><p>{escape(text)}</p>" for head, text in parts)
    return told + f"<h3>{escape(_('Where help is'))}</h3>" + _contacts(contacts)


def _contacts(contacts: Sequence[str]) -> str:
    ask = _(
        "If you sleep badly, if images come back, or if it has been like this for weeks, talk "
        "to somebody: a colleague, your supervisor, your doctor."
    )
    listed = "".join(f"<li>{escape(one)}</li>" for one in contacts)
    return f"<p>{escape(ask)}</p>" + (f"<ul>{listed}</ul>" if listed else "")
