"""Wellbeing without a browser: what is shown, and what says why it is not."""

import json
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
    for name in ("wellbeing-scales", "wellbeing-help", "wellbeing-bands", "wellbeing-wave"):
        assert panel.cards[name].reading.startswith("Fewer than 5 answered")
    assert "few" in panel.cards["wellbeing-wave"].table
    words = json.loads(panel.cards["wellbeing-months"].figure)["layout"]["annotations"]
    assert [note["text"] for note in words] == ["few<br>answers"]


def test_waves_that_are_shown_together_say_so(extract: Extract) -> None:
    panel = panel_of("wellbeing", extract)
    assert "August 2026 to October 2026 are shown together" in panel.cards["wellbeing-wave"].reading
    panel.state.month = "2026-06"
    assert "together" not in panel.cards["wellbeing-wave"].reading


def test_a_reading_says_what_the_published_table_says(extract: Extract) -> None:
    table = extract.table("wellbeing.scales", extract.months[-1])
    weighs = table[~table["strength"]].sort_values("mean").iloc[-1]
    reading = panel_of("wellbeing", extract).cards["wellbeing-scales"].reading
    assert f"between {weighs['low']:g} and {weighs['high']:g} of 4" in reading
    figure = json.loads(panel_of("wellbeing", extract).cards["wellbeing-scales"].figure)
    ranges = [trace["x"] for trace in figure["data"][1:9]]
    assert ranges[0] == pytest.approx([table["low"][0] / 4, table["high"][0] / 4])


def test_a_team_without_a_self_check_is_told_so(published: Workspace) -> None:
    panel = panel_of("wellbeing", Extract(published.extracts, "team"))
    assert panel.cards["wellbeing-scales"].reading == "There is no self-check of October 2026."
    assert panel.cards["wellbeing-months"].reading == "0 of 1 months have a picture of how we are."
    assert all(card.reading.endswith(".") for card in panel.cards.values())


Put = Callable[[str, int], Extract]


@pytest.fixture
def put(published: Workspace) -> Put:
    """Lay a picture of so many answers of an instrument into an extract."""

    def lay(name: str, n: int) -> Extract:
        instrument, rng = read(name), np.random.default_rng(1)
        given = [
            Answer(name, 1, "2026-10", {i: int(rng.choice(instrument.answers))
                                        for i in instrument.items}, rng.bytes(16).hex())
            for _person in range(n)
        ]  # fmt: skip
        shown = picture("2026-10", {"2026-10": given}, instrument, n, None)
        about = pd.DataFrame(
            [[name, shown.state, shown.rate, 1, "2026-10"]],
            columns=["instrument", "state", "rate", "waves", "since"],
        )
        tables = {"waves": about, "scales": shown.scales, "bands": shown.bands,
                  "items": shown.items}  # fmt: skip
        folder = published.extracts / "2026-10" / "team"
        add(folder, {f"wellbeing.{key}": table for key, table in tables.items()})
        return Extract(published.extracts, "team")

    return lay


@pytest.mark.parametrize(("name", "n", "shown"), [("proqol", 22, True), ("proqol", 12, False),
                                                  ("olbi", 22, False)])  # fmt: skip
def test_bands_are_shown_from_twenty_answers_where_there_are_any(
    put: Put, name: str, n: int, shown: bool
) -> None:
    card = panel_of("wellbeing", put(name, n)).cards["wellbeing-bands"]
    assert ("in the band “high”" in card.reading) == shown
    assert ("it takes 20 answers" in card.reading) != shown
