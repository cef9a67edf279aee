"""A place to write: texts, what belongs to each, and what in them could give somebody away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets

from copehope_lib.language import gettext as _
from copehope_lib.records.record import LONGEST
from copehope_lib.widgets.widget import Message, Widget


class Writing(Widget):
    """Texts that are being written.

    Attributes
    ----------
    items : list of dict
        ``entry``, as the record holds it; ``mine``, the last turn of it that this page wrote; and
        ``found``: pieces of its text, each with ``why`` and ``offers``.
    place : dict
        ``record`` and ``to`` (public keys) of what is written, ``kind`` and ``words`` of an entry
        that is added.
    fields : list of dict
        ``name``, ``label``, ``choices`` (pairs of value and word) and ``type`` of what belongs
        to each text.
    several : bool
        Whether texts can be added and taken out.
    title, hint, label, add : str
        Heading, how it is meant, name of a text, words of the button that adds one.
    rows : int
        Lines of an empty text.
    longest : int
        Letters that a text may have.
    kept : bool
        Whether what is written is kept; where it is not, nothing can be.

    Examples
    --------
    >>> writing = Writing(several=True)
    >>> writing.hear = lambda kind, message: print(kind, message)
    >>> writing._hear(writing, {"kind": "keep", "id": "a", "piece": "Ada"}, None)
    keep {'kind': 'keep', 'id': 'a', 'piece': 'Ada'}
    """

    _esm = Path(__file__).with_name("writing.js")

    items: "traitlets.List[Message]" = traitlets.List().tag(sync=True)
    place: "traitlets.Dict[str, Any]" = traitlets.Dict().tag(sync=True)
    fields: "traitlets.List[Message]" = traitlets.List().tag(sync=True)
    several = traitlets.Bool().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    add = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Int(2).tag(sync=True)
    kept = traitlets.Bool(True).tag(sync=True)
    longest = traitlets.Int(LONGEST).tag(sync=True)

    hear: Callable[[str, Message], None] = staticmethod(lambda _kind, _message: None)

    def _words(self) -> dict[str, str]:
        too_long = _(
            "The text has {n} letters, and {most} are the most: shorten it; it is still on "
            "the page, and not yet in the record."
        )
        return {
            "remove": _("Take out"),
            "keep": _("Keep as it is"),
            "kept": _("kept {time}"),
            "too_long": too_long.replace("{most}", str(LONGEST)),
        }

    def put(self, key: str, values: dict[str, str]) -> None:
        """Have the page write something into an entry, as if it had been typed."""
        self.send({"kind": "put", "id": key, "values": values})

    def _answer(self, kind: str, message: Message) -> None:
        if kind in ("write", "replace", "keep"):
            self.hear(kind, message)
