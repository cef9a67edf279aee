"""Codes to pseudonyms, by a keyed hash: who has no key can neither undo nor repeat it."""

import hmac
import re

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.tables.marks import Marks

ALPHABET = "346789CDFGHJKMNPQRTVWXY"
"""No vowels, so that no word appears, and no look-alikes (of 8 and B, say, only 8)."""

DATA = 4
"""Characters before the check character: 23⁴ pseudonyms."""

LOG = "codes.log"
"""File of the registry that says who looked up which pseudonym, and when."""

_SHAPE = re.compile(f"W-[{ALPHABET}]{{{DATA + 1}}}")


def pseudonyms(women: pd.DataFrame, key: bytes, marks: Marks | None = None) -> pd.Series:
    """Return a pseudonym for each woman's code.

    The pseudonym is taken from HMAC-SHA-256 of her code under the key of the workspace, so that
    it stays the same from month to month and says nothing in another workspace. Where two
    codes would share one, the woman who entered later takes the next of her own sequence. One of
    a woman who was forgotten is given to nobody, so that the others keep theirs.

    Parameters
    ----------
    women : pandas.DataFrame
        Table of women.
    key : bytes
        Key of the workspace, 32 bytes.
    marks : Marks, optional
        Pseudonyms that stay, of the workspace.

    Returns
    -------
    pandas.Series
        Pseudonyms (str, ``W-`` and five characters, the last a check character), by code.

    Notes
    -----
    Report §5.1.2: women are identified by a code, and their names are not used.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> pseudonyms(two_women().women, b"a key for this example only" * 2)
    woman
    W-001    W-VWX6P
    W-002    W-WMRNP
    dtype: str
    """
    first_entry = women.groupby("woman")["entered_on"].min()
    marks = marks or Marks(key)
    of_codes = {code: marks.renamed.get(marks.mark(code)) for code in first_entry.index}
    taken: dict[str, str] = {name: code for code, name in of_codes.items() if name}
    for code in first_entry.reset_index().sort_values(["entered_on", "woman"])["woman"]:
        if of_codes[code]:
            continue
        attempt = 0
        while (name := _pseudonym(code, key, attempt)) in taken or marks.taken(name, code):
            attempt += 1
        taken[name] = code
    found = pd.Series(list(taken), index=pd.Index(list(taken.values()), name="woman"))
    return found.astype("str").sort_index()


def find(pseudonym: str, women: pd.DataFrame, key: bytes, marks: Marks | None = None) -> str:
    """Return the code of the woman who has a pseudonym.

    Parameters
    ----------
    pseudonym : str
        As it was read from a page, in capitals or not.
    women : pandas.DataFrame
        Table of women.
    key : bytes
        Key of the workspace.
    marks : Marks, optional
        Pseudonyms that stay, of the workspace.

    Raises
    ------
    CopehopeError
        If it is mistyped, or no woman of the table has it.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> find("w-vwx6p", two_women().women, b"a key for this example only" * 2)
    'W-001'
    """
    sought = as_written(pseudonym)
    if not _SHAPE.fullmatch(sought):
        raise CopehopeError(
            _(
                "This is not a pseudonym, which is W- and five of the characters {alphabet}: "
                "read it again."
            ).format(alphabet=ALPHABET)
        )
    if not valid(sought):
        raise CopehopeError(
            _(
                "{pseudonym} is mistyped, because its last character does not fit the others: "
                "read it again."
            ).format(pseudonym=sought)
        )
    names = pseudonyms(women, key, marks)
    found = names.index[names == sought]
    if found.empty:
        raise CopehopeError(
            _(
                "{pseudonym} is well written and no woman of this workspace has it: look "
                "whether it comes from another team, or from before the key was changed."
            ).format(pseudonym=sought)
        )
    return str(found[0])


def valid(pseudonym: str) -> bool:
    """Tell whether a pseudonym is written as one, and its check character fits.

    Examples
    --------
    >>> valid("W-VWX6P"), valid("W-VWX6Q"), valid("W-001")
    (True, False, False)
    """
    sought = as_written(pseudonym)
    digits = [ALPHABET.find(letter) for letter in sought[2:]]
    return bool(_SHAPE.fullmatch(sought)) and _check(digits[:-1]) == digits[-1]


def as_written(pseudonym: str) -> str:
    """Return a pseudonym as pages show it, however it was typed.

    Examples
    --------
    >>> as_written(" w-vwx6p")
    'W-VWX6P'
    """
    return pseudonym.strip().upper()


def _pseudonym(code: str, key: bytes, attempt: int) -> str:
    number = int.from_bytes(hmac.digest(key, f"woman/{attempt}/{code}".encode(), "sha256"))
    digits = [number // len(ALPHABET) ** place % len(ALPHABET) for place in range(DATA)]
    return "W-" + "".join(ALPHABET[digit] for digit in (*digits, _check(digits)))


def _check(digits: list[int]) -> int:
    """Weighted sum modulo a prime: finds any one wrong character and any two swapped."""
    return sum(place * digit for place, digit in enumerate(digits, start=1)) % len(ALPHABET)
