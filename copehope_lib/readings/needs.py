"""Readings of basic needs: how far they are covered, what changed, who trains without."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import MANY, leading, least, listed, n_women, nobody, total, whole
from copehope_lib.vocabulary import Coverage, Need, Together


def women(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many women have a need that is not covered.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"woman": ["W-1", "W-1", "W-2"],
    ...     "coverage": ["covered", "not_covered", "partly"]})
    >>> women(table, SUPERVISION)
    '1 of 2 women whose needs were reviewed has one that is not covered.'
    """
    if table.empty:
        return _("No need has been reviewed yet.")
    n = table.loc[table["coverage"] == Coverage.NOT_COVERED, "woman"].nunique()
    if not n:
        return _("No woman is known to have an uncovered need.")
    return ngettext(
        "{n} of {women} whose needs were reviewed has one that is not covered.",
        "{n} of {women} whose needs were reviewed have one that is not covered.",
        n,
    ).format(n=whole(n), women=n_women(table["woman"].nunique()))


def coverage(table: pd.DataFrame, audience: Audience) -> str:
    """Say which needs are not covered most often.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"need": ["housing", "food", "childcare"],
    ...     "coverage": "not_covered", "women": pd.array([8, 0, 5], dtype="Int64")})
    >>> coverage(table, TEAM)
    'Not covered most often: housing for 8 women and childcare for 5 women.'
    """
    missing = table[table["coverage"] == Coverage.NOT_COVERED]
    most = leading(missing, "women")
    if total(table["women"]) == 0:
        return nobody()
    if most.empty:
        return _none_uncovered(table)
    if len(most) > MANY:
        return _("No need stands out among those that are not covered.")
    needs = listed(
        ngettext("{need} for {n} woman", "{need} for {n} women", n).format(
            need=Need.label_of(need), n=whole(n)
        )
        for need, n in zip(most["need"], most["women"].astype(int).tolist(), strict=True)
    )
    if missing["women"].isna().any():
        return _("Not covered: {needs}.").format(needs=needs)
    return _("Not covered most often: {needs}.").format(needs=needs)


def asked(table: pd.DataFrame) -> pd.DataFrame:
    """Return coverage without the zeros of needs about which nobody was asked.

    Examples
    --------
    >>> table = pd.DataFrame({"need": ["food", "food", "housing", "housing"],
    ...     "coverage": ["not_covered", "unknown"] * 2, "women": [0, 9, 2, 7]})
    >>> asked(table)[["need", "coverage"]].to_numpy().tolist()
    [['food', 'unknown'], ['housing', 'not_covered'], ['housing', 'unknown']]
    """
    keys = [table[name] for name in ("month", "need") if name in table]
    open_ = table["coverage"].isin([Coverage.UNKNOWN, Together.PARTLY_OR_UNKNOWN])
    # What is hidden is no zero.
    known = (table["women"] != 0).fillna(value=True) & ~open_
    return table[open_ | known.groupby(keys).transform("any")]


def _none_uncovered(table: pd.DataFrame) -> str:
    def women_with(*codes: str) -> int | None:
        return total(table.loc[table["coverage"].isin(codes), "women"])

    if women_with(Coverage.NOT_COVERED) is None:
        return _("Which needs are not covered cannot be shown.")
    if women_with(Coverage.COVERED, Coverage.PARTLY, Together.PARTLY_OR_UNKNOWN) == 0:
        return _("No need has been reviewed yet.")
    return _("No need is known to be uncovered.")


def changes(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many needs are better covered than before, and how many less well.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"need": "housing", "change": ["improved", "worsened"],
    ...     "women": pd.array([6, 4], dtype="Int64")})
    >>> changes(table, TEAM)
    '6 needs are better covered than before; 4 are less well covered.'
    """
    if total(table["women"]) == 0:
        return _("No need is known to be better or less well covered than before.")
    improved = table.loc[table["change"] == "improved", "women"]
    worsened = table.loc[table["change"] == "worsened", "women"]
    told = (total(counts) is not None or least(counts, audience) for counts in (improved, worsened))
    if not any(told):
        return _("How many needs are better or less well covered cannot be shown.")
    better, less = _better(improved, audience), _less(worsened, audience)
    return f"{better}; {less}."


def _better(counts: pd.Series, audience: Audience) -> str:
    n, known = total(counts), least(counts, audience)
    if n == 0:
        return _("No need is better covered than before")
    if n is not None:
        return ngettext(
            "{n} need is better covered than before", "{n} needs are better covered than before", n
        ).format(n=whole(n))
    if not known:
        return _("How many needs are better covered cannot be shown")
    return ngettext(
        "At least {n} need is better covered than before",
        "At least {n} needs are better covered than before",
        known,
    ).format(n=whole(known))


def _less(counts: pd.Series, audience: Audience) -> str:
    n, known = total(counts), least(counts, audience)
    if n == 0:
        return _("none is less well covered")
    if n is not None:
        return ngettext("{n} is less well covered", "{n} are less well covered", n).format(
            n=whole(n)
        )
    if not known:
        return _("how many are less well covered cannot be shown")
    return ngettext(
        "at least {n} is less well covered", "at least {n} are less well covered", known
    ).format(n=whole(known))


def training(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many women are in a long training while a need of theirs is not covered.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> training(pd.DataFrame({"woman": ["W-1", "W-1", "W-2"]}), SUPERVISION)
    '2 women are in a long training while a need of theirs is not covered.'
    """
    n = table["woman"].nunique()
    if not n:
        return _("No woman is in a long training with a need that is not covered.")
    return ngettext(
        "{n} woman is in a long training while a need of hers is not covered.",
        "{n} women are in a long training while a need of theirs is not covered.",
        n,
    ).format(n=whole(n))
