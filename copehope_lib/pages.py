"""What the third cell of a dashboard calls: a page for whoever looks at it."""

from collections.abc import Callable
from html import escape
from typing import Protocol
from urllib.parse import parse_qs

import ipywidgets as ipw

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.meeting import preparation as _preparation
from copehope_lib.meeting import reflection as _reflection
from copehope_lib.meeting import supervision as _supervision
from copehope_lib.panels import caseload as _caseload
from copehope_lib.panels import engagement as _engagement
from copehope_lib.panels import home as _home
from copehope_lib.panels import itineraries as _itineraries
from copehope_lib.panels import needs as _needs
from copehope_lib.panels import practice as _practice
from copehope_lib.panels import self_check as _self_check
from copehope_lib.panels import wellbeing as _wellbeing
from copehope_lib.self_check.intake import given_invitation
from copehope_lib.theme import css
from copehope_lib.widgets.address import Address


def home(extract: Extract | None = None) -> ipw.Widget:
    """Return the month at a glance.

    Parameters
    ----------
    extract : Extract, optional
        What the audience may see; by default what ``copehope serve`` handed to this process.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = home(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_home.panel, extract)


def caseload(extract: Extract | None = None) -> ipw.Widget:
    """Return the caseload page; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = caseload(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_caseload.panel, extract)


def engagement(extract: Extract | None = None) -> ipw.Widget:
    """Return the engagement page; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = engagement(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_engagement.panel, extract)


def itineraries(extract: Extract | None = None) -> ipw.Widget:
    """Return the itineraries page; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = itineraries(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_itineraries.panel, extract)


def needs(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of basic needs; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = needs(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_needs.panel, extract)


def practice(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of practice checks; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = practice(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_practice.panel, extract)


def wellbeing(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of the team's wellbeing; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = wellbeing(Extract(demo.workspace().extracts, "team"))
    """
    return _page(_wellbeing.panel, extract)


def self_check(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of the self-check; parameters as for :func:`home`.

    Without ``copehope serve`` it asks the month check, and takes no answers for the team.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = self_check(Extract(demo.workspace().extracts, "team"))
    """
    return _page(lambda _extract: _self_check.SelfCheckPage(*given_invitation()), extract)


def preparation(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of whoever prepares the meeting; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = preparation(Extract(demo.workspace().extracts, "supervision"))
    """
    return _page(_preparation.Preparation, extract)


def supervision(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of the meeting, the month in nine steps; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = supervision(Extract(demo.workspace().extracts, "supervision"))
    """
    return _page(_supervision.Meeting, extract)


def reflection(extract: Extract | None = None) -> ipw.Widget:
    """Return the page of guided case reflection; parameters as for :func:`home`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = reflection(Extract(demo.workspace().extracts, "supervision"))
    """
    return _page(_reflection.Reflection, extract)


class View(Protocol):
    """What a page shows: widgets, and what of them stands in the address."""

    @property
    def view(self) -> ipw.Widget:
        """What is shown."""

    def open(self, query: str) -> None:
        """Look at what an address asks for."""

    def query(self) -> str:
        """Return what is to stand in the address."""

    def follow(self, answer: Callable[[object], None]) -> None:
        """Call a function whenever that changes."""


def _page(make: Callable[[Extract], View], extract: Extract | None) -> ipw.Widget:
    """Return a view in the house style, or the one sentence that says why there is none."""
    style = ipw.HTML(f"<style>{css()}</style>")
    try:
        shown = Extract() if extract is None else extract
        language.use(shown.manifest.language)
        page = _Page(make, shown)
    except CopehopeError as problem:
        notice = ipw.HTML(f"<p class='ch-notice' role='alert'>{escape(str(problem))}</p>")
        return ipw.VBox([style, notice])
    return ipw.VBox([style, page.address, page.place])


class _Page:
    """A view and the address that it follows, in the language that the address asks for."""

    def __init__(self, make: Callable[[Extract], View], extract: Extract) -> None:
        self.make = make
        self.extract = extract
        self.address = Address()
        self.place = ipw.VBox()
        self.shown = self._made()
        self.address.on_open(self._open)

    def _made(self) -> View:
        shown = self.make(self.extract)
        shown.follow(self._write)
        self.place.children = (shown.view,)
        return shown

    def _open(self, query: str) -> None:
        wanted = parse_qs(query.lstrip("?")).get("lang", [""])[-1]
        if wanted in language.LANGUAGES and wanted != language.current():
            language.use(wanted)
            self.shown = self._made()
        self.shown.open(query)
        self._write()

    def _write(self, _change: object = None) -> None:
        self.address.query = self.shown.query()
