"""The self-check without a browser: whoever drives the page may set any trait to anything."""

import json
from pathlib import Path

import pytest

from copehope_lib import language
from copehope_lib.instruments import INSTRUMENTS, read
from copehope_lib.instruments.wording import wording as own_wording
from copehope_lib.panels.self_check import SelfCheckPage
from copehope_lib.self_check.intake import Intake, Invitation, given_invitation


@pytest.fixture
def page() -> SelfCheckPage:
    return SelfCheckPage(*given_invitation())


def test_nothing_is_shown_before_she_asks_for_it(page: SelfCheckPage) -> None:
    page.questions.answers = {"1": 4, "5": 4}
    assert page.result.layout.display == "none"
    assert page.card.reading == ""
    page.questions.finish()
    assert page.result.layout.display == ""
    assert page.card.reading == "What weighed on you: exhaustion."


def test_what_was_chosen_last_counts_though_it_comes_with_the_last_word(
    page: SelfCheckPage,
) -> None:
    page.questions.answers = {"1": 4}
    page.questions._hear(page.questions, {"kind": "finish", "answers": {"1": 4, "5": 4}}, [])
    assert page.questions.chosen() == {1: 4, 5: 4}
    assert page.card.reading == "What weighed on you: exhaustion."
    page.questions._hear(page.questions, {"kind": "finish", "answers": 7}, [])
    assert page.questions.chosen() == {1: 4, 5: 4}


def test_a_changed_answer_changes_the_result(page: SelfCheckPage) -> None:
    page.questions.answers = {"1": 4, "5": 4}
    page.questions.finish()
    page.questions.answers = {"1": 0, "5": 0, "3": 4, "7": 4}
    assert page.card.reading == "What carried you: support from the team."


@pytest.mark.parametrize("nonsense", [{}, {"1": 9}, {"x": 1}, {"99": 1}, {"1": -1}, {"1": 10**30}])
def test_nonsense_from_the_page_is_no_answer(page: SelfCheckPage, nonsense: dict[str, int]) -> None:
    page.questions.answers = nonsense
    page.questions.finish()
    assert page.questions.chosen() == {}
    assert "too few answers" in page.card.reading


def test_what_did_not_apply_is_as_if_it_was_not_answered(page: SelfCheckPage) -> None:
    page.questions.answers = {"1": 4, "5": 2, "9": -1}
    page.questions.finish()
    assert page.questions.chosen() == {1: 4, 5: 2}
    assert json.loads(page.closing.content)["scores"] == {"exhaustion": 3.0}
    assert page.questions.items[0]["choices"][-1] == [-1, "Did not apply"]
    page.questions.answers = {"1": 4, "5": -1, "9": -1}
    assert "too few answers" in page.card.reading


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 2, "instrument": "month_check"}',
     '{"format": 1, "instrument": "cbi", "version": 1, "scores": {}}',
     '{"format": 1, "instrument": "month_check", "version": 1, "scores": {"rest": 1}}',
     '{"format": 1, "instrument": "month_check", "version": 2, "scores": {"rest": "x"}}',
     '{"format": 1, "instrument": "month_check", "version": 2, "scores": 7}'],
)  # fmt: skip
def test_a_file_that_is_not_hers_is_a_sentence(page: SelfCheckPage, text: str) -> None:
    page.closing.compare(text)
    assert page.closing.compared.startswith("This is no result of the same self-check")
    assert page.state.earlier == {}


def test_her_own_file_is_compared_and_kept_nowhere(page: SelfCheckPage) -> None:
    page.questions.answers = {"8": 4, "12": 4}
    page.questions.finish()
    kept = page.closing.content
    page.questions.answers = {"8": 1, "12": 1}
    page.closing.compare(kept)
    assert page.state.earlier == {"rest": 4.0}
    assert "Earlier" in page.card.table
    assert json.loads(page.closing.content)["scores"] == {"rest": 1.0}


@pytest.mark.parametrize("code", language.LANGUAGES[1:])
def test_every_language_asks_the_same_and_keeps_the_answers(page: SelfCheckPage, code: str) -> None:
    page.questions.answers = {"1": 4, "5": 4}
    page.questions.finish()
    english = [item["text"] for item in page.questions.items]
    page.questions.language = code
    spoken = [item["text"] for item in page.questions.items]
    assert len(spoken) == len(english)
    assert not set(spoken) & set(english)
    assert page.questions.chosen() == {1: 4, 5: 4}
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


