"""From the registry to extracts: compute, protect, write; the old extract or the new one."""

import hashlib
import os
from collections.abc import Iterable
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS, compute
from copehope_lib.privacy.audience import AUDIENCES, Audience
from copehope_lib.privacy.manifest import EXTRACT_VERSION, MANIFEST, File, Manifest
from copehope_lib.privacy.protect import may_see, protect
from copehope_lib.privacy.pseudonyms import pseudonyms
from copehope_lib.schema import SCHEMA_VERSION
from copehope_lib.tables import Each, Tables
from copehope_lib.workspace import Workspace


def publish(
    workspace: Workspace,
    tables: Tables,
    month: pd.Period,
    audiences: Iterable[Audience] = tuple(AUDIENCES.values()),
    each: Each = iter,
) -> list[Path]:
    """Publish one month: write an extract for each audience.

    Parameters
    ----------
    workspace : Workspace
        The team's folder; extracts go to ``extracts/<month>/<audience>/``.
    tables : Tables
        Its registry, as ``workspace.tables()`` returned it.
    month : pandas.Period
        Month.
    audiences : iterable of Audience
        For whom; all by default.
    each : callable, optional
        Wraps the metrics as they are gone through, to show progress.

    Returns
    -------
    list of pathlib.Path
        The folders written.

    Raises
    ------
    CopehopeError
        If the tables have errors, or know nothing about the month, or nothing can be written.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from copehope_lib import demo_data
    >>> team = Workspace.create(Path(mkdtemp()) / "my-team")
    >>> made = demo_data.generate(women=20, professionals=3, months=4)
    >>> demo_data.write(made, team.registry)
    >>> [folder.name for folder in publish(team, team.tables(), demo_data.LAST_MONTH)]
    ['supervision', 'team', 'partner']
    """
    tables.refuse_unless_ready(month)
    results = compute(tables, month, workspace.settings, each(list(METRICS)))
    names = pseudonyms(tables.women, workspace.key)
    folders = []
    for audience in audiences:
        folder = workspace.extracts / str(month) / audience.name
        shown = {
            name: protect(result, METRICS[name], audience, names)
            for name, result in results.items()
            if may_see(audience, METRICS[name])
        }
        try:
            _write(folder, shown, workspace, month, audience)
        except OSError as problem:
            raise CopehopeError(
                _("{folder} cannot be written ({reason}): what was there still is.").format(
                    folder=folder, reason=problem.strerror
                )
            ) from None
        folders.append(folder)
    return folders


def _write(
    folder: Path,
    shown: dict[str, pd.DataFrame],
    workspace: Workspace,
    month: pd.Period,
    audience: Audience,
) -> None:
    """Write tables under names of their own, then the manifest that makes them the extract.

    Until the manifest is replaced, which is one atomic step, the old one and its files stand.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, table in shown.items():
        content = _parquet(table)
        digest = hashlib.sha256(content).hexdigest()
        files[name] = File(f"{name}-{digest[:12]}.parquet", len(table), digest)
        _replace(folder / files[name].file, content)
    manifest = Manifest(
        extract_version=EXTRACT_VERSION,
        library_version=version("copehope-workbench"),
        schema_version=SCHEMA_VERSION,
        month=str(month),
        team=workspace.settings.team,
        language=workspace.settings.language,
        pause_days=workspace.settings.engagement.pause_days,
        window_days=workspace.settings.engagement.window_days,
        audience=audience,
        tables=files,
    )
    _replace(folder / MANIFEST, manifest.to_json().encode())
    kept = {MANIFEST, *(file.file for file in files.values())}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def _parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet, without statistics or notes that say more than its cells."""
    content = BytesIO()
    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(plain, content, write_statistics=False)
    return content.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that after a crash it is the old one or the new one."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
