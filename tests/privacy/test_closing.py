"""A month is a draft, then closed: told to groups once, in one way, and never again in another."""

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.files import sealing
from copehope_lib.metrics import METRICS, Snapshot, compute
from copehope_lib.privacy import closing
from copehope_lib.privacy import publish as publishing
from copehope_lib.privacy.closing import Months
from copehope_lib.privacy.manifest import Manifest
from copehope_lib.privacy.publish import preview, publish
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace
from tests.night import NIGHT
from tests.privacy.crash import Crash, crashing_at

OCTOBER = pd.Period("2026-10", "M")
SEPTEMBER = OCTOBER - 1
GROUPS = ["team", "partner"]


@pytest.fixture(scope="module")
def once(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two women that has closed September."""
    made = Workspace(shutil.copytree(two, tmp_path_factory.mktemp("once") / "small"))
    publish(made, made.tables(), SEPTEMBER)
    return made.path


@pytest.fixture(scope="module")
def twice(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with October closed, too."""
    made = Workspace(shutil.copytree(once, tmp_path_factory.mktemp("twice") / "small"))
    publish(made, made.tables(), OCTOBER)
    return made.path


@pytest.fixture
def september(once: Path, tmp_path: Path) -> Workspace:
    """A workspace that has closed September."""
    return Workspace(shutil.copytree(once, tmp_path / "small"))


@pytest.fixture
def both(twice: Path, tmp_path: Path) -> Workspace:
    """A workspace that has closed September and October."""
    return Workspace(shutil.copytree(twice, tmp_path / "small"))


def told(workspace: Workspace) -> dict[str, bytes]:
    """Every file that groups are served, with what is in it."""
    return {
        str(path.relative_to(workspace.extracts)): path.read_bytes()
        for name in GROUPS
        for path in workspace.extracts.glob(f"*/{name}/[!.]*")
    }


def without(tables: Tables, woman: str) -> Tables:
    """Return the tables as if a woman had never been in them."""
    hers = set(tables.goals.loc[tables.goals["woman"] == woman, "goal"])
    kept = {
        name: frame[frame["woman"] != woman].reset_index(drop=True)
        for name, frame in vars(tables).items()
        if isinstance(frame, pd.DataFrame) and "woman" in frame
    }
    events = tables.goal_events[~tables.goal_events["goal"].isin(hers)].reset_index(drop=True)
    return replace(tables, **kept, goal_events=events)


def test_what_is_told_is_remembered_as_it_was_shown(published: Workspace) -> None:
    for audience in GROUPS:
        kept = published.published / audience / "2026-10-1"
        given = published.extracts / "2026-10" / audience
        assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
            path.name: path.read_bytes() for path in given.iterdir()
        }


def test_nothing_about_a_woman_is_remembered_among_what_is_told(published: Workspace) -> None:
    assert sorted(path.name for path in published.published.iterdir()) == [
        "months.json",
        "partner",
        "supervision.key-name",
        "team",
    ]


def test_a_closed_month_is_told_once_whatever_is_corrected(published: Workspace) -> None:
    before, kept = told(published), {*published.published.rglob("*")}
    fewer = without(published.tables(), published.tables().women["woman"].iloc[0])
    for tables in (published.tables(), fewer):
        with pytest.raises(CopehopeError, match=r"2026-10 is closed.*shows from the next month on"):
            publish(published, tables, OCTOBER)
    preview(published, fewer, OCTOBER)
    assert told(published) == before
    assert {*published.published.rglob("*")} == kept


def test_supervision_sees_what_was_corrected_in_all_closed_months(both: Workspace) -> None:
    needs = both.registry / "needs.csv"
    needs.write_text(needs.read_text().replace("not_covered", "covered"))
    tables = both.tables()
    preview(both, tables, OCTOBER)
    seen = Extract(both.extracts, "supervision")
    for month in (SEPTEMBER, OCTOBER):
        exact = compute(tables, month, both.settings, ["needs.coverage"])["needs.coverage"]
        assert seen.table("needs.coverage", month)["women"].tolist() == exact["women"].tolist()
        assert not seen.manifest_of(month).draft


