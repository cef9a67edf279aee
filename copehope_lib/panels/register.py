"""The register of pages: what each is called, for whom it is, what may be chosen on it.

Everything else that lists pages reads it: the navigation, the folder that is served, links from
page to page, :mod:`copehope_lib.pages`, and tests. The cards of a page stand in
:mod:`copehope_lib.panels.cards`.
"""

from dataclasses import dataclass
from typing import Literal

from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.privacy.audience import Audience

# For whom something is, by what an audience may see.
Sees = Literal["all", "cases", "professionals", "movements", "no movements"]


def sees(audience: Audience, what: Sees) -> bool:
    """Return whether an audience is one of those for whom something is.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import PARTNER
    >>> sees(PARTNER, "all"), sees(PARTNER, "cases"), sees(PARTNER, "no movements")
    (True, False, True)
    """
    if what == "no movements":
        return not audience.movements
    return what == "all" or bool(getattr(audience, what))


@dataclass(frozen=True)
class Page:
    """A page, as it is registered.

    Attributes
    ----------
    name : str
        Of its notebook and, in :mod:`copehope_lib.pages`, of what makes it.
    english : str
        English source of its title in the navigation.
    sees : Sees
        For whom it is.
    choices : tuple of str
        What may be chosen on it besides the months.
    above : str
        English source of what stands above the page itself, where that is longer.
    keeps : str
        A table: where it has no row in any month, the page is not offered.

    Examples
    --------
    >>> PAGES["home"].title, PAGES["home"].heading, PAGES["home"].file
    ('Month', 'The month', 'home.ipynb')
    """

    name: str
    english: str
    sees: Sees = "all"
    choices: tuple[str, ...] = ()
    above: str = ""
    keeps: str = ""

    @property
    def file(self) -> str:
        """Name of its notebook."""
        return f"{self.name}.ipynb"

    @property
    def title(self) -> str:
        """What the navigation calls it, in the language in use."""
        return _(self.english)

    @property
    def heading(self) -> str:
        """What stands above it, in the language in use."""
        return _(self.above or self.english)


# The pages by name, in the order of the navigation.
PAGES = {
    page.name: page
    for page in (
        Page("home", N_("Month"), above=N_("The month")),
        Page("caseload", N_("Caseload")),
        Page("engagement", N_("Engagement"), choices=("module", "barrier")),
        Page("itineraries", N_("Itineraries"), choices=("area",)),
        Page("needs", N_("Needs"), choices=("need",)),
        Page("practice", N_("Practice"), choices=("check",)),
        Page("voice", N_("Her voice"), "professionals", keeps="voice.answers"),
        Page("network", N_("Network"), "professionals", keeps="network.services"),
        Page("wellbeing", N_("How we are"), "professionals"),
        Page("self_check", N_("Self-check"), "professionals"),
        Page("preparation", N_("Preparation"), "cases"),
        Page("supervision", N_("Supervision"), "cases"),
        Page("reflection", N_("Reflection"), "cases", above=N_("Case reflection")),
    )
}


def pages(audience: Audience) -> list[Page]:
    """Return the pages of an audience in the order of the navigation.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import PARTNER
    >>> [page.name for page in pages(PARTNER)]
    ['home', 'caseload', 'engagement', 'itineraries', 'needs', 'practice']
    """
    return [page for page in PAGES.values() if sees(audience, page.sees)]


def offered(extract: Extract) -> list[Page]:
    """Return the pages that an extract can fill: what a team does not keep is not offered.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> team, partner = (Extract(demo.workspace().extracts, of) for of in ("team", "partner"))
    >>> "voice" in [page.name for page in offered(team)]
    True
    >>> offered(partner) == pages(partner.audience)
    True
    """
    there = pages(extract.audience)
    return [page for page in there if not page.keeps or extract.tells(page.keeps)]
