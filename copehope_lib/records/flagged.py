"""What the guard found in an entry, and its writer did not say to keep."""

from functools import lru_cache

from copehope_lib.guard import Found, find
from copehope_lib.records.record import Entry

KEPT = "kept"
"""Pieces of a text that its writer wanted to keep as they are, one a line."""

MOST = 4096
"""Texts of which what was found is remembered: more than a page draws at once."""


def flagged(entry: Entry, allowed: frozenset[str] = frozenset()) -> list[Found]:
    """Return what the guard found in a text and its writer did not want to keep as it is.

    Examples
    --------
    >>> text = {"text": "Amaka Obi came."}
    >>> len(flagged(Entry("note", text))), len(flagged(Entry("note", text | {KEPT: "Amaka Obi"})))
    (1, 0)
    """
    text = entry.words.get("text", "")
    kept = entry.words.get(KEPT, "").split("\n")
    return [one for one in _found(text, allowed) if text[one.start : one.end] not in kept]


@lru_cache(MOST)
def _found(text: str, allowed: frozenset[str]) -> tuple[Found, ...]:
    """Return what the guard finds: a page draws all its texts at each word, and one is new."""
    return tuple(find(text, allowed))
