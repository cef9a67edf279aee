"""The self-check without a browser: what its script makes of answers, and what it asks."""

import json
from typing import Any

import pytest

from copehope_lib import language
from copehope_lib.instruments import INSTRUMENTS, read
from copehope_lib.instruments.wording import wording as own_wording
from copehope_lib.panels.self_check import OUTCOMES, SelfCheckPage, told
from copehope_lib.self_check.intake import Invitation, given_invitation
from tests.javascript.test_javascript import scored

STRENGTHS = (3, 4, 7, 8, 11, 12)
WEIGHTS = (1, 2, 5, 6, 9, 10)
NO_ALL_CLEAR = ("nothing stands out", "in the middle")


def page_of(name: str, wording: bool = False) -> dict[str, Any]:
    """What the page of an instrument asks, with the team's own wording or none."""
    of = read(name)
    if wording:
        rows = "".join(f"{item},Sentence {item}\n" for item in of.items)
        of = of.model_copy(update={"wording": own_wording(of, f"item,text\n{rows}".encode())})
    return told(Invitation(of.model_dump(mode="json"), contacts=("Ada, 93",)))


def answered(name: str, answers: dict[Any, Any], **other: Any) -> dict[str, Any]:
    """What the script makes of answers to an instrument."""
    page = page_of(name, other.pop("wording", False))
    (made,) = scored(page, [{"answers": answers, **other}])
    return made


def test_what_is_chosen_has_no_way_to_the_kernel_and_what_is_asked_cannot_be_changed() -> None:
    view = SelfCheckPage(given_invitation()).view
    asked = view.page
    view.set_state({"answers": {"1": 4}})
    assert not hasattr(view, "answers")
    assert view.page == asked
    assert set(view.get_state()) & {"answers", "finished", "slip", "scores"} == set()


@pytest.mark.parametrize("nonsense", [{}, {"1": 9}, {"x": 1}, {"99": 1}, {"1": -1}, {"1": "4"}])
def test_nonsense_is_no_answer(nonsense: dict[str, Any]) -> None:
    made = answered("month_check", nonsense)
    assert made["scores"] == {}
    assert "too few answers" in made["reading"]


def test_what_did_not_apply_is_as_if_it_was_not_answered() -> None:
    made = answered("month_check", {1: 4, 5: 2, 9: -1})
    assert json.loads(made["kept"])["scores"] == {"exhaustion": 3}
    assert page_of("month_check")["spoken"]["en"]["choices"][-1] == (-1, "Did not apply")
    assert "too few answers" in answered("month_check", {1: 4, 5: -1, 9: -1})["reading"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 2, "instrument": "month_check"}',
     '{"format": 1, "instrument": "cbi", "version": 1, "scores": {}}',
     '{"format": 1, "instrument": "month_check", "version": 1, "scores": {"rest": 1}}',
     '{"format": 1, "instrument": "month_check", "version": 2, "scores": {"rest": "x"}}',
     '{"format": 1, "instrument": "month_check", "version": 2, "scores": null}',
     '{"format": 1, "instrument": "month_check", "version": 2, "scores": [7]}'],
)  # fmt: skip
def test_a_file_that_is_not_hers_is_known(text: str) -> None:
    assert answered("month_check", {}, file=text)["earlier"] is None


def test_her_own_file_can_be_compared_with() -> None:
    kept = answered("month_check", {8: 4, 12: 4})["kept"]
    assert answered("month_check", {8: 1, 12: 1}, file=kept)["earlier"] == {"rest": 4}


@pytest.mark.parametrize("code", language.LANGUAGES[1:])
def test_every_language_asks_the_same_in_its_own_words(code: str) -> None:
    spoken = page_of("month_check")["spoken"]
    english, other = spoken["en"], spoken[code]
    assert list(english["items"]) == list(other["items"])
    assert not {*english["items"].values()} & {*other["items"].values()}
    weighed = answered("month_check", {1: 4, 5: 4}, language=code)["reading"]
    assert weighed != "What weighed on you: exhaustion."
    assert other["scales"]["exhaustion"].lower() in weighed


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_whatever_may_become_of_answers_has_a_sentence(code: str) -> None:
    said = page_of("month_check")["spoken"][code]["said"]
    assert set(said) == {*OUTCOMES}
    assert all(text.endswith(".") for text in said.values())


