"""What a notebook begins with: a team and a month, given as parameters or the demo team's."""

import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from copehope_lib import demo, language, months
from copehope_lib.demo import synthetic
from copehope_lib.extract import Extract
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace

__all__ = ["copy_of", "opened"]

COPY = ".copy-"
DAY = 86_400
"""Seconds after which a copy is taken for one that a killed kernel left behind."""

_COPIES: "list[TemporaryDirectory[str]]" = []
"""Folders of copies: they are deleted when the notebook ends."""


def opened(workspace: str = "", month: str = "") -> tuple[Workspace, pd.Period]:
    """Open the team and the month that a notebook is about, and speak the team's language.

    Parameters
    ----------
    workspace : str
        Folder of a workspace; empty for the demo team.
    month : str
        As ``2026-10``; empty for the latest month that the team was shown.

    Returns
    -------
    (Workspace, pandas.Period)
        The team and the month.

    Raises
    ------
    CopehopeError
        If there is no workspace, nothing has been published, or the month is not one.

    Examples
    --------
    >>> team, period = opened()
    >>> team.settings.team, period
    ('Demo team', Period('2026-10', 'M'))
    """
    team = Workspace(Path(workspace).expanduser()) if workspace else demo.workspace()
    language.use(team.settings.language)
    period = months.parse(month) if month else Extract(team.extracts, "team").months[-1]
    return team, period


def copy_of(team: Workspace, tables: Tables) -> Workspace:
    """Make a copy of a workspace to try things on; it is deleted when the notebook ends.

    The copy lies inside the team's own folder, where such data may be. It holds the settings,
    the key of the pseudonyms and the tables as plain CSV files; nothing is published in it.
    What a kernel that was killed left behind is deleted with the next copy, a day later.

    Parameters
    ----------
    team : Workspace
        The team's folder; it is not changed.
    tables : Tables
        Its registry, as ``team.tables()`` returned it.

    Examples
    --------
    >>> team, _period = opened()
    >>> copy_of(team, team.tables()).tables().findings
    ()
    """
    for left in team.path.glob(f"{COPY}*"):
        if time.time() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)
    place = TemporaryDirectory(prefix=COPY, dir=team.path)
    _COPIES.append(place)
    folder = Path(place.name)
    shutil.copy(team.path / "copehope.toml", folder)
    frames = {name: getattr(tables, name) for name in TABLES}
    synthetic.write(frames, folder / "registry")
    (folder / "extracts").mkdir()
    key = folder / "registry" / "pseudonyms.key"
    key.touch(mode=0o600)
    key.write_text(team.key.hex(), encoding="ascii")
    return Workspace(folder)
