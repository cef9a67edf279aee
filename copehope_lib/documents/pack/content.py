"""What stands in a pack: the cards of the pages, section by section, and how to read them."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import language, months
from copehope_lib.documents.pack import notes as _notes
from copehope_lib.documents.pack.notes import Note
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.meeting.steps import step_of
from copehope_lib.meeting.supervision import parts_of
from copehope_lib.panels.panel import Part, Seen
from copehope_lib.panels.state import SPAN, State
from copehope_lib.privacy.audience import Audience
from copehope_lib.vocabulary import Dimension
from copehope_lib.widgets.table import Table

CHANGED = {
    "home-change": N_("Patterns"),
    "engagement-change": N_("Share who came"),
    "needs-change": N_("Needs"),
    "practice-change": N_("Practice checks"),
}
"""The cards of what changed, and the words that tell their sentences apart."""
ROUNDED = {
    "home-load": "",
    "home-attendance": N_("Month by month"),
    "home-checks": "",
}
"""The same where counts are rounded: only months beside each other tell of a change."""
HIDDEN = "home-hidden"
CARDS = {
    "caseload": (
        "caseload-load",
        "caseload-profiles",
        "caseload-spread",
        "caseload-reference",
    ),
    "engagement": (
        "engagement-flows",
        "engagement-patterns",
        "engagement-barriers",
        "engagement-attendance",
        "engagement-modules",
    ),
    "itineraries": (
        "itineraries-flows",
        "itineraries-areas",
        "itineraries-chosen",
        "itineraries-quiet",
        "itineraries-levels",
        "needs-coverage",
        "needs-months",
        "needs-changes",
    ),
    "practice": tuple(f"practice-{dimension}" for dimension in Dimension),
    "wellbeing": (
        "wellbeing-scales",
        "wellbeing-wave",
        "wellbeing-months",
        "wellbeing-help",
        "wellbeing-bands",
    ),
}
"""The cards of each section that is a step of the meeting, too."""


@dataclass(frozen=True)
class Card:
    """One result: its sentence, how to read it, its picture and table, and what is unsaid.

    ``topic`` is a word to set before a sentence that others of the pack might repeat, and
    ``half`` tells whether two such cards fit beside each other.
    """

    name: str
    reading: str
    why: str
    unsaid: str
    figure: go.Figure | None
    table: Table | None
    topic: str = ""
    half: bool = False

    @property
    def heading(self) -> str:
        """What stands above it."""
        return f"{self.topic} · {self.reading}" if self.topic else self.reading


@dataclass(frozen=True)
class Section:
    """Results that belong together, under a heading and a sentence that leads to them."""

    code: str
    title: str
    lead: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Pack:
    """A pack, ready to be written in any format.

    Attributes
    ----------
    team, month : str
        Whose, and of when, as people read it.
    audience : Audience
        For whom, with the numbers under which the month was published.
    language : str
        In which it is written.
    meant : str
        For whom it is, in a sentence.
    sections : tuple of Section
        In their order; the last one says what is hidden.
    notes : tuple of Note
        How it was made, and what it does not say.
    """

    team: str
    month: str
    audience: Audience
    language: str
    meant: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    @property
    def source(self) -> str:
        """Team, month, audience and its rule: what stands on everything that leaves."""
        return " · ".join([self.team, self.month, ": ".join(self.audience.badge)])

    @property
    def cards(self) -> list[Card]:
        """All cards in their order."""
        return [card for section in self.sections for card in section.cards]

    @property
    def tables(self) -> list[tuple[Card, Table]]:
        """The tables behind the cards, in the order of their numbers, which begin with 1."""
        return [(card, card.table) for card in self.cards if card.table is not None]


def of_extract(extract: Extract, month: pd.Period | None = None) -> Pack:
    """Return the pack of a month, in the language in use.

    Parameters
    ----------
    extract : Extract
        What the audience may see.
    month : pandas.Period, optional
        By default the latest that was published.

    Raises
    ------
    CopehopeError
        If the extract tells of women one by one, the month has not been published, or a file
        of it is damaged.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> pack = of_extract(Extract(demo.workspace().extracts, "partner"))
    >>> pack.source
    'Demo team · October 2026 · Partner view: groups only, counts under 10 hidden, the others
    rounded to 5'
    >>> [section.code for section in pack.sections]
    ['change', 'caseload', 'engagement', 'itineraries', 'practice', 'hidden']
    """
    if extract.audience.cases:
        raise CopehopeError(
            _(
                "What supervision sees is for the room of the meeting, and a pack leaves the "
                "house: choose team or partner."
            )
        )
    chosen = _published(extract, month)
    manifest = extract.manifest_of(chosen)
    seen = Seen(extract, _state(extract, chosen))
    inside = extract.audience.professionals and "wellbeing.waves" in manifest.tables
    return Pack(
        team=manifest.team,
        month=months.name(chosen),
        audience=manifest.audience,
        language=language.current(),
        meant=_notes.meant(manifest.audience),
        sections=_sections(seen, wellbeing=inside),
        notes=_notes.notes(manifest, wellbeing=inside),
    )


def _published(extract: Extract, month: pd.Period | None) -> pd.Period:
    chosen = extract.months[-1] if month is None else month
    if chosen not in extract.months:
        raise CopehopeError(
            _(
                "{month} has not been published for this audience: publish it, or choose one "
                "of {months}."
            ).format(month=chosen, months=", ".join(map(str, extract.months)))
        )
    return chosen


def _state(extract: Extract, month: pd.Period) -> State:
    """Return what a page would look at if no later month had been published."""
    names = [str(one) for one in extract.months if one <= month]
    return State(months=names, month=names[-1], since=names[-SPAN:][0])


def _sections(seen: Seen, *, wellbeing: bool) -> tuple[Section, ...]:
    if seen.audience.rounding > 1:
        lead = _("Month by month, as far as rounded counts tell it.")
        cards = _cards(seen, tuple(ROUNDED))
    else:
        lead = _("Since the month before, and set against what chance alone could do.")
        cards = _cards(seen, tuple(CHANGED))
    made = [Section("change", _("What changed"), lead, cards)]
    for code, names in CARDS.items():
        if code != "wellbeing" or wellbeing:
            step = step_of(code)
            made.append(Section(code, _(step.title), _(step.hint), _cards(seen, names)))
    made.append(
        Section(
            "hidden",
            _("What is hidden"),
            _("How many counts are not shown, so that nobody can be told from them."),
            _cards(seen, (HIDDEN,)),
        )
    )
    return tuple(made)


def _cards(seen: Seen, names: tuple[str, ...]) -> tuple[Card, ...]:
    made = [_card(seen, part) for part in parts_of(seen.extract, names)]
    # What has no table, and says what another says too, only says that there is nothing.
    said = Counter(card.heading for card in made)
    return tuple(
        card
        for card in made
        if card.table is not None or (card.figure is not None and said[card.heading] == 1)
    )


def _card(seen: Seen, part: Part) -> Card:
    shown = part.draw(seen)
    # How a picture is to be read says nothing where there is none.
    why = "" if shown.figure is None else shown.why or part.why
    topic = _topic(part.name, seen.audience)
    return Card(
        part.name,
        shown.reading,
        why,
        part.unsaid,
        shown.figure,
        shown.table,
        topic,
        half=part.size not in ("most", "full"),
    )


def _topic(name: str, audience: Audience) -> str:
    words = ROUNDED if audience.rounding > 1 else CHANGED
    if name in words:
        return _(words[name]) if words[name] else ""
    page, _dash, code = name.partition("-")
    return Dimension.label_of(code) if page == "practice" else ""
