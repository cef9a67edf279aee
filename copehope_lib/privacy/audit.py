"""The auditor: what an attacker can compute of each hidden count, from all that is shown.

It reads published folders and nothing else, and shares no code with the one who protected them
but the sums that hold among tables (:mod:`copehope_lib.metrics.sums`): for each hidden count
it solves for the smallest and the largest whole number that fits with everything else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS
from copehope_lib.privacy.audience import Audience
from copehope_lib.privacy.manifest import Manifest
from copehope_lib.privacy.memory import edition_of
from copehope_lib.privacy.protect import keys
from copehope_lib.privacy.system import Edition, Flags, Floats, Places, System, of_no_woman

MOST = 100_000.0
"""Stands for no upper bound; what is left of it once others are taken off is none either."""


@dataclass(frozen=True)
class Deduced:
    """What can be deduced of one hidden count.

    Attributes
    ----------
    month : pandas.Period
        Month of the extract.
    table, row, column : str
        Where it stands; ``row`` is in the words of the table. A rest of a sum has no column.
    low, high : int or None
        The smallest and largest number that it could be; none where nothing bounds it.
    """

    month: pd.Period
    table: str
    row: str
    column: str
    low: int
    high: int | None

    @property
    def place(self) -> str:
        """Where it stands, in one line."""
        return ", ".join(part for part in (self.table, self.row, self.column) if part)

    @property
    def width(self) -> float:
        """How many numbers it could be."""
        return np.inf if self.high is None else self.high - self.low + 1


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    Attributes
    ----------
    audience : Audience
        Whose promise is audited.
    shares : mapping of str to (int, int)
        For each table of the extract how many counts are hidden, and how many there are.
    deduced : sequence of Deduced
        Every hidden count that the extract holds, or has to do with.
    wrong : sequence of str
        Sentences on what breaks a promise.
    """

    audience: Audience
    shares: Mapping[str, tuple[int, int]]
    deduced: Sequence[Deduced]
    wrong: Sequence[str]

    @property
    def narrowest(self) -> Deduced | None:
        """The hidden count of which most can be deduced."""
        return min(self.deduced, key=lambda one: one.width, default=None)


def audit(folder: Path, against: Sequence[Path] = ()) -> Audit:
    """Audit one extract, alone or together with others that somebody may hold.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of one month and audience.
    against : sequence of pathlib.Path
        Further folders, of other months or audiences.

    Returns
    -------
    Audit
        What can be deduced.

    Raises
    ------
    CopehopeError
        If a folder holds no extract, or a file is not the one that was published.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> found = audit(demo.workspace().extracts / "2026-10" / "team")
    >>> found.wrong, found.narrowest.width >= found.audience.width
    ([], True)
    """
    manifests = [Manifest.read(place) for place in (folder, *against)]
    editions = [
        _own(edition_of(place, manifest))
        for place, manifest in zip((folder, *against), manifests, strict=True)
    ]
    audience = manifests[0].audience
    shares = {
        name: (file.hidden, file.counts)
        for name, file in manifests[0].tables.items()
        if file.counts
    }
    wrong = [*_plainly_wrong(editions[0], audience)]
    if audience.cases:
        return Audit(audience, shares, [], wrong)
    deduced = list(_deduce(editions, [one.audience for one in manifests]))
    wrong += [
        _(
            "{place} of {month} can be computed to {low}–{high}, which is narrower than the "
            "{promised} numbers promised."
        ).format(
            place=one.place, month=one.month, low=one.low, high=one.high, promised=audience.width
        )
        for one in deduced
        if one.width < audience.width
    ]
    return Audit(audience, shares, deduced, wrong)


def _own(edition: Edition) -> Edition:
    """Return an edition without sums of what is rounded: they tell no more than their parts."""
    own = {
        name: table
        for name, table in edition.tables.items()
        if edition.rounding == 1 or not METRICS[name].repeats
    }
    return replace(edition, tables=own)


