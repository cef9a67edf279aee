"""Readings over months: one count, as it was and as it is."""

import pandas as pd

from copehope_lib import months
from copehope_lib.language import gettext as _
from copehope_lib.readings.words import percent, whole


def count(label: str, names: list[str], values: pd.Series) -> str:
    """Say how large a count is in the last of some months, and what it was in the others.

    Parameters
    ----------
    label : str
        What was counted.
    names : list of str
        The months, as ``2026-10``.
    values : pandas.Series of Int64
        The count of each; a hidden one is missing.

    Examples
    --------
    >>> values = pd.Series([12, None, 19], dtype="Int64")
    >>> count("Childcare", ["2026-08", "2026-09", "2026-10"], values)
    'Childcare: 19 in October 2026; from 12 to 19 since August 2026, where it is shown.'
    >>> count("Childcare", ["2026-10"], values[1:2])
    'Childcare: hidden in October 2026.'
    """
    if not names:
        return _("{label}: nothing in these months.").format(label=label)
    last, known = months.name(pd.Period(names[-1], "M")), values.dropna()
    now = _("hidden") if pd.isna(values.iloc[-1]) else whole(int(values.iloc[-1]))
    if len(names) < 2 or known.empty:
        return _("{label}: {now} in {month}.").format(label=label, now=now, month=last)
    first = months.name(pd.Period(names[0], "M"))
    words = {
        "label": label,
        "now": now,
        "month": last,
        "since": first,
        "low": whole(int(known.min())),
        "high": whole(int(known.max())),
    }
    if len(known) < len(values):
        return _(
            "{label}: {now} in {month}; from {low} to {high} since {since}, where it is shown."
        ).format(**words)
    return _("{label}: {now} in {month}; from {low} to {high} since {since}.").format(**words)


def share(label: str, names: list[str], values: pd.Series) -> str:
    """Say how large a share is in the last of some months, and what it was in the first.

    Examples
    --------
    >>> values = pd.Series([0.5, 0.8], dtype="Float64")
    >>> share("Language", ["2026-09", "2026-10"], values)
    'Language: 80% in October 2026, 50% in September 2026.'
    >>> share("Language", ["2026-10"], values[:1])
    'Language: 50% in October 2026.'
    """
    if not names:
        return _("{label}: nothing in these months.").format(label=label)
    told = [_("not shown") if pd.isna(value) else percent(value) for value in values]
    words = {
        "label": label,
        "now": told[-1],
        "month": months.name(pd.Period(names[-1], "M")),
        "before": told[0],
        "since": months.name(pd.Period(names[0], "M")),
    }
    if len(names) < 2:
        return _("{label}: {now} in {month}.").format(**words)
    return _("{label}: {now} in {month}, {before} in {since}.").format(**words)


def hidden(counts: int, of: int) -> str:
    """Say how many counts of a month are hidden from whoever looks.

    Examples
    --------
    >>> hidden(74, 413)
    '74 of the 413 counts of this month are hidden.'
    >>> hidden(0, 413)
    'Nothing is hidden in this view.'
    """
    if not counts:
        return _("Nothing is hidden in this view.")
    return _("{k} of the {n} counts of this month are hidden.").format(k=whole(counts), n=whole(of))
