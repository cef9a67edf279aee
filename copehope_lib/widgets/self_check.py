"""The self-check as a widget: its script does everything, and tells its kernel nothing."""

from pathlib import Path

import anywidget
import traitlets


class SelfCheck(anywidget.AnyWidget):
    """What is asked; nothing that is chosen comes back.

    Attributes
    ----------
    page : dict of str to object
        As :func:`copehope_lib.panels.self_check.told` returns it.

    Examples
    --------
    >>> sorted(name for name in SelfCheck().keys if not name.startswith("_"))
    ['layout', 'page', 'tabbable', 'tooltip']
    """

    _esm = Path(__file__).with_name("self_check.js")

    page: "traitlets.Dict[str, object]" = traitlets.Dict(read_only=True).tag(sync=True)
