"""A woman is taken out of every place of a workspace, or has another code: in one step."""

import csv
import datetime
import hmac
import io
import json
import os
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import docx
import pandas as pd
import pyarrow.parquet as pq
import pytest

from copehope_lib.demo import synthetic
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.files import one_step, sealing
from copehope_lib.files.sealing import Key
from copehope_lib.metrics import METRICS, Snapshot
from copehope_lib.privacy import closing
from copehope_lib.privacy.forget import forget, rename
from copehope_lib.privacy.pseudonyms import _pseudonym, pseudonyms
from copehope_lib.privacy.publish import preview, publish
from copehope_lib.records import store
from copehope_lib.records.record import Entry
from copehope_lib.schema import TABLES
from copehope_lib.settings import add_public_key
from copehope_lib.workspace import Workspace
from tests.command import copehope
from tests.night import NIGHT, chosen

OCTOBER = pd.Period("2026-10", "M")
SEPTEMBER = OCTOBER - 1
# One who was there in all months, had goals, and is no example of a template.
HER = "W-011"
KEY = sealing.new_key()

Registry = dict[str, list[dict[str, str]]]


def named(workspace: Workspace) -> Workspace:
    """The workspace, with a key of supervision in its settings."""
    add_public_key(workspace.path, *KEY.public)
    return Workspace(workspace.path, KEY)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve women: one month closed, one a draft."""
    workspace = Workspace.create(tmp_path_factory.mktemp("forget") / "team")
    synthetic.write(synthetic.generate(women=12, professionals=3, months=4), workspace.registry)
    for path in workspace.registry.glob("*.csv"):
        path.write_text(path.read_text().replace("W-004", HER + "0"))
    with (workspace.registry / "feedback.csv").open("a") as file:
        file.write(f"F-900,2026-09-03,,safety,glad,,yes,{HER},,\n")
    with (workspace.registry / "referrals.csv").open("a") as file:
        file.write(f"X-900,{HER},health,2026-09-03,,,,,\n")
    publish(workspace, workspace.tables(), SEPTEMBER)
    preview(workspace, workspace.tables(), OCTOBER)
    return named(workspace).path


@pytest.fixture(scope="module")
def forgotten(twelve: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same after she was forgotten."""
    folder = tmp_path_factory.mktemp("forgotten") / "team"
    workspace = Workspace(shutil.copytree(twelve, folder), KEY)
    forget(workspace, HER)
    return workspace


@pytest.fixture
def team(twelve: Path, tmp_path: Path) -> Workspace:
    return Workspace(shutil.copytree(twelve, tmp_path / "team"), KEY)


def rows(workspace: Workspace) -> Registry:
    """The rows of each table, as another program reads them."""
    return {
        name: [*csv.DictReader((workspace.registry / f"{name}.csv").open(newline=""))]
        for name in TABLES
    }


def opened(content: bytes, key: Key) -> Iterator[bytes]:
    """What a file says to whoever has the key and opens what is packed."""
    if content.startswith(b"PAR1"):
        # Not as it lies on the disk: packed, W-0110 may look like W-011 and some other byte.
        yield pd.read_parquet(io.BytesIO(content)).to_csv().encode()
        yield str(pq.read_metadata(io.BytesIO(content)).to_dict()).encode()
        return
    yield content
    yield content.replace(b"\0", b"")
    yield re.sub(rb"<[^<>]*>", b"", content)
    if content.startswith(sealing.BEGINNING):
        yield from opened(sealing.open_sealed(content, key), key)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from opened(packed.read(name), key)


def found(workspace: Workspace, words: set[str]) -> set[str]:
    """The files of a workspace, sealed ones too, in which one of some words stands."""
    words_of = re.compile(rb"(?<![\w-])(" + "|".join(sorted(words)).encode() + rb")(?![\w-])", re.I)
    return {
        str(path.relative_to(workspace.path))
        for path in workspace.path.rglob("*")
        if path.is_file()
        and (
            words_of.search(path.name.encode())
            or any(words_of.search(text) for text in opened(path.read_bytes(), KEY))
        )
    }


