"""Itineraries in a month: where goals stand, whose they are, and how they went."""

from copehope_lib.charts import itineraries as charts
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import metric, metric_for, one_in_pieces, or_one
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.readings import itineraries as readings
from copehope_lib.vocabulary import GoalState, Together


def flows(seen: Seen) -> Shown:
    """Show where goals stood before, and stand now."""
    moves = seen.table("itineraries.flows")
    known = moves[moves["goals"].isna() | (moves["goals"] > 0)]
    return Shown(
        readings.flows(moves, seen.audience),
        charts.flows(moves, seen.extract.period(seen.state.period)),
        table_of(known, labels={"before": GoalState, "after": GoalState}),
    )


def paths(seen: Seen) -> Shown:
    """Show itineraries as they went: of an area, or those of which something was written."""
    path, goals = seen.table("itineraries.paths"), seen.table("itineraries.goals")
    if seen.state.area:
        told = goals[goals["area"] == seen.state.area]
    else:
        lately = path.loc[path["on"] >= seen.state.period.to_timestamp(), "goal"]
        told = goals[goals["goal"].isin(set(lately))]
    entries = path[path["goal"].isin(set(told["goal"]))]
    return Shown(
        readings.paths(entries, seen.audience),
        charts.paths(path, told, seen.state.first, seen.state.period),
        table_of(entries, ["woman", "goal", "area", "on", "event", "attainment"]),
    )


FLOWS = PageCard(
    "itineraries-flows",
    N_("Where each goal stood before, and where it stands now."),
    N_("Why a goal was set aside: letting go of one can be a step forward."),
    flows,
    {"movements": "full"},
)
AREAS = PageCard(
    "itineraries-areas",
    N_("Goals of each area, by where they stand on the last day of the month."),
    N_("How large a goal is: a paper may take a year, a visit an hour."),
    or_one(
        "area",
        metric_for("itineraries.states", charts.by_area),
        one_in_pieces(
            "itineraries.states",
            ("area", "state", "goals"),
            {
                GoalState.UNDER_WAY: N_("{area}: goals under way"),
                Together.STILL_OPEN: N_("{area}: goals that are still open"),
            },
            charts.area_over_months,
            N_("Goals of this area by where they stood, month by month."),
        ),
    ),
    sets="area",
)
CHOSEN = PageCard(
    "itineraries-chosen",
    N_("Goals by who chose them (§5.3.2: start from what women prioritise)."),
    N_("What she would have chosen if there had been more to choose from."),
    metric_for("itineraries.chosen", charts.by_choice),
)
QUIET = PageCard(
    "itineraries-quiet",
    N_("Open goals by the days since anything was written about them."),
    N_("Whether nothing happened, or nobody had time to write it down."),
    metric("itineraries.quiet", charts.quiet),
)
LEVELS = PageCard(
    "itineraries-levels",
    N_("Rated goals, on the five steps of goal attainment scaling."),
    N_("Her worth, or ours: it compares a goal with what was expected of it."),
    metric("itineraries.levels", charts.levels),
)
PATHS = PageCard(
    "itineraries-paths",
    N_(
        "Goals about which something was written this month, as they went: dots are a "
        "pause, a ring is where it was taken up again. Choose an area to see all of it."
    ),
    N_("A straight line: nobody’s itinerary is one."),
    paths,
    {"cases": "full"},
)
CARDS = (FLOWS, AREAS, CHOSEN, QUIET, LEVELS, PATHS)
