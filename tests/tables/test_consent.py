"""A woman who did not agree to be counted stands in no number, and her code in one finding."""

from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.extract import Extract
from copehope_lib.files import sealing
from copehope_lib.metrics import METRICS, Snapshot
from copehope_lib.privacy.forget import forget
from copehope_lib.privacy.publish import preview
from copehope_lib.settings import add_public_key
from copehope_lib.tables.consent import agreed, only
from copehope_lib.workspace import Workspace
from tests.command import copehope

OCTOBER = pd.Period("2026-10", "M")
HER = "W-005"


def team(folder: Path, **hers: object) -> Workspace:
    """Twelve women, of one of whom something else is written."""
    workspace = Workspace.create(folder / "team")
    frames = synthetic.generate(women=12, professionals=3, months=2)
    for column, value in hers.items():
        rows = frames["women"]["woman"] == HER
        assert rows.any()
        frames["women"].loc[rows, column] = pd.NaT if value is None else pd.Timestamp(str(value))
    synthetic.write(frames, workspace.registry)
    return workspace


@pytest.mark.parametrize(
    "hers", [{"data_on": None}, {"withdrawn_on": "2026-10-20"}], ids=["never asked", "taken back"]
)
def test_a_woman_without_consent_stands_in_no_number_of_any_metric(
    hers: dict[str, object], tmp_path: Path
) -> None:
    workspace = team(tmp_path, **hers)
    everyone = workspace.all_tables()
    without = only(everyone, pd.Index(sorted(set(everyone.women["woman"]) - {HER})))
    now = Snapshot.of(workspace.tables(), OCTOBER, workspace.settings)
    expected = Snapshot.of(without, OCTOBER, workspace.settings)
    for name in METRICS:
        pd.testing.assert_frame_equal(now[name], expected[name])
    # She was accompanied, so that her absence shows.
    with_her = Snapshot.of(everyone, OCTOBER, workspace.settings)
    assert len(with_her.here) == len(now.here) + 1


@pytest.mark.parametrize(
    ("hers", "column", "said"),
    [
        ({"data_on": None}, "data_on", "she is counted nowhere. Ask her, and write the day"),
        ({"withdrawn_on": "2026-10-20"}, "withdrawn_on", "She took her consent back"),
    ],
    ids=["never asked", "taken back"],
)
def test_check_names_her_code_and_what_to_do(
    hers: dict[str, object], column: str, said: str, tmp_path: Path
) -> None:
    (finding,) = team(tmp_path, **hers).tables().findings
    assert (finding.table, finding.column, finding.severity) == ("women", column, "warning")
    assert HER in str(finding)
    assert said in str(finding)
    assert "copehope codes forget" in str(finding)


def test_no_extract_holds_a_woman_who_took_her_consent_back(tmp_path: Path) -> None:
    workspace = team(tmp_path, withdrawn_on="2026-10-20")
    whole = team(tmp_path / "whole")
    key = workspace.registry / "pseudonyms.key"
    (whole.registry / "pseudonyms.key").write_bytes(key.read_bytes())
    for one in (workspace, whole):
        preview(one, one.tables(), OCTOBER)
    shown, with_her = (Extract(one.extracts, "supervision") for one in (workspace, whole))
    (hers,) = set(with_her.table("cases", OCTOBER)["woman"]) - set(
        shown.table("cases", OCTOBER)["woman"]
    )
    files = shown.manifest_of(OCTOBER).tables
    held = {name for name in files if with_her.table(name, OCTOBER).isin([hers]).to_numpy().any()}
    assert len(held) > 5
    assert not any(shown.table(name, OCTOBER).isin([hers]).to_numpy().any() for name in files)


def test_a_registry_that_keeps_no_consent_counts_every_woman(tmp_path: Path) -> None:
    workspace = team(tmp_path)
    women = workspace.all_tables().women.assign(data_on=pd.NaT, withdrawn_on=pd.NaT)
    assert agreed(women).all()


def test_whoever_came_back_and_agreed_anew_is_counted() -> None:
    days = {"data_on": ["2025-01-10", "2026-05-04"], "withdrawn_on": ["2025-09-01", None]}
    stays = pd.DataFrame({name: pd.to_datetime(of) for name, of in days.items()})
    assert agreed(stays.assign(woman="W-1")).all()
    again = stays.assign(woman="W-1", data_on=pd.to_datetime(["2025-01-10", None]))
    assert not agreed(again).any()


def test_danger_is_said_of_a_woman_who_is_not_counted(tmp_path: Path) -> None:
    workspace = team(tmp_path, withdrawn_on="2026-10-20")
    path = workspace.registry / "safety.csv"
    safety = pd.read_csv(path, dtype="str")
    safety.loc[safety["woman"] == HER, "imminent_danger"] = "yes"
    safety.to_csv(path, index=False)
    said = copehope("check", workspace.path, cwd=tmp_path).stderr
    assert HER in said
    assert "imminent danger" in said


def test_a_woman_who_took_her_consent_back_can_be_forgotten(tmp_path: Path) -> None:
    workspace = team(tmp_path, withdrawn_on="2026-10-20")
    add_public_key(workspace.path, *sealing.new_key().public)
    workspace = Workspace(workspace.path)
    forget(workspace, HER)
    assert HER not in set(workspace.all_tables().women["woman"])
    assert workspace.tables().findings == ()
