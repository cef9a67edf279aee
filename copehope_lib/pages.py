"""What the third cell of a dashboard calls: a page for whoever looks at it.

``pages.caseload()`` makes the page of that name; ``dir(pages)`` lists those of
:data:`copehope_lib.panels.register.PAGES`.
"""

from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from html import escape
from typing import Protocol
from urllib.parse import parse_qs

import ipywidgets as ipw

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.meeting.month import OfMonth
from copehope_lib.meeting.preparation import Preparation
from copehope_lib.meeting.reflection import Reflection
from copehope_lib.meeting.supervision import Meeting
from copehope_lib.panels.cards import CARDS, panel
from copehope_lib.panels.register import PAGES
from copehope_lib.panels.self_check import SelfCheckPage
from copehope_lib.self_check.intake import given_invitation
from copehope_lib.theme import css
from copehope_lib.widgets.address import Address


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


VIEWS: dict[str, Callable[[Extract], View]] = {
    **{name: partial(panel, name) for name in CARDS},
    # Without ``copehope serve`` it asks the month check, and takes no answers for the team.
    "self_check": lambda _extract: SelfCheckPage(given_invitation()),
    "preparation": partial(OfMonth, Preparation),
    "supervision": partial(OfMonth, Meeting),
    "reflection": partial(OfMonth, Reflection),
}
"""What makes the view of each page: cards, or a page of its own."""


class MakePage(Protocol):
    """What makes a page: the attributes of this module."""

    def __call__(self, extract: Extract | None = None) -> ipw.Widget:
        """Return the page, of what the server handed to this process or of an extract."""


def page(name: str) -> MakePage:
    """Return what makes a page.

    Parameters
    ----------
    name : str
        As in :data:`copehope_lib.panels.register.PAGES`.

    Returns
    -------
    callable
        From an :class:`Extract`, by default what ``copehope serve`` handed to this process, to
        the page as a widget; where there is no page to be made, it says why in one sentence.

    Raises
    ------
    AttributeError
        If there is no such page; it names the nearest.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> made = page("caseload")(Extract(demo.workspace().extracts, "team"))
    >>> [type(part).__name__ for part in made.children]
    ['HTML', 'Address', 'VBox']
    """
    if name not in PAGES:
        (nearest,) = get_close_matches(name, PAGES, n=1, cutoff=0)
        raise AttributeError(
            f"module {__name__!r} has no page {name!r}: the nearest is {nearest!r}"
        )

    def make(extract: Extract | None = None) -> ipw.Widget:
        return _made(VIEWS[name], extract)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"Return the page “{PAGES[name].english}”; as for :func:`page`."
    return make


def __getattr__(name: str) -> MakePage:
    """Return what makes a page, by its name."""
    return page(name)


def __dir__() -> list[str]:
    """Return the names of the pages, and of what stands here."""
    return sorted({*globals(), *PAGES})


def _made(make: Callable[[Extract], View], extract: Extract | None) -> ipw.Widget:
    """Return a view in the house style, or the one sentence that says why there is none."""
    style = ipw.HTML(f"<style>{css()}</style>")
    try:
        shown = Extract() if extract is None else extract
        language.use(shown.manifest.language)
        opened = _Page(make, shown)
    except CopehopeError as problem:
        notice = ipw.HTML(f"<p class='ch-notice' role='alert'>{escape(str(problem))}</p>")
        return ipw.VBox([style, notice])
    return ipw.VBox([style, opened.address, opened.place])


class _Page:
    """A view and the address that it follows, in the language that the address asks for."""

    def __init__(self, make: Callable[[Extract], View], extract: Extract) -> None:
        self.make = make
        self.extract = extract
        self.address = Address()
        self.place = ipw.VBox()
        self.shown = self._made()
        self._write()
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
