"""What stands in minutes: sections of paragraphs and tables, with nobody's name in them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.dates import format_date

from copehope_lib import language
from copehope_lib.guard import replace
from copehope_lib.language import gettext as _
from copehope_lib.records.flagged import flagged
from copehope_lib.records.record import Entry, Record
from copehope_lib.vocabulary import Dimension, Profile

CLOSINGS = ("do", "leave", "ask", "need")


@dataclass(frozen=True)
class Grid:
    """A table: headings, and rows of words; which columns are numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()

    @property
    def numbers(self) -> list[bool]:
        """For each column whether it stands at the right."""
        return [at in self.right for at in range(len(self.headings))]


@dataclass(frozen=True)
class Part:
    """A paragraph, with the words that lead it in, such as whose voice it is."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Section:
    """A step of the meeting, or a reflection: its heading and what stands under it."""

    heading: str
    blocks: tuple[Part | Grid, ...]


@dataclass(frozen=True)
class Minutes:
    """Minutes, ready to be written in any format.

    Attributes
    ----------
    title, about : str
        Of the first page: the meeting, and of whom and when.
    language : str
        In which they are written.
    sections : tuple of Section
        In the order of the meeting.
    """

    title: str
    about: str
    language: str
    sections: tuple[Section, ...]


def of_record(
    record: Record,
    *,
    about: str,
    steps: Sequence[tuple[str, str]],
    shown: Mapping[str, Sequence[Part | Grid]],
    owners: Mapping[str, str],
) -> Minutes:
    """Return the minutes of a record.

    What the guard found and its writer did not say to keep stands there as a word in brackets.

    Parameters
    ----------
    record : Record
        What was written.
    about : str
        Team and month.
    steps : sequence of (str, str)
        Code and title of each step, in the order of the meeting.
    shown : mapping of str to sequence of Part or Grid
        What each step showed: readings and tables.
    owners : mapping of str to str
        How minutes call each professional.

    Examples
    --------
    >>> record = Record("2026-10").put([Entry("note", {"step": "arrive", "text": "We begin."})])
    >>> minutes = of_record(record, about="Barcelona · October 2026",
    ...     steps=[("arrive", "Arrive")], shown={}, owners={})
    >>> minutes.sections[0].blocks
    (Part(text='We begin.', lead=''),)
    """
    sections = []
    for code, title in steps:
        notes = [
            Part(_safe(one, owners))
            for one in record.of("note", step=code)
            if _safe(one, owners).strip()
        ]
        decided = decisions(record.of("decision", step=code), owners)
        done = _done(record, owners) if code == "actions" else []
        topics = _topics(record, owners) if code == "reflection" else []
        blocks = (*shown.get(code, ()), *notes, *done, *topics, *decided)
        if blocks:
            sections.append(Section(title, blocks))
        if code == "reflection":
            sections += _reflections(record, owners)
    return Minutes(_("Minutes of supervision"), about, language.current(), tuple(sections))


def _safe(entry: Entry, owners: Mapping[str, str]) -> str:
    """Return a text as it may leave: what was not confirmed is a word in brackets."""
    text = entry.words.get("text", "")
    for one in reversed(flagged(entry)):
        piece = text[one.start : one.end]
        text = replace(text, one, owners.get(piece, one.kind.bracket))
    return text


def _topics(record: Record, owners: Mapping[str, str]) -> list[Part]:
    return [
        Part(_safe(one, owners), one.words.get("about", ""))
        for one in record.of("topic")
        if _safe(one, owners).strip() or one.words.get("about")
    ]


def _done(record: Record, owners: Mapping[str, str]) -> list[Part]:
    """Return what earlier meetings decided, and this one found done."""
    done = [one for one in record.of("done") if one.words.get("done_on")]
    return [Part(_safe(one, owners), _("Done")) for one in done]


def decisions(entries: Iterable[Entry], owners: Mapping[str, str]) -> list[Grid]:
    """Return decisions as a table; none where nothing was decided.

    Examples
    --------
    >>> [grid.rows[0][:2] for grid in decisions([Entry("decision", {"text": "Rest"})], {})]
    [('Rest', '')]
    """
    rows = tuple(
        (
            _safe(one, owners),
            owners.get(one.words.get("owner", ""), one.words.get("owner", "")),
            day(one.words.get("due_on", "")),
            Dimension.label_of(one.words.get("dimension", "")),
        )
        for one in entries
        if _safe(one, owners).strip()
    )
    headings = (_("Decision"), _("Who"), _("Until"), _("Dimension"))
    return [Grid(headings, rows)] if rows else []


def day(text: str) -> str:
    """Return a day of a record as people write it; anything else as it stands there.

    Examples
    --------
    >>> day("2026-11-05"), day("soon")
    ('Nov 5, 2026', 'soon')
    """
    try:
        return str(format_date(datetime.date.fromisoformat(text), locale=language.locale()))
    except ValueError:
        return text


def marks() -> dict[str, str]:
    """Return how each contribution is meant, as people read it.

    Examples
    --------
    >>> marks()["hers"]
    'Her own words'
    """
    return {
        "hers": _("Her own words"),
        "ours": _("Our reading"),
        "unknown": _("What we do not know"),
    }


def closings() -> dict[str, str]:
    """Return with what each reflection ends, as people read it.

    Examples
    --------
    >>> list(closings())
    ['do', 'leave', 'ask', 'need']
    """
    return {
        "do": _("What we do"),
        "leave": _("What we leave alone"),
        "ask": _("What we ask her"),
        "need": _("What we need ourselves"),
    }


def _reflections(record: Record, owners: Mapping[str, str]) -> list[Section]:
    """Return what was said about each woman, in the order of pseudonyms."""
    about = sorted(
        {one.words.get("woman", "") for kind in ("voice", "closing") for one in record.of(kind)}
    )
    sections = []
    for woman in about:
        voices = [
            Part(_safe(one, owners), _lead(one))
            for one in record.of("voice", woman=woman)
            if _safe(one, owners).strip()
        ]
        ends = [
            Part(_safe(one, owners), label)
            for code, label in closings().items()
            for one in record.of("closing", woman=woman, closing=code)
            if _safe(one, owners).strip()
        ]
        if voices or ends:
            heading = _("Reflection: {woman}").format(woman=woman)
            sections.append(Section(heading, (*voices, *ends)))
    return sections


def _lead(entry: Entry) -> str:
    """Return whose voice it is, and how it is meant."""
    said = [
        Profile.label_of(entry.words.get("profile", "")),
        marks().get(entry.words.get("mark", ""), ""),
    ]
    return " · ".join(part for part in said if part)