STRENGTHS = (3, 4, 7, 8, 11, 12)
WEIGHTS = (1, 2, 5, 6, 9, 10)
NO_ALL_CLEAR = ("nothing stands out", "in the middle")
HELP, MEANS = "Where help is", "What it may mean"


def answered(name: str, answers: dict[int, int], wording: bool = False) -> SelfCheckPage:
    """The page of an instrument, with the team's own wording or none, answered."""
    of = read(name)
    if wording:
        rows = "".join(f"{item},Sentence {item}\n" for item in of.items)
        of = of.model_copy(update={"wording": own_wording(of, f"item,text\n{rows}".encode())})
    page = SelfCheckPage(Invitation(of.model_dump(mode="json"), contacts=("Ada, 93",)), None)
    page.questions.answers = {str(item): value for item, value in answers.items()}
    page.questions.finish()
    return page


def test_strengths_that_are_low_are_named_beside_weights_in_the_middle() -> None:
    page = answered("month_check", dict.fromkeys(STRENGTHS, 0) | dict.fromkeys(WEIGHTS, 2))
    for scale in ("support from the team", "rest"):
        assert scale in page.card.reading
    assert page.card.reading.startswith("What you had little of: ")
    assert not any(words in page.card.reading.lower() for words in NO_ALL_CLEAR)


@pytest.mark.parametrize("other", [None, 0, 4])
@pytest.mark.parametrize("item", [3, 4])
@pytest.mark.parametrize("value", [0, 1])
def test_no_page_says_that_all_is_in_the_middle_beside_a_low_strength(
    item: int, value: int, other: int | None
) -> None:
    middle = dict.fromkeys((*STRENGTHS, *WEIGHTS), 2)
    three = {item: value, item + 4: value} | ({} if other is None else {item + 8: other})
    page = answered("month_check", {n: v for n, v in middle.items() if n != item + 8} | three)
    low = sum(list(three.values())) / len(three) <= 0.4 * 4
    assert ("What you had little of" in page.card.reading) == low
    if low:
        assert not any(words in page.card.reading.lower() for words in NO_ALL_CLEAR)


def test_images_that_come_back_without_support_bring_help_first() -> None:
    page = answered("month_check", {2: 4, 6: 0, 3: 0, 7: 4})
    said, shown = page.card.reading, page.meaning.value
    assert "reason enough to talk to somebody" in said
    assert not any(words in said.lower() for words in NO_ALL_CLEAR)
    assert shown.index(HELP) < shown.index(MEANS)
    assert "came back when I did not want them. – Nearly always" in shown
    assert "was there for me. – Never" in shown
    assert shown.index("Ada, 93") < shown.index("112")


@pytest.mark.parametrize(
    ("item", "value", "told"),
    [(2, 3, True), (2, 2, False), (4, 1, True), (4, 2, False), (3, 1, True), (8, 0, False)],
)
def test_one_answer_alone_can_bring_help(item: int, value: int, told: bool) -> None:
    page = answered("month_check", dict.fromkeys((*STRENGTHS, *WEIGHTS), 2) | {item: value})
    assert ("reason enough" in page.card.reading) == told
    assert (page.meaning.value.index(HELP) < page.meaning.value.index(MEANS)) == told


def test_an_answer_that_asks_for_help_is_heard_where_there_is_no_score() -> None:
    page = answered("proqol", {25: 5})
    assert "too few answers" in page.card.reading
    assert "reason enough" in page.card.reading
    assert "Item 25 – 5" in page.meaning.value


@pytest.mark.parametrize("wording", [False, True])
@pytest.mark.parametrize("name", INSTRUMENTS[1:])
def test_every_published_instrument_names_each_score_whether_its_wording_is_there_or_not(
    name: str, wording: bool
) -> None:
    of = read(name)
    middle = of.answers[len(of.answers) // 2 - 1]
    page = answered(name, dict.fromkeys(of.items, middle), wording)
    for key in of.scales:
        assert f"{key.code.label}: " in page.card.reading
    assert not any(words in page.card.reading.lower() for words in NO_ALL_CLEAR)


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("code", language.LANGUAGES)
def test_whoever_cannot_go_on_finds_whom_to_call_under_every_result(name: str, code: str) -> None:
    of = read(name)
    page = answered(name, dict.fromkeys(of.items, of.answers[-1]))
    page.questions.language = code
    shown = page.meaning.value
    for line in ("112", "024", "02 2327 2327"):
        assert line in shown
    assert shown.index("Ada, 93") < shown.index("112")
    language.use("en")
