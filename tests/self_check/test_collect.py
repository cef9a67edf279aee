"""Collecting a wave: only what may be shown, and the same each time, whatever lies there."""

import json
import shutil
import sys
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from copehope_lib.cli import main
from copehope_lib.demo import synthetic
from copehope_lib.demo.two_women import two_women
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.files import sealing
from copehope_lib.instruments import read
from copehope_lib.privacy.publish import preview, publish
from copehope_lib.privacy.wellbeing import collect
from copehope_lib.schema import TABLES
from copehope_lib.self_check import noise
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.picture import picture
from tests.self_check.conftest import VERSION, Team, everything

OCTOBER = pd.Period("2026-10", "M")


def several(n: int, seed: int = 1) -> list[dict[int, int]]:
    rng = np.random.default_rng(seed)
    return [{item: int(rng.integers(0, 5)) for item in everything(0)} for _person in range(n)]


def published(team: Team) -> None:
    women = two_women()
    synthetic.write({name: getattr(women, name) for name in TABLES}, team.workspace.registry)
    publish(team.workspace, team.workspace.tables(), OCTOBER)


def test_the_extract_holds_aggregates_and_nothing_of_one_person(team: Team) -> None:
    published(team)
    team.answer("2026-10", several(7))
    made = collect(team.workspace, "2026-10", team.key)
    assert (made.picture.state, made.published, made.left_out) == ("shown", True, ())
    for audience in ("supervision", "team"):
        extract = Extract(team.workspace.extracts, audience)
        wave = extract.table("wellbeing.waves", OCTOBER).iloc[0]
        assert wave.to_dict() == {
            "instrument": "month_check", "version": 2, "state": "shown", "least": 5,
        }  # fmt: skip
        assert extract.table("wellbeing.scales", OCTOBER)["scale"].tolist() == ["balance"]
    assert not Extract(team.workspace.extracts, "partner").holds("wellbeing.scales")
    ids = [one.id for one in open_all(team)]
    assert len(ids) == 7
    for room in (team.workspace.extracts, team.workspace.published):
        text = b"".join(path.read_bytes() for path in room.rglob("*") if path.is_file())
        assert not any(one.encode() in text for one in ids)


def test_the_picture_comes_with_the_month_if_it_was_collected_first(team: Team) -> None:
    team.answer("2026-10", several(6))
    assert not collect(team.workspace, "2026-10", team.key).published
    published(team)
    assert Extract(team.workspace.extracts, "team").holds("wellbeing.scales")
    shutil.rmtree(team.workspace.extracts / "2026-10")
    preview(team.workspace, team.workspace.tables(), OCTOBER)
    for audience in ("supervision", "team"):
        extract = Extract(team.workspace.extracts, audience)
        assert len(extract.table("wellbeing.scales", OCTOBER)) == 1


def test_noise_is_drawn_once_and_a_closed_wave_is_never_drawn_anew(team: Team) -> None:
    team.answer("2026-10", several(6))
    first = collect(team.workspace, "2026-10", team.key).picture
    kept = team.workspace.published / "wellbeing" / "2026-10.json"
    content = kept.read_bytes()
    again = collect(team.workspace, "2026-10", team.key).picture
    pd.testing.assert_frame_equal(first.scales, again.scales)
    assert waves.read(team.workspace.dropbox / "2026-10").closed
    # A second draw of the same answers would double what may be told of them.
    kept.unlink()
    with pytest.raises(CopehopeError, match=r"is closed.*bring .*2026-10\.json back"):
        collect(team.workspace, "2026-10", team.key)
    kept.write_bytes(content)
    third = collect(team.workspace, "2026-10", team.key).picture
    pd.testing.assert_frame_equal(first.scales, third.scales)


