"""The end of a self-check: her own result in a file of her own, and the giving of answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from copehope_lib.language import gettext as _


class Closing(anywidget.AnyWidget):
    """Keep, compare, give.

    Attributes
    ----------
    content, name : str
        Her own result as a file, and its name; made by the browser, never by the kernel.
    compared : str
        What came of a file that she compares with.
    taking : bool
        Whether a wave takes answers.
    given : bool
        Whether they were given.
    said : str
        What became of them.
    busy : bool
        Whether they are on their way.

    Examples
    --------
    >>> closing = Closing()
    >>> closing.give = lambda slip: setattr(closing, "said", f"{slip}?")
    >>> closing._hear(closing, {"kind": "give", "slip": "K7QM"}, None)
    >>> closing.said
    'K7QM?'
    """

    _esm = Path(__file__).with_name("closing.js")

    content = traitlets.Unicode().tag(sync=True)
    name = traitlets.Unicode("self-check.json").tag(sync=True)
    compared = traitlets.Unicode().tag(sync=True)
    taking = traitlets.Bool().tag(sync=True)
    given = traitlets.Bool().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    busy = traitlets.Bool().tag(sync=True)
    words: "traitlets.Dict[str, str]" = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self.compare: Callable[[str], None] = lambda _text: None
        self.give: Callable[[str], None] = lambda _slip: None
        super().__init__(**traits)
        self.speak()
        self.on_msg(self._hear)

    def speak(self) -> None:
        """Use the language in use."""
        self.words = {
            "keep": _("Keep your result"),
            "keep_why": _(
                "The file stays with you. Next month you can compare with it, in this page "
                "only: nothing of it is kept here."
            ),
            "save": _("Save my result"),
            "compare": _("Compare with an earlier file of mine"),
            "give": _("Give your answers to the team picture"),
            "give_why": _(
                "If you like, and only if you like. Your answers are sealed before they leave "
                "this page, and only the supervisor’s key opens them. The slip from the hat "
                "says that you answer once; it does not say who you are."
            ),
            "no_wave": _("No wave takes answers just now. Your result is yours all the same."),
            "slip": _("What is on your slip"),
            "give_button": _("Give my answers to the team picture"),
        }

    def _hear(self, _closing: "Closing", message: Any, _buffers: object) -> None:
        """Hear what the page asks for; whoever asks may send anything."""
        kind = message.get("kind") if isinstance(message, dict) else None
        if kind == "give":
            self.give(str(message.get("slip", ""))[:100])
        elif kind == "compare":
            self.compare(str(message.get("text", ""))[:20000])
