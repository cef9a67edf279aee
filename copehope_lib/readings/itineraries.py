"""Readings of personal itineraries: goals, where they stand, whose they are."""

from typing import Final

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import count_of, decimal, least, listed, n_goals, total, whole
from copehope_lib.vocabulary import GoalState

EXPECTED_SCORE: Final = 50
"""T-score of a woman whose goals came out as was expected."""


def goals(table: pd.DataFrame, audience: Audience) -> str:
    """Say where the goals stand.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> goals(pd.DataFrame({"state": ["under_way", "achieved", "under_way"]}), SUPERVISION)
    '3 goals: 2 under way and 1 achieved.'
    """
    return _standing(table["state"].value_counts())


def states(table: pd.DataFrame, audience: Audience) -> str:
    """Say where the goals of all areas stand.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"area": "work", "state": ["under_way", "achieved"],
    ...     "goals": pd.array([9, 4], dtype="Int64")})
    >>> states(table, TEAM)
    '13 goals: 9 under way and 4 achieved.'
    """
    if total(table["goals"]) is not None:
        return _standing(table.groupby("state")["goals"].sum())
    achieved = table.loc[table["state"] == GoalState.ACHIEVED, "goals"]
    if total(achieved) == 0:
        return _("No goal is achieved yet.")
    n = least(achieved, audience)
    if not n:
        return _("How many goals are achieved cannot be shown.")
    return ngettext("At least {n} goal is achieved.", "At least {n} goals are achieved.", n).format(
        n=whole(n)
    )


def _standing(counts: pd.Series) -> str:
    n_all = int(counts.sum())
    if not n_all:
        return _("No goal has been set yet.")
    parts = (
        _("{n} {state}").format(n=whole(counts[state]), state=GoalState.label_of(state))
        for state in GoalState.told()
        if counts.get(state, 0)
    )
    return ngettext("{n} goal: {states}.", "{n} goals: {states}.", n_all).format(
        n=whole(n_all), states=listed(parts)
    )


def chosen(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many goals were chosen by the woman herself or together with her.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"chosen_by": ["her", "together", "required"],
    ...     "goals": pd.array([20, 15, 5], dtype="Int64")})
    >>> chosen(table, TEAM)
    '35 of 40 goals were chosen by the woman herself or together with her.'
    """
    hers = table.loc[table["chosen_by"].isin(["her", "together"]), "goals"]
    n, n_all = total(hers), total(table["goals"])
    if n_all == 0:
        return _("No goal has been set yet.")
    if n == 0:
        return _("No goal was chosen by the woman herself or together with her.")
    if n is not None and n_all is not None:
        return ngettext(
            "{n} of {goals} was chosen by the woman herself or together with her.",
            "{n} of {goals} were chosen by the woman herself or together with her.",
            n,
        ).format(n=whole(n), goals=n_goals(n_all))
    known = least(hers, audience)
    if not known:
        return _("How many goals were chosen by women cannot be shown.")
    return ngettext(
        "At least {n} goal was chosen by the woman herself or together with her.",
        "At least {n} goals were chosen by the woman herself or together with her.",
        known,
    ).format(n=whole(known))


def flows(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many of the goals that there were before stand where they stood.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"before": ["not_set", "under_way", "under_way"],
    ...     "after": ["not_started", "under_way", "achieved"],
    ...     "goals": pd.array([5, 30, 4], dtype="Int64")})
    >>> flows(table, TEAM)
    'Of 34 goals that there were before, the state told is the same for 30.'
    """
    before = table[table["before"] != "not_set"]
    unmoved = before.loc[before["before"] == before["after"], "goals"]
    n, same = total(before["goals"]), total(unmoved)
    if n == 0:
        return _none_before(table)
    if same == 0:
        return _("The state told is the same as before for no goal.")
    if n is not None and same is not None:
        return ngettext(
            "Of {n} goal that there was before, the state told is the same for {same}.",
            "Of {n} goals that there were before, the state told is the same for {same}.",
            n,
        ).format(n=whole(n), same=whole(same))
    known = least(unmoved, audience)
    if not known:
        return _("How goals moved cannot be shown.")
    return ngettext(
        "The state told is the same as before for at least {n} goal.",
        "The state told is the same as before for at least {n} goals.",
        known,
    ).format(n=whole(known))