def test_broken_off_before_it_closed_a_wave_is_closed_as_it_was_drawn(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.answer("2026-10", several(6))

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(waves, "close", killed)
    with pytest.raises(KeyboardInterrupt):
        collect(team.workspace, "2026-10", team.key)
    monkeypatch.undo()
    kept = (team.workspace.published / "wellbeing" / "2026-10.json").read_bytes()
    collect(team.workspace, "2026-10", team.key)
    assert waves.read(team.workspace.dropbox / "2026-10").closed
    assert (team.workspace.published / "wellbeing" / "2026-10.json").read_bytes() == kept


def test_without_opendp_it_is_one_sentence_and_the_wave_stays_open(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.answer("2026-10", several(6))
    noise._mechanism.cache_clear()
    monkeypatch.setitem(sys.modules, "opendp.prelude", None)
    with pytest.raises(CopehopeError, match=r"OpenDP is needed.*\[wellbeing\]"):
        collect(team.workspace, "2026-10", team.key)
    assert not waves.read(team.workspace.dropbox / "2026-10").closed
    monkeypatch.undo()
    assert collect(team.workspace, "2026-10", team.key).picture.state == "shown"


def test_a_wave_of_another_version_is_neither_counted_nor_added_to_a_later_one(
    team: Team,
) -> None:
    earlier = waves.begin(team.workspace.dropbox / "2026-09", "month_check", 1, team.key.public)
    for slip in waves.issue(earlier, 6):
        one = Answer("month_check", 1, "2026-09", everything(4)).sealed(team.key.public)
        assert waves.spend(earlier.folder, slip, one) == "given"
    with pytest.raises(CopehopeError, match="another version of Month check"):
        collect(team.workspace, "2026-09", team.key)
    assert not waves.read(earlier.folder).closed
    team.answer("2026-10", several(5))
    assert collect(team.workspace, "2026-10", team.key).picture.least == 5


@pytest.mark.parametrize(("state", "shown"), [("shown", True), ("window", True), ("few", False)])
def test_what_an_earlier_workbench_showed_of_a_closed_wave_stays_as_it_was(
    team: Team, state: str, shown: bool
) -> None:
    team.answer("2026-10", several(6))
    of = waves.read(team.workspace.dropbox / "2026-10")
    scales = [["exhaustion", 1.0, 2.0, 3.0, 0, 4, False]] if shown else []
    kept = team.workspace.published / "wellbeing" / "2026-10.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(
        json.dumps({
            "wave": "2026-10", "instrument": "month_check", "state": state, "waves": ["2026-10"],
            "answers": 6, "rate": 0.7, "scales": scales, "bands": [], "items": [],
        })
    )  # fmt: skip
    if shown:
        waves.close(of, waves.key_of(of, team.key))
    told = collect(team.workspace, "2026-10", team.key).picture
    assert (told.version, told.scales["scale"].tolist()) == (
        (1, ["exhaustion"]) if shown else (2, ["balance"])
    )


def test_a_wave_of_few_stays_open_and_shows_nothing(team: Team) -> None:
    slips = team.wave("2026-10")
    folder = team.workspace.dropbox / "2026-10"

    def answer(slip: str, given: dict[int, int]) -> None:
        sealed = Answer("month_check", VERSION, "2026-10", given).sealed(team.key.public)
        assert waves.spend(folder, slip, sealed) == "given"

    for slip, given in zip(slips[:4], several(4), strict=True):
        answer(slip, given)
    few = collect(team.workspace, "2026-10", team.key).picture
    assert (few.state, few.least, len(few.scales)) == ("few", 0, 0)
    answer(slips[4], everything(2))
    assert collect(team.workspace, "2026-10", team.key).picture.state == "shown"


def test_waves_are_collected_in_any_order_each_with_a_budget_of_its_own(team: Team) -> None:
    for month, n in (("10", 9), ("09", 4), ("08", 6)):
        team.answer(f"2026-{month}", several(n, seed=n))
    told = [collect(team.workspace, f"2026-{of}", team.key).picture for of in ("10", "09", "08")]
    assert [(one.state, one.least) for one in told] == [("shown", 9), ("few", 0), ("shown", 5)]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"[" * 50_000, b'{"format": 1}'])
def test_what_was_sealed_and_is_no_answer_is_one_sentence(content: bytes) -> None:
    with pytest.raises(CopehopeError, match="is no answer of a self-check: it is left out"):
        Answer.parse(content, "x.age")


def open_all(team: Team) -> list[Answer]:
    laid = team.laid("2026-10")
    return [Answer.parse(sealing.open_sealed(one, team.key)) for one in laid]


def test_a_damaged_foreign_or_copied_file_never_hides_the_others(team: Team) -> None:
    team.answer("2026-10", several(6))
    folder = team.workspace.dropbox / "2026-10"
    given = sorted(open_all(team), key=Answer.to_bytes)
    one = next(folder.glob("*.age"))
    (folder / "0copy.age").write_bytes(one.read_bytes())
    (folder / "0damaged.age").write_bytes(one.read_bytes()[:-20])
    (folder / "0nonsense.age").write_bytes(b"nonsense")
    (folder / "0empty.age").write_bytes(b"")
    (folder / "0folder.age").mkdir()
    stranger = Answer("month_check", VERSION, "2026-10", everything(0))
    (folder / "0stranger.age").write_bytes(stranger.sealed(sealing.new_key().public))
    (folder / "0earlier.age").write_bytes(
        Answer("month_check", VERSION, "2026-09", everything(0)).sealed(team.key.public)
    )
    counted: list[list[int]] = []

    def none(numbers: Sequence[int], _apart: int) -> list[int]:
        counted.append(list(numbers))
        return list(numbers)

    made = collect(team.workspace, "2026-10", team.key, none)
    clean = picture("2026-10", given, read("month_check"), none)
    assert counted[0] == counted[1]
    pd.testing.assert_frame_equal(made.picture.scales, clean.scales)
    assert len(made.left_out) == 7
    assert all(sentence.endswith(".") for sentence in made.left_out)
    assert all("\n" not in sentence for sentence in made.left_out)


