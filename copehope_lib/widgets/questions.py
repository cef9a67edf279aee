"""The questions of a self-check, and what is chosen; it keeps nothing and sends nothing on."""

from collections.abc import Callable
from pathlib import Path

import traitlets

from copehope_lib.instruments import Instrument
from copehope_lib.language import current
from copehope_lib.language import gettext as _
from copehope_lib.widgets.widget import Message, Widget


class Questions(Widget):
    """Questions with a few answers each.

    Attributes
    ----------
    items : list of dict
        What is asked, in the language in use: ``number``, ``lead``, ``text``, ``choices``.
    answers : dict of str to int
        Value by number of the item. Whoever drives the page may set it to anything:
        :meth:`given` is what counts.
    language : str
        The language that the page was switched to.
    given : bool
        Whether the answers were given to the team picture.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> questions = Questions(read("month_check"))
    >>> questions.answers = {"1": 3, "2": 99, "3": -1, "x": 1}
    >>> questions.chosen()
    {1: 3}
    """

    _esm = Path(__file__).with_name("questions.js")

    items: "traitlets.List[dict[str, object]]" = traitlets.List().tag(sync=True)
    answers: "traitlets.Dict[str, int]" = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)
    given = traitlets.Bool().tag(sync=True)

    finish: Callable[[], None] = staticmethod(lambda: None)

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        super().__init__(language=current())

    def speak(self) -> None:
        """Ask in the language in use; what was chosen stays chosen."""
        asked = self.instrument
        with self.hold_sync():
            super().speak()
            self.items = [
                {
                    "number": item,
                    "lead": _("This month"),
                    "text": asked.sentence(item),
                    "choices": [list(choice) for choice in asked.choices],
                }
                for item in asked.items
            ]

    def chosen(self) -> dict[int, int]:
        """Return what was chosen, without anything that is no item or no answer."""
        given = {n: self.answers[str(n)] for n in self.instrument.items if str(n) in self.answers}
        return {n: value for n, value in given.items() if self.instrument.takes(n, value)}

    def _answer(self, kind: str, message: Message) -> None:
        if kind == "finish":
            if isinstance(message.get("answers"), dict):
                self.set_state({"answers": message["answers"]})
            self.finish()
            self.send({"kind": "finished"})

    def _words(self) -> dict[str, str]:
        return {
            "all": _("All on one page"),
            "single": _("One at a time"),
            "cover": _("Cover my answers"),
            "covered": _("Your answers are covered, and still here."),
            "go_on": _("Go on"),
            "back": _("Back"),
            "next": _("Next"),
            "finish": _("See my result"),
            "progress": _("Answered so far"),
            "count": _("{k} of {n} answered"),
        }
