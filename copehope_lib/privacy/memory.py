"""What was ever published for an audience: whoever was shown a month may have kept it.

Each closed month is kept as it is shown, in ``published/<audience>/<month>-1/`` of the workspace,
before anybody can see it. A workspace of an earlier workbench may have several editions of a
month: the last one counts, and all of them are protected against.
"""

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS
from copehope_lib.metrics.practice import left_out
from copehope_lib.privacy.audience import Audience
from copehope_lib.privacy.closing import Months
from copehope_lib.privacy.manifest import MANIFEST, Manifest
from copehope_lib.privacy.system import Edition

Read = TypeVar("Read")


@dataclass(frozen=True)
class Memory:
    """The editions that were published for one audience.

    Attributes
    ----------
    folder : pathlib.Path
        Where they are kept.
    manifests : mapping of pathlib.Path to Manifest
        What each says of itself, by its folder: by month, then as they were published.
    """

    folder: Path
    manifests: Mapping[Path, Manifest]

    @classmethod
    def of(cls, months: Months, audience: Audience) -> "Memory":
        """Read what is remembered of an audience; what lies there of open months nobody saw.

        Raises
        ------
        CopehopeError
            If an edition is damaged: without it no month can be protected against it.
        """
        folder = months.folder / audience.name
        there = {str(month) for month in months.states}
        found = [path.parent for path in folder.glob(f"[!.]*/{MANIFEST}")]
        seen = [path for path in found if path.name[:7] in there]
        kept = sorted(seen, key=lambda path: (path.name[:7], int(path.name[8:])))
        return cls(folder, {path: _undamaged(path, Manifest.read) for path in kept})

    def editions(self, month: pd.Period | None = None) -> list[Edition]:
        """Return the editions of one month, or all; without what repeats other tables.

        Raises
        ------
        CopehopeError
            If one is damaged.
        """
        return [
            _undamaged(path, partial(_own, manifest))
            for path, manifest in self.manifests.items()
            if month is None or manifest.month == str(month)
        ]

    def last(self, month: pd.Period) -> Edition | None:
        """Return the latest edition of a month; none if there is none."""
        return next(reversed(self.editions(month)), None)

    def keep(self, files: Mapping[str, bytes], month: pd.Period) -> None:
        """Lay down what is to be shown of a month that is about to be closed.

        Parameters
        ----------
        files : mapping of str to bytes
            Its files, as they are to be shown.
        month : pandas.Period
            The month.
        """
        place = self.folder / f"{month}-1"
        for left in (place, *self.folder.glob(".*.draft")):
            shutil.rmtree(left, ignore_errors=True)
        draft = self.folder / f".{secrets.token_hex(8)}.draft"
        draft.mkdir(parents=True)
        for name, content in files.items():
            private.write_new(draft / name, content)
        draft.replace(place)

    def rules(self, month: pd.Period) -> Mapping[str, int]:
        """Return by which version of its definition each table of a month was counted."""
        place = self.place(month)
        return self.manifests[place].rules if place else {}

    def place(self, month: pd.Period) -> Path | None:
        """Return the folder of what is shown of a closed month."""
        of_month = [path for path in self.manifests if path.name[:7] == str(month)]
        return of_month[-1] if of_month else None


def edition_of(folder: Path, manifest: Manifest) -> Edition:
    """Return one published month as an edition.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> folder = demo.workspace().extracts / "2026-10" / "team"
    >>> edition_of(folder, Manifest.read(folder)).minimum
    3
    """
    tables = {name: manifest.table(folder, name) for name in manifest.tables if name in METRICS}
    # In a month told by an earlier version every session had its hours: nothing was left out.
    return Edition(
        pd.Period(manifest.month, "M"),
        {"practice.left_out": left_out({}), **tables},
        manifest.audience.rounding,
        manifest.audience.minimum,
        manifest.together,
    )


def undamaged(folder: Path) -> None:
    """See that every table of an extract is the one that was published.

    Raises
    ------
    CopehopeError
        If one is not, or is missing.
    """
    manifest = Manifest.read(folder)
    for name in manifest.tables:
        manifest.table(folder, name)


def _own(manifest: Manifest, folder: Path) -> Edition:
    own = {of: file for of, file in manifest.tables.items() if METRICS[of].has_own_counts}
    return edition_of(folder, replace(manifest, tables=own))


def _undamaged(folder: Path, read: Callable[[Path], Read]) -> Read:
    try:
        return read(folder)
    except CopehopeError:
        raise CopehopeError(
            _(
                "{folder} is damaged: bring it back from your copy, because a new month is "
                "protected against all that was published before."
            ).format(folder=folder)
        ) from None
