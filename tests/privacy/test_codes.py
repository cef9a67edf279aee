"""Back from a pseudonym to a code: what is refused, what is noted, and in which order."""

import getpass
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo.two_women import two_women
from copehope_lib.errors import CopehopeError
from copehope_lib.privacy.pseudonyms import ALPHABET, find, pseudonyms, valid
from copehope_lib.workspace import Workspace
from tests.command import copehope

KEY = bytes(range(32))
Search = Callable[..., subprocess.CompletedProcess[str]]


def women(n: int) -> pd.DataFrame:
    codes = [f"W-{number:05}" for number in range(n)]
    entered = pd.Timestamp("2025-01-01") + pd.to_timedelta(range(n), unit="D")
    return pd.DataFrame({"woman": codes, "entered_on": entered})


@pytest.fixture
def search(small: Workspace) -> Search:
    """The command, typed in the folder of the workspace, as a person runs it."""

    return partial(copehope, "codes", "find", cwd=small.path)


def log(small: Workspace) -> Path:
    return small.registry / "codes.log"


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence; nothing else was said, and there is no answer."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(".\n")
    return done.stderr


def pseudonym_of(small: Workspace, code: str) -> str:
    return str(pseudonyms(two_women().women, small.key)[code])


def mistyped(pseudonym: str) -> str:
    """The same with another check character."""
    return pseudonym[:-1] + ALPHABET[(ALPHABET.index(pseudonym[-1]) + 1) % len(ALPHABET)]


def test_each_pseudonym_leads_back_to_its_woman() -> None:
    table = women(40)
    for code, pseudonym in pseudonyms(table, KEY).items():
        assert valid(pseudonym)
        assert find(pseudonym, table, KEY) == code
        assert find(f" {pseudonym.lower()}\n", table, KEY) == code


@pytest.mark.parametrize(
    "typed", ["", "W-", "W-001", "VWX6P", "W-VWX6", "W-VWX6PP", "W-VWX6A", "V-VWX6P", "Amaka"]
)
def test_what_does_not_look_like_a_pseudonym_is_refused_and_not_repeated(typed: str) -> None:
    assert not valid(typed)
    with pytest.raises(CopehopeError, match="not a pseudonym") as said:
        find(typed, women(3), KEY)
    assert len(typed) < 3 or typed not in str(said.value)


def test_a_slip_and_a_pseudonym_of_nobody_are_told_apart() -> None:
    right = pseudonyms(women(3), KEY)["W-00001"]
    with pytest.raises(CopehopeError, match="last character does not fit"):
        find(mistyped(right), women(3), KEY)
    with pytest.raises(CopehopeError, match="no woman of this workspace"):
        find(right, women(1), KEY)


def test_another_key_and_an_empty_table_find_nobody() -> None:
    right = pseudonyms(women(3), KEY)["W-00001"]
    for table, key in ((women(3), bytes(32)), (women(0), KEY)):
        with pytest.raises(CopehopeError, match="no woman of this workspace"):
            find(right, table, key)


def test_the_code_is_all_that_is_printed_and_the_search_is_noted_without_it(
    search: Search, small: Workspace
) -> None:
    pseudonym = pseudonym_of(small, "W-002")
    before = datetime.now(UTC)
    for words in ([pseudonym], [pseudonym.lower(), small.path]):
        done = search(*words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "W-002\n", "")
    lines = log(small).read_text().splitlines()
    assert len(lines) == 2
    for line in lines:
        at, account, asked, outcome = line.split(maxsplit=3)
        noted = datetime.strptime(at, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        assert before - timedelta(minutes=1) <= noted <= datetime.now(UTC)
        assert (account, asked, outcome) == (getpass.getuser(), pseudonym, "found")
    assert log(small).stat().st_mode & 0o777 == 0o600


def test_a_search_that_finds_nobody_is_noted_too(search: Search, small: Workspace) -> None:
    right = pseudonym_of(small, "W-001")
    stranger = pseudonyms(women(1), KEY)["W-00000"]
    assert "last character does not fit" in refused(search(mistyped(right)))
    assert "no woman of this workspace" in refused(search(stranger))
    assert "not a pseudonym" in refused(search("Amaka"))
    outcomes = [line.split(maxsplit=2)[2] for line in log(small).read_text().splitlines()]
    assert outcomes == ["mistyped not found", f"{stranger} not found", "mistyped not found"]


@pytest.mark.parametrize("typed", ["Amaka Obi", "W-34678"])
def test_what_could_be_a_name_or_a_code_is_not_noted(
    search: Search, small: Workspace, typed: str
) -> None:
    refused(search(typed))
    assert typed.split()[0].upper() not in log(small).read_text().upper()


def test_no_note_no_answer(search: Search, small: Workspace) -> None:
    log(small).mkdir()
    assert "codes.log cannot be written" in refused(search(pseudonym_of(small, "W-001")))


def test_without_the_key_there_is_no_way_back(search: Search, small: Workspace) -> None:
    pseudonym = pseudonym_of(small, "W-001")
    (small.registry / "pseudonyms.key").unlink()
    assert "pseudonyms.key is missing or damaged" in refused(search(pseudonym))


def test_a_folder_that_is_no_workspace_is_refused(search: Search, small: Workspace) -> None:
    assert "is not a workspace" in refused(search("W-VWX6P", "nowhere"))
    assert not log(small).exists()


def test_the_log_is_no_table(search: Search, small: Workspace) -> None:
    search(pseudonym_of(small, "W-001"))
    tables = small.tables()
    assert not tables.errors
    pd.testing.assert_frame_equal(tables.women, two_women().women)


def test_help_shows_an_example(search: Search) -> None:
    shown = search("--help")
    assert shown.returncode == 0
    assert re.search(r"Example: copehope codes find W-\w{5}", shown.stdout)
