"""A wave of the self-check: its folder in the drop-box, its slips, and the answers in it.

The folder tells nobody who answered, in which order, or when: names are random, times are the
first instant of the month, and with each answer all of them are wrapped anew, to the key of the
intake of this wave, and written in a new order. The private half of that key lies outside the
workspace, so that two copies of the folder have no ciphertext in common; sealed to the supervisor
it lies in the folder, too. With it the intake signs what it took in, and remembers beside the key
how it left the folder, so that nobody can put another wave, or an older copy, in its place.
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import random
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock
from platformdirs import user_data_path
from pydantic import TypeAdapter

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import (
    ENDING,
    Key,
    key_from,
    new_key,
    open_sealed,
    seal,
    seal_to_length,
    sealed_length,
)
from copehope_lib.language import gettext as _
from copehope_lib.self_check.answer import LENGTH

FILE_NAME = "wave.json"
FORMAT = 3
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
    used : tuple of str
        Hashes of slips that were used, in the order of the alphabet.
    going : tuple of str
        Names of files that are no answers of this wave, or no longer: where something broke
        off, they are still there.
    intake : str
        Private key under which answers are wrapped, sealed to ``to``, in base64; empty in waves
        of an earlier workbench, which wrap nothing.
    laid : tuple of str
        SHA-256 of each answer as the intake laid it, in the order of the alphabet.
    signed : str
        HMAC of all the others, with the key of the intake.
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
    intake: str = ""
    laid: tuple[str, ...] = ()
    signed: str = ""

    @property
    def name(self) -> str:
        """The month of the wave, as ``2026-10``."""
        return self.folder.name

    @property
    def spent(self) -> int:
        """How many slips were used."""
        return self.issued - len(self.unspent)

    @property
    def length(self) -> int:
        """Bytes that an answer has in the folder, each the same."""
        inner = sealed_length(LENGTH, self.to)
        return sealed_length(inner, ("",)) if self.intake else inner

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


_OF_FILE = TypeAdapter(Wave)


def read(folder: Path) -> Wave:
    """Read a wave from its folder.

    Raises
    ------
    CopehopeError
        If there is none, or what describes it is damaged.
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", folder.name):
        sentence = _("{path} is named by no month, such as 2026-10: move it out of the drop-box.")
        raise CopehopeError(sentence.format(path=folder))
    try:
        values: dict[str, Any] = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if values.pop("format") > FORMAT:
            sentence = _("{path} was written by a newer workbench: update this one.")
            raise CopehopeError(sentence.format(path=folder))
        bytes.fromhex(values["salt"])
        return _OF_FILE.validate_python(values | {"folder": folder})
    except FileNotFoundError:
        there = ", ".join(path.name for path in folders(folder.parent)) or _("none")
        sentence = _(
            "There is no wave {wave} (there are: {waves}): print slips for it first, with "
            "`copehope answers tokens`."
        )
        raise CopehopeError(sentence.format(wave=folder.name, waves=there)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _damaged(folder) from None


def _damaged(folder: Path) -> CopehopeError:
    sentence = _("{path} is damaged: bring it back from your copy.")
    return CopehopeError(sentence.format(path=folder / FILE_NAME))


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
        with alone(folder):
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
        key, salt = new_key(), secrets.token_hex(16)
        intake = base64.b64encode(seal(key.as_file(), to)).decode()
        place = _beside(salt)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private.write_new(place, key.as_file())
        _beside(folder).unlink(missing_ok=True)
        _keep(Wave(folder, instrument, version, tuple(to), salt, intake=intake), key)
    wave = read(folder)
    if (wave.instrument, wave.version, wave.to) != (instrument, version, tuple(to)):
        sentence = _(
            "The wave {wave} has begun with {instrument} and its own keys: set them in "
            "copehope.toml as they were, or wait for the next wave."
        )
        raise CopehopeError(sentence.format(wave=wave.name, instrument=wave.instrument))
    return wave


def _beside(of: str | Path) -> Path:
    """Return where something of an intake lies: with its user, and never in a workspace.

    The key lies there by the salt of its wave, and how the folder was left by the path of that.
    """
    name = str(of.resolve()) if isinstance(of, Path) else of
    return user_data_path("copehope") / "intake" / hashlib.sha256(name.encode()).hexdigest()


def has_key(wave: Wave) -> bool:
    """Return whether answers of a wave can be taken in on this machine."""
    return not wave.intake or _beside(wave.salt).exists()


def elsewhere(wave: Wave) -> str:
    """Return what is said where the key of its intake is not on this machine."""
    sentence = _(
        "The wave {wave} was begun by another user or on another machine: print slips and take "
        "answers there."
    )
    return sentence.format(wave=wave.name)


def key_here(wave: Wave) -> Key | None:
    """Return the key of the intake of a wave, as it lies on this machine; None if it has none.

    Raises
    ------
    CopehopeError
        If the wave was begun on another machine, or is not what the intake signed: what somebody
        else changed is not signed with the next answer.
    """
    if not has_key(wave):
        raise CopehopeError(elsewhere(wave))
    # A wave with a key that says it has none was changed, too.
    return _fits(wave, key_beside(wave))


def key_beside(wave: Wave) -> Key | None:
    """Return the key that lies on this machine for a wave, whatever became of its folder."""
    place = _beside(wave.salt)
    return key_from(private.read(place), lambda: "", place) if place.exists() else None


def key_of(wave: Wave, supervisor: Key) -> Key | None:
    """Return the same with the key of the supervisor, and make sure of what the intake signed.

    Raises
    ------
    CopehopeError
        If the key is another one, or somebody else changed what describes the wave.
    """
    if has_key(wave):
        return key_here(wave)
    try:
        sealed = base64.b64decode(wave.intake, validate=True)
    except ValueError:
        raise _damaged(wave.folder) from None
    return _fits(wave, key_from(open_sealed(sealed, supervisor), lambda: "", wave.folder))


def _fits(wave: Wave, key: Key | None) -> Key | None:
    """Return the key of the intake if the folder is as the intake signed and left it."""
    signed = _signature(wave, key) if key else ""
    if wave.signed != signed or signed not in _left(wave):
        sentence = _(
            "{path} is not as the last answer left it, so that nothing of the wave is shown: "
            "bring it back from your copy, and if that is an older one, remove {place}."
        )
        place = _beside(wave.folder)
        raise CopehopeError(sentence.format(path=wave.folder / FILE_NAME, place=place))
    return key


def _signature(wave: Wave, key: Key) -> str:
    values = asdict(replace(wave, signed="")) | {"folder": wave.name}
    return hmac.digest(key.as_file(), json.dumps(values).encode(), "sha256").hex()


def unwrap(wave: Wave, path: Path, key: Key | None) -> bytes:
    """Return an answer in the folder as it was sealed to the supervisor.

    Raises
    ------
    CopehopeError
        If it is no plain file of the one length, or the intake of this wave did not lay it.
    """
    content = private.read(path, wave.length)
    known = key is None or hashlib.sha256(content).hexdigest() in wave.laid
    if len(content) != wave.length or not known:
        sentence = _("{name} came into the drop-box without a slip: it is left out.")
        raise CopehopeError(sentence.format(name=path.name))
    return content if key is None else open_sealed(content, key, path.name)


def lost(wave: Wave, key: Key | None) -> bool:
    """Return whether answers that the intake laid are not there, or not as it laid them."""
    there = sum(_laid(wave, path, key) is not None for path in wave.files())
    return key is not None and there < wave.spent


def issue(wave: Wave, count: int) -> list[str]:
    """Make slips for a wave, and keep nothing of them but their hashes.

    Raises
    ------
    CopehopeError
        If the wave is closed.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> to = new_key().public
    >>> wave = begin(Path(mkdtemp()) / "2026-10", "month_check", 2, to)
    >>> slips = issue(wave, 2)
    >>> spend(wave.folder, slips[0].lower()), spend(wave.folder, slips[0])
    ('given', 'spent')
    >>> read(wave.folder).spent
    1
    """
    with alone(wave.folder):
        wave = read(wave.folder)
        if wave.closed:
            raise CopehopeError(_closed(wave.name))
        slips = [_slip() for _n in range(count)]
        hashes = sorted([*wave.unspent, *(_hash(slip, wave.salt) for slip in slips)])
        _keep(replace(wave, issued=wave.issued + count, unspent=tuple(hashes)), key_here(wave))
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
    with alone(folder):
        wave = read(folder)
        if outcome := wave.outcome(slip):
            return outcome
        typed = _hash(_parted(slip), wave.salt)
        unspent = tuple(one for one in wave.unspent if one != typed)
        after = replace(wave, unspent=unspent, used=tuple(sorted([*wave.used, typed])))
        key = key_here(wave)
        _keep(after, key) if sealed is None else _deal(wave, after, sealed, key)
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
    {"given", "spent", "unknown", "closed", "other", "elsewhere", "damaged"}
        What became of it; "other" where there is no answer for the wave of the slip, "elsewhere"
        where that takes answers on another machine.

    Raises
    ------
    OSError
        If nothing can be written; the slip is as good as before.
    """
    otherwise = "unknown"
    for folder in reversed(folders(dropbox)):
        try:
            wave = read(folder)
        except CopehopeError:
            # The slip may be of this one; it stops none of the others.
            otherwise = "damaged"
            continue
        outcome = wave.outcome(slip)
        if not outcome:
            if not has_key(wave):
                return "elsewhere"
            answer = sealed.get(folder.name)
            if answer is not None and len(answer) != sealed_length(LENGTH, wave.to):
                return "damaged"
            return "other" if answer is None else spend(folder, slip, answer)
        if outcome != "unknown":
            return outcome
    return otherwise


def close(wave: Wave, key: Key | None) -> None:
    """Take no more answers: what was shown must not be shown with one answer more.

    Whoever counts them holds the wave alone meanwhile, with :func:`alone`.
    """
    _keep(replace(wave, closed=True), key)
    _beside(wave.salt).unlink(missing_ok=True)


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


def _deal(wave: Wave, after: Wave, sealed: bytes, key: Key | None) -> None:
    """Wrap all answers anew with one more, under new names and in a new order.

    Broken off at any moment, either the slip is good and there is no answer for it, or it is
    spent and there is: until then the new files are those that go, and from then on the old ones.
    What is no plain file that the intake laid stays where it lies.
    """
    found = {path: inner for path in wave.files() if (inner := _laid(wave, path, key)) is not None}
    old, inners = [*found], [*found.values(), sealed]
    contents = [seal_to_length(one, key.public) if key else one for one in inners]
    random.SystemRandom().shuffle(contents)
    new = [wave.folder / f"{secrets.token_hex(12)}{ENDING}" for _content in contents]
    laid = tuple(sorted(hashlib.sha256(one).hexdigest() for one in contents)) if key else ()
    try:
        _keep(replace(wave, going=_names(new)), key)
        for path, content in zip(new, contents, strict=True):
            private.write_new(path, content)
            _stop_clock(path, wave.name)
        _keep(replace(after, going=_names(old), laid=laid), key)
    except (OSError, CopehopeError):
        _remove(new)
        raise
    _remove(old)
    _stop_clock(wave.folder, wave.name)


def _laid(wave: Wave, path: Path, key: Key | None) -> bytes | None:
    try:
        return unwrap(wave, path, key)
    except CopehopeError:
        return None


def _names(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in paths))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _keep(wave: Wave, key: Key | None) -> None:
    if key is not None:
        wave = replace(wave, signed=_signature(wave, key))
        # Broken off between the two, it is as it was left before or as it is to be.
        _remember(wave, wave.signed, *_left(wave))
    values = {name: value for name, value in asdict(wave).items() if name != "folder"}
    path = wave.folder / FILE_NAME
    private.replace(path, json.dumps({"format": FORMAT, **values}, indent=1).encode())
    _stop_clock(path, wave.name)
    _stop_clock(wave.folder, wave.name)
    if key is not None:
        # The wave is what it is to be: where this fails, the next answer does it.
        with suppress(CopehopeError):
            _remember(wave, wave.signed)


def _left(wave: Wave) -> list[str]:
    """Return how the folder of a wave may have been left; as it is, where nothing is remembered."""
    place = _beside(wave.folder)
    if not place.exists():
        return [wave.signed]
    return private.read(place).decode("ascii", "replace").split()


def _remember(wave: Wave, *left: str) -> None:
    place = _beside(wave.folder)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private.replace(place, "\n".join(left).encode())
    _stop_clock(place, wave.name)
    _stop_clock(place.parent, wave.name)


def _stop_clock(path: Path, month: str) -> None:
    """Give a file the time of all others: the first instant of the month."""
    at = datetime.datetime.fromisoformat(f"{month}-01T00:00:00+00:00").timestamp()
    os.utime(path, (at, at))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time change a wave, and tidy up first what broke off before."""
    if not folder.is_dir():
        read(folder)
    lock = folder.parent / f".{folder.name}.lock"
    with FileLock(lock):
        # Drafts have the time at which an answer came.
        _remove([*folder.glob(".*"), *(folder / Path(name).name for name in read(folder).going)])
        yield
        _stop_clock(folder, folder.name)
        _stop_clock(lock, folder.name)
        _stop_clock(folder.parent, folder.name)
