"""The self-check as a colleague meets it: alone, by keyboard, giving only what she gives."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import tomlkit
from playwright.sync_api import Page, Request, Route, WebSocket, expect

from copehope_lib import widgets
from copehope_lib.files import sealing
from copehope_lib.instruments import read
from copehope_lib.privacy.publish import publish
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import Answer
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Served, Watched, free_port, open_page, serving
from tests.browser.test_accessible import violations
from tests.night import NIGHT

CHECK = read("month_check")
CONTACT = "Occupational health, Mondays"


@pytest.fixture(scope="module")
def small(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of two women, for all tests of this module."""
    return Workspace(shutil.copytree(two, tmp_path_factory.mktemp("check") / "small"))


@pytest.fixture(scope="module")
def key(small: Workspace) -> sealing.Key:
    """The supervisor's key; its public half stands in the settings of a small team."""
    made = sealing.new_key()
    path = small.path / "copehope.toml"
    settings = tomlkit.parse(path.read_text(encoding="utf-8"))
    settings["supervision"]["public_keys"] = list(made.public)  # type: ignore[index]
    settings["self_check"]["contacts"] = [CONTACT]  # type: ignore[index]
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def slips(small: Workspace, key: sealing.Key) -> list[str]:
    """Slips of a wave that takes answers: each test takes its own."""
    publish(small, small.tables(), pd.Period("2026-10", "M"))
    of = waves.begin(small.dropbox / "2026-11", CHECK.name, CHECK.version, key.public)
    return waves.issue(of, 8)


@pytest.fixture(scope="module")
def here(small: Workspace, slips: list[str]) -> Iterator[Served]:
    """The small team, served."""
    assert slips
    with serving(small.path, "team", "self_check.ipynb", ready=NIGHT) as served:
        yield served


def question(page: Page) -> str:
    return page.locator("fieldset:visible legend span").last.inner_text()


def answer_all(page: Page, key: str = "3") -> None:
    """Answer every question with one key, and look at the result."""
    page.locator("fieldset:visible input").first.focus()
    for _item in CHECK.items:
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    expect(page.locator(".ch-result .ch-card h2")).to_be_visible()


def given(folder: Path, key: sealing.Key) -> Answer:
    """The one answer of a wave, opened with the key of the supervisor."""
    of = waves.read(folder)
    (path,) = of.files()
    return Answer.parse(sealing.open_sealed(waves.unwrap(of, path, waves.key_of(of, key)), key))


