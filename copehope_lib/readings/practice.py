"""Readings of practice: what the report asks for, and where it holds."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import listed, whole
from copehope_lib.recommendations import RECOMMENDATIONS, Unit
from copehope_lib.vocabulary import Dimension


def visible(table: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Return the rows that an audience may see: what would tell of safety is for supervision.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION, TEAM
    >>> table = pd.DataFrame({"check": ["half_hour", "childcare"]})
    >>> len(visible(table, SUPERVISION)), len(visible(table, TEAM))
    (2, 1)
    """
    if audience.cases:
        return table
    kept = [check.id for check in RECOMMENDATIONS.values() if not check.about_safety]
    return table[table["check"].isin(kept)]


def of_dimension(table: pd.DataFrame, dimension: Dimension, audience: Audience) -> pd.DataFrame:
    """Return the rows of one dimension that an audience may see."""
    rows = visible(table, audience)
    names = [one.id for one in RECOMMENDATIONS.values() if one.dimension == dimension]
    return rows[rows["check"].isin(names)]


def check(name: str, numerator: int | None, denominator: int | None, audience: Audience) -> str:
    """Say how often one check holds.

    Parameters
    ----------
    name : str
        The check, as in ``practice.checks``.
    numerator, denominator : int or None
        How often it holds, of how many; none or missing where it is hidden.
    audience : Audience
        For whom.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> check("risk_assessed", 31, 38, TEAM)
    'A risk assessment younger than 90 days: 31 of 38 women.'
    >>> check("childcare", 0, 0, TEAM)
    'Childcare where women with children are expected: nothing to check.'
    >>> check("goals_hers", None, 40, TEAM)
    'Goals that are her own: too few to show.'
    """
    recommendation = RECOMMENDATIONS[name]
    sentence = _(recommendation.sentence)
    if recommendation.about_safety and not audience.cases:
        return _("{check}: for supervision only.").format(check=sentence)
    if pd.isna(denominator):
        return _("{check}: too few to show.").format(check=sentence)
    if not denominator:
        return _("{check}: nothing to check.").format(check=sentence)
    if pd.isna(numerator):
        return _("{check}: too few to show.").format(check=sentence)
    return _("{check}: {part}.").format(
        check=sentence,
        part=_part(recommendation.unit, int(denominator or 0)).format(
            k=whole(numerator or 0), n=whole(denominator or 0)
        ),
    )


def _part(unit: Unit, n: int) -> str:
    """Return the words for so many of ``n`` things of one kind."""
    return {
        "woman": ngettext("{k} of {n} woman", "{k} of {n} women", n),
        "goal": ngettext("{k} of {n} goal", "{k} of {n} goals", n),
        "session": ngettext("{k} of {n} session", "{k} of {n} sessions", n),
        "activity": ngettext("{k} of {n} activity", "{k} of {n} activities", n),
        "professional": ngettext("{k} of {n} professional", "{k} of {n} professionals", n),
        "place": ngettext("{k} of {n} place", "{k} of {n} places", n),
        "month": ngettext("{k} of {n} month", "{k} of {n} months", n),
        "agreement": ngettext("{k} of {n} agreement", "{k} of {n} agreements", n),
        "action": ngettext("{k} of {n} action", "{k} of {n} actions", n),
    }[unit]


