"""Phone numbers, by the numbering plans of the countries women come from and live in."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import phonenumbers

from copehope_lib.guard.numbers import (
    CALENDAR,
    DECIMAL,
    DIGITS,
    WHOLE_DAYS,
    count_digits,
    of_a_thing,
)

_HERE: Final = ("ES", "IT")
# Countries whose numbers, written as at home, begin with 0.
_THERE: Final = (
    "NG", "GH", "SN", "GM", "ML", "CI", "CM", "MA", "DZ", "TN", "EG", "RO", "BG", "AL", "MD",
    "UA", "RU", "RS", "TR", "BR", "PE", "EC", "VE", "PY", "BO", "CN", "BD", "PK", "PH", "GB",
    "FR", "DE",
)  # fmt: skip

_CALLING: Final = re.compile(
    r"""\b(?: tel | tlf | tfno | telef\w{0,8} | (?:tele)?phoned? | (?:tele)?phones
    | mob(?:il[e]?)? | movil | cell? | cellulare | celular | whats\w{0,5} | call | ring | text
    | llam\w{1,5} | truc\w{1,5} | chiam\w{1,5} | fijo | fix | fisso | fax
    | her\ number | (?:su|seu|suo)\ (?:nuovo\ )?numero
    )\b [^\d\n+(]{0,15} [+(]{0,2}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_PIECE: Final = re.compile(r"[^\s/]+")
# The fewest digits of a number; "call at 10 30 00" has six.
_FEWEST: Final = 7
# The most groups in which a number is written.
_PIECES: Final = 10


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where phone numbers stand in a bare text.

    A number counts when a numbering plan knows it, or when the words before it say that it can
    be called. Days, decimals, amounts and numbers of things do not.

    Parameters
    ----------
    text : str
        A bare text.

    Examples
    --------
    >>> list(spans("since 3/10/2026 600 000 112, or +234 803 000 1234"))
    [(16, 27), (32, 49)]
    >>> list(spans("10:00-14:00, 2026-10-05, 12.500,50, case 123456789"))
    []
    """
    for run in DIGITS.finditer(text):
        if count_digits(run[0]) < _FEWEST or DECIMAL.fullmatch(run[0]):
            continue
        called = bool(_CALLING.search(text, max(0, run.start() - 40), run.start()))
        for pieces in _without_days(text, *run.span()):
            for start, end in _numbers(text, pieces, called):
                if not of_a_thing(text, start, end):
                    yield start, end


def _without_days(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Return the pieces of a run, parted where a day stands between them."""
    pieces: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text[start:end]):
        first, last = start + word.start(), start + word.end()
        if WHOLE_DAYS.fullmatch(word[0].strip("()-–−‐/+.")):
            yield pieces
            pieces = []
        else:
            for piece in _PIECE.finditer(text, first, last):
                pieces.append(piece.span())
    yield pieces


def _numbers(text: str, pieces: list[tuple[int, int]], called: bool) -> Iterator[tuple[int, int]]:
    """Return the longest numbers that neighbouring pieces make, from left to right."""
    place = 0
    while place < len(pieces):
        many = _longest(text, pieces[place : place + _PIECES], called)
        if many:
            start, end = pieces[place][0], pieces[place + many - 1][1]
            yield start, start + len(text[start:end].rstrip(" \t().+/‐–−-"))
        place += many or 1


def _longest(text: str, pieces: list[tuple[int, int]], called: bool) -> int:
    """Return how many pieces make a number that a plan knows or, if called, may be one."""
    many = [
        many
        for many in range(len(pieces), 0, -1)
        if _may_be_phone(text[pieces[0][0] : pieces[many - 1][1]])
    ]
    for each in many:
        if _is_planned(text[pieces[0][0] : pieces[each - 1][1]]):
            return each
    return many[0] if called and many else 0


def _may_be_phone(said: str) -> bool:
    if len(said) > 40 or not _FEWEST <= count_digits(said) <= 17:
        return False
    parts = (part.strip("()-–−‐/+.") for part in said.split())
    return not all(CALENDAR.fullmatch(part) for part in parts)


def _is_planned(said: str) -> bool:
    digits = count_digits(said)
    number = "".join(sign for sign in said if sign.isdecimal())
    abroad = said.lstrip("(").startswith("+") or number.startswith("00")
    return (abroad or digits >= 8) and _known(number.lstrip("0") if abroad else number, abroad)


@lru_cache(maxsize=4096)
def _known(number: str, abroad: bool) -> bool:
    """Tell whether a numbering plan has a number."""
    if abroad:
        return _fits(f"+{number}", None)
    if len(number) < 9 and not number.startswith("0"):
        return False
    elsewhere = _THERE if number.startswith("0") else ()
    return any(_fits(number, region) for region in (*_HERE, *elsewhere))


def _fits(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