def run(*words: object, cwd: Path) -> str:
    done = copehope(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def planted(team: Workspace, key: Path) -> set[str]:
    """Have her stand wherever our commands write; return by which words she is known."""
    there = rows(team)
    goals = {row["goal"] for row in there["goals"] if row["woman"] == HER}
    assert goals
    pseudonym = str(pseudonyms(team.tables().women, team.key)[HER])
    words = {HER, pseudonym, *goals}
    said = " and ".join(sorted(words))
    # In a text of the team, in a column of its own, in small letters, beside others of hers.
    for name, column in (("actions", "text"), ("sessions", "notes"), ("women", "notes")):
        for row in there[name]:
            row[column] = f"Ask about {said.lower()}"
        with (team.registry / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, [*there[name][0]])
            writer.writeheader()
            writer.writerows(there[name])
    needs = team.registry / "needs.csv"
    needs.write_text(needs.read_text().replace(",covered", ", Covered "))
    run("check", team.path, "--fix", cwd=team.path)
    decided = {"text": "Rest", "owner": "P-01", "dimension": "professionals"}
    store.add(team.records / "2026-09", "2026-09", [Entry("decision", decided)], KEY.public)
    store.add(team.records / "2026-08", "2026-08", [Entry("note", {"text": said})], KEY.public)
    store.add(team.records / "2026-08", "2026-08", [Entry("note", {"text": "–"})], KEY.public)
    run("records", "actions", team.path, "--key", key, cwd=team.path)
    run("records", "compact", team.path, "2026-08", "--key", key, cwd=team.path)
    run("codes", "find", pseudonym, team.path, cwd=team.path)
    run("pack", team.path, "--audience", "team", "--format", "xlsx", cwd=team.path)
    # What people and other commands leave: minutes, a run of a notebook, copies in any format.
    minutes = docx.Document()
    said_in_parts = minutes.add_paragraph("About ")
    for part in (HER[:3], HER[3:]):
        said_in_parts.add_run(part)
    minutes.save(str(team.path / "minutes.docx"))
    (team.path / "notes.md").write_text(f"What we said of {said}")
    (team.path / "notes.txt").write_text(f"What we said of {said}", encoding="utf-16")
    (team.path / "run.html").write_text(f"<p>{pseudonym[:3]}<b>{pseudonym[3:]}</b></p>")
    pd.DataFrame(there["needs"]).to_excel(team.path / "copy.xlsx")
    pd.DataFrame(there["needs"]).to_parquet(team.path / f"{HER}.parquet")
    (team.path / "scan.pdf").write_bytes(b"%PDF-1.7 of somebody")
    (team.registry / ".women.csv.1a2b.draft").write_text(said)
    (team.registry / "women.csv.bak").write_text(said)
    preview(team, team.tables(), OCTOBER)
    return words


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_bytes(KEY.as_file())
    return path


def test_she_is_found_nowhere_but_where_the_sheet_says(team: Workspace, key: Path) -> None:
    words = planted(team, key)
    before = found(team, words)
    rooms = {Path(name).parts[0] for name in before}
    # Where nothing was planted, nothing could be found missing.
    by_hand = {"minutes.docx", "notes.md", "notes.txt", "run.html", "copy.xlsx", f"{HER}.parquet",
               "registry/.women.csv.1a2b.draft", "registry/women.csv.bak"}  # fmt: skip
    assert rooms == {
        "registry", "extracts", "records", "mended", "earlier",
        *(name for name in by_hand if "/" not in name),
    }  # fmt: skip
    for name in ("registry/codes.log", "registry/goal_events.csv", "registry/.closed/2026-09/"
                 "engagement.flows.parquet", "earlier/actions-1.csv"):  # fmt: skip
        assert name in before, name
    assert {name[:27] for name in before if name.startswith("extracts")} == {
        f"extracts/2026-{month}/supervision"[:27] for month in ("09", "10")
    }
    said = run("codes", "forget", HER, team.path, "--key", key, cwd=team.path)
    (sheet,) = team.registry.glob("forgotten-*.md")
    assert str(sheet) in said
    (sealed,) = (team.path / "earlier").iterdir()
    pages = {name for name in before if name.startswith("records")}
    assert len(pages) == 2
    left = by_hand | pages
    assert found(team, words) == {
        str(sheet.relative_to(team.path)), str(sealed.relative_to(team.path)), *left,
    }  # fmt: skip
    text = sheet.read_text()
    speaks, _, shut = text.partition("could not be looked through")
    assert {line[2:] for line in speaks.splitlines() if line.startswith("- ")} == {
        name.replace(HER, "...") for name in left
    }
    assert "- scan.pdf\n" in shut
    assert [word for word in words if word in text] == [pseudonym_in(text)]
    assert not [*team.path.glob("mended*")]
    assert not (team.registry / ".next.zip").exists()
    assert "2026-09: " in text
    assert "(pack, team)" in text


def pseudonym_in(text: str) -> str:
    (name,) = set(re.findall(r"W-[A-Z0-9]{5}", text))
    return name


def test_the_rows_of_all_others_stay_as_they_were(team: Workspace, forgotten: Workspace) -> None:
    before = rows(team)
    goals = {row["goal"] for row in before["goals"] if row["woman"] == HER}
    for name, after in rows(forgotten).items():
        kept = [
            row
            for row in before[name]
            if row.get("woman") != HER and not (name == "goal_events" and row["goal"] in goals)
        ]
        assert after == kept, name
        if name not in ("professionals", "activities", "sessions", "actions", "trainings"):
            assert len(kept) < len(before[name]), name
    assert forgotten.tables().errors == ()


def test_the_next_month_starts_from_what_was_closed_with_her(
    twelve: Path, forgotten: Workspace, tmp_path: Path
) -> None:
    before = closing.kept_states(Workspace(twelve, KEY), SEPTEMBER)
    team = Workspace(shutil.copytree(forgotten.path, tmp_path / "team"), KEY)
    after = closing.kept_states(team, SEPTEMBER)
    for name, state in after.items():
        hers = before[name]["woman"] == HER
        assert state.loc[hers, "woman"].isna().all(), name
        pd.testing.assert_frame_equal(state[~hers], before[name][~hers])
        rest = [of for of in state if of not in ("woman", "goal")]
        pd.testing.assert_frame_equal(state[rest], before[name][rest])
    flows = replace(Snapshot.of(team.tables(), OCTOBER, team.settings), closed=after)
    was = before["engagement.flows"].set_index("woman")["pattern"][HER]
    table = flows["engagement.flows"].set_index(["before", "after"])["women"]
    assert table[was, "not_here"] >= 1
    publish(team, team.tables(), OCTOBER)
    assert Extract(team.extracts, "team").manifest.unknown == ()


def test_supervision_sees_all_months_without_her_and_a_draft_is_one(
    team: Workspace, forgotten: Workspace
) -> None:
    names = pseudonyms(team.tables().women, team.key)
    seen = Extract(forgotten.extracts, "supervision")
    assert seen.months == [SEPTEMBER, OCTOBER]
    assert [seen.manifest_of(month).draft for month in seen.months] == [False, True]
    for month in seen.months:
        shown = set(seen.table("cases", month)["woman"])
        assert names[HER] not in shown
        assert shown <= set(names)
    groups = [*team.extracts.glob("*/[tp]*/*")]
    assert groups
    for path in groups:
        now = forgotten.extracts / path.relative_to(team.extracts)
        assert now.read_bytes() == path.read_bytes()


def test_what_an_earlier_workbench_handed_out_is_named(published: Workspace) -> None:
    (published.published / "months.json").unlink()
    sheet = forget(named(published), "W-002").read_text()
    assert "2026-10: " in sheet
    assert "(an earlier workbench, team)" in sheet


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """By day a few tables are told, where a test looks at the cases: it is not about the others."""
    caseload, engagement = ("functions", "load", "spread"), ("attendance", "pauses", "women")
    names = [f"caseload.{of}" for of in caseload] + [f"engagement.{of}" for of in engagement]
    for name in [name for name in METRICS if not NIGHT and name not in names]:
        monkeypatch.delitem(METRICS, name)


@pytest.mark.usefixtures("few")
def test_a_damaged_extract_is_written_anew(small: Workspace) -> None:
    manifest = preview(small, small.tables(), OCTOBER) / "manifest.json"
    manifest.write_text("{}")
    forget(named(small), "W-002")
    seen = Extract(small.extracts, "supervision")
    assert seen.manifest_of(OCTOBER).draft
    assert len(seen.table("cases", OCTOBER)) == 1


@pytest.mark.usefixtures("few")
def test_a_month_with_too_few_women_left_is_shown_no_more(small: Workspace) -> None:
    strict = small.path / "copehope.toml"
    strict.write_text(strict.read_text().replace("[audiences]", "[audiences]\nsupervision.k = 2"))
    team = named(small)
    folder = preview(team, team.tables(), OCTOBER)
    forget(team, "W-002")
    assert not folder.exists()


def colliding() -> tuple[str, str, str]:
    """Three codes of which, under a key of zeros, each has the same first pseudonym."""
    first: dict[str, list[str]] = {}
    for n in range(1, 100_000):
        same = first.setdefault(_pseudonym(f"W-{n:05}", bytes(32), 0), [])
        same.append(f"W-{n:05}")
        if len(same) == 3:
            return same[0], same[1], same[2]
    raise AssertionError


@pytest.mark.usefixtures("few")
def test_forgetting_one_changes_the_pseudonym_of_no_other(small: Workspace) -> None:
    one, other, third = colliding()
    (small.registry / "pseudonyms.key").write_text("00" * 32)
    for path in small.registry.glob("*.csv"):
        path.write_text(path.read_text().replace("W-001", one).replace("W-002", other))
    preview(small, small.tables(), OCTOBER)
    before = pseudonyms(small.tables().women, small.key)
    women = small.tables().women.set_index("woman")["entered_on"]
    first, later = (one, other) if women[one] < women[other] else (other, one)
    assert before[first] == _pseudonym(first, bytes(32), 0)
    assert before[later] == _pseudonym(later, bytes(32), 1)
    forget(named(small), first)
    now = pseudonyms(small.tables().women, small.key, small.marks)
    assert now.to_dict() == {later: before[later]}
    preview(small, small.tables(), OCTOBER)
    assert Extract(small.extracts, "supervision").table("cases", OCTOBER)["woman"].tolist() == [
        before[later]
    ]
    new = pd.DataFrame({"woman": [third], "entered_on": [pd.Timestamp("2020-01-01")]})
    assert before[first] not in set(pseudonyms(new, small.key, small.marks))


def test_one_who_comes_back_is_refused_until_she_is_taken_out_again(small: Workspace) -> None:
    team = named(small)
    women = (team.registry / "women.csv").read_text()
    pseudonym = pseudonyms(team.tables().women, team.key)["W-002"]
    forget(team, "W-002")
    assert team.tables().errors == ()
    (team.registry / "women.csv").write_text(women)
    (error,) = team.tables().errors
    assert (error.id, error.table, error.column, error.value) == (
        "retired_code", "women", "woman", "",
    )  # fmt: skip
    assert "W-002" not in str(error)
    assert women.splitlines()[error.row - 1 if error.row else 0].startswith("W-002")
    assert copehope("check", team.path, cwd=team.path).returncode == 1
    for command in chosen(["publish"], ["publish", "preview"]):
        done = copehope(command, team.path, "--month", OCTOBER, cwd=team.path)
        assert (done.returncode, done.stdout) == (1, "")
        assert "has 1 error: run `copehope check`" in done.stderr
    assert pseudonyms(team.tables().women, team.key, team.marks)["W-002"] == pseudonym
    forget(team, "W-002")
    assert team.tables().errors == ()


def test_the_marks_are_others_under_another_key(small: Workspace) -> None:
    pseudonym = str(pseudonyms(small.tables().women, small.key)["W-002"])
    forget(named(small), "W-002")
    ((mark, of_pseudonym),) = json.loads((small.published / "marks.json").read_text())[
        "retired"
    ].items()
    for said, text in ((mark, "W-002"), (of_pseudonym, pseudonym)):
        assert said == hmac.new(small.key, f"mark/{text}".encode(), "sha256").hexdigest()


def test_a_new_code_keeps_the_pseudonym_the_flows_and_all_rows(team: Workspace) -> None:
    before, names = rows(team), pseudonyms(team.tables().women, team.key)
    whole = replace(
        Snapshot.of(team.tables(), OCTOBER, team.settings),
        closed=closing.kept_states(team, SEPTEMBER),
    )
    flows = {name: whole[name] for name in whole.closed}
    said = run("codes", "rename", HER, "W-911", team.path, cwd=team.path)
    assert f"W-911, and is {names[HER]} as before" in said
    for name, after in rows(team).items():
        assert after == [
            {of: "W-911" if of == "woman" and cell == HER else cell for of, cell in row.items()}
            for row in before[name]
        ], name
    now = pseudonyms(team.tables().women, team.key, team.marks)
    assert now.rename({"W-911": HER}).sort_index().equals(names)
    closed = closing.kept_states(team, SEPTEMBER)
    since = replace(Snapshot.of(team.tables(), OCTOBER, team.settings), closed=closed)
    for name, table in flows.items():
        pd.testing.assert_frame_equal(since[name], table)
    preview(team, team.tables(), OCTOBER)
    assert names[HER] in set(Extract(team.extracts, "supervision").table("cases", OCTOBER)["woman"])
    found_in = found(team, {HER})
    assert {name.partition("/")[0] for name in found_in} == {"earlier"}
    looked_up = run("codes", "find", names[HER], team.path, cwd=team.path)
    assert looked_up == "W-911\n"


def test_a_code_that_was_changed_comes_back_to_nobody_but_her(small: Workspace) -> None:
    team, her, other = named(small), "W-002", "W-001"
    names = pseudonyms(team.tables().women, team.key)
    rename(team, her, "W-911")
    for new in (her, "W-911"):
        with pytest.raises(CopehopeError, match="Another woman has the new code, or had it"):
            rename(team, other, new)
    with pytest.raises(CopehopeError, match="does not look like one"):
        rename(team, other, "Amaka")
    women = team.registry / "women.csv"
    now = women.read_text()
    women.write_text(now.replace("W-911", her))
    assert [error.id for error in team.tables().errors if error.table == "women"] == [
        "retired_code"
    ]
    women.write_text(now)
    assert rename(team, "W-911", her) == names[her]
    assert team.tables().errors == ()
    assert pseudonyms(team.tables().women, team.key, team.marks).equals(names)


def test_one_whose_code_was_changed_is_forgotten_under_both(small: Workspace) -> None:
    team = named(small)
    women = (team.registry / "women.csv").read_text()
    pseudonym = rename(team, "W-002", "W-911")
    forget(team, "W-911")
    plain = {
        name
        for name in found(team, {"W-002", "W-911", pseudonym})
        if not name.startswith("earlier") and not name.endswith(".md")
    }
    assert plain == set()
    (team.registry / "women.csv").write_text(women)
    assert "retired_code" in {error.id for error in team.tables().errors}


def test_the_earlier_tables_lie_sealed_for_thirty_days(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = named(small)
    before = {path.name: path.read_bytes() for path in team.registry.glob("*.csv")}
    day = datetime.date(2026, 12, 1)
    monkeypatch.setattr(one_step, "today", lambda: day)
    forget(team, "W-001")
    sealed = team.path / "earlier" / "before-2026-12-01.zip.age"
    with zipfile.ZipFile(io.BytesIO(sealing.open_sealed(sealed.read_bytes(), KEY))) as packed:
        for name in ("women", "attendance", "goals", "goal_events", "needs", "safety"):
            assert packed.read(f"registry/{name}.csv") == before[f"{name}.csv"]
    monkeypatch.setattr(one_step, "today", lambda: day + datetime.timedelta(days=30))
    team.tables()
    assert sealed.exists()
    monkeypatch.setattr(one_step, "today", lambda: day + datetime.timedelta(days=31))
    team.tables()
    assert not sealed.exists()


def test_nothing_is_changed_where_nothing_could_be_sealed(small: Workspace) -> None:
    before = contents(small)
    with pytest.raises(CopehopeError, match=r"names no key under .supervision.*copehope keys new"):
        forget(small, "W-002")
    assert contents(small) == before


def test_what_was_typed_is_not_repeated(small: Workspace) -> None:
    done = copehope("codes", "forget", "Amaka", named(small).path, cwd=small.path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The table women has no such code: read it again.\n"


@pytest.mark.parametrize("sealed", chosen([True], [True, False]))
@pytest.mark.parametrize("ending", chosen([".xlsx"], [".xlsx", ".ods"]))
def test_tables_of_a_workbook_are_written_anew_in_their_place(
    small: Workspace, ending: str, sealed: bool
) -> None:
    team = named(small)
    before = {name: pd.read_csv(team.registry / f"{name}.csv", dtype="str") for name in TABLES}
    book = team.registry / f"our tables{ending}"
    with pd.ExcelWriter(book) as writer:
        for name, frame in before.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    for name in TABLES:
        (team.registry / f"{name}.csv").unlink()
    was = book.read_bytes()
    if sealed:
        book.with_name(f"{book.name}.age").write_bytes(sealing.seal(was, KEY.public))
        book.unlink()
    pseudonym = rename(team, "W-002", "W-911")
    assert "W-911" in set(team.tables().women["woman"])
    sheet = forget(team, "W-911").read_text()
    assert "- registry" not in sheet
    (path,) = team.registry.glob("our tables*")
    content = path.read_bytes()
    assert sealed == content.startswith(sealing.BEGINNING)
    now = pd.read_excel(
        io.BytesIO(sealing.open_sealed(content, KEY) if sealed else content), None, dtype="str"
    )
    goals = before["goals"].loc[before["goals"]["woman"] == "W-002", "goal"]
    for name, frame in before.items():
        hers = (frame.get("woman", frame.iloc[:, 0]) == "W-002") | frame.iloc[:, 0].isin(goals)
        left = frame[~hers].dropna(how="all").reset_index(drop=True)
        there = now[name].dropna(how="all").reset_index(drop=True)
        pd.testing.assert_frame_equal(there, left, check_dtype=False)
    assert len(now["women"].dropna(how="all")) < len(before["women"])
    assert {name.partition("/")[0] for name in found(team, {"W-002", "W-911", *goals})} == {
        "earlier"
    }
    first, _second = sorted((team.path / "earlier").iterdir(), key=lambda path: len(path.name))
    with zipfile.ZipFile(io.BytesIO(sealing.open_sealed(first.read_bytes(), KEY))) as packed:
        (name,) = [name for name in packed.namelist() if "our tables" in name]
        kept = packed.read(name)
    assert (sealing.open_sealed(kept, KEY) if sealed else kept) == was
    assert pseudonym in sheet
    assert team.tables().errors == ()


def test_a_table_of_the_team_keeps_its_dialect(small: Workspace) -> None:
    team = named(small)
    table = team.registry / "women.csv"
    lines = [line.replace(",", ";") for line in table.read_text().splitlines()]
    lines = [re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", line) + ";però" for line in lines]
    table.write_bytes("\r\n".join(lines).encode("cp1252"))
    forget(team, "W-002")
    left = [line for line in lines if not line.startswith("W-002")]
    assert table.read_bytes().rstrip() == "\r\n".join(left).encode("cp1252")


def test_a_code_that_something_else_has_too_stays_there(small: Workspace) -> None:
    team = named(small)
    for name in ("professionals", "assignments", "sessions", "actions"):
        path = team.registry / f"{name}.csv"
        path.write_text(path.read_text().replace("P-01", "W-002"))
    professionals = (team.registry / "professionals.csv").read_bytes()
    assert b"W-002" in professionals
    with pytest.raises(CopehopeError, match="Her code is a number, or of something else as well"):
        rename(team, "W-002", "W-911")
    forget(team, "W-002")
    assert (team.registry / "professionals.csv").read_bytes() == professionals
    assert team.tables().women["woman"].tolist() == ["W-001"]


@pytest.mark.parametrize("first", chosen(["publish"], ["publish", "forget"]))
def test_who_publishes_and_who_forgets_wait_for_each_other(small: Workspace, first: str) -> None:
    team = Workspace(named(small).path)
    words = ["codes", "forget", "W-002", team.path]
    if first == "forget":
        words = ["publish", team.path, "--month", OCTOBER, "--yes"]
    with ThreadPoolExecutor(1) as other, team.alone():
        waiting = other.submit(copehope, *words, cwd=team.path)
        before, tables = contents(team), team.tables()
        time.sleep(3)  # time enough to change something, were there no lock
        assert contents(team) == before
        if first == "forget":
            forget(team, "W-002")
        else:
            publish(team, tables, OCTOBER)
        assert not waiting.done()
    assert waiting.result().returncode == 0, waiting.result().stderr
    states = closing.kept_states(team, OCTOBER)
    known = {len(state["woman"].dropna()) == len(state) for state in states.values()}
    # A month that was closed with her starts with a row without code; another one knows no such.
    assert known == ({True, False} if first == "publish" else {True})
    assert {name for name in found(team, {"W-002"}) if not name.startswith("earlier")} == set()


def test_sealed_tables_stay_sealed(small: Workspace) -> None:
    team = named(small)
    for name in ("women", "needs"):
        path = team.registry / f"{name}.csv"
        sealed = path.with_name(f"{name}.csv.age")
        sealed.write_bytes(sealing.seal(path.read_bytes(), KEY.public))
        path.unlink()
    with pytest.raises(CopehopeError, match=r"is sealed: give the file of the key"):
        forget(Workspace(team.path), "W-002")
    forget(team, "W-002")
    for name in ("women", "needs"):
        content = (team.registry / f"{name}.csv.age").read_bytes()
        table = pd.read_csv(io.BytesIO(sealing.open_sealed(content, KEY)))
        assert table["woman"].unique().tolist() == ["W-001"]


def test_without_the_key_the_sheet_says_what_was_not_looked_through(small: Workspace) -> None:
    team = named(small)
    page = store.add(team.records / "2026-10", "2026-10", [Entry("note", {})], KEY.public)
    sheet = forget(Workspace(team.path), "W-002").read_text()
    assert page.name in sheet.partition("could not be looked through")[2]


def contents(workspace: Workspace) -> dict[str, bytes]:
    """The files of a workspace; of sealed ones only that they are there."""
    return {
        str(path.relative_to(workspace.path)): b"" if path.suffix == ".age" else path.read_bytes()
        for path in workspace.path.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_wherever_it_breaks_off_all_is_done_or_nothing(
    small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A few tables have all the moments that thirty have.
    caseload, engagement = ("functions", "load", "spread"), ("attendance", "pauses", "women")
    names = [f"caseload.{of}" for of in caseload] + [f"engagement.{of}" for of in engagement]
    for name in [name for name in METRICS if name not in names]:
        monkeypatch.delitem(METRICS, name)
    team = named(small)
    preview(team, team.tables(), OCTOBER)
    closed = team.registry / ".closed" / "2026-09" / "engagement.flows.parquet"
    closed.parent.mkdir(parents=True)
    pd.DataFrame({"woman": ["W-001", "W-002"], "pattern": "steady"}).to_parquet(closed)
    (team.path / "mended").mkdir()
    (team.path / "mended" / "team.xlsx").write_bytes(b"W-002")
    for folder in ("mended", "earlier"):
        (team.path / folder).mkdir(exist_ok=True)
        (team.path / folder / "actions-1.csv").write_text("text\nW-002\n")
    name = pseudonyms(team.tables().women, team.key)["W-002"]
    (team.registry / "codes.log").write_text(f"{name} found\n")
    before, moments = contents(team), []

    def noting(name: str) -> None:
        """Keep what lies on the disk before each change of it: what a kill there would leave."""
        changes = getattr(os, name)

        def noted(*args: object, **kwargs: object) -> object:
            with monkeypatch.context() as whole:
                for one, of in unpatched.items():
                    whole.setattr(os, one, of)
                moments.append(shutil.copytree(team.path, tmp_path / "moments" / f"{len(moments)}"))
            return changes(*args, **kwargs)

        monkeypatch.setattr(os, name, noted)

    unpatched = {
        of: getattr(os, of) for of in ("link", "replace", "rename", "unlink", "mkdir", "rmdir")
    }
    (tmp_path / "moments").mkdir()
    for one in unpatched:
        noting(one)
    forget(team, "W-002")
    for one, of in unpatched.items():
        monkeypatch.setattr(os, one, of)
    after, ends = contents(team), []
    assert len(after) > 10
    assert set(before) - set(after) > {"mended/team.xlsx", "earlier/actions-1.csv"}
    for moment in moments:
        copy = Workspace(moment, KEY)
        # Whoever comes next finishes it, or clears it away: who reads, as who changes anything.
        if len(ends) % 10 == 0:
            copy.tables()
        else:
            with copy.alone():
                pass
        now = contents(copy)
        assert now in (before, after), moment.name
        ends.append(now == after)
    # First nothing is done, and from the marker on everything.
    assert ends == sorted(ends)
    assert {*ends} == {True, False}
    assert len(ends) > 50