def checks(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many checks hold wherever there was something to look at.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"check": ["childcare", "transport", "group_size"],
    ...     "numerator": [4, 5, 0], "denominator": [6, 5, 0]})
    >>> checks(table, TEAM)
    'Of 2 checks with something to look at, 1 holds everywhere.'
    """
    rows = visible(table, audience)
    asked = rows[rows["denominator"].fillna(1) > 0]
    known = asked.dropna(subset=["numerator", "denominator"])
    if asked.empty and "left_out" in rows and (rows["left_out"] != 0).any():
        return _("Nothing could be looked at.")
    if asked.empty:
        return _("There is nothing to check.")
    if known.empty:
        return _("There is too little to show.")
    kept = int((known["numerator"] == known["denominator"]).sum())
    subject = (
        ngettext(
            "{n} check with something to look at",
            "{n} checks with something to look at",
            len(known),
        )
        if len(known) == len(asked)
        else ngettext("{n} check that can be shown", "{n} checks that can be shown", len(known))
    )
    return _holding(kept, audience).format(checks=subject.format(n=len(known)), kept=kept)


def _holding(kept: int, audience: Audience) -> str:
    if not kept:
        return _("Of {checks}, none holds everywhere.")
    if audience.rounding > 1:
        return ngettext(
            "Of {checks}, {kept} holds everywhere or nearly everywhere.",
            "Of {checks}, {kept} hold everywhere or nearly everywhere.",
            kept,
        )
    return ngettext(
        "Of {checks}, {kept} holds everywhere.", "Of {checks}, {kept} hold everywhere.", kept
    )


def furthest(table: pd.DataFrame, dimension: Dimension, audience: Audience) -> str:
    """Say which check of a dimension holds least often, or that all of them hold.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"check": ["childcare", "places_taken"],
    ...     "numerator": [4, 5], "denominator": [6, 5]}).astype({"numerator": "Int64"})
    >>> furthest(table, Dimension.PITFALLS, TEAM)
    'Childcare where women with children are expected: 4 of 6 activities.'
    >>> furthest(table[1:], Dimension.PITFALLS, TEAM)
    'Every check that can be shown holds everywhere.'
    """
    rows = of_dimension(table, dimension, audience)
    known = rows[rows["denominator"].fillna(0) > 0].dropna(subset=["numerator"])
    if known.empty:
        return checks(rows, audience)
    share = (known["numerator"] / known["denominator"]).astype("float64")
    if audience.rounding == 1 and (share == 1).all():
        return _("Every check that can be shown holds everywhere.")
    least = known.iloc[int(share.to_numpy().argmin())]
    return check(least["check"], least["numerator"], least["denominator"], audience)


def with_left_out(checks: pd.DataFrame, left_out: pd.DataFrame) -> pd.DataFrame:
    """Return checks with how many things each of them leaves out; unchanged where it is nothing.

    Examples
    --------
    >>> table = pd.DataFrame({"check": ["transport", "session_length"], "denominator": [5, 0]})
    >>> left = pd.DataFrame({"check": ["session_length"], "left_out": [7]})
    >>> with_left_out(table, left)["left_out"].tolist()
    [0, 7]
    """
    if left_out.empty:
        return checks
    keys = [name for name in ("month", "check") if name in checks]
    known = left_out.set_index(keys)["left_out"].astype("Int64")
    wanted = checks.set_index(keys).index
    return checks.assign(left_out=known.reindex(wanted, fill_value=0).array)


def left_out(table: pd.DataFrame, audience: Audience) -> str:
    """Say how much the checks leave out, because nobody wrote down what they need.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"check": ["session_length"], "left_out": [7]})
    >>> left_out(table, TEAM)
    'Left out: 7 sessions without hours.'
    """
    rows = visible(table, audience)
    if rows.empty:
        return _("No check leaves anything out.")
    known = rows.dropna(subset="left_out")
    parts = [
        _lacking(name, int(n)).format(n=whole(n))
        for name, n in zip(known["check"], known["left_out"], strict=True)
    ]
    if not parts:
        return _("How much is left out is not shown.")
    more = len(known) < len(rows)
    told = (
        _("Left out: {things}; how much else is not shown.") if more else _("Left out: {things}.")
    )
    return told.format(things=listed(parts))


def _lacking(check: str, n: int) -> str:
    """Return the words for so many things that lack what a check needs."""
    return {
        "half_hour": ngettext(
            "{n} session with a woman who should not meet others, for want of hours or a place",
            "{n} sessions with a woman who should not meet others, for want of hours or a place",
            n,
        ),
        "needs_before_training": ngettext(
            "{n} woman in a training of which it is not known whether it is long",
            "{n} women in a training of which it is not known whether it is long",
            n,
        ),
        "childcare": ngettext(
            "{n} activity that does not say whether there is childcare",
            "{n} activities that do not say whether there is childcare",
            n,
        ),
        "transport": ngettext(
            "{n} activity that does not say whether transport is paid",
            "{n} activities that do not say whether transport is paid",
            n,
        ),
        "session_length": ngettext("{n} session without hours", "{n} sessions without hours", n),
        "externals_trained": ngettext(
            "{n} session of which nobody wrote down who held it",
            "{n} sessions of which nobody wrote down who held them",
            n,
        ),
    }[check]


def findings(table: pd.DataFrame, audience: Audience) -> str:
    """Say how many things there are to look at, and in how many checks.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"check": ["childcare", "childcare", "half_hour"]})
    >>> findings(table, SUPERVISION)
    '3 things to look at, in 2 checks.'
    """
    rows = visible(table, audience)
    if rows.empty:
        return _("Every check holds wherever there was something to look at.")
    among = rows["check"].nunique()
    return ngettext(
        "{n} thing to look at, in {checks}.", "{n} things to look at, in {checks}.", len(rows)
    ).format(n=whole(len(rows)), checks=ngettext("{n} check", "{n} checks", among).format(n=among))


def requests(table: pd.DataFrame) -> str:
    """Say what the organisation was asked, and how long the oldest request waits.

    Examples
    --------
    >>> requests(pd.DataFrame({"reply": [None, "granted"], "waited": [63, 20]}))
    'The organisation has 1 request of ours to answer; the oldest has waited 63 days.'
    >>> requests(pd.DataFrame({"reply": [], "waited": []}))
    'Nothing that we asked of the organisation waits for an answer.'
    """
    waits = table.loc[table["reply"].isna(), "waited"]
    if waits.empty:
        return _("Nothing that we asked of the organisation waits for an answer.")
    longest = int(waits.max())
    days = ngettext("{n} day", "{n} days", longest).format(n=whole(longest))
    return ngettext(
        "The organisation has {n} request of ours to answer; the oldest has waited {days}.",
        "The organisation has {n} requests of ours to answer; the oldest has waited {days}.",
        len(waits),
    ).format(n=whole(len(waits)), days=days)


def actions(counts: pd.Series) -> str:
    """Say how the decisions of earlier meetings stand.

    Parameters
    ----------
    counts : pandas.Series of int
        How many are ``done``, ``open`` and ``overdue``.

    Examples
    --------
    >>> actions(pd.Series({"done": 3, "open": 1, "overdue": 2}))
    'Of 6 actions 3 are done, 1 is open, and 2 are past their day.'
    >>> actions(pd.Series({"done": 0, "open": 0, "overdue": 0}))
    'No action of an earlier meeting is open.'
    """
    all_of_them = int(counts.sum())
    if not all_of_them:
        return _("No action of an earlier meeting is open.")
    done, still, late = (int(counts[state]) for state in ("done", "open", "overdue"))
    parts = [
        ngettext("{n} is done", "{n} are done", done).format(n=whole(done)),
        ngettext("{n} is open", "{n} are open", still).format(n=whole(still)),
        ngettext("{n} is past its day", "{n} are past their day", late).format(n=whole(late)),
    ]
    return ngettext("Of {n} action {parts}.", "Of {n} actions {parts}.", all_of_them).format(
        n=whole(all_of_them), parts=listed(parts)
    )
