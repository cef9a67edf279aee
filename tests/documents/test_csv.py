"""Tables that leave as text hold nothing that a spreadsheet would run."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copehope_lib.documents.csv import as_csv, harmless

NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\tx", "\r=1", " =1", "-", "+34 600"]
)
def test_a_cell_that_begins_like_a_formula_is_escaped(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-2", "+3", "-2.5", "-0,8", "W-001", "a=b", "", "2026-10-03"])
def test_numbers_and_plain_words_are_left_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_headings_are_escaped_too() -> None:
    frame = pd.DataFrame({"=1+1": ["x"], "@now": [-1.5]})
    assert as_csv(frame) == "'=1+1,'@now\nx,-1.5\n"


def test_two_headings_that_are_escaped_alike_keep_their_columns() -> None:
    frame = pd.DataFrame({"=a": ["=1"], "'=a": ["=2"]})
    assert as_csv(frame) == "'=a,'=a\n'=1,'=2\n"


def test_cells_of_categories_are_escaped() -> None:
    frame = pd.DataFrame({"text": pd.Categorical(["=1+1", None])})
    assert as_csv(frame) == 'text\n\'=1+1\n""\n'


def test_a_line_break_inside_a_cell_begins_no_cell() -> None:
    frame = pd.DataFrame({"text": ["a\r=1+1"], "other": ["b\r\n@now"]})
    assert read_back(as_csv(frame)) == [["text", "other"], ["a\n=1+1", "b\n@now"]]


texts = st.text(st.sampled_from("=+-@\t\r\n ,;\"'a1é"), max_size=8)


@settings(deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4), texts)
def test_no_cell_that_is_read_back_begins_like_a_formula(
    rows: list[tuple[str, str]], heading: str
) -> None:
    frame = pd.DataFrame(rows, columns=pd.Index([heading, "other"]), dtype="str")
    back = read_back(as_csv(frame))
    assert len(back) == 1 + len(rows)
    for cell in (cell for row in back for cell in row):
        assert cell[:1] not in tuple("=+-@\t\r") or NUMBER.fullmatch(cell)
