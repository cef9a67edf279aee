"""What the attackers look at: a team that has published some months, and its folders."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import tomlkit

from copehope_lib.demo import synthetic
from copehope_lib.workspace import Workspace
from tests.night import chosen
from tests.privacy.attacks.facts import Fact, sums
from tests.privacy.attacks.held import Extract, Held
from tests.privacy.attacks.solver import Attack

Frames = dict[str, pd.DataFrame]

OCTOBER = synthetic.LAST_MONTH
MONTHS = [OCTOBER - back for back in chosen((1, 0), (3, 2, 1, 0))]
GROUPS = ["team", "partner"]
# Chance is the same in every run.
OURS, THEIRS = ("5a" * 32, "c3" * 32)
WORD = "Bougainvillea"
"""A word in the registry that nobody could miss."""


def workspace(folder: Path, frames: Frames, key: str = OURS) -> Workspace:
    made = Workspace.create(folder, team="Harbour")
    (made.registry / "pseudonyms.key").write_text(key)
    synthetic.write(frames, made.registry)
    return made


def told_together(team: Workspace, months: int) -> Workspace:
    """Return the team as it is opened once its setting is written."""
    path = team.path / "copehope.toml"
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    document["publishing"]["together"] = months
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    return Workspace(team.path)


def held(team: Workspace, months: list[pd.Period], audiences: list[str]) -> Held:
    folders = [team.extracts / str(month) / name for month in months for name in audiences]
    return Held([Extract.read(folder) for folder in folders])


def content(*roots: Path) -> dict[str, bytes]:
    """Return every file under some folders that groups are told from."""
    paths = [
        (root, path)
        for root in roots
        for path in root.rglob("*")
        if path.is_file() and "supervision" not in path.parts
    ]
    return {str(path.relative_to(root.parent)): path.read_bytes() for root, path in paths}


def tables_of(team: Workspace, audiences: list[str]) -> Iterator[tuple[Path, pd.DataFrame]]:
    for name in audiences:
        for path in sorted(team.extracts.glob(f"*/{name}/*.parquet")):
            yield path, pd.read_parquet(path, dtype_backend="numpy_nullable")


def attack(on: Held, *more: Fact) -> Attack:
    return Attack(on, [*sums(on), *more])


def changed(table: pd.DataFrame, rows: pd.Index, **values: str | None) -> pd.DataFrame:
    table = table.copy()
    for column, value in values.items():
        table.loc[rows, column] = value
    return table
