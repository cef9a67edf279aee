"""Itineraries in a month: where goals stand, whose they are, and how they went."""

from copehope_lib.charts import itineraries as charts
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import itineraries as readings
from copehope_lib.readings import months
from copehope_lib.vocabulary import Area, ChosenBy, GoalEvent, GoalState


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return the itineraries of an extract.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = panel(Extract(demo.workspace().extracts, "team"))
    >>> page.state.area = "work"
    >>> page.cards["itineraries-areas"].reading.startswith("Work: ")
    True
    """
    return Panel(_("Itineraries"), extract, parts(extract), ["area"], state)


def parts(extract: Extract) -> list[Part]:
    """Return the cards of the page, for this audience.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(parts(Extract(demo.workspace().extracts, "team"))) > 1
    True
    """
    made = [
        Part(
            "itineraries-areas",
            _("Goals of each area, by where they stand on the last day of the month."),
            _("How large a goal is: a paper may take a year, a visit an hour."),
            areas,
            "half",
            "area",
        ),
        Part(
            "itineraries-chosen",
            _("Goals by who chose them (§5.3.2: start from what women prioritise)."),
            _("What she would have chosen if there had been more to choose from."),
            chosen,
            "half",
        ),
        Part(
            "itineraries-quiet",
            _("Open goals by the days since anything was written about them."),
            _("Whether nothing happened, or nobody had time to write it down."),
            quiet,
            "half",
        ),
        Part(
            "itineraries-levels",
            _("Rated goals, on the five steps of goal attainment scaling."),
            _("Her worth, or ours: it compares a goal with what was expected of it."),
            levels,
            "half",
        ),
    ]
    if extract.holds("itineraries.flows"):
        made.insert(
            0,
            Part(
                "itineraries-flows",
                _("Where each goal stood a month before, and where it stands now."),
                _("Why a goal was set aside: letting go of one can be a step forward."),
                flows,
                "full",
            ),
        )
    if extract.holds("itineraries.paths"):
        made.append(
            Part(
                "itineraries-paths",
                _(
                    "Goals about which something was written this month, as they went: dots are a "
                    "pause, a ring is where it was taken up again. Choose an area to see all of it."
                ),
                _("A straight line: nobody’s itinerary is one."),
                paths,
                "full",
            )
        )
    return made


def flows(seen: Seen) -> Shown:
    """Show where goals stood before, and stand now."""
    moves = seen.table("itineraries.flows")
    return Shown(
        readings.flows(moves, seen.audience),
        charts.flows(moves, seen.state.period, seen.audience),
        Table(
            moves[moves["goals"].isna() | (moves["goals"] > 0)],
            {"before": _("Before"), "after": _("Now"), "goals": _("Goals")},
            {"before": GoalState, "after": GoalState},
        ),
    )


def areas(seen: Seen) -> Shown:
    """Show the goals of each area; of one area, month by month."""
    code = seen.state.area
    headings = {"area": _("Area"), "state": _("State"), "goals": _("Goals")}
    labels = {"area": Area, "state": GoalState}
    if not code:
        states = seen.table("itineraries.states")
        return Shown(
            readings.states(states, seen.audience),
            charts.by_area(states, seen.audience),
            Table(states, headings, labels),
        )
    history = seen.history("itineraries.states")
    one = history[history["area"] == code]
    under_way = one[one["state"] == GoalState.UNDER_WAY]
    label = _("{area}: goals under way").format(area=Area.label_of(code))
    return Shown(
        months.count(label, list(under_way["month"]), under_way["goals"]),
        charts.area_over_months(history, code, seen.state.month, seen.audience),
        Table(one, {"month": _("Month"), **headings}, labels),
        _("Goals of this area by where they stood, month by month."),
    )


def chosen(seen: Seen) -> Shown:
    """Show whose goals they are."""
    by = seen.table("itineraries.chosen")
    return Shown(
        readings.chosen(by, seen.audience),
        charts.by_choice(by, seen.audience),
        Table(
            by,
            {"chosen_by": _("Chosen by"), "state": _("State"), "goals": _("Goals")},
            {"chosen_by": ChosenBy, "state": GoalState},
        ),
    )


def quiet(seen: Seen) -> Shown:
    """Show for how long nothing was written about a goal."""
    spans = seen.table("itineraries.quiet")
    return Shown(
        readings.quiet(spans, seen.audience),
        charts.quiet(spans),
        Table(spans, {"days": _("Days"), "goals": _("Goals")}),
    )


def levels(seen: Seen) -> Shown:
    """Show how rated goals came out."""
    rated = seen.table("itineraries.levels")
    return Shown(
        readings.levels(rated, seen.audience),
        charts.levels(rated),
        Table(rated, {"attainment": _("Attainment"), "goals": _("Goals")}),
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
        Table(
            entries,
            {
                "woman": _("Woman"),
                "goal": _("Goal"),
                "area": _("Area"),
                "on": _("Day"),
                "event": _("What happened"),
                "attainment": _("Attainment"),
            },
            {"area": Area, "event": GoalEvent},
        ),
    )
