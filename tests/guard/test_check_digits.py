"""Check letters of NIF, NIE and codice fiscale, beside an independent reckoning."""

from hypothesis import given
from hypothesis import strategies as st

from copehope_lib.guard import Kind, find
from copehope_lib.guard.documents import letter_fits

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Written down as it is published: remainder and letter, row by row.
REMAINDERS = """
    0=T 1=R 2=W 3=A 4=G 5=M 6=Y 7=F 8=P 9=D 10=X 11=B 12=N 13=J 14=Z 15=S 16=Q 17=V 18=H 19=L
    20=C 21=K 22=E
"""
ODD = """
    0=1 1=0 2=5 3=7 4=9 5=13 6=15 7=17 8=19 9=21 A=1 B=0 C=5 D=7 E=9 F=13 G=15 H=17 I=19 J=21
    K=2 L=4 M=18 N=20 O=11 P=3 Q=6 R=8 S=12 T=14 U=16 V=10 W=22 X=25 Y=24 Z=23
"""


def of(table: str, sought: str) -> str:
    return next(pair for pair in table.split() if pair.startswith(f"{sought}=")).split("=")[1]


def letter_of_a_nif(number: int) -> str:
    while number >= 23:  # a division, the slow way
        number -= 23 * max(1, number // 46)
    return of(REMAINDERS, str(number))


def letter_of_a_fiscal_code(fifteen: str) -> str:
    total = 0
    for position, sign in enumerate(fifteen, start=1):
        if position % 2:
            total += int(of(ODD, sign))
        else:
            total += int(sign) if sign.isdigit() else LETTERS.index(sign)
    return LETTERS[total % 26]


@given(st.integers(0, 99_999_999), st.sampled_from(LETTERS))
def test_one_letter_fits_a_nif(number: int, letter: str) -> None:
    assert letter_fits("nif", f"{number:08}{letter}") == (letter == letter_of_a_nif(number))


@given(st.sampled_from("XYZ"), st.integers(0, 9_999_999), st.sampled_from(LETTERS))
def test_one_letter_fits_a_nie(first: str, number: int, letter: str) -> None:
    whole = "XYZ".index(first) * 10_000_000 + number
    assert letter_fits("nie", f"{first}{number:07}{letter}") == (letter == letter_of_a_nif(whole))


fiscal_codes = st.from_regex(
    r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}",
    fullmatch=True,
)


@given(fiscal_codes, st.sampled_from(LETTERS))
def test_one_letter_fits_a_fiscal_code(fifteen: str, letter: str) -> None:
    fits = letter == letter_of_a_fiscal_code(fifteen)
    assert letter_fits("fiscal", fifteen + letter) == fits


def test_known_ones_fit() -> None:
    # The examples of the Spanish ministry and of the Italian decree.
    assert letter_fits("nif", "12345678Z")
    assert letter_fits("nie", "X1234567L")
    assert letter_fits("fiscal", "RSSMRA85T10A562S")


@given(st.integers(0, 99_999_999), st.sampled_from(LETTERS), st.sampled_from(["", "-"]))
def test_in_a_sentence_the_letter_decides(number: int, letter: str, between: str) -> None:
    found = find(f"they wrote {number:08}{between}{letter} on it")
    assert (Kind.DOCUMENT in [one.kind for one in found]) == (letter == letter_of_a_nif(number))
