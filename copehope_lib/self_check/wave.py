"""A wave of the self-check: its folder in the drop-box, its slips, and the answers in it.

The folder tells nobody who answered, in which order, or when: names are random, times are the
first instant of the month, and with each answer all of them are written anew in a new order.
"""

import datetime
import hashlib
import json
import os
import random
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import ENDING
from copehope_lib.language import gettext as _

FILE_NAME = "wave.json"
FORMAT = 2
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a slip: none of them looks like another."""
PARTS, PART = 3, 4
"""A slip is three times four letters: 59 bits, too many to try."""
LONGEST = 10_000
"""Bytes of a sealed answer at most."""
WORK = 2**12
"""How much work it is to try one slip (scrypt)."""


@dataclass(frozen=True)
class Wave:
    """One wave, as its folder tells it.

    Attributes
    ----------
    folder : pathlib.Path
        ``dropbox/2026-10`` of a workspace.
    instrument, version : str and int
        What is answered.
    to : tuple of str
        Public keys that answers are sealed to.
    salt : str
        Of the hashes of its slips.
    issued : int
        Slips that were printed.
    unspent : tuple of str
        Hashes of those that have not been used, in the order of the alphabet.
    closed : bool
        Whether its answers were shown: it takes no more.
    used : tuple of str
        Hashes of slips that were used, in the order of the alphabet.
    going : tuple of str
        Names of files that are no answers of this wave, or no longer: where something broke
        off, they are still there.
    """

    folder: Path
    instrument: str
    version: int
    to: tuple[str, ...]
    salt: str
    issued: int = 0
    unspent: tuple[str, ...] = ()
    closed: bool = False
    used: tuple[str, ...] = ()
    going: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The month of the wave, as ``2026-10``."""
        return self.folder.name

    @property
    def spent(self) -> int:
        """How many slips were used."""
        return self.issued - len(self.unspent)

    def files(self) -> list[Path]:
        """Return the sealed answers, by their names."""
        there = self.folder.glob(f"*{ENDING}")
        return sorted(path for path in there if path.name not in self.going)

    def outcome(self, slip: str) -> str:
        """Return why a slip cannot be used for an answer of this wave; empty where it can be."""
        typed = _hash(_parted(slip), self.salt)
        if typed in self.used:
            return "spent"
        if typed not in self.unspent:
            return "unknown"
        return "closed" if self.closed else ""


