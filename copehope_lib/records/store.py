"""Where records lie: sealed pages, one file each, that are added and never changed.

A server lays what comes from browsers into its outbox; the process that started the server takes
it into the workspace, and copies for the server what lies there. It takes in nothing but sealed
files (see :mod:`copehope_lib.files.held`). As pages are never changed, copying can neither lose nor
overwrite anything. Where a team puts its pages together, those that it had
before are moved and stay; nothing that a served page does can move one.
"""

import contextlib
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.files.held import Held, hold
from copehope_lib.files.private import open_plain, write_new
from copehope_lib.files.sealing import BEGINNING, ENDING, Key, open_sealed, seal
from copehope_lib.language import gettext as _
from copehope_lib.records.record import NAME, Entry, Record, page, read_page

PAGE = re.compile(rf"[0-9a-f]{{24}}{re.escape(ENDING)}")
LARGEST = 2**24
"""Bytes of a page at most."""
EARLIER = "earlier"
"""Folder of a record in which the pages lie that one page has taken the place of."""


def pages(folder: Path) -> list[Path]:
    """Return the sealed pages of a record, by their names, which say nothing."""
    return sorted(path for path in folder.glob(f"*{ENDING}") if PAGE.fullmatch(path.name))


def names(store: Path) -> list[str]:
    """Return the records on a store, oldest month first.

    Examples
    --------
    >>> names(Path("/nowhere"))
    []
    """
    return sorted(path.name for path in store.glob("*") if NAME.fullmatch(path.name))


