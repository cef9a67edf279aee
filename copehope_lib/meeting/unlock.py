"""The key with which a page reads a record, and what is said as long as there is none."""

from collections.abc import Callable
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.records.session import Session
from copehope_lib.records.store import names
from copehope_lib.widgets.key_field import KeyField


class Unlock:
    """What a page can read with a key.

    Parameters
    ----------
    session : Session
        The record of the page.
    opened : callable
        Is called when the record was opened.
    others : callable
        Is called when somebody else wrote in it.

    Attributes
    ----------
    field : KeyField
        Where the key is given.

    Examples
    --------
    >>> from copehope_lib.records.session import Place
    >>> from copehope_lib.records.record import Record
    >>> unlock = Unlock(Session(Place(), Record("2026-10")), lambda: None, lambda: None)
    >>> unlock.field.said[:28]
    'Nothing can be written here,'
    """

    def __init__(
        self, session: Session, opened: Callable[[], None], others: Callable[[], None]
    ) -> None:
        self.session = session
        self.opened = opened
        self.others = others
        place = {"record": session.record.name, "to": list(session.place.to)}
        self.field = KeyField(place=place)
        self.field.sealed = session.kept
        session.hand = self.field.hand
        self.field.turn = self._turn
        self.field.look = self.watch
        self._known = self._state()
        self.say(self._known)

    def say(self, sentence: str) -> None:
        """Say something about the record."""
        self.field.said = sentence
        self.field.offered = self.session.keeps and bool(names(Path(self.session.place.folder)))
        self.field.opened = self.session.unlocked

    def look(self) -> None:
        """Read what others wrote since, or say that there is something to read."""
        found = self.session.look()
        self._known = self._state()
        if found or not self.session.unlocked:
            self.say(self._known)
        if found:
            self.others()

    def watch(self) -> None:
        """Look again and again, without saying the same twice over what was said meanwhile."""
        if self.session.unlocked or self._state() != self._known:
            self.look()

    def _state(self) -> str:
        if self.session.unlocked:
            return _("Somebody else wrote in this record too: it stands beside yours.")
        if not self.session.keeps:
            return _(
                "Nothing can be written here, because it would be kept nowhere: serve the page "
                "with `copehope serve --audience supervision`, which offers to make a key where "
                "there is none."
            )
        n = self.session.unread
        if n:
            return ngettext(
                "There is {n} page of this record already: lend the key to read it, or go on "
                "without it; nothing is overwritten.",
                "There are {n} pages of this record already: lend the key to read them, or go "
                "on without it; nothing is overwritten.",
                n,
            ).format(n=n)
        if names(Path(self.session.place.folder)):
            return _(
                "What you write is sealed and kept as you write it; lend the key to read what "
                "earlier meetings decided."
            )
        return _("What you write is sealed and kept as you write it.")

    def _turn(self, content: bytes, passphrase: str) -> None:
        try:
            left_out = self.session.unlock(content, passphrase)
        except CopehopeError as problem:
            self.say(str(problem))
            return
        self.say(" ".join([_("The record is open; the key ends with this page."), *left_out]))
        self.opened()
