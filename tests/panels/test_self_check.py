"""The self-check without a browser: whoever drives the page may set any trait to anything."""

import json
from pathlib import Path

import pytest

from copehope_lib import language
from copehope_lib.instruments import read
from copehope_lib.panels.self_check import SelfCheckPage
from copehope_lib.self_check.intake import Intake, Invitation, given_invitation


@pytest.fixture
def page() -> SelfCheckPage:
    return SelfCheckPage(*given_invitation())


def test_nothing_is_shown_before_she_asks_for_it(page: SelfCheckPage) -> None:
    page.questions.answers = {"1": 4}
    assert page.result.layout.display == "none"
    assert page.card.reading == ""
    page.questions.finish()
    assert page.result.layout.display == ""
    assert page.card.reading == "What weighed on you: exhaustion."


def test_a_changed_answer_changes_the_result(page: SelfCheckPage) -> None:
    page.questions.answers = {"1": 4}
    page.questions.finish()
    page.questions.answers = {"1": 0, "6": 4}
    assert page.card.reading == "What carried you: support from the team."


@pytest.mark.parametrize("nonsense", [{}, {"1": 9}, {"x": 1}, {"99": 1}, {"1": -1}, {"1": 10**30}])
def test_nonsense_from_the_page_is_no_answer(page: SelfCheckPage, nonsense: dict[str, int]) -> None:
    page.questions.answers = nonsense
    page.questions.finish()
    assert page.questions.chosen() == {}
    assert "too few answers" in page.card.reading


def test_what_helps_is_asked_and_belongs_to_no_scale(page: SelfCheckPage) -> None:
    page.questions.answers = {"17": 4}
    page.questions.finish()
    assert page.questions.chosen() == {17: 4}
    assert "too few answers" in page.card.reading


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 2, "instrument": "month_check"}',
     '{"format": 1, "instrument": "cbi", "version": 1, "scores": {}}',
     '{"format": 1, "instrument": "month_check", "version": 1, "scores": {"rest": "x"}}',
     '{"format": 1, "instrument": "month_check", "version": 1, "scores": 7}'],
)  # fmt: skip
def test_a_file_that_is_not_hers_is_a_sentence(page: SelfCheckPage, text: str) -> None:
    page.closing.compare(text)
    assert page.closing.compared.startswith("This is no result of the same self-check")
    assert page.state.earlier == {}


def test_her_own_file_is_compared_and_kept_nowhere(page: SelfCheckPage) -> None:
    page.questions.answers = {"8": 4}
    page.questions.finish()
    kept = page.closing.content
    page.questions.answers = {"8": 1}
    page.closing.compare(kept)
    assert page.state.earlier == {"rest": 4.0}
    assert "Earlier" in page.card.table
    assert json.loads(page.closing.content)["scores"] == {"rest": 1.0}


@pytest.mark.parametrize("code", language.LANGUAGES[1:])
def test_every_language_asks_the_same_and_keeps_the_answers(page: SelfCheckPage, code: str) -> None:
    page.questions.answers = {"1": 4}
    page.questions.finish()
    english = [item["text"] for item in page.questions.items]
    page.questions.language = code
    spoken = [item["text"] for item in page.questions.items]
    assert len(spoken) == len(english)
    assert not set(spoken) & set(english)
    assert page.questions.chosen() == {1: 4}
    assert page.card.reading != "What weighed on you: exhaustion."
    page.questions.language = "<b>"
    assert language.current() == code


def test_without_a_server_or_a_wave_nothing_is_given(page: SelfCheckPage, tmp_path: Path) -> None:
    page.closing.give("K7QM-2PXD-93TA")
    assert (page.closing.said, page.closing.given) == ("", False)
    intake = Intake(Invitation(read("month_check").model_dump(mode="json")), tmp_path)
    folder = intake.write_to(tmp_path / "server").parent
    other = SelfCheckPage(intake.invitation, folder)
    other.questions.finish()
    assert not other.closing.taking


def test_an_instrument_without_wording_shows_numbers_and_names_its_bands() -> None:
    page = SelfCheckPage(Invitation(read("cbi").model_dump(mode="json")), None)
    page.questions.answers = {str(item): 75 for item in range(1, 7)}
    page.questions.finish()
    assert page.card.reading == "Personal burn-out: 75 of 100 (high)."
    assert page.questions.items[0]["text"] == "Item 1"
    assert "The bands are those of its authors" in page.meaning.value


def test_contacts_are_words_and_never_markup() -> None:
    of = read("month_check").model_dump(mode="json")
    page = SelfCheckPage(Invitation(of, contacts=("<script>alert(1)</script>",)), None)
    page.questions.answers = {"1": 1}
    page.questions.finish()
    assert "<script>" not in page.meaning.value
