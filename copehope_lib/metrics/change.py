"""Change since the period before, with the uncertainty that few women bring.

Six women are few: "from 3 to 4" is not a trend, and the interval says so. Both periods are
taken as if their women were different ones; as most are the same, the interval is rather too
wide than too narrow.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from copehope_lib.metrics import practice
from copehope_lib.metrics.caseload import WOMEN
from copehope_lib.metrics.metric import Metric, ShownTables
from copehope_lib.metrics.sums import Counts, equals
from copehope_lib.metrics.visits import ABSENT, PRESENT
from copehope_lib.vocabulary import Module, Need, Pattern, Together

COUNTS = ["before", "before_of", "now", "now_of"]


def between(before: pd.DataFrame, now: pd.DataFrame, order: Iterable[str]) -> pd.DataFrame:
    """Change of shares from one period to the next, with Newcombe's 95 % interval.

    Parameters
    ----------
    before, now : pandas.DataFrame
        A share of each of the same things: one column that names it, then ``part`` and
        ``whole`` (Int64). What stands in one of them only had a whole of 0 in the other.
    order : iterable of str
        The order in which things are shown; those that stand in neither are left out.

    Returns
    -------
    pandas.DataFrame
        One row for each thing: its name, ``before``, ``before_of``, ``now``, ``now_of``
        (Int64), ``difference``, ``low``, ``high`` (Float64, difference of the fractions and
        its interval), ``clear`` (boolean, whether the interval leaves out 0). The last four
        are missing where a whole is 0.

    Notes
    -----
    R. G. Newcombe (1998), Statistics in Medicine 17:873, method 10, from Wilson's intervals.

    Examples
    --------
    >>> before = pd.DataFrame({"pattern": ["paused"], "part": [3], "whole": [6]})
    >>> now = pd.DataFrame({"pattern": ["paused"], "part": [4], "whole": [6]})
    >>> between(before, now, ["paused"])[["difference", "low", "high", "clear"]].round(2)
       difference   low  high  clear
    0        0.17 -0.32  0.56  False
    """
    name = now.columns[0]
    was = before.set_axis([name, "before", "before_of"], axis=1).set_index(name)
    is_ = now.set_axis([name, "now", "now_of"], axis=1).set_index(name)
    either = was.index.union(is_.index)
    shown = pd.Index([thing for thing in order if thing in either], name=name, dtype="str")
    # What stands in one of them only is 0 in the other; what is hidden stays missing.
    both = was.reindex(shown, fill_value=0).join(is_.reindex(shown, fill_value=0))
    return _with_interval(both.astype("Int64").reset_index())


def _with_interval(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of change with what follows from the counts that it shows."""
    # It takes a second to import, and whoever asks for no change should not wait for it.
    from statsmodels.stats.proportion import confint_proportions_2indep

    known = (table[["before_of", "now_of"]] > 0).all(axis=1) & table[COUNTS].notna().all(axis=1)
    before, before_of, now, now_of = (
        table.loc[known, name].to_numpy(dtype="float64") for name in COUNTS
    )
    low, high = confint_proportions_2indep(
        now, now_of, before, before_of, method="newcomb", compare="diff"
    )
    derived = pd.DataFrame(
        {"difference": now / now_of - before / before_of, "low": low, "high": high},
        index=table.index[known],
        dtype="Float64",
    )
    clear = ((derived["low"] > 0) | (derived["high"] < 0)).astype("boolean")
    return table.join(derived.assign(clear=clear))


def came(attendance: pd.DataFrame) -> pd.DataFrame:
    """Return, of ``engagement.attendance``, how often women came of how often expected.

    A table for groups tells both beside statuses of which some are hidden.
    """
    if "came" in attendance:
        part, away = attendance["came"], attendance["away"]
    else:
        # Of what is not known the sum is not known.
        part, away = (attendance[of].sum(axis=1, skipna=False) for of in (PRESENT, ABSENT))
    return pd.DataFrame({"scope": attendance["scope"], "part": part, "whole": part + away})


def of_all(patterns: pd.DataFrame, spread: pd.DataFrame) -> pd.DataFrame:
    """Return, of ``engagement.patterns``, the women of each pattern of all women."""
    whole = spread["women"].iloc[0]
    return pd.DataFrame(
        {"pattern": patterns["pattern"], "part": patterns["women"], "whole": whole}
    ).astype({"whole": "Int64"})


def covered(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return, of ``needs.coverage``, the women covered of those of whom it is known."""
    known = coverage[coverage["coverage"] != "unknown"]
    whole = known.groupby("need", sort=False)["women"].sum(skipna=False)
    part = known[known["coverage"] == "covered"].set_index("need")["women"]
    return pd.DataFrame({"part": part, "whole": whole}).reset_index()


def _repeats(
    name: str,
    of: Callable[[ShownTables], pd.DataFrame],
    order: Iterable[str],
    key: str,
    part: Counts,
    whole: Sequence[Counts],
    **more: Any,
) -> Metric:
    """Return a metric of change, of tables as they are computed or as they are shown.

    Its counts repeat those of this month and of the one before: a part, and of how many it is.
    """

    def put(before: ShownTables, now: ShownTables) -> pd.DataFrame:
        return between(of(before), of(now), order)

    adds_up = []
    for column, sides in (("", [part]), ("_of", whole)):
        then = [one.month_before() for one in sides]
        adds_up.append(equals(Counts(name, f"now{column}", key), *sides))
        adds_up.append(equals(Counts(name, f"before{column}", key), *then))
    return Metric(
        name,
        lambda s: put(s.before, s),
        release_to="partner",
        counts=tuple(COUNTS),
        adds_up=adds_up,
        from_shown=put,
        repeats=True,
        **more,
    )


_CAME, _AWAY = (Counts("engagement.attendance", of, "scope") for of in ("came", "away"))
_KNOWN = ["covered", "partly", "not_covered", Together.PARTLY_OR_UNKNOWN.value]

DECLARED = (
    _repeats(
        "change.attendance",
        lambda shown: came(shown["engagement.attendance"]),
        ["all", *Module.codes()],
        "scope",
        part=_CAME,
        whole=[_CAME, _AWAY],
    ),
    _repeats(
        "change.patterns",
        lambda shown: of_all(shown["engagement.patterns"], shown["caseload.spread"]),
        Pattern.told(),
        "pattern",
        part=Counts("engagement.patterns", "women", "pattern"),
        whole=[WOMEN],
        rules=2,
    ),
    _repeats(
        "change.coverage",
        lambda shown: covered(shown["needs.coverage"]),
        Need.codes(),
        "need",
        part=Counts("needs.coverage", "women", "need", {"coverage": ["covered"]}),
        whole=[Counts("needs.coverage", "women", "need", {"coverage": _KNOWN})],
        rules=2,
    ),
    _repeats(
        "change.checks",
        lambda shown: shown["practice.checks"],
        practice.CHECKS,
        "check",
        part=Counts("practice.checks", "numerator", "check"),
        whole=[Counts("practice.checks", "denominator", "check")],
        sensitive=practice.SENSITIVE,
        of_no_woman=practice.OF_NO_WOMAN,
        by_category=False,
    ),
)
