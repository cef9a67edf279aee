"""Extracts: what is in them, and that a crash leaves the old one or the new one."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from copehope_lib import demo
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.metrics import METRICS, Snapshot, compute
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.publish import preview, publish
from copehope_lib.workspace import Workspace
from tests.night import chosen
from tests.privacy.crash import Crash, crashing_at

OCTOBER = pd.Period("2026-10", "M")
SEPTEMBER = pd.Period("2026-09", "M")


def folders(workspace: Workspace) -> dict[str, Path]:
    return {name: workspace.extracts / "2026-10" / name for name in AUDIENCES}


def test_a_month_has_a_folder_for_each_audience(small: Workspace) -> None:
    written = publish(small, small.tables(), OCTOBER)
    assert written == list(folders(small).values())
    assert all((folder / "manifest.json").exists() for folder in written)


def test_the_manifest_says_what_is_there(published: Workspace) -> None:
    folder = folders(published)["team"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["month"] == "2026-10"
    assert manifest["audience"]["minimum"] == 3
    assert manifest["library_version"]
    assert manifest["schema_version"] == 2
    for name, entry in manifest["tables"].items():
        table = pd.read_parquet(folder / entry["file"])
        assert entry["rows"] == len(table), name
        hidden = table[[of for of in METRICS[name].counted if of in table]].isna().sum().sum()
        assert entry["hidden"] == hidden, name
    named = {entry["file"] for entry in manifest["tables"].values()} | {"manifest.json"}
    assert named == {path.name for path in folder.iterdir()}


def test_the_same_tables_give_the_same_bytes(published: Workspace) -> None:
    def content() -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in folders(published)["supervision"].iterdir()
        }

    first = content()
    shutil.rmtree(folders(published)["supervision"])
    preview(published, published.tables(), OCTOBER)
    assert content() == first


def test_no_code_of_a_woman_leaves_the_registry() -> None:
    team = demo.workspace()
    codes = set(team.tables().women["woman"])
    for path in team.extracts.rglob("*.parquet"):
        table = pd.read_parquet(path)
        for column in table.select_dtypes(["str", "object", "category"]):
            assert not codes & set(table[column].dropna().astype("str")), (path.name, column)


def test_team_and_partner_extracts_hold_no_row_about_a_woman() -> None:
    for audience in ("team", "partner"):
        extract = Extract(demo.workspace().extracts, audience)
        for name in extract.manifest.tables:
            # The team picture of the self-check is made of answers, and of no registry.
            assert name.startswith("wellbeing.") or METRICS[name].row != "woman"
            assert "woman" not in extract.table(name, extract.months[-1]).columns


@pytest.mark.parametrize("audience", ["team", "partner"])
def test_no_day_leaves_for_team_or_partner(audience: str) -> None:
    extract = Extract(demo.workspace().extracts, audience)
    for name in extract.manifest.tables:
        table = extract.table(name, extract.months[-1])
        assert table.select_dtypes("datetime").empty


@pytest.mark.parametrize("audience", ["team", "partner"])
def test_no_count_between_zero_and_the_minimum_is_shown(audience: str) -> None:
    extract = Extract(demo.workspace().extracts, audience)
    for month in extract.months:
        for name in set(extract.manifest_of(month).tables) & set(METRICS):
            counts = extract.table(name, month).filter(METRICS[name].counted)
            small = (counts > 0) & (counts < extract.audience.minimum)
            told = ~extract.table(name, month).iloc[:, 0].isin(METRICS[name].of_no_woman)
            assert not small[told].any(axis=None), (name, month)


def test_parquet_files_carry_no_statistics_and_no_notes(published: Workspace) -> None:
    for path in published.extracts.rglob("*.parquet"):
        file = pq.ParquetFile(path)
        assert b"pandas" not in (file.schema_arrow.metadata or {})
        for group in range(file.metadata.num_row_groups):
            for column in range(file.metadata.num_columns):
                assert not file.metadata.row_group(group).column(column).is_stats_set


def test_an_extract_gives_back_what_was_computed() -> None:
    team = demo.workspace()
    shown = Extract(team.extracts, "supervision").table("engagement.patterns", OCTOBER)
    computed = compute(team.tables(), OCTOBER, team.settings, ["engagement.patterns"])
    assert shown["women"].tolist() == computed["engagement.patterns"]["women"].tolist()


@pytest.mark.parametrize("operation", chosen(["replace"], ["open", "replace", "unlink"]))
def test_a_crash_at_any_moment_leaves_the_old_extract_or_the_new_one(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    attendance = small.registry / "attendance.csv"
    old_tables = small.tables()
    attendance.write_text(attendance.read_text().replace("missed", "excused"))
    new_tables = small.tables()
    # Three tables have all the moments that thirty have; what is in them is the same each time.
    names = ["caseload.spread", "engagement.attendance", "engagement.patterns"]
    known = {
        id(tables): compute(tables, OCTOBER, small.settings, names)
        for tables in (old_tables, new_tables)
    }
    few = {name: METRICS[name] for name in names}
    monkeypatch.setattr("copehope_lib.privacy.publish.METRICS", few)
    monkeypatch.setattr(Snapshot, "__getitem__", lambda self, name: known[id(self.tables)][name])
    crashes = 0
    while True:
        preview(small, old_tables, OCTOBER)
        with monkeypatch.context() as patched:
            patched.setattr(Path, operation, crashing_at(crashes, getattr(Path, operation)))
            try:
                preview(small, new_tables, OCTOBER)
                break
            except Crash:
                crashes += 1
        extract = Extract(small.extracts, "supervision")
        shown = {name: extract.table(name, OCTOBER) for name in extract.manifest.tables}
        counts = shown["engagement.attendance"].loc[0, ["excused", "missed"]].tolist()
        assert counts in ([0, 1], [1, 0])
    assert crashes >= 1
    found = Extract(small.extracts, "supervision").table("engagement.attendance", OCTOBER)
    assert found.loc[0, ["excused", "missed"]].tolist() == [1, 0]
    assert not list(small.extracts.rglob("*.draft"))


def test_a_registry_with_errors_is_not_published(small: Workspace) -> None:
    (small.registry / "goals.csv").unlink()
    with pytest.raises(CopehopeError, match="copehope check"):
        publish(small, small.tables(), OCTOBER)
    assert not list(small.extracts.iterdir())


def test_a_month_without_data_is_refused_and_the_known_months_named(small: Workspace) -> None:
    with pytest.raises(CopehopeError, match="from 2026-06 to 2026-10"):
        publish(small, small.tables(), pd.Period("2031-01", "M"))
    assert not list(small.extracts.iterdir())


@pytest.mark.parametrize("damage", ["", "not a key", "ab" * 31])
def test_a_damaged_key_is_refused_and_not_replaced(small: Workspace, damage: str) -> None:
    key = small.registry / "pseudonyms.key"
    key.write_text(damage)
    with pytest.raises(CopehopeError, match="new pseudonym"):
        publish(small, small.tables(), OCTOBER)
    assert key.read_text() == damage


def test_a_damaged_file_is_refused(published: Workspace) -> None:
    for path in folders(published)["team"].glob("engagement.movements*.parquet"):
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(CopehopeError, match="which lays it there again"):
        Extract(published.extracts, "team").table("engagement.movements", OCTOBER)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"extract_version": 1}', "{"])
def test_a_damaged_manifest_is_refused(published: Workspace, content: str) -> None:
    (folders(published)["team"] / "manifest.json").write_text(content)
    with pytest.raises(CopehopeError, match="missing or damaged"):
        Extract(published.extracts, "team")


def test_an_extract_of_a_newer_workbench_is_refused(published: Workspace) -> None:
    path = folders(published)["team"] / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extract_version": 99}))
    with pytest.raises(CopehopeError, match="newer workbench"):
        Extract(published.extracts, "team")


def test_an_extract_that_says_how_exact_dates_are_is_read_as_before(published: Workspace) -> None:
    path = folders(published)["team"] / "manifest.json"
    about = json.loads(path.read_text())
    audience = about["audience"] | {"date_unit": "month"}
    path.write_text(json.dumps(about | {"extract_version": 2, "audience": audience}))
    assert Extract(published.extracts, "team").audience == AUDIENCES["team"]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_extract_that_does_not_say_whose_assessment_to_look_at_is_refused(
    published: Workspace, version: int
) -> None:
    """Or its silence would be read as if all were well; what else it holds is as good as ever."""
    path = folders(published)["supervision"] / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extract_version": version}))
    old = Extract(published.extracts, "supervision")
    with pytest.raises(CopehopeError, match="run `copehope preview`"):
        old.table("cases", OCTOBER)
    assert not old.table("engagement.movements", OCTOBER).empty


def test_an_extract_can_be_the_folder_of_one_month(published: Workspace, tmp_path: Path) -> None:
    alone = shutil.copytree(folders(published)["partner"], tmp_path / "alone")
    extract = Extract(alone)
    assert extract.months == [OCTOBER]
    assert extract.audience == AUDIENCES["partner"]


def test_several_audiences_must_be_told_apart(published: Workspace) -> None:
    with pytest.raises(CopehopeError, match="say which one"):
        Extract(published.extracts)


def test_nothing_published_says_what_to_do(small: Workspace) -> None:
    with pytest.raises(CopehopeError, match="copehope publish"):
        Extract(small.extracts, "team")


def test_a_month_that_was_not_published_says_so(published: Workspace) -> None:
    with pytest.raises(CopehopeError, match="2026-09 is not in this extract"):
        Extract(published.extracts, "team").table("engagement.movements", SEPTEMBER)
