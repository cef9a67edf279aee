"""The demo workspace is published when the library has changed, and not at every start."""

import shutil
import tomllib
from pathlib import Path

import pytest

from copehope_lib import demo
from copehope_lib.demo.meeting import DECIDED
from copehope_lib.files import sealing
from copehope_lib.privacy.manifest import MANIFEST
from copehope_lib.records import store
from copehope_lib.records.actions import actions

ROOT = Path(demo.__file__).parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the demo team, to change something in it."""
    team = demo.workspace()
    shutil.copy(demo.key_file(team), tmp_path)
    return shutil.copytree(team.path, tmp_path / "demo")


def test_what_this_library_has_published_is_not_published_again(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published: list[str] = []
    made = shutil.copytree(copy / "extracts", tmp_path / "made")

    def publish(*args: object) -> None:
        """Lay there what was there."""
        published.append(str(args[-1]))
        shutil.copytree(made, copy / "extracts", dirs_exist_ok=True)

    monkeypatch.setattr(demo, "publish", publish)
    demo.workspace.__wrapped__(copy)
    assert published == []
    (copy / "published" / "library.sha256").write_text("another")
    demo.workspace.__wrapped__(copy)
    assert len(published) == demo.MONTHS
    demo.workspace.__wrapped__(copy)
    assert len(published) == demo.MONTHS
    next(copy.glob(f"extracts/*/*/{MANIFEST}")).write_text("damaged")
    demo.workspace.__wrapped__(copy)
    assert len(published) == 2 * demo.MONTHS


def test_what_only_shows_is_not_imported_by_what_publishes() -> None:
    """`lint-imports` keeps the contract; here it is of the parts that the digest leaves out."""
    project = tomllib.loads((ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in project["tool"]["importlinter"]["contracts"]}
    contract = contracts["Publishing the demo knows nothing that only shows"]
    assert contract["source_modules"] == ["copehope_lib.demo"]
    modules = {
        f"copehope_lib.{name.removesuffix('.py')}"
        for name in demo.ONLY_SHOWS
        if name.endswith(".py") or (ROOT / name / "__init__.py").exists()
    }
    assert set(contract["forbidden_modules"]) == modules


def test_each_part_that_only_shows_is_there() -> None:
    assert [name for name in sorted(demo.ONLY_SHOWS) if not (ROOT / name).exists()] == []


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
