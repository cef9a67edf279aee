"""One register of pages and one of cards: what lists them elsewhere is derived, or refused."""

import inspect
from collections import Counter

import pytest

from copehope_lib import demo, language, pages
from copehope_lib.documents.pack import content
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.meeting.steps import STEPS
from copehope_lib.panels import register
from copehope_lib.panels.cards import CARDS, parts, parts_of
from copehope_lib.panels.columns import COLUMNS, VOCABULARIES, heading
from copehope_lib.panels.panel import PageCard
from copehope_lib.panels.register import PAGES
from copehope_lib.panels.state import CHOICES
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.server.launch import dashboards

EVERY = {card.name: card for cards in CARDS.values() for card in cards}
NAMED = {
    **{f"step {step.code}": step.cards for step in STEPS},
    **{f"section {code}": names for code, names in content.CARDS.items()},
    "what changed": (*content.CHANGED, *content.ROUNDED, content.HIDDEN),
}
"""What lists cards outside of their pages."""


@pytest.fixture(params=AUDIENCES)
def extract(request: pytest.FixtureRequest) -> Extract:
    return Extract(demo.workspace().extracts, request.param)


def test_every_page_has_a_notebook_and_every_notebook_a_page() -> None:
    there = {path.name for path in dashboards().glob("*.ipynb")}
    registered = {page.file for page in PAGES.values()}
    assert there == registered, "write the page into panels/register.py, or its notebook"


def test_every_page_has_what_makes_it() -> None:
    assert set(pages.VIEWS) == set(PAGES)
    assert set(CARDS) <= set(PAGES)


def test_each_page_is_an_attribute_that_is_listed_and_says_what_it_is() -> None:
    assert set(PAGES) <= set(dir(pages))
    for name, page in PAGES.items():
        make = getattr(pages, name)
        assert make.__name__ == name
        assert page.english in (inspect.getdoc(make) or "")


def test_a_page_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match="no page 'caselod': the nearest is 'caseload'"):
        pages.caselod  # noqa: B018


def test_who_sees_fewer_cases_has_fewer_pages() -> None:
    names = {name: [page.name for page in register.pages(of)] for name, of in AUDIENCES.items()}
    assert names["supervision"] == list(PAGES)
    assert names["team"] == [name for name in PAGES if PAGES[name].sees != "cases"]
    assert names["partner"] == [name for name in PAGES if PAGES[name].sees == "all"]


def test_a_card_has_its_name_once_and_it_begins_with_its_page() -> None:
    for page, cards in CARDS.items():
        assert all(card.name.startswith(f"{page}-") for card in cards)
        # A card may stand at two places of a page, and then for different audiences.
        for name, n in Counter(card.name for card in cards).items():
            places = [card for card in cards if card.name == name]
            assert len({what for card in places for what in card.sizes}) >= n


def test_a_card_is_shown_once_on_the_page_of_an_audience(extract: Extract) -> None:
    for page in CARDS:
        names = [part.name for part in parts(page, extract)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("card", EVERY.values(), ids=EVERY)
def test_a_card_leads_to_pages_and_choices_that_there_are(card: PageCard) -> None:
    page, _dash, _name = card.name.partition("-")
    assert not card.link or card.link in PAGES
    assert not card.sets or card.sets in PAGES[page].choices
    assert set(PAGES[page].choices) <= set(CHOICES)


@pytest.mark.parametrize("names", NAMED.values(), ids=NAMED)
def test_whatever_names_cards_names_those_of_the_register(
    names: tuple[str, ...], extract: Extract
) -> None:
    known = {part.name for page in CARDS for part in parts(page, extract)}
    assert set(names) <= set(EVERY)
    assert [part.name for part in parts_of(extract, names)] == [n for n in names if n in known]


def test_a_name_that_is_no_card_is_refused_with_the_nearest(extract: Extract) -> None:
    with pytest.raises(CopehopeError, match="no card needs-coverag: the nearest is needs-coverage"):
        parts_of(extract, ["needs-coverage", "needs-coverag"])


def test_a_card_that_is_not_for_an_audience_is_no_error() -> None:
    partner = Extract(demo.workspace().extracts, "partner")
    assert parts_of(partner, ["engagement-strip", "caseload-load", "practice-findings"]) == []


def test_a_column_without_a_heading_says_where_to_write_one() -> None:
    with pytest.raises(ValueError, match=r"Column star_sign has no heading: .*columns\.COLUMNS"):
        heading("star_sign")
    assert set(VOCABULARIES) <= set(COLUMNS)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_navigation_speaks_every_language(spoken: str) -> None:
    language.use(spoken)
    assert len({page.title for page in PAGES.values()}) == len(PAGES)