def test_an_answer_that_nobody_gave_is_left_out_and_in_an_earlier_workbench_shows_nothing(
    team: Team,
) -> None:
    team.answer("2026-10", several(6))
    team.answer("2026-09", several(6))
    for name in ("2026-09", "2026-10"):
        stuffed = Answer("month_check", VERSION, name, everything(4)).sealed(team.key.public)
        (team.workspace.dropbox / name / "ffff.age").write_bytes(stuffed)
    path = team.workspace.dropbox / "2026-09" / waves.FILE_NAME
    laid = team.laid_by_file("2026-09")
    values = json.loads(path.read_text())
    for of in (values["salt"], path.parent):
        waves._beside(of).unlink()
    path.write_text(json.dumps(values | {"format": 2, "intake": "", "laid": [], "signed": ""}))
    for file, content in laid.items():
        file.write_bytes(content)
    with pytest.raises(CopehopeError, match="7 answers, and 6 slips"):
        collect(team.workspace, "2026-09", team.key)
    made = collect(team.workspace, "2026-10", team.key)
    assert made.picture.least == 5
    assert made.left_out == ("ffff.age came into the drop-box without a slip: it is left out.",)


def test_a_wave_that_is_not_there_is_one_sentence(team: Team) -> None:
    team.answer("2026-10", several(6))
    with pytest.raises(CopehopeError, match=r"no wave 2026-11 .there are: 2026-10"):
        collect(team.workspace, "2026-11", team.key)


def test_another_key_is_one_sentence(team: Team) -> None:
    team.answer("2026-10", several(6))
    with pytest.raises(CopehopeError, match="sealed to another key"):
        collect(team.workspace, "2026-10", sealing.new_key())


def test_a_damaged_wave_or_memory_is_one_sentence(team: Team) -> None:
    team.answer("2026-10", several(6))
    collect(team.workspace, "2026-10", team.key)
    memory = team.workspace.published / "wellbeing" / "2026-10.json"
    memory.write_text("{")
    with pytest.raises(CopehopeError, match="damaged"):
        collect(team.workspace, "2026-10", team.key)
    (team.workspace.dropbox / "2026-10" / waves.FILE_NAME).write_text("[]")
    with pytest.raises(CopehopeError, match="damaged"):
        collect(team.workspace, "2026-10", team.key)


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["copehope", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_from_slips_to_the_picture_on_the_command_line(
    team: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = team.workspace.path
    assert run(monkeypatch, "answers", "tokens", folder, "--count", 9, "--wave", "2026-10") == 0
    slips = [line.strip() for line in capsys.readouterr().out.split("\n") if line[:4] == "    "]
    assert len(slips) == len(set(slips)) == 9
    place = team.workspace.dropbox / "2026-10"
    for slip, given in zip(slips, several(9), strict=True):
        sealed = Answer("month_check", VERSION, "2026-10", given).sealed(team.key.public)
        assert waves.spend(place, slip, sealed) == "given"
    words = ("answers", "collect", folder, "--key", team.key_file, "--wave", "2026-10")
    assert run(monkeypatch, *words) == 0
    said = capsys.readouterr().out
    assert "The picture of this wave is ready" in said
    assert "once October 2026 is published" in said
    kept = json.loads((team.workspace.published / "wellbeing" / "2026-10.json").read_text())
    assert [row[0] for row in kept["scales"]] == ["weighs", "carries"]


def test_slips_without_a_public_key_are_refused_with_what_to_do(
    tmp_path: pytest.TempPathFactory,
    small: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = small.path  # type: ignore[attr-defined]
    assert run(monkeypatch, "answers", "tokens", folder, "--count", 3) == 1
    assert "public_keys" in capsys.readouterr().err


@pytest.mark.parametrize("contacts", ["[]", '["", "  "]'])
def test_slips_are_refused_where_the_team_says_nobody_to_turn_to(
    team: Team,
    contacts: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = team.workspace.path / "copehope.toml"
    path.write_text(path.read_text().replace('["Occupational health, Mondays"]', contacts))
    assert run(monkeypatch, "answers", "tokens", team.workspace.path, "--count", 3) == 1
    said = capsys.readouterr()
    assert "[self_check] as contacts" in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert not list(team.workspace.dropbox.glob("*"))


def test_a_lost_key_is_one_sentence(
    team: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    team.wave("2026-10")
    words = ("answers", "collect", team.workspace.path, "--key", "/gone", "--wave", "2026-10")
    assert run(monkeypatch, *words) == 1
    assert capsys.readouterr().err.count("\n") == 1
