"""The drop-box: sealed, of one length, without order or time, one answer a slip."""

import asyncio
import base64
import dataclasses
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files import sealing
from copehope_lib.instruments import INSTRUMENTS, read
from copehope_lib.instruments.instrument import DID_NOT_APPLY
from copehope_lib.privacy import wellbeing
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import LENGTH, Answer, open_answer
from copehope_lib.self_check.intake import (
    Intake,
    Invitation,
    given_invitation,
    invitation_in,
    sentence,
)
from copehope_lib.server import answers as server
from tests.night import NIGHT
from tests.self_check.conftest import VERSION, Team, everything, filled, hand, letter


def test_every_answer_of_every_instrument_has_one_length() -> None:
    key = sealing.new_key()
    lengths = set()
    for name in INSTRUMENTS:
        instrument = read(name)
        for given in ({}, dict.fromkeys(instrument.items, instrument.answers[-1])):
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
    of = waves.read(team.workspace.dropbox / "2026-10")
    (path,) = of.files()
    outer = tmp_path / "intake.age"
    outer.write_bytes(base64.b64decode(of.intake))

    def opened(identity: Path, sealed: Path, to: Path) -> Path:
        command = [age, "--decrypt", "--identity", identity, "--output", to, sealed]
        subprocess.run(command, capture_output=True, check=True)
        return to

    # Her key opens that of the intake, that one the wrapping, and hers what is in it.
    intake = opened(team.key_file, outer, tmp_path / "intake.txt")
    inner = opened(intake, path, tmp_path / "inner.age")
    values = json.loads(opened(team.key_file, inner, tmp_path / "answer.json").read_bytes())
    assert set(values) == {"format", "instrument", "version", "wave", "answers", "id"}
    assert values["answers"] == {str(item): 3 for item in everything(3)}


def test_the_folder_tells_neither_order_nor_time_nor_slip(team: Team) -> None:
    slips = team.wave("2026-10")
    folder = team.workspace.dropbox / "2026-10"
    arrived: list[str] = []
    for slip in slips:
        one = Answer("month_check", VERSION, "2026-10", everything(2))
        backup = {path.read_bytes() for path in folder.glob("*.age")}
        before = set(team.laid("2026-10"))
        waves.spend(folder, slip, one.sealed(team.key.public))
        after = dict(zip(team.laid("2026-10"), waves.read(folder).files(), strict=True))
        assert before < set(after)
        arrived.append(next(str(path) for content, path in after.items() if content not in before))
        # Whoever has a copy of before and one of after finds no piece of one in the other.
        pieces = {content[at : at + 32] for content in backup for at in range(40, 2500, 32)}
        assert not any(
            path.read_bytes()[at : at + 32] in pieces
            for path in after.values() for at in range(40, 2500)
        )  # fmt: skip
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
            one = Answer("month_check", VERSION, name, everything(at))
            waves.spend(folder, slip, one.sealed(team.key.public))
        by_time = max(folder.glob("*.age"), key=lambda path: path.stat().st_ctime_ns)
        laid = dict(zip(waves.read(folder).files(), team.laid(name), strict=True))
        opened = json.loads(sealing.open_sealed(laid[by_time], team.key))
        last += opened["answers"]["1"] == 2
    assert 1 <= last <= 18


