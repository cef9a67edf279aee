"""A team with a key, and answers given through the intake as a page gives them."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import tomlkit

from copehope_lib.files import sealing
from copehope_lib.instruments import read
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import LENGTH, Answer
from copehope_lib.self_check.intake import Invitation, invitation_in
from copehope_lib.server import answers as server
from copehope_lib.workspace import Workspace
from tests.night import NIGHT

VERSION = read("month_check").version


@dataclass
class Team:
    """A workspace, the key of its supervisor, and where the key lies."""

    workspace: Workspace
    key: sealing.Key
    key_file: Path

    def wave(self, name: str, slips: int = 9) -> list[str]:
        """Begin a wave, and return its slips."""
        check = read("month_check")
        of = waves.begin(self.workspace.dropbox / name, check.name, check.version, self.key.public)
        return waves.issue(of, slips)

    def laid_by_file(self, name: str) -> dict[Path, bytes]:
        """Return what was put into a wave, as it was sealed to the supervisor, by its file."""
        of = waves.read(self.workspace.dropbox / name)
        key = waves.key_of(of, self.key)
        names = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in of.files()}
        return {path: waves.unwrap(of, path, key) for path, one in names.items() if one in of.laid}

    def laid(self, name: str) -> list[bytes]:
        """Return the same in the order of the names of the files."""
        return [*self.laid_by_file(name).values()]

    def answer(self, name: str, answers: Iterable[Mapping[int, int]], slips: int = 9) -> None:
        """Have a wave answered."""
        for slip, given in zip(self.wave(name, slips), answers, strict=False):
            one = Answer("month_check", VERSION, name, given)
            folder = self.workspace.dropbox / name
            assert waves.spend(folder, slip, one.sealed(self.key.public)) == "given"


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    """By day a slip is tried without the work that it is for whoever guesses."""
    with pytest.MonkeyPatch.context() as quick:
        if not NIGHT:
            quick.setattr(waves, "WORK", 2)
        yield


Answered = Callable[[int], list[dict[int, int]]]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A team whose settings name the public key of a supervisor."""
    workspace = Workspace.create(tmp_path / "team")
    key = sealing.new_key()
    key_file = tmp_path / "key.txt"
    key_file.write_bytes(key.as_file())
    path = workspace.path / "copehope.toml"
    settings = tomlkit.parse(path.read_text(encoding="utf-8"))
    settings["supervision"]["public_keys"] = list(key.public)  # type: ignore[index]
    settings["self_check"]["contacts"] = ["Occupational health, Mondays"]  # type: ignore[index]
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return Team(Workspace(workspace.path), key, key_file)


def letter(answer: Answer, slip: str, invitation: Invitation) -> bytes:
    """Return an answer and its slip as a browser gives them."""
    answers = {
        wave: base64.b64encode(replace(answer, wave=wave).sealed(of["to"])).decode()
        for wave, of in invitation.waves.items()
    }
    content = json.dumps({"slip": slip, "answers": answers}).encode()
    return sealing.seal(content, [of["intake"] for of in invitation.waves.values()])


def hand(content: bytes, folder: Path, name: str) -> str:
    """Hand a letter to the server, and return what it says; nothing where it says to wait."""
    keys = " ".join(invitation_in(folder).keys)
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(server, "LOOKS", 1)
        status, said = asyncio.run(server.take(folder, name, content, keys))
    assert (status == 200) == bool(said)
    return said


def filled(text: str) -> bytes:
    """Something of the length of a sealed answer."""
    return text.encode().ljust(sealing.sealed_length(LENGTH, ("",)))


def everything(value: int) -> dict[int, int]:
    """One person who answers the same throughout."""
    return dict.fromkeys(read("month_check").items, value)
