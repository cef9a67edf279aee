"""The demo workspace: a synthetic team, published, ready to be looked at."""

import hashlib
import shutil
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from filelock import FileLock
from platformdirs import user_data_path

from copehope_lib.demo import meeting, synthetic
from copehope_lib.demo import self_check as demo_answers
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.instruments import read
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.closing import FILE_NAME as MONTHS_FILE
from copehope_lib.privacy.closing import GROUPS
from copehope_lib.privacy.manifest import MANIFEST, Manifest
from copehope_lib.privacy.publish import publish
from copehope_lib.privacy.wellbeing import collect
from copehope_lib.records import store
from copehope_lib.self_check import wave as waves
from copehope_lib.settings import FILE_NAME, add_public_key
from copehope_lib.tables import Each
from copehope_lib.workspace import Workspace

# How many of the latest months are published.
MONTHS = 6

# How many slips each wave of the self-check has.
SLIPS = 9

# Parts of the library that only show what is published: none of them can change it.
ONLY_SHOWS = {
    *("charts", "cli", "documents", "extract.py", "locale", "meeting", "notebooks", "pages.py"),
    *("panels", "readings", "reflection", "server", "templates", "theme", "widgets"),
}


@cache
def workspace(folder: Path | None = None, each: Each = iter) -> Workspace:
    """Return the demo workspace; it is made when it is first asked for.

    The tables are written once and then left alone; the latest months are closed anew whenever
    what publishes has changed since, so that the extracts are always those it makes.
    Whoever asks for it while another process makes it waits, and finds it made.

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
    place.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(place.with_name(f".{place.name}.lock")):
        return _made(place, each)


def key_file(team: Workspace) -> Path:
    """Return where the key of the synthetic supervisor is kept: beside the team, not in it.

    Examples
    --------
    >>> key_file(workspace()).name
    'demo-supervisor.txt'
    """
    return team.path.parent / "demo-supervisor.txt"


def _made(place: Path, each: Each) -> Workspace:
    """Make what is missing in a folder, or was published by another library than this one."""
    if (place / FILE_NAME).exists():
        team = Workspace(place)
    else:
        synthetic.write(synthetic.generate(), place / "registry")
        team = Workspace.create(place, team="Demo team")
    if not key_file(team).exists():
        team = _with_a_supervisor(place)
    if not _up_to_date(team):
        tables = team.tables()
        # Nobody was handed the months of a synthetic team: they are closed anew.
        for folder in (team.extracts, *(team.published / name for name in GROUPS)):
            shutil.rmtree(folder, ignore_errors=True)
        (team.published / MONTHS_FILE).unlink(missing_ok=True)
        for month in each(list(tables.months[-MONTHS:])):
            publish(team, tables, month)
        _check_themselves(team, [str(month) for month in tables.months[-MONTHS:]])
        _meet(team, tables.months[-2])
        private.replace(_publisher(team), library().encode("ascii"))
    return team


def _with_a_supervisor(place: Path) -> Workspace:
    """Give the synthetic team a supervisor, so that a meeting can be tried and kept."""
    team, key = Workspace(place), sealing.new_key()
    private.write_new(key_file(team), key.as_file())
    add_public_key(place, *key.public)
    return Workspace(place)


def _check_themselves(team: Workspace, waves_of: list[str]) -> None:
    """Have the synthetic team answer the month check, and collect its waves."""
    check = read("month_check")
    key = sealing.read_key(key_file(team), lambda: "")
    kept = [waves.read(folder) for folder in waves.folders(team.dropbox)]
    if any((of.instrument, of.version) != (check.name, check.version) for of in kept):
        # Nobody gave them.
        for folder in (team.dropbox, team.published / "wellbeing"):
            shutil.rmtree(folder, ignore_errors=True)
    if not waves.folders(team.dropbox):
        for turn, wave in enumerate(waves_of):
            of = waves.begin(team.dropbox / wave, check.name, check.version, key.public)
            given = demo_answers.answers(wave, turn)
            for slip, answer in zip(waves.issue(of, SLIPS), given, strict=False):
                waves.spend(of.folder, slip, answer.sealed(key.public))
            collect(team, wave, key, demo_answers.noise(turn))


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


@cache
def library() -> str:
    """Return a digest of all that can change what is published: modules, and their data.

    Examples
    --------
    >>> len(library())
    64
    """
    root = Path(__file__).parent.parent
    digest = hashlib.sha256(version("copehope-workbench").encode())
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if path.is_file() and place.parts[0] not in ONLY_SHOWS and path.suffix != ".pyc":
            digest.update(place.as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _publisher(team: Workspace) -> Path:
    """Return the file that says which library published the demo."""
    return team.published / "library.sha256"


def _up_to_date(team: Workspace) -> bool:
    """Tell whether this library, as it is now, published all that is shown."""
    publisher = _publisher(team)
    if not publisher.exists() or publisher.read_text(encoding="ascii") != library():
        return False
    manifests = list(team.extracts.glob(f"*/*/{MANIFEST}"))
    try:
        for path in manifests:
            Manifest.read(path.parent)
    except CopehopeError:
        return False
    return len(manifests) >= MONTHS * len(AUDIENCES)
