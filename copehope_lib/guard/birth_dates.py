"""Dates of birth: a day beside a word of birth, or a day long before any work was done."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from babel import Locale

from copehope_lib.guard.numbers import DAY, SHORT_DAY
from copehope_lib.guard.plain import bare
from copehope_lib.language import LANGUAGES

_BIRTH: Final = re.compile(
    r"""\b(?: born | birth(?:day|date)?s? | dob | d\.o\.b | nacio | nacid[oa] | nacimiento
    | nac | cumpleanos | neix\w{0,3} | nascu(?:t|da) | naixement | naix | aniversari
    | nat[oa] | nascita | compleanno )\b
    | \b(?: cumpl[ei]\w{0,2}\ (?:\d\d?\ )?(?:anos\ )?el | compi\w{1,4}\ (?:gli|\d\d?)\ anni
      | f(?:a|ara|eia)\ (?:els\ |\d\d?\ )?anys )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BIRTHDAY: Final = re.compile(
    r"\b(?:birthday|date of birth|cumpleanos|nacimiento|naixement|aniversari|compleanno"
    r"|nascita)\b",
    re.I,
)
_LAW: Final = re.compile(
    r"""\b(?: ley | llei | legge | act | law | decre\w{1,6} | d\.\ ?lgs | direct?iv\w{1,3}
    | direttiva | conven\w{1,6} | sentenc\w{1,3} | sentenza | protocol\w{0,2} | trata[dt]o
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_STOP: Final = re.compile(r"[;!?\n]|\.\s+(?=[A-Z])")
# Characters before a day in which a word of birth may stand.
_NEAR: Final = 60

# Years in which colleagues held no meetings to write about, and women were born.
_EARLY: Final = re.compile(r"(?<!\d)(?:19[3-9]\d|200\d)(?!\d)")


@lru_cache
def _date() -> re.Pattern[str]:
    """Return what a day looks like, in figures or with a month of any of our languages."""
    names = {
        bare(name).casefold().rstrip(".")
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale(language).months["stand-alone"][width].values()
    }
    month = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    year = r"(?:19|20)\d\d"
    of = r"(?:\ ?(?:st|nd|rd|th|[°o]))?(?:\ de\ |\ d['’]|\ of\ |\ del\ |[\ .-])"
    return re.compile(
        rf"""(?<![\w/-]) (?: {DAY} | {SHORT_DAY}
        | (?<!\d\ )[0-3]\d\ [01]\d\ {year}(?!\ \d)
        | [0-3]?\d{of}(?:{month})\b\.? (?: (?:,?\ (?:del?\ )?|-){year} )?
        | (?:{month})\ [0-3]?\d(?:st|nd|rd|th)?\b (?: ,?\ {year} )?
        ) (?![\w/-])""",
        re.VERBOSE | re.IGNORECASE,
    )


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where dates of birth stand in a bare text.

    Parameters
    ----------
    text : str
        A bare text.

    Examples
    --------
    >>> list(spans("born on 3/5/2021; meeting on 12/3/2026; form of 07/11/1996"))
    [(8, 16), (48, 58)]
    >>> list(spans("the law of 12 March 1998"))
    []
    """
    for date in _date().finditer(text):
        before = _STOP.split(text[max(0, date.start() - _NEAR) : date.start()])[-1]
        after = _STOP.split(text[date.end() : date.end() + _NEAR])[0]
        said = _BIRTH.search(before) or _BIRTHDAY.search(after)
        if said or (_EARLY.search(date[0]) and not _LAW.search(before)):
            yield date.span()
