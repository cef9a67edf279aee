"""What a page looks at: a month, how far back, what was chosen; as in its address."""

from urllib.parse import parse_qsl, urlencode

import pandas as pd
import traitlets

from copehope_lib import months
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.columns import VOCABULARIES, heading
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import AREAS_TOGETHER, BARRIERS_TOGETHER

# Months that pictures over time look back, at first.
SPAN = 6

# What may be chosen, by the name that it has in the address; nothing chosen is all of it.
CHOICES: dict[str, list[str]] = {
    **{name: VOCABULARIES[name].codes() for name in ("module", "barrier", "area", "need")},
    "check": list(RECOMMENDATIONS),
}


# For a word that groups are told with others the one under which they are.
TOGETHER = {"area": AREAS_TOGETHER, "barrier": BARRIERS_TOGETHER}


class State(traitlets.HasTraits):
    """What a page looks at.

    Attributes
    ----------
    months : list of str
        Published months, as ``2026-10``, oldest first.
    month : str
        The month that is looked at.
    since : str
        First month of pictures over time, never after ``month``.
    sites : list of str
        Sites that can be told apart.
    site : str
        The site that is looked at; empty for all of them.
    groups : bool
        Whether groups are told, who choose among fewer words.
    module, barrier, area, need, check : str
        Code of what was chosen; empty where nothing was.

    Examples
    --------
    >>> state = State(months=["2026-09", "2026-10"], month="2026-10", since="2026-09")
    >>> state.read("?month=2026-09&barrier=work&need=gold")
    ['need']
    >>> state.query(["barrier"])
    '?month=2026-09&barrier=work'
    """

    months: "traitlets.List[str]" = traitlets.List(traitlets.Unicode())
    month = traitlets.Unicode()
    since = traitlets.Unicode()
    sites: "traitlets.List[str]" = traitlets.List(traitlets.Unicode())
    site = traitlets.Unicode()
    groups = traitlets.Bool(default_value=False)
    module = traitlets.Unicode()
    barrier = traitlets.Unicode()
    area = traitlets.Unicode()
    need = traitlets.Unicode()
    check = traitlets.Unicode()

    @classmethod
    def of(cls, extract: Extract) -> "State":
        """Return the state in which a page opens: the latest month, and the half year to it."""
        names = [str(month) for month in extract.months]
        return cls(
            months=names,
            month=names[-1],
            since=names[-SPAN:][0],
            sites=extract.sites,
            groups=not extract.audience.cases,
        )

    @traitlets.validate("month", "since")
    def _published(self, proposal: traitlets.Bunch) -> str:
        if self.months and proposal["value"] not in self.months:
            raise traitlets.TraitError(_("This month has not been published."))
        return str(proposal["value"])

    @traitlets.validate("site", *CHOICES)
    def _known(self, proposal: traitlets.Bunch) -> str:
        code, name = proposal["value"], proposal["trait"].name
        if code and code not in (self.sites if name == "site" else self.choices(name)):
            raise traitlets.TraitError(_("There is no such choice."))
        return str(code)

    @traitlets.observe("month", "since")
    def _in_order(self, change: traitlets.Bunch) -> None:
        if self.since > self.month:
            if change["name"] == "month":
                self.since = self.month
            else:
                self.month = self.since

    def choices(self, name: str) -> list[str]:
        """Return the codes of what may be chosen."""
        words = TOGETHER.get(name, {}) if self.groups else {}
        return [*dict.fromkeys(words.get(code, code) for code in CHOICES[name])]

    @property
    def period(self) -> pd.Period:
        """The chosen month."""
        return pd.Period(self.month, "M")

    @property
    def first(self) -> pd.Period:
        """The first month of pictures over time."""
        return pd.Period(self.since, "M")

    def reset(self) -> None:
        """Look at the latest month and everything in it."""
        with self.hold_trait_notifications():
            self.month = self.months[-1]
            self.since = self.months[-SPAN:][0]
            for name in ("site", *CHOICES):
                setattr(self, name, "")

    def read(self, query: str) -> list[str]:
        """Look at what an address asks for, and return the names of what is not to be had."""
        refused = []
        for name, value in parse_qsl(query.lstrip("?")):
            if name in ("month", "since", "site", *CHOICES):
                try:
                    setattr(self, name, value)
                except traitlets.TraitError:
                    refused.append(name)
        return refused

    def query(self, names: list[str]) -> str:
        """Return what stands in the address: what differs from how a page opens.

        Parameters
        ----------
        names : list of str
            Choices that the page offers.
        """
        opened = {"month": self.months[-1], "since": self.months[-SPAN:][0]}
        opened |= dict.fromkeys(names, "")
        wanted = {n: getattr(self, n) for n in opened if getattr(self, n) != opened[n]}
        if wanted.get("since") == wanted.get("month"):
            wanted.pop("since", None)
        return f"?{urlencode(wanted)}" if wanted else ""


def spoken(name: str) -> str:
    """Return the name of a choice as people read it.

    Examples
    --------
    >>> spoken("since"), spoken("need")
    ('From', 'Need')
    """
    return _("From") if name == "since" else heading(name)


def options(state: State, name: str) -> list[tuple[str, str]]:
    """Return the labels and codes of a choice: months from the latest on, else everything first.

    Examples
    --------
    >>> state = State(months=["2026-09", "2026-10"], month="2026-10", since="2026-09")
    >>> options(state, "since")
    [('October 2026', '2026-10'), ('September 2026', '2026-09')]
    >>> options(state, "need")[:2]
    [('All', ''), ('Housing', 'housing')]
    """
    if name in ("month", "since"):
        return [(months.name(pd.Period(one, "M")), one) for one in reversed(state.months)]
    if name == "site":
        return [(_("All"), ""), *((site, site) for site in state.sites)]
    return [(_("All"), ""), *((_label(name, code), code) for code in state.choices(name))]


def _label(name: str, code: str) -> str:
    if name == "check":
        return _(RECOMMENDATIONS[code].sentence)
    return VOCABULARIES[name].label_of(code)
