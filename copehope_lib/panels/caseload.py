"""The caseload of a month: the load of each post, who stands around a woman, the spread."""

from typing import Any

from copehope_lib.charts import caseload as charts
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.layout import panel
from copehope_lib.panels.month import MonthState
from copehope_lib.readings import caseload as readings
from copehope_lib.widgets.card import Card
from copehope_lib.widgets.table import as_html


class CaseloadPanel:
    """The caseload of an extract.

    Parameters
    ----------
    extract : Extract
        What the audience may see.

    Attributes
    ----------
    state : MonthState
        Setting ``state.month`` redraws the panel.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> panel = CaseloadPanel(Extract(demo.workspace().extracts, "team"))
    >>> panel.state.month = "2026-09"
    >>> panel.load.heading.value.startswith("<h2>")
    True
    """

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.state = MonthState.of(extract)
        self.load = Card(
            _(
                "Points of each post on the last day of the month, against its capacity. "
                "The shaded range is a setting of the team, not a target."
            ),
            _("How heavy the days were: only the team can say that."),
        )
        self.profiles = Card(
            _("Women by the number of different profiles who accompany them."),
            _("Whether the people around her know of one another."),
        )
        self.spread = Card(
            _("The fullest post shown divided by the median one; 1 would be even."),
            _("Why: a new colleague, a leave, or a woman who trusts one person."),
        )
        cards = [self.profiles, self.spread]
        if extract.audience.professionals:
            cards.insert(0, self.load)
        self.view = panel(_("Caseload"), self.state, cards)
        self.state.observe(self._draw, "month")
        self._draw()

    def _draw(self, _change: dict[str, Any] | None = None) -> None:
        month, audience = self.state.period, self.extract.audience
        around = self.extract.table("caseload.profiles", month)
        team = self.extract.table("caseload.spread", month)
        if audience.professionals:
            loads = self.extract.table("caseload.load", month)
            self.load.show(
                readings.load(loads, audience),
                charts.load_per_professional(loads),
                as_html(loads, {
                    "professional": _("Professional"),
                    "women": _("Women"),
                    "women_average": _("Women, average of the month"),
                    "points": _("Points"),
                    "load": _("Share of capacity"),
                }),
            )  # fmt: skip
        self.profiles.show(
            readings.profiles(around, audience),
            charts.women_by_profiles(around),
            as_html(around, {"profiles": _("Profiles around her"), "women": _("Women")}),
        )
        history = self.extract.history("caseload.spread")
        self.spread.show(
            readings.spread(team, audience),
            charts.spread_over_months(history),
            as_html(history, {
                "month": _("Month"),
                "women": _("Women"),
                "carried_alone": _("Carried by one person alone"),
                "max_to_median": _("Fullest ÷ median"),
                "gini": _("Gini coefficient"),
            }),
        )  # fmt: skip
