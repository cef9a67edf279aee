"""The team's folder: settings, registry, extracts. It is the team's and never in git."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from copehope_lib import settings as _settings
from copehope_lib.errors import CopehopeError
from copehope_lib.files import one_step, sealing
from copehope_lib.files.sealing import Key
from copehope_lib.language import gettext as _
from copehope_lib.settings import Settings
from copehope_lib.tables import Each, Tables, load
from copehope_lib.tables.consent import counted
from copehope_lib.tables.marks import FILE_NAME as MARKS
from copehope_lib.tables.marks import Marks

KEY_BYTES = 32
PATIENCE = 600
"""Seconds that a command waits for another one to be done."""


class Workspace:
    """One team's workspace.

    Parameters
    ----------
    path : path-like
        The folder that holds ``copehope.toml``.
    opened_with : Key, optional
        Opens what is sealed in the registry, in memory only.

    Raises
    ------
    CopehopeError
        If the folder is no workspace, or its settings cannot be read.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> Workspace.create(Path(mkdtemp()) / "my-team", team="Barcelona").settings.team
    'Barcelona'
    """

    def __init__(self, path: str | os.PathLike[str], opened_with: Key | None = None) -> None:
        self.path = Path(path)
        self.opened_with = opened_with
        self.settings: Settings = _settings.read(self.path)

    @classmethod
    def create(
        cls, path: str | os.PathLike[str], *, team: str = "Our team", language: str = "en"
    ) -> "Workspace":
        """Make a new workspace: folders, settings, and the key of the pseudonyms.

        Raises
        ------
        CopehopeError
            If there is a workspace already, or the folder cannot be written.
        """
        folder = Path(path)
        if (folder / _settings.FILE_NAME).exists():
            sentence = _("{folder} is a workspace already: it is left as it is.")
            raise CopehopeError(sentence.format(folder=folder))
        settings = Settings.model_validate({"team": team, "language": language})
        try:
            for room in ("registry", "extracts"):
                (folder / room).mkdir(parents=True, exist_ok=True)
            for private in (folder, folder / "registry"):
                private.chmod(0o700)
            _write_key(folder / "registry" / "pseudonyms.key")
            # Settings come last: a folder is a workspace only once all the rest stands.
            (folder / _settings.FILE_NAME).write_text(_settings.as_toml(settings), encoding="utf-8")
        except OSError as problem:
            sentence = _("{folder} cannot be written ({reason}): choose another folder.")
            raise CopehopeError(sentence.format(folder=folder, reason=problem.strerror)) from None
        return cls(folder)

    @property
    def registry(self) -> Path:
        """The private room: tables by code, and the key of the pseudonyms."""
        return self.path / "registry"

    @property
    def extracts(self) -> Path:
        """What has been published, one folder a month and audience."""
        return self.path / "extracts"

    @property
    def published(self) -> Path:
        """All that was ever published, as it was shown, by audience, month and edition."""
        return self.path / "published"

    def wording(self, name: str) -> Path:
        """Return where a team's own wording of an instrument is kept."""
        return self.path / "instruments" / f"{name}.csv"

    @property
    def dropbox(self) -> Path:
        """Sealed self-check answers, one folder a wave."""
        return self.path / "dropbox"

    @property
    def records(self) -> Path:
        """Sealed records of meetings, one folder a month."""
        return self.path / "records"

    @property
    def models(self) -> Path:
        """The team's own reflection models."""
        return self.path / "reflection"

    @property
    def key(self) -> bytes:
        """The key of the pseudonyms, 32 bytes.

        Raises
        ------
        CopehopeError
            If the key is missing or damaged, or sealed and not to be opened.
        """
        path = self.registry / "pseudonyms.key"
        try:
            sealed = _sealed(path)
            content = (
                sealing.read_sealed(sealed, self.opened_with)
                if sealed.exists() and not path.exists()
                else path.read_bytes()
            )
            key = bytes.fromhex(content.decode("ascii"))
        except (OSError, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            sentence = _(
                "{path} is missing or damaged: bring it back from your copy, "
                "because a new key would give every woman a new pseudonym."
            )
            raise CopehopeError(sentence.format(path=path))
        return key

    @property
    def marks(self) -> Marks:
        """Codes that do not come back, and pseudonyms that stay.

        Raises
        ------
        CopehopeError
            If they are damaged, or the key of the pseudonyms is missing.
        """
        return Marks.of(self.published, self.key)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one command at a time change what is published and decided.

        It is held from the first reading to the last writing; whoever holds it may ask again. A
        step that broke off is finished first, and what has lain sealed for long enough goes.

        Raises
        ------
        CopehopeError
            If another command is not done after ten minutes.
        """
        try:
            path = self.path / ".lock"
            with FileLock(path, timeout=PATIENCE, mode=0o600, is_singleton=True) as lock:
                if lock.lock_counter == 1:
                    one_step.finish(self.path)
                yield
        except Timeout:
            sentence = _("Another command is at work in {folder}: wait until it is done.")
            raise CopehopeError(sentence.format(folder=self.path)) from None

    def tables(self, each: Each = iter) -> Tables:
        """Load the registry of the women who agreed to be counted, with the findings of a check.

        Parameters
        ----------
        each : callable, optional
            Wraps the tables as they are gone through, to show progress.

        Raises
        ------
        CopehopeError
            If a table is sealed, and the workspace was not opened with its key.
        """
        return counted(self.all_tables(each))

    def all_tables(self, each: Each = iter) -> Tables:
        """Load the registry of all women: for what is written into it, never for a number."""
        if one_step.unfinished(self.path):
            with self.alone():
                pass  # who was at work is done, or we have done it
        marks = self.marks if (self.published / MARKS).exists() else None
        return load(self.registry, self.settings, each=each, key=self.opened_with, marks=marks)


def _sealed(path: Path) -> Path:
    return path.with_name(path.name + sealing.ENDING)


def _write_key(path: Path) -> None:
    """Write a new key that only its owner can read; an older one is never replaced."""
    if not path.exists() and not _sealed(path).exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
