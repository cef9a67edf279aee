"""The demo workspace: a synthetic team, published, ready to be looked at."""

from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_data_path

from copehope_lib import demo_data
from copehope_lib.errors import CopehopeError
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.manifest import MANIFEST, Manifest
from copehope_lib.privacy.publish import publish
from copehope_lib.tables import Each
from copehope_lib.workspace import Workspace

MONTHS = 6
"""How many of the latest months are published."""


@cache
def workspace(folder: Path | None = None, each: Each = iter) -> Workspace:
    """Return the demo workspace; it is made when it is first asked for.

    The tables are written once and then left alone; the latest months are published again
    whenever the library has changed since, so that the extracts are always those it makes.

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
    if not _up_to_date(team):
        tables = team.tables()
        for month in each(list(tables.months[-MONTHS:])):
            publish(team, tables, month)
    return team


def _up_to_date(team: Workspace) -> bool:
    """Tell whether this library, as it is now, published all that is shown."""
    manifests = list(team.extracts.glob(f"*/*/{MANIFEST}"))
    if len(manifests) < MONTHS * len(AUDIENCES):
        return False
    changed = max(path.stat().st_mtime for path in Path(__file__).parent.rglob("*.py"))
    try:
        versions = {Manifest.read(path.parent).library_version for path in manifests}
    except CopehopeError:
        return False
    recent = all(path.stat().st_mtime > changed for path in manifests)
    return recent and versions == {version("copehope-workbench")}
