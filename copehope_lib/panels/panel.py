"""A panel: one state, and the cards that follow it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Literal

import ipywidgets as ipw
import pandas as pd
import plotly.graph_objects as go
import traitlets

from copehope_lib.documents.blocks import Table
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.register import PAGES, Sees, sees
from copehope_lib.panels.state import State, options, spoken
from copehope_lib.privacy.audience import Audience
from copehope_lib.widgets.card import Card


@dataclass(frozen=True)
class Seen:
    """What was published, as the choices of a page ask for it.

    ``whole`` fills with the names of tables that cannot be told of one site alone, ``over`` with
    those that tell several months as one.
    """

    extract: Extract
    state: State
    whole: set[str] = field(default_factory=set)
    over: set[str] = field(default_factory=set)

    @property
    def audience(self) -> Audience:
        """Who looks."""
        return self.extract.audience

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of the chosen month."""
        self._look(name)
        return self.extract.table(name, self.state.period, self.state.site)

    def history(self, name: str) -> pd.DataFrame:
        """Return one table of the months that are looked at, with ``month``.

        Months that were counted by another rule are left out.
        """
        self._look(name)
        table = self.extract.history(name, self.state.site)
        rules = {str(of): self.extract.manifest_of(of).rules for of in self.extract.months}
        same = table["month"].map(lambda of: rules[of].get(name, 1))
        table = table[same == rules[self.state.month].get(name, 1)]
        return table[table["month"].between(self.state.since, self.state.month)]

    def one(self, name: str, column: str, code: str) -> pd.DataFrame:
        """Return the rows of a table of these months that are about one code of a column."""
        table = self.history(name)
        return table[table[column] == code]

    def _look(self, name: str) -> None:
        if self.state.site and not self.extract.tells_sites_apart(name):
            self.whole.add(name)
        if name in self.extract.manifest_of(self.state.period).over:
            self.over.add(name)


@dataclass(frozen=True)
class Shown:
    """A result: sentence, picture, table; and how to read them, where that changes."""

    reading: str
    figure: go.Figure | None
    table: Table | None
    why: str = ""


# What draws a card.
Draw = Callable[[Seen], Shown]

# How much of the width a card takes: most and rest stand beside each other.
Size = Literal["quarter", "third", "half", "most", "rest", "full"]

# English source of what stands on a card, or what says it of an extract.
Words = str | Callable[[Extract], str]


@dataclass(frozen=True)
class Part:
    """One card of a panel, for one audience and in the language in use.

    Attributes
    ----------
    name : str
        Of its file when it is downloaded.
    why : str
        How the picture is to be read.
    unsaid : str
        What it does not say.
    draw : Draw
        From what is seen to what is shown.
    size : Size
        How much of the width it takes.
    sets : str
        The choice that a click in the picture sets.
    codes : tuple of str
        Of that choice those that change the card; empty where all do.
    link : tuple of str
        Address and words of the page that tells more.
    """

    name: str
    why: str
    unsaid: str
    draw: Draw
    size: Size = "half"
    sets: str = ""
    codes: tuple[str, ...] = ()
    link: tuple[str, str] = ("", "")


def drawn(part: Part, seen: Seen) -> Shown:
    """Return what a card shows, and how it is to be read: of which sites and months it is."""
    seen.whole.clear()
    seen.over.clear()
    shown = part.draw(seen)
    sites = _("This is about all sites together.") if seen.whole else ""
    over = seen.extract.told_together(seen.state.period) if seen.over else ""
    return replace(shown, why=" ".join(filter(None, [shown.why or part.why, sites, over])))


def drawn_or_why(part: Part, seen: Seen) -> Shown:
    """Return the same, or the sentence that says why there is nothing to show."""
    try:
        return drawn(part, seen)
    except CopehopeError as problem:
        return Shown(str(problem), None, None, part.why)


def refused(names: str) -> str:
    """Return the sentence about what an address asks for and is not to be had."""
    sentence = _(
        "The address asks for something that is not here ({names}): the page shows the rest of it."
    )
    return sentence.format(names=names)


def final(audience: Audience) -> str:
    """Say to groups that nothing is told twice; supervision sees what was corrected."""
    if audience.cases:
        return ""
    return _("A month is told once: what was corrected since shows from the next month on.")


