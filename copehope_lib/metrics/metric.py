"""What a metric declares of itself, and the registry at the end of a month that it looks at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, ParamSpec, Protocol, TypeVar, cast

import pandas as pd

from copehope_lib import months
from copehope_lib.audience_names import AudienceName
from copehope_lib.metrics.category import UNKNOWN, category
from copehope_lib.metrics.preconditions import refuse_undeclared
from copehope_lib.metrics.stays import accompanied
from copehope_lib.metrics.sums import Nothing, Sum
from copehope_lib.metrics.visits import visits
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from copehope_lib.tables.consent import only

P = ParamSpec("P")
T = TypeVar("T")


class ShownTables(Protocol):
    """Tables by name: a snapshot's, or those that an audience is shown."""

    def __getitem__(self, name: str, /) -> pd.DataFrame:
        """Return the table of a metric."""


@dataclass(frozen=True)
class Snapshot:
    """A registry at the end of a period: each metric is computed when it is first asked for.

    Attributes
    ----------
    tables : Tables
        Checked registry.
    month : pandas.Period
        Month, or months as one: ``pd.Period("2026-08", "3M")``.
    settings : Settings
        Of the team.
    visits : pandas.DataFrame
        Each attendance with its day and stay, whatever the period.
    later : Snapshot or None
        That of the period after, where this one is the one before it.
    whole : Snapshot or None
        That of all women, where this one is of some.
    closed : mapping of str to pandas.DataFrame
        Where flows and changes start, by metric: as it was when the month before was closed.
        What is not there starts from the registry as it is now.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> snapshot = Snapshot.of(two_women(), pd.Period("2026-10", "M"), Settings())
    >>> snapshot["engagement.movements"].women.tolist()
    [0, 1]
    """

    tables: Tables
    month: pd.Period
    settings: Settings
    visits: pd.DataFrame
    later: "Snapshot | None" = None
    whole: "Snapshot | None" = None
    closed: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    _known: dict[object, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Tables, month: pd.Period, settings: Settings) -> "Snapshot":
        """Return the snapshot of a registry."""
        refuse_undeclared(vars(tables), "feedback", "referrals", "contacts", "trainings")
        rows = visits(tables.women, tables.activities, tables.sessions, tables.attendance)
        return cls(tables, month, settings, rows)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the result of a metric; what is told of each woman is the same among fewer."""
        metric = METRICS[name]
        if self.whole is None or metric.row != "woman" or not metric.by_category:
            return self.once(metric.compute, self)
        if name not in self._known:
            rows = self.whole[name]
            hers = rows["woman"].isin(self.tables.women["woman"])
            self._known[name] = rows[hers].reset_index(drop=True)
        return cast("pd.DataFrame", self._known[name])

    def start(self, name: str) -> pd.DataFrame:
        """Return where a metric that follows something from month to month starts."""
        starts_from = cast("Callable[[Snapshot], pd.DataFrame]", METRICS[name].starts_from)
        return self.closed[name] if name in self.closed else starts_from(self.before)

    def once(self, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a function makes of this snapshot, made when it is first asked for."""
        if make not in self._known:
            self._known[make] = make(*args, **kwargs)
        return cast("T", self._known[make])

    @property
    def last(self) -> pd.Timestamp:
        """The last day of the period."""
        return months.bounds(self.month)[1] - pd.Timedelta(days=1)

    @cached_property
    def here(self) -> pd.DataFrame:
        """The stays that hold on the last day, one a woman."""
        return accompanied(self.tables.women, self.last)

    @cached_property
    def before(self) -> "Snapshot":
        """The same registry at the end of the period before."""
        whole = self.whole.before if self.whole else None
        return replace(self, month=self.month - 1, later=self, whole=whole, closed={}, _known={})

    def at(self, month: pd.Period) -> "Snapshot":
        """Return the same registry at the end of this period, or of one before it."""
        return self if month == self.month else self.before.at(month)

    def apart(self, by: str) -> dict[str, "Snapshot"]:
        """Return the registries of the women of each site, or of another category, alone."""
        if by not in self._known:
            of = category(self.tables.women, self.month, by)
            later = self.later.apart(by) if self.later else {}
            self._known[by] = {
                str(name): self._of(women, later.get(str(name)), of.index)
                for name, women in (of.groupby(of).groups or {UNKNOWN: of.index}).items()
            }
        return cast("dict[str, Snapshot]", self._known[by])

    def _of(self, women: pd.Index, later: "Snapshot | None", begun: pd.Index) -> "Snapshot":
        """Return some women's registry: a later one as it was before, if of the same women."""
        if later and set(women) == {*begun}.intersection(later.tables.women["woman"]):
            return later.before
        own = Snapshot.of(only(self.tables, women), self.month, self.settings)
        return replace(own, whole=self)


