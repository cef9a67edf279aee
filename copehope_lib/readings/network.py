"""Readings of the network: what waits at other services, and what she had to tell again (§5.2)."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import listed, n_women, total, whole
from copehope_lib.vocabulary import Requested, Service, Together, YesNo


def nobody_asked() -> str:
    """Say that no service was asked.

    Examples
    --------
    >>> nobody_asked()
    'No service was asked in twelve months.'
    """
    return _("No service was asked in twelve months.")


def services(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many requests are without an answer, and which services never answered.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"service": "legal", "response": ["accepted", "waiting", "silent"],
    ...     "requests": pd.array([0, 3, 4], dtype="Int64")})
    >>> services(table, TEAM)
    '7 of 7 requests of twelve months have no answer; never answered: legal advice.'
    """
    asked = total(table["requests"])
    if table.empty or asked == 0:
        return nobody_asked()
    open_ = table["response"].isin([Requested.WAITING, Requested.SILENT, Together.NO_ANSWER])
    left = total(table.loc[open_, "requests"])
    if left is None or asked is None:
        return _("How many requests have no answer cannot be shown.")
    said = ngettext(
        "{n} of {all} requests of twelve months has no answer",
        "{n} of {all} requests of twelve months have no answer",
        left,
    ).format(n=whole(left), all=whole(asked))
    silent = [Service.label_of(code) for code in never(table)]
    if not silent:
        return f"{said}."
    return _("{said}; never answered: {services}.").format(said=said, services=listed(silent))


def never(table: pd.DataFrame) -> list[str]:
    """Return the services of which a request waits long, and none was ever answered.

    Examples
    --------
    >>> table = pd.DataFrame({"service": ["legal", "legal", "health", "health"],
    ...     "response": ["silent", "accepted"] * 2, "requests": [1, 1, 2, 0]})
    >>> never(table)
    ['health']
    """
    counts = table["requests"]
    ended = table["response"].isin([Requested.ACCEPTED, Requested.REFUSED, Requested.ENDED])
    # What is hidden is no zero.
    heard = table.loc[ended & (counts != 0).fillna(value=True), "service"]
    silent = (table["response"] == Requested.SILENT) & (counts > 0).fillna(value=False)
    return [code for code in table.loc[silent, "service"] if code not in set(heard)]


def told_again(table: pd.DataFrame, audience: Audience) -> str:
    """Say at how many services that accepted her she had to tell her story again.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"told_again": ["yes", "no"], "requests": [4, 6]})
    >>> told_again(table.astype({"requests": "Int64"}), TEAM)
    'In 4 of 10 requests that were accepted, she had to tell her story again.'
    """
    accepted = total(table["requests"])
    if table.empty or accepted == 0:
        return _("No request was accepted in twelve months.")
    again = total(table.loc[table["told_again"] == YesNo.YES, "requests"])
    if again is None or accepted is None:
        return _("How often she had to tell her story again cannot be shown.")
    return ngettext(
        "In {n} of {all} requests that were accepted, she had to tell her story again.",
        "In {n} of {all} requests that were accepted, she had to tell her story again.",
        again,
    ).format(n=whole(again), all=whole(accepted))


def waiting(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many women wait, how long the longest, and where nobody of us holds the contact.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"woman": ["W-1", "W-1"], "days": [91, 12], "held": ["no", "yes"]})
    >>> waiting(table, SUPERVISION)
    '1 woman waits for an answer, the longest for 91 days; for 1 request nobody holds the contact.'
    """
    if table.empty:
        return _("No woman waits for an answer.")
    n, days = table["woman"].nunique(), int(table["days"].max())
    since = ngettext("{n} day", "{n} days", days).format(n=whole(days))
    said = ngettext(
        "{women} waits for an answer, the longest for {days}",
        "{women} wait for an answer, the longest for {days}",
        n,
    ).format(women=n_women(n), days=since)
    alone = int((table["held"] == YesNo.NO).sum())
    if not alone:
        return f"{said}."
    return ngettext(
        "{said}; for {n} request nobody holds the contact.",
        "{said}; for {n} requests nobody holds the contact.",
        alone,
    ).format(said=said, n=whole(alone))


def between(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many women are between services.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> between(pd.DataFrame({"woman": ["W-1"]}), SUPERVISION)
    '1 woman waits at two services or more, and none has taken her on.'
    """
    n = len(table)
    if not n:
        return _("No woman is between services.")
    return ngettext(
        "{women} waits at two services or more, and none has taken her on.",
        "{women} wait at two services or more, and none has taken them on.",
        n,
    ).format(women=n_women(n))
