"""Who may see what: three audiences, each one value with its numbers, and nothing else asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from copehope_lib.audience_names import AudienceName
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.language import ngettext

# A page knows its audience and reads no settings.
if TYPE_CHECKING:
    from copehope_lib.settings import Settings, Stricter


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
        Smallest count of women that is shown.
    width : int
        How many numbers a hidden count could at least be, for whoever puts together all that
        was ever shown; 1 promises nothing.
    rounding : int
        Base to which counts are rounded; 1 leaves them as they are.
    dominance : float
        A sum is hidden where it tells the largest of its parts more exactly than this fraction
        of it (the p% rule).
    k : int
        Fewest rows about women that share what others may know of each of them.
    cases : bool
        Whether it holds rows about a woman, by pseudonym.
    professionals : bool
        Whether it holds rows about a professional, by code.
    movements : bool
        Whether it holds tables that follow women from one month to the next.
    """

    name: str
    title: str
    symbol: str
    minimum: int
    width: int
    rounding: int
    dominance: float
    k: int
    cases: bool
    professionals: bool
    movements: bool

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
        ).format(n=self.minimum)
        if self.rounding > 1:
            rule = _("{rule}, the others rounded to {base}").format(rule=rule, base=self.rounding)
        return _(self.title), rule

    def stricter(self, wanted: Stricter) -> Audience:
        """Return this audience with the numbers that a team makes stricter.

        Raises
        ------
        CopehopeError
            If a number would be looser than here, or a base is no multiple of this one.

        Examples
        --------
        >>> from copehope_lib.settings import Stricter
        >>> TEAM.stricter(Stricter(minimum=5)).minimum
        5
        """
        numbers = {name: n for name, n in wanted.model_dump().items() if n is not None}
        for name, number in numbers.items():
            least = getattr(self, name)
            if number < least or (name == "rounding" and number % least):
                raise CopehopeError(
                    _(
                        "copehope.toml: audiences.{audience}.{name} = {number} is looser than "
                        "{least}: write a larger number, or leave it out."
                    ).format(audience=self.name, name=name, number=number, least=least)
                )
        return replace(self, **numbers)


# 3 inside a team that knows the women; 5 to 10 and a base of rounding are common practice in
# health and official statistics; 10 % is the p% rule of ACRO. A hidden count under the minimum
# could be any of as many numbers as the minimum itself: that is the width.
SUPERVISION = Audience(
    "supervision", N_("Supervision"), "◉", minimum=1, width=1, rounding=1, dominance=0.0, k=1,
    cases=True, professionals=True, movements=True,
)  # fmt: skip
TEAM = Audience(
    "team", N_("Team view"), "◔", minimum=3, width=3, rounding=1, dominance=0.1, k=3,
    cases=False, professionals=True, movements=True,
)  # fmt: skip
PARTNER = Audience(
    "partner", N_("Partner view"), "○", minimum=10, width=10, rounding=5, dominance=0.1, k=10,
    cases=False, professionals=False, movements=False,
)  # fmt: skip


def _registered(*rules: Audience) -> dict[str, Audience]:
    """Return the rules by name, in the order of the register: each name has its rules.

    Raises
    ------
    CopehopeError
        If an audience is registered without rules, or has rules and is not registered.
    """
    names, by_name = get_args(AudienceName), {one.name: one for one in rules}
    for name in {*names} ^ {*by_name}:
        sentence = _(
            "The audience {name} is half written: name it in copehope_lib/audience_names.py, and "
            "write its rules in copehope_lib/privacy/audience.py."
        )
        raise CopehopeError(sentence.format(name=name))
    return {name: by_name[name] for name in names}


AUDIENCES = _registered(SUPERVISION, TEAM, PARTNER)
"""The audiences by name, from most to least detail."""


def audiences(settings: Settings) -> Mapping[str, Audience]:
    """Return the audiences by name, as strict as a team wants them.

    Raises
    ------
    CopehopeError
        If the settings would make one looser.

    Examples
    --------
    >>> from copehope_lib.settings import Settings
    >>> audiences(Settings())["partner"].rounding
    5
    """
    return {
        name: audience.stricter(settings.audiences[name])
        if name in settings.audiences
        else audience
        for name, audience in AUDIENCES.items()
    }
