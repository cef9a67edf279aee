"""What every reading is made of: numbers, lists and counts, as each language writes them."""

from collections.abc import Iterable
from typing import Final

import pandas as pd
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import Audience

MANY: Final = 3
"""Where more are equally large, none of them leads."""


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


def score(number: float) -> str:
    """Return a score, with one decimal where it has one.

    Examples
    --------
    >>> score(2.0), score(2.25)
    ('2', '2.2')
    """
    return str(format_decimal(number, format="0.#", locale=language.locale()))


def whole(count: int) -> str:
    """Return a count as it is written.

    Examples
    --------
    >>> whole(1204)
    '1,204'
    """
    return str(format_decimal(int(count), locale=language.locale()))


def n_women(n: int) -> str:
    """Return a number of women.

    Examples
    --------
    >>> n_women(1), n_women(4)
    ('1 woman', '4 women')
    """
    return ngettext("{n} woman", "{n} women", n).format(n=whole(n))


def n_goals(n: int) -> str:
    """Return a number of goals.

    Examples
    --------
    >>> n_goals(1), n_goals(4)
    ('1 goal', '4 goals')
    """
    return ngettext("{n} goal", "{n} goals", n).format(n=whole(n))


def listed(parts: Iterable[str]) -> str:
    """Return a list in words, as it stands inside a sentence.

    Examples
    --------
    >>> listed(["Work", "Women’s groups"])
    'work and women’s groups'
    """
    return str(format_list([part.lower() for part in parts], locale=language.locale()))


def opened(parts: Iterable[str]) -> str:
    """Return a list in words, as it stands at the beginning of a sentence.

    Examples
    --------
    >>> opened(["Work", "Childcare"])
    'Work and childcare'
    """
    words = listed(parts)
    return f"{words[:1].upper()}{words[1:]}"


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
    return some.format(n=whole(plural(count))) if count else none


def plural(count: int | None) -> int:
    """Return the number that chooses a plural form; a hidden count takes any.

    Examples
    --------
    >>> plural(None), plural(4)
    (0, 4)
    """
    return 0 if pd.isna(count) else int(count or 0)


def total(counts: pd.Series) -> int | None:
    """Return the sum of some counts; none where one of them is hidden.

    Examples
    --------
    >>> total(pd.Series([20, 15])), total(pd.Series([20, None], dtype="Int64"))
    (35, None)
    """
    return None if counts.isna().any() else int(counts.sum())


def least(counts: pd.Series, audience: Audience) -> int:
    """Return what the sum of some counts is at least, where one of them is hidden.

    A rounded count stands for the smallest one that is rounded to it.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import PARTNER, TEAM
    >>> some = pd.Series([20, None, 15], dtype="Int64")
    >>> least(some, TEAM), least(some, PARTNER)
    (35, 30)
    """
    known = counts.dropna()
    below = int((known - audience.rounding // 2).clip(lower=0).sum())
    return below // audience.rounding * audience.rounding


def count_of(table: pd.DataFrame, keys: str, key: str, counts: str) -> int | None:
    """Return the count that stands beside a key: none where it is hidden, 0 without a row.

    Examples
    --------
    >>> women = pd.array([4, None], dtype="Int64")
    >>> moved = pd.DataFrame({"movement": ["paused", "returned"], "women": women})
    >>> [count_of(moved, "movement", key, "women") for key in ("paused", "returned", "left")]
    [4, None, 0]
    """
    found = table.loc[table[keys] == key, counts]
    if found.empty:
        return 0
    return None if pd.isna(found.iloc[0]) else int(found.iloc[0])


def leading(table: pd.DataFrame, counts: str) -> pd.DataFrame:
    """Return the rows of the two largest counts, with those as large; fewer where many are.

    Examples
    --------
    >>> times = pd.array([5, 3, 3, None, 0], dtype="Int64")
    >>> leading(pd.DataFrame({"times": times}), "times")["times"].tolist()
    [5, 3, 3]
    >>> leading(pd.DataFrame({"times": [5, 3, 3, 3]}), "times")["times"].tolist()
    [5]
    """
    known = table[table[counts].fillna(0) > 0]
    two = known.nlargest(2, counts, keep="all")
    return two if len(two) <= MANY else known.nlargest(1, counts, keep="all")


def nobody() -> str:
    """Say that there was no woman to speak of.

    Examples
    --------
    >>> nobody()
    'No woman was accompanied on the last day.'
    """
    return _("No woman was accompanied on the last day.")