def read(folder: Path) -> Wave:
    """Read a wave from its folder.

    Raises
    ------
    CopehopeError
        If there is none, or what describes it is damaged.
    """
    try:
        values: dict[str, Any] = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if values.pop("format") > FORMAT:
            sentence = _("{path} was written by a newer workbench: update this one.")
            raise CopehopeError(sentence.format(path=folder))
        lists = ("to", "unspent", "used", "going")
        values |= {name: tuple(values[name]) for name in lists if name in values}
        return Wave(folder, **values)
    except FileNotFoundError:
        there = ", ".join(path.name for path in folders(folder.parent)) or _("none")
        sentence = _(
            "There is no wave {wave} (there are: {waves}): print slips for it first, with "
            "`copehope answers tokens`."
        )
        raise CopehopeError(sentence.format(wave=folder.name, waves=there)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        sentence = _("{path} is damaged: bring it back from your copy.")
        raise CopehopeError(sentence.format(path=folder / FILE_NAME)) from None


def folders(dropbox: Path) -> list[Path]:
    """Return the folders of the waves, oldest first."""
    return sorted(path.parent for path in dropbox.glob(f"*/{FILE_NAME}"))


def taking(dropbox: Path) -> list[Wave]:
    """Return the waves that take answers, oldest first; what broke off in one is tidied up.

    Raises
    ------
    CopehopeError
        If one is damaged.
    """
    found = []
    for folder in folders(dropbox):
        with _alone(folder):
            found.append(read(folder))
    return [wave for wave in found if not wave.closed]


def begin(folder: Path, instrument: str, version: int, to: Sequence[str]) -> Wave:
    """Return a wave, made where there is none; one that is there stays what it is.

    Raises
    ------
    CopehopeError
        If it cannot be written, or is there with another instrument or other keys.
    """
    if not (folder / FILE_NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        _keep(Wave(folder, instrument, version, tuple(to), secrets.token_hex(16)))
    wave = read(folder)
    if (wave.instrument, wave.version, wave.to) != (instrument, version, tuple(to)):
        sentence = _(
            "The wave {wave} has begun with {instrument} and its own keys: set them in "
            "copehope.toml as they were, or wait for the next wave."
        )
        raise CopehopeError(sentence.format(wave=wave.name, instrument=wave.instrument))
    return wave


def issue(wave: Wave, count: int) -> list[str]:
    """Make slips for a wave, and keep nothing of them but their hashes.

    Raises
    ------
    CopehopeError
        If the wave is closed.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> wave = begin(Path(mkdtemp()) / "2026-10", "month_check", 1, ["age1…"])
    >>> slips = issue(wave, 2)
    >>> spend(wave.folder, slips[0].lower()), spend(wave.folder, slips[0])
    ('given', 'spent')
    >>> read(wave.folder).spent
    1
    """
    with _alone(wave.folder):
        wave = read(wave.folder)
        if wave.closed:
            raise CopehopeError(_closed(wave.name))
        slips = [_slip() for _n in range(count)]
        hashes = sorted([*wave.unspent, *(_hash(slip, wave.salt) for slip in slips)])
        _keep(replace(wave, issued=wave.issued + count, unspent=tuple(hashes)))
    return slips


def spend(folder: Path, slip: str, sealed: bytes | None = None) -> str:
    """Spend a slip, and put an answer into the drop-box; nothing that is kept joins the two.

    Parameters
    ----------
    folder : pathlib.Path
        Of the wave.
    slip : str
        As it was typed.
    sealed : bytes, optional
        The answer.

    Returns
    -------
    {"given", "spent", "unknown", "closed"}
        What became of it.

    Raises
    ------
    OSError
        If nothing can be written; the slip is as good as before.
    """
    with _alone(folder):
        wave = read(folder)
        if outcome := wave.outcome(slip):
            return outcome
        typed = _hash(_parted(slip), wave.salt)
        unspent = tuple(one for one in wave.unspent if one != typed)
        after = replace(wave, unspent=unspent, used=tuple(sorted([*wave.used, typed])))
        _keep(after) if sealed is None else _deal(wave, after, sealed)
    return "given"


def give(dropbox: Path, slip: str, sealed: Mapping[str, bytes]) -> str:
    """Spend a slip at the wave that it belongs to, and put the answer for that wave there.

    Parameters
    ----------
    dropbox : pathlib.Path
        Folder of the waves.
    slip : str
        As it was typed.
    sealed : mapping of str to bytes
        The answer, by the wave that it would be for.

    Returns
    -------
    {"given", "spent", "unknown", "closed", "other"}
        What became of it; "other" where there is no answer for the wave of the slip.

    Raises
    ------
    OSError
        If nothing can be written; the slip is as good as before.
    """
    for folder in reversed(folders(dropbox)):
        outcome = read(folder).outcome(slip)
        if not outcome:
            answer = sealed.get(folder.name)
            return "other" if answer is None else spend(folder, slip, answer)
        if outcome != "unknown":
            return outcome
    return "unknown"


def close(wave: Wave) -> None:
    """Take no more answers: what was shown must not be shown with one answer more."""
    with _alone(wave.folder):
        _keep(replace(read(wave.folder), closed=True))


def _closed(name: str) -> str:
    return _("The wave {wave} is closed: its team picture was shown.").format(wave=name)


def _slip() -> str:
    return _parted("".join(secrets.choice(LETTERS) for _n in range(PARTS * PART)))


def _parted(slip: str) -> str:
    """Return the letters of a slip as it is printed, however it was typed."""
    letters = "".join(letter for letter in slip.upper() if letter in LETTERS)
    return "-".join(letters[at : at + PART] for at in range(0, len(letters), PART))


def _hash(slip: str, salt: str) -> str:
    return hashlib.scrypt(slip.encode(), salt=bytes.fromhex(salt), n=WORK, r=8, p=1).hex()[:32]


def _deal(wave: Wave, after: Wave, sealed: bytes) -> None:
    """Write all answers anew with one more, under new names and in a new order.

    Broken off at any moment, either the slip is good and there is no answer for it, or it is
    spent and there is: until then the new files are those that go, and from then on the old ones.
    What is no plain file of an answer's size stays where it lies.
    """
    found = {path: content for path in wave.files() if (content := _plain(path)) is not None}
    old, contents = [*found], [*found.values(), sealed]
    random.SystemRandom().shuffle(contents)
    new = [wave.folder / f"{secrets.token_hex(12)}{ENDING}" for _content in contents]
    try:
        _keep(replace(wave, going=_names(new)))
        for path, content in zip(new, contents, strict=True):
            private.write_new(path, content)
            _stop_clock(path, wave.name)
        _keep(replace(after, going=_names(old)))
    except (OSError, CopehopeError):
        _remove(new)
        raise
    _remove(old)
    _stop_clock(wave.folder, wave.name)


def _plain(path: Path) -> bytes | None:
    try:
        return private.read(path, LONGEST)
    except CopehopeError:
        return None


def _names(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in paths))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _keep(wave: Wave) -> None:
    values = {name: value for name, value in asdict(wave).items() if name != "folder"}
    path = wave.folder / FILE_NAME
    private.replace(path, json.dumps({"format": FORMAT, **values}, indent=1).encode())
    _stop_clock(path, wave.name)
    _stop_clock(wave.folder, wave.name)


def _stop_clock(path: Path, month: str) -> None:
    """Give a file the time of all others: the first instant of the month."""
    at = datetime.datetime.fromisoformat(f"{month}-01T00:00:00+00:00").timestamp()
    os.utime(path, (at, at))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time change a wave, and tidy up first what broke off before."""
    if not folder.is_dir():
        read(folder)
    lock = folder.parent / f".{folder.name}.lock"
    with FileLock(lock):
        # Drafts have the time at which an answer came.
        _remove([*folder.glob(".*"), *(folder / name for name in read(folder).going)])
        yield
        _stop_clock(folder, folder.name)
        _stop_clock(lock, folder.name)
        _stop_clock(folder.parent, folder.name)
