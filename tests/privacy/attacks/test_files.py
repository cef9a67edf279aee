"""Somebody who looks at the files and not at the numbers: sizes, order, times, words."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copehope_lib.metrics import compute
from copehope_lib.privacy.publish import publish
from copehope_lib.workspace import Workspace
from tests.privacy.attacks.published import (
    GROUPS,
    MONTHS,
    OCTOBER,
    WORD,
    Frames,
    changed,
    content,
    tables_of,
    workspace,
)

ANSWERS = ("can_share_space", "protected_witness", "judicial_process", "lives_with_network",
           "threatened_recently", "imminent_danger")  # fmt: skip


def swapped(frames: Frames, team: Workspace) -> Frames:
    """Return a registry in which one goal of one woman is about something else.

    Of the goals in one state, a hidden 2 becomes a 1, and a hidden 1 becomes a 2.
    """
    exact = compute(team.tables(), OCTOBER, team.settings, ["itineraries.goals"])
    goals = exact["itineraries.goals"].astype({"area": "str", "state": "str"})
    # Whether therapy was chosen is seen by goals about feelings.
    goals = goals[goals["area"] != "emotional"]
    size = goals.groupby(["state", "area"])["goal"].transform("size")
    twos = goals[size == 2].drop_duplicates(["state", "area"])
    both = twos.merge(goals[size == 1], on="state", suffixes=("", "_of_one"))
    row = frames["goals"].index[frames["goals"]["goal"] == both["goal"].iloc[0]]
    return {**frames, "goals": changed(frames["goals"], row, area=both["area_of_one"].iloc[0])}


def test_a_hidden_one_and_a_hidden_two_may_change_places_and_no_byte_does(
    october: Workspace, frames: Frames, tmp_path: Path
) -> None:
    other = workspace(tmp_path / "other", swapped(frames, october))
    publish(other, other.tables(), OCTOBER)
    assert content(other.extracts, other.published) == content(october.extracts, october.published)


def test_parquet_files_tell_nothing_beside_their_cells(team: Workspace) -> None:
    makers = set()
    for path in team.extracts.rglob("*.parquet"):
        file = pq.ParquetFile(path)
        makers.add(file.metadata.created_by)
        # What arrow notes is the name and the type of each column.
        assert set(file.metadata.metadata) == {b"ARROW:schema"}
        assert not file.schema_arrow.metadata
        for of in file.schema_arrow:
            assert not of.metadata
            assert not pa.types.is_dictionary(of.type)
        for place in range(file.metadata.num_columns):
            chunk = file.metadata.row_group(0).column(place)
            assert not chunk.is_stats_set
            assert not chunk.has_dictionary_page
            assert not {"PLAIN_DICTIONARY", "RLE_DICTIONARY"} & set(chunk.encodings)
            assert not chunk.has_column_index
    assert len(makers) == 1


def test_a_manifest_says_nothing_that_its_files_do_not(team: Workspace) -> None:
    for path in team.extracts.glob("*/*/manifest.json"):
        about = json.loads(path.read_text())
        assert set(about) == {
            "extract_version", "library_version", "schema_version", "month", "team", "language",
            "pause_days", "window_days", "audience", "tables", "rules", "unknown",
            "draft", "source", "whole", "together", "over",
        }  # fmt: skip
        assert not set(about["whole"]) - {name for name, of in about["tables"].items()
                                          if of["hidden"] and not about["draft"]}  # fmt: skip
        for entry in about["tables"].values():
            data = (path.parent / entry["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
            table = pd.read_parquet(path.parent / entry["file"])
            assert entry["rows"] == len(table)
            assert entry["hidden"] <= table.isna().sum().sum()


def test_nothing_lies_about_that_no_manifest_names(team: Workspace) -> None:
    for path in team.path.rglob("manifest.json"):
        about = json.loads(path.read_text())
        named = {entry["file"] for entry in about["tables"].values()} | {"manifest.json"}
        assert {one.name for one in path.parent.iterdir()} == named
    assert not [path for path in team.path.rglob("*") if "draft" in path.name]


def test_files_are_written_in_the_order_of_the_manifest_whatever_they_hold(
    team: Workspace,
) -> None:
    for path in team.extracts.glob("*/*/manifest.json"):
        files = [entry["file"] for entry in json.loads(path.read_text())["tables"].values()]
        times = [(path.parent / name).stat().st_mtime_ns for name in (*files, path.name)]
        assert times == sorted(times)


def test_what_is_remembered_is_what_was_shown(team: Workspace) -> None:
    assert {path.name for path in team.published.iterdir()} == {
        *GROUPS,
        "months.json",
        "supervision.key-name",
    }
    for audience in GROUPS:
        for month in MONTHS:
            remembered = content(team.published / audience / f"{month}-1")
            given = content(team.extracts / str(month) / audience)
            assert sorted(remembered.values()) == sorted(given.values())


def words_of(table: pd.DataFrame) -> set[str]:
    return {str(value) for column in table for value in table[column].dropna().unique()}


@pytest.mark.parametrize(
    ("audiences", "of"),
    [
        (GROUPS, ["women", "activities", "sessions", "goals", "actions"]),
        (["partner"], ["professionals"]),
        (["supervision"], ["women"]),
    ],
    ids=["things", "professionals", "women"],
)
def test_no_code_stands_in_a_file_or_in_its_name(
    team: Workspace, frames: Frames, audiences: list[str], of: list[str]
) -> None:
    codes = {code for name in of for code in frames[name].iloc[:, 0]}
    for path, table in tables_of(team, audiences):
        assert not codes & words_of(table), path
        assert not [code for code in codes if code.encode() in path.read_bytes()], path
        assert not [code for code in codes if code in path.name]


def test_what_meetings_decided_is_in_no_extract(team: Workspace) -> None:
    for path, table in tables_of(team, ["supervision", *GROUPS]):
        assert not [word for word in words_of(table) if WORD in word], path
        assert WORD.encode() not in path.read_bytes()


def test_no_day_and_no_year_of_birth_is_given_to_groups(team: Workspace) -> None:
    for path, table in tables_of(team, GROUPS):
        assert table.select_dtypes(["datetime", "datetimetz", "timedelta"]).empty, path
        found = {word for word in words_of(table) if word[:2] in ("19", "20") and len(word) >= 4}
        assert not {word for word in found if word[:4].isdigit() and "." not in word}, path


def flipped(safety: pd.DataFrame) -> pd.DataFrame:
    """Return assessments of the same days, with every answer that is known turned round."""
    turned = {"yes": "no", "no": "yes"}
    settings = {"group_welcome": "individual_only", "individual_only": "group_welcome"}
    channels = {"call": "through_third_party", "message_with_consent": "in_person",
                "in_person": "message_with_consent", "through_third_party": "call"}  # fmt: skip
    return safety.assign(
        **{answer: safety[answer].replace(turned) for answer in ANSWERS},
        setting=safety["setting"].replace(settings),
        contact_channel=safety["contact_channel"].replace(channels),
        contact_consent=~safety["contact_consent"],
    )


def test_every_safety_answer_may_be_the_opposite_and_no_byte_is_another(
    october: Workspace, frames: Frames, tmp_path: Path
) -> None:
    other = workspace(tmp_path / "other", {**frames, "safety": flipped(frames["safety"])})
    publish(other, other.tables(), OCTOBER)
    assert content(other.extracts, other.published) == content(october.extracts, october.published)


def test_no_column_and_no_row_of_an_extract_is_about_an_answer(team: Workspace) -> None:
    asked = {*ANSWERS, "setting", "contact_channel", "contact_consent"}
    for path, table in tables_of(team, GROUPS):
        assert not asked & set(table.columns), path
        assert not {"alone_means_alone", "half_hour", "contact_agreed"} & words_of(table), path
