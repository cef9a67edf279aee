"""A page that was drawn once shows what a kernel would show, for each thing that is chosen."""

import gzip
import json
import shutil
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import traitlets

from copehope_lib import demo
from copehope_lib.documents import csv, html
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.panels.cards import CARDS, panel, parts
from copehope_lib.panels.panel import Seen, drawn_or_why
from copehope_lib.panels.register import PAGES, pages
from copehope_lib.panels.state import State
from copehope_lib.privacy.audience import AUDIENCES, TEAM
from copehope_lib.recommendations import RECOMMENDATIONS
from copehope_lib.server.launch import dashboards
from copehope_lib.site.draw import SELF_CHECK, Data, as_script, draw, reading_page
from tests.night import chosen

LARGEST = 100_000
"""Bytes that a page of a month may have on its way."""
DRAWN = [
    (page.name, audience)
    for audience in AUDIENCES
    for page in pages(AUDIENCES[audience])
    if page.name in CARDS
]
BY_DAY = [("caseload", "supervision"), ("needs", "partner"), ("wellbeing", "team")]


@pytest.mark.parametrize(("name", "audience"), chosen(BY_DAY, DRAWN))
def test_each_view_is_what_a_kernel_shows_when_the_same_is_chosen(name: str, audience: str) -> None:
    extract = Extract(demo.workspace().extracts, audience)
    month = extract.months[-2]
    live = panel(name, extract.until(month), State.of(extract.until(month)))
    chosen_on = None if not extract.audience.cases else {"site": extract.sites[0]}
    by_address: dict[str, list[tuple[str, Data]]] = {}
    for card in draw(name, extract, month, chosen_on)["cards"]:
        for address, view in card["views"].items():
            by_address.setdefault(address, []).append((card["name"], view))
    assert len(by_address[""]) == len(live.cards)
    for address in chosen([*by_address][:4], by_address):
        with live.state.hold_trait_notifications():
            live.state.reset()
            for choice, code in parse_qsl(address):
                setattr(live.state, choice, code)
        for of, view in by_address[address]:
            there, table = live.cards[of], live.cards[of].shown
            assert view["reading"] == there.reading
            assert view["why"] == there.why
            assert view["source"] == there.source
            assert view["figure"] == (json.loads(there.figure) if there.figure else None)
            assert view["table"] == ("" if table is None else html.table(table))
            if table is not None:
                words = csv.as_csv(table.readable().assign(Source=there.source))
                assert view["csv"].splitlines()[1:] == words.splitlines()[1:]


def test_what_may_be_chosen_is_drawn_for_each_card_that_reads_it() -> None:
    extract = Extract(demo.workspace().extracts, "team")
    page = draw("engagement", extract, extract.months[-1])
    by_name = {card["name"]: card for card in page["cards"]}
    barriers = [f"barrier={code}" for _word, code in page["choices"]["barrier"] if code]
    assert {*barriers} < {*by_name["engagement-barriers"]["views"]}
    assert by_name["engagement-flows"]["reads"] == []
    assert [*by_name["engagement-flows"]["views"]] == [""]


def test_a_page_of_a_month_is_light() -> None:
    extract = Extract(demo.workspace().extracts, "team")
    sizes = {}
    for name in chosen(["itineraries"], [name for name in CARDS if PAGES[name] in pages(TEAM)]):
        script = as_script(draw(name, extract, extract.months[-1]))
        sizes[name] = len(gzip.compress(script.encode()))
    print("bytes, compressed:", sizes)
    assert max(sizes.values()) <= LARGEST


def test_what_is_not_to_be_had_is_refused() -> None:
    extract = Extract(demo.workspace().extracts, "team")
    with pytest.raises(traitlets.TraitError):
        draw("needs", extract, extract.months[-1], {"need": "gold"})
    with pytest.raises(CopehopeError):
        draw("needs", extract, extract.months[0] - 1)


@pytest.mark.parametrize("name", PAGES)
def test_a_notebook_that_draws_cards_needs_no_kernel(name: str) -> None:
    needs_none = name in CARDS or name == SELF_CHECK
    assert reading_page(dashboards() / f"{name}.ipynb") == (name if needs_none else None)


def test_a_check_changes_its_own_card_and_leaves_each_other_one_as_it_is() -> None:
    extract = Extract(demo.workspace().extracts, "team")
    cards = draw("practice", extract, extract.months[-1])["cards"]
    of = parts("practice", extract)
    every = [code for code in RECOMMENDATIONS if code in State.of(extract).choices("check")]
    for code in chosen(every[::5], every):
        state = State.of(extract)
        state.check = code
        expected = [drawn_or_why(part, Seen(extract, state)).reading for part in of]
        found = [card["views"].get(f"check={code}", card["views"][""])["reading"] for card in cards]
        assert found == expected
        assert sum(f"check={code}" in card["views"] for card in cards) == 1


def test_a_notebook_that_does_more_is_run_by_a_kernel(tmp_path: Path) -> None:
    changed = tmp_path / "needs.ipynb"
    shutil.copy(dashboards() / "needs.ipynb", changed)
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("pages.needs()", "pages.needs().children"), encoding="utf-8")
    assert reading_page(changed) is None
