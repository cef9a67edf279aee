"""A panel: one state, and the cards that follow it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

import ipywidgets as ipw
import pandas as pd
import plotly.graph_objects as go
import traitlets

from copehope_lib import months
from copehope_lib.documents.blocks import Table
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.state import State, month_options, options, site_options, spoken
from copehope_lib.privacy.audience import Audience
from copehope_lib.widgets.card import Card


@dataclass(frozen=True)
class Seen:
    """What was published, as the choices of a page ask for it.

    ``whole`` fills with the names of tables that cannot be told of one site alone.
    """

    extract: Extract
    state: State
    whole: set[str] = field(default_factory=set)

    @property
    def audience(self) -> Audience:
        """Who looks."""
        return self.extract.audience

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of the chosen month."""
        self._look(name)
        return self.extract.table(name, self.state.period, self.state.site)

    def history(self, name: str) -> pd.DataFrame:
        """Return one table of the months that are looked at, with ``month``."""
        self._look(name)
        table = self.extract.history(name, self.state.site)
        return table[table["month"].between(self.state.since, self.state.month)]

    def _look(self, name: str) -> None:
        if self.state.site and not self.extract.tells_sites_apart(name):
            self.whole.add(name)


@dataclass(frozen=True)
class Shown:
    """A result: sentence, picture, table; and how to read them, where that changes."""

    reading: str
    figure: go.Figure | None
    table: Table | None
    why: str = ""


@dataclass(frozen=True)
class Part:
    """One card of a panel.

    Attributes
    ----------
    name : str
        Of its file when it is downloaded.
    why : str
        How the picture is to be read.
    unsaid : str
        What it does not say.
    draw : callable
        From what is seen to what is shown.
    size : {"third", "half", "most", "rest", "full", "quarter"}
        How much of the width it takes: most and rest stand beside each other.
    sets : str
        The choice that a click in the picture sets.
    link : tuple of str
        Address and words of the page that tells more.
    """

    name: str
    why: str
    unsaid: str
    draw: Callable[[Seen], Shown]
    size: Literal["quarter", "third", "half", "most", "rest", "full"] = "half"
    sets: str = ""
    link: tuple[str, str] = ("", "")


class Panel:
    """Cards over one extract, drawn anew when the state changes.

    Parameters
    ----------
    title : str
        Heading of the page.
    extract : Extract
        What the audience may see.
    parts : sequence of Part
        The cards in their order.
    choices : sequence of str
        What may be chosen on it besides the months.
    state : State, optional
        What it looks at; by default the latest month.

    Attributes
    ----------
    state : State
        Setting one of its traits redraws the panel.
    cards : dict of str to Card
        By the name of their part.
    grid : ipywidgets.Box
        The cards alone.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> from copehope_lib.panels import caseload
    >>> panel = caseload.panel(Extract(demo.workspace().extracts, "team"))
    >>> panel.state.month = "2026-09"
    >>> "September 2026" in panel.heading.value
    True
    """

    def __init__(
        self,
        title: str,
        extract: Extract,
        parts: Sequence[Part],
        choices: Sequence[str] = (),
        state: State | None = None,
    ) -> None:
        self.title = title
        self.parts = list(parts)
        self.state = State.of(extract) if state is None else state
        self.choices = [*(["site"] if self.state.sites else []), *choices]
        self.seen = Seen(extract, self.state)
        self.heading = ipw.HTML()
        self.notice = ipw.HTML()
        self.cards = {part.name: self._card(part) for part in self.parts}
        self.view = self._view()
        self.state.observe(self._draw, ["month", "since", *self.choices])
        self._draw()

    def open(self, query: str) -> None:
        """Look at what an address asks for; what is not to be had is named in a sentence."""
        refused = self.state.read(query)
        self.notice.value = ""
        if refused:
            words = ", ".join(spoken(name) for name in refused)
            sentence = _(
                "The address asks for something that is not here ({names}): the page shows the "
                "rest of it."
            ).format(names=words)
            self.notice.value = f"<p class='ch-notice' role='status'>{escape(sentence)}</p>"

    def query(self) -> str:
        """Return what stands in the address: what differs from how the page opens."""
        return self.state.query(self.choices)

    def follow(self, answer: Callable[[object], None]) -> None:
        """Call a function whenever something else is looked at."""
        self.state.observe(answer, ["month", "since", *self.choices])

    def _card(self, part: Part) -> Card:
        card = Card(why=part.why, unsaid=part.unsaid, link=list(part.link))
        card.add_class(f"ch-{part.size}")
        if part.sets:
            card.choose = lambda code: self._choose(part.sets, code)
        return card

    def _choose(self, name: str, code: str) -> None:
        """Set a choice; the same once more takes it back, and nonsense changes nothing."""
        if code in dict(map(reversed, options(name))):  # type: ignore[arg-type]
            setattr(self.state, name, "" if getattr(self.state, name) == code else code)

    def _view(self) -> ipw.VBox:
        self.heading.add_class("ch-title")
        pickers = [
            picker(self.state, "month", month_options(self.state.months)),
            picker(self.state, "since", month_options(self.state.months)),
            *(
                picker(
                    self.state,
                    name,
                    site_options(self.state.sites) if name == "site" else options(name),
                )
                for name in self.choices
            ),
        ]
        reset = ipw.Button(description=_("Reset"), tooltip=_("The latest month, everything"))
        reset.add_class("ch-reset")
        reset.on_click(lambda _button: self.state.reset())
        controls = ipw.HBox([*pickers, reset])
        controls.add_class("ch-controls")
        top = ipw.HBox([self.heading, controls])
        top.add_class("ch-top")
        self.grid = ipw.Box(list(self.cards.values()))
        self.grid.add_class("ch-grid")
        view = ipw.VBox([top, self.notice, self.grid])
        view.add_class("ch-page")
        return view

    def _draw(self, _change: dict[str, Any] | None = None) -> None:
        extract, month = self.seen.extract, months.name(self.state.period)
        site = [self.state.site] if self.state.site else []
        about = " · ".join([extract.manifest.team, *site, month])
        self.heading.value = f"<h1>{escape(self.title)}</h1><p class='ch-sub'>{escape(about)}</p>"
        source = f"{about} · {': '.join(extract.audience.badge)}"
        for part in self.parts:
            card = self.cards[part.name]
            self.seen.whole.clear()
            try:
                shown = part.draw(self.seen)
            except CopehopeError as problem:
                shown = Shown(str(problem), None, None)
            card.source = source
            card.name = f"copehope-{part.name}-{self.state.month}-{extract.audience.name}"
            card.why = shown.why or part.why
            if self.seen.whole:
                card.why += " " + _("This is about all sites together.")
            card.show(shown.reading, shown.figure, shown.table)


def picker(state: State, name: str, choices: list[tuple[str, str]]) -> ipw.Dropdown:
    """Return a drop-down that follows a trait of a state and sets it.

    Examples
    --------
    >>> state = State(months=["2026-10"], month="2026-10", since="2026-10")
    >>> chooser = picker(state, "need", options("need"))
    >>> chooser.value = "food"
    >>> state.need
    'food'
    """
    chooser = ipw.Dropdown(options=choices, value=getattr(state, name), description=spoken(name))
    traitlets.link((state, name), (chooser, "value"))
    return chooser
