"""An editor: what is written at one place of a record, looked at by the guard, kept at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copehope_lib.guard import find
from copehope_lib.records.flagged import KEPT, flagged
from copehope_lib.records.record import Entry, read_entry
from copehope_lib.records.session import Session
from copehope_lib.widgets.writing import Writing


@dataclass(frozen=True)
class Field:
    """What belongs to a text: a choice, which may stay open, or a date without choices.

    Attributes
    ----------
    name, label : str
        As in the record, and as people read it.
    choices : mapping of str to str, optional
        The word of each value.

    Examples
    --------
    >>> Field("about", "About", {"W-1": "W-1"}).as_dict()["choices"]
    [['', '–'], ['W-1', 'W-1']]
    """

    name: str
    label: str
    choices: Mapping[str, str] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as the page takes it."""
        about: dict[str, Any] = {"name": self.name, "label": self.label}
        if self.choices is None:
            return about | {"choices": [], "type": "date"}
        listed = [["", "–"], *map(list, self.choices.items())]
        return about | {"choices": listed, "type": "choice"}

    def takes(self, value: str) -> bool:
        """Return whether a page may send a value for it."""
        return self.choices is None or not value or value in self.choices


class Editor:
    """Entries of one kind at one place, as they are written on a page.

    Parameters
    ----------
    session : Session
        Where they are kept.
    kind : str
        Their kind.
    fixed : mapping of str to str
        What all of them have in common, such as their step.
    fields : sequence of Field
        What belongs to each.
    one : bool
        Whether there is one text at this place; else there are as many as are added.
    allowed : frozenset of str
        Codes that may stand in a text, such as those of professionals.
    changed : callable, optional
        Is called whenever something was written.
    words : str
        Traits of :class:`~copehope_lib.widgets.writing.Writing`: title, hint, label, add.

    Attributes
    ----------
    writing : Writing
        What is shown.

    Examples
    --------
    >>> from copehope_lib.records.session import Place
    >>> from copehope_lib.records.record import Record
    >>> session = Session(Place(), Record("2026-10"))
    >>> editor = Editor(session, "note", {"step": "arrive"}, one=True)
    >>> entry = editor.writing.items[0]["entry"] | {"turn": 1, "writer": "a"}
    >>> entry["words"] = entry["words"] | {"text": "Call 600 11 22 33"}
    >>> editor.writing.hear("write", {"entry": entry, "page": ""})
    >>> editor.writing.items[0]["found"][0]["offers"]
    ['[phone]']
    >>> session.record.of("note")[0].words["text"]
    'Call 600 11 22 33'
    """

    def __init__(
        self,
        session: Session,
        kind: str,
        fixed: Mapping[str, str],
        fields: Sequence[Field] = (),
        *,
        one: bool = False,
        allowed: frozenset[str] = frozenset(),
        changed: Callable[[], None] = lambda: None,
        **words: Any,
    ) -> None:
        self.session = session
        self.kind = kind
        self.fixed = dict(fixed)
        self.fields = list(fields)
        self.one = ".".join([kind, *self.fixed.values()]) if one else ""
        self.allowed = allowed
        self.changed = changed
        self.writing = Writing(
            several=not one,
            fields=[field.as_dict() for field in fields],
            kept=session.keeps,
            place={
                "record": session.record.name,
                "to": list(session.place.to),
                "kind": kind,
                "words": {**self.fixed, "text": ""},
            },
            **words,
        )
        self.writing.hear = self._hear
        self.draw()

    @property
    def entries(self) -> list[Entry]:
        """What stands at this place."""
        return self.session.record.of(self.kind, **self.fixed)

    def draw(self) -> None:
        """Show what the record holds at this place."""
        entries = self.entries
        if self.one and not any(entry.id == self.one for entry in entries):
            blank = Entry(self.kind, {**self.fixed, "text": ""}, self.one, turn=0)
            entries = [blank, *entries]
        self.writing.items = [self._item(entry) for entry in entries]

    def _item(self, entry: Entry) -> dict[str, Any]:
        text = entry.words.get("text", "")
        return {
            "entry": vars(entry) | {"words": dict(entry.words)},
            "mine": self.session.own_turn(entry.id),
            "found": [
                {"piece": text[one.start : one.end], "why": one.why, "offers": one.offers(text)}
                for one in flagged(entry, self.allowed)
            ],
        }

    def _hear(self, kind: str, message: Mapping[str, Any]) -> None:
        if kind == "write":
            entry = read_entry(message.get("entry"))
            if entry is not None and self._belongs(entry):
                self.session.take(entry, str(message.get("page", ""))[:100])
                self.draw()
                self.changed()
            return
        there = self.session.record.entries.get(str(message.get("id", "")))
        piece = str(message.get("piece", ""))
        if there is None or not piece:
            return
        if kind == "keep":
            self.writing.put(there.id, {KEPT: f"{there.words.get(KEPT, '')}\n{piece}".strip()})
        else:
            offer = str(message.get("offer", ""))[:100]
            text = _replaced(there.words.get("text", ""), piece, offer)
            self.writing.put(there.id, {"text": text})

    def _belongs(self, entry: Entry) -> bool:
        """Return whether an entry that a page sent can stand at this place."""
        words = entry.words
        return (
            entry.kind == self.kind
            and all(words.get(name) == value for name, value in self.fixed.items())
            and all(field.takes(words.get(field.name, "")) for field in self.fields)
            and (not self.one or entry.id == self.one or entry.id in self.session.record.entries)
        )


def _replaced(text: str, piece: str, offer: str) -> str:
    """Return a text with something else wherever the guard found a piece."""
    for one in reversed(find(text)):
        if text[one.start : one.end] == piece:
            text = text[: one.start] + offer + text[one.end :]
    return text
