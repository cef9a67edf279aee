"""Codes to pseudonyms, by a keyed hash: who has no key can neither undo nor repeat it."""

import hmac

import pandas as pd

ALPHABET = "346789CDFGHJKMNPQRTVWXY"
"""No vowels, so that no word appears, and no look-alikes (of 8 and B, say, only 8)."""

DATA = 4
"""Characters before the check character: 23⁴ pseudonyms."""


def pseudonyms(women: pd.DataFrame, key: bytes) -> pd.Series:
    """Return a pseudonym for each woman's code.

    The pseudonym is taken from HMAC-SHA-256 of her code under the key of the workspace, so that
    it stays the same from month to month and says nothing in another workspace. Where two
    codes would share one, the woman who entered later takes the next of her own sequence.

    Parameters
    ----------
    women : pandas.DataFrame
        Table of women.
    key : bytes
        Key of the workspace, 32 bytes.

    Returns
    -------
    pandas.Series
        Pseudonyms (str, ``W-`` and five characters, the last a check character), by code.

    Notes
    -----
    Report §5.1.2: women are identified by a code, and their names are not used.

    Examples
    --------
    >>> from copehope_lib.demo_data.two_women import two_women
    >>> pseudonyms(two_women().women, b"a key for this example only" * 2)
    woman
    W-001    W-VWX6P
    W-002    W-WMRNP
    dtype: str
    """
    first_entry = women.groupby("woman")["entered_on"].min()
    taken: dict[str, str] = {}
    for code in first_entry.reset_index().sort_values(["entered_on", "woman"])["woman"]:
        attempt = 0
        while (pseudonym := _pseudonym(code, key, attempt)) in taken:
            attempt += 1
        taken[pseudonym] = code
    found = pd.Series(list(taken), index=pd.Index(list(taken.values()), name="woman"))
    return found.astype("str").sort_index()


def _pseudonym(code: str, key: bytes, attempt: int) -> str:
    number = int.from_bytes(hmac.digest(key, f"woman/{attempt}/{code}".encode(), "sha256"))
    digits = [number // len(ALPHABET) ** place % len(ALPHABET) for place in range(DATA)]
    return "W-" + "".join(ALPHABET[digit] for digit in (*digits, _check(digits)))


def _check(digits: list[int]) -> int:
    """Weighted sum modulo a prime: finds any one wrong character and any two swapped."""
    return sum(place * digit for place, digit in enumerate(digits, start=1)) % len(ALPHABET)
