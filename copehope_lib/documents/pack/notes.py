"""What a pack says of itself: for whom it is, how it was made, what it hides and why."""

from copehope_lib.documents.blocks import Note
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.privacy.manifest import Manifest


def meant(audience: Audience) -> str:
    """Say for whom a pack is, and what it holds.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import PARTNER
    >>> meant(PARTNER)
    'For partners and funders: groups of women and never one of them, and no post of the team.'
    """
    if audience.professionals:
        return _(
            "For the team and those who answer for it: groups of women and never one of them, "
            "posts of the team by code."
        )
    return _(
        "For partners and funders: groups of women and never one of them, and no post of the team."
    )


def notes(manifest: Manifest, *, wellbeing: bool) -> tuple[Note, ...]:
    """Return the notes on a month.

    Parameters
    ----------
    manifest : Manifest
        Of the month.
    wellbeing : bool
        Whether the pack tells how the team is.
    """
    told = {
        _("Where it comes from"): _origin(manifest),
        _("What is hidden, and why"): _hidden(manifest.audience),
        _("Correction"): _(
            "A month is told once: what was corrected since shows from the next month on."
        ),
        _("Pauses and patterns"): _(
            "A pause is a gap of more than {pause} days in which a woman was expected, and "
            "the next time that she comes is a return. Patterns look back {window} days. "
            "Sessions that we cancelled count against us, and never against her."
        ).format(pause=manifest.pause_days, window=manifest.window_days),
        _("Changes"): _(
            "Each change is set against what chance alone could do. Among few women that "
            "is much: most changes from one month to the next are no trend."
        ),
        _("Practice checks"): _(
            "They ask of our work what the report Cope & Hope recommends; numbers such as "
            "§5.6 point to it. Checks that would tell of the answers of a risk assessment "
            "are not for this audience."
        ),
        _("How we are"): "" if wellbeing else _team(manifest.audience),
        _("What is not said"): _(
            "Why something happened, and whether one thing brought about another. A "
            "process is no straight line: a pause is no judgement on a woman, nor on those "
            "who accompany her, and coming is not the aim."
        ),
        _("Passing it on"): _(
            "Pass it on as a whole, to those for whom it is meant. Whoever takes a number "
            "out of it takes month, audience and rule along."
        ),
    }
    return tuple(Note(lead, text) for lead, text in told.items() if text)


def _origin(manifest: Manifest) -> str:
    return _(
        "{team} published these results for this audience with version {version} of the "
        "Copehope workbench. The pack was made from them alone: the tables about women were "
        "not opened for it."
    ).format(team=manifest.team, version=manifest.library_version)


def _hidden(audience: Audience) -> str:
    said = [
        ngettext(
            "Counts of women under {n} are hidden, because few women could be told apart.",
            "Counts of women under {n} are hidden, because few women could be told apart.",
            audience.minimum,
        ).format(n=audience.minimum),
        _(
            "Hidden with them is what they could be worked out from: totals, rests, other "
            "tables, the months before."
        ),
        _("A hidden count may be none, and it may be large."),
    ]
    if audience.rounding > 1:
        said.append(
            _("The others are rounded to {base}: rows need not add up to their totals.").format(
                base=audience.rounding
            )
        )
    return " ".join(said)


def _team(audience: Audience) -> str:
    if audience.professionals:
        return _("There is no picture of how the team is for this month.")
    return _("How the team is stays with the team.")
