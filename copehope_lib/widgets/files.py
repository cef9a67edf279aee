"""Buttons that bring a file from the kernel to the reader."""

from collections.abc import Callable
from pathlib import Path

import traitlets

from copehope_lib.errors import CopehopeError
from copehope_lib.widgets.widget import Message, Widget


class Files(Widget):
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

    make: Callable[[str], bytes] = staticmethod(lambda _kind: b"")

    def _answer(self, kind: str, _message: Message) -> None:
        if kind not in [ending for ending, _words in self.formats]:
            return
        try:
            content = self.make(kind)
        except CopehopeError as problem:
            self.said = str(problem)
            return
        self.said = ""
        self.send({"kind": "file", "name": f"{self.name}.{kind}"}, [content])
