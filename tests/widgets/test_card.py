"""A card: what it shows, and what leaves it as a file."""

import csv
import io

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest

from copehope_lib.documents.blocks import Table
from copehope_lib.vocabulary import Barrier
from copehope_lib.widgets.card import Card

SOURCE = "Demo team · October 2026 · Team view: groups only, counts under 3 hidden"
HOSTILE = ["=1+1", "@SUM(A1)", "+33", "-cmd|' /C calc'!A0", "\tx", "W-001"]


@pytest.fixture
def card() -> Card:
    made = Card(why="How to read it.", unsaid="Why.", source=SOURCE, name="copehope-test")
    frame = pd.DataFrame(
        {"barrier": ["work", "safety"], "times": pd.array([20, None], dtype="Int64")}
    )
    headings = {"barrier": "Barrier", "times": "Times"}
    made.show("Work was named most.", go.Figure(), Table(frame, headings, {"barrier": Barrier}))
    return made


def left(card: Card, kind: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bytes]:
    sent: list[tuple[dict[str, str], list[bytes]]] = []
    monkeypatch.setattr(card, "send", lambda message, buffers: sent.append((message, buffers)))
    card._hear(card, {"kind": kind}, [])
    ((message, (content,)),) = sent
    assert message["kind"] == "file"
    return message["name"], content


def test_a_csv_says_in_each_row_what_it_is_of_and_for_whom(
    card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content = left(card, "csv", monkeypatch)
    assert name == "copehope-test.csv"
    assert list(csv.reader(io.StringIO(content.decode()))) == [
        ["Barrier", "Times", "source"],
        ["Work", "20", SOURCE],
        ["Safety", "hidden", SOURCE],
    ]


def test_a_workbook_has_the_table_and_a_sheet_that_says_what_it_is(
    card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content = left(card, "xlsx", monkeypatch)
    assert name.endswith(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [list(row) for row in book["table"].iter_rows(values_only=True)] == [
        ["Barrier", "Times"], ["Work", 20], ["Safety", "hidden"],
    ]  # fmt: skip
    assert [row[0] for row in book["about"].iter_rows(values_only=True)] == [
        "Work was named most.",
        SOURCE,
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_that_leaves_is_run_as_a_formula(
    card: Card, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    card.show("Codes.", None, Table(pd.DataFrame({"code": HOSTILE}), {"code": "=Code"}))
    _name, content = left(card, kind, monkeypatch)
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode())))
        assert not any(cell.startswith(("=", "@", "-c", "\t")) for row in rows for cell in row)
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content))["table"]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells] == ["=Code", *HOSTILE]
        assert {cell.data_type for cell in cells} == {"s"}


def test_a_card_without_a_table_has_no_file_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    card, sent = Card(), []
    monkeypatch.setattr(card, "send", sent.append)
    card._hear(card, {"kind": "csv"}, [])
    assert sent == []


def test_a_label_is_shown_as_text(card: Card) -> None:
    card.show("Codes.", None, Table(pd.DataFrame({"code": ["<b>x"]}), {"code": "<i>Code"}))
    assert "&lt;b&gt;x" in card.table
    assert "&lt;i&gt;Code" in card.table
    assert "<b>" not in card.table
