"""Somebody who wants to know who a pseudonym is: with two workspaces, or all possible codes."""

import hashlib
import hmac
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from copehope_lib.privacy.pseudonyms import ALPHABET, pseudonyms
from copehope_lib.privacy.publish import preview
from copehope_lib.workspace import Workspace
from tests.night import sample
from tests.privacy.attacks.held import Extract
from tests.privacy.attacks.published import OCTOBER, OURS, THEIRS, Frames, workspace


def rank_correlation(one: pd.Series, other: pd.Series) -> float:
    """Return how far two orders of the same women agree, from −1 to 1."""
    both = pd.DataFrame({"one": one, "other": other}).rank()
    return float(both["one"].corr(both["other"]))


def many_codes(count: int) -> pd.DataFrame:
    entered = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.arange(count), unit="D")
    return pd.DataFrame({"woman": [f"W-{n:03}" for n in range(1, count + 1)],
                         "entered_on": entered})  # fmt: skip


def test_pseudonyms_under_two_keys_agree_no_more_often_than_chance() -> None:
    ours, theirs = (pseudonyms(many_codes(900), bytes.fromhex(key)) for key in (OURS, THEIRS))
    assert not (ours == theirs).any()
    # 900 × 900 pairs and 23⁴ pseudonyms: three or so are there twice, for two other women.
    assert len(set(ours) & set(theirs)) <= 10
    letters = pd.DataFrame([[*a, *b] for a, b in zip(ours.str[2:], theirs.str[2:], strict=True)])
    agree = np.mean([(letters[n] == letters[n + 5]).mean() for n in range(5)])
    assert agree == pytest.approx(1 / len(ALPHABET), abs=0.01)


@pytest.fixture(scope="module")
def twice(
    team: Workspace, frames: Frames, tmp_path_factory: pytest.TempPathFactory
) -> list[Frames]:
    """Tables about women under two keys, with the codes that an attacker does not have."""
    other = workspace(tmp_path_factory.mktemp("attacks") / "other", frames, THEIRS)
    preview(other, other.tables(), OCTOBER)
    both = []
    for one in (team, other):
        code = {name: code for code, name in pseudonyms(frames["women"], one.key).items()}
        tables = Extract.read(one.extracts / str(OCTOBER) / "supervision").tables
        both.append(
            {name: table.assign(code=table["woman"].map(code))
             for name, table in tables.items() if "woman" in table}
        )  # fmt: skip
    return both


def places(table: pd.DataFrame) -> pd.Series:
    """Return the place in which each woman first appears, by code."""
    codes = table["code"].dropna().drop_duplicates()
    return pd.Series(range(len(codes)), codes)


def test_rows_under_two_keys_stand_in_orders_that_have_nothing_in_common(
    twice: list[Frames], frames: Frames
) -> None:
    entered = frames["women"].groupby("woman")["entered_on"].min()
    for name in twice[0]:
        ours, theirs = (places(tables[name]) for tables in twice)
        if len(ours) < 5:  # so few have hardly an order
            continue
        # Of 1,000 shuffles of n rows, hardly one correlates more than this.
        chance = 3.3 / np.sqrt(max(len(ours) - 1, 1))
        code = ours.index.to_series()
        for order in (theirs, code, entered.loc[ours.index]):
            assert abs(rank_correlation(ours, order)) < chance, name


def test_the_rows_of_one_woman_stand_in_the_same_order_under_any_key(
    twice: list[Frames],
) -> None:
    for name, table in twice[0].items():
        of_each = [
            tables.drop(columns="woman").set_index("code").sort_index(kind="stable")
            for tables in (table, twice[1][name])
        ]
        pd.testing.assert_frame_equal(*of_each)


def as_pseudonym(digest: bytes) -> str:
    number = int.from_bytes(digest)
    digits = [number // 23**place % 23 for place in range(4)]
    check = sum(place * digit for place, digit in enumerate(digits, start=1)) % 23
    return "W-" + "".join(ALPHABET[digit] for digit in (*digits, check))


def guesses() -> list[bytes]:
    """Return keys that somebody might try first."""
    words = ["", "Harbour", "harbour", "2026-10", "2026", "copehope", "copehope-workbench",
             "copehope_lib", "Copehope workbench", "pseudonyms", "pseudonyms.key", "woman",
             "W-001", "key", "secret", "password", "Barcelona"]  # fmt: skip
    plain = [word.encode() for word in words]
    hashed = [hashlib.sha256(word).digest() for word in plain]
    repeated = [bytes([n]) * 32 for n in sample(range(256)) if bytes([n]).hex() != OURS[:2]]
    return [*plain, *hashed, *repeated, *((word * 32)[:32] for word in plain)]


def by_hmac(key: bytes, code: str) -> str:
    return as_pseudonym(hmac.digest(key, f"woman/0/{code}".encode(), "sha256"))


def by_code_alone(key: bytes, code: str) -> str:
    return as_pseudonym(hmac.digest(key, code.encode(), "sha256"))


def by_salt(key: bytes, code: str) -> str:
    return as_pseudonym(hashlib.sha256(key + code.encode()).digest())


@pytest.mark.parametrize("made", [by_hmac, by_code_alone, by_salt])
def test_no_key_that_one_might_guess_turns_a_code_into_its_pseudonym(
    twice: list[Frames], made: Callable[[bytes, str], str]
) -> None:
    rows = twice[0]["cases"]
    right = dict(zip(rows["code"], rows["woman"], strict=True))
    codes = [f"W-{n:03}" for n in range(1, 1000)]
    for key in guesses():
        dictionary = {code: made(key, code) for code in codes}
        assert not {code for code in right if dictionary[code] == right[code]}, key
        # A few of 999 × 31 pairs are one by chance; the right key would find all 31.
        assert len(set(dictionary.values()) & set(right.values())) <= 3, key


def test_with_the_key_the_same_attack_would_find_every_woman(twice: list[Frames]) -> None:
    rows = twice[0]["cases"]
    found = [by_hmac(bytes.fromhex(OURS), code) for code in rows["code"]]
    assert found == rows["woman"].tolist()


def test_pseudonyms_are_in_no_order_of_codes_or_of_entry(frames: Frames) -> None:
    women = frames["women"]
    entered = women.groupby("woman")["entered_on"].min()
    found: dict[str, list[float]] = {"code": [], "entry": []}
    for n in range(100):
        names = pseudonyms(women, bytes([n]) * 32)
        found["code"].append(rank_correlation(names, names.index.to_series()))
        found["entry"].append(rank_correlation(names, entered))
    # The mean of 100 shuffles of 40 women strays by 0.016.
    assert {order: abs(np.mean(each)) < 0.06 for order, each in found.items()} == {
        "code": True, "entry": True,
    }  # fmt: skip