def test_to_try_a_slip_is_work() -> None:
    reloaded = subprocess.run(
        [sys.executable, "-c", "from copehope_lib.self_check import wave; print(wave.WORK)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(reloaded.stdout) >= 2**12


def test_a_slip_is_good_for_one_answer_however_it_is_typed(team: Team) -> None:
    slip, other = team.wave("2026-10", 2)
    folder = team.workspace.dropbox / "2026-10"
    sealed = Answer("month_check", VERSION, "2026-10", everything(1)).sealed(team.key.public)
    assert waves.spend(folder, f" {slip.lower().replace('-', ' ')} ", sealed) == "given"
    assert waves.spend(folder, slip, sealed) == "spent"
    assert waves.spend(folder, "2222-2222-2222", sealed) == "unknown"
    assert waves.spend(folder, "", sealed) == "unknown"
    assert len(waves.read(folder).files()) == 1
    close(team, "2026-10")
    assert waves.spend(folder, other, sealed) == "closed"
    with pytest.raises(CopehopeError, match="closed"):
        waves.issue(waves.read(folder), 1)


def close(team: Team, name: str) -> None:
    of = waves.read(team.workspace.dropbox / name)
    waves.close(of, waves.key_of(of, team.key))


def test_many_at_once_spend_each_slip_once(team: Team) -> None:
    slips = team.wave("2026-10", 4)
    folder = team.workspace.dropbox / "2026-10"
    sealed = Answer("month_check", VERSION, "2026-10", everything(1)).sealed(team.key.public)
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
        waves.spend(folder, slip, filled("sealed"))
    monkeypatch.undo()
    assert waves.spend(folder, slip, filled("sealed")) == "given"


def intake(team: Team, tmp_path: Path, name: str = "server") -> tuple[Intake, Invitation, Path]:
    check = read("month_check").model_dump(mode="json")
    made = Intake(Invitation(check, keys=team.key.public), team.workspace.dropbox)
    folder = tmp_path / name
    return made, made.invitation, made.write_to(folder).parent


def test_an_answer_goes_through_the_intake_once_even_if_it_is_given_twice(
    team: Team, tmp_path: Path
) -> None:
    slip, other = team.wave("2026-10", 2)
    made, invitation, folder = intake(team, tmp_path)
    content = letter(Answer("month_check", VERSION, "2026-10", everything(4)), slip, invitation)
    for _again in range(2):
        assert hand(content, folder, "one") == ""
        made.take(folder)
        assert hand(content, folder, "one") == "given"
    assert len(waves.read(team.workspace.dropbox / "2026-10").files()) == 1
    assert not list(folder.glob("*.letter"))
    assert slip not in str([path.read_bytes() for path in folder.iterdir()])
    assert other


NESTED = b"[" * 50_000
"""What a reader of JSON gives up."""


@pytest.mark.parametrize("content", [b"", b"nonsense", b"age-encryption.org/v1\n", NESTED])
@pytest.mark.parametrize("seals", [True, False])
def test_a_letter_that_is_none_is_refused_and_the_intake_goes_on(
    team: Team, tmp_path: Path, content: bytes, seals: bool
) -> None:
    team.wave("2026-10")
    made, invitation, folder = intake(team, tmp_path)
    to = [invitation.waves["2026-10"]["intake"]]
    content = sealing.seal(content, to) if seals else content
    (folder / "x.letter").write_bytes(content)
    made.take(folder)
    assert (folder / "x.reply").read_text() == "damaged"


def test_a_letter_that_waited_for_another_server_of_its_team_is_taken_in(
    team: Team, tmp_path: Path
) -> None:
    (slip,) = team.wave("2026-10", 1)
    _before, invitation, _folder = intake(team, tmp_path)
    content = letter(Answer("month_check", VERSION, "2026-10", everything(4)), slip, invitation)
    made, _invitation, folder = intake(team, tmp_path, "later")
    hand(content, folder, "one")
    made.take(folder)
    assert hand(content, folder, "one") == "given"


def test_a_letter_for_a_wave_that_was_closed_meanwhile_is_told_so(
    team: Team, tmp_path: Path
) -> None:
    (slip,) = team.wave("2026-10", 1)
    _before, invitation, _folder = intake(team, tmp_path)
    content = letter(Answer("month_check", VERSION, "2026-10", everything(4)), slip, invitation)
    close(team, "2026-10")
    made, invitation, folder = intake(team, tmp_path, "later")
    assert invitation.waves == {}
    hand(content, folder, "one")
    made.take(folder)
    assert hand(content, folder, "one") == "closed"


def test_a_server_of_another_team_takes_no_letter(team: Team, tmp_path: Path) -> None:
    (slip,) = team.wave("2026-10", 1)
    _made, invitation, folder = intake(team, tmp_path)
    content = letter(Answer("month_check", VERSION, "2026-10", everything(4)), slip, invitation)
    theirs = sealing.new_key().public[0]
    for keys in ("", theirs):
        assert asyncio.run(server.take(folder, "one", content, keys)) == (409, "")
    assert [path.name for path in folder.iterdir()] == ["invitation.json"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"age-encryption.org/v1\n" + bytes(100_000)])
def test_what_is_no_letter_is_not_even_laid_at_the_intake(
    team: Team, tmp_path: Path, content: bytes
) -> None:
    _made, _invitation, folder = intake(team, tmp_path)
    assert hand(content, folder, "one") == "damaged"
    assert [path.name for path in folder.iterdir()] == ["invitation.json"]


def given(team: Team, made: Intake, folder: Path, slip: str, wave: str = "2026-10") -> str:
    """Give an answer with a slip as the page does, and return what became of it."""
    answer = Answer("month_check", VERSION, wave, everything(2))
    content = letter(answer, slip, invitation_in(folder))
    assert hand(content, folder, slip) == ""
    made.take(folder)
    return hand(content, folder, slip)


def answered(team: Team, wave: str) -> list[str]:
    """The waves that the answers of a wave say they are of."""
    check = read("month_check")
    return [open_answer(one, team.key, check, wave, "").wave for one in team.laid(wave)]


def test_a_slip_decides_its_wave_of_those_that_are_open_side_by_side(
    team: Team, tmp_path: Path
) -> None:
    september, october, november = (team.wave(f"2026-{n}", 2) for n in ("09", "10", "11"))
    made, _invitation, folder = intake(team, tmp_path)
    assert given(team, made, folder, october[0]) == "given"
    assert given(team, made, folder, september[0]) == "given"
    assert given(team, made, folder, november[0]) == "given"
    assert given(team, made, folder, october[1]) == "given"
    for wave, n in (("2026-09", 1), ("2026-10", 2), ("2026-11", 1)):
        assert answered(team, wave) == [wave] * n


def test_a_slip_that_was_used_and_one_that_is_unknown_are_two_sentences(
    team: Team, tmp_path: Path
) -> None:
    (september,), (october, later) = team.wave("2026-09", 1), team.wave("2026-10", 2)
    made, _invitation, folder = intake(team, tmp_path)
    assert given(team, made, folder, september) == "given"
    assert given(team, made, folder, october) == "given"
    assert given(team, made, folder, f"{september} ") == "spent"
    assert given(team, made, folder, "2222-2222-2222") == "unknown"
    close(team, "2026-10")
    assert given(team, made, folder, f" {october}") == "spent"
    assert given(team, made, folder, later) == "closed"
    assert sentence("spent") != sentence("unknown")
    assert "used already" in sentence("spent")
    assert "not known" in sentence("unknown")


def test_a_damaged_wave_stops_no_answer_to_another_one(team: Team, tmp_path: Path) -> None:
    (september,), (october,) = team.wave("2026-09", 1), team.wave("2026-10", 1)
    made, _invitation, folder = intake(team, tmp_path)
    (team.workspace.dropbox / "2026-10" / waves.FILE_NAME).write_text("[]")
    assert given(team, made, folder, september) == "given"
    assert given(team, made, folder, october) == "damaged"


def test_slips_that_are_printed_while_the_page_is_served_work_on_it(
    team: Team, tmp_path: Path
) -> None:
    made, invitation, folder = intake(team, tmp_path)
    assert invitation.waves == {}
    (slip,) = team.wave("2026-10", 1)
    made.take(folder)
    assert list(invitation_in(folder).waves) == ["2026-10"]
    assert given(team, made, folder, slip) == "given"


def test_a_slip_for_other_questions_is_told_so_and_stays_good(team: Team, tmp_path: Path) -> None:
    team.wave("2026-10", 1)
    of = waves.begin(team.workspace.dropbox / "2026-09", "cbi", 1, team.key.public)
    (other,) = waves.issue(of, 1)
    made, _invitation, folder = intake(team, tmp_path)
    assert given(team, made, folder, other) == "other"
    assert waves.read(of.folder).outcome(other) == ""


@pytest.mark.parametrize(
    ("form", "unknown"), [(1, ("used", "going")), (2, ())], ids=["first", "second"]
)
def test_a_wave_of_an_earlier_workbench_takes_answers_and_is_counted_as_before(
    team: Team, form: int, unknown: tuple[str, ...]
) -> None:
    slips = team.wave("2026-10", 6)
    path = team.workspace.dropbox / "2026-10" / waves.FILE_NAME
    values = json.loads(path.read_text())
    for of in (values["salt"], path.parent):
        waves._beside(of).unlink()
    for name in (*unknown, "intake", "laid", "signed"):
        del values[name]
    path.write_text(json.dumps(values | {"format": form}))
    for slip in slips:
        sealed = Answer("month_check", VERSION, "2026-10", everything(1)).sealed(team.key.public)
        assert waves.spend(path.parent, slip, sealed) == "given"
        assert sealed in {one.read_bytes() for one in waves.read(path.parent).files()}
    assert waves.spend(path.parent, slips[0], sealed) == "spent"
    made = wellbeing.collect(team.workspace, "2026-10", team.key)
    assert (made.picture.least, made.left_out) == (5, ())
    assert waves.read(path.parent).closed


def test_the_key_of_the_intake_lies_outside_the_workspace_and_goes_when_the_wave_closes(
    team: Team,
) -> None:
    team.answer("2026-10", [everything(2)] * 6)
    of = waves.read(team.workspace.dropbox / "2026-10")
    key = waves.key_here(of)
    assert key is not None
    secret = key.as_file().split()[-1]
    inside = [path.read_bytes() for path in team.workspace.path.rglob("*") if path.is_file()]
    assert len(inside) > 6
    assert not any(secret in content for content in inside)
    place = waves._beside(of.salt)
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    wellbeing.collect(team.workspace, "2026-10", team.key)
    assert not place.exists()
    assert len(team.laid("2026-10")) == 6


def test_a_wave_that_was_begun_elsewhere_is_collected_here_and_takes_no_answer(
    team: Team, tmp_path: Path
) -> None:
    slips = team.wave("2026-10")
    folder = team.workspace.dropbox / "2026-10"
    sealed = Answer("month_check", VERSION, "2026-10", everything(3)).sealed(team.key.public)
    waves.spend(folder, slips[0], sealed)
    for of in (waves.read(folder).salt, folder):
        waves._beside(of).unlink()
    made, invitation, letters = intake(team, tmp_path)
    assert invitation.waves == {}
    team.wave("2026-11")
    made.take(letters)
    assert given(team, made, letters, slips[1]) == "elsewhere"
    with pytest.raises(CopehopeError, match="begun by another user or on another machine"):
        waves.issue(waves.read(folder), 1)
    assert wellbeing.collect(team.workspace, "2026-10", team.key).picture.state == "few"


def forged(team: Team) -> bytes:
    one = Answer("month_check", VERSION, "2026-10", everything(4)).sealed(team.key.public)
    return sealing.seal_to_length(one, sealing.new_key().public)


def test_what_somebody_with_the_disk_put_into_the_drop_box_is_not_counted(team: Team) -> None:
    team.answer("2026-10", [everything(2)] * 6)
    folder = team.workspace.dropbox / "2026-10"
    for at in range(4):
        (folder / f"{at}.age").write_bytes(forged(team))
    made = wellbeing.collect(team.workspace, "2026-10", team.key)
    assert len(made.left_out) == 4
    assert all("without a slip" in one for one in made.left_out)
    # With the forged ones there would be nine.
    assert made.picture.least == 5


def replace_five(folder: Path, team: Team) -> None:
    """Lay others in the place of five."""
    for path in waves.read(folder).files()[:5]:
        path.write_bytes(forged(team))


def remove_one(folder: Path, _team: Team) -> None:
    """Take an answer away."""
    waves.read(folder).files()[0].unlink()


@pytest.mark.parametrize("done", [replace_five, remove_one])
@pytest.mark.parametrize("one_more", [False, True])
def test_where_answers_are_gone_nothing_is_shown_until_the_folder_is_brought_back(
    team: Team, tmp_path: Path, done: Callable[[Path, Team], None], one_more: bool
) -> None:
    *slips, last = team.wave("2026-10", 6)
    folder = team.workspace.dropbox / "2026-10"
    for slip in slips:
        one = Answer("month_check", VERSION, "2026-10", everything(2))
        assert waves.spend(folder, slip, one.sealed(team.key.public)) == "given"
    copy = shutil.copytree(folder, tmp_path / "copy")
    done(folder, team)
    if one_more:
        one = Answer("month_check", VERSION, "2026-10", everything(2))
        assert waves.spend(folder, last, one.sealed(team.key.public)) == "given"
    with pytest.raises(CopehopeError, match="missing or were replaced") as raised:
        wellbeing.collect(team.workspace, "2026-10", team.key)
    assert "\n" not in str(raised.value)
    assert not waves.read(folder).closed
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    if one_more:
        # An older copy is counted once somebody said that it is one, as the sentence asks.
        with pytest.raises(CopehopeError, match="if that is an older one, remove ") as raised:
            wellbeing.collect(team.workspace, "2026-10", team.key)
        Path(str(raised.value).rpartition("remove ")[2].removesuffix(".")).unlink()
    assert wellbeing.collect(team.workspace, "2026-10", team.key).picture.least == 5


def own_wave(folder: Path, signs: bool) -> None:
    """Put a wave of nine answers in the place of another, with what its folder tells only."""
    there = waves.read(folder)
    for path in folder.glob("*.age"):
        path.unlink()
    key = sealing.new_key() if signs else None
    laid = []
    for at in range(9):
        content = Answer("month_check", VERSION, folder.name, everything(4)).sealed(there.to)
        if key:
            content = sealing.seal_to_length(content, key.public)
        (folder / f"{at}.age").write_bytes(content)
        laid.append(hashlib.sha256(content).hexdigest())
    made = dataclasses.replace(
        there,
        salt="00" * 16,
        issued=9,
        unspent=(),
        used=tuple(f"{at:032x}" for at in range(9)),
        intake=base64.b64encode(sealing.seal(key.as_file(), there.to)).decode() if key else "",
        laid=tuple(sorted(laid)) if key else (),
        signed="",
    )
    values = dataclasses.asdict(made) | {"format": waves.FORMAT}
    values["signed"] = waves._signature(made, key) if key else ""
    del values["folder"]
    (folder / waves.FILE_NAME).write_text(json.dumps(values))


@pytest.mark.parametrize("signs", [True, False])
@pytest.mark.parametrize("closed", [True, False])
def test_a_whole_wave_in_the_place_of_another_is_not_counted_now_or_later(
    team: Team, signs: bool, closed: bool
) -> None:
    team.answer("2026-10", [everything(0)] * 5)
    folder = team.workspace.dropbox / "2026-10"
    if closed:
        shown = wellbeing.collect(team.workspace, "2026-10", team.key).picture
    own_wave(folder, signs)
    if closed:
        again = wellbeing.collect(team.workspace, "2026-10", team.key).picture
        pd.testing.assert_frame_equal(again.scales, shown.scales)
        shutil.rmtree(team.workspace.published)
    with pytest.raises(CopehopeError, match=r"2026-10/wave\.json is not as the last"):
        wellbeing.collect(team.workspace, "2026-10", team.key)


def test_an_older_copy_of_a_wave_is_not_counted_and_takes_no_answer(
    team: Team, tmp_path: Path
) -> None:
    *slips, last = team.wave("2026-10", 7)
    folder, copies = team.workspace.dropbox / "2026-10", tmp_path / "copies"
    for at, slip in enumerate(slips):
        shutil.copytree(folder, copies / str(at))
        one = Answer("month_check", VERSION, "2026-10", everything(2)).sealed(team.key.public)
        assert waves.spend(folder, slip, one) == "given"
    for copy in copies.iterdir():
        shutil.rmtree(folder)
        shutil.copytree(copy, folder)
        with pytest.raises(CopehopeError, match="not as the last answer left it"):
            waves.spend(folder, last, one)
        with pytest.raises(CopehopeError, match="not as the last answer left it"):
            wellbeing.collect(team.workspace, "2026-10", team.key)


def test_a_workspace_that_was_moved_and_a_wave_that_was_begun_anew_take_answers(
    team: Team, tmp_path: Path
) -> None:
    slips = team.wave("2026-10", 3)
    folder = team.workspace.dropbox / "2026-10"
    assert waves.spend(folder, slips[0], filled("sealed")) == "given"
    moved = shutil.move(team.workspace.path, tmp_path / "moved") / "dropbox" / "2026-10"
    assert waves.spend(moved, slips[1], filled("sealed")) == "given"
    anew = waves.begin(folder, "month_check", VERSION, team.key.public)
    assert waves.spend(folder, waves.issue(anew, 1)[0], filled("sealed")) == "given"
    assert waves.spend(moved, slips[2], filled("sealed")) == "given"


@pytest.mark.parametrize(
    "values",
    [
        {"intake": "no base64 ü"},
        {"intake": 5},
        {"signed": "ü"},
        {"signed": None},
        {"salt": "no number"},
        {"laid": 3},
        {"used": [None]},
        {"issued": "many"},
        {"to": json.loads("[" * 900 + "]" * 900)},
    ],
    ids=lambda values: str(values)[:30],
)
def test_a_wave_whose_description_is_nonsense_is_one_sentence_with_and_without_its_key(
    team: Team, values: dict[str, object]
) -> None:
    team.answer("2026-10", [everything(2)] * 2)
    folder = team.workspace.dropbox / "2026-10"
    salt = waves.read(folder).salt
    change(folder, **values)
    for _with_or_without in range(2):
        for touch in (
            lambda: waves.issue(waves.read(folder), 1),
            lambda: wellbeing.collect(team.workspace, "2026-10", team.key),
        ):
            with pytest.raises(CopehopeError, match=r"wave\.json is|2026-10 was begun") as raised:
                touch()
            assert "\n" not in str(raised.value)
        waves._beside(salt).unlink(missing_ok=True)


def test_a_folder_that_is_named_by_no_month_is_one_sentence(team: Team) -> None:
    team.wave("2026-10", 1)
    folder = team.workspace.dropbox / "2026-10"
    shutil.copytree(folder, folder.with_name("2026-10 copy"))
    with pytest.raises(CopehopeError, match=r"2026-10 copy is named by no month.*move"):
        waves.taking(team.workspace.dropbox)


@pytest.mark.parametrize(
    ("name", "value"), [("issued", 29), ("unspent", []), ("closed", True), ("laid", ["0" * 64])]
)
def test_counters_that_somebody_changed_show_nothing(team: Team, name: str, value: object) -> None:
    team.answer("2026-10", [everything(2)] * 5)
    path = team.workspace.dropbox / "2026-10" / waves.FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))
    with pytest.raises(CopehopeError, match="not as the last answer left it"):
        wellbeing.collect(team.workspace, "2026-10", team.key)


