"""Buttons that bring a file from the kernel to the reader."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from copehope_lib.errors import CopehopeError


class Files(anywidget.AnyWidget):
    """Files that can be taken along.

    Attributes
    ----------
    formats : list of (str, str)
        Ending and words of each button.
    name : str
        Name of a file, without its ending.
    said : str
        Why there is no file, where there is none.

    Examples
    --------
    >>> files = Files(formats=[["md", "Minutes (text)"]])
    >>> files.make = lambda kind: kind.encode()
    >>> files._hear(files, {"kind": "exe"}, None)
    >>> files.said
    ''
    """

    _esm = Path(__file__).with_name("files.js")

    formats: "traitlets.List[list[str]]" = traitlets.List().tag(sync=True)
    name = traitlets.Unicode("file").tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self.make: Callable[[str], bytes] = lambda _kind: b""
        super().__init__(**traits)
        self.on_msg(self._hear)

    def _hear(self, _files: "Files", message: Any, _buffers: object) -> None:
        kind = message.get("kind") if isinstance(message, dict) else None
        if kind not in [ending for ending, _words in self.formats]:
            return
        try:
            content = self.make(str(kind))
        except CopehopeError as problem:
            self.said = str(problem)
            return
        self.said = ""
        self.send({"kind": "file", "name": f"{self.name}.{kind}"}, [content])
