"""The register of metrics: every number of the workbench, by name.

A metric is a plain function: tables, or results of other metrics, in; a tidy frame out. Its
line here says how it is called and what the disclosure rules have to know of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics import caseload, change, engagement, itineraries, needs, practice
from copehope_lib.metrics.metric import Metric, ShownTables
from copehope_lib.metrics.stays import accompanied
from copehope_lib.metrics.visits import visits
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from copehope_lib.vocabulary import Module, Need, Pattern


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
    _known: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Tables, month: pd.Period, settings: Settings) -> "Snapshot":
        """Return the snapshot of a registry."""
        rows = visits(tables.women, tables.activities, tables.sessions, tables.attendance)
        return cls(tables, month, settings, rows)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the result of a metric."""
        if name not in self._known:
            self._known[name] = METRICS[name].compute(self)
        return self._known[name]

    @cached_property
    def here(self) -> pd.DataFrame:
        """The stays that hold on the last day, one a woman."""
        after = months.bounds(self.month)[1]
        return accompanied(self.tables.women, after - pd.Timedelta(days=1))

    @cached_property
    def days(self) -> pd.DataFrame:
        """The days of each stay on which a session expected her."""
        return engagement.expected_days(self.visits, self.month)

    @cached_property
    def training(self) -> pd.DataFrame:
        """The women whom a long training expected."""
        tables = self.tables
        return needs.in_long_training(self.visits, tables.women, tables.activities, self.month)

    @cached_property
    def before(self) -> "Snapshot":
        """The same registry at the end of the period before."""
        last = months.bounds(self.month)[0] - pd.Timedelta(days=1)
        # Each pause up to then is among those up to now.
        pauses = engagement.as_of(self["engagement.pauses"], last)
        return replace(self, month=self.month - 1, _known={"engagement.pauses": pauses})

    @cached_property
    def facts(self) -> practice.Facts:
        """What the practice checks look at."""
        return practice.facts(
            self.tables,
            self.visits,
            self["caseload.functions"],
            self["needs.women"],
            self["itineraries.goals"],
            self.training,
            self.month,
            zone=self.settings.zone,
        )

    @cached_property
    def checked(self) -> dict[str, practice.Checked]:
        """What each practice check finds."""
        return practice.look(self.facts)


_SAFETY = frozenset(name for name, asked in RECOMMENDATIONS.items() if asked.about_safety)
# Each step of a curve is one woman, and its next month tells her apart from the others.
_CURVE: dict[str, Any] = {"derived": ("share", "low", "high"), "release_to": "supervision"}


def _change(
    name: str, put: Callable[[ShownTables, ShownTables], pd.DataFrame], **more: Any
) -> Metric:
    """Return a metric of change: put together from tables, computed or as they are shown."""
    return Metric(
        name,
        lambda s: put(s.before, s),
        counts=tuple(change.COUNTS),
        from_shown=put,
        repeats=True,
        **more,
    )


_CASELOAD = (
    Metric(
        "caseload.load",
        lambda s: caseload.load(
            s.tables.assignments,
            s.tables.women,
            s.tables.professionals,
            s.month,
            weights=s.settings.caseload.weights,
            capacity=s.settings.caseload.capacity,
        ),
        "professional",
        ("women",),
        derived=("women_average", "points", "load"),
        rests_on=("women",),
        coarse=caseload.whole,
        dominance=lambda s: caseload.heaviest(
            s.tables.assignments,
            s.tables.women,
            s.tables.professionals,
            s.month,
            weights=s.settings.caseload.weights,
        ),
    ),
    Metric(
        "caseload.functions",
        lambda s: caseload.functions(
            s.tables.assignments, s.tables.women, s.tables.professionals, s.month
        ),
        "woman",
    ),
    Metric(
        "caseload.distribution",
        lambda s: caseload.distribution(
            s.tables.assignments, s.tables.women, s.tables.professionals, s.month
        ),
        "professional",
        ("women",),
        release_to="supervision",
    ),
    Metric(
        "caseload.profiles",
        lambda s: caseload.profiles(s["caseload.functions"]),
        counts=("women",),
    ),
    Metric(
        "caseload.spread",
        lambda s: caseload.spread(s["caseload.load"], s["caseload.functions"]),
        counts=("professionals", "women", "carried_alone"),
        derived=("median", "max_to_median", "gini"),
        rests_on=("professionals",),
        from_shown=lambda _, now: caseload.spread_again(
            now["caseload.spread"], now["caseload.load"]
        ),
        by_category=False,
    ),
    Metric(
        "caseload.reference",
        lambda s: caseload.reference(s.tables.assignments, s.tables.women, s.month),
        counts=("women",),
    ),
)

