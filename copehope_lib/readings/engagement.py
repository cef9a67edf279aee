"""Readings of engagement: who came, what stood in the way, pauses and returns."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import (
    MANY,
    count_of,
    counted,
    leading,
    least,
    n_women,
    nobody,
    opened,
    percent,
    plural,
    total,
    whole,
)
from copehope_lib.vocabulary import Barrier


def attendance(table: pd.DataFrame, audience: Audience) -> str:
    """Say to what share of sessions women came, and how many we cancelled.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"scope": ["all"], "attended": [60], "partly": [3],
    ...     "excused": [10], "missed": [14], "cancelled_by_us": [9], "rate": [0.724]})
    >>> attendance(table, TEAM)
    'Women came to 72% of the places kept for them; we cancelled 9.'
    """
    row = table[table["scope"] == "all"]
    cancelled = count_of(table, "scope", "all", "cancelled_by_us")
    kept = row.filter(["came", "away", "attended", "partly", "excused", "missed"])
    if not any(total(kept[status]) != 0 for status in kept):
        return _all_cancelled(cancelled, audience)
    ours = counted(
        cancelled,
        audience,
        hidden=_("how many we cancelled is not shown"),
        none=_("we cancelled none"),
        some=ngettext("we cancelled {n}", "we cancelled {n}", plural(cancelled)),
    )
    rate = row["rate"].iloc[0]
    if pd.isna(rate):
        return _("How many came cannot be shown; {ours}.").format(ours=ours)
    return _("Women came to {share} of the places kept for them; {ours}.").format(
        share=percent(rate), ours=ours
    )


def _all_cancelled(cancelled: int | None, audience: Audience) -> str:
    return counted(
        cancelled,
        audience,
        hidden=_("We cancelled every place that was kept; how many is not shown."),
        none=_("No place was kept at a session."),
        some=ngettext(
            "We cancelled the one place that was kept.",
            "We cancelled every place that was kept: {n}.",
            plural(cancelled),
        ),
    )


def seen(table: pd.DataFrame, audience: Audience) -> str:
    """Say what share of the women came to a session in the month.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"seen": ["yes", "no"], "women": pd.array([40, 6], dtype="Int64")})
    >>> seen(table, SUPERVISION)
    '40 of 46 women (87%) came to a session this month.'
    """
    came, women = count_of(table, "seen", "yes", "women"), total(table["women"])
    if came is None or women is None:
        return _("How many women came to a session this month cannot be shown.")
    if women == 0:
        return nobody()
    return ngettext(
        "{n} of {women} women ({share}) came to a session this month.",
        "{n} of {women} women ({share}) came to a session this month.",
        came,
    ).format(n=came, women=women, share=percent(came / women))


def most_named(named: pd.DataFrame) -> pd.DataFrame:
    """Return the two barriers that were named most, and those named as often.

    Not knowing is no barrier; where many were named as often, it is the first alone.

    Examples
    --------
    >>> named = pd.DataFrame({"barrier": ["work", "health", "safety"], "times": [5, 3, 3]})
    >>> most_named(named.astype({"times": "Int64"}))["barrier"].tolist()
    ['work', 'health', 'safety']
    """
    return leading(named[named["barrier"] != "unknown"], "times")


def barriers(named: pd.DataFrame, audience: Audience) -> str:
    """Say which barriers were named most.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> named = pd.DataFrame({"barrier": ["work", "childcare", "health"], "times": [14, 10, 3]})
    >>> barriers(named.astype({"times": "Int64"}), TEAM)
    'Work and childcare were named most: 24 of 27 reasons.'
    """
    most, times = most_named(named), total(named["times"])
    if most.empty:
        return _none_named(named, audience)
    if len(most) > MANY:
        return _("No barrier stands out among those that were named.")
    words = opened(Barrier.label_of(code) for code in most["barrier"])
    if times is None:
        return ngettext("{words} was named most.", "{words} were named most.", len(most)).format(
            words=words
        )
    return ngettext(
        "{words} was named most: {n} of {all} reasons.",
        "{words} were named most: {n} of {all} reasons.",
        len(most),
    ).format(words=words, n=whole(int(most["times"].sum())), all=whole(times))


def _none_named(named: pd.DataFrame, audience: Audience) -> str:
    known = named[named["barrier"] != "unknown"]
    if known["times"].isna().any():
        return _("No barrier was named {n} times or more.").format(n=audience.minimum)
    if count_of(named, "barrier", "unknown", "times") == 0:
        return _("No barrier was named.")
    return _("What stood in the way is not known.")


def modules(held: pd.DataFrame, audience: Audience) -> str:
    """Say in how many modules sessions were held, and how many sessions.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> held = pd.DataFrame({"module": ["language", "sewing"], "sessions": [12, 6]})
    >>> modules(held, TEAM)
    'Sessions were held in 2 modules, 18 in all.'
    """
    sessions = total(held["sessions"])
    if sessions == 0:
        return _("No session was held.")
    if sessions is None:
        return ngettext(
            "Sessions were held in {n} module.", "Sessions were held in {n} modules.", len(held)
        ).format(n=len(held))
    return ngettext(
        "Sessions were held in {n} module, {sessions} in all.",
        "Sessions were held in {n} modules, {sessions} in all.",
        len(held),
    ).format(n=len(held), sessions=whole(sessions))


def pauses(found: pd.DataFrame, audience: Audience) -> str:
    """Say how many pauses there have been, and how many ended in a return.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> back = pd.to_datetime(["2026-09-01", None])
    >>> pauses(pd.DataFrame({"woman": ["W-1", "W-2"], "returned_on": back}), SUPERVISION)
    'Of 2 pauses so far, 1 ended in a return.'
    """
    if found.empty:
        return _("There has been no pause so far.")
    return ngettext(
        "Of {n} pause so far, {back} ended in a return.",
        "Of {n} pauses so far, {back} ended in a return.",
        len(found),
    ).format(n=whole(len(found)), back=whole(found["returned_on"].notna().sum()))


def movements(moved: pd.DataFrame, audience: Audience) -> str:
    """Say how many women paused, and how many came back.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> moved = pd.DataFrame({"movement": ["paused", "returned"], "women": [6, 4]})
    >>> movements(moved.astype({"women": "Int64"}), TEAM)
    '6 women paused; 4 came back.'
    """
    paused = count_of(moved, "movement", "paused", "women")
    returned = count_of(moved, "movement", "returned", "women")
    first = counted(
        paused,
        audience,
        hidden=_("Fewer than {n} women paused"),
        none=_("No woman paused"),
        some=ngettext("{n} woman paused", "{n} women paused", plural(paused)),
    )
    second = counted(
        returned,
        audience,
        hidden=_("fewer than {n} came back"),
        none=_("none came back"),
        some=ngettext("{n} came back", "{n} came back", plural(returned)),
    )
    return f"{first}; {second}."


def women(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many of the visits that were expected took place.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"woman": ["W-1", "W-2"], "expected": [9, 6], "came": [8, 3]})
    >>> women(table, SUPERVISION)
    '11 of the 15 expected visits of 2 women took place.'
    """
    expected, came = int(table["expected"].sum()), int(table["came"].sum())
    if table.empty:
        return nobody()
    if not expected:
        return _("No woman was expected at a session.")
    words = (
        ngettext(
            "{came} of the {expected} expected visits of {n} woman took place.",
            "{came} of the {expected} expected visits of {n} women took place.",
            len(table),
        )
        if came
        else ngettext(
            "None of the {expected} expected visits of {n} woman took place.",
            "None of the {expected} expected visits of {n} women took place.",
            len(table),
        )
    )
    return words.format(came=whole(came), expected=whole(expected), n=whole(len(table)))