def test_a_draft_is_for_supervision_alone_and_nothing_of_it_is_remembered(small: Workspace) -> None:
    for _again in range(2):
        folder = preview(small, small.tables(), OCTOBER)
    assert folder == small.extracts / "2026-10" / "supervision"
    assert Manifest.read(folder).draft
    assert [path.name for path in (small.extracts / "2026-10").iterdir()] == ["supervision"]
    kept = {path.name for path in small.published.iterdir()}
    assert kept == {"months.json", "supervision.key-name"}
    assert Months.of(small).closed == []
    publish(small, small.tables(), OCTOBER)
    assert not Manifest.read(folder).draft


def test_a_month_before_one_that_is_closed_is_refused(published: Workspace) -> None:
    with pytest.raises(CopehopeError, match="2026-09 comes before 2026-10, which is closed"):
        publish(published, published.tables(), SEPTEMBER)
    assert not (published.extracts / "2026-09").exists()


def test_a_month_that_has_not_begun_is_refused(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "today", lambda: pd.Timestamp("2026-09-30"))
    with pytest.raises(CopehopeError, match="2026-10 has not begun"):
        publish(small, small.tables(), OCTOBER)
    assert Months.of(small).closed == []


@pytest.mark.parametrize(
    ("today", "closed", "said"),
    [
        ("2026-11-01", SEPTEMBER, []),
        ("2026-10-31", SEPTEMBER, ["2026-10 is not over"]),
        ("2026-11-28", SEPTEMBER - 2, ["2026-08, 2026-09 was not closed"]),
        ("2026-10-01", SEPTEMBER - 1, ["2026-10 is not over", "2026-09 was not closed"]),
    ],
)
def test_what_there_is_to_be_sure_of_is_said_before_a_month_is_closed(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, today: str, closed: pd.Period,
    said: list[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(closing, "today", lambda: pd.Timestamp(today))
    Months.of(small).keep(closed, "closed")
    found = closing.doubts(small, small.tables(), OCTOBER)
    assert [one[: len(of)] for one, of in zip(found, said, strict=True)] == said


def test_an_empty_table_is_named_before_a_month_is_closed(small: Workspace) -> None:
    needs = small.registry / "needs.csv"
    needs.write_text(needs.read_text().partition("\n")[0] + "\n")
    (sentence,) = closing.doubts(small, small.tables(), OCTOBER)
    assert sentence.startswith("Nothing stands in needs:")


def test_a_month_goes_on_being_told_when_its_extract_was_deleted(september: Workspace) -> None:
    before = told(september)
    shutil.rmtree(september.extracts)
    september.extracts.mkdir()
    preview(september, september.tables(), OCTOBER)
    assert told(september) == before


@pytest.mark.parametrize("damage", ["manifest", "table", "months"])
def test_without_its_memory_nothing_is_closed(september: Workspace, damage: str) -> None:
    kept = september.published / "team" / "2026-09-1"
    path = {
        "manifest": kept / "manifest.json",
        "table": next(kept.glob("engagement.patterns-*.parquet")),
        "months": september.published / "months.json",
    }[damage]
    path.write_bytes(b"{}")
    before = told(september)
    with pytest.raises(CopehopeError, match="is damaged: bring it back"):
        publish(september, september.tables(), OCTOBER)
    assert told(september) == before


def test_another_key_is_refused_until_the_right_one_is_back(published: Workspace) -> None:
    key = published.registry / "pseudonyms.key"
    right = key.read_text()
    key.write_text("ab" * 32)
    with pytest.raises(CopehopeError, match="another key than the one of the months before"):
        preview(published, published.tables(), OCTOBER)
    key.write_text(right)
    preview(published, published.tables(), OCTOBER)


def test_the_name_of_the_key_says_nothing_of_the_key(published: Workspace) -> None:
    name = (published.published / "supervision.key-name").read_text()
    assert len(name) == 16
    assert name not in (published.registry / "pseudonyms.key").read_text()


def test_a_month_that_is_withdrawn_is_gone_for_groups_and_not_replaced(both: Workspace) -> None:
    away = closing.withdraw(both, OCTOBER)
    assert {path.name for path in away.iterdir()} == {*GROUPS}
    assert Extract(both.extracts, "team").months == [SEPTEMBER]
    with pytest.raises(CopehopeError, match="2026-10 was withdrawn and is not replaced"):
        publish(both, both.tables(), OCTOBER)
    with pytest.raises(CopehopeError, match=r"not closed .closed are: 2026-09."):
        closing.withdraw(both, OCTOBER)
    preview(both, both.tables(), SEPTEMBER)
    assert Extract(both.extracts, "team").months == [SEPTEMBER]
    assert (both.published / "team" / "2026-10-1").exists()


def test_a_month_in_the_future_that_was_closed_by_mistake_blocks_no_other_once_withdrawn(
    small: Workspace,
) -> None:
    Months.of(small).keep(pd.Period("2027-06", "M"), "closed")
    with pytest.raises(CopehopeError, match="comes before 2027-06"):
        publish(small, small.tables(), OCTOBER)
    closing.withdraw(small, pd.Period("2027-06", "M"))
    publish(small, small.tables(), OCTOBER)
    assert Months.of(small).closed == [OCTOBER]


def test_the_last_closing_is_taken_back_until_somebody_was_handed_it(both: Workspace) -> None:
    closing.hand_out(both, "serve", "supervision", [SEPTEMBER, OCTOBER])
    closing.hand_out(both, "serve", "team", [SEPTEMBER])
    assert closing.undo(both) == OCTOBER
    assert Months.of(both).closed == [SEPTEMBER]
    assert Extract(both.extracts, "team").months == [SEPTEMBER]
    with pytest.raises(
        CopehopeError, match=r"2026-09 was handed out: \d{4}-\d\d-\d\d .serve, team"
    ):
        closing.undo(both)
    publish(both, both.tables(), OCTOBER)
    assert Extract(both.extracts, "team").months == [SEPTEMBER, OCTOBER]
    with (both.published / "handed_out.csv").open(newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [(row["what"], row["audience"], row["months"]) for row in rows] == [
        ("serve", "supervision", "2026-09 2026-10"), ("serve", "team", "2026-09"),
    ]  # fmt: skip


def test_a_workspace_of_an_earlier_workbench_is_carried_over_as_it_is(september: Workspace) -> None:
    (september.published / "months.json").unlink()
    shutil.rmtree(september.registry / ".closed")
    for audience in GROUPS:
        first = september.published / audience / "2026-09-1"
        second = shutil.copytree(first, first.with_name("2026-09-2"))
        for path in (first, second, september.extracts / "2026-09" / audience):
            about = json.loads((path / "manifest.json").read_text())
            about |= {"extract_version": 4, "withdrawn": {}}
            for new in ("rules", "unknown", "draft", "source"):
                del about[new]
            (path / "manifest.json").write_text(json.dumps(about))
    before = told(september)
    with pytest.raises(CopehopeError, match="2026-09 is closed"):
        publish(september, september.tables(), SEPTEMBER)
    with pytest.raises(CopehopeError, match=r"handed out: .*an earlier workbench, team"):
        closing.undo(september)
    publish(september, september.tables(), OCTOBER)
    assert before.items() <= told(september).items()
    # How September was left is not known: no flow starts from it, and no change is made up.
    team = Extract(september.extracts, "team")
    assert set(team.manifest.unknown) == {"engagement.flows", "itineraries.flows", "needs.changes"}


def test_a_month_after_one_that_was_never_closed_tells_no_flow_and_no_change(
    published: Workspace,
) -> None:
    team = Extract(published.extracts, "team")
    for name in team.manifest.unknown:
        with pytest.raises(CopehopeError, match="What changed since the month before is not known"):
            team.table(name, OCTOBER)
    for name in [name for name in team.manifest.tables if name.startswith("change.")]:
        table = team.table(name, OCTOBER)
        columns = ["before", "before_of", "difference", "low", "high", "clear"]
        assert table[columns].isna().all(axis=None), name


def test_across_two_versions_of_a_rule_no_flow_is_told(
    september: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = replace(METRICS["engagement.flows"], rules=99)
    monkeypatch.setitem(METRICS, "engagement.flows", newer)
    publish(september, september.tables(), OCTOBER)
    assert Extract(september.extracts, "team").manifest.unknown == ("engagement.flows",)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A team of 20 women that has closed September."""
    workspace = Workspace.create(tmp_path_factory.mktemp("closing") / "team")
    synthetic.write(synthetic.generate(women=20, professionals=4, months=4), workspace.registry)
    publish(workspace, workspace.tables(), SEPTEMBER)
    return workspace


def test_flows_start_from_what_was_closed_whoever_was_forgotten_since(team: Workspace) -> None:
    tables = team.tables()
    closed = compute(tables, SEPTEMBER, team.settings, ["engagement.women", "engagement.patterns"])
    each, patterns = closed["engagement.women"], closed["engagement.patterns"]
    for woman in each["woman"].iloc[: 4 if NIGHT else 1]:
        kept = closing.kept_states(team, SEPTEMBER)
        since = Snapshot.of(without(tables, woman), OCTOBER, team.settings)
        flows = replace(since, closed=kept)["engagement.flows"]
        left = flows.groupby("before", sort=False)["women"].sum().drop("not_here")
        assert left.to_dict() == patterns.set_index("pattern")["women"].to_dict()
        outside = flows[flows["after"] == "not_here"].set_index("before")["women"]
        was = each.set_index("woman")["pattern"][woman]
        assert outside[was] >= 1


def test_a_row_without_a_code_goes_outside_the_programme(team: Workspace) -> None:
    kept = closing.kept_states(team, SEPTEMBER)
    whole = Snapshot.of(team.tables(), OCTOBER, team.settings)
    first = kept["engagement.flows"]["woman"].iloc[0]
    nameless = {
        name: table.assign(
            **{
                of: table[of].mask(table["woman"] == first)
                for of in ("woman", "goal")
                if of in table
            }
        )
        for name, table in kept.items()
    }
    gone = replace(Snapshot.of(without(team.tables(), first), OCTOBER, team.settings), closed=kept)
    named = replace(whole, closed=kept)
    for name in kept:
        table = METRICS[name].compute(replace(gone, closed=nameless))
        pd.testing.assert_frame_equal(table, METRICS[name].compute(gone))
        assert len(table) == len(named[name])


def test_wherever_closing_breaks_off_groups_are_told_one_thing_only(
    small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A few tables have all the moments that thirty have.
    caseload, engagement = ("functions", "load", "spread"), ("attendance", "pauses", "women")
    names = [f"caseload.{of}" for of in caseload] + [f"engagement.{of}" for of in engagement]
    for module in (closing, publishing):
        monkeypatch.setattr(module, "METRICS", {name: METRICS[name] for name in names})
    one = small.tables()
    attendance = small.registry / "attendance.csv"
    attendance.write_text(attendance.read_text().replace("missed", "excused"))
    other, step, closed = small.tables(), 0, 0
    while True:
        copy = Workspace(shutil.copytree(small.path, tmp_path / str(step)))
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", crashing_at(step, Path.replace))
            patched.setattr("os.replace", crashing_at(step, shutil.os.replace))
            try:
                publish(copy, one, OCTOBER)
                break
            except Crash:
                # By day every third moment is tried.
                step += 1 if NIGHT else 3
        seen = told(copy)
        if Months.of(copy).closed:
            closed += 1
            preview(copy, other, OCTOBER)
        else:
            assert seen == {}
            publish(copy, other, OCTOBER)
        assert seen.items() <= told(copy).items()
        assert sorted(one.name for one in copy.published.glob("*/2026-10-1")) == ["2026-10-1"] * 2
    assert 0 < closed < step


def test_two_commands_at_once_close_one_month_after_the_other(small: Workspace) -> None:
    command = [sys.executable, "-m", "copehope_lib.cli", "publish", str(small.path), "--yes"]
    both = [
        subprocess.Popen([*command, "--month", month], stderr=subprocess.PIPE, text=True)
        for month in ("2026-08", "2026-09")
    ]
    said = [process.communicate(timeout=300)[1] for process in both]
    done = [process.returncode == 0 for process in both]
    assert done[1]
    assert done[0] or "2026-08 comes before 2026-09" in said[0]
    closed = [
        pd.Period(month, "M") for month, ok in zip(("2026-08", "2026-09"), done, strict=True) if ok
    ]
    assert Months.of(small).closed == closed


def test_what_a_month_was_closed_with_is_no_table(september: Workspace) -> None:
    assert (september.registry / ".closed" / "2026-09").is_dir()
    assert september.tables().findings == ()


def test_what_a_month_was_closed_with_is_sealed_where_the_registry_is(small: Workspace) -> None:
    key = sealing.new_key()
    small.opened_with = key
    publish(small, small.tables(), SEPTEMBER)
    names = [path.name for path in (small.registry / ".closed" / "2026-09").iterdir()]
    assert names
    assert all(name.endswith(".age") for name in names)
    publish(small, small.tables(), OCTOBER)
    assert Extract(small.extracts, "team").manifest.unknown == ()
    shut = Workspace(small.path)
    with pytest.raises(CopehopeError, match="is sealed: add --key"):
        closing.kept_states(shut, SEPTEMBER)
