"""A place to write: texts, what belongs to each, and what in them could give somebody away."""

from collections.abc import Callable
from pathlib import Path

import traitlets

from copehope_lib.language import gettext as _
from copehope_lib.widgets.widget import Message, Widget


class Writing(Widget):
    """Texts that are being written.

    Attributes
    ----------
    items : list of dict
        ``id``, ``values`` (``text`` and the fields), ``found`` (pieces of the text, each with
        ``why`` and ``offers``) and ``said``, a sentence where something went wrong.
    fields : list of dict
        ``name``, ``label``, ``choices`` (pairs of value and word) and ``type`` of what belongs
        to each text.
    several : bool
        Whether texts can be added and taken out.
    title, hint, label, add : str
        Heading, how it is meant, name of a text, words of the button that adds one.
    rows : int
        Lines of an empty text.
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
    fields: "traitlets.List[Message]" = traitlets.List().tag(sync=True)
    several = traitlets.Bool().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    add = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Int(2).tag(sync=True)
    kept = traitlets.Bool(True).tag(sync=True)

    hear: Callable[[str, Message], None] = staticmethod(lambda _kind, _message: None)

    def _words(self) -> dict[str, str]:
        return {"remove": _("Take out"), "keep": _("Keep as it is")}

    def focus(self, item: str) -> None:
        """Put the cursor into a text that was just added."""
        self.send({"kind": "added", "id": item})

    def _answer(self, kind: str, message: Message) -> None:
        if kind in ("write", "add", "remove", "replace", "keep"):
            self.hear(kind, message)
