"""Of which month a page of the meeting is: it stands in the address, and can be chosen."""

from collections.abc import Callable
from html import escape
from urllib.parse import parse_qs

import ipywidgets as ipw
import pandas as pd

from copehope_lib import months
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.meeting.look import styled
from copehope_lib.meeting.page import MeetingPage
from copehope_lib.panels.panel import picker
from copehope_lib.panels.state import State


class OfMonth:
    """A page of the meeting of one month, which is made anew when another month is chosen.

    A decision goes to the record of the month that is shown: an earlier meeting can be opened,
    and finished, as long as it is in the address or chosen above.

    Parameters
    ----------
    make : callable
        Makes the page of the latest month of an extract.
    extract : Extract
        What supervision may see.

    Attributes
    ----------
    state : State
        The month; nothing else of it counts here.
    shown : MeetingPage
        The page of that month.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> from copehope_lib.meeting.preparation import Preparation
    >>> page = OfMonth(Preparation, Extract(demo.workspace().extracts, "supervision"))
    >>> page.query()
    '?month=2026-10'
    >>> page.open("?month=2026-09")
    >>> page.shown.session.record.name, page.query()
    ('2026-09', '?month=2026-09')
    """

    def __init__(self, make: Callable[[Extract], MeetingPage], extract: Extract) -> None:
        self.make = make
        self.extract = extract
        self.state = State.of(extract)
        self.notice = ipw.HTML()
        self.place = ipw.VBox()
        chooser = styled(ipw.HBox([picker(self.state, "month")]), "ch-controls")
        parts = [chooser, self.notice, self.place]
        self.view = styled(ipw.VBox(parts), "ch-page", "ch-of-month")
        self.state.observe(self._draw, "month")
        self._draw()

    def _draw(self, _change: object = None) -> None:
        self.shown = self.make(self.extract.until(self.state.period))
        self.notice.value = ""
        self.place.children = (self.shown.view,)

    def open(self, query: str) -> None:
        """Open the meeting of the month that an address asks for."""
        asked = parse_qs(query.lstrip("?")).get("month", [self.state.month])[-1]
        if asked in self.state.months:
            self.state.month = asked
            return
        sentence = _(
            "The address asks for a month that is not published here: this is the meeting of "
            "{month}."
        ).format(month=months.name(pd.Period(self.state.month, "M")))
        self.notice.value = f"<p class='ch-notice' role='status'>{escape(sentence)}</p>"

    def query(self) -> str:
        """Return what stands in the address: the month, and nothing of a woman."""
        return f"?month={self.state.month}"

    def follow(self, answer: Callable[[object], None]) -> None:
        """Call a function whenever another month is chosen."""
        self.state.observe(answer, "month")
