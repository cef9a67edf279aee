"""Engagement in a month: who paused and came back, what stood in the way, who came."""

from typing import Any

from copehope_lib.charts import engagement as charts
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.layout import panel
from copehope_lib.panels.month import MonthState
from copehope_lib.readings import engagement as readings
from copehope_lib.vocabulary import Barrier, Module, Pattern
from copehope_lib.widgets.card import Card
from copehope_lib.widgets.table import as_html


class EngagementPanel:
    """Engagement, as an extract shows it.

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
    >>> panel = EngagementPanel(Extract(demo.workspace().extracts, "team"))
    >>> panel.state.month = "2026-09"
    >>> panel.patterns.heading.value.startswith("<h2>")
    True
    """

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.state = MonthState.of(extract)
        self.patterns = Card(
            _(
                "Each woman on the last day of the month, by how she came over {window} days. "
                "A pause is a gap of more than {pause} days in which she was expected."
            ).format(window=extract.manifest.window_days, pause=extract.manifest.pause_days),
            _("Why she paused, and whose timetable it was."),
        )
        self.barriers = Card(
            _("Reasons named this month. Sessions that we cancelled are not counted here."),
            _("The reasons that nobody asked for, or that she kept to herself."),
        )
        self.attendance = Card(
            _("Share of the places kept for women at which they came, whole or in part."),
            _("What a session was good for: coming is not the aim."),
        )
        cards = [self.patterns, self.barriers, self.attendance]
        self.view = panel(_("Engagement"), self.state, cards)
        self.state.observe(self._draw, "month")
        self._draw()

    def _draw(self, _change: dict[str, Any] | None = None) -> None:
        month, audience = self.state.period, self.extract.audience
        history = self.extract.history("engagement.patterns")
        named = self.extract.table("engagement.barriers", month)
        came = self.extract.table("engagement.attendance", month)
        patterns = self.extract.table("engagement.patterns", month)
        self.patterns.show(
            readings.movements(self.extract.table("engagement.movements", month), audience)
            if audience.movements
            else readings.patterns(patterns, audience),
            charts.patterns_over_months(history, self.state.month, audience),
            as_html(
                patterns,
                {"pattern": _("Pattern"), "women": _("Women")},
                {"pattern": Pattern},
            ),
        )
        self.barriers.show(
            readings.barriers(named, audience),
            charts.barriers(named),
            as_html(
                named, {"barrier": _("Barrier"), "times": _("Times")}, {"barrier": Barrier}
            ),
        )
        self.attendance.show(
            readings.attendance(came, audience),
            charts.attendance_by_module(came),
            as_html(came, {
                "scope": _("Module"),
                "attended": _("Attended"),
                "partly": _("Attended in part"),
                "excused": _("Excused"),
                "missed": _("Missed"),
                "cancelled_by_us": _("Cancelled by us"),
                "rate": _("Share who came"),
            }, {"scope": Module}),
        )  # fmt: skip
