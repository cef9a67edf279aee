"""What may deserve the time of a case reflection: suggestions with their reason, in code order.

None of them says that a woman needs anything, and none comes before another: the team chooses,
and may choose somebody who is not named here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pandas as pd
from babel.dates import format_skeleton

from copehope_lib import language, months
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.language import ngettext
from copehope_lib.readings.words import decimal, listed, whole
from copehope_lib.vocabulary import Area, Vocabulary

LONG_PAUSE: Final = 42
"""Days of the longest pause that is not long: twice the three weeks that make a pause, and more
than one monthly meeting without her."""

FAR_ABOVE: Final = 1.5
"""Times the median load up to which loads differ as they usually do; a post half as full again
carries what would fill a half-time one."""

NEEDED: Final = (
    "engagement.pauses",
    "itineraries.paths",
    "caseload.functions",
    "caseload.load",
    "cases",
)
"""Which tables of a supervision extract are looked at."""


class Reason(Vocabulary):
    """Why something may deserve time.

    Examples
    --------
    >>> Reason.LONG_PAUSE_ENDED.label
    'Back after a long pause'
    """

    SAFETY = "safety", N_("Safety"), "5.1.1"
    LONG_PAUSE_ENDED = "long_pause_ended", N_("Back after a long pause"), "5.6"
    GOAL_SET_ASIDE = "goal_set_aside", N_("A goal set aside"), "5.6"
    CARRIED_ALONE = "carried_alone", N_("Resting on one person"), "5.4"
    LOAD_FAR_ABOVE = "load_far_above", N_("A load far above the others"), "5.4"


def proposals(tables: Mapping[str, pd.DataFrame], month: pd.Period) -> pd.DataFrame:
    """Say what may deserve time in the meeting about a month, and why.

    A pause is long if she did not come for more than ``LONG_PAUSE`` days; it counts where it
    ended in the month. A goal counts where it was set aside in the month, even if it was taken
    up again. A load is far above if it is more than ``FAR_ABOVE`` times the median of all that
    have one. Of safety the same is said of each woman whose assessment is to be looked at, and
    never why.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Those of ``NEEDED``, as a supervision extract holds them.
    month : pandas.Period
        The month that they describe.

    Returns
    -------
    pandas.DataFrame
        In order of ``about``, then of :class:`Reason`; at most one row for each pair: ``kind``
        (a reason), ``about`` (pseudonym of a woman, or code of a professional), ``sentence``
        (in the language in use); all str.

    Notes
    -----
    Report §5.4 asks for supervision that looks at boundaries and at the distribution of
    functions; §5.6 calls intermittent processes normal, so that a return is good to speak of.

    Examples
    --------
    >>> tables = {
    ...     "engagement.pauses": pd.DataFrame({"woman": ["W-1"],
    ...         "since": pd.to_datetime(["2026-08-01"]),
    ...         "returned_on": pd.to_datetime(["2026-10-07"])}),
    ...     "itineraries.paths": pd.DataFrame({"goal": [], "woman": [], "area": [], "event": [],
    ...         "on": pd.to_datetime([])}),
    ...     "caseload.functions": pd.DataFrame({"woman": ["W-1"], "carried_alone": [False]}),
    ...     "caseload.load": pd.DataFrame({"professional": ["P-1", "P-2"], "load": [1.0, 0.8]}),
    ...     "cases": pd.DataFrame({"woman": ["W-1"], "to_look_at": [True]}),
    ... }
    >>> found = proposals(tables, pd.Period("2026-10", "M"))
    >>> found[["kind", "about"]].values.tolist()
    [['safety', 'W-1'], ['long_pause_ended', 'W-1']]
    >>> found["sentence"][1]
    'She came on October 7 after 67 days away: what made that possible?'
    """
    pauses, paths, functions, loads, cases = (tables[name] for name in NEEDED)
    rows = [
        *_safety(cases),
        *_long_pauses(pauses, month),
        *_set_aside(paths, month),
        *_alone(functions),
        *_far_above(loads),
    ]
    order = Reason.codes()
    rows.sort(key=lambda row: (row[1], order.index(row[0])))
    return pd.DataFrame(rows, columns=["kind", "about", "sentence"]).astype("str")


_Row = tuple[str, str, str]


def _in(days: pd.Series, month: pd.Period) -> pd.Series:
    first, after = months.bounds(month)
    return (days >= first) & (days < after)


def _long_pauses(pauses: pd.DataFrame, month: pd.Period) -> Iterator[_Row]:
    away = (pauses["returned_on"] - pauses["since"]).dt.days
    ended = pauses.assign(away=away)[_in(pauses["returned_on"], month) & (away > LONG_PAUSE)]
    # Who had two stays may have two of them: the later one is what there is to speak of.
    ended = ended.sort_values("returned_on").drop_duplicates("woman", keep="last")
    for woman, day, n in zip(ended["woman"], ended["returned_on"], ended["away"], strict=True):
        date = format_skeleton("MMMMd", day, locale=language.locale())
        yield (
            Reason.LONG_PAUSE_ENDED.value,
            woman,
            _("She came on {day} after {n} days away: what made that possible?").format(
                day=date, n=whole(n)
            ),
        )


def _set_aside(paths: pd.DataFrame, month: pd.Period) -> Iterator[_Row]:
    found = paths[(paths["event"] == "set_aside") & _in(paths["on"], month)]
    for woman, of in found.groupby("woman"):
        codes = [code for code in Area.codes() if code in set(of["area"])]
        n = of["goal"].nunique()
        yield (
            Reason.GOAL_SET_ASIDE.value,
            str(woman),
            ngettext(
                "A goal was set aside this month ({areas}): was that her wish, and what does "
                "it make room for?",
                "{n} goals were set aside this month ({areas}): was that her wish, and what "
                "does it make room for?",
                n,
            ).format(n=whole(n), areas=listed(Area.label_of(code) for code in codes)),
        )


def _each(reason: Reason, about: Iterable[str], sentence: str) -> list[_Row]:
    return [(reason.value, one, sentence) for one in about]


def _safety(cases: pd.DataFrame) -> list[_Row]:
    return _each(
        Reason.SAFETY,
        cases.loc[cases["to_look_at"], "woman"],
        _("Look at her assessment before the meeting: what does it ask of us?"),
    )


def _alone(functions: pd.DataFrame) -> list[_Row]:
    return _each(
        Reason.CARRIED_ALONE,
        functions.loc[functions["carried_alone"].fillna(value=False), "woman"],
        _("All functions around her rest on one person: who could take on one of them?"),
    )


def _far_above(loads: pd.DataFrame) -> list[_Row]:
    known = loads.dropna(subset=["load"])
    median = known["load"].median()
    # Where most of a team carries nothing, no load can be set beside a usual one.
    if known.empty or not median:
        return []
    words = _(
        "The load is more than {factor} times the median of the team: what could be shared out?"
    )
    return _each(
        Reason.LOAD_FAR_ABOVE,
        known.loc[known["load"] > FAR_ABOVE * median, "professional"],
        words.format(factor=decimal(FAR_ABOVE)),
    )
