"""Her voice: what women were asked, what they said, what we did, and what waits (§4.9, §5)."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.category import in_words
from copehope_lib.metrics.grid import grid, if_kept
from copehope_lib.metrics.metric import Metric, Snapshot
from copehope_lib.metrics.preconditions import require
from copehope_lib.metrics.sums import Counts, Sum, at_most, equals, nothing
from copehope_lib.metrics.visits import during, expected
from copehope_lib.vocabulary import Answer, Asked, Face, Wish, YesNoUnknown

WINDOW = pd.Timedelta(days=90)
"""How far back her answers are looked at: a month of a small team holds few."""


def said(feedback: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Each answer that was given by the end of a period, and how it stood then.

    Parameters
    ----------
    feedback : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months; what we answered later is not looked at.

    Returns
    -------
    pandas.DataFrame
        Rows of ``feedback`` with ``we_did`` (str: ``open`` until we told her, ``not_said`` where
        nobody wrote what), ``in_her_language`` (str), ``recent`` (bool, given in the last 90
        days of the period), ``days`` (Int64, from the day it was given to the last one).

    Examples
    --------
    >>> feedback = pd.DataFrame({"given_on": pd.to_datetime(["2026-07-01", "2026-10-05"]),
    ...     "answered_on": pd.to_datetime(["2026-07-20", "2026-11-02"]),
    ...     "asked": "safety", "we_did": "changed", "in_her_language": [True, None]})
    >>> said(feedback, pd.Period("2026-10", "M"))[["we_did", "in_her_language", "recent", "days"]]
        we_did in_her_language  recent  days
    0  changed             yes   False   122
    1     open         unknown    True    26
    """
    require("feedback", feedback, "given_on", "asked")
    after = months.bounds(month)[1]
    rows = feedback[feedback["given_on"] < after].reset_index(drop=True)
    did = rows["we_did"].astype("str").fillna(Answer.NOT_SAID.value)
    return rows.assign(
        we_did=did.where(rows["answered_on"] < after, Answer.OPEN.value),
        in_her_language=in_words(rows["in_her_language"]),
        recent=rows["given_on"] >= after - WINDOW,
        days=(after - pd.Timedelta(days=1) - rows["given_on"]).dt.days.astype("Int64"),
    )


def recently(rows: pd.DataFrame, **names: list[str]) -> pd.DataFrame:
    """Answers of the last 90 days by one or two of their columns.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of :func:`said`.
    **names : list of str
        Columns, and all that may stand in each; where nothing does, an answer is not counted.

    Returns
    -------
    pandas.DataFrame
        Every combination, in the order of the vocabularies: the columns (str), ``answers``
        (Int64). No row where nobody was ever asked, as in a team that keeps no such table.

    Notes
    -----
    Report §4.9, §5: women take part in what is decided about them. An answer is no woman: most
    are given without a code.

    Examples
    --------
    >>> rows = pd.DataFrame({"face": ["sad", "glad", "sad"], "recent": [True, True, False]})
    >>> recently(rows, face=["glad", "sad"])["answers"].tolist()
    [1, 1]
    """
    return if_kept(grid(rows[rows["recent"]], names, "answers"), len(rows))


def unanswered(rows: pd.DataFrame) -> pd.DataFrame:
    """Answers that wait for ours, however long, by what was asked.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of :func:`said`.

    Returns
    -------
    pandas.DataFrame
        Each question in the order of the vocabulary: ``asked`` (str), ``answers`` (Int64).

    Examples
    --------
    >>> rows = pd.DataFrame({"asked": ["safety", "safety"], "we_did": ["open", "changed"]})
    >>> unanswered(rows).set_index("asked")["answers"]["safety"]
    np.int64(1)
    """
    left = rows[rows["we_did"] == Answer.OPEN]
    return if_kept(grid(left, {"asked": Asked.codes()}, "answers"), len(rows))


def waiting(rows: pd.DataFrame) -> pd.DataFrame:
    """Each answer that waits for ours, the oldest first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of :func:`said`.

    Returns
    -------
    pandas.DataFrame
        ``given_on`` (day), ``asked``, ``face``, ``wish``, ``activity`` (str, missing where there
        is none), ``days`` (Int64, how long it waits), ``woman`` (missing where she left no code).

    Examples
    --------
    >>> nobody = pd.DataFrame(columns=["given_on", "asked", "face", "wish", "activity", "days",
    ...     "woman", "we_did", "feedback"])
    >>> waiting(nobody).columns[-1]
    'woman'
    """
    left = rows[rows["we_did"] == Answer.OPEN].sort_values(["given_on", "feedback"])
    words = ["asked", "face", "wish", "activity"]
    kept = left[["given_on", *words, "days", "woman"]].reset_index(drop=True)
    return kept.astype(dict.fromkeys(words, "str"))


def activities(visits: pd.DataFrame, activities: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Activities of a period at which a woman was expected, by whether women helped to choose them.

    Returns
    -------
    pandas.DataFrame
        ``chosen_with_women`` (str: ``yes``, ``no``, ``unknown``), ``activities`` (Int64); no row
        where it is written of no activity.
    """
    held = activities.take(expected(during(visits, *months.bounds(month)))["activity"].unique())
    each = held.assign(chosen_with_women=in_words(held["chosen_with_women"]))
    table = grid(each, {"chosen_with_women": YesNoUnknown.codes()}, "activities")
    return if_kept(table, activities["chosen_with_women"].notna().any())


def _said(s: Snapshot) -> pd.DataFrame:
    return s.once(said, s.tables.feedback, s.month)


_ALL = Counts("voice.answers", "answers")
_OPEN = Counts("voice.answers", "answers", where={"we_did": [Answer.OPEN.value]})


def _of(name: str) -> Counts:
    return Counts(f"voice.{name}", "answers")


def _answers(name: str, compute: Callable[[pd.DataFrame], pd.DataFrame], *sums: Sum) -> Metric:
    return Metric(
        f"voice.{name}",
        lambda s: compute(_said(s)),
        release_to="team",
        at_end=True,
        counts=("answers",),
        adds_up=sums or nothing("an answer is no woman; other counts of answers add up to these"),
        # Who answers without her code is of no site.
        by_category=False,
    )


DECLARED = (
    _answers("answers", partial(recently, we_did=Answer.codes())),
    _answers(
        "asked",
        partial(recently, asked=Asked.codes(), face=Face.codes()),
        at_most(_of("asked"), _ALL),
    ),
    _answers("wishes", partial(recently, wish=Wish.codes()), at_most(_of("wishes"), _ALL)),
    _answers(
        "language",
        partial(recently, in_her_language=YesNoUnknown.codes()),
        equals(_ALL, _of("language")),
    ),
    _answers("unanswered", unanswered, at_most(_OPEN, _of("unanswered"))),
    Metric("voice.waiting", lambda s: waiting(_said(s)), row="woman", by_category=False),
    Metric(
        "voice.activities",
        lambda s: activities(s.visits, s.tables.activities, s.month),
        release_to="team",
        counts=("activities",),
        adds_up=nothing("an activity is no woman, and which are held adds up to nothing told"),
        of_no_woman=frozenset(YesNoUnknown.codes()),
        by_category=False,
    ),
)