def add(folder: Path, name: str, entries: Sequence[Entry], to: Sequence[str]) -> Path:
    """Seal entries, and write them as a new page: whole or not at all.

    Raises
    ------
    CopehopeError
        If there is no public key, or nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sealed = seal(page(name, entries), to)
        path = folder / name_of(sealed)
        write_new(path, sealed)
    except OSError as problem:
        sentence = _("The record cannot be written ({reason}): make room or another place for it.")
        raise CopehopeError(sentence.format(reason=problem.strerror)) from None
    return path


def name_of(sealed: bytes) -> str:
    """Return what a page is called: it follows from its content, and says nothing about it."""
    return f"{hashlib.sha256(sealed).hexdigest()[:24]}{ENDING}"


@dataclass
class Opened:
    """A record that was opened with a key, in memory.

    Attributes
    ----------
    record : Record
        What its pages hold together.
    seen : dict of str to str
        For each page that was looked at why it could not be read; empty where it was.
    """

    record: Record
    seen: dict[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> list[str]:
        """A sentence for each page that could not be read."""
        return [problem for problem in self.seen.values() if problem]

    def look(self, paths: Sequence[Path], key: Key) -> bool:
        """Read those pages that are new; return whether they say anything new."""
        before = self.record
        for path in paths:
            if path.name not in self.seen:
                self.seen[path.name] = self._read(path, key)
        return self.record != before

    def _read(self, path: Path, key: Key) -> str:
        """Put a page into the record, or return why it could not be read."""
        try:
            with open_plain(path) as file:
                content = open_sealed(file.read(LARGEST), key, path.name)
            self.record = self.record.put(read_page(content, self.record.name))
        except CopehopeError as problem:
            return str(problem)
        except OSError as problem:
            sentence = _("{path} cannot be read ({reason}): look whether it is the right file.")
            return sentence.format(path=path.name, reason=problem.strerror)
        return ""


def open_record(folder: Path, key: Key) -> Opened:
    """Open a record: all its pages that this key opens.

    Raises
    ------
    CopehopeError
        If there is no such record, or the key opens none of its pages.
    """
    there = pages(folder)
    if not there:
        listed = ", ".join(names(folder.parent)) or _("none")
        sentence = _("There is no record {name} (there are: {all}).")
        raise CopehopeError(sentence.format(name=folder.name, all=listed))
    opened = Opened(Record(folder.name))
    opened.look(there, key)
    if all(opened.seen.values()):
        raise CopehopeError(opened.left_out[0])
    return opened


def reseal(folder: Path, key: Key, to: Sequence[str]) -> Path:
    """Write all that a record holds as one more page, sealed to other keys.

    The pages before stay as they are: whoever could open them still can.

    Raises
    ------
    CopehopeError
        As :func:`open_record` and :func:`add`.
    """
    record = open_record(folder, key).record
    written = [one for versions in record.versions.values() for one in versions.values()]
    return add(folder, folder.name, written, to)


def compact(folder: Path, key: Key, to: Sequence[str]) -> Opened:
    """Lay all that stands in a record as one page, and move the pages before it to ``earlier``.

    The new page has what each writer wrote last, so that whatever still comes from any of them
    is put together with it as with the pages before. It is on the disk and was read back before
    the first one is moved: broken off at any moment, the record says what it said. A page that
    cannot be read stays where it is, and one page alone as well.

    Returns
    -------
    Opened
        The record as it was read, with the pages it was read from.

    Raises
    ------
    CopehopeError
        As :func:`open_record` and :func:`add`; if the key is none of those that the new page
        is sealed to, or the new page says something else, before anything is moved; or if a
        page cannot be moved.
    """
    if not {*key.public} & {*to}:
        raise CopehopeError(
            _(
                "copehope.toml does not name this key under [supervision], and it could not "
                "read the new page: add its public half to public_keys, or take another key."
            )
        )
    opened = open_record(folder, key)
    old = [folder / name for name, problem in opened.seen.items() if not problem]
    if len(old) > 1:
        whole = Record(folder.name).put(opened.record.newest)
        laid = add(folder, folder.name, opened.record.newest, to)
        again = Opened(Record(folder.name))
        again.look([laid], key)
        if again.record != whole or whole.entries != opened.record.entries:
            laid.unlink(missing_ok=True)
            sentence = _("{path} could not be read back, and nothing was moved: run it again.")
            raise CopehopeError(sentence.format(path=laid))
        for path in old:
            _move(path, folder / EARLIER)
    return opened


def _move(path: Path, folder: Path) -> None:
    """Move a page, and put it over no other; one that somebody else has moved is moved."""
    try:
        folder.mkdir(exist_ok=True)
        target = folder / path.name
        with contextlib.suppress(FileNotFoundError):
            path.rename(folder / f"{secrets.token_hex(12)}{ENDING}" if target.exists() else target)
    except OSError as problem:
        sentence = _(
            "{path} cannot be moved ({reason}): the record says what it said; run it again "
            "when that is mended."
        )
        raise CopehopeError(sentence.format(path=path, reason=problem.strerror)) from None


def copy_new(outbox: Path, kept: Path, served: Path) -> None:
    """Take in what lies in the outbox of a server, and copy for it what the store has.

    Parameters
    ----------
    outbox, served : pathlib.Path
        Folders of the server. A page leaves the outbox when it lies in the store, and not before.
    kept : pathlib.Path
        The store of the team. What it moved to ``earlier`` it does not lack.

    Raises
    ------
    OSError
        If something cannot be written; what is missing is copied the next time.
    """
    with hold(outbox) as new, hold(served, make=True) as ours:
        written = set(filter(NAME.fullmatch, new.names()))
        with hold(kept, make=bool(written)) as theirs:
            for name in sorted(written):
                _take_in(new, name, theirs)
            for name in sorted(filter(NAME.fullmatch, theirs.names())):
                _give_out(theirs, name, ours)


def _listed(folder: Held) -> set[str]:
    # This is looked at five times a second: names are enough, and most are on both sides.
    return set(filter(PAGE.fullmatch, folder.names()))


def _take_in(outbox: Held, name: str, store: Held) -> None:
    """Keep what a server laid out, under a name that comes from its content."""
    with hold(Path(name), outbox) as here:
        for file in sorted(_listed(here)):
            content = _sealed(here, file)
            if content is not None:
                with hold(Path(name), store, make=True) as there:
                    _keep(name_of(content), content, there)
                here.remove(file)


def _keep(file: str, content: bytes, folder: Held) -> None:
    """Write a page into the store, if it has never been there."""
    known = _listed(folder)
    with hold(Path(EARLIER), folder) as earlier:
        # Looked at last: a page that is moved in this moment is in one of the two.
        if file not in known | _listed(earlier):
            folder.write_new(file, content)


def _give_out(store: Held, name: str, served: Held) -> None:
    with hold(Path(name), store) as here, hold(Path(name), served, make=True) as there:
        for file in sorted(_listed(here) - _listed(there)):
            content = _sealed(here, file)
            if content is not None:
                there.write_new(file, content)


def _sealed(folder: Held, file: str) -> bytes | None:
    content = folder.read(file, LARGEST)
    return content if content is not None and content.startswith(BEGINNING) else None
