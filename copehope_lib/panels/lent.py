"""The key that is lent to a page: what it opens, and what is said as long as there is none."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import ipywidgets as ipw
import pandas as pd

from copehope_lib import month as months
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.minutes.content import day
from copehope_lib.records.desk import Desk
from copehope_lib.records.shelf import names, pages
from copehope_lib.vocabulary import Dimension
from copehope_lib.widgets.keyhole import Keyhole


class Lent:
    """What a lent key does for a page.

    Parameters
    ----------
    desk : Desk
        The record of the page.
    opened : callable
        Is called when the record was opened.

    Attributes
    ----------
    hole : Keyhole
        Where the key is lent.

    Examples
    --------
    >>> from copehope_lib.records.desk import Place
    >>> from copehope_lib.records.record import Record
    >>> lent = Lent(Desk(Place(), Record("2026-10")), lambda: None)
    >>> lent.hole.said[:22]
    'Nothing is kept here: '
    """

    def __init__(self, desk: Desk, opened: Callable[[], None]) -> None:
        self.desk = desk
        self.opened = opened
        self.hole = Keyhole()
        self.hole.turn = self._turn
        self.say(self._state())

    def say(self, sentence: str) -> None:
        """Say something about the record."""
        self.hole.said = sentence
        self.hole.offered = self.desk.keeps and bool(names(Path(self.desk.place.folder)))
        self.hole.opened = self.desk.unlocked

    def look(self) -> None:
        """Read what others wrote since, or say that there is something to read."""
        if self.desk.look() or not self.desk.unlocked:
            self.say(self._state())

    def _state(self) -> str:
        if self.desk.unlocked:
            return _("Somebody else wrote in this record too: it stands beside yours.")
        if not self.desk.keeps:
            return _(
                "Nothing is kept here: serve the page with `copehope serve --audience "
                "supervision`, and write a public key into copehope.toml, under [supervision]."
            )
        n = self.desk.unread
        if n:
            return ngettext(
                "There is {n} page of this record already: lend the key to read it, or go on "
                "without it; nothing is overwritten.",
                "There are {n} pages of this record already: lend the key to read them, or go "
                "on without it; nothing is overwritten.",
                n,
            ).format(n=n)
        return _("What you write is sealed and kept as you write it.")

    def _turn(self, content: bytes, passphrase: str) -> None:
        try:
            left_out = self.desk.unlock(content, passphrase)
        except CopehopeError as problem:
            self.say(str(problem))
            return
        self.say(" ".join([_("The record is open; the key ends with this page."), *left_out]))
        self.opened()

    def before(self, month: pd.Period) -> ipw.HTML:
        """Return what was decided in an earlier meeting, where the key opens its record."""
        title = _("Decided in {month}").format(month=months.name(month))
        head = f"<h2 class='ch-step'>{escape(title)}</h2>"
        try:
            record = self.desk.earlier(str(month))
        except CopehopeError as problem:
            return ipw.HTML(f"{head}<p class='ch-why'>{escape(str(problem))}</p>")
        if record is None:
            there = self.desk.keeps and pages(Path(self.desk.place.folder) / str(month))
            sentence = (
                _("The decisions of that meeting are sealed: lend the key above to read them.")
                if there
                else _("There is no record of that meeting.")
            )
            return ipw.HTML(f"{head}<p class='ch-why'>{escape(sentence)}</p>")
        rows = "".join(
            f"<tr><th scope='row'>{escape(one.words.get('text', ''))}</th>"
            f"<td>{escape(one.words.get('owner', '') or '–')}</td>"
            f"<td>{escape(day(one.words.get('due_on', '')) or '–')}</td>"
            f"<td>{escape(_label(one.words.get('dimension', '')))}</td></tr>"
            for one in record.of("decision")
        )
        headings = "".join(
            f"<th scope='col'>{escape(word)}</th>"
            for word in (_("Decision"), _("Who"), _("Until"), _("Dimension"))
        )
        return ipw.HTML(
            f"{head}<table class='ch-data'><thead><tr>{headings}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _label(dimension: str) -> str:
    return Dimension.label_of(dimension) or "–"
