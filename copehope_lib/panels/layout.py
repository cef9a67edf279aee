"""How a panel is laid out: a title that names the month, its choice, and cards two by two."""

from collections.abc import Sequence
from html import escape

import ipywidgets as ipw
import traitlets

from copehope_lib import month as months
from copehope_lib.panels.month import MonthState, month_picker
from copehope_lib.widgets.card import Card


def panel(title: str, state: MonthState, cards: Sequence[Card]) -> ipw.VBox:
    """Return the view of a panel; its heading and its choice of a month follow the state.

    Examples
    --------
    >>> state = MonthState(months=["2026-09", "2026-10"], month="2026-10")
    >>> heading = panel("Caseload", state, []).children[0].children[0]
    >>> state.month = "2026-09"
    >>> heading.value
    "<h1>Caseload</h1><p class='ch-sub'>September 2026</p>"
    """
    heading = ipw.HTML()
    heading.add_class("ch-title")

    def worded(_month: str) -> str:
        return f"<h1>{escape(title)}</h1><p class='ch-sub'>{months.name(state.period)}</p>"

    traitlets.dlink((state, "month"), (heading, "value"), worded)
    choices = ipw.HBox([month_picker(state)])
    choices.add_class("ch-controls")
    top = ipw.HBox([heading, choices])
    top.add_class("ch-top")
    grid = ipw.Box([card.view for card in cards])
    grid.add_class("ch-grid")
    view = ipw.VBox([top, grid])
    view.add_class("ch-page")
    return view
