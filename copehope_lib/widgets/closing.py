"""The end of a self-check: her own result in a file of her own, and the giving of answers."""

from collections.abc import Callable
from pathlib import Path

import traitlets

from copehope_lib.language import gettext as _
from copehope_lib.widgets.widget import Message, Widget


class Closing(Widget):
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

    compare: Callable[[str], None] = staticmethod(lambda _text: None)
    give: Callable[[str], None] = staticmethod(lambda _slip: None)

    def _words(self) -> dict[str, str]:
        return {
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

    def _answer(self, kind: str, message: Message) -> None:
        if kind == "give":
            self.give(str(message.get("slip", ""))[:100])
        elif kind == "compare":
            self.compare(str(message.get("text", ""))[:20000])
