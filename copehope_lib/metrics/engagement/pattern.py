"""The pattern of each woman over a window, and how patterns follow one another."""

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.grid import grid, together
from copehope_lib.metrics.metric import Metric
from copehope_lib.metrics.stays import accompanied
from copehope_lib.metrics.sums import Counts, equals, within
from copehope_lib.metrics.visits import during, expected
from copehope_lib.vocabulary import Pattern, Together

NOT_HERE = "not_here"
"""Stands for the pattern of a woman who was not accompanied."""


def women(
    visits: pd.DataFrame,
    women: pd.DataFrame,
    found: pd.DataFrame,
    contacts: pd.DataFrame,
    month: pd.Period,
    *,
    window_days: int,
    steady_rate: float,
) -> pd.DataFrame:
    """The pattern of each woman over the days that end with a period.

    The first that holds: *in touch* (expected at no session of the window, and met or spoken to
    outside sessions in it), *not invited* (neither), *paused* (a
    pause lasts at the end of the period), *returned* (a pause ended within the window),
    *starting* (entered within the window), *steady* (came to ``steady_rate`` or more of the
    sessions at which she was expected), *intermittent*.

    Parameters
    ----------
    visits : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.visits.visits`.
    women : pandas.DataFrame
        Checked table of the registry.
    found : pandas.DataFrame
        Result of :func:`copehope_lib.metrics.engagement.pauses` for the same period.
    contacts : pandas.DataFrame
        Checked table of the registry; empty where contacts are not kept.
    month : pandas.Period
        Month, or months, with whose last day the window ends.
    window_days : int
        Days of the window.
    steady_rate : float
        A fraction.

    Returns
    -------
    pandas.DataFrame
        One row for each woman accompanied on the last day, by code: ``woman`` (str),
        ``pattern`` (category), ``expected`` and ``came`` (Int64, sessions of the window).

    Notes
    -----
    Report §5.6: coming back is part of the way, so that *returned* stands before *steady*.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> from copehope_lib.metrics.engagement import expected_days, pauses
    >>> from copehope_lib.metrics.visits import visits
    >>> registry, month = two_women(), pd.Period("2026-10", "M")
    >>> rows = visits(registry.women, registry.activities, registry.sessions,
    ...               registry.attendance)
    >>> found = pauses(expected_days(rows, month), registry.women, month, pause_days=21)
    >>> women(rows, registry.women, found, registry.contacts, month,
    ...       window_days=90, steady_rate=0.7)
       woman   pattern  expected  came
    0  W-001  returned         4     2
    1  W-002  starting         2     2
    """
    after = months.bounds(month)[1]
    start = after - pd.Timedelta(days=window_days)
    here = accompanied(women, after - pd.Timedelta(days=1)).sort_values("woman")
    recent = during(visits, start, after)
    recent = expected(recent[recent["stay"] >= 0])
    came = recent["came"].groupby(women["woman"].take(recent["stay"].to_numpy()).array)
    here = here[["woman", "entered_on"]].reset_index(drop=True)
    result = here[["woman"]].assign(
        expected=here["woman"].map(came.size()).fillna(0).astype("Int64"),
        came=here["woman"].map(came.sum()).fillna(0).astype("Int64"),
    )
    found = found.merge(here, on=["woman", "entered_on"])
    lasting = found.loc[found["returned_on"].isna(), "woman"]
    ended = found.loc[found["returned_on"] >= start, "woman"]
    rate = result["came"] / result["expected"].where(result["expected"] > 0)
    pattern = pd.Series("intermittent", index=result.index)
    # From the weakest claim to the strongest: each one overrules those before it.
    pattern = pattern.mask((rate >= steady_rate).fillna(value=False), "steady")
    pattern = pattern.mask(here["entered_on"] >= start, "starting")
    pattern = pattern.mask(here["woman"].isin(ended), "returned")
    pattern = pattern.mask(here["woman"].isin(lasting), "paused")
    pattern = pattern.mask(result["expected"] == 0, "not_invited")
    met = contacts.loc[(contacts["on"] >= start) & (contacts["on"] < after), "woman"]
    pattern = pattern.mask((pattern == "not_invited") & here["woman"].isin(met), "in_touch")
    result.insert(1, "pattern", pattern.astype(pd.CategoricalDtype(Pattern.codes())))
    return result


