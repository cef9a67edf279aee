"""All tables of a month as one workbook, a sheet for each page."""

from dataclasses import replace

import pandas as pd

from copehope_lib import language
from copehope_lib.documents import excel
from copehope_lib.documents.blocks import Document, Heading, Section, Sentence
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.cards import CARDS, parts
from copehope_lib.panels.panel import Seen, drawn_or_why
from copehope_lib.panels.register import offered
from copehope_lib.panels.state import State


def workbook(extract: Extract, month: pd.Period) -> bytes:
    """Return the tables behind the cards of all pages of a month, in the language in use.

    Raises
    ------
    CopehopeError
        If the month has not been published.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> extract = Extract(demo.workspace().extracts, "partner")
    >>> workbook(extract, extract.months[-1])[:2]
    b'PK'
    """
    if month not in extract.months:
        raise CopehopeError(_("This month has not been published."))
    until = extract.until(month)
    seen = Seen(until, State.of(until))
    made = []
    for page in offered(extract):
        shown = [
            drawn_or_why(part, seen)
            for part in (parts(page.name, until) if page.name in CARDS else ())
        ]
        cards = [
            Section(Heading(one.reading), [replace(one.table, title=Heading(one.reading))])
            for one in shown
            if one.table is not None
        ]
        if cards:
            made.append(Section(Heading(page.heading), cards))
    about, (title, rule) = extract.about(month), extract.audience.badge
    cover = [Sentence(about), Sentence(rule, title + ":")]
    return excel.as_xlsx(
        Document(about, language.current(), made, cover=cover, foot=f"{about} · {title}: {rule}")
    )
