"""Readings of her voice: what was said, what we did, what waits."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import (
    MANY,
    count_of,
    counted,
    leading,
    listed,
    plural,
    total,
    whole,
)
from copehope_lib.vocabulary import Answer, Asked, Face, Vocabulary, Wish, YesNo


def nothing() -> str:
    """Say that no woman was asked, as far as the registry knows.

    Examples
    --------
    >>> nothing()
    'Nothing was asked yet, or it is not kept.'
    """
    return _("Nothing was asked yet, or it is not kept.")


def _nobody() -> str:
    return _("Nobody was asked in the last three months.")


def _most(table: pd.DataFrame, column: str, of: type[Vocabulary]) -> str:
    """Return the leading words of a table with their counts; empty where none can be told."""
    most = leading(table, "answers")
    if most.empty or len(most) > MANY:
        return ""
    each = zip(most[column], most["answers"].astype(int).tolist(), strict=True)
    return listed(f"{of.label_of(code)} ({whole(n)})" for code, n in each)


def answers(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many answers of three months wait for ours.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"we_did": ["changed", "open"], "answers": [5, 3]})
    >>> answers(table.astype({"answers": "Int64"}), TEAM)
    '3 of the answers of the last three months wait for ours.'
    """
    if table.empty or total(table["answers"]) == 0:
        return nothing() if table.empty else _nobody()
    left = count_of(table, "we_did", Answer.OPEN, "answers")
    return counted(
        left,
        audience,
        hidden=_("How many answers of the last three months wait for ours is not shown."),
        none=_("All that was said in the last three months has an answer."),
        some=ngettext(
            "{n} of the answers of the last three months waits for ours.",
            "{n} of the answers of the last three months wait for ours.",
            plural(left),
        ),
    )


def asked(table: pd.DataFrame, audience: Audience) -> str:
    """Say about what women chose the sad face.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"asked": ["childcare", "safety"], "face": "sad",
    ...     "answers": pd.array([4, 0], dtype="Int64")})
    >>> asked(table, TEAM)
    'A sad face was chosen most often about: childcare (4).'
    """
    if table.empty or total(table["answers"]) == 0:
        return nothing() if table.empty else _nobody()
    sad = table[table["face"] == Face.SAD]
    things, hidden = _most(sad, "asked", Asked), bool(sad["answers"].isna().any())
    if things:
        if hidden:
            return _("A sad face was chosen about: {things}.").format(things=things)
        return _("A sad face was chosen most often about: {things}.").format(things=things)
    if sad["answers"].fillna(0).any():
        return _("A sad face was chosen about no question more often than about the others.")
    if hidden:
        return _("About what a sad face was chosen cannot be shown.")
    return _("No woman chose a sad face in the last three months.")


def wishes(table: pd.DataFrame, audience: Audience) -> str:
    """Say what women wish for most often.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"wish": ["more", "nearer"],
    ...     "answers": pd.array([4, 3], dtype="Int64")})
    >>> wishes(table, TEAM)
    'Said most often: more of it (4) and nearer, or with transport (3).'
    """
    if table.empty:
        return nothing()
    things, hidden = _most(table, "wish", Wish), bool(table["answers"].isna().any())
    if things:
        words = _("Said: {things}.") if hidden else _("Said most often: {things}.")
        return words.format(things=things)
    if table["answers"].fillna(0).any():
        return _("No wish stands out among those that were said.")
    if hidden:
        return _("Which wishes were said cannot be shown.")
    return _("No wish was said in the last three months.")


def language(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many answers were asked for in her language.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"in_her_language": ["yes", "no"], "answers": [6, 3]})
    >>> language(table.astype({"answers": "Int64"}), TEAM)
    '6 answers of the last three months were asked for in her language.'
    """
    if table.empty or total(table["answers"]) == 0:
        return nothing() if table.empty else _nobody()
    hers = count_of(table, "in_her_language", YesNo.YES, "answers")
    return counted(
        hers,
        audience,
        hidden=_("How many answers were asked for in her language is not shown."),
        none=_("Of no answer is it known that she was asked in her language."),
        some=ngettext(
            "{n} answer of the last three months was asked for in her language.",
            "{n} answers of the last three months were asked for in her language.",
            plural(hers),
        ),
    )


def unanswered(table: pd.DataFrame, audience: Audience) -> str:
    """Say about what most answers wait for ours, however long ago they were given.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"asked": ["childcare", "safety"],
    ...     "answers": pd.array([4, 0], dtype="Int64")})
    >>> unanswered(table, TEAM)
    'Asked and not answered, most often about: childcare (4).'
    """
    if table.empty:
        return nothing()
    things, hidden = _most(table, "asked", Asked), bool(table["answers"].isna().any())
    if things:
        if hidden:
            return _("Asked and not answered, about: {things}.").format(things=things)
        return _("Asked and not answered, most often about: {things}.").format(things=things)
    if table["answers"].fillna(0).any():
        return _("Asked and not answered, about no question more often than about the others.")
    if hidden:
        return _("What was asked and not answered cannot be shown.")
    return _("All that was said has an answer.")


def waiting(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many answers wait for ours, and how long the first of them does.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> waiting(pd.DataFrame({"days": [60, 12]}), SUPERVISION)
    '2 answers wait for ours, the first since 60 days.'
    """
    if table.empty:
        return _("Nothing that women said waits for an answer.")
    n, days = len(table), int(table["days"].max())
    since = ngettext("{n} day", "{n} days", days).format(n=whole(days))
    return ngettext(
        "{n} answer waits for ours, since {days}.",
        "{n} answers wait for ours, the first since {days}.",
        n,
    ).format(n=whole(n), days=since)


def activities(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many activities women helped to choose.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> chosen = pd.DataFrame({"chosen_with_women": ["yes", "no"], "activities": [4, 6]})
    >>> activities(chosen.astype({"activities": "Int64"}), TEAM)
    'Women helped to choose 4 of the 10 activities that were held.'
    """
    if table.empty:
        return _("Whether women helped to choose an activity is not kept.")
    held = total(table["activities"])
    if held is None:
        return _("How many activities women helped to choose cannot be shown.")
    if held == 0:
        return _("No activity was held.")
    chosen = count_of(table, "chosen_with_women", YesNo.YES, "activities")
    return ngettext(
        "Women helped to choose {chosen} of the {n} activity that was held.",
        "Women helped to choose {chosen} of the {n} activities that were held.",
        held,
    ).format(chosen=whole(plural(chosen)), n=whole(held))
