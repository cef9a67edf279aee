"""Wellbeing without a browser: what is shown, and what says why it is not."""

import json
import shutil
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from copehope_lib import demo
from copehope_lib.extract import Extract
from copehope_lib.instruments import read
from copehope_lib.panels.cards import panel as panel_of
from copehope_lib.privacy.write import add
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.picture import picture
from copehope_lib.workspace import Workspace

Put = Callable[[str, int], Extract]


@pytest.fixture(scope="module")
def extract() -> Extract:
    return Extract(demo.workspace().extracts, "team")


def test_both_audiences_inside_see_the_same(extract: Extract) -> None:
    supervision = panel_of("wellbeing", Extract(demo.workspace().extracts, "supervision"))
    team = panel_of("wellbeing", extract)
    for name, card in team.cards.items():
        if name != "wellbeing-caseload":
            assert supervision.cards[name].reading == card.reading
            assert supervision.cards[name].table == card.table


def test_a_wave_of_few_says_why_and_shows_no_rate(extract: Extract) -> None:
    panel = panel_of("wellbeing", extract)
    panel.state.month = "2026-07"
    for name in ("wellbeing-scales", "wellbeing-wave"):
        assert panel.cards[name].reading.startswith("Fewer than 5 answered")
    assert "few" in panel.cards["wellbeing-wave"].table
    words = json.loads(panel.cards["wellbeing-months"].figure)["layout"]["annotations"]
    assert [note["text"] for note in words] == ["few<br>answers"]


def test_answers_of_another_version_stand_in_no_row_with_those_of_this_one(
    put: Put, published: Workspace
) -> None:
    put("month_check", 9)
    before = published.extracts / "2026-09" / "team"
    shutil.copytree(published.extracts / "2026-10" / "team", before)
    manifest = before / "manifest.json"
    manifest.write_text(manifest.read_text().replace("2026-10", "2026-09"))
    # As an earlier workbench laid it.
    waves = [["month_check", "window", 0.8, 2, "2026-08"]]
    columns = ["instrument", "state", "rate", "waves", "since"]
    add(before, {"wellbeing.waves": pd.DataFrame(waves, columns=columns)})
    panel = panel_of("wellbeing", Extract(published.extracts, "team"))
    card = panel.cards["wellbeing-months"]
    notes = json.loads(card.figure)["layout"]["annotations"]
    assert [note["text"] for note in notes] == ["another<br>version"]
    assert "2026-09" not in card.table.replace("September 2026", "2026-09")
    panel.state.month = "2026-09"
    assert "earlier version" in panel.cards["wellbeing-wave"].reading
    assert "weighs" in panel.cards["wellbeing-scales"].reading


def test_how_many_answered_is_told_by_steps(extract: Extract) -> None:
    panel = panel_of("wellbeing", extract)
    card = panel.cards["wellbeing-wave"]
    assert card.reading == "9 or more answered. From 20 answers on, more is told."
    panel.state.month = "2026-09"
    assert card.reading == "5 or more answered. From 9 answers on, more is told."


def test_a_reading_says_what_the_published_table_says(extract: Extract) -> None:
    table = extract.table("wellbeing.scales", extract.months[-1])
    assert table["scale"].tolist() == ["weighs", "carries"]
    panel = panel_of("wellbeing", extract)
    reading = panel.cards["wellbeing-scales"].reading
    for name, row in zip(("weighs", "carries"), table.to_dict("records"), strict=True):
        said = f"What {name}: between {round(row['low'], 1):g} and {round(row['high'], 1):g} of 4."
        assert said in reading
    figure = json.loads(panel.cards["wellbeing-scales"].figure)
    ranges = [trace["x"] for trace in figure["data"][1:3]]
    assert ranges[0] == pytest.approx([table["low"][0] / 4, table["high"][0] / 4])
    panel.state.month = "2026-09"
    reading = panel.cards["wellbeing-scales"].reading
    assert reading.startswith("What weighs minus what carries: between ")
    assert "on a scale from -4 to 4" in reading


def test_a_team_without_a_self_check_is_told_so(published: Workspace) -> None:
    panel = panel_of("wellbeing", Extract(published.extracts, "team"))
    assert panel.cards["wellbeing-scales"].reading == "There is no self-check of October 2026."
    assert panel.cards["wellbeing-months"].reading == "0 of 1 months have a picture of how we are."
    assert all(card.reading.endswith(".") for card in panel.cards.values())


@pytest.fixture
def put(published: Workspace) -> Put:
    """Lay a picture of so many answers of an instrument into an extract."""

    def lay(name: str, n: int) -> Extract:
        instrument, rng = read(name), np.random.default_rng(1)
        given = [
            Answer(name, instrument.version, "2026-10",
                   {i: int(rng.choice(instrument.answers)) for i in instrument.items})
            for _person in range(n)
        ]  # fmt: skip
        shown = picture("2026-10", given, instrument)
        about = pd.DataFrame(
            [[name, shown.version, shown.state, shown.least]],
            columns=["instrument", "version", "state", "least"],
        )
        tables = {"waves": about, "scales": shown.scales}
        folder = published.extracts / "2026-10" / "team"
        add(folder, {f"wellbeing.{key}": table for key, table in tables.items()})
        return Extract(published.extracts, "team")

    return lay


@pytest.mark.parametrize(
    ("name", "n", "said"),
    [("proqol", 20, "What weighs most: "), ("proqol", 12, "What weighs: "),
     ("proqol", 5, "What weighs minus what carries: "), ("cbi", 5, "What weighs: ")],
)  # fmt: skip
def test_a_published_instrument_is_told_by_the_same_steps(
    put: Put, name: str, n: int, said: str
) -> None:
    assert panel_of("wellbeing", put(name, n)).cards["wellbeing-scales"].reading.startswith(said)
