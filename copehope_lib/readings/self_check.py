"""What a self-check says to the person who answered it: kind, careful, and no diagnosis."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from copehope_lib import language
from copehope_lib.instruments import Instrument
from copehope_lib.language import gettext as _
from copehope_lib.readings.words import listed, score
from copehope_lib.vocabulary import Band, Scale

LISTENING = {"ES": "024", "IT": "02 2327 2327 (Telefono Amico)"}
"""Whom to call in a crisis, by country; both were looked up, and 112 is for both."""


def promise() -> list[str]:
    """Return what the page promises before the first question.

    Examples
    --------
    >>> len(promise())
    2
    """
    return [
        _(
            "About three minutes, for you alone. Nobody sees what you choose here; nothing is "
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


def result(instrument: Instrument, table: pd.DataFrame, chosen: Mapping[int, int]) -> str:
    """Return her own result in a sentence or two.

    Parameters
    ----------
    instrument : Instrument
        What was answered.
    table : pandas.DataFrame
        Her scores, as :func:`own` returns them.
    chosen : mapping of int to int
        What she answered to each item.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> result(read("cbi"), own(read("cbi"), pd.Series(
    ...     {"personal": 50.0, "personal_band": "high", "work": None, "client": None}), {}), {})
    'Personal burn-out: 50 of 100 (high).'
    """
    if table.empty:
        parts = [_("There are too few answers for a result: any of them can still be given.")]
    elif instrument.stands_out is None:
        parts = [_score(row) for _at, row in table.iterrows()]
    else:
        parts = _named(table, instrument.stands_out)
    if mattering(instrument, chosen):
        parts.append(_("An answer of yours is reason enough to talk to somebody: see below."))
    return " ".join(parts) or _(
        "What you answered lies in the middle of its scales. How you are, you know best."
    )


def mattering(instrument: Instrument, chosen: Mapping[int, int]) -> list[str]:
    """Return the answers that ask for help by themselves, each with its item.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> mattering(read("month_check"), {7: 0, 4: 0})
    ['I slept well. – Never']
    """
    return [
        f"{instrument.sentence(item)} – {dict(instrument.choices)[chosen[item]]}"
        for item, values in instrument.matters.items()
        if chosen.get(item) in values
    ]


def _named(table: pd.DataFrame, stands_out: float) -> list[str]:
    """Return what is high, and which strengths are low: each is named, or there is none."""
    place = (table["score"] - table["lowest"]) / (table["highest"] - table["lowest"])
    high, strength = place >= stands_out, table["strength"]
    found = {
        _("What weighed on you: {scales}."): high & ~strength,
        _("What you had little of: {scales}."): (place <= 1 - stands_out) & strength,
        _("What carried you: {scales}."): high & strength,
    }
    return [
        words.format(scales=listed(map(Scale.label_of, table.loc[rows, "scale"])))
        for words, rows in found.items()
        if rows.any()
    ]


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


def meaning(instrument: Instrument, contacts: Sequence[str], chosen: Mapping[int, int]) -> str:
    """Return what a result may mean, what it does not mean, and where help is, as HTML.

    Help comes first where an answer asks for it by itself.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> "<li>Ada, 93 000 00 00</li>" in meaning(read("cbi"), ["Ada, 93 000 00 00"], {})
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
        # Words that stand within an f-string would not be found for the catalogs.
        bands = _("The bands are those of its authors.")
        parts[1] = (parts[1][0], f"{parts[1][1]} {bands}")
    told = "".join(f"<h3>{escape(head)}</h3><p>{escape(text)}</p>" for head, text in parts)
    answers = mattering(instrument, chosen)
    there = _help(contacts, answers)
    return there + told if answers else told + there


def _help(contacts: Sequence[str], answers: Sequence[str]) -> str:
    """Return why to talk to somebody, to whom, and whom to call who cannot go on."""
    title, because = _("Where help is"), _("You answered:")
    ask = _(
        "If you sleep badly, if images come back, or if it has been like this for weeks, talk "
        "to somebody: a colleague, your supervisor, your doctor."
    )
    crisis = _("If you cannot go on, call 112, at any hour. Here somebody listens:")
    countries = language.locale().territories
    lines = [f"{countries[code]}: {line}" for code, line in LISTENING.items()]
    why = f"<p>{escape(because)}</p>{_listed(answers)}" if answers else ""
    return (
        f"<section><h3>{escape(title)}</h3>{why}<p>{escape(ask)}</p>{_listed(contacts)}"
        f"<p><b>{escape(crisis)}</b></p>{_listed(lines)}</section>"
    )


def _listed(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines if line.strip())
    return f"<ul>{items}</ul>" if items else ""
