"""What one audience may see: the published tables of one or more months, read-only.

A page is given an extract and nothing else. Its folder holds Parquet files and a
``manifest.json`` that names them and their hashes; a file that the manifest does not name is
not part of it.
"""

import copy
import os
from pathlib import Path

import pandas as pd

from copehope_lib import months
from copehope_lib.errors import CopehopeError, NotToldError
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.privacy.manifest import BY_SITE, MANIFEST, Manifest


class Extract:
    """The months that have been published for one audience.

    Parameters
    ----------
    root : path-like, optional
        ``extracts/`` of a workspace, or the folder of one month and audience. By default the
        folder that ``copehope serve`` hands to its pages (``COPEHOPE_EXTRACT``).
    audience : str, optional
        Which audience; may be left out where only one has been published.

    Raises
    ------
    CopehopeError
        If nothing has been published there, several audiences have, or a manifest is damaged.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> extract = Extract(demo.workspace().extracts, "team")
    >>> extract.months[-1], extract.audience.minimum
    (Period('2026-10', 'M'), 3)
    """

    def __init__(
        self, root: str | os.PathLike[str] | None = None, audience: str | None = None
    ) -> None:
        self.root = Path(root if root is not None else os.environ.get("COPEHOPE_EXTRACT", ""))
        folders = self._folders(audience)
        manifests = {folder: Manifest.read(folder) for folder in folders}
        found = {manifest.audience.name for manifest in manifests.values()}
        if not found:
            raise CopehopeError(
                _("{root} holds nothing published{whom}: run `copehope publish` first.").format(
                    root=self.root, whom="" if audience is None else f" ({audience})"
                )
            )
        if len(found) > 1:
            raise CopehopeError(
                _("{root} holds several audiences ({audiences}): say which one.").format(
                    root=self.root, audiences=", ".join(sorted(found))
                )
            )
        self._months = {
            pd.Period(manifest.month, "M"): (folder, manifest)
            for folder, manifest in manifests.items()
        }
        self._read: dict[tuple[str, pd.Period], pd.DataFrame] = {}

    def _folders(self, audience: str | None) -> list[Path]:
        if (self.root / MANIFEST).exists():
            return [self.root]
        return sorted(path.parent for path in self.root.glob(f"*/{audience or '*'}/{MANIFEST}"))

    @property
    def months(self) -> list[pd.Period]:
        """The published months, oldest first."""
        return sorted(self._months)

    @property
    def manifest(self) -> Manifest:
        """The manifest of the latest month."""
        return self._months[self.months[-1]][1]

    @property
    def audience(self) -> Audience:
        """Who may see this."""
        return self.manifest.audience

    def holds(self, name: str) -> bool:
        """Whether a table was published for any month."""
        return any(name in manifest.tables for _folder, manifest in self._months.values())

    def tells(self, name: str) -> bool:
        """Whether a table has a row in any published month: what a team does not keep has none.

        Examples
        --------
        >>> from copehope_lib import demo
        >>> extract = Extract(demo.workspace().extracts, "team")
        >>> extract.tells("voice.answers"), extract.tells("voice.waiting")
        (True, False)
        """
        files = [manifest.tables.get(name) for _folder, manifest in self._months.values()]
        return any(file.rows for file in files if file)

    @property
    def sites(self) -> list[str]:
        """The sites that can be told apart; none where there is one, or they may not be."""
        names = [name for name in self.manifest.tables if name.endswith(BY_SITE)]
        apart = (self.table(name, self.months[-1])["site"] for name in names[:1])
        return sorted({str(site) for column in apart for site in column})

    def manifest_of(self, month: pd.Period) -> Manifest:
        """Return the manifest of one published month."""
        return self._months[month][1]

    def about(self, month: pd.Period, site: str = "") -> str:
        """Return team, site, month, and whether it is a draft: what stands under a heading."""
        manifest = self.manifest_of(month)
        draft = (
            _("Draft: it may still change, and is for supervision alone") if manifest.draft else ""
        )
        return " · ".join(filter(None, [manifest.team, site, months.name(month), draft]))

    def last_told(self, month: pd.Period) -> pd.Period:
        """Return the last month, up to one, with which it was told what happened."""
        return month - month.month % self.manifest_of(month).together

    def period(self, month: pd.Period) -> pd.Period:
        """Return the months that were told as one then."""
        last = self.last_told(month)
        return months.together(last - (self.manifest_of(month).together - 1), last)

    def told_together(self, month: pd.Period) -> str:
        """Return the sentence that says which months these are."""
        sentence = _("Told for three months together: {first} to {last}.")
        first = self.period(month).asfreq("M", "start")
        return sentence.format(first=months.name(first), last=months.name(self.last_told(month)))

    def folder(self, month: pd.Period) -> Path:
        """Return the folder of one published month."""
        return self._months[month][0]

    def tells_sites_apart(self, name: str) -> bool:
        """Whether a table can be had of one site alone."""
        return self.holds(name + BY_SITE)

    def table(self, name: str, month: pd.Period, site: str = "") -> pd.DataFrame:
        """Return one table of one month, of one site alone where that can be told.

        Returns
        -------
        pandas.DataFrame
            As the metric of that name describes it, with nullable dtypes; a hidden cell is
            missing.

        Raises
        ------
        CopehopeError
            If the month or the table has not been published, or its file is damaged.
        """
        if month in self._months and name in self.manifest_of(month).whole:
            sentence = _(
                "None of these counts is shown this month: no choice was found that would "
                "have kept the small ones among them safe."
            )
            raise NotToldError(sentence)
        return self._table(name, month, site)

    def _table(self, name: str, month: pd.Period, site: str = "") -> pd.DataFrame:
        if site and self.tells_sites_apart(name):
            apart = self._table(name + BY_SITE, month)
            return apart[apart["site"] == site].drop(columns="site").reset_index(drop=True)
        try:
            folder, manifest = self._months[month]
            if (name, month) not in self._read:
                self._read[name, month] = manifest.table(folder, name)
            return self._read[name, month].copy(deep=False)
        except KeyError:
            about = self._months[month][1] if month in self._months else None
            if about is not None and name in about.over and month != self.last_told(month):
                if self.last_told(month) in self._months:
                    return self._table(name, self.last_told(month), site)
                sentence = _("What happened is told for three months together, with {month}.")
                next_told = self.last_told(month) + about.together
                raise NotToldError(sentence.format(month=months.name(next_told))) from None
            if about is not None and name in about.unknown:
                sentence = _(
                    "What changed since the month before is not known: that month is not closed, "
                    "or was counted by another rule."
                )
                raise NotToldError(sentence) from None
            raise CopehopeError(
                _(
                    "{name} of {month} is not in this extract: supervision has it after `copehope "
                    "preview`, the others from the next month on."
                ).format(name=name, month=month)
            ) from None

    def until(self, month: pd.Period) -> "Extract":
        """Return the same as it was when a month was the latest.

        Examples
        --------
        >>> from copehope_lib import demo
        >>> extract = Extract(demo.workspace().extracts, "team")
        >>> extract.until(extract.months[-2]).months[-1]
        Period('2026-09', 'M')
        """
        earlier = copy.copy(self)
        earlier._months = {one: of for one, of in self._months.items() if one <= month}
        return earlier

    def history(self, name: str, site: str = "") -> pd.DataFrame:
        """Return one table of all months that hold it, with a first column ``month`` (str).

        Raises
        ------
        CopehopeError
            If no month holds it, or a file is damaged.
        """
        frames = [
            self._table(name, month, site).assign(month=str(month))
            for month in self.months
            if name in self._months[month][1].tables
        ]
        if not frames:
            return self.table(name, self.months[-1], site)
        table = pd.concat(frames, ignore_index=True)
        table.insert(0, "month", table.pop("month"))
        return table
