"""The demo workspace: a synthetic team, published, ready to be looked at."""

from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from copehope_lib import demo_data
from copehope_lib.privacy.publish import publish
from copehope_lib.tables import Each
from copehope_lib.workspace import Workspace

MONTHS = 6
"""How many of the latest months are published."""


@cache
def workspace(folder: Path | None = None, each: Each = iter) -> Workspace:
    """Return the demo workspace; it is made when it is first asked for.

    The tables are written once and then left alone; the latest months are published anew each
    time, so that the extracts are always those of this version of the library.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Where it is; by default in the user's own data folder.
    each : callable, optional
        Wraps the steps, to show progress.

    Examples
    --------
    >>> workspace().settings.team
    'Demo team'
    """
    place = user_data_path("copehope") / "demo" if folder is None else folder
    if (place / "copehope.toml").exists():
        team = Workspace(place)
    else:
        demo_data.write(demo_data.generate(), place / "registry")
        team = Workspace.create(place, team="Demo team")
    tables = team.tables()
    for month in each(list(tables.months[-MONTHS:])):
        publish(team, tables, month)
    return team