def test_the_page_begins_in_the_language_in_use_and_leaves_it_as_it_was() -> None:
    language.use("ca")
    assert page_of("month_check")["language"] == "ca"
    assert language.current() == "ca"
    language.use("en")


def test_an_instrument_without_wording_shows_numbers_and_names_its_bands() -> None:
    made = answered("cbi", dict.fromkeys(range(1, 7), 75))
    assert made["reading"] == "Personal burn-out: 75 of 100 (high)."
    english = page_of("cbi")["spoken"]["en"]
    assert english["items"][1] == "Item 1"
    assert "The bands are those of its authors" in english["meaning"][1][1]


def test_a_score_with_a_half_is_written_as_each_language_writes_it() -> None:
    half = {3: 3, 7: 2}
    assert answered("month_check", half)["scores"]["support"]["score"] == 2.5
    given = dict.fromkeys(read("olbi").items, 1) | {2: 2}
    assert "2.4 of 4" in answered("olbi", given)["reading"]
    assert "2,4 su 4" in answered("olbi", given, language="it")["reading"]


def test_strengths_that_are_low_are_named_beside_weights_in_the_middle() -> None:
    made = answered("month_check", dict.fromkeys(STRENGTHS, 0) | dict.fromkeys(WEIGHTS, 2))
    for scale in ("support from the team", "rest"):
        assert scale in made["reading"]
    assert made["reading"].startswith("What you had little of: ")
    assert not any(words in made["reading"].lower() for words in NO_ALL_CLEAR)


@pytest.mark.parametrize("other", [None, 0, 4])
@pytest.mark.parametrize("item", [3, 4])
@pytest.mark.parametrize("value", [0, 1])
def test_no_page_says_that_all_is_in_the_middle_beside_a_low_strength(
    item: int, value: int, other: int | None
) -> None:
    middle = dict.fromkeys((*STRENGTHS, *WEIGHTS), 2)
    three = {item: value, item + 4: value} | ({} if other is None else {item + 8: other})
    given = {n: v for n, v in middle.items() if n != item + 8} | three
    said = answered("month_check", given)["reading"]
    low = sum(list(three.values())) / len(three) <= 0.4 * 4
    assert ("What you had little of" in said) == low
    if low:
        assert not any(words in said.lower() for words in NO_ALL_CLEAR)


def test_answers_that_ask_for_help_are_named_with_their_words() -> None:
    made = answered("month_check", {2: 4, 6: 0, 3: 0, 7: 4})
    assert "reason enough to talk to somebody" in made["reading"]
    assert not any(words in made["reading"].lower() for words in NO_ALL_CLEAR)
    first, second = made["mattering"]
    assert first.endswith("came back when I did not want them. – Nearly always")
    assert second.endswith("was there for me. – Never")


@pytest.mark.parametrize(
    ("item", "value", "told"),
    [(2, 3, True), (2, 2, False), (4, 1, True), (4, 2, False), (3, 1, True), (8, 0, False)],
)
def test_one_answer_alone_can_bring_help(item: int, value: int, told: bool) -> None:
    made = answered("month_check", dict.fromkeys((*STRENGTHS, *WEIGHTS), 2) | {item: value})
    assert ("reason enough" in made["reading"]) == told
    assert bool(made["mattering"]) == told


def test_an_answer_that_asks_for_help_is_heard_where_there_is_no_score() -> None:
    made = answered("proqol", {25: 5})
    assert "too few answers" in made["reading"]
    assert "reason enough" in made["reading"]
    assert made["mattering"] == ["Item 25 – 5"]


@pytest.mark.parametrize("wording", [False, True])
@pytest.mark.parametrize("name", INSTRUMENTS[1:])
def test_every_published_instrument_names_each_score_whether_its_wording_is_there_or_not(
    name: str, wording: bool
) -> None:
    of = read(name)
    middle = of.answers[len(of.answers) // 2 - 1]
    said = answered(name, dict.fromkeys(of.items, middle), wording=wording)["reading"]
    for key in of.scales:
        assert f"{key.code.label}: " in said
    assert not any(words in said.lower() for words in NO_ALL_CLEAR)


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("code", language.LANGUAGES)
def test_whoever_cannot_go_on_finds_whom_to_call_beside_every_result(name: str, code: str) -> None:
    page = page_of(name)
    there = page["spoken"][code]["help"]
    assert "112" in there["crisis"]
    assert ["024" in there["lines"][0], "02 2327 2327" in there["lines"][1]] == [True, True]
    assert page["contacts"] == ["Ada, 93"]