def _none_before(table: pd.DataFrame) -> str:
    if total(table["goals"]) == 0:
        return _("No goal has been set yet.")
    return _("There was no goal before: all are new.")


def quiet(table: pd.DataFrame, audience: Audience) -> str:
    """Say about how many open goals nothing was written for more than 90 days.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"days": ["0-30", "31-90", "91-180", "181+"],
    ...     "goals": pd.array([40, 12, 5, 3], dtype="Int64")})
    >>> quiet(table, TEAM)
    'Nothing was written about 8 of 60 open goals for more than 90 days.'
    """
    quiet_ones = table.loc[table["days"].isin(["91-180", "181+", "91+"]), "goals"]
    n, n_all = total(quiet_ones), total(table["goals"])
    if n_all == 0:
        return _("There is no open goal.")
    if n == 0:
        return _("Something was written about every open goal within 90 days.")
    if n is not None and n_all is not None:
        return ngettext(
            "Nothing was written about {n} of {all} open goal for more than 90 days.",
            "Nothing was written about {n} of {all} open goals for more than 90 days.",
            n_all,
        ).format(n=whole(n), all=whole(n_all))
    known = least(quiet_ones, audience)
    if not known:
        return _written_lately(count_of(table, "days", "0-30", "goals"))
    return ngettext(
        "Nothing was written about at least {n} open goal for more than 90 days.",
        "Nothing was written about at least {n} open goals for more than 90 days.",
        known,
    ).format(n=whole(known))


def _written_lately(n: int | None) -> str:
    if not n:
        return _("How long nothing was written about a goal cannot be shown.")
    return ngettext(
        "Something was written about {n} open goal within 30 days.",
        "Something was written about {n} open goals within 30 days.",
        n,
    ).format(n=whole(n))


def attainment(table: pd.DataFrame, audience: Audience) -> str:
    """Say of how many women goals were rated, and what stands in their middle.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"woman": ["W-1", "W-2", "W-3"], "t": [44.1, 52.0, 56.2]})
    >>> attainment(table, SUPERVISION)
    'Goals of 3 women were rated: their median score is 52.0, where 50 means as expected.'
    """
    scores = table["t"].dropna()
    if scores.empty:
        return _("No goal has been rated yet.")
    return ngettext(
        "Goals of {n} woman were rated: her score is {median}, where {expected} means as expected.",
        "Goals of {n} women were rated: their median score is {median}, where {expected} means "
        "as expected.",
        len(scores),
    ).format(
        n=whole(len(scores)), median=decimal(float(scores.median())), expected=whole(EXPECTED_SCORE)
    )


def levels(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many of the goals that were rated came out as expected, or better.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"attainment": [-2, -1, 0, 1, 2],
    ...     "goals": pd.array([3, 5, 9, 4, 3], dtype="Int64")})
    >>> levels(table, TEAM)
    '16 of 24 rated goals came out as expected, or better.'
    """
    expected = table.loc[table["attainment"] >= 0, "goals"]
    n, n_all = total(expected), total(table["goals"])
    if n_all == 0:
        return _("No goal has been rated yet.")
    if n == 0:
        return _("No rated goal has come out as expected yet.")
    if n is not None and n_all is not None:
        return ngettext(
            "{n} of {all} rated goal came out as expected, or better.",
            "{n} of {all} rated goals came out as expected, or better.",
            n_all,
        ).format(n=whole(n), all=whole(n_all))
    known = least(expected, audience)
    if not known:
        return _("How goals came out cannot be shown.")
    return ngettext(
        "At least {n} rated goal came out as expected, or better.",
        "At least {n} rated goals came out as expected, or better.",
        known,
    ).format(n=whole(known))


def paths(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many entries tell of how many goals.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> paths(pd.DataFrame({"goal": ["G-1", "G-1", "G-2"]}), SUPERVISION)
    '3 entries tell of 2 goals.'
    """
    if table.empty:
        return _("Nothing has been written about a goal yet.")
    return ngettext(
        "{n} entry tells of {goals}.", "{n} entries tell of {goals}.", len(table)
    ).format(n=whole(len(table)), goals=n_goals(table["goal"].nunique()))
