"""Names become codes at the door: the list of them is sealed, and never written in clear."""

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import count
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.files.private import read
from copehope_lib.guard.name_words import FIRST_NAMES
from copehope_lib.importing.asking import Asking, Question
from copehope_lib.importing.spoken import bare
from copehope_lib.language import gettext as _

FILE_NAME = "names.age"
"""Sealed in the registry: which name has which code."""

LETTERS = {
    "women": "W", "professionals": "P", "activities": "A", "sessions": "S", "goals": "G",
    "actions": "D",
}  # fmt: skip
"""How the codes of each table begin that are made here."""

_CODE = re.compile(r"([^\W\d_]{0,4})\s*[-_./\u2010-\u2015]?\s*([0-9]{1,8})")
# A code, and behind it a name: W-001 (Amina).
_WITH_NAME = re.compile(rf"({_CODE.pattern})[\s(:,–-]+[^\W\d_].*")
SOMEBODY_NEW = "new"


def code_in(text: str) -> str:
    """Return the code that a text is or begins with, as teams write them; nothing where none is.

    A name with a number behind it is no code.

    Examples
    --------
    >>> code_in("U1"), code_in("W 002"), code_in("W-001 (Amina)"), code_in("LAU"), code_in("Joy 2")
    ('U1', 'W 002', 'W-001', '', '')
    """
    with_name = _WITH_NAME.fullmatch(text)
    code = with_name[1] if with_name else text
    found = _CODE.fullmatch(code)
    if found is None or found[1].casefold() in FIRST_NAMES:
        return ""
    return code if len(found[1]) < 3 or found[1].isupper() else ""


@dataclass
class Names:
    """Codes of women and colleagues: those that stand in tables, and those that names became.

    Attributes
    ----------
    taken : dict of str to set of str
        By table, the codes that somebody has.
    spelt : dict of str to dict of str to str
        By table, the code for each name as it was spelt.
    retired : callable
        Tells whether a code belongs to somebody who was forgotten.
    needed : bool
        Whether a name had to become a code.
    respelt : dict of str to str
        Codes that were written in another way, as ours are written.
    shut : bool
        Whether names are left out, because nothing is there to seal the list with.
    numbered : dict
        By table, the code that somebody has with some letters and a number.
    """

    taken: dict[str, set[str]] = field(default_factory=dict)
    spelt: dict[str, dict[str, str]] = field(default_factory=dict)
    retired: Callable[[str], bool] = lambda _code: False
    needed: bool = False
    respelt: dict[str, str] = field(default_factory=dict)
    shut: bool = False
    numbered: dict[str, dict[tuple[str, int], str]] = field(default_factory=dict)

    def code(self, table: str, text: str) -> str:
        """Return a code of a team's own as ours are written, or the one in use with its number.

        Examples
        --------
        >>> names = Names({"women": {"W-004"}})
        >>> names.code("women", "W 4"), names.code("women", "u12"), names.code("women", "7")
        ('W-004', 'U-12', 'W-7')
        """
        found = _CODE.fullmatch(text.strip())
        if found is None:
            return text
        letters = found[1].upper() or LETTERS.get(table, "X")
        number = letters, int(found[2])
        if table not in self.numbered:
            of_ours = filter(None, map(_CODE.fullmatch, self.taken.get(table, ())))
            self.numbered[table] = {(of[1], int(of[2])): of[0] for of in of_ours}
        code = self.numbered[table].setdefault(number, f"{letters}-{found[2]}")
        self.taken.setdefault(table, set()).add(code)
        if code != text:
            self.respelt[text] = code
        return code

    def new_code(self, table: str) -> str:
        """Return a code that nobody has, and nobody had who was forgotten.

        Examples
        --------
        >>> Names({"women": {"W-001"}}).new_code("women")
        'W-002'
        """
        taken, letter = self.taken.setdefault(table, set()), LETTERS[table]
        for n in count(1):
            written = [f"{letter}-{n:0{width}}" for width in range(1, 5)]
            if not any(code in taken or self.retired(code) for code in written):
                break
        width = {"professionals": 2, "activities": 2, "sessions": 4}.get(table, 3)
        taken.add(written[width - 1])
        return written[width - 1]

    def of(
        self, table: str, spellings: Iterable[str], ask: Asking, beside: Collection[str] = ()
    ) -> str:
        """Return the code of somebody, who may be spelt in several ways in one row.

        A name that is spelt a little differently from one in the list is asked about, unless that
        one stands beside it in the same column: then they are two.
        """
        spellings = [text for text in spellings if text]
        if not spellings:
            return ""
        self.needed = True
        if self.shut:
            return ""
        known = self.spelt.setdefault(table, {})
        by_text = {bare(name): code for name, code in known.items()}
        code = next((by_text[bare(text)] for text in spellings if bare(text) in by_text), "")
        if not code:
            code = self._asked(table, spellings[0], by_text, ask, beside) or self.new_code(table)
        known.update(dict.fromkeys(spellings, code))
        return code

    def _asked(
        self, table: str, name: str, known: dict[str, str], ask: Asking, beside: Collection[str]
    ) -> str:
        said = bare(name)
        by_text = {text: code for text, code in known.items() if text not in beside}
        near = get_close_matches(said, by_text, 3, 0.75)
        near += [one for one in by_text if _begins_alike(one, said) and one not in near]
        if not near:
            return ""
        spelt = {bare(name): name for name in reversed(self.spelt[table])}
        choices = {by_text[one]: f"{by_text[one]} ({spelt[one]})" for one in near}
        choices[SOMEBODY_NEW] = _("somebody new")
        asks, why = _("“{name}” is").format(name=name), _("spelt nearly like a name that is known")
        answer = ask(Question(("names", table, name), asks, choices, by_text[near[0]], why=why))
        return "" if answer == SOMEBODY_NEW else answer

    def learn(self, table: str, name: str, code: str) -> None:
        """Remember that a name stands beside a code: elsewhere it may stand alone."""
        if name and code:
            self.spelt.setdefault(table, {}).setdefault(name, code)

    def sealed(self, seal: Callable[[bytes], bytes]) -> bytes:
        """Return the list as it is kept."""
        return seal(json.dumps(self.spelt, ensure_ascii=False, indent=1).encode())


def _begins_alike(one: str, other: str) -> bool:
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) < len(long) and len(short[0]) > 2 and long[: len(short)] == short


def opened(registry: Path, opens: Callable[[bytes], bytes]) -> dict[str, dict[str, str]]:
    """Open the list of names; without one there is none.

    Raises
    ------
    CopehopeError
        If it is sealed to something else, or damaged.
    """
    path = registry / FILE_NAME
    if not path.exists():
        return {}
    try:
        spelt: dict[str, dict[str, str]] = json.loads(opens(read(path)))
    except (ValueError, RecursionError):
        said = _("{path} is damaged: bring it back from your copy.")
        raise CopehopeError(said.format(path=path)) from None
    return spelt


def without(spelt: dict[str, dict[str, str]], codes: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the list without those who have some codes.

    Examples
    --------
    >>> without({"women": {"Joy": "W-001", "Fatou": "W-002"}}, {"W-001"})
    {'women': {'Fatou': 'W-002'}}
    """
    return {
        table: {name: code for name, code in of.items() if code not in codes}
        for table, of in spelt.items()
    }
