"""Readings of change since the period before: what chance could explain is not called one."""

from collections.abc import Callable

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings import practice
from copehope_lib.readings.words import listed
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.vocabulary import Module, Need, Pattern


def attendance(table: pd.DataFrame, audience: Audience) -> str:
    """Say in which modules women came to a clearly larger or smaller share of sessions.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"scope": ["all", "language"], "before": [50, 20],
    ...     "before_of": [90, 40], "now": [52, 34], "now_of": [90, 40],
    ...     "difference": [0.02, 0.35], "clear": [False, True]})
    >>> attendance(table, TEAM)
    'Women came to a clearly larger share of sessions than before: language course.'
    """
    return _told(
        table,
        audience,
        "scope",
        lambda code: _("all modules") if code == "all" else Module.label_of(code),
        rose=_("Women came to a clearly larger share of sessions than before: {rose}."),
        fell=_("Women came to a clearly smaller share of sessions than before: {fell}."),
        both=_(
            "Women came to a clearly larger share of sessions than before: {rose}; "
            "to a clearly smaller one: {fell}."
        ),
    )


def patterns(table: pd.DataFrame, audience: Audience) -> str:
    """Say which patterns are those of a clearly larger or smaller share of women.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"pattern": ["steady", "paused"], "before": [20, 12],
    ...     "before_of": [40, 40], "now": [32, 3], "now_of": [40, 40],
    ...     "difference": [0.3, -0.225], "clear": [True, True]})
    >>> patterns(table, TEAM)
    'A clearly larger share of women than before: steady; a clearly smaller one: paused.'
    """
    return _told(
        table,
        audience,
        "pattern",
        Pattern.label_of,
        rose=_("A clearly larger share of women than before: {rose}."),
        fell=_("A clearly smaller share of women than before: {fell}."),
        both=_(
            "A clearly larger share of women than before: {rose}; a clearly smaller one: {fell}."
        ),
    )


def coverage(table: pd.DataFrame, audience: Audience) -> str:
    """Say which needs are covered clearly more or less often.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"need": ["food"], "before": [9], "before_of": [30], "now": [10],
    ...     "now_of": [30], "difference": [0.033], "clear": [False]})
    >>> coverage(table, TEAM)
    'Nothing shown here changed more than chance could explain.'
    """
    return _told(
        table,
        audience,
        "need",
        Need.label_of,
        rose=_("Clearly more often covered than before: {rose}."),
        fell=_("Clearly less often covered than before: {fell}."),
        both=_("Clearly more often covered than before: {rose}; clearly less often: {fell}."),
    )


def checks(table: pd.DataFrame, audience: Audience) -> str:
    """Say which checks hold clearly more or less often.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"check": ["group_size"], "before": [10], "before_of": [40],
    ...     "now": [30], "now_of": [40], "difference": [0.5], "clear": [True]})
    >>> checks(table, TEAM)
    'Clearly more often the case than before: groups of 5 to 10 women.'
    """
    return _told(
        practice.visible(table, audience),
        audience,
        "check",
        lambda name: _(RECOMMENDATIONS[name].sentence),
        rose=_("Clearly more often the case than before: {rose}."),
        fell=_("Clearly less often the case than before: {fell}."),
        both=_("Clearly more often the case than before: {rose}; clearly less often: {fell}."),
    )


def _told(
    table: pd.DataFrame,
    audience: Audience,
    keys: str,
    label: Callable[[str], str],
    *,
    rose: str,
    fell: str,
    both: str,
) -> str:
    """Say what changed clearly, by the labels of its keys."""
    counts = table[["before", "before_of", "now", "now_of"]]
    comparable = (table["before_of"] > 0) & (table["now_of"] > 0)
    told = table[table["clear"].notna()]
    if told.empty and (counts.isna().any(axis=None) or comparable.any()):
        return _("What changed cannot be shown.")
    if told.empty:
        return _("There is nothing to compare.")
    if audience.rounding > 1:
        return _("What changed cannot be told from rounded counts.")
    clear = told[told["clear"].astype("bool")]
    up = [label(code) for code in clear.loc[clear["difference"] > 0, keys]]
    down = [label(code) for code in clear.loc[clear["difference"] < 0, keys]]
    if up and down:
        return both.format(rose=listed(up), fell=listed(down))
    if up:
        return rose.format(rose=listed(up))
    if down:
        return fell.format(fell=listed(down))
    return _("Nothing shown here changed more than chance could explain.")
