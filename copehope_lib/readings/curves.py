"""Readings of the curves over the weeks of a stay or of a pause."""

from typing import Final

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import percent, whole

WEEKS: Final = (4, 12, 26, 52)
"""Weeks at which a curve is read: a month, three, half a year and a year."""

ENOUGH: Final = 10
"""A week is read while so many are still followed: the end of a curve is unsteady."""


def retention(curve: pd.DataFrame, audience: Audience) -> str:
    """Say in how many stays women were coming some weeks after they entered.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> curve = pd.DataFrame({"week": [12, 26], "observed": [42, 25], "engaged": [30, 18]})
    >>> retention(curve, TEAM)
    'In week 12 after entering, women were coming in 30 of 42 stays; in week 26, in 18 of 25.'
    """
    shown = curve.dropna(subset=["observed", "engaged"])
    known = shown[shown["observed"] > 0]
    quarters = known[known["week"].isin((12, 26))]
    told = known.tail(1) if quarters.empty else quarters
    weeks = [tuple(map(int, row)) for row in told[["week", "observed", "engaged"]].to_numpy()]
    if not weeks:
        return _stays_unknown(curve)
    (week, n, k), *later = weeks
    if not later:
        return ngettext(
            "In week {week} after entering, women were coming in {k} of {n} stay.",
            "In week {week} after entering, women were coming in {k} of {n} stays.",
            n,
        ).format(week=week, k=whole(k), n=whole(n))
    ((second, m, j),) = later
    return ngettext(
        "In week {week} after entering, women were coming in {k} of {n} stay; "
        "in week {later}, in {j} of {m}.",
        "In week {week} after entering, women were coming in {k} of {n} stays; "
        "in week {later}, in {j} of {m}.",
        n,
    ).format(week=week, k=whole(k), n=whole(n), later=second, j=whole(j), m=whole(m))


def _stays_unknown(curve: pd.DataFrame) -> str:
    if curve[["observed", "engaged"]].isna().any(axis=None):
        return _("In how many stays women were coming cannot be shown.")
    return _("No stay has lasted a week with a session in it yet.")


def time_to_pause(curve: pd.DataFrame, audience: Audience) -> str:
    """Say after how many weeks half of the stays had come to a first pause.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> curve = pd.DataFrame({"week": [4, 12], "at_risk": [40, 30], "share": [0.9, 0.65]})
    >>> time_to_pause(curve, TEAM)
    'By estimate, 35% of stays come to a first pause within 12 weeks.'
    """
    week, share = _read(curve, 1 - curve["share"])
    if week is None:
        if _followed(curve):
            return _("How soon women pause cannot be shown.")
        return _("No stay could be followed for a week yet.")
    if not share:
        return ngettext(
            "No stay came to a pause within {n} week.",
            "No stay came to a pause within {n} weeks.",
            week,
        ).format(n=week)
    if share >= 0.5:
        return ngettext(
            "By estimate, half of the stays come to a first pause within {n} week.",
            "By estimate, half of the stays come to a first pause within {n} weeks.",
            week,
        ).format(n=week)
    return ngettext(
        "By estimate, {share} of stays come to a first pause within {n} week.",
        "By estimate, {share} of stays come to a first pause within {n} weeks.",
        week,
    ).format(n=week, share=percent(share))


def time_to_return(curve: pd.DataFrame, audience: Audience) -> str:
    """Say after how many weeks half of the pauses had ended in a return.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> curve = pd.DataFrame({"week": [3, 4], "at_risk": [20, 15], "share": [0.4, 0.52]})
    >>> time_to_return(curve, TEAM)
    'By estimate, half of the pauses end in a return within 4 weeks.'
    """
    week, share = _read(curve, curve["share"])
    if week is None:
        if _followed(curve):
            return _("How soon women come back cannot be shown.")
        return _("No pause has lasted a week so far.")
    if not share:
        return ngettext(
            "No pause ended in a return within {n} week.",
            "No pause ended in a return within {n} weeks.",
            week,
        ).format(n=week)
    if share >= 0.5:
        return ngettext(
            "By estimate, half of the pauses end in a return within {n} week.",
            "By estimate, half of the pauses end in a return within {n} weeks.",
            week,
        ).format(n=week)
    return ngettext(
        "By estimate, {share} of pauses end in a return within {n} week.",
        "By estimate, {share} of pauses end in a return within {n} weeks.",
        week,
    ).format(n=week, share=percent(share))


def _read(curve: pd.DataFrame, happened: pd.Series) -> tuple[int | None, float]:
    """Return the week at which a curve is read, and the share to which it happened by then.

    That is the first week by which it happened to half; else the last of :data:`WEEKS` in
    which enough are followed, or the last week known.
    """
    known = curve.assign(happened=happened).dropna(subset=["happened"])
    half = known[known["happened"] >= 0.5]
    followed = known[known["at_risk"] >= ENOUGH]
    told = followed[followed["week"].isin(WEEKS)]
    row = next((rows for rows in (half.head(1), told.tail(1), known.tail(1)) if len(rows)), None)
    if row is None:
        return None, 0.0
    return int(row["week"].iloc[0]), float(row["happened"].iloc[0])


def _followed(curve: pd.DataFrame) -> bool:
    """Tell whether anything was followed for a week, shown or not."""
    return bool((curve["at_risk"].isna() | (curve["at_risk"] > 0)).any())
