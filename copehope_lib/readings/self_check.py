"""What a self-check says to the person who answered it: kind, careful, and no diagnosis."""

from copehope_lib import language
from copehope_lib.instruments import Instrument
from copehope_lib.language import gettext as _

LISTENING = {"ES": "024", "IT": "02 2327 2327 (Telefono Amico)"}
"""Whom to call in a crisis, by country; both were looked up, and 112 is for both."""


def promise(gives: bool) -> list[str]:
    """Return what the page promises before the first question, where answers may be given or not.

    Examples
    --------
    >>> len(promise(gives=True))
    2
    """
    alone = _(
        "About three minutes, for you alone. Nobody sees what you choose here; nothing is kept, "
        "and nothing leaves this page."
    )
    unless = _(
        "About three minutes, for you alone. Nobody sees what you choose here; nothing is kept, "
        "and nothing leaves this page unless you give it to the team picture at the end, sealed."
    )
    return [
        unless if gives else alone,
        _(
            "There is no field to write in, on purpose: words can be recognised. Any question "
            "may be left out."
        ),
    ]


def check(gives: bool) -> list[str]:
    """Return how somebody who does not believe the promise can see for herself.

    Examples
    --------
    >>> len(check(gives=True)), len(check(gives=False))
    (3, 2)
    """
    look = _(
        "Open the tools of your browser (F12; on a telephone, ask for a computer), choose "
        "Network, and answer: with none of your answers does a line appear."
    )
    giving = _(
        "When you give your answers, one line appears that sends something (PUT): its content "
        "begins with age-encryption.org, the format that it is sealed in, and no answer can be "
        "read in it. The lines before it only fetch the public keys."
    )
    alone = _(
        "You can disconnect from the network, answer, see your result, and close the page "
        "before you connect again. And whoever reads scripts can read those of this page."
    )
    return [look, giving, alone] if gives else [look, alone]


def result() -> dict[str, str]:
    """Return the sentences that her own result is made of, by the names that its script knows."""
    return {
        "few": _("There are too few answers for a result: any of them can still be given."),
        "weighed": _("What weighed on you: {scales}."),
        "little": _("What you had little of: {scales}."),
        "carried": _("What carried you: {scales}."),
        "score": _("{scale}: {score} of {highest}."),
        "score_band": _("{scale}: {score} of {highest} ({band})."),
        "of": _("{score} of {highest}"),
        "of_band": _("{score} of {highest} ({band})"),
        "earlier": _("(earlier: {score})"),
        "mattering": _("An answer of yours is reason enough to talk to somebody: see below."),
        "middle": _(
            "What you answered lies in the middle of its scales. How you are, you know best."
        ),
    }


def why(instrument: Instrument) -> str:
    """Return how her result is to be read.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> "neither validated nor diagnostic" in why(read("month_check"))
    True
    """
    if instrument.wording is not None and not instrument.bands_from:
        return _(
            "A full dot is your score, from never on the left to nearly always on the right. "
            "The month check is neither validated nor diagnostic: it is a way to pause and "
            "look."
        )
    return _(
        "A full dot is your score, from the lowest on the left to the highest on the right; "
        "{title}: {source}. It is no diagnosis."
    ).format(title=instrument.title, source=instrument.source)


def meaning(instrument: Instrument) -> list[tuple[str, str]]:
    """Return what a result may mean, and what it does not mean: titles and texts.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> [title for title, text in meaning(read("cbi"))]
    ['What it may mean', 'What it does not mean']
    """
    not_so = _(
        "That you are ill, or weak, or not made for this work. It says nothing of how "
        "well you work, and it compares you with nobody."
    )
    if instrument.bands_from:
        # Words that stand within an f-string would not be found for the catalogs.
        bands = _("The bands are those of its authors.")
        not_so = f"{not_so} {bands}"
    return [
        (
            _("What it may mean"),
            _(
                "That this month asked much of you, or gave you something back. Work with "
                "women who survived violence leaves traces in those who do it well. Scores go "
                "up and down; what stays high over months deserves company, not effort."
            ),
        ),
        (_("What it does not mean"), not_so),
    ]


def help_there() -> dict[str, str | list[str]]:
    """Return why to talk to somebody, and whom to call who cannot go on."""
    countries = language.locale().territories
    return {
        "title": _("Where help is"),
        "because": _("You answered:"),
        "ask": _(
            "If you sleep badly, if images come back, or if it has been like this for weeks, talk "
            "to somebody: a colleague, your supervisor, your doctor."
        ),
        "crisis": _("If you cannot go on, call 112, at any hour. Here somebody listens:"),
        "lines": [f"{countries[code]}: {line}" for code, line in LISTENING.items()],
    }