def patterns(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many women are in a pause, and how many have come back from one.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"pattern": ["steady", "paused", "returned"], "women": [20, 5, 4]})
    >>> patterns(table.astype({"women": "Int64"}), TEAM)
    '5 women are in a pause; 4 have come back from one.'
    """
    if total(table["women"]) == 0:
        return nobody()
    paused = count_of(table, "pattern", "paused", "women")
    returned = count_of(table, "pattern", "returned", "women")
    if paused is None and returned is None:
        return _("How many women are in a pause or have come back cannot be shown.")
    first = counted(
        paused,
        audience,
        hidden=_("How many women are in a pause cannot be shown"),
        none=_("No woman is in a pause"),
        some=ngettext("{n} woman is in a pause", "{n} women are in a pause", plural(paused)),
    )
    second = counted(
        returned,
        audience,
        hidden=_("how many have come back cannot be shown"),
        none=_("none has come back from one"),
        some=ngettext(
            "{n} has come back from one", "{n} have come back from one", plural(returned)
        ),
    )
    return f"{first}; {second}."


def flows(table: pd.DataFrame, audience: Audience) -> str:
    """Say for how many of the women accompanied at both times the pattern is the same.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"before": ["steady", "paused", "not_here"],
    ...     "after": ["steady", "returned", "starting"], "women": [20, 4, 3]})
    >>> flows(table, TEAM)
    'Of 24 women accompanied before and now, the pattern told is the same for 20.'
    """
    both = table[(table["before"] != "not_here") & (table["after"] != "not_here")]
    unmoved = both.loc[both["before"] == both["after"], "women"]
    n, same = total(both["women"]), total(unmoved)
    if n == 0:
        return _("No woman was accompanied both before and now.")
    if same == 0:
        return _("The pattern told is the same as before for no woman.")
    if n is not None and same is not None:
        return ngettext(
            "Of {n} woman accompanied before and now, the pattern told is the same for {same}.",
            "Of {n} women accompanied before and now, the pattern told is the same for {same}.",
            n,
        ).format(n=whole(n), same=whole(same))
    known = least(unmoved, audience)
    if not known:
        return _("How patterns moved cannot be shown.")
    return _("The pattern told is the same as before for at least {women}.").format(
        women=n_women(known)
    )
