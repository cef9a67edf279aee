"""The demo workspace is published when the library has changed, and not at every start."""

import os

import pytest

from copehope_lib import demo
from copehope_lib.demo.meeting import DECIDED
from copehope_lib.files import sealing
from copehope_lib.privacy.manifest import MANIFEST
from copehope_lib.records import store
from copehope_lib.records.actions import actions


def test_what_this_library_has_published_is_not_published_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = demo.workspace()
    published: list[str] = []
    monkeypatch.setattr(demo, "publish", lambda *args: published.append(str(args[-1])))
    demo.workspace.__wrapped__()
    assert published == []
    manifest = next(iter(sorted(team.extracts.glob(f"*/*/{MANIFEST}"))))
    kept, content = manifest.stat(), manifest.read_bytes()
    os.utime(manifest, (0, 0))
    demo.workspace.__wrapped__()
    assert len(published) == demo.MONTHS
    manifest.write_text("damaged")
    demo.workspace.__wrapped__()
    assert len(published) == 2 * demo.MONTHS
    manifest.write_bytes(content)
    os.utime(manifest, (kept.st_atime, kept.st_mtime))


def test_what_the_synthetic_team_decided_opens_with_its_key_and_can_become_actions() -> None:
    team = demo.workspace()
    [name] = store.names(team.records)
    key = sealing.read_key(demo.key_file(team), lambda: "")
    record = store.open_record(team.records / name, key).record
    tables = team.tables()
    assert name == str(tables.months[-2])
    rows, left_out = actions(record, frozenset(tables.professionals["professional"]))
    assert (len(rows), left_out) == (len(DECIDED), [])
    assert not set(rows["text"]) & set(tables.actions["text"])
