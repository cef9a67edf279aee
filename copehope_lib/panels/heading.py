"""The heading of a page: its title, the team, the month."""

from html import escape

import ipywidgets as ipw

from copehope_lib.extract import Extract
from copehope_lib.panels.register import PAGES


def headed(page: str, extract: Extract) -> ipw.HTML:
    """Return the heading of a page: its title, the team, the latest month.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> headed("supervision", Extract(demo.workspace().extracts, "supervision")).value
    "<h1>Supervision</h1><p class='ch-sub'>Demo team · October 2026</p>"
    """
    about = escape(extract.about(extract.months[-1]))
    heading = ipw.HTML(f"<h1>{escape(PAGES[page].heading)}</h1><p class='ch-sub'>{about}</p>")
    heading.add_class("ch-title")
    return heading
