"""Readings of the caseload: posts, who stands around a woman, and who stayed."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import (
    count_of,
    counted,
    decimal,
    listed,
    n_women,
    nobody,
    plural,
    score,
    total,
    whole,
)
from copehope_lib.vocabulary import Function


def load(loads: pd.DataFrame, audience: Audience) -> str:
    """Say how many posts carry more than their reference capacity.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> loads = pd.DataFrame({"women": [9, 22, 4], "load": [0.8, 1.2, None]})
    >>> load(loads.astype({"women": "Int64", "load": "Float64"}), TEAM)
    '1 of 2 posts carries more than its reference capacity.'
    """
    known, hidden = loads["load"].dropna(), bool(loads["women"].isna().any())
    if known.empty and hidden:
        return _("No load can be shown.")
    if known.empty:
        return _("There is no load to compare this month.")
    over = int((known > 1).sum())
    words = _over_some(over) if hidden else _over(over)
    return words.format(over=whole(over), posts=whole(len(known)))


def _over(posts: int) -> str:
    if not posts:
        return _("No post carries more than its reference capacity.")
    return ngettext(
        "{over} of {posts} posts carries more than its reference capacity.",
        "{over} of {posts} posts carry more than their reference capacity.",
        posts,
    )


def _over_some(posts: int) -> str:
    if not posts:
        return _("No post shown here carries more than its reference capacity.")
    return ngettext(
        "{over} of {posts} posts shown here carries more than its reference capacity.",
        "{over} of {posts} posts shown here carry more than their reference capacity.",
        posts,
    )


def functions(around: pd.DataFrame, audience: Audience) -> str:
    """Say how many women rest on one person alone.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> around = pd.DataFrame({"woman": ["W-1", "W-2"], "carried_alone": [True, False]})
    >>> functions(around, SUPERVISION)
    '1 of 2 women rests on one person alone.'
    """
    alone = int(around["carried_alone"].sum())
    if around.empty:
        return nobody()
    if not alone:
        return _("No woman rests on one person alone.")
    return ngettext(
        "{n} of {women} rests on one person alone.",
        "{n} of {women} rest on one person alone.",
        alone,
    ).format(n=whole(alone), women=n_women(len(around)))


def profiles(around: pd.DataFrame, audience: Audience) -> str:
    """Say around how many women stand three profiles or more.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> around = pd.DataFrame({"profiles": ["0", "1", "2", "3+"], "women": [0, 4, 9, 25]})
    >>> profiles(around.astype({"women": "Int64"}), TEAM)
    'Three profiles or more stand around 25 women.'
    """
    if total(around["women"]) == 0:
        return nobody()
    many = count_of(around, "profiles", "3+", "women")
    return counted(
        many,
        audience,
        hidden=_("Around how many women three profiles or more stand is not shown."),
        none=_("Three profiles or more stand around no woman yet."),
        some=ngettext(
            "Three profiles or more stand around {n} woman.",
            "Three profiles or more stand around {n} women.",
            plural(many),
        ),
    )


def spread(team: pd.DataFrame, audience: Audience) -> str:
    """Say how far apart the posts are, and how many women rest on one person.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> team = pd.DataFrame({"women": [38], "max_to_median": [1.9], "carried_alone": [4]})
    >>> spread(team.astype({"women": "Int64", "carried_alone": "Int64"}), TEAM)
    'The fullest post carries 1.9 times the median one; 4 women rest on one person alone.'
    """
    if total(team["women"]) == 0:
        return nobody()
    alone, factor = team["carried_alone"].iloc[0], team["max_to_median"].iloc[0]
    if pd.isna(factor):
        return _carried_alone(alone, audience)
    words = counted(
        alone,
        audience,
        hidden=_("how many women rest on one person alone is not shown"),
        none=_("no woman rests on one person alone"),
        some=ngettext(
            "{n} woman rests on one person alone",
            "{n} women rest on one person alone",
            plural(alone),
        ),
    )
    return _("The fullest post carries {factor} times the median one; {alone}.").format(
        factor=decimal(factor), alone=words
    )


def _carried_alone(alone: int | None, audience: Audience) -> str:
    return counted(
        alone,
        audience,
        hidden=_("How many women rest on one person alone is not shown."),
        none=_("No woman rests on one person alone."),
        some=ngettext(
            "{n} woman rests on one person alone.",
            "{n} women rest on one person alone.",
            plural(alone),
        ),
    )


def reference(changed: pd.DataFrame, audience: Audience) -> str:
    """Say for how many women the reference person changed, or did not.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> changed = pd.DataFrame({"changes": ["0", "1", "2+"], "women": [30, 5, 3]})
    >>> reference(changed.astype({"women": "Int64"}), TEAM)
    'In six months the reference person changed for 8 of 38 women.'
    """
    everyone = total(changed["women"])
    n = total(changed.loc[changed["changes"] != "0", "women"])
    if everyone == 0:
        return nobody()
    if n is None:
        return _reference_stayed(count_of(changed, "changes", "0", "women"))
    if not n:
        return _("In six months the reference person changed for no woman.")
    if everyone is None:
        return _("In six months the reference person changed for {women}.").format(women=n_women(n))
    return _("In six months the reference person changed for {n} of {women}.").format(
        n=whole(n), women=n_women(everyone)
    )


def _reference_stayed(n: int | None) -> str:
    if n is None:
        return _("For how many women the reference person changed cannot be shown.")
    if not n:
        return _("In six months the reference person changed for every woman.")
    return _("In six months the reference person did not change for {women}.").format(
        women=n_women(n)
    )


def outside(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many hours with women outside sessions were written down.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> outside(pd.DataFrame({"hours_outside": [1.5, 9.0]}), SUPERVISION)
    'Outside sessions, about 10.5 hours with women were written down.'
    """
    if table.empty:
        return _("No contact outside sessions was written down.")
    return _("Outside sessions, about {n} hours with women were written down.").format(
        n=score(float(table["hours_outside"].sum()))
    )


def distribution(who: pd.DataFrame, audience: Audience) -> str:
    """Say in how many functions people accompany, and which of them rest on one person.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> who = pd.DataFrame({"professional": ["P-1", "P-1", "P-2"],
    ...     "function": ["legal", "health", "health"]})
    >>> distribution(who, SUPERVISION)
    'Of 2 functions that are held, one rests on one person: legal.'
    """
    each = who.groupby("function")["professional"].nunique()
    if each.empty:
        return _("Nobody holds a function this month.")
    alone = [code for code in Function.codes() if each.get(code) == 1]
    if not alone:
        return ngettext(
            "{n} function is held, by several people.",
            "{n} functions are held, each by several people.",
            len(each),
        ).format(n=len(each))
    return ngettext(
        "Of {n} functions that are held, one rests on one person: {which}.",
        "Of {n} functions that are held, {k} rest on one person each: {which}.",
        len(alone),
    ).format(n=len(each), k=len(alone), which=listed(Function.label_of(c) for c in alone))
