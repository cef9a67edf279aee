"""The guard: what in a text leads to a person, found here and told to nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from copehope_lib.guard import (
    addresses,
    birth_dates,
    codes,
    contacts,
    documents,
    names,
    phones,
    scripts,
)
from copehope_lib.guard.kind import Found, Kind
from copehope_lib.guard.plain import Plain, bare

_Finder = Callable[[str], Iterator[tuple[int, int]]]

# What is found first is not looked at again: a link may hold an address, an address a number.
_FINDERS: Final[tuple[tuple[Kind, _Finder], ...]] = (
    (Kind.LINK, contacts.links),
    (Kind.EMAIL, contacts.emails),
    (Kind.DOCUMENT, documents.spans),
    (Kind.BIRTH_DATE, birth_dates.spans),
    (Kind.CODE, codes.spans),
    (Kind.ADDRESS, addresses.spans),
    (Kind.PHONE, phones.spans),
)
_BLANK: Final = "\0"


def find(text: str, allowed: frozenset[str] = frozenset()) -> list[Found]:
    """Return what in a text seems to lead to a person, in the order of the text.

    It is a net, not a wall: short names in small letters, and names that begin a sentence, are
    on no list and do nothing that tells, slip through. Words in another script are all told.

    Parameters
    ----------
    text : str
        Any text; it is not changed, kept or sent anywhere.
    allowed : frozenset of str
        Texts that may stand as they are, compared without case and accents.

    Returns
    -------
    list of Found
        Pieces of the text, none over another.

    Examples
    --------
    >>> text = "Amaka Obi (W-001) has a new number: 600 000 112. W-7KQ4M paused."
    >>> [(text[found.start : found.end], str(found.kind)) for found in find(text)]
    [('Amaka Obi', 'name'), ('W-001', 'code'), ('600 000 112', 'phone')]
    """
    plain = Plain.of(text)
    left = _without(plain.text, [found.span() for found in codes.PSEUDONYM.finditer(plain.text)])
    pieces: list[tuple[int, int, Kind]] = []
    by_name: _Finder = partial(names.spans, allowed=allowed)
    for kind, finder in (*_FINDERS, (Kind.NAME, by_name), (Kind.SCRIPT, scripts.spans)):
        spans = _apart(finder(left))
        pieces.extend((start, end, kind) for start, end in spans)
        left = _without(left, spans)
    said = {_folded(bare(one)) for one in allowed}
    found: list[Found] = []
    for one in sorted(
        Found(*plain.where(start, end), kind)
        for start, end, kind in pieces
        if _folded(plain.text[start:end]) not in said
    ):
        if found and one.start < found[-1].end:
            # A sign that stands for several, such as ﷺ, may be told by two: it is one piece.
            found[-1] = replace(found[-1], end=max(one.end, found[-1].end))
        else:
            found.append(one)
    return found


def _apart(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch made one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        elif end > start:
            apart.append((start, end))
    return apart


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text of the same length in which some pieces are blank."""
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], _BLANK * (end - start)]
        at = end
    return "".join([*kept, text[at:]])


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
