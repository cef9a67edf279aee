"""Runs of digits: which are days, which are decimals, and which number some thing."""

import re
from typing import Final

DIGITS: Final = re.compile(r"(?<!\w)[+(]{0,2}\d[\d \t().+/‐–−-]*\d")

DAY: Final = (
    r"(?:(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d|[0-3]?\d[-/.][0-3]?\d[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d[01]\d[0-3]\d(?:[0-2]\d[0-5]\d)?(?:[0-5]\d)?)"
)
SHORT_DAY: Final = r"[0-3]?\d[-/.][0-3]?\d[-/.]\d\d"
WHOLE_DAYS: Final = re.compile(rf"{DAY}(?:[-/–]{DAY})?")
CALENDAR: Final = re.compile(
    rf"{DAY}(?:[-/–]{DAY})?|(?:19|20)\d\d(?:[-/–](?:19|20)\d\d)*"
    rf"|(?:19|20)\d\d[-/.][01]?\d|[01]?\d[-/.](?:19|20)\d\d|{SHORT_DAY}"
)
DECIMAL: Final = re.compile(r"(?:0|[1-9]\d*)\.\d+")

_THING_BEFORE: Final = re.compile(
    r"""\b(?: referenc\w{1,3} | riferimento | ref | rif | isbn | iban | invoice | factura
    | fattura | bolletta | order | pedido | comanda | ordine | expediente? | exp | pratica
    | protocollo | prot | case | lot[eo]? | article | articul[o]? | articolo | art | model[o]?
    | modello | serial )\b
    [\s.:,#]{0,3} (?: (?:is|es|e)\  )? (?: (?:no?|num|nr)\b [.:]? \s? )?
    (?:19|20)?\d{0,2}/?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_ACCOUNT_BEFORE: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: [A-Z\d]{4}){0,6} \Z")
_THING_AFTER: Final = re.compile(r"\s?(?:€|%|euros?\b|eur\b|kg\b|km\b|m2\b)", re.IGNORECASE)


def count_digits(text: str) -> int:
    """Return how many decimal digits a text has.

    Examples
    --------
    >>> count_digits("+34 600")
    5
    """
    return sum(map(str.isdecimal, text))


def of_a_thing(text: str, start: int, end: int) -> bool:
    """Tell whether a number is said to be an amount, or the number of some thing.

    Parameters
    ----------
    text : str
        A bare text.
    start, end : int
        Where the number stands in it.

    Examples
    --------
    >>> of_a_thing("invoice no. 600123456", 12, 21), of_a_thing("600 000 112 euros", 0, 11)
    (True, True)
    >>> of_a_thing("call 600123456", 5, 14)
    False
    """
    before = text[max(0, start - 30) : start]
    return bool(
        _THING_BEFORE.search(before)
        or _ACCOUNT_BEFORE.search(before)
        or _THING_AFTER.match(text, end)
    )
