"""A page of a month as plain data: each card, for all that may be chosen on it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import nbformat
import pandas as pd

from copehope_lib.documents import csv, html
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.cards import CARDS, parts
from copehope_lib.panels.panel import Part, Seen, drawn_or_why, final, refused
from copehope_lib.panels.register import PAGES
from copehope_lib.panels.state import State, options, spoken
from copehope_lib.widgets.card import words

SELF_CHECK = "self_check"
"""The page that is neither drawn of a month nor made by a kernel: the browser does all of it."""
Data = dict[str, Any]
Chosen = Mapping[str, str]


def reading_page(notebook: Path) -> str | None:
    """Return the name of the page that a dashboard notebook draws, if it needs no kernel for it.

    So it is where it draws a page of cards, or the self-check, and does nothing else.

    Examples
    --------
    >>> from copehope_lib.server.launch import dashboards
    >>> [reading_page(dashboards() / f"{name}.ipynb") for name in ("needs", "supervision")]
    ['needs', None]
    """
    cells = [cell for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"]
    code = [cell.source.strip() for cell in cells]
    name = notebook.stem
    ours = code == ["from copehope_lib import pages", f"pages.{name}()"]
    return name if ours and name in (*CARDS, SELF_CHECK) else None


class _Asked:
    """A state that knows what it was asked for: on that depends what a card shows."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.names: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.names.add("since" if name == "first" else name)
        return getattr(self.state, name)


def draw(name: str, extract: Extract, month: pd.Period, chosen: Chosen | None = None) -> Data:
    """Return a page of cards as it is when a month is the latest, in the language in use.

    Parameters
    ----------
    name : str
        Of the page.
    extract : Extract
        What the audience may see.
    month : pandas.Period
        Month that is looked at.
    chosen : mapping of str to str, optional
        What is chosen on it, by its names in an address; by default the page is drawn for each
        thing that may be.

    Returns
    -------
    dict
        What can be written as JSON: heading, choices and ``cards``; each has its ``views`` by the
        part of an address that asks for one, such as ``barrier=work``.

    Raises
    ------
    CopehopeError
        If the month has not been published, or nothing of that name may be chosen.
    traitlets.TraitError
        If what is chosen is not to be had.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> extract = Extract(demo.workspace().extracts, "team")
    >>> page = draw("needs", extract, extract.months[-1])
    >>> [card["name"] for card in page["cards"]][:2], "need=food" in page["cards"][0]["views"]
    (['needs-coverage', 'needs-months'], True)
    """
    if month not in extract.months:
        raise CopehopeError(_("This month has not been published."))
    page, until = PAGES[name], extract.until(month)
    state, everything = State.of(until), State.of(extract)
    names = [*(["site"] if state.sites else []), *page.choices]
    unknown = {*(chosen or {})} - {*names}
    if unknown:
        raise CopehopeError(refused(", ".join(sorted(unknown))))
    every: list[Chosen] = [{one: code} for one in page.choices for code in state.choices(one)]
    wanted = every if chosen is None else [chosen]
    return {
        "name": name,
        "month": state.month,
        "since": state.since,
        "title": page.heading,
        "about": {site: until.about(month, site) for site in ("", *state.sites)},
        "final": final(extract.audience),
        "months": options(everything, "month"),
        "choices": {one: options(state, one) for one in names},
        "labels": {one: spoken(one) for one in ("month", "since", *names)},
        "words": {
            **{name: word for name, word in words().items() if name != "xlsx"},
            "book": _("All tables of the month (Excel)"),
            "reset": _("Reset"),
            "latest": _("The latest month, everything"),
            "refused": refused("{names}"),
        },
        "cards": [_card(part, until, state, names, wanted) for part in parts(name, until)],
    }


def _card(
    part: Part, extract: Extract, state: State, names: list[str], wanted: list[Chosen]
) -> Data:
    asked = _Asked(state)
    views = dict(_views(part, extract, asked, {}))
    reads = [name for name in names if name in asked.names]
    for chosen in wanted:
        mine = {
            name: code
            for name in reads
            if (code := chosen.get(name))
            and (name != part.sets or not part.codes or code in part.codes)
        }
        if mine:
            views |= _views(part, extract, _Asked(state), mine)
    return {
        "name": part.name,
        "size": part.size,
        "sets": part.sets,
        "link": list(part.link),
        "unsaid": part.unsaid,
        "reads": reads,
        "codes": list(part.codes),
        "views": views,
    }


def _views(
    part: Part, extract: Extract, asked: _Asked, chosen: Chosen
) -> Iterator[tuple[str, Data]]:
    """Yield what a card shows of something chosen; if it looks back, without the past too."""
    state = asked.state
    for name, code in chosen.items():
        setattr(state, name, code)
    yield urlencode(chosen), _view(part, extract, asked)
    since = state.since
    if "since" in asked.names and since != state.month:
        state.since = state.month
        yield urlencode({**chosen, "since": state.month}), _view(part, extract, asked)
        state.since = since
    for name in chosen:
        setattr(state, name, "")


def _view(part: Part, extract: Extract, asked: _Asked) -> Data:
    state = asked.state
    shown = drawn_or_why(part, Seen(extract, cast("State", asked)))
    source = f"{extract.about(state.period, state.site)} · {': '.join(extract.audience.badge)}"
    table = shown.table
    return {
        "reading": shown.reading,
        "why": shown.why,
        "figure": None if shown.figure is None else json.loads(shown.figure.to_json()),
        "table": "" if table is None else html.table(table),
        "csv": ""
        if table is None
        else csv.as_csv(table.readable().assign(**{_("source"): source})),
        "source": source,
        "name": f"copehope-{part.name}-{state.month}-{extract.audience.name}",
    }


def as_script(data: Data) -> str:
    """Return a page as the script that shows it: it opens from a folder, too.

    Examples
    --------
    >>> "</script>" in as_script({"title": "</script>"})
    False
    """
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f"copehopePage({text});\n"
