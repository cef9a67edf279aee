"""Where records lie: sealed pages, one file each, that are added and never changed.

A served page writes into a folder of its server; the process that started the server copies
what is new to the workspace, and the other way round. As pages are never changed, copying can
neither lose nor overwrite anything.
"""

import contextlib
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.files.private import write_new
from copehope_lib.files.sealing import ENDING, Key, open_sealed, seal
from copehope_lib.language import gettext as _
from copehope_lib.records.record import NAME, Entry, Record, page, read_page

PAGE = re.compile(rf"[0-9a-f]{{24}}{re.escape(ENDING)}")


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
        If there is no public key, or nothing can be written; the page keeps what it has.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{secrets.token_hex(12)}{ENDING}"
        write_new(path, seal(page(name, entries), to))
    except OSError as problem:
        raise CopehopeError(
            _(
                "The record cannot be written ({reason}): make room or another place for it; "
                "what you wrote is still on the page."
            ).format(reason=problem.strerror)
        ) from None
    return path


@dataclass
class Opened:
    """A record that was opened with a key, in memory.

    Attributes
    ----------
    record : Record
        What its pages hold together.
    left_out : list of str
        A sentence for each page that could not be read.
    seen : set of str
        Names of the pages that were read.
    """

    record: Record
    left_out: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def look(self, folder: Path, key: Key) -> bool:
        """Read the pages that are new; return whether there were any."""
        new = [path for path in pages(folder) if path.name not in self.seen]
        for path in new:
            self.seen.add(path.name)
            try:
                content = open_sealed(path.read_bytes(), key, path.name)
                self.record = self.record.put(read_page(content, self.record.name))
            except CopehopeError as problem:
                self.left_out.append(str(problem))
            except OSError as problem:
                self.left_out.append(
                    _(
                        "{path} cannot be read ({reason}): look whether it is the right file."
                    ).format(path=path.name, reason=problem.strerror)
                )
        return bool(new)


def open_record(folder: Path, key: Key) -> Opened:
    """Open a record: all its pages that this key opens.

    Raises
    ------
    CopehopeError
        If there is no such record, or the key opens none of its pages.
    """
    if not pages(folder):
        there = ", ".join(names(folder.parent)) or _("none")
        raise CopehopeError(
            _("There is no record {name} (there are: {all}).").format(name=folder.name, all=there)
        )
    opened = Opened(Record(folder.name))
    opened.look(folder, key)
    if len(opened.left_out) == len(opened.seen):
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


def copy_new(first: Path, second: Path) -> None:
    """Copy pages that one of two stores lacks, both ways; a page that is there stays.

    Raises
    ------
    OSError
        If something cannot be written; what is missing is copied the next time.
    """
    for name in {*names(first), *names(second)}:
        here, there = _listed(first / name), _listed(second / name)
        for file in filter(PAGE.fullmatch, here ^ there):
            source, target = (first, second) if file in here else (second, first)
            (target / name).mkdir(parents=True, exist_ok=True)
            _copy(source / name / file, target / name / file)


def _listed(folder: Path) -> set[str]:
    # This is looked at five times a second: names are enough, and most are on both sides.
    return set(os.listdir(folder)) if folder.is_dir() else set()  # noqa: PTH208


def _copy(path: Path, target: Path) -> None:
    with contextlib.suppress(CopehopeError, FileNotFoundError):
        write_new(target, path.read_bytes())
