"""The demo workspace: a synthetic team, published, ready to be looked at."""

from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import tomlkit
from platformdirs import user_data_path

from copehope_lib.demo import meeting, synthetic
from copehope_lib.demo import self_check as demo_answers
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.instruments import read
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.manifest import MANIFEST, Manifest
from copehope_lib.privacy.publish import publish
from copehope_lib.privacy.wellbeing import collect
from copehope_lib.records import store
from copehope_lib.self_check import wave as waves
from copehope_lib.settings import FILE_NAME
from copehope_lib.tables import Each
from copehope_lib.workspace import Workspace

MONTHS = 6
"""How many of the latest months are published."""

SLIPS = 9
"""How many slips each wave of the self-check has."""


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
        synthetic.write(synthetic.generate(), place / "registry")
        team = Workspace.create(place, team="Demo team")
    if not key_file(team).exists():
        team = _with_a_supervisor(place)
    if not _up_to_date(team):
        tables = team.tables()
        for month in each(list(tables.months[-MONTHS:])):
            publish(team, tables, month)
        _check_themselves(team, [str(month) for month in tables.months[-MONTHS:]])
        _meet(team, tables.months[-2])
    return team


def key_file(team: Workspace) -> Path:
    """Return where the key of the synthetic supervisor is kept: beside the team, not in it.

    Examples
    --------
    >>> key_file(workspace()).name
    'demo-supervisor.txt'
    """
    return team.path.parent / "demo-supervisor.txt"


def _with_a_supervisor(place: Path) -> Workspace:
    """Give the synthetic team a supervisor, so that a meeting can be tried and kept."""
    team, key = Workspace(place), sealing.new_key()
    private.write_new(key_file(team), key.as_file())
    path = place / FILE_NAME
    settings = tomlkit.parse(path.read_text(encoding="utf-8"))
    settings.setdefault("supervision", {})["public_keys"] = list(key.public)
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return Workspace(place)


def _check_themselves(team: Workspace, waves_of: list[str]) -> None:
    """Have the synthetic team answer the month check, and collect its waves."""
    check = read("month_check")
    key = sealing.read_key(key_file(team), lambda: "")
    if not waves.folders(team.dropbox):
        for turn, wave in enumerate(waves_of):
            of = waves.begin(team.dropbox / wave, check.name, check.version, key.public)
            given = demo_answers.answers(wave, turn)
            for slip, answer in zip(waves.issue(of, SLIPS), given, strict=False):
                waves.spend(of.folder, slip, answer.sealed(key.public))
            collect(team, wave, key)


def _meet(team: Workspace, month: pd.Period) -> None:
    """Have the synthetic team decide something at its last meeting."""
    if not store.names(team.records):
        to = team.settings.supervision.public_keys
        store.add(team.records / str(month), str(month), meeting.decisions(month), to)


def slip(team: Workspace) -> str:
    """Return a slip for the wave of the synthetic team that takes answers.

    Examples
    --------
    >>> len(slip(workspace()))
    14
    """
    last = sorted(path.name for path in team.extracts.iterdir())[-1]
    wave = str(pd.Period(last, "M") + 1)
    check, folder = read("month_check"), team.dropbox / wave
    to = waves.read(waves.folders(team.dropbox)[-1]).to
    return waves.issue(waves.begin(folder, check.name, check.version, to), 1)[0]


def _up_to_date(team: Workspace) -> bool:
    """Tell whether this library, as it is now, published all that is shown."""
    manifests = list(team.extracts.glob(f"*/*/{MANIFEST}"))
    if len(manifests) < MONTHS * len(AUDIENCES):
        return False
    changed = max(path.stat().st_mtime for path in Path(__file__).parent.parent.rglob("*.py"))
    try:
        versions = {Manifest.read(path.parent).library_version for path in manifests}
    except CopehopeError:
        return False
    recent = all(path.stat().st_mtime > changed for path in manifests)
    return recent and versions == {version("copehope-workbench")}
