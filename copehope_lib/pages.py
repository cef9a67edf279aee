"""What the third cell of a dashboard calls: a page for whoever looks at it."""

from collections.abc import Callable
from html import escape

import ipywidgets as ipw

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.panels import CaseloadPanel, EngagementPanel
from copehope_lib.theme import css


def caseload(extract: Extract | None = None) -> ipw.Widget:
    """Return the caseload page.

    Parameters
    ----------
    extract : Extract, optional
        What the audience may see; by default what ``copehope serve`` handed to this process.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = caseload(Extract(demo.workspace().extracts, "team"))
    """
    return _page(lambda shown: CaseloadPanel(shown).view, extract)


def engagement(extract: Extract | None = None) -> ipw.Widget:
    """Return the engagement page; parameters as for :func:`caseload`.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = engagement(Extract(demo.workspace().extracts, "team"))
    """
    return _page(lambda shown: EngagementPanel(shown).view, extract)


def _page(view: Callable[[Extract], ipw.Widget], extract: Extract | None) -> ipw.Widget:
    """Return a view in the house style, or the one sentence that says why there is none."""
    try:
        shown = Extract() if extract is None else extract
        language.use(shown.manifest.language)
        inside = view(shown)
    except CopehopeError as problem:
        inside = ipw.HTML(f"<p class='ch-notice' role='alert'>{escape(str(problem))}</p>")
    return ipw.VBox([ipw.HTML(f"<style>{css()}</style>"), inside])
