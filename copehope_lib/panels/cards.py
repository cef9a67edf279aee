"""The register of cards: which stand on which page, in their order.

A card is declared once, in the module of its page; whoever shows it elsewhere, as a step of the
meeting or a section of a pack, names that declaration.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels import (
    caseload,
    engagement,
    home,
    itineraries,
    needs,
    network,
    practice,
    voice,
    wellbeing,
)
from copehope_lib.panels.panel import PageCard, Panel, Part
from copehope_lib.panels.register import PAGES
from copehope_lib.panels.state import State

# The cards of each page of :data:`copehope_lib.panels.register.PAGES` that has some.
CARDS: dict[str, tuple[PageCard, ...]] = {
    "home": home.CARDS,
    "caseload": caseload.CARDS,
    "engagement": engagement.CARDS,
    "itineraries": itineraries.CARDS,
    "needs": needs.CARDS,
    "practice": practice.CARDS,
    "voice": voice.CARDS,
    "network": network.CARDS,
    "wellbeing": wellbeing.CARDS,
}

# What stands on a page of which the team keeps nothing: it is in no navigation, and says why.
NOTHING = {"voice": (voice.NOTHING,), "network": (network.NOTHING,)}


def names(*cards: PageCard) -> tuple[str, ...]:
    """Return the names of cards.

    Examples
    --------
    >>> names(needs.COVERAGE, home.HIDDEN)
    ('needs-coverage', 'home-hidden')
    """
    return tuple(card.name for card in cards)


def parts(page: str, extract: Extract) -> list[Part]:
    """Return the cards of a page for the audience of an extract.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> [part.name for part in parts("caseload", Extract(demo.workspace().extracts, "partner"))]
    ['caseload-profiles', 'caseload-spread', 'caseload-reference']
    """
    there = [part for card in CARDS[page] if (part := card.part(extract))]
    return there or [part for card in NOTHING.get(page, ()) if (part := card.part(extract))]


def parts_of(extract: Extract, wanted: Iterable[str]) -> list[Part]:
    """Return cards of any page by their names; one that is not for this audience is left out.

    Raises
    ------
    CopehopeError
        If there is no card of a name.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> extract = Extract(demo.workspace().extracts, "partner")
    >>> [part.name for part in parts_of(extract, ["needs-coverage", "needs-women"])]
    ['needs-coverage']
    """
    known = {card.name for cards in CARDS.values() for card in cards}
    there = {part.name: part for page in CARDS for part in parts(page, extract)}
    made = []
    for name in wanted:
        if name not in known:
            (nearest,) = get_close_matches(name, known, n=1, cutoff=0)
            raise CopehopeError(
                _("There is no card {name}: the nearest is {nearest}.").format(
                    name=name, nearest=nearest
                )
            )
        if name in there:
            made.append(there[name])
    return made


def panel(page: str, extract: Extract, state: State | None = None) -> Panel:
    """Return a page of cards.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> engagement = panel("engagement", Extract(demo.workspace().extracts, "team"))
    >>> engagement.state.barrier = "childcare"
    >>> engagement.cards["engagement-barriers"].reading.startswith("Childcare: ")
    True
    """
    of = PAGES[page]
    return Panel(of.heading, extract, parts(page, extract), of.choices, state)
