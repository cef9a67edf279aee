"""Who may see what: three audiences, each one value with its numbers, and nothing else asks."""

from dataclasses import dataclass
from typing import Literal

from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.language import ngettext


@dataclass(frozen=True)
class Audience:
    """The disclosure rules of one audience.

    Attributes
    ----------
    name : str
        Folder name of its extracts.
    title : str
        What the badge of a page calls it.
    symbol : str
        Stands before it: the fuller, the more detail.
    minimum : int
        Smallest count of women that is shown; zero is no woman and is shown.
    rounding : int
        Base to which counts are rounded; 1 leaves them as they are.
    date_unit : {"day", "month"}
        How exact a date may be.
    cases : bool
        Whether it holds rows about a woman, by pseudonym.
    professionals : bool
        Whether it holds rows about a professional, by code.
    """

    name: str
    title: str
    symbol: str
    minimum: int
    rounding: int
    date_unit: Literal["day", "month"]
    cases: bool
    professionals: bool

    @property
    def badge(self) -> tuple[str, str]:
        """Who may see this, and what that means, in the language in use.

        Examples
        --------
        >>> TEAM.badge
        ('Team view', 'groups only, counts under 3 hidden')
        """
        if self.cases:
            return _(self.title), _("women by pseudonym, for this room only")
        rule = ngettext(
            "groups only, counts under {n} hidden",
            "groups only, counts under {n} hidden",
            self.minimum,
        )
        return _(self.title), rule.format(n=self.minimum)


# Numbers and their sources: 3 inside a team that knows the women, 5 to 10 and a rounding base
# are common practice in health and official statistics.
SUPERVISION = Audience("supervision", N_("Supervision"), "◉", 1, 1, "day", True, True)
TEAM = Audience("team", N_("Team view"), "◔", 3, 1, "month", False, True)
PARTNER = Audience("partner", N_("Partner view"), "○", 10, 5, "month", False, False)

AUDIENCES = {audience.name: audience for audience in (SUPERVISION, TEAM, PARTNER)}
"""The audiences by name, from most to least detail."""
