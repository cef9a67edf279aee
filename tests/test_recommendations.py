"""Each recommendation of the report has its place in the product, or a reason why it has none."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from copehope_lib import vocabulary
from copehope_lib.cli import app
from copehope_lib.documents.paper import PAPERS
from copehope_lib.instruments import INSTRUMENTS
from copehope_lib.metrics import METRICS
from copehope_lib.panels.register import PAGES
from copehope_lib.privacy.manifest import CASES
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.reflection import read
from copehope_lib.reflection.pitfall import Pitfall
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.vocabulary import voices

DOCS = Path(__file__).parent.parent / "docs"
ROWS = [*csv.DictReader((DOCS / "recommendations.tsv").open(encoding="utf-8"), delimiter="\t")]


def is_column(name: str) -> bool:
    table, _, column = name.partition(".")
    return column in TABLES[table].columns


def is_word(name: str) -> bool:
    of, _, code = name.partition(".")
    return code in getattr(vocabulary, of).codes()


def is_prompt(name: str) -> bool:
    model, _, step = name.partition(".")
    return bool(read(model).step(step).prompts)


def is_setting(name: str) -> bool:
    section, _, of = name.partition(".")
    return hasattr(getattr(Settings(), section), of)


def is_command(name: str) -> bool:
    return name in {*(one.name for one in app.registered_groups), *commands()}


def commands() -> set[str]:
    made = app.registered_commands
    return {one.name or str(getattr(one.callback, "__name__", "")) for one in made}


KINDS: dict[str, Callable[[str], bool]] = {
    "table": TABLES.__contains__,
    "column": is_column,
    "word": is_word,
    "check": RECOMMENDATIONS.__contains__,
    "metric": {*METRICS, CASES}.__contains__,
    "page": PAGES.__contains__,
    "prompt": is_prompt,
    "pitfall": Pitfall.codes().__contains__,
    "paper": PAPERS.__contains__,
    "setting": is_setting,
    "command": is_command,
    "instrument": INSTRUMENTS.__contains__,
    "voice": lambda name: name in voices(),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['section']} {row['recommendation']}")
def test_a_recommendation_is_where_it_is_said_to_be(row: dict[str, str]) -> None:
    missing = []
    for place in row["places"].split():
        kind, _, name = place.partition(":")
        if not KINDS[kind](name):
            missing.append(place)
    assert missing == []
    assert row["places"] or row["why not"]
    assert row["helps"] in ("yes", "partly", "no")
    # What helps has a place, and what does not says why.
    assert row["places"] or row["helps"] != "yes"
    assert row["why not"] or row["helps"] != "no"


def test_the_page_says_how_many_of_those_that_belong_into_supervision_are_helped() -> None:
    counts = {
        name: Counter(row[name] for row in ROWS if row["belongs"] == "yes")
        for name in ("before", "helps")
    }
    said = (DOCS / "recommendations.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"\b\d+\b", said.partition("```")[0])]
    helped, before = counts["helps"], counts["before"]
    assert len(ROWS) == 165
    assert numbers == [
        helped.total(), helped["yes"], helped["partly"], helped["no"],
        before["yes"], before["partly"], before["no"],
    ]  # fmt: skip
    assert helped["yes"] >= 100