def test_by_keyboard_alone_from_the_first_question_to_the_drop_box(
    here: Served, watched: Watched, small: Workspace, key: sealing.Key, slips: list[str]
) -> None:
    page = open_page(watched, here.page("self_check.ipynb"))
    expect(page.get_by_text("There is no field to write in")).to_be_visible()
    assert page.locator("textarea, input[type=text]").count() == 0
    for _tab in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    first = question(page)
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    assert question(page) != first
    expect(page.get_by_text("1 of 12 answered")).to_be_visible()
    for _item in CHECK.items[1:]:
        page.keyboard.press("2")
        page.keyboard.press("Enter")
    expect(page.locator(".ch-result .ch-card h2")).to_have_text(
        re.compile("What you had little of: .*rest. An answer of yours is reason enough")
    )
    expect(page.get_by_text(CONTACT)).to_be_visible()
    assert not waves.read(small.dropbox / "2026-11").files()
    page.locator(".ch-closing form input").focus()
    page.keyboard.type(slips.pop().lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answers are in the drop-box")).to_be_visible(timeout=30_000)
    one = given(small.dropbox / "2026-11", key)
    assert one.answers == {1: 3, **dict.fromkeys(CHECK.items[1:], 1)}
    assert one.wave == "2026-11"
    assert "?" not in page.url
    assert (
        page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") < 200
    )
    assert watched.errors == []
    assert watched.outside == []


def test_a_slip_that_was_used_is_a_sentence_and_one_of_an_earlier_wave_works(
    here: Served, watched: Watched, small: Workspace, slips: list[str], key: sealing.Key
) -> None:
    used = slips.pop()
    assert waves.spend(small.dropbox / "2026-11", used) == "given"
    before = waves.read(small.dropbox / "2026-11").files()
    page = open_page(watched, here.page("self_check.ipynb"))
    # Printed while the page is open, for a month that is not the newest wave.
    earlier = waves.begin(small.dropbox / "2026-10", CHECK.name, CHECK.version, key.public)
    (slip_of_october,) = waves.issue(earlier, 1)
    answer_all(page)
    for slip, said in (
        (used, "used already"),
        ("2222-2222-2222", "not known"),
        (slip_of_october, "in the drop-box"),
    ):
        page.get_by_label("What is on your slip").fill(slip)
        page.get_by_role("button", name="Give my answers to the team picture").click()
        expect(page.get_by_text(said)).to_be_visible(timeout=30_000)
    assert given(earlier.folder, key).wave == "2026-10"
    assert waves.read(small.dropbox / "2026-11").files() == before


def test_another_language_keeps_the_answers_and_no_state_has_a_serious_violation(
    here: Served, watched: Watched
) -> None:
    page = open_page(watched, here.page("self_check.ipynb"))
    assert violations(page) == []
    page.locator("fieldset:visible input").first.focus()
    # The sixth choice is that it did not apply.
    for key in "5666":
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    page.keyboard.press("5")
    page.get_by_role("link", name="it", exact=True).click()
    expect(page.get_by_text("5 di 12 risposte")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "it"
    assert page.locator("fieldset:visible input:checked").get_attribute("value") == "4"
    expect(page.get_by_role("heading", name="Autovalutazione")).to_be_visible()
    page.get_by_role("link", name="en", exact=True).click()
    page.get_by_role("button", name="All on one page").click()
    assert page.locator("fieldset:visible").count() == len(CHECK.items)
    assert violations(page) == []
    page.get_by_role("button", name="Cover my answers").click()
    assert page.locator("fieldset:visible").count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="Go on").click()
    assert page.locator("fieldset:visible input:checked").count() == 5
    expect(page.get_by_label("Did not apply").nth(1)).to_be_checked()
    page.get_by_role("button", name="See my result").click()
    expect(page.locator(".ch-result .ch-card h2")).to_have_text("What weighed on you: exhaustion.")
    page.get_by_role("button", name="Cover my answers").click()
    expect(page.locator(".ch-result")).to_be_hidden()
    page.get_by_role("button", name="Go on").click()
    assert violations(page) == []
    page.get_by_role("button", name="Dark").click()
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    assert watched.errors == []


def test_her_own_result_can_be_kept_and_compared_in_this_page_only(
    here: Served, watched: Watched, tmp_path: Path, small: Workspace
) -> None:
    before = waves.read(small.dropbox / "2026-11").files()
    page = open_page(watched, here.page("self_check.ipynb"))
    answer_all(page, "2")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save my result").click()
    kept = tmp_path / "mine.json"
    waiting.value.save_as(kept)
    values = json.loads(kept.read_text(encoding="utf-8"))
    assert values["scores"]["rest"] == 1
    assert set(values) == {"format", "instrument", "version", "wave", "scores"}
    values["scores"]["rest"] = 4
    kept.write_text(json.dumps(values), encoding="utf-8")
    page.locator(".ch-compare input").set_input_files(kept)
    expect(page.get_by_text("The open circles are your earlier result.")).to_be_visible()
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format": 1}', encoding="utf-8")
    page.locator(".ch-compare input").set_input_files(wrong)
    expect(page.get_by_text("This is no result of the same self-check")).to_be_visible()
    assert waves.read(small.dropbox / "2026-11").files() == before
    assert watched.outside == []


def give(page: Page, slip: str) -> None:
    page.get_by_label("What is on your slip").fill(slip)
    page.get_by_role("button", name="Give my answers to the team picture").click()


@pytest.mark.parametrize("live", [False, True], ids=["without a kernel", "with a kernel"])
def test_a_colleague_who_looks_at_the_network_sees_one_sealed_letter_leave_and_nothing_before(
    here: Served, watched: Watched, slips: list[str], live: bool
) -> None:
    said: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: said.append(str(frame)))

    watched.page.on("websocket", listen)
    page = open_page(watched, here.page("self_check.ipynb") + ("&live=1" if live else ""))
    page.get_by_text("How can I check this?").click()
    expect(page.get_by_text("does a line appear")).to_be_visible()
    page.wait_for_load_state("networkidle")
    sent: list[Request] = []
    watched.page.on("request", lambda request: sent.append(request))
    said.clear()
    answer_all(page, "4")
    assert [request.url for request in sent if not request.url.startswith("blob:")] == []
    assert [frame for frame in said if "comm_msg" in frame] == []
    assert page.locator("input").evaluate_all(
        "all => all.every((one) => one.autocomplete === 'off')"
    )
    give(page, slips.pop())
    expect(page.get_by_text("Your answers are in the drop-box")).to_be_visible()
    assert [request.method for request in sent] == ["GET", "PUT"]
    page.locator("fieldset:visible").press("1")
    assert page.locator("fieldset:visible input:checked").get_attribute("value") == "3"
    content = sent[1].post_data_buffer
    assert content is not None
    assert content.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert b"month_check" not in content


