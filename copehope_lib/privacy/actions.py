"""Actions that come back to the next meeting: who, until when, done or not; never what."""

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.preconditions import require
from copehope_lib.tables import Tables
from copehope_lib.vocabulary import ActionState

COLUMNS = ["action", "owner", "decided_on", "due_on", "done_on", "dimension", "state"]


def actions(tables: Tables, month: pd.Period) -> pd.DataFrame:
    """The actions that the meeting about a month looks at.

    Those decided up to its end that were not done when it began. One is overdue if its day has
    passed by the end of the month. What was decided is free text, and no text leaves a
    registry: the sealed record of that meeting holds it.

    Parameters
    ----------
    tables : Tables
        Checked registry.
    month : pandas.Period
        Month.

    Returns
    -------
    pandas.DataFrame
        A row an action, in the order of their codes: ``action``, ``owner`` (code of a
        professional; str), ``decided_on``, ``due_on``, ``done_on`` (days, missing where there
        is none; a later day is not known yet), ``dimension``, ``state`` (done, open, overdue).

    Notes
    -----
    Report §5.4: supervision is to share out what one person carries.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> actions(two_women(), pd.Period("2026-10", "M"))["state"].isin(ActionState.codes()).all()
    np.True_
    """
    require("actions", tables.actions, "decided_on")
    first, after = months.bounds(month)
    rows = tables.actions[tables.actions["decided_on"] < after]
    rows = rows[rows["done_on"].isna() | (rows["done_on"] >= first)]
    done = rows["done_on"].where(rows["done_on"] < after)
    late = (rows["due_on"] < after) & done.isna()
    state = pd.Series(ActionState.OPEN.value, index=rows.index, dtype="str")
    state = state.mask(late.fillna(value=False), ActionState.OVERDUE.value)
    state = state.mask(done.notna(), ActionState.DONE.value)
    told = rows.assign(done_on=done, state=state)[COLUMNS]
    return told.sort_values("action", ignore_index=True)


def requests(tables: Tables, month: pd.Period) -> pd.DataFrame:
    """What the team asked of the organisation, until it has answered; never what.

    Parameters
    ----------
    tables : Tables
        Checked registry.
    month : pandas.Period
        Month.

    Returns
    -------
    pandas.DataFrame
        A row for each request of a decision made up to its end that has no answer by then, or was
        answered in it, the longest wait first: ``action`` (str), ``decided_on``, ``replied_on``
        (days; missing without an answer), ``waited`` (Int64, days to the answer, or to the last
        day), ``reply`` (str; missing without one), ``dimension``.

    Notes
    -----
    Report §5.4: what a team needs to do its work well is for the organisation to carry.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> len(requests(two_women(), pd.Period("2026-10", "M")))
    0
    """
    first, after = months.bounds(month)
    rows = tables.actions[tables.actions["asked_upwards"].fillna(value=False).astype("bool")]
    rows = rows[rows["decided_on"] < after]
    replied = rows["replied_on"].where(rows["replied_on"] < after)
    ends = replied.fillna(after - pd.Timedelta(days=1))
    told = rows.assign(
        replied_on=replied,
        waited=(ends - rows["decided_on"]).dt.days.astype("Int64"),
        reply=rows["reply"].astype("str").where(replied.notna()),
    )
    told = told[replied.isna() | (replied >= first)].sort_values(["decided_on", "action"])
    columns = ["action", "decided_on", "replied_on", "waited", "reply", "dimension"]
    return told[columns].reset_index(drop=True)
