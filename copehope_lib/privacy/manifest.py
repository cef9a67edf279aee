"""What an extract says of itself: month, audience with its numbers, files and their hashes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience

MANIFEST = "manifest.json"
BY_SITE = ".by_site"
"""How the name of a table ends that tells a metric of each site apart: its first column."""
EXTRACT_VERSION = 5
"""Raised when an older library could no longer read an extract."""
CASES = "cases"
"""Name of the rows about women that case views need."""
FLAGGED = 4
"""Since this version they say whose assessment is to be looked at."""


@dataclass(frozen=True)
class File:
    """One table of an extract: its Parquet file, rows, and SHA-256; counts, and those hidden.

    Rows about women have the measures ``k`` and ``l`` of what others may know of them.
    """

    file: str
    rows: int
    sha256: str
    counts: int = 0
    hidden: int = 0
    k: int | None = None
    l: int | None = None  # noqa: E741 (it is called so)


@dataclass(frozen=True)
class Manifest:
    """What an extract says of itself.

    ``rules`` says by which version of its definition each table was counted; ``unknown`` are
    those that start from a month before which was not closed, so that nothing is told in them;
    ``whole`` are tables hidden as a whole because no safe choice of counts was found in time;
    ``over`` are those that tell of ``together`` months as one, in the last of them alone;
    a ``draft`` may still change, and is for supervision alone. ``source`` names what was known
    of the month when an extract of supervision was made, and tells nothing of it.
    """

    extract_version: int
    library_version: str
    schema_version: int
    month: str
    team: str
    language: str
    pause_days: int
    window_days: int
    audience: Audience
    tables: Mapping[str, File]
    rules: Mapping[str, int] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    whole: Sequence[str] = ()
    together: int = 1
    over: Sequence[str] = ()
    draft: bool = False
    source: str = ""

    def to_json(self) -> str:
        """Return the text of ``manifest.json``."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the manifest of one month.

        Raises
        ------
        CopehopeError
            If there is none, it is damaged, or it comes from a newer version.
        """
        path = folder / MANIFEST
        try:
            values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if values["extract_version"] > EXTRACT_VERSION:
                raise CopehopeError(
                    _("{path} was published by a newer workbench: update this one.").format(
                        path=path
                    )
                )
            # Up to version 2 it said how exact a date may be, and groups are given no date.
            values["audience"].pop("date_unit", None)
            # Up to version 4 it said what a month that was published again no longer showed.
            values.pop("withdrawn", None)
            values["audience"] = Audience(**values["audience"])
            for name in ("unknown", "whole", "over"):
                values[name] = tuple(values.get(name, ()))
            values["tables"] = {name: File(**file) for name, file in values["tables"].items()}
            return cls(**values)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise _damaged(path) from None

    def table(self, folder: Path, name: str) -> pd.DataFrame:
        """Return one table of the folder that this manifest describes.

        Raises
        ------
        CopehopeError
            If its file is missing, or is not the one that was published; if it is one of
            rows about women that do not say whose assessment is to be looked at.
        KeyError
            If there is no such table.
        """
        file = self.tables[name]
        if name == CASES and self.extract_version < FLAGGED:
            # A flag that is not there would read as if all were well.
            sentence = _(
                "{folder} was published by an older workbench and does not say whose risk "
                "assessment is to be looked at: run `copehope preview`."
            )
            raise CopehopeError(sentence.format(folder=folder))
        path = folder / file.file
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise _damaged(path)
        return pd.read_parquet(BytesIO(content), dtype_backend="numpy_nullable")


def _damaged(path: Path) -> CopehopeError:
    return CopehopeError(
        _(
            "{path} is missing or damaged: remove {folder}, and run `copehope preview`, which lays "
            "it there again."
        ).format(path=path, folder=path.parent)
    )
