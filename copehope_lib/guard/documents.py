"""Numbers of documents: NIF, NIE, codice fiscale with their check letters, cards, passports."""

import re
from collections.abc import Iterator
from typing import Final

from stdnum.es import dni, nie
from stdnum.it import codicefiscale

from copehope_lib.guard.numbers import CALENDAR, count_digits, of_a_thing

# Before a blank only capitals count: "12345678 Z", but not "20261005 a 20261010".
DOCUMENT: Final = re.compile(
    r"""\b(?:
      (?P<nif> \d{2}[. ]?\d{3}[. ]?\d{3} (?: [ .-]?[A-Z] | [.-]?[a-z] ) )
    | (?P<nie> (?: (?i:[xyz])[.-]? | [XYZ]\ ) (?:\d{7}|\d[. ]\d{3}[. ]\d{3})
      (?: (?i:[.-]?[a-z]) | (?<![-]\d{7})\ [A-Z] ) )
    | (?=[A-Za-z .-]{6,8}\d) (?P<fiscal>
      (?i: [a-z]{3}[ .-]?[a-z]{3}[ .-]?[\dlmnp-v]{2}[ .-]?[a-z][ .-]?[\dlmnp-v]{2}
           [ .-]?[a-z][ .-]?[\dlmnp-v]{3}[ .-]?[a-z] ) )
    | (?P<fiscale>
      (?i: [a-z]{6}(?=[a-z]{0,9}\d)[\dlmnp-v]{2}[a-z][\dlmnp-v]{2}[a-z][\dlmnp-v]{3}[a-z] ) )
    | (?i: [a-z]{2}\d{5}[.-]?[a-z]{2} | [a-z]{2}-\d{5}-[a-z]{2} )             # Italian CIE
    | [A-Z]{2}\ \d{5}\ ?[A-Z]{2}
    | (?P<paper> (?i: [a-z]{1,3}\d{6,9} )                                     # passports, cards
    | (?!EUR|USD|TEL|TLF|MOB|CEL|FAX) [A-Z]{2,3}\ \d{6,7} )
    )\b""",
    re.VERBOSE,
)

# A document that is called by its name is one also when a digit of it is mistyped.
_CALLED: Final = re.compile(
    r"""\b(?: dni | nie | nif | tie | c\.?f\. | cf | codice\ fiscale | tax\ code
    | cod(?:igo|i)\ fiscal | passports? | pasaportes? | passaport[io]? | carta\ d['’]identita
    | (?:permesso|permiso|permis)\ (?:di\ soggiorno|de\ residenc[i]?a) | residence\ permit
    | identity\ card | documento?\ de\ identidad | document\ d['’]identitat )
    (?: \ [a-z]{4,12}(?=\ [A-Z]{1,3}\d) )?
    [\s:.,#]{0,3} (?: (?:number|numero|num|nr|no|n)\b [.:]?\ ?o?\ ? )?
    (?P<number> (?=[^\W_]{0,16}\d) [^\W_] (?:[ .-]?[^\W_]){5,18}? ) (?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)


def _letter_of_fiscal_code(fifteen: str) -> str:
    return codicefiscale.calc_check_digit(fifteen) if fifteen.isascii() else ""


_LETTERS: Final = {
    "nif": dni.calc_check_digit,
    "nie": nie.calc_check_digit,
    "fiscal": _letter_of_fiscal_code,
    "fiscale": _letter_of_fiscal_code,
}


def letter_fits(kind: str, number: str) -> bool:
    """Tell whether the check letter of a number fits what stands before it.

    Parameters
    ----------
    kind : {"nif", "nie", "fiscal", "fiscale"}
        A Spanish NIF or NIE, or an Italian codice fiscale.
    number : str
        The number in capitals and without blanks, of the shape of its kind.

    Examples
    --------
    >>> letter_fits("nif", "00000001R"), letter_fits("nie", "X0000001R")
    (True, True)
    >>> letter_fits("fiscal", "XXXYYY90A41Z335L"), letter_fits("fiscal", "XXXYYY90A41Z335A")
    (True, False)
    """
    return _LETTERS[kind](number[:-1]) == number[-1]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where numbers of documents stand in a bare text.

    Parameters
    ----------
    text : str
        A bare text.

    Examples
    --------
    >>> list(spans("NIE X0000001R, lot 00000001A, DNI 00000001A"))
    [(4, 13), (34, 43)]
    """
    told: set[tuple[int, int]] = set()
    for called in _CALLED.finditer(text):
        number = called["number"]
        if count_digits(number) >= 5 and not CALENDAR.fullmatch(number):
            told.add(called.span("number"))
    for found in DOCUMENT.finditer(text):
        if _fits(found) and not of_a_thing(text, *found.span()):
            told.add(found.span())
    yield from sorted(told)


def _fits(found: re.Match[str]) -> bool:
    kind = found.lastgroup or ""
    if kind in _LETTERS:
        return letter_fits(kind, re.sub(r"[ .-]", "", found[0]).upper())
    if kind == "paper":
        # One letter and digits number many things besides passports.
        return bool(re.fullmatch(r"[A-Z]{2,3} ?\d{6,7}", found[0]))
    return found[0].isupper()
