"""The address of a page: what is looked at stands in it, so that a view can be sent on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class Address(anywidget.AnyWidget):
    """Carries the address of the page to and fro; it shows nothing.

    Attributes
    ----------
    asked : str
        What stood in the address when the page was opened, as ``?month=2026-09``.
    query : str
        What is to stand in it now.

    Examples
    --------
    >>> address = Address()
    >>> heard = []
    >>> address.on_open(heard.append)
    >>> address.asked = "?month=2026-09"
    >>> heard
    ['?month=2026-09']
    """

    _esm = Path(__file__).with_name("address.js")

    asked = traitlets.Unicode().tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)

    def on_open(self, answer: Callable[[str], None]) -> None:
        """Call a function with what the page was asked for, then tell the page that it was."""

        def hear(change: dict[str, Any]) -> None:
            answer(str(change["new"])[:2000])
            self.send({"kind": "answered"})

        self.observe(hear, "asked")
