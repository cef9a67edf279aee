"""What stands in a pack: the cards of the pages, section by section, and how to read them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import pandas as pd

from copehope_lib import language, months
from copehope_lib.documents.blocks import Block, Heading, Note, Picture, Section, Sentence, Table
from copehope_lib.documents.pack import notes as _notes
from copehope_lib.errors import CopehopeError, NotToldError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.meeting.steps import step_of
from copehope_lib.panels import caseload, engagement, home, itineraries, needs, practice, wellbeing
from copehope_lib.panels.cards import names as named
from copehope_lib.panels.cards import parts_of
from copehope_lib.panels.panel import Part, Seen, Shown, drawn
from copehope_lib.panels.state import SPAN, State
from copehope_lib.privacy.audience import Audience
from copehope_lib.vocabulary import Dimension

# The cards of what changed, and the words that tell their sentences apart.
CHANGED = {
    home.CHANGE.name: N_("Patterns"),
    engagement.CHANGE.name: N_("Share who came"),
    needs.CHANGE.name: N_("Needs"),
    practice.CHANGE.name: N_("Practice checks"),
}
# The same where counts are rounded: only months beside each other tell of a change.
ROUNDED = {
    home.LOAD.name: "",
    home.ATTENDANCE.name: N_("Month by month"),
    home.CHECKS.name: "",
}
HIDDEN = home.HIDDEN.name
# The cards of each section that is a step of the meeting, too.
CARDS = {
    "caseload": named(caseload.LOAD, caseload.PROFILES, caseload.SPREAD, caseload.REFERENCE),
    "engagement": named(
        engagement.FLOWS,
        engagement.PATTERNS,
        engagement.BARRIERS,
        engagement.ATTENDANCE,
        engagement.MODULES,
    ),
    "itineraries": named(
        itineraries.FLOWS,
        itineraries.AREAS,
        itineraries.CHOSEN,
        itineraries.QUIET,
        itineraries.LEVELS,
        needs.COVERAGE,
        needs.MONTHS,
        needs.CHANGES,
    ),
    "practice": named(*practice.DIMENSIONS.values()),
    "wellbeing": named(wellbeing.SCALES, wellbeing.WAVE, wellbeing.MONTHS),
}


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
        In their order, each with its cards; the last one says what is hidden. A card is a
        section of its own: how to read it, its picture, its table, and what it does not say.
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
    def title(self) -> str:
        """Team and month."""
        return f"{self.team} · {self.month}"

    @property
    def source(self) -> str:
        """Team, month, audience and its rule: what stands on everything that leaves."""
        return f"{self.title} · {': '.join(self.audience.badge)}"

    @property
    def cards(self) -> list[Section]:
        """All cards in their order."""
        return [card for section in self.sections for card in section.of(Section)]

    @property
    def tables(self) -> list[Table]:
        """The tables of all cards, in the order of their numbers."""
        return [table for card in self.cards for table in card.of(Table)]


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
    >>> [section.heading.code for section in pack.sections]
    ['change', 'caseload', 'engagement', 'itineraries', 'practice', 'hidden']
    """
    if extract.audience.cases:
        raise CopehopeError(
            _(
                "What supervision sees is for the room of the meeting, and a pack leaves the "
                "house: choose team or partner."
            )
        )
    chosen = extract.months[-1] if month is None else month
    if chosen not in extract.months:
        raise CopehopeError(
            _(
                "{month} has not been published for this audience: publish it, or choose one "
                "of {months}."
            ).format(month=chosen, months=", ".join(map(str, extract.months)))
        )
    manifest = extract.manifest_of(chosen)
    # A page would look at this if no later month had been published.
    names = [str(one) for one in extract.months if one <= chosen]
    seen = Seen(extract, State(months=names, month=names[-1], since=names[-SPAN:][0]))
    inside = extract.audience.professionals and "wellbeing.waves" in manifest.tables
    return Pack(
        team=manifest.team,
        month=months.name(chosen),
        audience=manifest.audience,
        language=language.current(),
        meant=_notes.meant(manifest.audience),
        sections=tuple(_sections(seen, wellbeing=inside)),
        notes=_notes.notes(manifest, wellbeing=inside),
    )


def _sections(seen: Seen, *, wellbeing: bool) -> Iterator[Section]:
    section = partial(_section, seen, count(1))
    if seen.audience.rounding > 1:
        lead = _("Month by month, as far as rounded counts tell it.")
        yield section("change", _("What changed"), lead, ROUNDED)
    else:
        lead = _("Since the month before, and set against what chance alone could do.")
        yield section("change", _("What changed"), lead, CHANGED)
    for code, names in CARDS.items():
        if code != "wellbeing" or wellbeing:
            step = step_of(code)
            yield section(code, _(step.title), _(step.hint), names)
    lead = _("How many counts are not shown, so that nobody can be told from them.")
    yield section("hidden", _("What is hidden"), lead, [HIDDEN])


def _section(
    seen: Seen, numbers: Iterator[int], code: str, title: str, lead: str, names: Iterable[str]
) -> Section:
    made = [_card(seen, numbers, part) for part in parts_of(seen.extract, list(names))]
    # What has no table, and says what another says too, only says that there is nothing.
    said = Counter(card.heading.text for card in made)
    told = [
        card
        for card in made
        if bool(card.of(Table)) or (said[card.heading.text] == 1 and card.of(Picture))
    ]
    return Section(Heading(title, code), [Sentence(lead, style="lead"), *told])


def _card(seen: Seen, numbers: Iterator[int], part: Part) -> Section:
    try:
        shown = drawn(part, seen)
    except NotToldError as problem:
        shown = Shown(str(problem), None, None)
    topic = _topic(part.name, seen.audience)
    reading = f"{topic} · {shown.reading}" if topic else shown.reading
    heading = Heading(reading, part.name)
    half = part.size not in ("most", "full")
    lead = f"{_('What this does not say')}:" if part.unsaid else ""
    unsaid = Sentence(part.unsaid, lead, style="unsaid")
    blocks: list[Block] = []
    if shown.figure is not None:
        # How a picture is to be read says nothing where there is none.
        why = shown.why or part.why
        blocks += [Sentence(why, style="why")] if why else []
        blocks.append(Picture(heading, shown.figure, half))
    if shown.table is not None:
        number = next(numbers)
        code, words = f"table-{number}", _("Table {n}").format(n=number)
        title = Heading(reading, code, link=(part.name, words))
        blocks.append(replace(shown.table, title=title))
        unsaid = replace(unsaid, link=(code, words))
    return Section(heading, [*blocks, unsaid], "card half" if half else "card")


def _topic(name: str, audience: Audience) -> str:
    """Return words to set before a sentence that others of the pack might repeat."""
    words = ROUNDED if audience.rounding > 1 else CHANGED
    if words.get(name):
        return _(words[name])
    page, _dash, code = name.partition("-")
    return Dimension.label_of(code) if page == "practice" else ""
