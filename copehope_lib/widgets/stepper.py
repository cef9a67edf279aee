"""The steps of a meeting above the page: where it is, what was done, how long each may take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from copehope_lib.language import gettext as _


class Stepper(anywidget.AnyWidget):
    """Steps, one of which is looked at.

    Attributes
    ----------
    steps : list of dict
        ``code``, ``title``, ``minutes``, ``skipped`` and ``done``, in their order.
    at : str
        Code of the step that is looked at.

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
    words: "traitlets.Dict[str, str]" = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self.go: Callable[[str], None] = lambda _step: None
        self.arrange: Callable[[list[Any]], None] = lambda _steps: None
        super().__init__(**traits, words=_words())
        self.on_msg(self._hear)

    def _hear(self, _stepper: "Stepper", message: Any, _buffers: object) -> None:
        kind = message.get("kind") if isinstance(message, dict) else None
        if kind == "go":
            self.go(str(message.get("step", "")))
        elif kind == "arrange" and isinstance(message.get("steps"), list):
            self.arrange(message["steps"])


def _words() -> dict[str, str]:
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
