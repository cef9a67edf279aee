"""The caseload of a month: the load of each post, who stands around a woman, the spread."""

from copehope_lib.charts import caseload as charts
from copehope_lib.documents.blocks import Table
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.panel import Panel, Part, Seen, Shown
from copehope_lib.panels.state import State
from copehope_lib.readings import caseload as readings
from copehope_lib.vocabulary import Function


def panel(extract: Extract, state: State | None = None) -> Panel:
    """Return the caseload of an extract.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> panel(Extract(demo.workspace().extracts, "team")).title
    'Caseload'
    """
    return Panel(_("Caseload"), extract, parts(extract), state=state)


def parts(extract: Extract) -> list[Part]:
    """Return the cards of the page, for this audience.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> len(parts(Extract(demo.workspace().extracts, "team"))) > 1
    True
    """
    audience = extract.audience
    made = [
        Part(
            "caseload-profiles",
            _("Women by the number of different profiles who accompany them."),
            _("Whether the people around her know of one another."),
            profiles,
            "rest" if audience.professionals else "half",
        ),
        Part(
            "caseload-spread",
            _("The fullest post shown divided by the median one; 1 would be even."),
            _("Why: a new colleague, a leave, or a woman who trusts one person."),
            spread,
            "most" if audience.professionals else "half",
        ),
        Part(
            "caseload-reference",
            _("Women by how often their reference person changed in six months."),
            _("Whether a change was a loss to her, or what she had asked for."),
            reference,
            "rest" if audience.professionals else "half",
        ),
    ]
    if audience.professionals:
        made.insert(
            0,
            Part(
                "caseload-load",
                _(
                    "Points of each post on the last day of the month, against its capacity. "
                    "The shaded range is a setting of the team, not a target."
                ),
                _("How heavy the days were: only the team can say that."),
                load,
                "most",
            ),
        )
    if audience.cases:
        made.append(
            Part(
                "caseload-distribution",
                _("Women whom each person accompanies, by function; a woman may be in several."),
                _("What a function takes: one woman may need more of it than five others."),
                distribution,
                "full",
            )
        )
    return made


def load(seen: Seen) -> Shown:
    """Show the load of each post."""
    loads = seen.table("caseload.load")
    return Shown(
        readings.load(loads, seen.audience),
        charts.load_per_professional(loads),
        Table(
            loads,
            {
                "professional": _("Professional"),
                "women": _("Women"),
                "women_average": _("Women, average of the month"),
                "points": _("Points"),
                "load": _("Share of capacity"),
            },
        ),
    )


def profiles(seen: Seen) -> Shown:
    """Show how many profiles stand around women."""
    around = seen.table("caseload.profiles")
    return Shown(
        readings.profiles(around, seen.audience),
        charts.women_by_profiles(around),
        Table(around, {"profiles": _("Profiles around her"), "women": _("Women")}),
    )


def spread(seen: Seen) -> Shown:
    """Show how evenly the load was spread, month by month."""
    history = seen.history("caseload.spread")
    return Shown(
        readings.spread(seen.table("caseload.spread"), seen.audience),
        charts.spread_over_months(history),
        Table(
            history,
            {
                "month": _("Month"),
                "women": _("Women"),
                "carried_alone": _("Carried by one person alone"),
                "max_to_median": _("Fullest ÷ median"),
                "gini": _("Gini coefficient"),
            },
        ),
    )


def reference(seen: Seen) -> Shown:
    """Show how often reference persons changed."""
    changed = seen.table("caseload.reference")
    return Shown(
        readings.reference(changed, seen.audience),
        charts.reference_changes(changed),
        Table(changed, {"changes": _("Changes in six months"), "women": _("Women")}),
    )


def distribution(seen: Seen) -> Shown:
    """Show who accompanies in which function."""
    who = seen.table("caseload.distribution")
    return Shown(
        readings.distribution(who, seen.audience),
        charts.distribution(who),
        Table(
            who,
            {"professional": _("Professional"), "function": _("Function"), "women": _("Women")},
            {"function": Function},
        ),
    )
