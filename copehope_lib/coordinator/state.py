"""What the coordinator's page knows while its window is open; none of it lies on a disk."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from platformdirs import user_config_path, user_documents_path

from copehope_lib import language
from copehope_lib.coordinator.commands import Running
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.importing import Import
from copehope_lib.importing.asking import Id
from copehope_lib.language import gettext as _
from copehope_lib.privacy import closing
from copehope_lib.privacy.audience import SUPERVISION
from copehope_lib.settings import FILE_NAME
from copehope_lib.tables import Tables
from copehope_lib.tables.consent import counted
from copehope_lib.workspace import Workspace


@dataclass
class State:
    """One sitting of one coordinator.

    Attributes
    ----------
    folder : Workspace or None
        The team's folder, once it is chosen.
    coming : Import or None
        Files on their way in.
    asked : set
        What was open in them, by place of the table and question: it stays where it stood.
    chosen : pandas.Period or None
        The month that was chosen.
    page, said, problem : str, list of str, str
        What the last button did, or why it did not, and on which page that is told.
    made : dict of str to str
        What was handed out in this sitting, and where it lies.
    running : dict of str to Running
        The commands that were started.
    windows, busy : int
        How many windows are open, and what is being done.
    """

    folder: Workspace | None = None
    coming: Import | None = None
    asked: set[tuple[int, Id]] = field(default_factory=set)
    chosen: pd.Period | None = None
    page: str = ""
    said: list[str] = field(default_factory=list)
    problem: str = ""
    made: dict[str, str] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    windows: int = 0
    busy: int = 0
    _read: tuple[object, Tables, Tables] | None = None

    @property
    def workspace(self) -> Workspace:
        """The team's folder.

        Raises
        ------
        CopehopeError
            If none is chosen.
        """
        if self.folder is None:
            raise CopehopeError(_("Choose the folder of your team first, or make one."))
        return self.folder

    def open(self, path: Path) -> None:
        """Work in a workspace from here on, speak its language, and remember where it lies."""
        folder = Workspace(path.expanduser().resolve())
        language.use(folder.settings.language)
        self.folder, self.coming, self.chosen, self._read, self.made = folder, None, None, None, {}
        _KEPT.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths = dict.fromkeys([folder.path, *workspaces()])
        private.replace(_KEPT, json.dumps([str(one) for one in paths]).encode())

    def tables(self) -> Tables:
        """Return the registry of the women who agreed to be counted."""
        return self._both()[1]

    def all_tables(self) -> Tables:
        """Return the registry of all women: for what could hurt one of them."""
        return self._both()[0]

    def _both(self) -> tuple[Tables, Tables]:
        """Return both, read again only when a file of the registry has changed."""
        files = [*self.workspace.registry.iterdir(), self.workspace.path / FILE_NAME]
        now = sorted((one.name, (at := one.stat()).st_mtime_ns, at.st_size) for one in files)
        if self._read is None or self._read[0] != now:
            self.folder = Workspace(self.workspace.path)
            tables = self.folder.all_tables()
            self._read = now, tables, counted(tables)
        return self._read[1:]

    def months(self) -> list[pd.Period]:
        """Return the months that have begun and the tables know of, the latest first."""
        return [one for one in self.tables().months[::-1] if one.start_time <= closing.today()]

    def month(self) -> pd.Period:
        """Return the month to work on: the one that was chosen, or the last that is over."""
        known = self.months()
        over = [one for one in known if one.end_time < closing.today()]
        return self.chosen if self.chosen in known else (over or known)[0]

    def drafted(self) -> bool:
        """Tell whether supervision can look at the month."""
        return (self.workspace.extracts / str(self.month()) / SUPERVISION.name).exists()

    def address(self, what: str) -> str:
        """Return where pages are served that were started; nothing once they ended."""
        process, address = self.running.get(what, (None, ""))
        return address if process and process.poll() is None else ""

    def do(self, page: str, step: Callable[[], str]) -> str:
        """Take a step that begins on a page; return the one that tells what came of it."""
        self.page, self.said, self.problem = page, [], ""
        try:
            self.page = step()
        except CopehopeError as problem:
            self.problem = str(problem)
        except Exception as problem:
            if os.environ.get("COPEHOPE_DEBUG"):
                raise
            sentence = _("Something went wrong inside the workbench ({kind}): try it once more.")
            self.problem = sentence.format(kind=type(problem).__name__)
        return self.page


_KEPT = user_config_path("copehope") / "workspaces.json"


def workspaces() -> list[Path]:
    """Return the workspaces that were opened before, and those among the documents."""
    try:
        kept = [Path(one) for one in json.loads(private.read(_KEPT))]
    except (CopehopeError, ValueError, TypeError):
        kept = []  # none was, or the list is spoilt
    kept += sorted(one.parent for one in user_documents_path().glob(f"*/{FILE_NAME}"))
    return [one for one in dict.fromkeys(kept) if (one / FILE_NAME).exists()]
