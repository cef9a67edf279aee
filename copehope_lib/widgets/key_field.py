"""Where a key is given to a page: to read what was written before, or by somebody else."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path

import traitlets

from copehope_lib.language import gettext as _
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

    Examples
    --------
    >>> field = KeyField()
    >>> field.turn = lambda content, passphrase: print(content, passphrase)
    >>> field._hear(field, {"kind": "key", "content": "QUdF", "passphrase": "x"}, None)
    b'AGE' x
    """

    _esm = Path(__file__).with_name("key_field.js")

    said = traitlets.Unicode().tag(sync=True)
    offered = traitlets.Bool().tag(sync=True)
    opened = traitlets.Bool().tag(sync=True)

    turn: Callable[[bytes, str], None] = staticmethod(lambda _content, _passphrase: None)
    look: Callable[[], None] = staticmethod(lambda: None)

    def _words(self) -> dict[str, str]:
        return {
            "choose": _("Choose the key file"),
            "passphrase": _("Its passphrase, if it has one"),
            "open": _("Open the record"),
        }

    def _answer(self, kind: str, message: Message) -> None:
        if kind == "look":
            self.look()
        if kind != "key":
            return
        try:
            content = base64.b64decode(str(message.get("content", ""))[:200000], validate=True)
        except binascii.Error:
            content = b""
        self.turn(content, str(message.get("passphrase", ""))[:1000])
