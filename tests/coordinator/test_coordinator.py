"""The coordinator's page by HTTP: who comes in, what stays where it is, and how it ends."""

import http.client
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from copehope_lib.settings import FILE_NAME
from copehope_lib.tables import origins
from copehope_lib.tables.origins import Origin
from copehope_lib.workspace import Workspace
from tests.coordinator.conftest import Coordinator, own_workbook
from tests.importing import her_sheets


def sentence(text: str) -> str:
    """The heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def comes(what: Callable[[], bool]) -> None:
    """Wait until something is so; it comes, or the test never ends well."""
    for _turn in range(600):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")


def test_the_address_is_good_once(outside: Coordinator) -> None:
    path = outside.address.partition(outside.host)[2]
    status, _text, headers = outside.ask(path)
    assert status == 303
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    status, text, headers = outside.ask(path)
    assert (status, "Set-Cookie" in headers) == (403, False)
    assert sentence(text).startswith("This address is good once")


def test_nobody_comes_in_with_another_token_or_without_a_cookie(outside: Coordinator) -> None:
    assert outside.ask("/?token=x")[0] == 403
    assert outside.ask("/")[0] == 403
    outside.enter()
    own = outside.cookie
    for cookie in ("", "copehope-coordinator=x"):
        outside.cookie = cookie
        assert outside.ask(f"{outside.path}choose")[0] == 403
        assert outside.ask(f"{outside.path}window")[0] == 403
    outside.cookie = own
    assert outside.ask(f"{outside.path}choose")[0] == 200


def test_the_cookie_goes_to_no_other_server_of_the_machine(outside: Coordinator) -> None:
    outside.enter()
    # A browser sends a cookie to all ports of a host, but to addresses below its path only.
    assert re.fullmatch(r"/[\w-]{40,}/", outside.path)


def test_it_answers_to_its_own_name_only(inside: Coordinator) -> None:
    port = inside.host.partition(":")[2]
    for name in (f"localhost:{port}", f"evil.example:{port}", "127.0.0.1"):
        assert inside.ask(f"{inside.path}mend", Host=name)[0] == 403


def test_a_form_of_another_page_does_nothing(inside: Coordinator) -> None:
    form = "team=Other&language=en&folder="
    kind = "application/x-www-form-urlencoded"
    for origin in ("http://evil.example", "http://127.0.0.1:1", "null", ""):
        headers = {"Origin": origin} if origin else {}
        answer = inside.ask(f"{inside.path}make", "POST", form, Content_Type=kind, **headers)
        assert answer[0] == 403
    assert not (inside.home / "Documents" / "Other").exists()


def test_every_page_keeps_nothing_and_loads_nothing_from_elsewhere(inside: Coordinator) -> None:
    places = [inside.path + name for name in ("choose", "bring", "mend", "look", "close", "hand")]
    for place in (*places, "/static/page.css", "/static/page.js", "/nothing"):
        _status, text, headers = inside.ask(place)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        if place.startswith(inside.path):
            assert re.findall(r"<style|style=| on\w+=|<script>", text) == []
            assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []


def test_it_listens_to_this_machine_only(outside: Coordinator) -> None:
    listening = [
        one.laddr.ip
        for one in psutil.Process(outside.process.pid).net_connections()
        if one.status == psutil.CONN_LISTEN
    ]
    assert listening == ["127.0.0.1"]


def twice(typed: str) -> dict[str, str]:
    return {"passphrase": typed, "again": typed}


def files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_what_is_dropped_is_written_nowhere_until_it_is_taken(
    inside: Coordinator, tmp_path: Path
) -> None:
    before = files(inside.home)
    book = her_sheets.write(tmp_path / "marta.xlsx", her_sheets.MARTA)
    text = inside.bring(book)
    assert "Blessing O." in text
    inside.press("answer", "bring")
    assert files(inside.home) == before
    text = inside.press("answer", "bring", take="1", **twice("a b c d e"))
    assert sentence(text)
    after = files(inside.home)
    assert len(after) > len(before)
    assert not any(b"Blessing" in content or content == book.read_bytes() for content in
                   after.values())  # fmt: skip


def test_an_answer_is_kept_by_a_reload_and_changes_what_it_becomes(
    inside: Coordinator, tmp_path: Path
) -> None:
    text = inside.bring(own_workbook(tmp_path / "team.xlsx"))
    assert "Shared flat</option>" in text
    text = inside.press("answer", "bring", **{'[0, "words", "housing", "Piso"]': "own_home"})
    for shown in (text, inside.page("bring")):
        assert '<option value="own_home" selected>' in shown
        assert "<td>Her own home</td>" in shown
    assert "1 thing only you know" in text


def test_names_are_not_taken_without_a_passphrase_and_it_is_asked_for_next_month(
    inside: Coordinator, tmp_path: Path
) -> None:
    book = her_sheets.write(tmp_path / "marta.xlsx", her_sheets.MARTA)
    inside.bring(book)
    assert "type the passphrase" in inside.press("answer", "bring", take="1")
    text = inside.press("answer", "bring", take="1", **{**twice("one"), "again": "other"})
    assert "The two passphrases differ" in text
    registry = inside.home / "Documents" / "Barcelona" / "registry"
    assert not (registry / "names.age").exists()
    inside.press("answer", "bring", take="1", **twice("one two"))
    assert (registry / "names.age").exists()
    text = inside.bring(book)
    assert "Open the list" in text
    assert 'role="alert"' in inside.press("answer", "bring", **twice("wrong"))
    assert "Open the list" not in inside.press("answer", "bring", **twice("one two"))


def test_steps_out_of_their_order_say_what_comes_first(inside: Coordinator, tmp_path: Path) -> None:
    for page in ("mend", "look", "close", "hand"):
        text = inside.page(page)
        assert sentence(text) == "Nothing has been brought in yet: the tables are empty."
        assert '<a class="co-go" href="bring">' in text
    inside.bring(own_workbook(tmp_path / "team.xlsx"))
    inside.press("answer", "bring", take="1")
    assert sentence(inside.page("close")) == "Look at the draft of the month first."
    assert sentence(inside.page("hand")).startswith("No month is closed yet")
    inside.press("look", month="2026-10")
    assert sentence(inside.page("close")) == "Close October 2026?"
    assert "the charter for women (charter-women, women_on)" in inside.page("close")
    text = inside.press("close", month="2026-10")
    assert sentence(text) == "October 2026 is closed."
    text = inside.press("undo", "close")
    assert "October 2026 is open again." in text
    assert sentence(text) == "Close October 2026?"


def test_a_month_with_a_doubt_is_not_closed_until_it_is_ticked(
    inside: Coordinator, tmp_path: Path
) -> None:
    inside.bring(own_workbook(tmp_path / "team.xlsx"))
    inside.press("answer", "bring", take="1")
    folder = inside.home / "Documents" / "Barcelona"
    actions = folder / "registry" / "actions.csv"
    actions.write_text(actions.read_text().partition("\n")[0] + "\n")
    inside.press("look", month="2026-10")
    text = inside.press("close", month="2026-10")
    assert "Nothing was closed" in text
    doubt = "Nothing stands in actions: what follows from it will be missing for good."
    assert doubt in text
    assert sentence(inside.press("close", month="2026-10", **{doubt: "on"})).endswith("is closed.")


def test_what_goes_wrong_is_one_sentence_on_the_page(inside: Coordinator, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    text = inside.bring(tmp_path / "notes.txt")
    assert "notes.txt is no spreadsheet" in text
    assert "No such" not in inside.press("choose", folder=str(tmp_path))
    text = inside.press("choose", folder=str(tmp_path))
    assert str(tmp_path) in text
    assert 'role="alert"' in text
    # What no form of ours sends is told as calmly.
    text = inside.press("look")
    assert "Something went wrong inside the workbench (KeyError)" in text
    assert "Traceback" not in text


def test_files_that_are_too_large_are_refused_with_a_sentence(
    inside: Coordinator, tmp_path: Path
) -> None:
    (tmp_path / "large.csv").write_bytes(bytes((64 << 20) + 1))
    assert "larger than 64 MB" in inside.bring(tmp_path / "large.csv")


def test_a_team_that_was_opened_is_offered_again_and_a_new_one_asks_for_its_language(
    inside: Coordinator,
) -> None:
    folder = inside.home / "Documents" / "Barcelona"
    assert str(folder) in inside.page("choose")
    text = inside.press("make", "choose", team="Milano", language="it", folder="")
    assert '<html lang="it">' in text
    other = inside.home / "Documents" / "Milano"
    assert Workspace(other).settings.language == "it"
    assert (other / "templates" / "copehope-template.xlsx").exists()
    (folder / FILE_NAME).unlink()
    assert str(folder) not in inside.page("choose")


def window(inside: Coordinator) -> http.client.HTTPConnection:
    """Open what a window holds open."""
    connection = http.client.HTTPConnection(inside.host, timeout=60)
    connection.request("GET", f"{inside.path}window", headers={"Cookie": inside.cookie})
    connection.getresponse().read(3)
    return connection


def test_it_ends_with_its_last_window_and_not_when_one_is_loaded_again(inside: Coordinator) -> None:
    for _load in range(4):
        held = window(inside)
        time.sleep(2)
        held.close()
        time.sleep(2)
    assert inside.process.poll() is None
    assert inside.process.wait(timeout=60) == 0


def test_it_ends_calmly_by_ctrl_c(inside: Coordinator) -> None:
    held = window(inside)
    inside.process.send_signal(signal.SIGINT)
    assert inside.process.wait(timeout=60) == 130
    held.close()


def test_the_pages_of_a_draft_are_another_process_and_end_even_with_a_kill(
    inside: Coordinator, tmp_path: Path
) -> None:
    inside.bring(own_workbook(tmp_path / "team.xlsx"))
    inside.press("answer", "bring", take="1")
    inside.press("look", month="2026-10")
    text = inside.press("pages", "look", unconfined="on")
    address = re.search(r'href="(http://127\.0\.0\.1:\d+/\?token=[^"]+)"', text)
    assert address
    assert address[1].partition("/?")[0] != f"http://{inside.host}"
    children = psutil.Process(inside.process.pid).children(recursive=True)
    assert children
    os.kill(inside.process.pid, signal.SIGKILL)
    comes(lambda: not any(one.is_running() and one.status() != "zombie" for one in children))


def test_a_safe_mending_goes_in_place_and_what_was_there_lies_in_earlier(
    inside: Coordinator, tmp_path: Path
) -> None:
    inside.bring(own_workbook(tmp_path / "team.xlsx"))
    inside.press("answer", "bring", take="1")
    folder = inside.home / "Documents" / "Barcelona"
    women = folder / "registry" / "women.csv"
    plain = women.read_bytes()
    women.write_bytes(plain.replace(b"W-001", b"w 001"))
    was = women.read_bytes()
    assert "w 001 → W-001" in inside.page("mend")
    text = inside.press("plainly", "mend", file="women.csv")
    assert women.read_bytes() == plain
    assert (folder / "earlier" / "women.csv").read_bytes() == was
    assert sentence(text) == "Nothing to mend."


def test_where_rows_come_from_is_still_known_after_a_mending(
    inside: Coordinator, tmp_path: Path
) -> None:
    inside.bring(own_workbook(tmp_path / "team.xlsx"))
    inside.press("answer", "bring", take="1")
    registry = inside.home / "Documents" / "Barcelona" / "registry"
    women = registry / "women.csv"
    women.write_bytes(women.read_bytes().replace(b"W-001", b"w 001"))
    come = origins.read(registry, {"women": women.read_bytes})
    come.rows["women"] = [Origin("team.xlsx", "women", f"A{row}") for row in (2, 3)]
    come.marks["women"] = origins.mark(women.read_bytes())
    (registry / origins.FILE_NAME).write_bytes(come.as_csv())
    inside.press("plainly", "mend", file="women.csv")
    known = origins.read(registry, {"women": women.read_bytes})
    assert known.of("women", 2) == "team.xlsx, women, A2"