def _plainly_wrong(edition: Edition, audience: Audience) -> Iterator[str]:
    """Yield a sentence for each table that shows what it must not, without any computing."""
    for name, table in edition.tables.items():
        metric = METRICS[name]
        kept = table[~of_no_woman(name, table)]
        counts = kept[_counted(name, table)].astype("Float64")
        small = (counts > 0) & (counts < audience.minimum)
        if small.any(axis=None):
            yield _("{table} shows a count under {n}.").format(table=name, n=audience.minimum)
        if (counts % audience.rounding != 0).any(axis=None):
            yield _("{table} shows a count that is not rounded.").format(table=name)
        rests = [of for of in metric.rests_on if of in table]
        if (
            table[rests].isna().any(axis=1) & table[list(metric.derived)].notna().any(axis=1)
        ).any():
            yield _("{table} shows what follows from a count that it hides.").format(table=name)
        if not audience.cases and "woman" in table:
            yield _("{table} holds rows about women.").format(table=name)


def _deduce(editions: Sequence[Edition], audiences: Sequence[Audience]) -> Iterator[Deduced]:
    """Yield what can be deduced of each hidden count that the first edition has to do with."""
    system = System.of(editions)
    low, high = system.bounds(editions)
    cells = _cells(system, editions, audiences)
    unseen = np.isinf(high[: system.cells])
    low, high = _of_small(system, editions, low, high)
    system = system.consistent(low, high)
    sums = sparse.vstack([system.sums, _same(cells, len(system.owners))]).tocsr()
    uncertain = np.flatnonzero(high > low)
    among = abs(sums[:, uncertain])
    label = connected_components(among.T @ among)[1]
    parts: dict[int, _Part] = {}
    # What another audience is not shown is none of this one's promises.
    judged = (cells["audience"] == audiences[0].name) & ~cells["of_no_woman"]
    hidden = [*np.flatnonzero(judged & unseen & (high[: system.cells] > 0))]
    # What is left of an inequality tells of no woman.
    rests = np.flatnonzero(~system.alone[system.cells :]) + system.cells
    for cell in [*hidden, *rests]:
        name = label[uncertain.searchsorted(cell)]
        if name not in parts:
            theirs = uncertain[label == name]
            parts[name] = _Part.of(theirs, sums, low, high, system.owners == 0)
        part = parts[name]
        edition = editions[system.owners[cell]]
        where = _where(cell, cells, edition)
        if not part.sums.shape[0]:
            yield Deduced(*where, int(low[cell]), None if np.isinf(high[cell]) else int(high[cell]))
        elif part.own:
            least, most = (part.end(cell, sign) for sign in (1, -1))
            found = Deduced(*where, least, None if most > MOST / 2 else most)
            # A rest may be large, or nothing, and a sum of what another table hides may be
            # known; only a small count must not be.
            own = where[3] and not METRICS[where[1]].repeats
            if own or (found.low >= 1 and (found.high or MOST) < editions[0].minimum):
                yield found


def _cells(
    system: System, editions: Sequence[Edition], audiences: Sequence[Audience]
) -> pd.DataFrame:
    """Return where each cell stands, who is shown it, and whether it tells of no woman."""
    rows = []
    for number, name, column in system.columns:
        month, table = editions[number].month, editions[number].tables[name]
        for row, free in zip(keys(name, table), of_no_woman(name, table), strict=True):
            rows.append((number, audiences[number].name, month, name, row, column, free))
    names = ["edition", "audience", "month", "table", "row", "column", "of_no_woman"]
    return pd.DataFrame(rows, columns=names).astype({"of_no_woman": "bool"})


def _where(cell: int, cells: pd.DataFrame, edition: Edition) -> tuple[pd.Period, str, str, str]:
    """Return month, table, row and column of a cell; a rest of a sum has no column."""
    if cell >= len(cells):
        return edition.month, _("a sum"), str(cell - len(cells) + 1), ""
    of = cells.iloc[cell]
    return edition.month, of["table"], of["row"], of["column"]


