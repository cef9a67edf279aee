"""The whole meeting in a browser, from arrival to a Word file, and what a reload leaves."""

import base64
import io
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomlkit
from docx import Document
from playwright.sync_api import Page, expect

from copehope_lib.files import sealing
from copehope_lib.records import store
from copehope_lib.records.record import Entry
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Served, Watched, descendants, serving
from tests.browser.test_accessible import violations
from tests.night import NIGHT

STEPS = [
    "Safety", "Arrive", "Last month’s actions", "Caseload", "Engagement", "Itineraries and needs",
    "Practice checks", "How we are", "Case reflection", "Decisions and closing",
]  # fmt: skip


@pytest.fixture(scope="module")
def key() -> sealing.Key:
    """The supervisor's key."""
    return sealing.new_key()


Room = tuple[Served, Path, Path]
"""A server for supervision, where its records are kept, and the file of the key."""
PAGES = ("supervision.ipynb", "reflection.ipynb", "preparation.ipynb")


def of_keys(team: Workspace, folder: Path, public: list[str]) -> Path:
    """Make a folder of the demo team that seals to other keys, or to none."""
    folder.mkdir()
    for name in ("extracts", "registry"):
        (folder / name).symlink_to(team.path / name)
    settings = tomlkit.parse((team.path / "copehope.toml").read_text(encoding="utf-8"))
    settings["supervision"]["public_keys"] = public  # type: ignore[index]
    (folder / "copehope.toml").write_text(tomlkit.dumps(settings), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shared(
    team: Workspace, key: sealing.Key, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    """The demo team, in a folder of its own, served to supervision."""
    place = tmp_path_factory.mktemp("room")
    folder = of_keys(team, place / "team", list(key.public))
    key_file = place / "key.txt"
    key_file.write_bytes(key.as_file())
    with serving(folder, "supervision", *PAGES, ready=NIGHT) as served:
        yield served, folder / "records", key_file


@pytest.fixture
def room(shared: Room) -> Room:
    """The room, with no record in it."""
    served, records, _key_file = shared
    within = Path(f"/proc/{descendants(served.process.pid)[1]}/cwd").resolve() / "records"
    while left := [path for store in (records, within) for path in store.glob("*-*/*")]:
        for path in left:
            path.unlink(missing_ok=True)
        # What was being carried from one to the other has arrived after that.
        time.sleep(0.5)
    return shared


def begin(watched: Watched, served: Served, notebook: str = "supervision.ipynb") -> Page:
    page = watched.page
    page.goto(served.page(notebook))
    expect(page.locator(".ch-page h1")).to_be_visible(timeout=90_000)
    return page


def on(page: Page) -> None:
    """Go to the next step by the keyboard."""
    page.locator("button.ch-strong", has_text="Next:").focus()
    page.keyboard.press("Enter")


def at(page: Page, step: str) -> None:
    expect(page.locator("h2.ch-step").first).to_have_text(step)


def write(page: Page, text: str, place: int = 0) -> None:
    """Write by the keyboard, and wait until it is on the store."""
    page.locator("textarea").nth(place).focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def decide(page: Page, text: str) -> None:
    page.get_by_role("button", name="Add a decision").focus()
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_count(2)
    expect(page.locator("textarea:focus")).to_have_count(1)
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def written(records: Path, key: sealing.Key, *texts: str, month: str = "2026-10") -> None:
    """Wait until all texts are sealed in the workspace."""
    said: list[str] = []
    for _look in range(100):
        if store.pages(records / month):
            record = store.open_record(records / month, key).record
            said = [entry.words.get("text", "") for entry in record.entries.values()]
            if set(texts) <= set(said):
                return
        time.sleep(0.1)
    pytest.fail(f"{texts} are not in the record: {said}")


def word(page: Page) -> str:
    """The text of the Word file that the last step offers."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Minutes (Word)").click()
    content = Path(waiting.value.path()).read_bytes()
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_whole_meeting_by_keyboard_from_arrival_to_a_word_file(
    room: Room, watched: Watched, key: sealing.Key
) -> None:
    served, records, _key_file = room
    page = begin(watched, served)
    for step in STEPS:
        at(page, step)
        write(page, f"Note of {step}", -1 if step == "Case reflection" else 0)
        if step == "Caseload":
            decide(page, "Share out functions")
        if step != STEPS[-1]:
            on(page)
    written(records, key, "Note of Arrive", "Share out functions", f"Note of {STEPS[-1]}")
    text = word(page)
    for step in STEPS:
        assert step in text
    assert "Share out functions" in text
    assert re.search(r"\d+ of \d+ posts", text)
    assert violations(page) == []
    assert watched.errors == []
    assert watched.outside == []


def test_a_reload_and_a_killed_kernel_lose_nothing_that_was_written(
    room: Room, watched: Watched, key: sealing.Key
) -> None:
    served, records, key_file = room
    page = begin(watched, served)
    write(page, "We begin")
    for step in STEPS[1:4]:
        on(page)
        at(page, step)
    write(page, "Before the reload")
    written(records, key, "We begin", "Before the reload")
    if NIGHT:
        # By day what is loaded again is the page whose kernel was killed.
        page = begin(watched, served)
        unlock(page, key_file)
        at(page, "Caseload")
        expect(page.locator("textarea").first).to_have_value("Before the reload")
    on(page)
    at(page, "Engagement")
    write(page, "Before the kernel died")
    written(records, key, "Before the kernel died")
    os.kill(kernel(page, served), signal.SIGKILL)
    page = begin(watched, served)
    unlock(page, key_file)
    at(page, "Engagement")
    expect(page.locator("textarea").first).to_have_value("Before the kernel died")
    page.get_by_role("button", name="Decisions and closing").click()
    at(page, STEPS[-1])
    text = word(page)
    for said in ("We begin", "Before the reload", "Before the kernel died"):
        assert said in text


def test_two_people_who_write_the_same_note_see_both_texts_while_they_write(
    room: Room, watched: Watched, key: sealing.Key
) -> None:
    served, records, key_file = room
    pages = [begin(watched, served)]
    write(pages[0], "We begin")
    written(records, key, "We begin")
    pages.append(pages[0].context.new_page())
    pages[1].goto(served.page("supervision.ipynb"))
    expect(pages[1].locator(".ch-page h1")).to_be_visible(timeout=90_000)
    for page in pages:
        unlock(page, key_file)
        expect(page.locator("textarea").first).to_have_value("We begin")
    for page, text in zip(pages, ("Mine", "Hers"), strict=True):
        page.bring_to_front()
        page.locator("textarea").first.fill(text)
    for page, text in zip(pages, ("Mine", "Hers"), strict=True):
        page.bring_to_front()
        expect(page.locator("textarea")).to_have_count(2, timeout=30_000)
        expect(page.locator("textarea").first).to_have_value(text)
        both = [area.input_value() for area in page.locator("textarea").all()]
        assert sorted(both) == ["Hers", "Mine"]
    pages[1].close()
    assert watched.errors == []


def test_what_the_last_meeting_decided_is_ticked_by_keyboard_and_stays_ticked(
    room: Room, watched: Watched, key: sealing.Key
) -> None:
    served, records, key_file = room
    words = {"text": "Ask the school for a room", "owner": "P-02", "due_on": "2026-10-20",
             "dimension": "best_practices"}  # fmt: skip
    store.add(records / "2026-09", "2026-09", [Entry("decision", words, "a")], key.public)
    page = begin(watched, served)
    for step in STEPS[1:3]:
        on(page)
        at(page, step)
    expect(page.get_by_text("sealed: lend the key above")).to_be_visible()
    unlock(page, key_file)
    box = page.get_by_label("Ask the school for a room")
    expect(box).not_to_be_checked()
    assert violations(page) == []
    box.focus()
    page.keyboard.press("Space")
    written(records, key, "Ask the school for a room")
    assert watched.errors == []
    if NIGHT:
        # By day what stays is seen after a kernel was killed.
        page = begin(watched, served)
        # The page that was left may have had an answer on its way.
        watched.errors.clear()
        unlock(page, key_file)
        at(page, STEPS[2])
        expect(page.get_by_label("Ask the school for a room")).to_be_checked()
        assert watched.errors == []


def unlock(page: Page, key_file: Path) -> None:
    page.locator(".ch-key-field input[type=file]").set_input_files(key_file)
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_text("The record is open")).to_be_visible(timeout=30_000)


def lend_another(page: Page, folder: Path) -> None:
    """Lend a key to which nothing is sealed, and be told so."""
    other = folder / "other.txt"
    other.write_bytes(sealing.new_key().as_file())
    page.locator(".ch-key-field input[type=file]").set_input_files(other)
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_text("is not sealed to this key")).to_be_visible(timeout=30_000)


def memory_holds(process: int, piece: bytes) -> bool:
    """Whether a piece stands anywhere in the memory of a process."""
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in (one for one in maps if " rw" in one and "[v" not in one):
            begins, ends = (int(at, 16) for at in line.split()[0].split("-"))
            memory.seek(begins)
            try:
                if piece in memory.read(ends - begins):
                    return True
            except OSError:
                continue
    return False


def test_a_key_that_is_lent_passes_the_server_sealed_and_leaves_the_page(
    room: Room, watched: Watched, key: sealing.Key, tmp_path: Path
) -> None:
    served, records, key_file = room
    store.add(records / "2026-10", "2026-10", [Entry("note", {"text": "Before"}, "a")], key.public)
    sent: list[bytes | str] = []
    hear = lambda frame: sent.append(frame)  # noqa: E731 (no method of C is taken)
    watched.page.on("websocket", lambda one: one.on("framesent", hear))
    page = begin(watched, served)
    lend_another(page, tmp_path)
    unlock(page, key_file)
    own = kernel(page, served)
    secret = key.as_file().splitlines()[1]
    inner = base64.b64encode(key.as_file())[8:48]
    frames = [one if isinstance(one, bytes) else one.encode() for one in sent]
    assert any(b"sealed" in one for one in frames)
    assert not any(secret in one or inner in one for one in frames)
    fields = "[...document.querySelectorAll('.ch-key-field input')].map(one => one.value)"
    assert page.evaluate(fields) == ["", ""]
    page.goto("about:blank")
    server = descendants(served.process.pid)[1]
    assert memory_holds(server, b"copehope")
    assert not memory_holds(server, secret)
    for _look in range(300):
        if own not in descendants(server):
            break
        time.sleep(0.1)
    assert own not in descendants(server)


def kernel(page: Page, served: Served) -> int:
    """The process of the kernel of a page, by its command line."""
    config = page.locator("#jupyter-config-data").text_content()
    assert config
    name = json.loads(config)["kernelId"].encode()
    (found,) = (
        one
        for one in descendants(served.process.pid)
        if name in Path(f"/proc/{one}/cmdline").read_bytes()
    )
    return found


def test_a_name_is_explained_and_stands_in_minutes_as_a_word_until_it_is_kept(
    room: Room, watched: Watched
) -> None:
    served, _records, _key_file = room
    page = begin(watched, served)
    write(page, "Amaka Obi wants to learn to drive")
    expect(page.get_by_text("This looks like a person’s name")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="A. O.").click()
    expect(page.locator("textarea").first).to_have_value("A. O. wants to learn to drive")
    expect(page.get_by_text("This looks like a person’s name")).to_have_count(0)


@pytest.mark.night("test_a_key_that_is_lent_passes_the_server_sealed_and_leaves_the_page")
def test_a_wrong_key_is_a_sentence_and_the_page_goes_on(
    room: Room, watched: Watched, tmp_path: Path, key: sealing.Key
) -> None:
    served, records, _key_file = room
    store.add(records / "2026-10", "2026-10", [Entry("note", {"text": "Kept"}, "a")], key.public)
    page = begin(watched, served)
    lend_another(page, tmp_path)
    write(page, "Goes on")
    written(records, key, "Kept", "Goes on")


def test_a_guided_reflection_has_voices_facts_and_four_last_answers(
    room: Room, watched: Watched, key: sealing.Key
) -> None:
    served, records, _key_file = room
    page = begin(watched, served, "reflection.ipynb")
    page.get_by_label("About").select_option(index=1)
    expect(page.locator(".ch-facts .ch-card").first).to_be_visible(timeout=30_000)
    assert violations(page) == []
    page.get_by_role("button", name="Add a voice").click()
    page.get_by_label("Voice", exact=True).select_option("psychologist")
    page.get_by_label("Meant as").select_option("hers")
    write(page, "I want to work")
    written(records, key, "I want to work")
    record = store.open_record(records / "2026-10", key).record
    (voice,) = record.of("voice")
    assert (voice.words["profile"], voice.words["mark"]) == ("psychologist", "hers")
    assert voice.words["woman"].startswith("W-")
    page.locator(".ch-model button").last.click()
    expect(page.locator("textarea")).to_have_count(4)
    # The address tells the month, and nothing of her.
    assert page.url.partition("?")[2] == "month=2026-10"
    assert violations(page) == []
    assert watched.errors == []


@pytest.mark.night("test_a_guided_reflection_has_voices_facts_and_four_last_answers")
def test_a_suggestion_is_taken_up_and_the_file_stays_sealed(
    room: Room, watched: Watched, key: sealing.Key
) -> None:
    served, records, _key_file = room
    page = begin(watched, served, "preparation.ipynb")
    assert violations(page) == []
    page.get_by_role("button", name="Take up").first.click()
    expect(page.get_by_role("button", name="Taken up").first).to_be_visible()
    for _look in range(100):
        if store.pages(records / "2026-10"):
            break
        time.sleep(0.1)
    record = store.open_record(records / "2026-10", key).record
    assert len(record.of("topic")) == 1
    done = subprocess.run(
        ["grep", "-rl", "topic", records], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""


def test_the_meeting_of_an_earlier_month_is_opened_by_its_address_and_finished(
    room: tuple[Served, Path, Path], watched: Watched, key: sealing.Key
) -> None:
    served, records, _key_file = room
    page = watched.page
    page.goto(f"{served.page('supervision.ipynb')}&month=2026-09")
    expect(page.get_by_text("Demo team · September 2026")).to_be_visible(timeout=90_000)
    assert page.url.endswith("supervision.ipynb?month=2026-09")
    decide(page, "Ask the school for a room")
    written(records, key, "Ask the school for a room", month="2026-09")
    assert not store.pages(records / "2026-10")
    page.get_by_label("Month", exact=True).select_option("October 2026")
    expect(page.get_by_text("Demo team · October 2026")).to_be_visible(timeout=90_000)
    expect(page).to_have_url(re.compile(r"\?month=2026-10$"))
    expect(page.locator("textarea")).to_have_count(1)
    write(page, "We begin")
    written(records, key, "We begin")
    assert len(store.open_record(records / "2026-09", key).record.entries) == 1
    page.goto(f"{served.page('supervision.ipynb')}&month=2026-12")
    expect(page.get_by_text("a month that is not published here")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("this is the meeting of October 2026")).to_be_visible()
    assert violations(page) == []
    assert watched.errors == []


def test_where_nothing_can_be_kept_nothing_can_be_typed(
    team: Workspace, watched: Watched, tmp_path: Path
) -> None:
    folder = of_keys(team, tmp_path / "team", [])
    with serving(folder, "supervision", "supervision.ipynb", ready=NIGHT) as served:
        page = begin(watched, served)
        expect(page.get_by_text("Nothing can be written here")).to_be_visible()
        for step in STEPS:
            at(page, step)
            expect(page.locator("textarea").first).to_be_visible()
            typed = page.locator("textarea, .ch-writing select, .ch-writing input, [type=number]")
            for place in typed.all():
                assert place.is_disabled() or not place.is_visible()
            for word in ("Add a decision", "Add a topic", "Arrange the steps"):
                expect(page.get_by_text(word)).to_be_hidden()
            if step != STEPS[-1]:
                on(page)
        assert violations(page) == []
    assert not (folder / "records").exists()
    assert watched.errors == []
