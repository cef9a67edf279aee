"""The heading of a page: its title, the team, the month."""

from html import escape

import ipywidgets as ipw

from copehope_lib import months
from copehope_lib.extract import Extract


def headed(title: str, extract: Extract) -> ipw.HTML:
    """Return the heading of a page: its title, the team, the latest month.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> headed("Supervision", Extract(demo.workspace().extracts, "supervision")).value
    "<h1>Supervision</h1><p class='ch-sub'>Demo team · October 2026</p>"
    """
    about = f"{extract.manifest.team} · {months.name(extract.months[-1])}"
    heading = ipw.HTML(f"<h1>{escape(title)}</h1><p class='ch-sub'>{escape(about)}</p>")
    heading.add_class("ch-title")
    return heading