_ENGAGEMENT = (
    Metric(
        "engagement.attendance",
        lambda s: engagement.attendance(s.visits, s.tables.activities, s.month),
        counts=("attended", "partly", "excused", "missed", "cancelled_by_us"),
        margins={"came": ("attended", "partly"), "away": ("excused", "missed")},
        derived=("rate",),
        rests_on=("came", "away"),
        recompute=engagement.rate_of_margins,
    ),
    Metric(
        "engagement.barriers",
        lambda s: engagement.barriers(s.visits, s.month),
        counts=("times",),
    ),
    Metric(
        "engagement.modules",
        lambda s: engagement.modules(
            s.visits, s.tables.sessions, s.tables.activities, s.month, zone=s.settings.zone
        ),
        counts=("women",),
        derived=("group_size",),
        rests_on=("women",),
        coarse=engagement.told_of_groups,
        by_category=False,
    ),
    Metric(
        "engagement.pauses",
        lambda s: engagement.pauses(
            s.days, s.tables.women, s.month, pause_days=s.settings.engagement.pause_days
        ),
        "woman",
    ),
    Metric(
        "engagement.movements",
        lambda s: engagement.movements(s["engagement.pauses"], s.month),
        counts=("women",),
        release_to="team",
    ),
    Metric(
        "engagement.women",
        lambda s: engagement.women(
            s.visits,
            s.tables.women,
            s["engagement.pauses"],
            s.month,
            window_days=s.settings.engagement.window_days,
            steady_rate=s.settings.engagement.steady_rate,
        ),
        "woman",
    ),
    Metric(
        "engagement.patterns",
        lambda s: engagement.patterns(s["engagement.women"]),
        counts=("women",),
    ),
    Metric(
        "engagement.flows",
        lambda s: engagement.flows(s.before["engagement.women"], s["engagement.women"]),
        counts=("women",),
        release_to="team",
    ),
    Metric(
        "engagement.retention",
        lambda s: engagement.retention(
            s.days, s.tables.women, s.month, pause_days=s.settings.engagement.pause_days
        ),
        counts=("observed", "engaged"),
        **_CURVE,
    ),
    Metric(
        "engagement.time_to_pause",
        lambda s: engagement.time_to_pause(s.days, s.tables.women, s["engagement.pauses"], s.month),
        counts=("at_risk", "paused"),
        **_CURVE,
    ),
    Metric(
        "engagement.time_to_return",
        lambda s: engagement.time_to_return(s.tables.women, s["engagement.pauses"], s.month),
        counts=("at_risk", "returned"),
        **_CURVE,
    ),
)

_ITINERARIES = (
    Metric(
        "itineraries.goals",
        lambda s: itineraries.goals(
            s.tables.women, s.tables.goals, s["itineraries.paths"], s.month
        ),
        "woman",
    ),
    Metric(
        "itineraries.states",
        lambda s: itineraries.states(s["itineraries.goals"]),
        counts=("goals",),
    ),
    Metric(
        "itineraries.chosen",
        lambda s: itineraries.chosen(s["itineraries.goals"]),
        counts=("goals",),
    ),
    Metric(
        "itineraries.flows",
        lambda s: itineraries.flows(
            s["itineraries.goals"], s["itineraries.paths"], s.tables.goals, s.month
        ),
        counts=("goals",),
        release_to="team",
    ),
    Metric(
        "itineraries.quiet",
        lambda s: itineraries.quiet(s["itineraries.goals"], s.month),
        counts=("goals",),
        recode=itineraries.quiet_merged,
    ),
    Metric(
        "itineraries.attainment",
        lambda s: itineraries.attainment(
            s["itineraries.goals"],
            rho=s.settings.itineraries.rho,
            weights=s.settings.itineraries.weights,
        ),
        "woman",
    ),
    Metric(
        "itineraries.levels",
        lambda s: itineraries.levels(s["itineraries.goals"]),
        counts=("goals",),
    ),
    Metric(
        "itineraries.paths",
        lambda s: itineraries.paths(s.tables.women, s.tables.goals, s.tables.goal_events, s.month),
        "woman",
    ),
)

_NEEDS = (
    Metric(
        "needs.women",
        lambda s: needs.women(s.tables.women, s.tables.needs, s.month),
        "woman",
    ),
    Metric(
        "needs.coverage",
        lambda s: needs.coverage(s.here, s["needs.women"]),
        counts=("women",),
    ),
    Metric(
        "needs.changes",
        lambda s: needs.changes(
            needs.reviewed(s.here, s.tables.women, s.tables.needs, months.bounds(s.month)[0]),
            s["needs.women"],
        ),
        counts=("women",),
        recode=needs.changes_merged,
        release_to="team",
    ),
    Metric(
        "needs.training",
        lambda s: needs.training(s.training, s["needs.women"]),
        "woman",
    ),
)

_PRACTICE = (
    Metric(
        "practice.checks",
        lambda s: practice.checks(s.checked),
        counts=("numerator", "denominator"),
        sensitive=_SAFETY,
        by_category=False,
    ),
    Metric("practice.findings", lambda s: practice.findings(s.checked), "woman", by_category=False),
)

_CHANGES = (
    _change(
        "change.attendance",
        lambda before, now: change.between(
            change.came(before["engagement.attendance"]),
            change.came(now["engagement.attendance"]),
            ["all", *Module.codes()],
        ),
    ),
    _change(
        "change.patterns",
        lambda before, now: change.between(
            change.of_all(before["engagement.patterns"], before["caseload.spread"]),
            change.of_all(now["engagement.patterns"], now["caseload.spread"]),
            Pattern.codes(),
        ),
    ),
    _change(
        "change.coverage",
        lambda before, now: change.between(
            change.covered(before["needs.coverage"]),
            change.covered(now["needs.coverage"]),
            Need.codes(),
        ),
    ),
    _change(
        "change.checks",
        lambda before, now: change.between(
            before["practice.checks"], now["practice.checks"], practice.CHECKS
        ),
        sensitive=_SAFETY,
        by_category=False,
    ),
)

METRICS: dict[str, Metric] = {
    metric.name: metric
    for family in (_CASELOAD, _ENGAGEMENT, _ITINERARIES, _NEEDS, _PRACTICE, _CHANGES)
    for metric in family
}
"""All metrics by name."""
