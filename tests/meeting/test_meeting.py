"""The meeting without a browser: set, hear, look at what the record holds."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as ipw
import pandas as pd
import pytest

from copehope_lib import demo
from copehope_lib.extract import Extract
from copehope_lib.files import sealing
from copehope_lib.guard import Found, find
from copehope_lib.meeting.earlier import Earlier
from copehope_lib.meeting.preparation import Preparation
from copehope_lib.meeting.reflection import FactsView, Reflection
from copehope_lib.meeting.steps import CODES, STEPS, MeetingState
from copehope_lib.meeting.supervision import Meeting
from copehope_lib.records import flagged, store
from copehope_lib.records.actions import code_of, done
from copehope_lib.records.record import Entry, Record, read_entry
from copehope_lib.records.session import Place, Session
from tests.meeting.browser import Browser

KEY = sealing.new_key()


@pytest.fixture(scope="module")
def extract() -> Extract:
    return Extract(demo.workspace().extracts, "supervision")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(KEY.public, folder=str(tmp_path))


def kept(place: Place) -> Record:
    return store.open_record(Path(place.folder) / "2026-10", KEY).record


def test_the_month_is_walked_through_in_ten_steps_and_each_is_drawn_when_it_is_reached(
    extract: Extract, place: Place
) -> None:
    meeting = Meeting(extract, place)
    assert len(STEPS) == 10
    assert list(meeting._panels) == ["safety"]
    for code in CODES:
        meeting.stepper.go(code)
        assert meeting.stepper.at == code
        for card in meeting.cards(code).values():
            assert card.reading.endswith(".")
    assert set(meeting._panels) == set(CODES)
    drawn = dict(meeting._panels)
    meeting.stepper.go("arrive")
    assert meeting._panels == drawn


def test_the_meeting_opens_with_safety_and_says_whose_assessment_to_look_at_and_never_why(
    extract: Extract, place: Place
) -> None:
    meeting = Meeting(extract, place)
    cases = extract.table("cases", extract.months[-1])
    marked = list(cases.loc[cases["to_look_at"], "woman"])
    assert 0 < len(marked) < len(cases)
    _hint, _cards, said, _written = meeting.body.children[0].children
    assert re.findall("<li>(.*?)</li>", said.value) == marked
    assert "Look at the assessments of:" in said.value
    assert not any(woman in text_of(meeting.files.make("md")) for woman in marked)


def test_safety_opens_a_meeting_too_whose_record_is_older_than_this_step() -> None:
    state = MeetingState()
    before = [code for code in CODES if code != "safety"]
    state.read({"order": ",".join(before)})
    assert state.order == CODES
    state.read({"order": "closing,arrive"})
    assert state.order[:3] == ["safety", "closing", "arrive"]


def test_steps_are_skipped_and_reordered_and_timed_and_nonsense_changes_nothing() -> None:
    state = MeetingState()
    state.read({"order": ",".join(reversed(CODES)), "minutes": "closing:20", "skipped": "needs"})
    assert state.order == CODES[::-1]
    assert state.minutes["closing"] == 20
    again = MeetingState()
    again.read(state.values())
    assert again.values() == state.values()
    before = state.values()
    state.read({"order": "x,,", "minutes": "arrive:soon,x:3", "skipped": "<b>", "at": "nowhere"})
    assert sorted(state.order) == sorted(CODES)
    assert state.minutes == again.minutes
    assert state.at == before["at"]


@pytest.mark.parametrize(
    "steps", [[], ["x"], [{}], [{"code": "x"}], [{"code": "closing", "minutes": "-4"}], [None]]
)
def test_whoever_drives_the_page_cannot_take_a_step_away(
    extract: Extract, place: Place, steps: list[Any]
) -> None:
    meeting = Meeting(extract, place)
    meeting.stepper.arrange(steps)
    assert sorted(meeting.state.order) == sorted(CODES)
    assert meeting.state.minutes["closing"] == 15


def test_a_skipped_step_is_passed_by_and_can_still_be_visited(
    extract: Extract, place: Place
) -> None:
    meeting = Meeting(extract, place)
    meeting.state.skipped = ["arrive", "actions"]
    onward = meeting.body.children[1]
    assert onward.description == "Next: Caseload"
    meeting.stepper.go("actions")
    assert meeting.state.at == "actions"


def test_what_is_written_is_sealed_at_once_and_marks_its_step(
    extract: Extract, place: Place
) -> None:
    meeting = Meeting(extract, place)
    note, decisions = meeting.editors[:2]
    browser = Browser(meeting.session)
    browser.write(note, note.one, text="We begin")
    key = browser.write(decisions, text="Rest", owner="P-01")
    record = kept(place)
    assert [one.words["text"] for one in record.of("note")] == ["We begin"]
    (decided,) = record.of("decision", step="safety")
    assert (decided.words["owner"], decided.words.get("dimension")) == ("P-01", None)
    assert meeting.stepper.steps[0]["done"]
    onward = meeting.body.children[1]
    browser.write(note, note.one, text="We begin now")
    assert meeting.body.children[1] is onward
    browser.write(decisions, key, gone=True)
    assert kept(place).of("decision") == []
    assert meeting.session.unread == 0


GOOD = {"kind": "decision", "id": "x", "turn": 1, "writer": "a", "words": {"step": "safety"}}


@pytest.mark.parametrize(
    ("kind", "message"),
    [("write", {}), ("write", {"entry": 7}), ("write", {"entry": GOOD | {"kind": "note"}}),
     ("write", {"entry": GOOD | {"words": {"step": "arrive"}}}),
     ("write", {"entry": GOOD | {"words": {"step": "safety", "owner": "x"}}}),
     ("write", {"entry": GOOD | {"turn": "1"}}), ("write", {"entry": GOOD | {"more": 1}}),
     ("replace", {"id": "x", "piece": "y"}), ("keep", {}), ("write", {"entry": []})],
)  # fmt: skip
def test_nonsense_from_a_page_writes_nothing(
    extract: Extract, place: Place, kind: str, message: dict[str, Any]
) -> None:
    meeting = Meeting(extract, place)
    before = dict(meeting.session.record.versions)
    for editor in meeting.editors:
        editor.writing.hear(kind, message)
    assert dict(meeting.session.record.versions) == before
    meeting.editors[1].writing.hear("write", {"entry": GOOD, "page": ""})
    assert "x" in meeting.session.record.versions


def test_a_reloaded_page_goes_on_without_a_key_and_sees_all_with_one(
    extract: Extract, place: Place
) -> None:
    first = Meeting(extract, place)
    Browser(first.session).write(first.editors[0], first.editors[0].one, text="First")
    first.stepper.go("caseload")
    second = Meeting(extract, place)
    assert second.unlock.field.offered
    assert second.state.at == "safety"
    second.unlock.field.turn(b"nonsense", "")
    assert "no key file" in second.unlock.field.said
    assert second.editors[0].writing.items[0]["entry"]["words"]["text"] == ""
    second.unlock.field.turn(KEY.as_file(), "")
    assert second.state.at == "caseload"
    second.stepper.go("safety")
    texts = [
        editor.writing.items[0]["entry"]["words"]["text"] for editor in second.editors if editor.one
    ]
    assert "First" in texts


def test_two_pages_that_write_the_same_note_keep_both_texts(extract: Extract, place: Place) -> None:
    one, other = Meeting(extract, place), Meeting(extract, place)
    mine, hers = Browser(one.session), Browser(other.session)
    note = one.editors[0].one
    mine.write(one.editors[0], note, text="Mine")
    hers.write(other.editors[0], note, text="Hers")
    assert sorted(entry.words["text"] for entry in kept(place).of("note")) == ["Hers", "Mine"]
    one.unlock.field.turn(KEY.as_file(), "")
    assert sorted(texts(one).values()) == ["Hers", "Mine"]
    mine.write(one.editors[0], note, text="Mine, longer")
    one.stepper.go("safety")
    assert "Somebody else wrote" not in one.unlock.field.said
    hers.write(other.editors[0], note, text="Hers, longer")
    one.stepper.go("actions")
    assert "Somebody else wrote" in one.unlock.field.said
    other.stepper.go("actions")
    assert "page" in other.unlock.field.said


def texts(meeting: Meeting) -> dict[str, str]:
    """What stands in the first note of a page, by place."""
    items = meeting.editors[0].writing.items
    return {item["entry"]["id"]: item["entry"]["words"]["text"] for item in items}


def test_what_somebody_else_writes_is_seen_at_once_and_takes_nobody_s_place(
    extract: Extract, place: Place
) -> None:
    one, other = Meeting(extract, place), Meeting(extract, place)
    for meeting in (one, other):
        meeting.stepper.go("safety")
        meeting.unlock.field.turn(KEY.as_file(), "")
    note, hers = one.editors[0].one, Browser(other.session)
    Browser(one.session).write(one.editors[0], note, text="Mine")
    for text in ("Hers", "Hers, longer"):
        hers.write(other.editors[0], note, text=text)
    for meeting in (one, other):
        meeting.unlock.field._hear(meeting.unlock.field, {"kind": "look"}, None)
    assert texts(one)[note] == "Mine"
    assert texts(other)[note] == "Hers, longer"
    assert sorted(texts(one).values()) == sorted(texts(other).values())
    assert "Somebody else wrote" in one.unlock.field.said


def test_what_is_typed_while_somebody_else_changes_it_stands_beside_hers(
    extract: Extract, place: Place
) -> None:
    one, other = Meeting(extract, place), Meeting(extract, place)
    note = one.editors[0].one
    mine, hers = Browser(one.session), Browser(other.session)
    mine.write(one.editors[0], note, text="We begin")
    for meeting in (one, other):
        meeting.unlock.field.turn(KEY.as_file(), "")
    seen = read_entry(one.editors[0].writing.items[0]["entry"])
    hers.write(other.editors[0], note, text="We begin late")
    one.unlock.field._hear(one.unlock.field, {"kind": "look"}, None)
    assert texts(one) == {note: "We begin late"}
    # This page had begun to type before it knew of the other text.
    mine.write(one.editors[0], note, seen, text="We begin with tea")
    assert sorted(texts(one).values()) == ["We begin late", "We begin with tea"]
    assert texts(one)[note] == "We begin with tea"
    other.unlock.field._hear(other.unlock.field, {"kind": "look"}, None)
    assert sorted(texts(other).values()) == ["We begin late", "We begin with tea"]


def test_the_guard_looks_at_what_changed_and_not_at_all_that_is_drawn_again(
    extract: Extract, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(extract, place)
    words = {"step": "safety", "owner": "P-01"}
    many = [Entry("decision", words | {"text": f"Call Ada Okoye, room {n}"}) for n in range(200)]
    meeting.session.record = meeting.session.record.put(many)
    meeting.others()
    looked_at: list[str] = []

    def counted(text: str, allowed: frozenset[str]) -> list[Found]:
        looked_at.append(text)
        return find(text, allowed)

    monkeypatch.setattr(flagged, "find", counted)
    decisions = next(one for one in meeting.editors if one.kind == "decision")
    assert len(decisions.writing.items) == 200
    said, browser = "Call Ada Okoye, room 200", Browser(meeting.session)
    browser.write(decisions, many[7].id, text=said)
    assert looked_at == [said]
    assert sum(bool(item["found"]) for item in decisions.writing.items) == 200
    # The last step looks at them as minutes do, where codes of professionals are no exception.
    meeting.stepper.go("closing")
    looked_at.clear()
    browser.write(decisions, many[8].id, text="Call Ada again")
    assert looked_at == ["Call Ada again"] * 2
    looked_at.clear()
    meeting.others()
    assert looked_at == []


def earlier(meeting: Meeting) -> tuple[str, list[ipw.Checkbox]]:
    """What the second step says of earlier meetings, and its boxes."""
    meeting.stepper.go("actions")
    body = meeting.body.children[0]
    block = next(one for one in body.children if "ch-earlier" in one._dom_classes)
    rows = [one for one in block.children if isinstance(one, ipw.VBox)]
    said = [one.value for one in block.children if isinstance(one, ipw.HTML)]
    return " ".join(said), [row.children[0] for row in rows]


def test_the_decisions_of_last_month_come_back_with_the_key_and_are_ticked(
    extract: Extract, place: Place
) -> None:
    decided = Entry("decision", {"text": "Ask the school", "owner": "P-02"})
    store.add(Path(place.folder) / "2026-09", "2026-09", [decided], KEY.public)
    meeting = Meeting(extract, place)
    Browser(meeting.session)
    said, boxes = earlier(meeting)
    assert "sealed" in said
    assert not boxes
    meeting.unlock.field.turn(KEY.as_file(), "")
    said, [box] = earlier(meeting)
    assert (box.description, box.value) == ("Ask the school", False)
    box.value = True
    assert done([kept(place)]) == {code_of("2026-09", decided): date.today().isoformat()}
    again = Meeting(extract, place)
    Browser(again.session)
    again.unlock.field.turn(KEY.as_file(), "")
    said, [box] = earlier(again)
    assert box.value
    assert "Done Ask the school" in text_of(again.files.make("md"))
    box.value = False
    assert done([kept(place)]) == {}
    assert "Ask the school" not in text_of(again.files.make("md"))


def text_of(minutes: bytes) -> str:
    return re.sub(r"[*:_\s]+", " ", minutes.decode())


def test_the_last_step_shows_what_was_decided_in_all_of_them(
    extract: Extract, place: Place
) -> None:
    meeting = Meeting(extract, place)
    meeting.stepper.go("closing")
    assert "Nothing is decided yet" in meeting.decided.value
    words = {"text": "Share out & rest", "owner": "P-02", "step": "caseload"}
    meeting.session.write("decision", words)
    meeting.stepper.go("arrive")
    meeting.stepper.go("closing")
    decided = re.sub(r' data-label="[^"]*"', "", meeting.decided.value)
    assert "<td>Share out &amp; rest</td><td>P-02</td>" in decided
    assert "<td>Caseload</td>" in decided
    assert meeting.decided in meeting.body.children[0].children


def test_an_older_decision_comes_back_as_long_as_it_is_open(extract: Extract, place: Place) -> None:
    old = [Entry("decision", {"text": text}, text) for text in ("Find a room", "Rest")]
    store.add(Path(place.folder) / "2026-07", "2026-07", old, KEY.public)
    session = Session(place, Record("2026-10"))
    session.unlock(KEY.as_file(), "")
    codes = [code_of("2026-07", one) for one in old]
    known = pd.DataFrame({"action": [*codes, "A-001"], "state": ["overdue", "done", "open"]})
    view = Earlier(session, known).view
    said = " ".join(one.value for one in view.children if isinstance(one, ipw.HTML))
    assert "no record of that meeting" in said
    assert "Decided in July 2026" in said
    [row] = [one for one in view.children if isinstance(one, ipw.VBox)]
    assert row.children[0].description == "Find a room"
    assert "Past its day" in row.children[1].value


def test_a_suggestion_that_is_taken_up_is_a_topic_of_the_meeting(
    extract: Extract, place: Place
) -> None:
    page = Preparation(extract, place)
    Browser(page.session)
    assert list(page.proposed["about"]) == sorted(page.proposed["about"])
    page.take(2)
    meeting = Meeting(extract, place)
    meeting.unlock.field.turn(KEY.as_file(), "")
    meeting.stepper.go("reflection")
    topics = meeting.session.record.of("topic")
    assert [one.words["about"] for one in topics] == [page.proposed.loc[2, "about"]]


def test_a_reflection_begins_with_the_women_whom_the_team_took_up(
    extract: Extract, place: Place
) -> None:
    woman = str(extract.table("cases", extract.months[-1])["woman"].iloc[0])
    topics = [Entry("topic", {"about": about}) for about in (woman, "P-01")]
    store.add(Path(place.folder) / "2026-10", "2026-10", topics, KEY.public)
    page = Reflection(extract, place)
    assert len(page.middle.children) == 1
    assert all(button.disabled for button in page.steps.children)
    page.unlock.field.turn(KEY.as_file(), "")
    _sentence, button = page.middle.children
    button.click()
    assert page.state.woman == woman
    assert not any(button.disabled for button in page.steps.children)


def test_a_reflection_shows_the_facts_of_one_woman_and_no_answer_of_an_assessment(
    extract: Extract, place: Place
) -> None:
    page = Reflection(extract, place)
    assert "Choose a pseudonym" in page.middle.children[0].value
    cases = extract.table("cases", extract.months[-1])
    for woman in page.women[:6]:
        page.state.woman = woman
        facts = FactsView(extract, woman)
        row = cases.set_index("woman").loc[woman]
        limits = int(row["alone"]) + int(row["with_care"])
        assert len(facts.flags()) == max(limits, 1) + int(row["to_look_at"])
        of_her = extract.table("needs.women", extract.months[-1])["woman"] == woman
        assert len(facts.needs()) == of_her.sum()
        women = extract.table("engagement.women", extract.months[-1]).set_index("woman")
        if woman in women.index:
            assert f"{women.loc[woman, 'came']} of" in facts.engagement()[0]
    safety = ("threat", "danger", "network", "witness", "judicial")
    shown = str([child.value for child in page.side.children if hasattr(child, "value")])
    assert not any(word in shown.lower() for word in safety)


def test_each_model_is_walked_through_and_ends_with_four_answers(
    extract: Extract, place: Place
) -> None:
    page = Reflection(extract, place)
    page.state.woman = page.women[0]
    for name in page.models:
        page.state.model = name
        for step in page.model.steps:
            page.state.step = step.code
        editors = [child for child in page.middle.children if hasattr(child, "several")]
        assert sum(not editor.several for editor in editors) == 4


def test_without_a_server_the_page_offers_no_place_to_write(extract: Extract) -> None:
    meeting = Meeting(extract, Place())
    assert not meeting.stepper.kept
    assert [editor.writing.kept for editor in meeting.editors] == [False, False]
    page = Preparation(extract, Place())
    assert all(row.children[1].disabled for row in page.listed.children)
    assert meeting.unlock.field.said.startswith("Nothing can be written here")
    editor = meeting.editors[0]
    Browser(meeting.session).write(editor, editor.one, text="Tried")
    assert "Tried" in meeting._minutes("md").decode()
