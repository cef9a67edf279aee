"""Numbers of documents: NIF, NIE, codice fiscale with their check letters, cards, passports."""

import re
from collections.abc import Iterator
from typing import Final

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

_NIF_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_OMOCODIA: Final = str.maketrans("LMNPQRSTUV", "0123456789")
_DIGIT_PLACES: Final = (6, 7, 9, 10, 12, 13, 14)
# What a character counts in an odd place (first, third …), from 0 and A on.
_ODD: Final = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
               25, 24, 23)  # fmt: skip


def nif_fits(number: str) -> bool:
    """Tell whether the letter of a Spanish NIF or NIE fits its digits.

    The letter is that of the number modulo 23; X, Y and Z count as 0, 1 and 2.

    Parameters
    ----------
    number : str
        Eight digits, or X, Y or Z and seven digits, and a letter, in capitals.

    Examples
    --------
    >>> nif_fits("00000001R"), nif_fits("X0000001R"), nif_fits("00000001A")
    (True, True, False)
    """
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return digits.isdecimal() and number[-1] == _NIF_LETTERS[int(digits) % 23]


def fiscal_code_fits(code: str) -> bool:
    """Tell whether the last letter of an Italian codice fiscale fits the fifteen before it.

    Characters in even places count what they are, those in odd places by a table; the sum
    modulo 26 is the letter. Where two people would share a code, digits become letters, and the
    check letter is that of what is written.

    Parameters
    ----------
    code : str
        Sixteen letters and digits, in capitals.

    Examples
    --------
    >>> fiscal_code_fits("XXXYYY90A41Z335L"), fiscal_code_fits("XXXYYY90A41Z335A")
    (True, False)
    """
    digits = "".join(code[place] for place in _DIGIT_PLACES).translate(_OMOCODIA)
    if not (code.isascii() and digits.isdecimal()):
        return False
    values = [int(sign) if sign.isdecimal() else ord(sign) - ord("A") for sign in code[:15]]
    total = sum(_ODD[v] if place % 2 == 0 else v for place, v in enumerate(values))
    return chr(ord("A") + total % 26) == code[15]


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
    written = re.sub(r"[ .-]", "", found[0]).upper()
    if found.lastgroup in ("nif", "nie"):
        return nif_fits(written)
    if found.lastgroup in ("fiscal", "fiscale"):
        return fiscal_code_fits(written)
    if found.lastgroup == "paper":
        # One letter and digits number many things besides passports.
        return bool(re.fullmatch(r"[A-Z]{2,3} ?\d{6,7}", found[0]))
    return found[0].isupper()
