"""The drop-box: sealed, of one length, without order or time, one answer a slip."""

import json
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files import sealing
from copehope_lib.instruments import INSTRUMENTS, read
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import LENGTH, Answer, open_answer
from copehope_lib.self_check.intake import Intake, Invitation, give, given_invitation, letter
from tests.self_check.conftest import Team, everything


def test_every_answer_of_every_instrument_has_one_length() -> None:
    key = sealing.new_key()
    lengths = set()
    for name in INSTRUMENTS:
        instrument = read(name)
        for given in ({}, dict.fromkeys(instrument.asked, instrument.answers[-1])):
            answer = Answer(name, instrument.version, "2026-10", given)
            assert len(answer.to_bytes()) == LENGTH
            lengths.add(len(answer.sealed(key.public)))
    assert len(lengths) == 1


def test_the_age_program_opens_an_answer_and_finds_no_name_slip_or_time(
    team: Team, tmp_path: Path
) -> None:
    age = shutil.which("age")
    assert age, "age is missing: install age and run the test again."
    team.answer("2026-10", [everything(3)])
    (path,) = waves.read(team.workspace.dropbox / "2026-10").files()
    done = subprocess.run(
        [age, "--decrypt", "--identity", team.key_file, path], capture_output=True, check=True
    )
    values = json.loads(done.stdout)
    assert set(values) == {"format", "instrument", "version", "wave", "answers", "id"}
    assert values["answers"] == {str(item): 3 for item in everything(3)}


def test_the_folder_tells_neither_order_nor_time_nor_slip(team: Team) -> None:
    slips = team.wave("2026-10")
    folder = team.workspace.dropbox / "2026-10"
    arrived: list[str] = []
    for slip in slips:
        one = Answer("month_check", 1, "2026-10", everything(2))
        before = {path.read_bytes() for path in folder.glob("*.age")}
        waves.spend(folder, slip, one.sealed(team.key.public))
        after = {path.read_bytes(): path for path in folder.glob("*.age")}
        assert before < set(after)
        arrived.append(next(str(path) for content, path in after.items() if content not in before))
    files = list(folder.iterdir())
    assert len({path.stat().st_mtime for path in [*files, folder, *folder.parent.iterdir()]}) == 1
    assert len({path.stat().st_size for path in folder.glob("*.age")}) == 1
    # All of them were written anew with the last one: under other names, in another order.
    assert len(set(arrived) & set(map(str, files))) <= 1
    kept = (folder / waves.FILE_NAME).read_text()
    assert not any(slip in kept or slip.replace("-", "") in kept for slip in slips)
    assert json.loads(kept)["unspent"] == []


def test_the_order_in_the_folder_is_another_one_than_that_of_arrival(team: Team) -> None:
    """Over many drop-boxes, what came last is written last no more than by chance."""
    last = 0
    for turn in range(24):
        name = f"20{turn + 10}-01"
        slips = team.wave(name, 3)
        folder = team.workspace.dropbox / name
        for at, slip in enumerate(slips):
            one = Answer("month_check", 1, name, everything(at))
            waves.spend(folder, slip, one.sealed(team.key.public))
        by_time = sorted(folder.glob("*.age"), key=lambda path: path.stat().st_ctime_ns)
        opened = json.loads(sealing.open_sealed(by_time[-1].read_bytes(), team.key))
        last += opened["answers"]["1"] == 2
    assert 1 <= last <= 18


def test_a_slip_is_good_for_one_answer_however_it_is_typed(team: Team) -> None:
    slip, other = team.wave("2026-10", 2)
    folder = team.workspace.dropbox / "2026-10"
    sealed = Answer("month_check", 1, "2026-10", everything(1)).sealed(team.key.public)
    assert waves.spend(folder, f" {slip.lower().replace('-', ' ')} ", sealed) == "given"
    assert waves.spend(folder, slip, sealed) == "spent"
    assert waves.spend(folder, "2222-2222-2222", sealed) == "spent"
    assert waves.spend(folder, "", sealed) == "spent"
    assert len(waves.read(folder).files()) == 1
    waves.close(waves.read(folder))
    assert waves.spend(folder, other, sealed) == "closed"
    with pytest.raises(CopehopeError, match="closed"):
        waves.issue(waves.read(folder), 1)


