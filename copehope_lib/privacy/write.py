"""An extract on the disk: Parquet files, and the manifest that makes them the extract."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS
from copehope_lib.privacy.anonymity import Anonymity
from copehope_lib.privacy.manifest import MANIFEST, File, Manifest
from copehope_lib.privacy.memory import Memory
from copehope_lib.privacy.protect import keys


@dataclass(frozen=True)
class Published:
    """An extract that was written.

    Attributes
    ----------
    folder : pathlib.Path
        Where it is.
    withdrawn : mapping of str to int
        How many counts of a table the edition before showed and this one hides.
    changed : mapping of str to int
        How many counts of a table are others than in the edition before.
    """

    folder: Path
    withdrawn: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)


def write(
    folder: Path,
    shown: Mapping[str, pd.DataFrame],
    about: Manifest,
    memory: Memory | None = None,
    measured: Mapping[str, Anonymity] | None = None,
) -> Published:
    """Write tables under names of their own, then the manifest that makes them the extract.

    Until the manifest is replaced, which is one atomic step, the old one and its files stand.
    What is remembered is remembered first: a crash in between remembers too much, and never
    too little.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the month and audience.
    shown : mapping of str to pandas.DataFrame
        Its tables.
    about : Manifest
        What is said of them, but for their files.
    memory : Memory, optional
        Of the audience, where it is shown groups.
    measured : mapping of str to Anonymity, optional
        Measures of tables that hold rows about women.

    Raises
    ------
    CopehopeError
        If nothing can be written there.
    """
    content = {name: parquet(table) for name, table in shown.items()}
    files = {
        name: _file(name, shown[name], content[name], (measured or {}).get(name)) for name in shown
    }
    since = _since(memory, about, shown)
    manifest = replace(about, tables=files, withdrawn=since[0])
    by_file = {files[name].file: content[name] for name in shown}
    by_file[MANIFEST] = manifest.to_json().encode()
    with writing(folder):
        if memory is not None:
            memory.keep(by_file, manifest)
        folder.mkdir(parents=True, exist_ok=True)
        # The manifest is the last of them.
        for name, one in by_file.items():
            replace_file(folder / name, one)
        for path in folder.iterdir():
            if path.name not in by_file:
                path.unlink()
    return Published(folder, *since)


def add(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Add tables to an extract, in place of those of the same names.

    Raises
    ------
    CopehopeError
        If its manifest is damaged, or nothing can be written there.
    """
    manifest = Manifest.read(folder)
    content = {name: parquet(table) for name, table in tables.items()}
    files = {name: _file(name, tables[name], content[name], None) for name in tables}
    old = {manifest.tables[name].file for name in tables if name in manifest.tables}
    now = replace(manifest, tables={**manifest.tables, **files})
    with writing(folder):
        for name in tables:
            replace_file(folder / files[name].file, content[name])
        replace_file(folder / MANIFEST, now.to_json().encode())
        for name in old - {file.file for file in files.values()}:
            (folder / name).unlink(missing_ok=True)


def _file(name: str, table: pd.DataFrame, content: bytes, measured: Anonymity | None) -> File:
    digest = hashlib.sha256(content).hexdigest()
    counts = [of for of in METRICS[name].counts if of in table] if name in METRICS else []
    return File(
        f"{name}-{digest[:12]}.parquet",
        rows=len(table),
        sha256=digest,
        counts=int(table[counts].size),
        hidden=int(table[counts].isna().sum().sum()),
        k=measured.k if measured else None,
        l=measured.l if measured else None,
    )


def _since(
    memory: Memory | None, about: Manifest, shown: Mapping[str, pd.DataFrame]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many counts of each table are withdrawn, and changed, since the last time."""
    last = memory.last(pd.Period(about.month, "M")) if memory else None
    before = last.tables if last else {}
    withdrawn: dict[str, int] = {}
    changed: dict[str, int] = {}
    for name in [of for of in shown if of in before]:
        old, now = (
            of[list(METRICS[name].counts)].astype("Float64").set_axis(keys(name, of))
            for of in (before[name], shown[name])
        )
        both = old.index.intersection(now.index)
        old, now = old.loc[both], now.loc[both]
        gone = int((old.notna() & now.isna()).sum().sum())
        other = int((old != now).fillna(value=False).sum().sum())
        withdrawn |= {name: gone} if gone else {}
        changed |= {name: other} if other else {}
    return withdrawn, changed


def parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet, without statistics or notes that say more than its cells.

    Examples
    --------
    >>> parquet(pd.DataFrame({"women": [4]}))[:4]
    b'PAR1'
    """
    content = BytesIO()
    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    # A dictionary would list words of categories that stand in no row.
    pq.write_table(_plain_words(plain), content, write_statistics=False, use_dictionary=False)
    return content.getvalue()


def _plain_words(table: pa.Table) -> pa.Table:
    plain = [
        pa.field(of.name, of.type.value_type if pa.types.is_dictionary(of.type) else of.type)
        for of in table.schema
    ]
    return table.cast(pa.schema(plain))


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say it in a sentence if something cannot be written.

    Raises
    ------
    CopehopeError
        With the folder and the reason.
    """
    try:
        yield
    except OSError as problem:
        raise CopehopeError(
            _("{folder} cannot be written ({reason}): what was there still is.").format(
                folder=folder, reason=problem.strerror
            )
        ) from None


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that after a crash it is the old one or the new one."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
