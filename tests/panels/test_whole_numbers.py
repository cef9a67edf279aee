"""Counts are whole numbers on every card, in its sentence, its table and its downloads."""

import re
from pathlib import Path

import pytest

from copehope_lib import demo
from copehope_lib.extract import Extract
from copehope_lib.metrics import METRICS
from copehope_lib.panels.cards import CARDS, parts
from copehope_lib.panels.panel import Seen, drawn_or_why
from copehope_lib.panels.state import State
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.workspace import Workspace
from tests.night import chosen

COUNTS = {
    *(column for metric in METRICS.values() for column in metric.counted),
    "women", "goals", "sessions", "places", "numerator", "denominator", "times",
}  # fmt: skip


def extracts(published: Workspace) -> list[Path]:
    """Those of the demo, and of two women, of whom nearly all is hidden."""
    return [demo.workspace().extracts, published.extracts]


@pytest.mark.parametrize("audience", chosen(["supervision", "partner"], AUDIENCES))
def test_no_count_is_written_with_a_decimal_point(published: Workspace, audience: str) -> None:
    looked = 0
    for folder in extracts(published):
        extract = Extract(folder, audience)
        for page in CARDS:
            for part in parts(page, extract):
                shown = drawn_or_why(part, Seen(extract, State.of(extract)))
                if part.name not in ("wellbeing-scales", "wellbeing-months"):
                    assert not re.search(r"[0-9][.,]0\b(?!%| times)", shown.reading), shown.reading
                for row in shown.table.cells() if shown.table else []:
                    for column, cell in zip(shown.table.headings, row, strict=True):
                        if column in COUNTS:
                            looked += 1
                            assert not isinstance(cell, float), (part.name, column, cell)
    assert looked > 100
