"""The standard sheet for another service: fixed fields about one woman who agreed to it (§5.2)."""

import pandas as pd

from copehope_lib import language
from copehope_lib.documents.blocks import Document, Heading, Sentence, Table, word
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics.practice.facts import ANSWERS
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.vocabulary import Service

# What the sheet says of her, in this order, and nothing else: columns of the two tables.
OF_HER = ("sharing_on", "woman", "informed_in", "mediation", "mediation_language")
OF_SAFETY = ("contact_channel", "contact_consent", "setting", "wishes_groups", "assessed_on")


def sheet(tables: Tables, woman: str, service: str, day: pd.Timestamp, team: str) -> Document:
    """Return the sheet of a woman for another service.

    Parameters
    ----------
    tables : Tables
        The registry.
    woman : str
        Her code.
    service : str
        Code of the kind of service that is asked.
    day : pandas.Timestamp
        Day that stands on it.
    team : str
        Name of the team that asks.

    Raises
    ------
    CopehopeError
        If there is no such woman, she did not agree to share with this kind of service or took
        that back, what the sheet would say has errors, or she has no assessment.

    Notes
    -----
    Report §5.1.1: the report comes with the six answers before the first interview; §5.2 and §5.4:
    networks in which a woman does not tell her story again.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> sheet(two_women(), "W-001", "health", pd.Timestamp("2026-10-31"), "Barcelona")
    Traceback (most recent call last):
    copehope_lib.errors.CopehopeError: W-001 has not agreed to share with this service (Health): ask
    her first, and write the day and the service into the table women (sharing_on, sharing_with).
    """
    if any(finding.table in ("women", "safety") for finding in tables.errors):
        raise CopehopeError(_("The tables have errors: run `copehope check` and mend them first."))
    stays = tables.women[tables.women["woman"] == woman].sort_values("entered_on")
    _refuse_without_consent(stays, service)
    assessed = tables.safety[tables.safety["woman"] == woman].sort_values("assessed_on")
    if assessed.empty:
        sentence = _("{woman} has no risk assessment, and the sheet needs its answers: hold one.")
        raise CopehopeError(sentence.format(woman=woman))
    rows = [
        [_("Day"), day.date().isoformat()],
        [_("Kind of service"), Service.label_of(service)],
        *_said("women", OF_HER, stays.iloc[-1]),
        *_said("safety", (*OF_SAFETY, *ANSWERS), assessed.iloc[-1]),
        [_("What we ask for"), ""],
        [_("Who of us holds the contact"), ""],
    ]
    about = _("From {team}. She agreed to this sheet, and it is for this service alone.")
    lead = Sentence(about.format(team=team), style="lead")
    table = Table.of_words([_("About her"), _("What we know")], rows)
    return Document(_("Referral"), language.current(), [Heading(_("Referral")), lead, table])


def _refuse_without_consent(stays: pd.DataFrame, service: str) -> None:
    """Refuse what she did not agree to, by her last stay and by all that she took back."""
    if stays.empty:
        # What was typed is not repeated: it could be a name.
        raise CopehopeError(_("The table women has no such code: read it again."))
    now, back = stays.iloc[-1], stays["withdrawn_on"].max()
    if pd.notna(back) and not (now[["data_on", "sharing_on"]] > back).all():
        sentence = _(
            "{woman} took her consent back on {day}: nothing is sent about her, unless she agrees "
            "anew and the table women has the new days (data_on, sharing_on)."
        )
        raise CopehopeError(sentence.format(woman=now["woman"], day=back.date()))
    if pd.isna(now["sharing_on"]) or now["sharing_with"] != service:
        sentence = _(
            "{woman} has not agreed to share with this service ({service}): ask her first, and "
            "write the day and the service into the table women (sharing_on, sharing_with)."
        )
        raise CopehopeError(sentence.format(woman=now["woman"], service=Service.label_of(service)))


def _said(table: str, columns: tuple[str, ...], row: pd.Series) -> list[list[str]]:
    """Return what each column means, and what it says of her, in words."""
    declared = [(row[name], TABLES[table].column(name)) for name in columns]
    return [
        # What a semicolon adds is for whoever fills in the table.
        [_(of.meaning).partition(";")[0], word(None) if pd.isna(value) else of.spoken(value)]
        for value, of in declared
    ]