def stuff(folder: Path, team: Team) -> None:
    """Lay an answer, and list it among those that the intake laid."""
    of = waves.read(folder)
    key = waves.key_here(of)
    assert key
    one = Answer("month_check", VERSION, folder.name, everything(4)).sealed(team.key.public)
    content = sealing.seal_to_length(one, key.public)
    (folder / "ffff.age").write_bytes(content)
    change(folder, laid=[*of.laid, hashlib.sha256(content).hexdigest()], issued=of.issued + 1)


def raise_issued(folder: Path, _team: Team) -> None:
    """Have it look as if fewer had answered."""
    change(folder, issued=29)


def take_the_key_away(folder: Path, _team: Team) -> None:
    """Have it look like a wave that an earlier workbench began."""
    change(folder, intake="", signed="", laid=[])


def change(folder: Path, **values: object) -> None:
    path = folder / waves.FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@pytest.mark.parametrize("done", [stuff, raise_issued, take_the_key_away])
def test_what_somebody_changed_is_not_signed_with_the_next_answer_or_slip(
    team: Team, done: Callable[[Path, Team], None]
) -> None:
    *slips, last = team.wave("2026-10", 7)
    folder = team.workspace.dropbox / "2026-10"
    for slip in slips:
        assert waves.spend(folder, slip, filled("sealed")) == "given"
    good = (folder / waves.FILE_NAME).read_bytes()
    done(folder, team)
    changed = (folder / waves.FILE_NAME).read_bytes()
    for touch in (
        lambda: waves.spend(folder, last, filled("sealed")),
        lambda: waves.issue(waves.read(folder), 1),
        lambda: wellbeing.collect(team.workspace, "2026-10", team.key),
    ):
        with pytest.raises(CopehopeError, match="not as the last answer left it"):
            touch()
    assert (folder / waves.FILE_NAME).read_bytes() == changed
    # As the sentence says.
    (folder / waves.FILE_NAME).write_bytes(good)
    assert waves.spend(folder, last, filled("sealed")) == "given"