def _same(cells: pd.DataFrame, of: int) -> sparse.csr_array:
    """Return that a count of one month is the same count for every audience."""
    one = cells.reset_index(names="cell")
    both = one.merge(one, on=["month", "table", "row", "column"], suffixes=("", "_too"))
    both = both[(both["cell"] < both["cell_too"]) & (both["audience"] != both["audience_too"])]
    places = both[["cell", "cell_too"]].to_numpy(dtype=np.intp).ravel()
    rows = np.repeat(np.arange(len(both)), 2)
    signs = np.tile([1.0, -1.0], len(both))
    return sparse.csr_array((signs, (rows, places)), (len(both), of))


@dataclass(frozen=True)
class _Part:
    """What hangs together with a cell: all uncertain cells, and the sums that they stand in.

    ``own`` says whether a cell of the extract that is audited is among what these sums tell;
    ``least`` is the smallest that each cell is in any whole numbers found so far that fit.
    """

    cells: Places
    sums: sparse.csr_array
    right: Floats
    bounds: Bounds
    own: bool
    least: Floats

    @classmethod
    def of(
        cls, cells: Places, sums: sparse.csr_array, low: Floats, high: Floats, here: Flags
    ) -> "_Part":
        """Return the part of some cells, with all sums in which they stand."""
        theirs = sums[np.flatnonzero(abs(sums[:, cells]).sum(axis=1))]
        known = low.copy()
        known[cells] = 0.0
        bounds = Bounds(low[cells], np.minimum(high[cells], MOST))
        own = bool(here[theirs.indices].any())
        unseen = np.full(len(cells), np.inf)
        return cls(cells, theirs[:, cells], -(theirs @ known), bounds, own, unseen)

    def end(self, cell: int, sign: int) -> int:
        """Return the smallest (sign 1) or largest (−1) whole number that a cell could be."""
        place = int(np.flatnonzero(self.cells == cell)[0])
        if sign == 1 and self.least[place] == self.bounds.lb[place]:
            return int(self.least[place])
        sought = np.zeros(len(self.cells))
        sought[place] = sign
        for whole in (0, 1):
            found = milp(
                sought,
                constraints=LinearConstraint(self.sums, self.right, self.right),
                integrality=np.full(len(self.cells), whole),
                bounds=self.bounds,
            )
            # If the best of all answers is in whole numbers, it is the best of those.
            if found.x is not None and np.allclose(found.x, np.round(found.x), atol=1e-7):
                break
        if found.x is None:
            raise CopehopeError(
                _("What these extracts show does not add up: audit those of one edition together.")
            )
        np.minimum(self.least, np.round(found.x), out=self.least)
        end: int = round(found.x[place])
        return end


def _of_small(
    system: System, editions: Sequence[Edition], low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Return the bounds with what is known of counts that are hidden for being small only.

    These stand in no sum. If zeros are shown beside them they are none, but for a zero that is
    told anyhow: of none who came, no woman came. What is tied to a month that is not at hand, or
    tells of a sum that is nearly all one woman's, may be hidden for any reason.
    """
    inequalities = system.sums[~system.strict]
    none = inequalities.maximum(0) @ np.minimum(high, MOST) == 0
    forced = np.asarray(abs(inequalities[none]).sum(axis=0) > 0)
    sums = [one for metric in METRICS.values() for one in metric.sums if one.over_months]
    tied = {(of.table, of.column) for one in sums for of in one.sides if not of.before}
    alone, unseen = system.alone, np.isinf(high)
    low, high = low.copy(), high.copy()
    for (number, name, column), place in system.columns.items():
        if (name, column) not in tied and METRICS[name].dominance is None:
            woman = ~of_no_woman(name, editions[number].tables[name])
            small = np.flatnonzero(alone[place] & unseen[place] & woman) + place.start
            zeros = alone[place] & ~unseen[place] & ~forced[place] & (high[place] == 0)
            low[small], high[small] = float(zeros.any()), editions[number].minimum - 1.0
    return low, high


def _counted(name: str, table: pd.DataFrame) -> list[str]:
    return [column for column in METRICS[name].counted if column in table]
