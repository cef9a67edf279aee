"""An extract on the disk: Parquet files, and the manifest that makes them the extract."""

import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
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


def files_of(
    shown: Mapping[str, pd.DataFrame],
    about: Manifest,
    measured: Mapping[str, Anonymity] | None = None,
) -> dict[str, bytes]:
    """Return the files of an extract: each table, and at last the manifest that names them.

    Parameters
    ----------
    shown : mapping of str to pandas.DataFrame
        Its tables.
    about : Manifest
        What is said of them, but for their files.
    measured : mapping of str to Anonymity, optional
        Measures of tables that hold rows about women.
    """
    content = {name: parquet(table) for name, table in shown.items()}
    files = {
        name: _file(name, shown[name], content[name], (measured or {}).get(name)) for name in shown
    }
    by_file = {files[name].file: content[name] for name in shown}
    by_file[MANIFEST] = replace(about, tables=files).to_json().encode()
    return by_file


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of an extract under names of their own, and the manifest at last.

    Until the manifest is replaced, which is one atomic step, the old one and its files stand.

    Raises
    ------
    CopehopeError
        If nothing can be written there.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            replace_file(folder / name, content)
        for path in folder.iterdir():
            if path.name not in files:
                path.unlink()


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
    counts = [of for of in METRICS[name].counted if of in table] if name in METRICS else []
    return File(
        f"{name}-{digest[:12]}.parquet",
        rows=len(table),
        sha256=digest,
        counts=len(table) * len(counts),
        hidden=sum(int(table[of].isna().sum()) for of in counts),
        k=measured.k if measured else None,
        l=measured.l if measured else None,
    )


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
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
