"""What pages have in common that say nothing in their address: a heading, and silence."""

from html import escape

import ipywidgets as ipw

from copehope_lib import month as months
from copehope_lib.extract import Extract
from copehope_lib.panels.lent import Lent
from copehope_lib.records.desk import Desk, Place, at_hand
from copehope_lib.records.record import Record


class Quiet:
    """A page whose address asks for nothing and tells nothing.

    What is answered in a self-check, or written about a woman, would stay in the history of
    the browser.

    Examples
    --------
    >>> page = Quiet()
    >>> page.open("?woman=W-7KQ4M"), page.query()
    (None, '')
    """

    def open(self, _query: str) -> None:
        """Leave alone whatever an address asks for."""

    def follow(self, _answer: object) -> None:
        """Tell the address of nothing."""

    def query(self) -> str:
        """Return what stands in the address: nothing."""
        return ""


class Room(Quiet):
    """A page of the meeting, with the record of the month on its desk.

    Parameters
    ----------
    extract : Extract
        What supervision may see.
    place : Place, optional
        Where the record is kept; by default what the server handed to this process.
    """

    def __init__(self, extract: Extract, place: Place | None) -> None:
        self.extract = extract
        self.month = extract.months[-1]
        self.desk = Desk(at_hand() if place is None else place, Record(str(self.month)))
        self.lent = Lent(self.desk, self.opened, self.others)

    def opened(self) -> None:
        """Show what the record holds, now that it can be read."""
        raise NotImplementedError

    def others(self) -> None:
        """Show what somebody else wrote in the meantime."""
        self.opened()


def headed(title: str, extract: Extract) -> ipw.HTML:
    """Return the heading of a page: its title, the team, the latest month.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> headed("Supervision", Extract(demo.workspace().extracts, "supervision")).value
    "<h1>Supervision</h1><p class='ch-sub'>Demo team · October 2026</p>"
    """
    about = f"{extract.manifest.team} · {months.name(extract.months[-1])}"
    heading = ipw.HTML(f"<h1>{escape(title)}</h1><p class='ch-sub'>{escape(about)}</p>")
    heading.add_class("ch-title")
    return heading
