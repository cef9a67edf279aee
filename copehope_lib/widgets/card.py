"""A card: one idea, as a sentence, a picture, and the table that proves it.

This is the one place where a figure reaches a page. A ``FigureWidget`` would send its whole
script again for every figure; here all cards of a page share one copy of it, which the page
itself holds or, in JupyterLab, asks for once.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import traitlets

from copehope_lib import theme
from copehope_lib.documents import csv, excel, html
from copehope_lib.documents.blocks import Table
from copehope_lib.language import gettext as _
from copehope_lib.widgets.widget import Message, Widget

_CODE = re.compile(r"[\w +-]{1,60}")


class Card(Widget):
    """One result on a page.

    Attributes
    ----------
    reading : str
        The sentence that the picture proves.
    why : str
        How the picture is to be read: what is counted, and when.
    unsaid : str
        What the picture does not say.
    figure : str
        The figure as JSON; empty where there is none.
    table : str
        The table behind it, as HTML.
    source : str
        Month, audience and its rule: written on everything that is downloaded.
    name : str
        Name of a downloaded file, without its ending.
    shown : Table, optional
        The table behind the figure, as it was given.
    link : list of str
        Address and words of the page that tells more; empty on that page itself.

    Examples
    --------
    >>> import pandas as pd
    >>> card = Card(why="Women on the last day.", unsaid="Why she came, or did not.")
    >>> card.show("Six women paused.", go.Figure(), Table(pd.DataFrame(), {}))
    >>> card.reading
    'Six women paused.'
    """

    _esm = Path(__file__).with_name("card.js")

    reading = traitlets.Unicode().tag(sync=True)
    why = traitlets.Unicode().tag(sync=True)
    unsaid = traitlets.Unicode().tag(sync=True)
    figure = traitlets.Unicode().tag(sync=True)
    table = traitlets.Unicode().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    name = traitlets.Unicode("table").tag(sync=True)
    link: "traitlets.List[str]" = traitlets.List(traitlets.Unicode()).tag(sync=True)

    choose: Callable[[str], None] | None = None
    shown: Table | None = None

    def show(self, reading: str, figure: go.Figure | None, table: Table | None) -> None:
        """Show a result: its sentence, its figure, and its table."""
        self.shown = table
        with self.hold_sync():
            self.reading = reading
            self.figure = "" if figure is None else str(figure.to_json())
            self.table = "" if table is None else html.table(table)

    def shown_table(self) -> pd.DataFrame | None:
        """Return the table behind the figure, in words; none where there is none."""
        return None if self.shown is None else self.shown.readable()

    def _answer(self, kind: str, message: Message) -> None:
        if kind == "plotly":
            self.send({"kind": "plotly"}, [theme.plotly_script()])
        elif kind == "choose" and self.choose is not None:
            code = message.get("code")
            if isinstance(code, str) and _CODE.fullmatch(code):
                self.choose(code)
        elif kind in ("csv", "xlsx") and self.shown is not None:
            frame = self.shown.readable()
            if kind == "csv":
                content = csv.as_csv(frame.assign(**{_("source"): self.source})).encode()
            else:
                content = excel.table_as_xlsx(frame, (self.reading, self.source))
            self.send({"kind": "file", "name": f"{self.name}.{kind}"}, [content])

    def _words(self) -> dict[str, str]:
        return words()


def words() -> dict[str, str]:
    """Return the words of every card, by the names that its script knows."""
    return {
        "table": _("Show the table"),
        "download": _("Download"),
        "unsaid": _("What this does not say"),
        "svg": _("Picture (SVG)"),
        "png": _("Picture (PNG)"),
        "csv": _("Table (CSV)"),
        "xlsx": _("Table (Excel)"),
        "sorry": _("The picture could not be drawn; the table says the same."),
    }
