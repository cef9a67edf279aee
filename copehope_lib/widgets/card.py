"""A card: one idea, as a sentence, a picture, and the table that proves it."""

from html import escape

import ipywidgets as ipw
import plotly.graph_objects as go

from copehope_lib.language import gettext as _
from copehope_lib.widgets import figure as figures


class Card:
    """One result on a page.

    Parameters
    ----------
    why : str
        How the picture is to be read: what is counted, and when.
    unsaid : str
        What the picture does not say.

    Examples
    --------
    >>> card = Card("Women on the last day of the month.", "Why she came, or did not.")
    >>> card.show("Six women paused.", go.Figure(), "<table></table>")
    >>> "<h2>Six women paused.</h2>" in card.heading.value
    True
    """

    def __init__(self, why: str, unsaid: str) -> None:
        self.why = why
        self.unsaid = unsaid
        self.heading = ipw.HTML()
        self.figure = figures.output()
        self.table = ipw.HTML()
        self.view = ipw.VBox([self.heading, self.figure, self.table])
        self.view.add_class("ch-card")

    def show(self, reading: str, figure: go.Figure, table: str) -> None:
        """Show a result: its sentence, its figure, and its table as HTML."""
        self.heading.value = (
            f"<h2>{escape(reading)}</h2><p class='ch-why'>{escape(self.why)}</p>"
        )
        figures.draw(self.figure, figure)
        unsaid = f"<p>{escape(self.unsaid)}</p>"
        folded = [
            _folded("ch-table", _("Show the table"), table),
            _folded("ch-unsaid", _("What this does not say"), unsaid),
        ]
        self.table.value = f"<div class='ch-foot'>{''.join(folded)}</div>"


def _folded(name: str, summary: str, inside: str) -> str:
    return f"<details class='{name}'><summary>{escape(summary)}</summary>{inside}</details>"
