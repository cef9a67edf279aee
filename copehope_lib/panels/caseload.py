"""The caseload of a month: who carries how much, who stands around a woman, who stayed."""

from dataclasses import replace

from copehope_lib.charts import caseload as charts
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import metric, metric_by_month
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.readings import caseload as readings


def load(seen: Seen) -> Shown:
    """Show the load of each post; to supervision, with hours outside sessions in the table."""
    shown = metric("caseload.load", charts.load_per_professional)(seen)
    if "caseload.outside" not in seen.extract.manifest_of(seen.state.period).tables:
        return shown
    outside = seen.table("caseload.outside")
    if outside.empty:
        return shown
    rows = seen.table("caseload.load").merge(outside, "left", "professional")
    reading = f"{shown.reading} {readings.outside(outside, seen.audience)}"
    return replace(shown, reading=reading, table=table_of(rows))


LOAD = PageCard(
    "caseload-load",
    N_(
        "Points of each post on the last day of the month, against its capacity. "
        "The shaded range is a setting of the team, not a target."
    ),
    N_("How heavy the days were: only the team can say that."),
    load,
    {"professionals": "most"},
)
PROFILES = PageCard(
    "caseload-profiles",
    N_("Women by the number of different profiles who accompany them."),
    N_("Whether the people around her know of one another."),
    metric("caseload.profiles", charts.women_by_profiles),
    {"professionals": "rest", "all": "half"},
)
SPREAD = PageCard(
    "caseload-spread",
    N_("The fullest post shown divided by the median one; 1 would be even."),
    N_("Why: a new colleague, a leave, or a woman who trusts one person."),
    metric_by_month(
        "caseload.spread",
        lambda history, _seen: charts.spread_over_months(history),
        ("month", "women", "carried_alone", "max_to_median", "gini"),
    ),
    {"professionals": "most", "all": "half"},
)
REFERENCE = PageCard(
    "caseload-reference",
    N_("Women by how often their reference person changed in six months."),
    N_("Whether a change was a loss to her, or what she had asked for."),
    metric("caseload.reference", charts.reference_changes),
    {"professionals": "rest", "all": "half"},
)
DISTRIBUTION = PageCard(
    "caseload-distribution",
    N_("Women whom each person accompanies, by function; a woman may be in several."),
    N_("What a function takes: one woman may need more of it than five others."),
    metric("caseload.distribution", charts.distribution),
    {"cases": "full"},
)
CARDS = (LOAD, PROFILES, SPREAD, REFERENCE, DISTRIBUTION)
