"""An editor: what is written at one place of a record, looked at by the guard, kept at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copehope_lib.errors import CopehopeError
from copehope_lib.guard import find
from copehope_lib.records.flagged import KEPT, flagged
from copehope_lib.records.record import Entry
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
    >>> said = {"text": "Call 600 11 22 33"}
    >>> editor.writing.hear("write", {"id": "note.arrive", "values": said})
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
        shown = [field.as_dict() for field in fields]
        self.writing = Writing(several=not one, fields=shown, kept=session.keeps, **words)
        self.writing.hear = self._hear
        self._said: dict[str, str] = {}
        self.draw()

    @property
    def entries(self) -> list[Entry]:
        """What stands at this place."""
        return self.session.record.of(self.kind, **self.fixed)

    def draw(self) -> None:
        """Show what the record holds at this place."""
        entries = self.entries
        if self.one and not any(entry.id == self.one for entry in entries):
            entries = [Entry(self.kind, {"text": ""}, self.one, turn=0), *entries]
        self.writing.items = [self._item(entry) for entry in entries]

    def _item(self, entry: Entry) -> dict[str, Any]:
        text = entry.words.get("text", "")
        names = ["text", *(field.name for field in self.fields)]
        return {
            "id": entry.id,
            "values": {name: entry.words.get(name, "") for name in names},
            "found": [
                {"piece": text[one.start : one.end], "why": one.why, "offers": one.offers(text)}
                for one in flagged(entry, self.allowed)
            ],
            "said": self._said.get(entry.id, ""),
            "stamp": entry.stamp,
        }

    def _hear(self, kind: str, message: Mapping[str, Any]) -> None:
        key = str(message.get("id", ""))[:100]
        there = self.session.record.entries.get(key)
        if kind == "add" and not self.one:
            self._keep({"text": ""}, "")
            return
        if there is None and key != self.one:
            return
        text = there.words.get("text", "") if there else ""
        piece = str(message.get("piece", ""))
        if kind == "write" and isinstance(message.get("values"), Mapping):
            seen = str(message.get("stamp", ""))[:100]
            self._keep(self._sound(message["values"]), key, seen=seen)
        elif kind == "remove" and there is not None and not self.one:
            self._keep({}, key, gone=True)
        elif kind == "replace" and piece:
            self._keep({"text": _replaced(text, piece, str(message.get("offer", ""))[:100])}, key)
        elif kind == "keep" and there is not None and piece:
            self._keep({KEPT: f"{there.words.get(KEPT, '')}\n{piece}".strip()}, key)

    def _sound(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return what may be written of what a page sent."""
        texts = {name: value for name, value in values.items() if isinstance(value, str)}
        sound = {"text": texts["text"]} if "text" in texts else {}
        for field in self.fields:
            if field.name in texts and field.takes(texts[field.name]):
                sound[field.name] = texts[field.name][:40]
        return sound

    def _keep(
        self, values: dict[str, str], key: str, *, gone: bool = False, seen: str = ""
    ) -> None:
        words = {**self.fixed, **values}
        try:
            entry = self.session.write(self.kind, words, key, gone=gone, seen=seen)
        except CopehopeError as problem:
            self._said[key] = str(problem)
        else:
            self._said.pop(key, None)
            if not key:
                self.draw()
                self.writing.focus(entry.id)
        self.draw()
        self.changed()


def _replaced(text: str, piece: str, offer: str) -> str:
    """Return a text with something else wherever the guard found a piece."""
    for one in reversed(find(text)):
        if text[one.start : one.end] == piece:
            text = text[: one.start] + offer + text[one.end :]
    return text