def patterns(each: pd.DataFrame) -> pd.DataFrame:
    """Women by pattern.

    Parameters
    ----------
    each : pandas.DataFrame
        Result of :func:`women`.

    Returns
    -------
    pandas.DataFrame
        Seven rows in the order of the vocabulary: ``pattern`` (str), ``women`` (Int64).

    Examples
    --------
    >>> patterns(pd.DataFrame({"pattern": ["steady", "paused", "steady"]})).women.tolist()
    [2, 0, 1, 0, 0, 0, 0]
    """
    return grid(each, {"pattern": Pattern.codes()}, "women")


def flows(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """From which pattern to which: women by their pattern at the end of two periods.

    Parameters
    ----------
    before, now : pandas.DataFrame
        Results of :func:`women` for the period before and for this one.

    Returns
    -------
    pandas.DataFrame
        ``before``, ``after`` (str, a pattern, or ``not_here`` for a woman who was not
        accompanied), ``women`` (Int64): all 63 pairs, in the order of the vocabulary.

    Examples
    --------
    >>> before = pd.DataFrame({"woman": ["W-1", "W-2"], "pattern": ["paused", "steady"]})
    >>> now = pd.DataFrame({"woman": ["W-1", "W-3"], "pattern": ["returned", "starting"]})
    >>> table = flows(before, now)
    >>> table[table["women"] > 0]
          before     after  women
    7     steady  not_here      1
    19    paused  returned      1
    60  not_here  starting      1
    """
    both = before[["woman", "pattern"]].merge(now, on="woman", how="outer", suffixes=("", "_now"))
    names = [*Pattern.codes(), NOT_HERE]
    pair = {
        name: both[of].astype("str").fillna(NOT_HERE)
        for name, of in (("before", "pattern"), ("after", "pattern_now"))
    }
    # The last pair is of those who were here at neither end.
    return grid(pd.DataFrame(pair), {"before": names, "after": names}, "women").iloc[:-1]


_PATTERNS = Counts("engagement.patterns", "women", "pattern")
_WITH_US = [name for name in Pattern.told() if name != "paused"]
_PAUSED = {"movement": ["paused"]}
_NEWLY = {"before": [*_WITH_US, NOT_HERE], "after": ["paused"]}
_NEWLY_PAUSED = Counts("engagement.flows", "women", where=_NEWLY)
_TOLD = {
    **dict.fromkeys(["steady", "intermittent"], Together.COMING.value),
    **dict.fromkeys(["starting", "in_touch", "not_invited"], Together.BEGINNING.value),
}


def _with_us(table: str, column: str) -> Counts:
    return Counts(f"engagement.{table}", "women", where={column: _WITH_US})


DECLARED = (
    Metric(
        "engagement.women",
        lambda s: women(
            s.visits,
            s.tables.women,
            s["engagement.pauses"],
            s.tables.contacts,
            s.month,
            window_days=s.settings.engagement.window_days,
            steady_rate=s.settings.engagement.steady_rate,
        ),
        row="woman",
    ),
    Metric(
        "engagement.patterns",
        lambda s: patterns(s["engagement.women"]),
        release_to="partner",
        at_end=True,
        counts=("women",),
        adds_up=[equals(WOMEN, Counts("engagement.patterns", "women"))],
        recode=together(_TOLD),
        rules=3,
    ),
    Metric(
        "engagement.flows",
        lambda s: flows(s.start("engagement.flows"), s["engagement.women"]),
        release_to="team",
        starts_from=lambda before: before["engagement.women"][["woman", "pattern"]],
        counts=("women",),
        adds_up=[
            equals(_PATTERNS, Counts("engagement.flows", "women", "after")),
            equals(_PATTERNS.month_before(), Counts("engagement.flows", "women", "before")),
            equals(_with_us("patterns", "pattern"), _with_us("flows", "after")),
            equals(_with_us("patterns", "pattern").month_before(), _with_us("flows", "before")),
            # But for a woman whose pause went on while she was not invited: then it is left out.
            within([_NEWLY_PAUSED], Counts("engagement.movements", "women", where=_PAUSED)),
        ],
        # From month to month only few women go from one pattern to another.
        recode=together(dict.fromkeys(_WITH_US, Together.WITH_US.value)),
        rules=3,
    ),
)
