"""E-mail addresses, links, and accounts on social networks."""

import re
from collections.abc import Iterator
from typing import Final

EMAIL: Final = re.compile(r"[^\s@]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")

_LINK: Final = re.compile(
    r"""(?: \b(?:https?|ftp)://[^\s<>"]+ | \bwww\.[^\s<>"]+
    | (?<![\w@.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}
      \.(?: (?:com|org|net|info|eu|me|es|cat|it|ro|ng|co|app|gg|tv|ly) / [^\s<>"]+
          | (?:com|org|net|info|eu)\b(?![\w@-]|\.\w) )
    | (?<![\w@.+-])@(?=[\w.]{0,29}[a-z])[a-z0-9_][\w.]{1,28}\w(?![\w@]) )""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_ADDRESS: Final = re.compile(r".*[<>(),;:\"\[\]«»“”¿¡]", re.DOTALL)
_AFTER_LINK: Final = ".,;:!?)]}'’»”…"


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Return where e-mail addresses stand in a bare text.

    Examples
    --------
    >>> list(emails("mail:ana@example.org."))
    [(5, 20)]
    """
    for found in EMAIL.finditer(text):
        before = _BEFORE_ADDRESS.match(found[0].partition("@")[0])
        skipped = before.end() if before else 0
        start = found.start() + skipped
        yield (start if text[start] != "@" else found.start()), found.end()


def links(text: str) -> Iterator[tuple[int, int]]:
    """Return where links and accounts stand in a bare text.

    Examples
    --------
    >>> list(links("see https://example.org/a, or @joy_invented"))
    [(4, 25), (30, 43)]
    """
    for found in _LINK.finditer(text):
        yield found.start(), found.start() + len(found[0].rstrip(_AFTER_LINK))