@dataclass(frozen=True)
class PageCard:
    """One card of a page as it is registered, for every audience.

    Attributes
    ----------
    name : str
        Page and name, as ``needs-coverage``; it stands here and nowhere else.
    why : Words
        How the picture is to be read.
    unsaid : Words
        What it does not say.
    draw : Draw
        From what is seen to what is shown.
    sizes : mapping of Sees to Size
        For whom it is, and how much of the width it takes there; the first that holds counts.
    sets : str
        The choice that a click in the picture sets.
    codes : tuple of str
        Of that choice those that change the card; empty where all do.
    link : str
        Name of the page that tells more.
    keeps : str
        A table: where it has no row in any month, there is no card of it.
    """

    name: str
    why: Words
    unsaid: Words
    draw: Draw
    sizes: Mapping[Sees, Size] = field(default_factory=lambda: {"all": "half"})
    sets: str = ""
    codes: tuple[str, ...] = ()
    link: str = ""
    keeps: str = ""

    def when(self, what: Sees) -> "PageCard":
        """Return it as it is for some audiences alone, where their page has another order."""
        return replace(self, sizes={what: self.sizes[what]})

    def part(self, extract: Extract) -> Part | None:
        """Return the card for the audience of an extract; none where it is not for it."""
        sizes = (size for what, size in self.sizes.items() if sees(extract.audience, what))
        size = next(sizes, None)
        if size is None or (self.keeps and not extract.tells(self.keeps)):
            return None
        why, unsaid = (
            words(extract) if callable(words) else words and _(words)
            for words in (self.why, self.unsaid)
        )
        link = (PAGES[self.link].file, PAGES[self.link].title) if self.link else ("", "")
        return Part(self.name, why, unsaid, self.draw, size, self.sets, self.codes, link)


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
    >>> from copehope_lib.panels.cards import panel
    >>> caseload = panel("caseload", Extract(demo.workspace().extracts, "team"))
    >>> caseload.state.month = "2026-09"
    >>> "September 2026" in caseload.heading.value
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
        names = self.state.read(query)
        self.notice.value = ""
        if names:
            sentence = refused(", ".join(spoken(name) for name in names))
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
        if code in self.state.choices(name):
            setattr(self.state, name, "" if getattr(self.state, name) == code else code)

    def _view(self) -> ipw.VBox:
        self.heading.add_class("ch-title")
        pickers = [picker(self.state, name) for name in ("month", "since", *self.choices)]
        reset = ipw.Button(description=_("Reset"), tooltip=_("The latest month, everything"))
        reset.add_class("ch-reset")
        reset.on_click(lambda _button: self.state.reset())
        controls = ipw.HBox([*pickers, reset])
        controls.add_class("ch-controls")
        top = ipw.HBox([self.heading, controls])
        top.add_class("ch-top")
        self.grid = ipw.Box(list(self.cards.values()))
        self.grid.add_class("ch-grid")
        said = final(self.seen.audience)
        below = [ipw.HTML(f"<p class='ch-final'>{escape(said)}</p>")] if said else []
        view = ipw.VBox([top, self.notice, self.grid, *below])
        view.add_class("ch-page")
        return view

    def _draw(self, _change: dict[str, Any] | None = None) -> None:
        extract = self.seen.extract
        about = extract.about(self.state.period, self.state.site)
        self.heading.value = f"<h1>{escape(self.title)}</h1><p class='ch-sub'>{escape(about)}</p>"
        source = f"{about} · {': '.join(extract.audience.badge)}"
        for part in self.parts:
            card, shown = self.cards[part.name], drawn_or_why(part, self.seen)
            card.source = source
            card.name = f"copehope-{part.name}-{self.state.month}-{extract.audience.name}"
            card.why = shown.why
            card.show(shown.reading, shown.figure, shown.table)


def picker(state: State, name: str) -> ipw.Dropdown:
    """Return a drop-down that follows a trait of a state and sets it.

    Examples
    --------
    >>> state = State(months=["2026-10"], month="2026-10", since="2026-10")
    >>> chooser = picker(state, "need")
    >>> chooser.value = "food"
    >>> state.need
    'food'
    """
    chooser = ipw.Dropdown(
        options=options(state, name), value=getattr(state, name), description=spoken(name)
    )
    traitlets.link((state, name), (chooser, "value"))
    return chooser
