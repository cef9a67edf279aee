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
from collections.abc import Iterator, Sequence
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
FORMAT = 1
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a slip: none of them looks like another."""
PARTS, PART = 3, 4
"""A slip is three times four letters: 59 bits, too many to try."""
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
    """

    folder: Path
    instrument: str
    version: int
    to: tuple[str, ...]
    salt: str
    issued: int = 0
    unspent: tuple[str, ...] = ()
    closed: bool = False

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
        return sorted(self.folder.glob(f"*{ENDING}"))


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
        values |= {name: tuple(values[name]) for name in ("to", "unspent")}
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
    {"given", "spent", "closed"}
        What became of it; a slip that never was is not told from one that was spent.

    Raises
    ------
    OSError
        If nothing can be written; the slip is as good as before.
    """
    with _alone(folder):
        wave = read(folder)
        if wave.closed:
            return "closed"
        typed = _hash(_parted(slip), wave.salt)
        if typed not in wave.unspent:
            return "spent"
        _keep(replace(wave, unspent=tuple(one for one in wave.unspent if one != typed)))
        try:
            if sealed is not None:
                _deal([*(path.read_bytes() for path in wave.files()), sealed], wave)
        except (OSError, CopehopeError):
            _keep(wave)
            raise
    return "given"


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


def _deal(contents: list[bytes], wave: Wave) -> None:
    """Write all answers anew, under new names and in a new order; then the old ones go."""
    old = wave.files()
    random.SystemRandom().shuffle(contents)
    for content in contents:
        path = wave.folder / f"{secrets.token_hex(12)}{ENDING}"
        private.write_new(path, content)
        _stop_clock(path, wave.name)
    for path in old:
        path.unlink()
    _stop_clock(wave.folder, wave.name)


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
    """Let one process at a time change a wave."""
    if not folder.is_dir():
        read(folder)
    lock = folder.parent / f".{folder.name}.lock"
    with FileLock(lock):
        yield
        _stop_clock(lock, folder.name)
        _stop_clock(folder.parent, folder.name)
