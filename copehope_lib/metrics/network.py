"""The network around women: requests to other services, what waits, and who is between (§5.2)."""

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.category import in_words
from copehope_lib.metrics.grid import grid, if_kept, together
from copehope_lib.metrics.metric import Metric, Snapshot
from copehope_lib.metrics.preconditions import among, require
from copehope_lib.metrics.sums import Counts, equals, nothing
from copehope_lib.vocabulary import Requested, Service, Together, YesNoUnknown

YEAR = pd.DateOffset(months=12)
"""How far back requests are looked at: services answer slowly, and some never."""

LONG = pd.Timedelta(days=60)
"""A longer wait counts as silence: a number of ours, the report gives none."""


def asked(referrals: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Each request of the twelve months up to the end of a period, and how it stood then.

    Parameters
    ----------
    referrals : pandas.DataFrame
        Checked table of the registry.
    month : pandas.Period
        Month, or months; what happened later is not looked at.

    Returns
    -------
    pandas.DataFrame
        Rows of ``referrals``, the oldest first, with ``response`` (str, of :class:`Requested`) and
        ``days`` (Int64, from the request to the answer, or to the last day).

    Examples
    --------
    >>> days = pd.to_datetime(["2026-08-01", "2026-10-20", "2026-10-01"])
    >>> referrals = pd.DataFrame({"referral": ["X-1", "X-2", "X-3"], "service": "health",
    ...     "sent_on": days, "answered_on": pd.to_datetime([None, None, "2026-10-09"]),
    ...     "accepted": pd.array([None, None, True], dtype="boolean"), "closed_on": pd.NaT})
    >>> asked(referrals, pd.Period("2026-10", "M"))[["referral", "response", "days"]]
      referral  response  days
    0      X-1    silent    91
    1      X-3  accepted     8
    2      X-2   waiting    11
    """
    require("referrals", referrals, "sent_on", "service")
    after = months.bounds(month)[1]
    sent = referrals["sent_on"]
    rows = referrals[(sent < after) & (sent >= after - YEAR)]
    rows = rows.sort_values(["sent_on", "referral"], ignore_index=True)
    last = after - pd.Timedelta(days=1)
    answered = rows["answered_on"] < after
    ended = rows["answered_on"].where(answered).fillna(last)
    waited = ended - rows["sent_on"]
    response = pd.Series(Requested.WAITING.value, index=rows.index, dtype="str")
    response = response.mask(waited > LONG, Requested.SILENT.value)
    response = response.mask(rows["closed_on"] < after, Requested.ENDED.value)
    said = rows["accepted"].map({True: "accepted", False: "refused"}).astype("str")
    response = response.mask(answered, said.fillna(Requested.ENDED.value))
    closed = rows["closed_on"].where(rows["closed_on"] < after)
    return rows.assign(response=response, days=waited.dt.days.astype("Int64"), closed_on=closed)


def services(rows: pd.DataFrame) -> pd.DataFrame:
    """Requests by kind of service and by how they stand.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of :func:`asked`.

    Returns
    -------
    pandas.DataFrame
        Each pair in the order of the vocabularies: ``service``, ``response`` (str), ``requests``
        (Int64). No row where nothing was asked, as in a team that keeps no such table.

    Notes
    -----
    Report §5.2: women in limbo between services; §5.4: networks. A service is a kind, no name.

    Examples
    --------
    >>> rows = pd.DataFrame({"service": ["health", "health"], "response": "waiting"})
    >>> services(rows)["requests"].max()
    np.int64(2)
    """
    names = {"service": Service.codes(), "response": Requested.codes()}
    return if_kept(grid(rows, names, "requests"), len(rows))


def told_again(rows: pd.DataFrame) -> pd.DataFrame:
    """Requests that were accepted, by whether she had to tell her story again there.

    Returns
    -------
    pandas.DataFrame
        ``told_again`` (str: yes, no, unknown), ``requests`` (Int64); no row where nothing was
        asked.

    Notes
    -----
    Report §5.4: services share information so that nobody is made to live it again.

    Examples
    --------
    >>> rows = pd.DataFrame({"response": "accepted",
    ...     "told_again": pd.array([True, None], dtype="boolean")})
    >>> told_again(rows)["requests"].tolist()
    [1, 0, 1]
    """
    accepted = rows[rows["response"] == Requested.ACCEPTED]
    words = in_words(accepted["told_again"]).to_frame()
    return if_kept(grid(words, {"told_again": YesNoUnknown.codes()}, "requests"), len(rows))


def waiting(rows: pd.DataFrame, here: pd.DataFrame) -> pd.DataFrame:
    """Each request of a woman accompanied on the last day that has no answer, the oldest first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of :func:`asked`.
    here : pandas.DataFrame
        Women accompanied on the last day.

    Returns
    -------
    pandas.DataFrame
        ``woman``, ``service`` (str), ``sent_on`` (day), ``days`` (Int64), ``held`` (str: yes or
        no, whether somebody of us holds the contact).

    Examples
    --------
    >>> rows = pd.DataFrame({"woman": ["W-1"], "service": ["legal"], "response": ["silent"],
    ...     "sent_on": pd.to_datetime(["2026-08-01"]), "days": [91], "professional": [None]})
    >>> waiting(rows, rows)[["woman", "held"]].to_numpy().tolist()
    [['W-1', 'no']]
    """
    open_ = rows["response"].isin([Requested.WAITING, Requested.SILENT])
    left = rows[open_ & among(rows["woman"], here["woman"])]
    columns = ["woman", "service", "sent_on", "days", "held"]
    held = in_words(left["professional"].notna())
    table = left.assign(held=held)[columns].astype({"service": "str"})
    return table.reset_index(drop=True)


def between(rows: pd.DataFrame, here: pd.DataFrame) -> pd.DataFrame:
    """Women with two or more requests without an answer, and none that was accepted and goes on.

    Returns
    -------
    pandas.DataFrame
        By code: ``woman`` (str), ``requests`` (Int64, how many wait), ``sent_on`` (day of the
        oldest).

    Notes
    -----
    Report §5.2: women who fall between services.

    Examples
    --------
    >>> rows = pd.DataFrame({"woman": "W-1", "service": ["legal", "health"], "response": "waiting",
    ...     "sent_on": pd.to_datetime(["2026-10-01", "2026-10-05"]), "closed_on": pd.NaT})
    >>> between(rows, rows)["requests"].tolist()
    [2]
    """
    goes_on = rows[(rows["response"] == Requested.ACCEPTED) & rows["closed_on"].isna()]
    open_ = rows["response"].isin([Requested.WAITING, Requested.SILENT])
    left = rows[open_ & among(rows["woman"], here["woman"])]
    left = left[~among(left["woman"], goes_on["woman"])]
    of = left.groupby("woman")["sent_on"].agg(["size", "min"]).reset_index()
    table = of.set_axis(["woman", "requests", "sent_on"], axis=1).astype({"requests": "Int64"})
    return table[table["requests"] >= 2].reset_index(drop=True)


def _asked(s: Snapshot) -> pd.DataFrame:
    return s.once(asked, s.tables.referrals, s.month)


_ACCEPTED = Counts("network.services", "requests", where={"response": ["accepted"]})

_TOLD = {
    **dict.fromkeys(["waiting", "silent"], Together.NO_ANSWER.value),
    **dict.fromkeys(["refused", "ended"], Together.NOT_TAKEN.value),
    **dict.fromkeys(["health", "mental_health"], Together.CARE.value),
    **dict.fromkeys(["legal", "protection"], Together.RIGHTS.value),
    **dict.fromkeys(["housing", "social_services"], Together.LIVING.value),
    **dict.fromkeys(["employment", "education"], Together.LEARNING.value),
    **dict.fromkeys(["childcare", "other"], Together.OTHER_SERVICES.value),
}

DECLARED = (
    Metric(
        "network.services",
        lambda s: services(_asked(s)),
        release_to="team",
        at_end=True,
        counts=("requests",),
        adds_up=nothing("a woman may have several requests, and many have none"),
        recode=together(_TOLD),
        by_category=False,
    ),
    Metric(
        "network.told_again",
        lambda s: told_again(_asked(s)),
        release_to="team",
        at_end=True,
        counts=("requests",),
        adds_up=[equals(_ACCEPTED, Counts("network.told_again", "requests"))],
        by_category=False,
    ),
    Metric("network.waiting", lambda s: waiting(_asked(s), s.here), row="woman"),
    Metric("network.between", lambda s: between(_asked(s), s.here), row="woman"),
)
