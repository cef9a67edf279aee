"""The session at which a record is written: what an open page has of it, and where it goes.

What is written is sealed by the browser, and goes from there to the server (``outbox.js``); the
kernel of the page only hears of it, for the guard and for what the page shows. It has no private
key: what others wrote, or the page itself before it was loaded anew, it reads only with a key that
somebody gives it.
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from copehope_lib.files.sealing import Key, key_from
from copehope_lib.language import gettext as _
from copehope_lib.records import store
from copehope_lib.records.record import Entry, Record, Values

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
        The store of the server, for reading; empty where nothing can be kept.
    outbox : str
        Where the server lays what came from browsers, until it is taken into the workspace.
    """

    to: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    folder: str = ""
    outbox: str = ""

    def write_to(self, folder: Path, outbox: Path) -> Path:
        """Make both folders of the server, and return the file in the first that describes it."""
        for one in (folder, outbox):
            one.mkdir()
        path = folder / FILE_NAME
        there = replace(self, folder=str(folder), outbox=str(outbox))
        path.write_text(json.dumps(asdict(there)), encoding="utf-8")
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
    return Place(**values | {name: tuple(values[name]) for name in ("to", "models")})


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
    hand : callable
        Gives the browser an entry that was not typed there, to be sealed and kept.

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
    hand: Callable[[Entry], None] = lambda _entry: None
    _mine: set[str] = field(default_factory=set)
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
        """Let what this page writes keep its place in the record."""
        self.record = replace(self.record, mine=self.writer)

    def take(self, entry: Entry, page: str) -> None:
        """Take in what the browser wrote: an entry, and the name of the page that it lies on."""
        self.writer = entry.writer
        self.record = replace(self.record.put([entry]), mine=self.writer)
        self.kept(page)

    def write(self, kind: str, values: Values, key: str = "") -> Entry:
        """Write an entry that nobody typed, or change one, and have the browser keep it.

        Parameters
        ----------
        kind, values, key
            As of :class:`~copehope_lib.records.record.Entry`; without a key it is a new one.
        """
        there = self.record.entries.get(key)
        entry = (
            Entry(kind, values, key or secrets.token_hex(8), writer=self.writer)
            if there is None
            else there.changed(values, self.writer)
        )
        self.record = self.record.put([entry])
        if self.keeps:
            self.hand(entry)
        return entry

    def own_turn(self, key: str) -> int:
        """Return the turn of what this page wrote last of an entry; 0 where it wrote nothing."""
        versions = self.record.versions.get(key, {}).values()
        return max((one.turn for one in versions if one.writer == self.writer), default=0)

    def kept(self, page: str) -> None:
        """Know a page of the record as one's own."""
        self._mine.add(page)

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
