"""The door of a room: its codes, whoever guesses them, and the certificate that encrypts."""

import datetime
import hashlib
import ssl
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from copehope_lib.errors import CopehopeError
from copehope_lib.server import certificate, room
from copehope_lib.server.door import CHANGES, IN_ALL, TRIES, Door


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Door:
    return Door(clock)


def other(code: str) -> str:
    """A code that is not the one."""
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_is_good_until_the_one_after_it_has_changed(door: Door, clock: Clock) -> None:
    code = door.code
    assert (len(code), code.isdecimal()) == (6, True)
    assert door.enter("a", f"{code[:3]} {code[3:]}") == "in"
    clock.now += CHANGES
    assert door.code != code
    assert door.enter("a", code) == "in"
    clock.now += CHANGES
    assert door.enter("a", code) == "wrong"


def test_nothing_typed_is_no_code_and_a_code_that_was_never_shown_opens_nothing(
    door: Door, clock: Clock
) -> None:
    assert door.enter("a", "") == "wrong"
    assert door.enter("b", "٣٤٥٦٧٨") == "wrong"


def test_whoever_types_wrongly_too_often_waits_and_others_come_in(door: Door, clock: Clock) -> None:
    wrong = other(door.code)
    assert [door.enter("a", wrong) for _try in range(TRIES + 1)] == ["wrong"] * TRIES + ["wait"]
    assert door.enter("a", door.code) == "wait"
    assert door.enter("b", door.code) == "in"
    clock.now += 2 * CHANGES
    assert door.enter("a", door.code) == "in"


def test_a_thousand_guesses_from_many_devices_shut_the_door_until_it_is_opened_again(
    door: Door,
) -> None:
    code = door.code
    guesses = [door.enter(str(n // TRIES), other(code)) for n in range(1000)]
    assert guesses == ["wrong"] * IN_ALL + ["shut"] * (1000 - IN_ALL)
    assert door.enter("somebody", code) == "shut"
    door.open_again()
    assert door.enter("somebody", door.code) == "in"
    assert 2 * IN_ALL / 10**6 <= 1 / 10_000


def test_people_are_counted_and_known_by_nothing_but_what_they_were_given(door: Door) -> None:
    first, second = door.session(), door.session()
    assert door.inside == 2
    assert [door.knows(one) for one in (first, second, "", "x")] == [True, True, False, False]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    return certificate.own(tmp_path / "team", ["192.0.2.7"])


def test_the_certificate_of_a_workspace_is_made_once_and_lies_outside_it(
    made: Path, tmp_path: Path
) -> None:
    before = made.read_bytes()
    assert certificate.own(tmp_path / "team", ["192.0.2.8"]).read_bytes() == before
    assert certificate.own(tmp_path / "other", []) != made
    assert not (tmp_path / "team").exists()
    assert made.stat().st_mode & 0o077 == 0
    certificate.context(made)


def test_openssl_finds_it_valid_yesterday_and_shows_the_same_fingerprint(made: Path) -> None:
    said = subprocess.run(
        ["openssl", "x509", "-in", str(made), "-noout", "-fingerprint", "-sha256", "-startdate"],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    shown = certificate.fingerprint(certificate.checked(made.read_bytes(), made))
    assert said[0].partition("=")[2] == shown
    start = datetime.datetime.strptime(said[1].partition("=")[2], "%b %d %H:%M:%S %Y GMT")
    day = datetime.timedelta(days=1)
    assert start.replace(tzinfo=datetime.UTC) < datetime.datetime.now(datetime.UTC) - day
    pem = made.read_text().partition("-----BEGIN PRIVATE")[0]
    assert (
        hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest() == shown.replace(":", "").lower()
    )


def test_one_that_ends_soon_or_is_spoilt_is_made_anew(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.read_bytes()
    end = x509.load_pem_x509_certificate(before).not_valid_after_utc
    monkeypatch.setattr(certificate, "_now", lambda: end - datetime.timedelta(days=1))
    assert certificate.own(tmp_path / "team", []).read_bytes() != before
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    made.write_bytes(b"nonsense")
    certificate.context(certificate.own(tmp_path / "team", []))


def test_a_certificate_that_does_not_hold_is_one_sentence(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = made.read_bytes()
    held = x509.load_pem_x509_certificate(content)
    alone = held.public_bytes(serialization.Encoding.PEM)
    for wrong in (b"", alone, content.partition(b"-----BEGIN PRIVATE")[2]):
        with pytest.raises(CopehopeError, match="no certificate with its key"):
            certificate.checked(wrong, made)
    day = datetime.timedelta(days=1)
    monkeypatch.setattr(certificate, "_now", lambda: held.not_valid_after_utc + day)
    with pytest.raises(CopehopeError, match=r"expired on .*: renew it"):
        certificate.checked(content, made)
    monkeypatch.setattr(certificate, "_now", lambda: held.not_valid_before_utc - day)
    with pytest.raises(CopehopeError, match="set the clock"):
        certificate.checked(content, made)


def test_without_a_network_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.net_if_addrs", dict)
    with pytest.raises(CopehopeError, match="in no network: connect it"):
        room._addresses()


def test_an_address_of_this_computer_alone_is_none_of_a_network() -> None:
    assert all(not one.startswith("127.") for one in room._addresses())
