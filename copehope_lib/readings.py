"""One plain sentence for each result: the heading of its picture, and true on its own.

A reading names what is shown and no more: a hidden count is "fewer than 3", and nobody is
ranked.
"""

import pandas as pd
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience
from copehope_lib.vocabulary import Barrier


def percent(share: float) -> str:
    """Return a fraction as a percentage without decimals.

    Examples
    --------
    >>> percent(0.724)
    '72%'
    """
    return str(format_percent(share, locale=language.locale()))


def decimal(number: float) -> str:
    """Return a number with one decimal.

    Examples
    --------
    >>> decimal(2)
    '2.0'
    """
    return str(format_decimal(number, format="0.0", locale=language.locale()))


def counted(count: int | None, audience: Audience, *, hidden: str, none: str, some: str) -> str:
    """Say a count in words: hidden, zero, or the number itself.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> words = {"hidden": "fewer than {n} came", "none": "none came", "some": "{n} came"}
    >>> [counted(n, TEAM, **words) for n in (None, 0, 4)]
    ['fewer than 3 came', 'none came', '4 came']
    """
    if pd.isna(count):
        return hidden.format(n=audience.minimum)
    return some.format(n=_plural(count)) if count else none


def _plural(count: int | None) -> int:
    """Return the number that chooses a plural form; a hidden count takes any."""
    return 0 if pd.isna(count) else int(count or 0)


def load(loads: pd.DataFrame) -> str:
    """Say how many posts carry more than their reference capacity.

    Examples
    --------
    >>> load(pd.DataFrame({"load": pd.array([0.8, 1.2, None], dtype="Float64")}))
    '1 of 2 posts carries more than its reference capacity.'
    """
    known = loads["load"].dropna()
    if known.empty:
        return _("There is no load to compare this month.")
    over = int((known > 1).sum())
    if not over:
        return _("No post carries more than its reference capacity.")
    return ngettext(
        "{over} of {posts} posts carries more than its reference capacity.",
        "{over} of {posts} posts carry more than their reference capacity.",
        over,
    ).format(over=over, posts=len(known))


def profiles(around: pd.DataFrame, audience: Audience) -> str:
    """Say around how many women stand three profiles or more.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> around = pd.DataFrame({"profiles": ["0", "1", "2", "3+"], "women": [0, 4, 9, 25]})
    >>> profiles(around.astype({"women": "Int64"}), TEAM)
    'Three profiles or more stand around 25 women.'
    """
    women = around.set_index("profiles")["women"]["3+"]
    return counted(
        women,
        audience,
        hidden=_("Three profiles or more stand around fewer than {n} women."),
        none=_("Three profiles or more stand around no woman yet."),
        some=ngettext(
            "Three profiles or more stand around {n} woman.",
            "Three profiles or more stand around {n} women.",
            _plural(women),
        ),
    )


def spread(team: pd.DataFrame, audience: Audience) -> str:
    """Say how far apart the posts are, and how many women rest on one person.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> team = pd.DataFrame({"max_to_median": [1.9], "carried_alone": [4]})
    >>> spread(team.astype({"carried_alone": "Int64"}), TEAM)
    'The fullest post carries 1.9 times the median one; 4 women rest on one person alone.'
    """
    row = team.iloc[0]
    alone = counted(
        row["carried_alone"],
        audience,
        hidden=_("fewer than {n} women rest on one person alone"),
        none=_("no woman rests on one person alone"),
        some=ngettext(
            "{n} woman rests on one person alone",
            "{n} women rest on one person alone",
            _plural(row["carried_alone"]),
        ),
    )
    if pd.isna(row["max_to_median"]):
        return f"{alone[0].upper()}{alone[1:]}."
    return _("The fullest post carries {factor} times the median one; {alone}.").format(
        factor=decimal(row["max_to_median"]), alone=alone
    )


def movements(moved: pd.DataFrame, audience: Audience) -> str:
    """Say how many women paused, and how many came back.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> moved = pd.DataFrame({"movement": ["paused", "returned"], "women": [6, 4]})
    >>> movements(moved.astype({"women": "Int64"}), TEAM)
    '6 women paused this month; 4 came back.'
    """
    paused, returned = moved.set_index("movement")["women"].loc[["paused", "returned"]]
    first = counted(
        paused,
        audience,
        hidden=_("Fewer than {n} women paused this month"),
        none=_("No woman paused this month"),
        some=ngettext(
            "{n} woman paused this month", "{n} women paused this month", _plural(paused)
        ),
    )
    second = counted(
        returned,
        audience,
        hidden=_("fewer than {n} came back"),
        none=_("none came back"),
        some=ngettext("{n} came back", "{n} came back", _plural(returned)),
    )
    return f"{first}; {second}."


def most_named(named: pd.DataFrame) -> pd.DataFrame:
    """Return the two barriers that were named most, and those named as often.

    Examples
    --------
    >>> named = pd.DataFrame({"barrier": ["work", "health", "safety"], "times": [5, 3, 3]})
    >>> most_named(named.astype({"times": "Int64"}))["barrier"].tolist()
    ['work', 'health', 'safety']
    """
    known = named[(named["times"] > 0).fillna(value=False) & (named["barrier"] != "unknown")]
    return known.nlargest(2, "times", keep="all")


def barriers(named: pd.DataFrame, audience: Audience) -> str:
    """Say which barriers were named most.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> named = pd.DataFrame({"barrier": ["work", "childcare", "health"], "times": [14, 10, 3]})
    >>> barriers(named.astype({"times": "Int64"}), TEAM)
    'Work and childcare were named most: 24 of 27 reasons.'
    """
    most = most_named(named)
    if most.empty:
        return _("No barrier was named {n} times or more.").format(n=audience.minimum)
    first, *rest = [Barrier.label_of(code) for code in most["barrier"]]
    words = format_list([first, *(word.lower() for word in rest)], locale=language.locale())
    if named["times"].isna().any():
        return ngettext(
            "{words} was named most.", "{words} were named most.", len(most)
        ).format(words=words)
    return ngettext(
        "{words} was named most: {n} of {all} reasons.",
        "{words} were named most: {n} of {all} reasons.",
        len(most),
    ).format(words=words, n=int(most["times"].sum()), all=int(named["times"].sum()))


def attendance(table: pd.DataFrame, audience: Audience) -> str:
    """Say to what share of sessions women came, and how many we cancelled.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"scope": ["all"], "rate": [0.724], "cancelled_by_us": [9]})
    >>> attendance(table.astype({"rate": "Float64", "cancelled_by_us": "Int64"}), TEAM)
    'Women came to 72% of the places kept for them; we cancelled 9.'
    """
    row = table[table["scope"] == "all"].iloc[0]
    cancelled = row["cancelled_by_us"]
    ours = counted(
        cancelled,
        audience,
        hidden=_("we cancelled fewer than {n}"),
        none=_("we cancelled none"),
        some=ngettext("we cancelled {n}", "we cancelled {n}", _plural(cancelled)),
    )
    if pd.isna(row["rate"]):
        return _("How many came cannot be shown this month; {ours}.").format(ours=ours)
    return _("Women came to {share} of the places kept for them; {ours}.").format(
        share=percent(row["rate"]), ours=ours
    )
