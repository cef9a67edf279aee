"""What was ever published for an audience: whoever was shown a month may have kept it.

Each edition of each month is kept as it was shown, in ``published/<audience>/<month>-<n>/`` of
the workspace. It holds nothing that was not shown, and is written before anybody can see the
extract: a crash in between remembers too much, and never too little.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS
from copehope_lib.privacy.audience import Audience
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
    def of(cls, published: Path, audience: Audience) -> "Memory":
        """Read what is remembered of an audience.

        Raises
        ------
        CopehopeError
            If an edition is damaged: without it no month can be protected against it.
        """
        folder = published / audience.name
        found = [path.parent for path in folder.glob(f"[!.]*/{MANIFEST}")]
        kept = sorted(found, key=lambda path: (path.name[:7], int(path.name[8:])))
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

    def refuse_out_of_order(self, month: pd.Period) -> None:
        """Refuse a month that comes before one that is published already, and never was itself.

        Raises
        ------
        CopehopeError
            It names the latest month.
        """
        months = [pd.Period(manifest.month, "M") for manifest in self.manifests.values()]
        if months and month < max(months) and month not in months:
            raise CopehopeError(
                _(
                    "{month} comes before {latest}, which has been published already: publish "
                    "months in their order, because each is protected against those before it."
                ).format(month=month, latest=max(months))
            )

    def last(self, month: pd.Period) -> Edition | None:
        """Return the latest edition of a month; none if there is none."""
        return next(reversed(self.editions(month)), None)

    def keep(self, files: Mapping[str, bytes], manifest: Manifest) -> None:
        """Remember an edition, unless it shows what the last one of its month showed.

        Parameters
        ----------
        files : mapping of str to bytes
            Its files, as they are shown.
        manifest : Manifest
            What it says of itself.
        """
        before = [one for one in self.manifests.values() if one.month == manifest.month]
        if before and _digests(before[-1]) == _digests(manifest):
            return
        place = self.folder / f"{manifest.month}-{len(before) + 1}"
        draft = place.with_name(f".{place.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, content in files.items():
            (draft / name).write_bytes(content)
        draft.replace(place)


def edition_of(folder: Path, manifest: Manifest) -> Edition:
    """Return one published month as an edition.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> folder = demo.workspace().extracts / "2026-10" / "team"
    >>> edition_of(folder, Manifest.read(folder)).minimum
    3
    """
    return Edition(
        pd.Period(manifest.month, "M"),
        {name: manifest.table(folder, name) for name in manifest.tables if name in METRICS},
        manifest.audience.rounding,
        manifest.audience.minimum,
    )


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


def _digests(manifest: Manifest) -> dict[str, str]:
    return {name: file.sha256 for name, file in manifest.tables.items()}
