"""The self-check: a person alone with her answers, until she gives them, if she does.

What is asked goes to the browser, and what is chosen stays there: ``widgets/self_check.js`` shows
the questions, makes her own result, and seals what she gives.
"""

from collections.abc import Sequence

import pandas as pd

from copehope_lib import language, months
from copehope_lib.instruments import Instrument
from copehope_lib.language import gettext as _
from copehope_lib.panels.blank_page import BlankPage
from copehope_lib.panels.register import PAGES
from copehope_lib.readings import self_check as readings
from copehope_lib.self_check.intake import Invitation, sentence
from copehope_lib.widgets.self_check import SelfCheck

# What may become of answers that were given.
OUTCOMES = ("given", "spent", "perhaps", "unknown", "other", "elsewhere", "closed", "damaged")


class SelfCheckPage(BlankPage):
    """The page of the self-check.

    Parameters
    ----------
    invitation : Invitation
        What is asked.

    Attributes
    ----------
    view : SelfCheck
        What is shown.

    Examples
    --------
    >>> from copehope_lib.self_check.intake import given_invitation
    >>> page = SelfCheckPage(given_invitation())
    >>> page.view.page["spoken"]["en"]["items"][1]
    'An ordinary day took more strength than I had.'
    """

    def __init__(self, invitation: Invitation) -> None:
        self.view = SelfCheck()
        self.view.set_trait("page", told(invitation))


def told(
    invitation: Invitation,
    spoken: Sequence[str] = language.LANGUAGES,
    sources: Sequence[str] = (),
    *,
    gives: bool = True,
) -> dict[str, object]:
    """Return all that the page of the self-check needs, and shows in each language.

    Parameters
    ----------
    invitation : Invitation
        What is asked.
    spoken : sequence of str
        Languages in which the page can be had; the page begins in the one in use.
    sources : sequence of str
        Addresses of the scripts of the page, for whoever wants to read them.
    gives : bool
        Whether answers may be given where it stands; else it tells of no wave and no key.

    Returns
    -------
    dict
        What can be written as JSON: ``asked``, the key of the instrument as its file has it, the
        same from which :func:`copehope_lib.instruments.score` makes scores; ``spoken``, texts by
        language; ``waves``, ``keys``, ``contacts``, ``language``, ``sources``.
    """
    asked, now = invitation.asked, language.current()
    texts = {}
    for code in spoken:
        language.use(code)
        texts[code] = _spoken(asked, invitation, gives)
    language.use(now)
    return {
        "asked": asked.model_dump(mode="json", exclude={"wording"}),
        "spoken": texts,
        "waves": dict(invitation.waves) if gives else {},
        "keys": list(invitation.keys) if gives else [],
        "contacts": list(invitation.contacts),
        "language": now,
        "sources": list(sources),
    }


def _spoken(asked: Instrument, invitation: Invitation, gives: bool) -> dict[str, object]:
    """Return what stands on the page, in the language in use."""
    waves = (months.name(pd.Period(wave, "M")) for wave in sorted(invitation.waves))
    return {
        "language": language.current(),
        "heading": PAGES["self_check"].heading,
        "about": " · ".join([asked.title, *waves]),
        "items": {item: asked.sentence(item) for item in asked.items},
        "choices": asked.choices,
        "scales": {key.code.value: key.code.label for key in asked.scales},
        "bands": {band.value: band.label for key in asked.scales for band in key.bands},
        "promise": readings.promise(gives),
        "check": readings.check(gives),
        "why": readings.why(asked),
        "meaning": readings.meaning(asked),
        "help": readings.help_there(),
        "said": {outcome: sentence(outcome) for outcome in OUTCOMES},
        "words": _words() | readings.result(),
    }


def _words() -> dict[str, str]:
    """Return the words of buttons and fields, in the language in use."""
    return {
        "lead": _("This month"),
        "all": _("All on one page"),
        "single": _("One at a time"),
        "cover": _("Cover my answers"),
        "covered": _("Your answers are covered, and still here."),
        "go_on": _("Go on"),
        "back": _("Back"),
        "next": _("Next"),
        "finish": _("See my result"),
        "progress": _("Answered so far"),
        "count": _("{k} of {n} answered"),
        "check": _("How can I check this?"),
        "source": _("The script {name}"),
        "keep": _("Keep your result"),
        "keep_why": _(
            "The file stays with you. Next month you can compare with it, in this page "
            "only: nothing of it is kept here."
        ),
        "save": _("Save my result"),
        "compare": _("Compare with an earlier file of mine"),
        "compared": _("The open circles are your earlier result."),
        "not_hers": _(
            "This is no result of the same self-check: choose the file that you saved here."
        ),
        "give": _("Give your answers to the team picture"),
        "give_why": _(
            "If you like, and only if you like. Your answers are sealed before they leave "
            "this page, and only the supervisor’s key opens them. The slip from the hat "
            "says that you answer once; it does not say who you are."
        ),
        "no_wave": _("No wave takes answers just now. Your result is yours all the same."),
        "only_own": _(
            "Here your result is for you alone: answers are given on the page that your team "
            "opens together."
        ),
        "slip": _("What is on your slip"),
        "give_button": _("Give my answers to the team picture"),
        "waiting": _(
            "Your answers wait in this browser, sealed, and are handed over as soon as the "
            "workbench answers at this address: leave this page open, or open it again."
        ),
        "stays": _(
            "Your answers wait in this page, sealed, until the workbench answers: leave it open, "
            "this browser keeps nothing for later."
        ),
        "shut_out": _(
            "Your answers wait in this browser, sealed: open the pages anew in another tab, as you "
            "came to this one, and they are handed over."
        ),
        "older_waits": _("Answers that were given here before wait in this browser, sealed."),
        "older_told": _("Of answers that waited in this browser:"),
    }
