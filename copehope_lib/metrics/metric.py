"""What the register says of a metric: how it is computed, and what its columns tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import pandas as pd

if TYPE_CHECKING:
    from copehope_lib.metrics.register import Snapshot


class ShownTables(Protocol):
    """Tables by name: a snapshot's, or those that an audience is shown."""

    def __getitem__(self, name: str, /) -> pd.DataFrame:
        """Return the table of a metric."""


@dataclass(frozen=True)
class Metric:
    """One line of the register.

    Attributes
    ----------
    name : str
        ``module.function``; also the name of its table in an extract.
    compute : callable
        From a snapshot to the frame.
    row : {"group", "professional", "woman"}
        What one row is about. A row about a woman goes into the supervision extract only.
    counts : tuple of str
        Columns that count women or what is theirs: none is shown under the minimum.
    margins : mapping of str to tuple of str
        Sums of counts of a row that a derived column tells; tables for groups have a column
        for each.
    derived : tuple of str
        Columns that follow from the counts.
    rests_on : tuple of str
        Counts and margins from which they follow: hidden where one of these is.
    recompute : callable or None
        Computes the derived columns from counts and margins as they are rounded.
    recode : callable or None
        Makes of many small categories a few larger ones, before any is hidden for groups.
    coarse : callable or None
        Rounds what is no count, such as an average, before it leaves for groups.
    dominance : callable or None
        The two largest parts of the sum that a row tells: ``sum``, ``largest``, ``second``.
    from_shown : callable or None
        Puts the table together from what an audience is shown of the month before, and of this
        one.
    repeats : bool
        Whether all its counts stand in other tables, so that there is nothing of its own to
        protect.
    release_to : {"supervision", "team", "partner"}
        The last audience that is given it.
    sensitive : frozenset of str
        What the first column may name in the supervision extract only.
    by_category : bool
        Whether it can be told for the women of one category alone; what looks at rooms, groups
        and posts as a whole cannot.
    """

    name: str
    compute: Callable[[Snapshot], pd.DataFrame]
    row: Literal["group", "professional", "woman"] = "group"
    counts: tuple[str, ...] = ()
    margins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    recompute: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    recode: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    coarse: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    dominance: Callable[[Snapshot], pd.DataFrame] | None = None
    from_shown: Callable[[ShownTables, ShownTables], pd.DataFrame] | None = None
    repeats: bool = False
    release_to: Literal["supervision", "team", "partner"] = "partner"
    sensitive: frozenset[str] = frozenset()
    by_category: bool = True
