"""Minutes of a meeting: what a record says, with nobody's name in it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from babel.dates import format_date

from copehope_lib import language
from copehope_lib.documents import MinutesFormat
from copehope_lib.documents.blocks import Block, Document, Heading, Section, Sentence, Table
from copehope_lib.documents.html import as_html, look
from copehope_lib.documents.markdown import as_markdown
from copehope_lib.documents.word import as_docx
from copehope_lib.guard import replace
from copehope_lib.language import gettext as _
from copehope_lib.records.flagged import flagged
from copehope_lib.records.record import Entry, Record
from copehope_lib.vocabulary import Dimension, voices

FORMATS: tuple[MinutesFormat, ...] = get_args(MinutesFormat)


def write(minutes: Document, format: MinutesFormat) -> bytes:
    r"""Return minutes as a file.

    Examples
    --------
    >>> write(Document("Minutes", "en", (Heading("Minutes"),)), "md")
    b'# Minutes\n'
    """
    match format:
        case "md":
            return as_markdown(minutes).encode()
        case "html":
            return as_html(minutes, look("minutes")).encode()
        case "docx":
            return as_docx(minutes)


def format_label(name: MinutesFormat) -> str:
    """Return the name of a format as people read it.

    Examples
    --------
    >>> format_label("docx")
    'Minutes (Word)'
    """
    return {
        "md": _("Minutes (text)"),
        "html": _("Minutes (page)"),
        "docx": _("Minutes (Word)"),
    }[name]


def of_record(
    record: Record,
    *,
    about: str,
    steps: Sequence[tuple[str, str]],
    shown: Mapping[str, Sequence[Block]],
    owners: Mapping[str, str],
) -> Document:
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
    shown : mapping of str to sequence of Block
        What each step showed: readings and tables.
    owners : mapping of str to str
        How minutes call each professional.

    Examples
    --------
    >>> record = Record("2026-10").put([Entry("note", {"step": "arrive", "text": "We begin."})])
    >>> minutes = of_record(record, about="Barcelona · October 2026",
    ...     steps=[("arrive", "Arrive")], shown={}, owners={})
    >>> [sentence.text for sentence in minutes.blocks[-1].of(Sentence)]
    ['We begin.']
    """
    title = _("Minutes of supervision")
    blocks: list[Block] = [Heading(title), Sentence(about, style="lead")]
    for code, name in steps:
        entries = record.of("note", step=code)
        if code == "actions":
            entries += [one for one in record.of("done") if one.words.get("done_on")]
        if code == "reflection":
            entries += record.of("topic")
        said = [*shown.get(code, ()), *_sentences(entries, owners)]
        decided = decisions(record.of("decision", step=code), owners)
        if decided:
            said.append(Table.of_words(decision_headings(), decided))
        if said:
            blocks.append(Section(Heading(name), said))
        if code == "reflection":
            blocks += _reflections(record, owners)
    return Document(title, language.current(), blocks)


def _sentences(entries: Iterable[Entry], owners: Mapping[str, str]) -> list[Sentence]:
    """Return what was written, each with the words that lead it in; what is empty is left out."""
    return [
        Sentence(_safe(one, owners), f"{lead}:" if (lead := _lead(one)) else "")
        for one in entries
        if _has_text(one) or one.words.get("about")
    ]


def _lead(entry: Entry) -> str:
    """Return what a text is about, whose voice it is and how it is meant, or what it ends with."""
    words = entry.words
    match entry.kind:
        case "done":
            return _("Done")
        case "closing":
            return closings()[words["closing"]]
        case "voice":
            profile = words.get("profile", "")
            voice = voices().get(profile, profile)
            return " · ".join(filter(None, (voice, marks().get(words.get("mark", "")))))
    return words.get("about", "")


def _has_text(entry: Entry) -> bool:
    return bool(entry.words.get("text", "").strip())


def _safe(entry: Entry, owners: Mapping[str, str]) -> str:
    """Return a text as it may leave: what was not confirmed is a word in brackets."""
    text = entry.words.get("text", "")
    for one in reversed(flagged(entry)):
        piece = text[one.start : one.end]
        text = replace(text, one, owners.get(piece, one.kind.bracket))
    return text


def decisions(entries: Iterable[Entry], owners: Mapping[str, str]) -> list[list[str]]:
    """Return decisions as rows of a table; :func:`decision_headings` stand above them.

    Examples
    --------
    >>> decisions([Entry("decision", {"text": "Rest"})], {})
    [['Rest', '', '', '']]
    """
    return [
        [
            _safe(one, owners),
            owners.get(one.words.get("owner", ""), one.words.get("owner", "")),
            day(one.words.get("due_on", "")),
            Dimension.label_of(one.words.get("dimension", "")),
        ]
        for one in entries
        if _has_text(one)
    ]


def decision_headings() -> list[str]:
    """Return what stands above decisions."""
    return [_("Decision"), _("Who"), _("Until"), _("Dimension")]


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
    kinds = ("voice", "closing")
    sections = []
    for woman in sorted({one.words.get("woman", "") for kind in kinds for one in record.of(kind)}):
        voices = record.of("voice", woman=woman)
        ends = [one for end in closings() for one in record.of("closing", woman=woman, closing=end)]
        said = _sentences([*voices, *ends], owners)
        if said:
            heading = Heading(_("Reflection: {woman}").format(woman=woman))
            sections.append(Section(heading, said))
    return sections
