"""What a browser does with what is typed, in Python: an oracle of `outbox.js` and `writing.js`."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from copehope_lib.meeting.editor import Editor
from copehope_lib.records import store
from copehope_lib.records.record import Entry, read_entry
from copehope_lib.records.session import Session


class Browser:
    """One open page: it seals each entry, lays it where a server would, and tells the kernel."""

    def __init__(self, session: Session, folder: Path | None = None) -> None:
        self.session = session
        self.folder = folder or Path(session.place.folder)
        self.writer = secrets.token_hex(6)
        self.own: dict[str, Entry] = {}
        session.hand = lambda entry: session.kept(self.keep(entry))

    def keep(self, entry: Entry) -> str:
        """Seal an entry and lay it there."""
        name = self.session.record.name
        if not self.session.keeps:
            return ""
        return store.add(self.folder / name, name, [entry], self.session.place.to).name

    def changed(self, seen: Entry, values: Mapping[str, str], *, gone: bool = False) -> Entry:
        """Return what comes after what was seen, and after what this page wrote there last."""
        own = self.own.get(seen.id)
        over = own and (not seen.turn or seen.writer == self.writer or own.after == seen.stamp)
        entry = (own if own and over else seen).changed(values, self.writer, gone=gone)
        if not own and not seen.turn:
            entry = replace(entry, after="")
        self.own[seen.id] = replace(entry, turn=max(entry.turn, own.turn + 1 if own else 0))
        return self.own[seen.id]

    def write(
        self,
        editor: Editor,
        key: str = "",
        seen: Entry | None = None,
        *,
        gone: bool = False,
        **values: str,
    ) -> str:
        """Type something into an entry of an editor, or into a new one, and return its id."""
        there = {item["entry"]["id"]: read_entry(item["entry"]) for item in editor.writing.items}
        blank = Entry(editor.kind, {**editor.fixed, "text": ""}, turn=0)
        entry = self.changed(seen or there.get(key) or blank, values, gone=gone)
        about = {"entry": vars(entry) | {"words": dict(entry.words)}, "page": self.keep(entry)}
        editor.writing.hear("write", about)
        return entry.id