def test_what_broke_off_is_tidied_up_in_its_folder_and_nowhere_else(team: Team) -> None:
    team.wave("2026-10", 1)
    folder = team.workspace.dropbox / "2026-10"
    key = team.workspace.registry / "pseudonyms.key"
    change(folder, going=["../../registry/pseudonyms.key", str(key.absolute())])
    with waves.alone(folder):
        assert key.exists()
    assert key.exists()


def test_no_answer_slips_in_while_a_wave_is_counted_and_a_kept_picture_stays(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.answer("2026-10", [everything(2)] * 7, slips=9)
    folder = team.workspace.dropbox / "2026-10"
    left = waves.issue(waves.read(folder), 1)
    sealed = Answer("month_check", VERSION, "2026-10", everything(4)).sealed(team.key.public)
    other = f"""
from base64 import b64decode
from pathlib import Path
from copehope_lib.self_check import wave
wave.WORK = {waves.WORK}
print("now", flush=True)
print(wave.spend(Path({str(folder)!r}), {left[0]!r}, b64decode({base64.b64encode(sealed)!r})))
"""
    process = subprocess.Popen([sys.executable, "-c", other], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    made = wellbeing.picture

    def and_meanwhile(*args: object) -> object:
        assert process.stdout
        assert process.stdout.readline() == "now\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1)
        return made(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(wellbeing, "picture", and_meanwhile)
    first = wellbeing.collect(team.workspace, "2026-10", team.key)
    monkeypatch.undo()
    assert process.communicate()[0] == "closed\n"
    assert len(team.laid("2026-10")) == 7
    assert first.picture.least == 5
    kept = (team.workspace.published / "wellbeing" / "2026-10.json").read_bytes()
    wellbeing.collect(team.workspace, "2026-10", team.key)
    assert (team.workspace.published / "wellbeing" / "2026-10.json").read_bytes() == kept


class KilledError(BaseException):
    """The process has ended: nothing behind it runs."""


@pytest.mark.parametrize("step", range(1, 55, 3))
def test_killed_at_any_step_a_slip_is_good_or_its_answer_is_there(
    team: Team, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    slips = team.wave("2026-10", 4)
    folder = team.workspace.dropbox / "2026-10"
    for slip in slips[:2]:
        assert waves.spend(folder, slip, filled(f"of {slip}")) == "given"
    done = 0

    def until(name: str) -> None:
        real = getattr(os, name)

        def one(*args: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done > step:
                raise KilledError
            return real(*args, **named)

        monkeypatch.setattr(os, name, one)

    for name in ("fsync", "utime", "unlink", "replace"):
        until(name)
    with pytest.raises(KilledError):
        waves.spend(folder, slips[2], filled(f"of {slips[2]}"))
    monkeypatch.undo()
    (now,) = waves.taking(team.workspace.dropbox)
    there = {one.decode().strip() for one in team.laid("2026-10")}
    assert len(now.files()) == len(there) == now.spent == 3 - (now.outcome(slips[2]) == "")
    assert (f"of {slips[2]}" in there) == (now.outcome(slips[2]) == "spent")
    assert {f"of {slip}" for slip in slips[:2]} <= there
    # Nothing is left of what broke off, and no clock tells when it did.
    assert {path.name for path in folder.iterdir()} == {
        waves.FILE_NAME,
        *(path.name for path in now.files()),
    }
    assert waves.spend(folder, slips[3], filled("the last")) == "given"
    times = {path.stat().st_mtime for path in [folder, *folder.iterdir()]}
    assert len(times) == 1


def test_killed_while_answers_come_no_slip_is_burnt(team: Team, tmp_path: Path) -> None:
    slips = team.wave("2026-10", 12)
    folder = team.workspace.dropbox / "2026-10"
    code = (
        "import sys; from pathlib import Path; from copehope_lib.self_check import wave\n"
        f"wave.WORK = {waves.WORK}\n"
        "for slip in sys.argv[2:]:\n"
        "    print(wave.spend(Path(sys.argv[1]), slip, b'sealed'.ljust(2348)), flush=True)"
    )
    for turn in range(4 if NIGHT else 2):
        left = [slip for slip in slips if waves.read(folder).outcome(slip) == ""]
        process = subprocess.Popen(
            [sys.executable, "-c", code, folder, *left], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(turn * 0.007)
        process.kill()
        process.communicate()
        (now,) = waves.taking(team.workspace.dropbox)
        assert len(now.files()) == now.spent == sum(now.outcome(slip) == "spent" for slip in slips)


def test_a_page_without_a_server_is_invited_to_the_month_check_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COPEHOPE_SELF_CHECK", raising=False)
    invitation = given_invitation()
    assert (invitation.asked.name, invitation.waves, invitation.keys) == ("month_check", {}, ())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("month_check", VERSION, "2026-09", {}), "month_check 2, 2026-09"),
        (Answer("month_check", 1, "2026-10", {}), "month_check 1"),
        (Answer("cbi", 1, "2026-10", {}), "cbi 1"),
        (Answer("month_check", VERSION, "2026-10", {1: 7}), "no answer"),
        (Answer("month_check", VERSION, "2026-10", {99: 1}), "no answer"),
        (Answer("month_check", VERSION, "2026-10", {1: DID_NOT_APPLY}), "no answer"),
    ],
)
def test_an_answer_from_elsewhere_is_one_sentence(team: Team, answer: Answer, said: str) -> None:
    sealed = answer.sealed(team.key.public)
    with pytest.raises(CopehopeError, match=said):
        open_answer(sealed, team.key, read("month_check"), "2026-10", "x.age")


def lay_a_folder(at: Path) -> None:
    at.mkdir()


def lay_a_pipe(at: Path) -> None:
    os.mkfifo(at)


def lay_a_device(at: Path) -> None:
    at.symlink_to("/dev/zero")


def lay_a_long_one(at: Path) -> None:
    at.write_bytes(b"age-encryption.org/v1\n")
    os.truncate(at, 2**40)


@pytest.mark.parametrize("lay", [lay_a_folder, lay_a_pipe, lay_a_device, lay_a_long_one])
def test_a_letter_that_is_no_plain_file_stops_nobody(
    team: Team, tmp_path: Path, lay: Callable[[Path], None]
) -> None:
    (slip,) = team.wave("2026-10", 1)
    made, invitation, folder = intake(team, tmp_path)
    lay(folder / "a.letter")
    content = letter(Answer("month_check", VERSION, "2026-10", everything(4)), slip, invitation)
    hand(content, folder, "b")
    for _again in range(2):
        made.take(folder)
    assert hand(content, folder, "b") == "given"
    assert len(waves.read(team.workspace.dropbox / "2026-10").files()) == 1


@pytest.mark.parametrize("lay", [lay_a_folder, lay_a_pipe, lay_a_device, lay_a_long_one])
def test_what_was_laid_into_the_drop_box_stops_neither_an_answer_nor_the_picture(
    team: Team, lay: Callable[[Path], None]
) -> None:
    (slip,) = team.wave("2026-10", 1)
    folder = team.workspace.dropbox / "2026-10"
    lay(folder / "x.age")
    sealed = Answer("month_check", VERSION, "2026-10", everything(4)).sealed(team.key.public)
    assert waves.spend(folder, slip, sealed) == "given"
    assert (folder / "x.age").is_symlink() or (folder / "x.age").exists()
    left_out: list[str] = []
    of = waves.read(folder)
    (answer,) = wellbeing._answers(of, team.key, read(of.instrument), left_out)
    assert answer.answers == everything(4)
    assert len(left_out) == 1
    assert "x.age" in left_out[0]


def test_letters_that_became_a_link_lead_nowhere(team: Team, tmp_path: Path) -> None:
    team.wave("2026-10", 1)
    made, _invitation, folder = intake(team, tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.letter").write_bytes(b"of somebody else")
    folder.rename(tmp_path / "gone")
    folder.symlink_to(other)
    made.take(folder)
    assert [path.name for path in other.iterdir()] == ["x.letter"]
