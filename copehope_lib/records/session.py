"""The session at which a record is written: what an open page has of it, and where it goes.

A page has no private key: what it wrote itself it still has in memory, and what others wrote,
or itself before it was loaded anew, it reads only with a key that somebody gives it.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from copehope_lib.files.sealing import Key, key_from
from copehope_lib.language import gettext as _
from copehope_lib.records import store
from copehope_lib.records.record import Entry, Record, Values, by_writer, refuse_too_long

SESSION = "COPEHOPE_RECORDS"
"""Names the file that describes the session in the environment of a server."""
FILE_NAME = "session.json"


@dataclass(frozen=True)
class Place:
    """Where records are written, and to whom they are sealed.

    Attributes
    ----------
    to : tuple of str
        Public keys that open what is written.
    models : tuple of str
        The team's own reflection models, as the text of their files.
    folder : str
        The store of the server; empty where nothing can be kept.
    """

    to: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    folder: str = ""

    def write_to(self, folder: Path) -> Path:
        """Write it into a new folder of the server, and return its file."""
        folder.mkdir()
        path = folder / FILE_NAME
        path.write_text(json.dumps(asdict(self) | {"folder": str(folder)}), encoding="utf-8")
        return path


def given_place() -> Place:
    """Return the place that the server was given; without one nothing is kept.

    Examples
    --------
    >>> given_place().to
    ()
    """
    path = os.environ.get(SESSION, "")
    if not path:
        return Place()
    values = json.loads(Path(path).read_text(encoding="utf-8"))
    return Place(tuple(values["to"]), tuple(values["models"]), values["folder"])


@dataclass
class Session:
    """A record that is being written on one page.

    Attributes
    ----------
    place : Place
        Where it goes.
    record : Record
        What the page knows of it.
    writer : str
        The page, by a number that means nothing.

    Examples
    --------
    >>> session = Session(Place(), Record("2026-10"))
    >>> entry = session.write("note", {"step": "arrive", "text": "We begin"})
    >>> session.write("note", {"text": "We begin late"}, entry.id).turn, session.keeps
    (2, False)
    """

    place: Place
    record: Record
    writer: str = field(default_factory=lambda: secrets.token_hex(6))
    _saved: set[tuple[str, str]] = field(default_factory=set)
    _opened: store.Opened | None = None
    _key: Key | None = None

    @property
    def keeps(self) -> bool:
        """Whether what is written is kept."""
        return bool(self.place.folder and self.place.to)

    @property
    def unlocked(self) -> bool:
        """Whether a key was given to the page."""
        return self._key is not None

    @property
    def folder(self) -> Path:
        """Where the pages of this record lie."""
        return Path(self.place.folder) / self.record.name

    @property
    def unread(self) -> int:
        """How many pages there are that this page has not read: somebody else's, or older."""
        if not self.keeps:
            return 0
        known = {*self._mine, *(self._opened.seen if self._opened else ())}
        return sum(path.name not in known for path in store.pages(self.folder))

    def __post_init__(self) -> None:
        """Begin without a page of one's own."""
        self._mine: set[str] = set()
        self.record = replace(self.record, mine=self.writer)

    def write(
        self, kind: str, values: Values, key: str = "", *, gone: bool = False, seen: str = ""
    ) -> Entry:
        """Write an entry, or change one, and keep it.

        Parameters
        ----------
        kind, values, key, gone
            As of :class:`~copehope_lib.records.record.Entry`; without a key it is a new one.
        seen : str
            The stamp of what was read when it was changed: what somebody else wrote there since
            is not written over.

        Raises
        ------
        CopehopeError
            If a text is too long, or it cannot be kept; then it still stands on the page.
        """
        for text in values.values():
            refuse_too_long(text)
        there = self._seen(key, seen)
        entry = (
            Entry(kind, values, key or secrets.token_hex(8), writer=self.writer, gone=gone)
            if there is None
            else there.changed(values, self.writer, gone=gone)
        )
        own = self._own(key)
        if own is not None:
            entry = replace(entry, turn=max(entry.turn, own.turn + 1))
        self.record = self.record.put([entry])
        self.save()
        return entry

    def _seen(self, key: str, stamp: str) -> Entry | None:
        """Return the version that somebody had before her eyes, with what she wrote since."""
        shown = self.record.versions.get(key, {}).get(stamp)
        if shown is None:
            return self.record.entries.get(key)
        return self._own(key) if shown.writer == self.writer else shown

    def _own(self, key: str) -> Entry | None:
        """Return what this page wrote last of an entry."""
        return by_writer(self.record.versions.get(key, {}).values()).get(self.writer)

    def save(self) -> None:
        """Keep what this page wrote and has not kept yet.

        Raises
        ------
        CopehopeError
            If it cannot be kept.
        """
        if not self.keeps:
            return
        new = [
            one
            for one in self.record.newest
            if one.writer == self.writer and (one.id, one.stamp) not in self._saved
        ]
        if new:
            self._mine.add(store.add(self.folder, self.record.name, new, self.place.to).name)
            self._saved |= {(one.id, one.stamp) for one in new}

    def unlock(self, content: bytes, passphrase: str) -> list[str]:
        """Read the record with a key, which stays in the memory of this page and ends with it.

        Returns
        -------
        list of str
            A sentence for each page that could not be read.

        Raises
        ------
        CopehopeError
            If it is no key, its passphrase is another one, or it opens nothing here.
        """
        key = key_from(content, lambda: passphrase, _("The key"))
        if store.pages(self.folder):
            store.open_record(self.folder, key)
        self._key, self._opened = key, store.Opened(self.record)
        self.look()
        return self._opened.left_out

    def earlier(self, name: str) -> Record | None:
        """Return another record that the key opens; none without a key or a record.

        Raises
        ------
        CopehopeError
            If the key opens none of its pages.
        """
        folder = Path(self.place.folder) / name
        if self._key is None or not store.pages(folder):
            return None
        return store.open_record(folder, self._key).record

    def look(self) -> bool:
        """Read what others wrote since; return whether there was anything."""
        if self._key is None or self._opened is None:
            return False
        self._opened.record = self.record
        # What this page wrote itself is no news to it.
        self._opened.seen |= dict.fromkeys(self._mine, "")
        found = self._opened.look(store.pages(self.folder), self._key)
        self.record = self._opened.record
        return found
