"""Where a key is given to a page: to read what was written before, or by somebody else.

The browser seals the key file to a key that only the kernel of the page has: what relays it, and
what may keep a copy of a message, has nothing that opens it.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets

from copehope_lib.errors import CopehopeError
from copehope_lib.files.sealing import new_key, open_sealed
from copehope_lib.language import gettext as _
from copehope_lib.records.record import Entry
from copehope_lib.widgets.widget import Message, Widget


class KeyField(Widget):
    """Asks for a key file and its passphrase, and then, now and then, what others wrote.

    Attributes
    ----------
    said : str
        Whether something is kept, and whether there is something to be read.
    offered : bool
        Whether a key could open anything.
    opened : bool
        Whether a key was given.
    to : str
        Public key that the key file is sealed to; its private half ends with the kernel.
    place : dict
        ``record`` and ``to`` (public keys) of entries that nobody typed.

    Examples
    --------
    >>> from copehope_lib.files.sealing import seal
    >>> field = KeyField()
    >>> field.turn = lambda content, passphrase: print(content, passphrase)
    >>> letter = base64.b64encode(seal(b'{"content": "QUdF", "passphrase": "x"}', [field.to]))
    >>> field._hear(field, {"kind": "key", "sealed": letter.decode()}, None)
    b'AGE' x
    """

    _esm = Path(__file__).with_name("key_field.js")

    said = traitlets.Unicode().tag(sync=True)
    offered = traitlets.Bool().tag(sync=True)
    opened = traitlets.Bool().tag(sync=True)
    to = traitlets.Unicode().tag(sync=True)
    place: "traitlets.Dict[str, Any]" = traitlets.Dict().tag(sync=True)

    turn: Callable[[bytes, str], None] = staticmethod(lambda _content, _passphrase: None)
    look: Callable[[], None] = staticmethod(lambda: None)
    sealed: Callable[[str], None] = staticmethod(lambda _page: None)

    def __init__(self, **traits: Any) -> None:
        self._own = new_key()
        super().__init__(to=self._own.public[0], **traits)

    def _words(self) -> dict[str, str]:
        return {
            "choose": _("Choose the key file"),
            "passphrase": _("Its passphrase, if it has one"),
            "open": _("Open the record"),
        }

    def hand(self, entry: Entry) -> None:
        """Give the browser an entry that nobody typed, to be sealed and kept."""
        self.send({"kind": "entry", "entry": vars(entry) | {"words": dict(entry.words)}})

    def _answer(self, kind: str, message: Message) -> None:
        if kind == "look":
            self.look()
        elif kind == "sealed":
            self.sealed(str(message.get("page", ""))[:100])
        elif kind == "key":
            content, passphrase = self._opened(str(message.get("sealed", ""))[:300_000])
            self.turn(content, passphrase)

    def _opened(self, sealed: str) -> tuple[bytes, str]:
        """Return a key file and its passphrase; what is none of ours opens nothing."""
        try:
            values = json.loads(open_sealed(base64.b64decode(sealed), self._own))
            return base64.b64decode(values["content"]), str(values["passphrase"])
        except (CopehopeError, ValueError, KeyError, TypeError, RecursionError):
            return b"", ""
