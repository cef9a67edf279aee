"""How a panel is laid out: a title with its controls, and cards two by two."""

from collections.abc import Sequence

import ipywidgets as ipw

from copehope_lib.widgets.card import Card


def panel(title: ipw.HTML, controls: Sequence[ipw.Widget], cards: Sequence[Card]) -> ipw.VBox:
    """Return the view of a panel."""
    title.add_class("ch-title")
    choices = ipw.HBox(list(controls))
    choices.add_class("ch-controls")
    top = ipw.HBox([title, choices])
    top.add_class("ch-top")
    grid = ipw.Box([card.view for card in cards])
    grid.add_class("ch-grid")
    view = ipw.VBox([top, grid])
    view.add_class("ch-page")
    return view
