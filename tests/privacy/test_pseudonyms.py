"""Pseudonyms: stable, unlinkable without the key, and free of collisions."""

import hashlib
import hmac

import pandas as pd
import pytest

from copehope_lib.privacy.pseudonyms import ALPHABET, pseudonyms

KEY = bytes(range(32))


def women(n: int) -> pd.DataFrame:
    codes = [f"W-{number:05}" for number in range(n)]
    entered = pd.Timestamp("2025-01-01") + pd.to_timedelta(range(n), unit="D")
    return pd.DataFrame({"woman": codes, "entered_on": entered})


def test_a_pseudonym_is_the_keyed_hash_written_in_23_letters() -> None:
    digest = hmac.new(KEY, b"woman/0/W-00000", hashlib.sha256).hexdigest()
    number, letters = int(digest, 16), ""
    for _ in range(4):
        number, digit = divmod(number, 23)
        letters += ALPHABET[digit]
    assert pseudonyms(women(1), KEY)["W-00000"][:-1] == f"W-{letters}"


def test_20000_women_have_20000_pseudonyms() -> None:
    assert pseudonyms(women(20_000), KEY).is_unique


def test_a_woman_keeps_hers_when_others_enter() -> None:
    before, after = pseudonyms(women(5_000), KEY), pseudonyms(women(6_000), KEY)
    assert after.loc[before.index].equals(before)


def test_row_order_does_not_matter() -> None:
    table = women(500)
    shuffled = table.sample(frac=1, random_state=1)
    assert pseudonyms(shuffled, KEY).equals(pseudonyms(table, KEY))


def test_two_workspaces_cannot_be_linked() -> None:
    here, there = pseudonyms(women(60), KEY), pseudonyms(women(60), bytes(32))
    assert not set(here) & set(there)


@pytest.mark.parametrize("kind", ["wrong character", "two swapped"])
def test_the_check_character_finds_a_slip_of_the_pen(kind: str) -> None:
    """Every single wrong character, and every two neighbours swapped, breaks the check sum."""

    def valid(pseudonym: str) -> bool:
        *digits, check = (ALPHABET.index(letter) for letter in pseudonym[2:])
        return sum(place * digit for place, digit in enumerate(digits, 1)) % 23 == check

    for right in pseudonyms(women(50), KEY):
        assert valid(right)
        for at in range(2, 7):
            if kind == "wrong character":
                slips = [right[:at] + letter + right[at + 1 :] for letter in ALPHABET]
            elif at < 6:
                slips = [right[:at] + right[at + 1] + right[at] + right[at + 2 :]]
            else:
                slips = []
            assert not any(valid(slip) for slip in slips if slip != right)


def test_no_vowel_and_no_look_alike_is_used() -> None:
    assert not set(ALPHABET) & set("AEIOU01L2Z5SB")
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