def test_the_script_of_the_page_is_served_as_it_was_written(here: Served, watched: Watched) -> None:
    page = open_page(watched, here.page("self_check.ipynb"))
    page.get_by_text("How can I check this?").click()
    link = page.get_by_role("link", name="The script self_check.js")
    address = link.get_attribute("href")
    text = page.evaluate("address => fetch(address).then((answer) => answer.text())", address)
    written = Path(widgets.__file__).with_name("self_check.js").read_text(encoding="utf-8")
    known = text.removeprefix("(() => {\n").removesuffix("})();\n")
    known = known.replace("globalThis.copehopeSelfCheck = {", "export default {")
    assert known == written.replace("\nexport function", "\nfunction").replace(
        "\nexport async", "\nasync"
    )


def test_answers_wait_sealed_while_the_network_is_gone(
    here: Served, watched: Watched, slips: list[str], small: Workspace
) -> None:
    page = open_page(watched, here.page("self_check.ipynb"))
    answer_all(page)
    before = len(waves.read(small.dropbox / "2026-11").files())
    page.context.set_offline(True)
    give(page, slips.pop())
    expect(page.get_by_text("Your answers wait in this browser, sealed")).to_be_visible()
    expect(page.get_by_label("What is on your slip")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_text("Your answers are in the drop-box")).to_be_visible()
    assert len(waves.read(small.dropbox / "2026-11").files()) == before + 1


def test_answers_that_wait_are_taken_in_by_the_next_server_of_the_same_team_and_by_no_other(
    watched: Watched, small: Workspace, slips: list[str], two: Path, tmp_path: Path
) -> None:
    port = free_port()
    with serving(small.path, "team", "self_check.ipynb", port=port, ready=False) as first:
        page = open_page(watched, first.page("self_check.ipynb"))
        answer_all(page)
    before = len(waves.read(small.dropbox / "2026-11").files())
    give(page, slips.pop())
    expect(page.get_by_text("Your answers wait in this browser, sealed")).to_be_visible()
    other = Workspace(shutil.copytree(two, tmp_path / "other"))
    publish(other, other.tables(), pd.Period("2026-10", "M"))
    with serving(other.path, "team", "self_check.ipynb", port=port, ready=False) as theirs:
        page.goto(theirs.page("self_check.ipynb"))
        expect(page.locator(".ch-question").first).to_be_visible()
        answer_all(page)
        page.wait_for_timeout(1500)
        assert len(waves.read(small.dropbox / "2026-11").files()) == before
    with serving(small.path, "team", "self_check.ipynb", port=port, ready=False) as later:
        page.goto(later.page("self_check.ipynb"))
        answer_all(page)
        expect(
            page.get_by_text("Of answers that waited in this browser: Your answers are")
        ).to_be_visible()
    assert len(waves.read(small.dropbox / "2026-11").files()) == before + 1


def test_a_browser_that_keeps_nothing_says_so_and_asks_before_it_is_closed(
    here: Served, watched: Watched, slips: list[str]
) -> None:
    watched.page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('none'); } })"
    )
    page = open_page(watched, here.page("self_check.ipynb"))
    answer_all(page)
    page.context.set_offline(True)
    give(page, slips.pop())
    expect(page.get_by_text("this browser keeps nothing for later")).to_be_visible()
    asked = page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    assert asked
    page.context.set_offline(False)
    expect(page.get_by_text("Your answers are in the drop-box")).to_be_visible()


@pytest.mark.night(
    "test_answers_that_wait_are_taken_in_by_the_next_server_of_the_same_team_and_by_no_other"
)
def test_a_reply_that_was_lost_with_its_server_is_told_as_what_it_may_be(
    watched: Watched, small: Workspace, slips: list[str]
) -> None:
    port = free_port()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    before = len(waves.read(small.dropbox / "2026-11").files())
    with serving(small.path, "team", "self_check.ipynb", port=port, ready=False) as first:
        page = open_page(watched, first.page("self_check.ipynb"))
        answer_all(page)
        page.route("**/copehope/answers/*", lose)
        give(page, slips.pop())
        expect(page.get_by_text("Your answers wait in this browser, sealed")).to_be_visible()
    page.unroute_all()
    with serving(small.path, "team", "self_check.ipynb", port=port, ready=False) as later:
        page.context.new_page().goto(later.address)
        expect(page.get_by_text("This slip was used: by these answers, if")).to_be_visible()
        expect(page.get_by_label("What is on your slip")).to_be_visible()
    assert len(waves.read(small.dropbox / "2026-11").files()) == before + 1