@dataclass(frozen=True)
class Metric:
    """A metric, as its module declares it beside its function.

    Attributes
    ----------
    name : str
        ``module.function``; also the name of its table in an extract.
    compute : callable
        From a snapshot to the frame.
    row : {"group", "professional", "woman"}
        What one row is about. A row about a woman goes into the supervision extract only.
    release_to : {"supervision", "team", "partner"}
        The last audience that is given it.
    counts : tuple of str
        Columns that count women or what is theirs: none is shown under the minimum.
    adds_up : sequence of Sum, or Nothing
        What the counts add up to, in the words of :mod:`copehope_lib.metrics.sums`. It must be
        said of every metric that counts.
    margins : mapping of str to tuple of str
        Sums of counts of a row that a derived column tells; tables for groups have a column
        for each, in place of its parts.
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
    starts_from : callable or None
        Of a metric that follows something from month to month: from a snapshot of the month
        before what it starts from, one row for each with its codes first.
    at_end : bool
        Whether it tells how things stand on the last day, however long the period is.
    rules : int
        Raised when its definition changes: across two versions no flow and no change is told.
    repeats : bool
        Whether all its counts stand in other tables, so that there is nothing of its own to
        protect.
    sensitive : frozenset of str
        What the first column may name in the supervision extract only.
    of_no_woman : frozenset of str
        What the first column may name that tells of no woman, however small its counts are.
    by_category : bool
        Whether it can be told for the women of one category alone; what looks at rooms, groups
        and posts as a whole cannot.

    Raises
    ------
    ValueError
        If it counts and does not say what its counts add up to.
    """

    name: str
    compute: Callable[[Snapshot], pd.DataFrame]
    row: Literal["group", "professional", "woman"] = "group"
    release_to: AudienceName = "supervision"
    counts: tuple[str, ...] = ()
    adds_up: Sequence[Sum] | Nothing | None = None
    margins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    recompute: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    recode: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    coarse: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    dominance: Callable[[Snapshot], pd.DataFrame] | None = None
    from_shown: Callable[[ShownTables, ShownTables], pd.DataFrame] | None = None
    starts_from: Callable[[Snapshot], pd.DataFrame] | None = None
    at_end: bool = False
    rules: int = 1
    repeats: bool = False
    sensitive: frozenset[str] = frozenset()
    of_no_woman: frozenset[str] = frozenset()
    by_category: bool = True

    def __post_init__(self) -> None:
        """Refuse counts of which nobody says what they add up to."""
        if self.row != "woman" and not (self.counts and self.adds_up):
            raise ValueError(
                f"{self.name} does not say what its counts add up to: write adds_up=[equals(…)] "
                'if it is something that is shown elsewhere, or adds_up=nothing("why not").'
            )

    @property
    def counted(self) -> tuple[str, ...]:
        """Its counts, and the margins that go with them."""
        return (*self.counts, *self.margins)

    @property
    def has_own_counts(self) -> bool:
        """Whether it has counts to protect, which stand in no other table."""
        return bool(self.counts) and not self.repeats

    @property
    def sums(self) -> Sequence[Sum]:
        """What its counts add up to, as far as they do."""
        return () if self.adds_up is None or isinstance(self.adds_up, Nothing) else self.adds_up


METRICS: dict[str, Metric] = {}
"""All metrics by name: :mod:`copehope_lib.metrics.register` finds them."""


def add(metric: Metric) -> None:
    """Add a metric to the register, so that it is computed, protected and published.

    Raises
    ------
    ValueError
        If a sum names no counts of it, or counts that neither it nor an earlier metric has.

    Examples
    --------
    >>> from copehope_lib.metrics.sums import Counts, equals
    >>> women = equals(Counts("caseload.sprade", "women"), Counts("x.length", "women"))
    >>> add(Metric("x.length", lambda s: s.here, counts=("women",), adds_up=[women]))
    Traceback (most recent call last):
    ...
    ValueError: x.length adds up with caseload.sprade.women, which no metric before it counts:
    mend the name, or let the sum stand with the later of the two.
    """
    known = {**METRICS, metric.name: metric}
    if any(metric.name not in {side.table for side in one.sides} for one in metric.sums):
        raise ValueError(f"{metric.name} declares a sum that none of its own counts stands in.")
    for side in (side for one in metric.sums for side in one.sides):
        of = known.get(side.table)
        if of is None or side.column not in of.counted:
            raise ValueError(
                f"{metric.name} adds up with {side.table}.{side.column}, which no metric before it "
                "counts: mend the name, or let the sum stand with the later of the two."
            )
    METRICS[metric.name] = metric
