"""A record: small entries, each of which grows by itself, so that nobody overwrites anybody.

Two people may write in one record at once. What each of them writes is kept as pages of
entries; a record is all its pages put together, in whichever order they are read.
"""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

FORMAT = 1
LONGEST = 200_000
"""Letters of one text; more is refused rather than cut."""
NAME = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
KINDS = ("note", "voice", "decision", "done", "closing", "topic", "step")
"""A note of a step, a contribution to a reflection, a decision, an earlier one that was done,
one of the four last answers of a reflection, a topic that deserves time, and how the meeting
went through its steps."""

Values = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One thing that was written, by one person at one place.

    Attributes
    ----------
    id : str
        Its own, given once.
    kind : str
        One of :data:`KINDS`.
    words : mapping of str to str
        What was written: ``text``, and what belongs to it, such as ``profile`` or ``due_on``.
    turn : int
        How often it was changed.
    writer : str
        Which open page wrote it; a page has no name.
    after : str
        The stamp of what somebody else had written there, and this was written over.
    gone : bool
        Whether it was taken out; it stays in the pages before.
    """

    kind: str
    words: Values = field(default_factory=dict)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    turn: int = 1
    writer: str = ""
    after: str = ""
    gone: bool = False

    @property
    def stamp(self) -> str:
        """Return what tells this version of the entry from the others."""
        return f"{self.turn}.{self.writer}"

    def changed(self, values: Values, writer: str, *, gone: bool = False) -> "Entry":
        """Return it with other values, one turn later.

        Examples
        --------
        >>> first = Entry("note", {"text": "Begin"}, writer="a")
        >>> later = first.changed({"text": "Begin with the actions"}, "b")
        >>> later.stamp, later.after, later.id == first.id
        ('2.b', '1.a', True)
        """
        return replace(
            self,
            words={**self.words, **values},
            turn=self.turn + 1,
            writer=writer,
            after=self.after if self.writer == writer else self.stamp,
            gone=gone,
        )


@dataclass(frozen=True)
class Record:
    """The record of one month.

    Attributes
    ----------
    name : str
        The month, as ``2026-10``.
    versions : mapping of str to mapping of str to Entry
        All that was written, by the id of the entry, then by its stamp.
    mine : str
        The page that reads it: what it wrote itself keeps its place there.

    Examples
    --------
    >>> record = Record("2026-10").put([Entry("note", {"text": "Begin"}, id="a")])
    >>> [entry.words["text"] for entry in record.of("note")]
    ['Begin']
    """

    name: str
    versions: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    mine: str = ""

    def put(self, entries: Iterable[Entry]) -> "Record":
        """Return the record with more versions of entries put in; the order changes nothing.

        Examples
        --------
        >>> first = Entry("note", {"text": "Begin"}, "a", writer="x")
        >>> mine, hers = (first.changed({"text": t}, w) for t, w in (("We", "x"), ("I", "y")))
        >>> both = Record("2026-10").put([first, mine, hers])
        >>> [entry.words["text"] for entry in both.of("note")]
        ['We', 'I']
        """
        found = dict(self.versions)
        for entry in entries:
            found[entry.id] = {**found.get(entry.id, {}), entry.stamp: entry}
        return replace(self, versions=found)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The entries as they stand, by their id.

        What two people wrote over the same text at once stands twice: the later turn under its
        own id, the other one beside it; on a page of one of them her own is the first.
        """
        found: dict[str, Entry] = {}
        for key, versions in self.versions.items():
            latest, *others = _last(versions.values(), self.mine)
            found[key] = latest
            for other in others:
                beside = f"{key}.{other.writer}"
                if beside not in self.versions and other.words != latest.words:
                    found[beside] = replace(other, id=beside)
        return found

    @property
    def newest(self) -> list[Entry]:
        """What each page wrote last of each entry: all that is looked at to put them together.

        Examples
        --------
        >>> first = Entry("note", {"text": "Be"}, "a", writer="x")
        >>> later = first.changed({"text": "Begin"}, "x")
        >>> [one.words["text"] for one in Record("2026-10").put([later, first]).newest]
        ['Begin']
        """
        return [
            one
            for versions in self.versions.values()
            for one in by_writer(versions.values()).values()
        ]

    def of(self, kind: str, **values: str) -> list[Entry]:
        """Return the entries of a kind that have some values, in the order of their ids."""
        return [
            entry
            for _id, entry in sorted(self.entries.items())
            if entry.kind == kind
            and not entry.gone
            and all(entry.words.get(name) == value for name, value in values.items())
        ]


def by_writer(versions: Iterable[Entry]) -> dict[str, Entry]:
    """Return the last of some versions of an entry that each page wrote."""
    return {one.writer: one for one in sorted(versions, key=lambda one: one.turn)}


def _last(versions: Iterable[Entry], mine: str) -> list[Entry]:
    """Return the versions that nothing was written over: one's own first, then the latest."""
    newest = by_writer(versions).values()
    over = {one.after for one in newest}
    left = [one for one in newest if one.stamp not in over]
    return sorted(left, key=lambda one: (not mine or one.writer != mine, -one.turn, one.writer))


def page(name: str, entries: Iterable[Entry]) -> bytes:
    """Return entries as a page of a record, as it is sealed.

    Examples
    --------
    >>> one = Entry("note", {"text": "שלום 🌱"})
    >>> read_page(page("2026-10", [one]), "2026-10") == [one]
    True
    """
    content = {
        "format": FORMAT,
        "record": name,
        "entries": [vars(entry) | {"words": dict(entry.words)} for entry in entries],
    }
    # Half a letter, as a cut emoji leaves it, must not keep the rest from being written.
    return json.dumps(content).encode()


def read_entry(values: object) -> Entry | None:
    """Return an entry as a page or a browser has it; None where it is none.

    Examples
    --------
    >>> read_entry({"kind": "note", "words": {"text": 1}}), read_entry("note")
    (None, None)
    """
    try:
        entry = Entry(**values)  # type: ignore[arg-type]
    except TypeError:
        return None
    return entry if _sound(entry) else None


def read_page(content: bytes, name: str) -> list[Entry]:
    """Read a page of a record.

    Raises
    ------
    CopehopeError
        If it is none, is of another record, or was written by a newer workbench.
    """
    try:
        values = json.loads(content)
        if values["format"] > FORMAT:
            sentence = _("The record {name} was written by a newer workbench: update this one.")
            raise CopehopeError(sentence.format(name=name))
        entries = [entry for one in values["entries"] if (entry := read_entry(one)) is not None]
        if values["record"] != name or len(entries) < len(values["entries"]):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sentence = _("A page of the record {name} holds something else: it is left out.")
        raise CopehopeError(sentence.format(name=name)) from None
    return entries


def _sound(entry: Entry) -> bool:
    told = (entry.id, entry.writer, entry.after)
    return (
        all(isinstance(one, str) for one in told)
        and isinstance(entry.turn, int)
        and entry.kind in KINDS
        and isinstance(entry.words, dict)
        and all(isinstance(value, str) for value in entry.words.values())
    )