def test_many_at_once_spend_each_slip_once(team: Team) -> None:
    slips = team.wave("2026-10", 4)
    folder = team.workspace.dropbox / "2026-10"
    sealed = Answer("month_check", 1, "2026-10", everything(1)).sealed(team.key.public)
    outcomes: list[str] = []

    def one(slip: str) -> None:
        outcomes.append(waves.spend(folder, slip, sealed))

    threads = [threading.Thread(target=one, args=(slip,)) for slip in slips * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("given"), outcomes.count("spent")) == (4, 8)
    assert len(waves.read(folder).files()) == 4


def test_a_disk_that_is_full_leaves_the_slip_as_good_as_before(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    (slip,) = team.wave("2026-10", 1)
    folder = team.workspace.dropbox / "2026-10"

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(waves, "_deal", full)
    with pytest.raises(OSError, match="No space"):
        waves.spend(folder, slip, b"sealed")
    monkeypatch.undo()
    assert waves.spend(folder, slip, b"sealed") == "given"


def intake(team: Team, tmp_path: Path) -> tuple[Intake, Invitation, Path]:
    check = read("month_check").model_dump(mode="json")
    made = Intake(Invitation(check, "2026-10", team.key.public), team.workspace.dropbox / "2026-10")
    folder = tmp_path / "server"
    return made, made.invitation, made.write_to(folder).parent


def test_an_answer_goes_through_the_intake_once_even_if_it_is_given_twice(
    team: Team, tmp_path: Path
) -> None:
    slip, other = team.wave("2026-10", 2)
    made, invitation, folder = intake(team, tmp_path)
    content = letter(Answer("month_check", 1, "2026-10", everything(4)), slip, invitation)
    assert give(content, folder, "one", patience=0.1) == "no_reply"
    made.take(folder)
    assert give(content, folder, "one", patience=5) == "given"
    assert give(content, folder, "one", patience=0.1) == "no_reply"
    made.take(folder)
    assert give(content, folder, "one", patience=5) == "given"
    assert len(waves.read(team.workspace.dropbox / "2026-10").files()) == 1
    assert not list(folder.glob("*.letter"))
    assert slip not in str([path.read_bytes() for path in folder.iterdir()])
    assert other


@pytest.mark.parametrize("content", [b"", b"nonsense", b"age-encryption.org/v1\n"])
def test_a_letter_that_is_none_is_refused_and_the_intake_goes_on(
    team: Team, tmp_path: Path, content: bytes
) -> None:
    team.wave("2026-10")
    made, _invitation, folder = intake(team, tmp_path)
    (folder / "x.letter").write_bytes(content)
    made.take(folder)
    assert (folder / "x.reply").read_text() == "damaged"


def test_without_a_wave_the_intake_takes_nothing(team: Team, tmp_path: Path) -> None:
    made = Intake(Invitation(read("month_check").model_dump(mode="json"), to=team.key.public), None)
    folder = made.write_to(tmp_path / "server").parent
    content = letter(Answer("month_check", 1, "2026-10", {}), "AAAA", made.invitation)
    give(content, folder, "one", patience=0)
    made.take(folder)
    assert give(content, folder, "one", patience=5) == "closed"


def test_a_page_without_a_server_is_invited_to_the_month_check_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COPEHOPE_SELF_CHECK", raising=False)
    invitation, folder = given_invitation()
    assert (invitation.asked.name, invitation.wave, folder) == ("month_check", "", None)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("month_check", 1, "2026-09", {}), "month_check 1, 2026-09"),
        (Answer("month_check", 2, "2026-10", {}), "month_check 2"),
        (Answer("cbi", 1, "2026-10", {}), "cbi 1"),
        (Answer("month_check", 1, "2026-10", {1: 7}), "no answer"),
        (Answer("month_check", 1, "2026-10", {99: 1}), "no answer"),
    ],
)
def test_an_answer_from_elsewhere_is_one_sentence(team: Team, answer: Answer, said: str) -> None:
    sealed = answer.sealed(team.key.public)
    with pytest.raises(CopehopeError, match=said):
        open_answer(sealed, team.key, read("month_check"), "2026-10", "x.age")
