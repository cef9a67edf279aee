"""Every page, of a registry that says as little as it may: a sentence each time, and no all-clear.

W-003 has a stay and nothing else, and each column that may be empty is emptied in turn.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib import pages
from copehope_lib.demo.two_women import two_women
from copehope_lib.extract import Extract
from copehope_lib.meeting.month import OfMonth
from copehope_lib.meeting.page import MeetingPage
from copehope_lib.meeting.preparation import Preparation
from copehope_lib.meeting.reflection import FactsView, Reflection
from copehope_lib.meeting.steps import CODES
from copehope_lib.meeting.supervision import Meeting
from copehope_lib.panels.panel import Panel
from copehope_lib.panels.register import pages as pages_of
from copehope_lib.panels.self_check import SelfCheckPage
from copehope_lib.privacy.audience import AUDIENCES, SUPERVISION
from copehope_lib.privacy.publish import preview, publish
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.widgets.card import Card
from copehope_lib.workspace import Workspace
from tests.metrics.build import typed, woman
from tests.night import chosen

OCTOBER = pd.Period("2026-10", "M")
ONLY_A_STAY = "W-003"
OPTIONAL = [
    (table, name)
    for table, schema in TABLES.items()
    for name, column in schema.declared.items()
    if column.optional
]
KINDS = [("women", "left_on"), ("women", "housing"), ("activities", "places")]
"""A day, a code and a number."""
MOST_AND_LEAST = chosen(["supervision", "partner"], AUDIENCES)
"""By day the audiences that are shown most and least."""


@pytest.fixture(scope="module")
def registry() -> Tables:
    """Two women of whom something is known, and one of whom nothing is."""
    tables = two_women()
    newest = typed("women", [woman(ONLY_A_STAY, "2026-10-30")])
    return replace(tables, women=pd.concat([tables.women, newest], ignore_index=True))


def published(tables: Tables, folder: Path, audiences: Sequence[str] = tuple(AUDIENCES)) -> Path:
    workspace = Workspace.create(folder / "team")
    show = publish if set(audiences) - {SUPERVISION.name} else preview
    show(workspace, tables, OCTOBER)
    return workspace.extracts


def every_card(view: pages.View | MeetingPage) -> Iterator[Card]:
    """Go everywhere on a page, and give each card that is shown there."""
    match view:
        case OfMonth():
            yield from every_card(view.shown)
        case Panel():
            yield from view.cards.values()
        case Meeting():
            for code in CODES:
                view.stepper.go(code)
                yield from view.cards(code).values()
            assert view.files.make("md")
        case Reflection():
            for she in view.women:
                view.state.woman = she
                for step in view.model.steps:
                    view.state.step = step.code
                    yield from (one for one in view.side.children if isinstance(one, Card))
        case SelfCheckPage():
            # It asks the same of everybody, and shows nothing of an extract.
            assert view.view.page["asked"]
        case _:
            assert isinstance(view, Preparation)


def open_every_page(extracts: Path, audiences: Sequence[str] = tuple(AUDIENCES)) -> None:
    for audience in audiences:
        extract = Extract(extracts, audience)
        for page in pages_of(extract.audience):
            for card in every_card(pages.VIEWS[page.name](extract)):
                said = card.reading
                assert said.endswith("."), (audience, page.name, card.name, said)
                assert not re.search(r"\b(nan|NaN|NaT|None|<NA>)\b", said), said


@pytest.mark.night("test_every_page_opens_where_an_optional_column_is_empty")
def test_every_page_opens_where_a_woman_has_nothing_but_a_stay(
    registry: Tables, tmp_path: Path
) -> None:
    open_every_page(published(registry, tmp_path), MOST_AND_LEAST)


@pytest.mark.parametrize(("table", "column"), chosen(KINDS, OPTIONAL))
def test_every_page_opens_where_an_optional_column_is_empty(
    registry: Tables, tmp_path: Path, table: str, column: str
) -> None:
    frame = getattr(registry, table).copy()
    frame[column] = pd.Series(pd.NA, frame.index).astype(frame[column].dtype)
    # By day the pages that show most.
    audiences = chosen(["supervision"], AUDIENCES)
    open_every_page(published(replace(registry, **{table: frame}), tmp_path, audiences), audiences)


def test_every_page_opens_where_nothing_but_stays_is_written_down(
    registry: Tables, tmp_path: Path
) -> None:
    emptied = {name: getattr(registry, name)[:0] for name in TABLES if name != "women"}
    open_every_page(published(replace(registry, **emptied), tmp_path), MOST_AND_LEAST)


def test_of_a_woman_of_whom_nothing_is_known_a_page_says_so(
    registry: Tables, tmp_path: Path
) -> None:
    extract = Extract(
        published(registry, tmp_path, chosen(["supervision"], AUDIENCES)), "supervision"
    )
    since = extract.table("cases", OCTOBER).set_index("entered_on")["woman"]
    newest = FactsView(extract, since[pd.Timestamp("2026-10-30")])
    assert newest.flags() == ["Not assessed yet."]
    assert newest.needs() == ["Her needs were not reviewed yet."]
    assert newest.itinerary()[0] == "No goal of hers is written down."
    first = FactsView(extract, since[pd.Timestamp("2026-06-01")])
    assert first.flags() == [
        "No limit on groups or contact is noted; this does not mean that she is safe.",
        "Look at her assessment",
    ]
    assert FactsView(extract, "W-XXXXX").flags() == ["Not assessed yet."]
