"""Words in scripts that are not Latin: names among them cannot be told from other words."""

import re
from collections.abc import Iterator
from typing import Final

_LATIN: Final = "A-Za-zªºÀ-˯ᴀ-ᶿḀ-ỿⱠ-Ɀ꜠-ꟿﬀ-ﬆ"
# From a letter of another script to the next Latin letter, digit or line.
_WORDS: Final = re.compile(rf"[^\W\d_{_LATIN}][^\n\d{_LATIN}\0]*")
_AROUND: Final = " \t.,;:!?¿¡…()[]{}<>\"'’‘“”«»/\\|*+=–—-،؛؟。、，！？：；（）「」।"
_GREEK: Final = "\u0370\u03ff"


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where words in another script stand in a bare text.

    A single Greek letter is a sign, such as that of a mean or of a thousandth.

    Examples
    --------
    >>> list(spans("Call Όλγα tomorrow, 3 μg")), list(spans("Crida la Núria"))
    ([(5, 9)], [])
    """
    for found in _WORDS.finditer(text):
        said = found[0].rstrip(_AROUND)
        if len(said) > 1 or not _GREEK[0] <= said <= _GREEK[1]:
            yield found.start(), found.start() + len(said)
