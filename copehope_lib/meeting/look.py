"""How small things look on a page of the meeting: a remark, a button, a box of its own style."""

from collections.abc import Callable
from html import escape
from typing import Any, TypeVar

import ipywidgets as ipw

_Shown = TypeVar("_Shown", bound=ipw.DOMWidget)


def styled(shown: _Shown, *classes: str) -> _Shown:
    """Give a widget its classes, and return it."""
    for name in classes:
        shown.add_class(name)
    return shown


def paragraph(sentence: str, style: str = "ch-why") -> ipw.HTML:
    """Return a sentence as a paragraph, by default as a remark.

    Examples
    --------
    >>> paragraph("Now & then.").value
    "<p class='ch-why'>Now &amp; then.</p>"
    """
    return ipw.HTML(f"<p class='{style}'>{escape(sentence)}</p>")


def button(
    words: str, press: Callable[[], object], style: str = "ch-strong", **traits: Any
) -> ipw.Button:
    """Return a button.

    Examples
    --------
    >>> pressed = []
    >>> button("Next", lambda: pressed.append("next")).click()
    >>> pressed
    ['next']
    """
    made = styled(ipw.Button(description=words, **traits), style)
    made.on_click(lambda _button: press())
    return made
