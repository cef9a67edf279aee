"""The steps of a meeting above the page: where it is, what was done, how long each may take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets

from copehope_lib.language import gettext as _
from copehope_lib.widgets.widget import Message, Widget


class Stepper(Widget):
    """Steps, one of which is looked at.

    Attributes
    ----------
    steps : list of dict
        ``code``, ``title``, ``minutes``, ``skipped`` and ``done``, in their order.
    at : str
        Code of the step that is looked at.
    kept : bool
        Whether an arrangement of the steps is kept; where it is not, none can be made.

    Examples
    --------
    >>> stepper = Stepper()
    >>> stepper.go = print
    >>> stepper._hear(stepper, {"kind": "go", "step": "caseload"}, None)
    caseload
    """

    _esm = Path(__file__).with_name("stepper.js")

    steps: "traitlets.List[dict[str, Any]]" = traitlets.List().tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)
    kept = traitlets.Bool(True).tag(sync=True)

    go: Callable[[str], None] = staticmethod(lambda _step: None)
    arrange: Callable[[list[Any]], None] = staticmethod(lambda _steps: None)

    def _answer(self, kind: str, message: Message) -> None:
        if kind == "go":
            self.go(str(message.get("step", "")))
        elif kind == "arrange" and isinstance(message.get("steps"), list):
            self.arrange(message["steps"])

    def _words(self) -> dict[str, str]:
        return {
            "steps": _("Steps of the meeting"),
            "progress": _("Time of this step"),
            "time": _("{gone} of {minutes} minutes; {all} in all"),
            "arrange": _("Arrange the steps"),
            "minutes": _("minutes"),
            "skip": _("skip"),
            "earlier": _("Earlier"),
            "later": _("Later"),
        }
