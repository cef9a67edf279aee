"""Codes of the registry, which do not leave it, and pseudonyms, which may stand anywhere."""

import re
from collections.abc import Iterator
from typing import Final

# "tel-600…" is no registry code, nor is the first part of "X-1234567-L".
CODE: Final = re.compile(r"\b(?!tel|tlf|mob|cel|fax)[a-z]{1,6}-\d{1,8}\b(?!-?\w)", re.I)

PSEUDONYM: Final = re.compile(r"\bW-(?=\d{0,4}[A-Z])[A-Z0-9]{5}\b(?!-?\w)")

_THING: Final = re.compile(r"(?:covid|sars|cov|mers|iso|utf|din|une|uni|iva)-\d+", re.I)
_ROAD: Final = re.compile(r"(?:AP?|C|N|E|R|B|SS|SP)-\d{1,3}")
_BEFORE_A_ROAD: Final = re.compile(
    r"\b(?:the|la|road|autopista|autovia|autostrada|carretera) \Z", re.I
)
_BEFORE_A_THING: Final = re.compile(
    r"\b(?:levels?|nivel(?:es)?|nivells?|livell[oi]|model(?:s|os?|l[oi])?|size|talla|taglia)\b"
    r" (?:del? |di )?\Z",
    re.I,
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where codes of a registry stand in a bare text.

    In small letters three digits make a code: "sub-21" is none.

    Parameters
    ----------
    text : str
        A bare text.

    Examples
    --------
    >>> list(spans("W-001 and w-023, not W-7KQ4M, COVID-19 or the A-2"))
    [(0, 5), (10, 15)]
    """
    for found in CODE.finditer(text):
        letters, digits = found[0].split("-")
        if _THING.fullmatch(found[0]) or (not letters.isupper() and len(digits) < 3):
            continue
        if not _names_a_thing(found[0], text[max(0, found.start() - 20) : found.start()]):
            yield found.span()


def _names_a_thing(said: str, before: str) -> bool:
    """Tell whether what stands before makes it a road, a level or a model."""
    if _ROAD.fullmatch(said) and _BEFORE_A_ROAD.search(before):
        return True
    return bool(_BEFORE_A_THING.search(before))
