"""Tables that are sealed at rest: they say the same, and are open in memory only."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files.sealing import Key, new_key, seal
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import mend
from copehope_lib.tables.files import shown
from copehope_lib.workspace import Workspace
from tests.night import chosen


@pytest.fixture
def key() -> Key:
    return new_key()


def sealed_in_place(path: Path, key: Key) -> Path:
    """Seal a file, and take the plain one away."""
    out = path.with_name(path.name + ".age")
    out.write_bytes(seal(path.read_bytes(), key.public))
    path.unlink()
    return out


def opened(workspace: Workspace, key: Key | None) -> Workspace:
    return Workspace(workspace.path, opened_with=key)


def as_workbook(workspace: Workspace, ending: str) -> Path:
    """Put all tables of a registry into one workbook."""
    path = workspace.registry / f"registry.{ending}"
    held = BytesIO()
    with pd.ExcelWriter(held, engine={"xlsx": "openpyxl", "ods": "odf"}[ending]) as book:
        for name in TABLES:
            table = workspace.registry / f"{name}.csv"
            pd.read_csv(table, dtype="str", keep_default_na=False).to_excel(
                book, sheet_name=name, index=False
            )
            table.unlink()
    path.write_bytes(held.getvalue())
    return path


def assert_same(workspace: Workspace, key: Key, before: Workspace) -> None:
    tables, plain = opened(workspace, key).tables(), before.tables()
    assert tables.findings == plain.findings
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(plain, name))


@pytest.fixture
def plain(tmp_path: Path, small: Workspace) -> Workspace:
    """The same workspace, which stays as it is."""
    other = Workspace.create(tmp_path / "plain", team="Two women")
    for path in small.registry.iterdir():
        (other.registry / path.name).write_bytes(path.read_bytes())
    return other


def test_sealed_tables_say_what_plain_ones_say(
    small: Workspace, plain: Workspace, key: Key
) -> None:
    sealed_in_place(small.registry / "women.csv", key)
    assert_same(small, key, plain)
    for path in list(small.registry.glob("*.csv")):
        sealed_in_place(path, key)
    assert_same(small, key, plain)
    files = {dialect.file for dialect in opened(small, key).tables().dialects}
    assert files == {f"{name}.csv.age" for name in TABLES}


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_sealed_workbook_says_what_a_plain_one_says(
    small: Workspace, plain: Workspace, key: Key, ending: str
) -> None:
    sealed_in_place(as_workbook(small, ending), key)
    assert_same(small, key, plain)


def test_a_finding_names_the_sealed_file(small: Workspace, key: Key) -> None:
    women = small.registry / "women.csv"
    women.write_text(women.read_text().replace("shared_flat", "castle"))
    sealed_in_place(women, key)
    (finding,) = opened(small, key).tables().findings
    assert finding.value == "castle"


@pytest.mark.parametrize("name", ["women.csv", "registry.xlsx"])
def test_without_its_key_a_sealed_table_is_refused(small: Workspace, key: Key, name: str) -> None:
    if name == "registry.xlsx":
        as_workbook(small, "xlsx")
    sealed_in_place(small.registry / name, key)
    with pytest.raises(CopehopeError, match=rf"^{name}\.age is sealed: .*--key\.$"):
        small.tables()
    with pytest.raises(CopehopeError, match=rf"^{name}\.age is not sealed to this key"):
        opened(small, new_key()).tables()


def test_a_damaged_sealed_table_is_refused(small: Workspace, key: Key) -> None:
    path = sealed_in_place(small.registry / "women.csv", key)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CopehopeError, match=r"^women\.csv\.age is damaged or not complete"):
        opened(small, key).tables()


def test_a_table_is_kept_once(small: Workspace, key: Key) -> None:
    women = small.registry / "women.csv"
    content = women.read_bytes()
    sealed_in_place(women, key)
    women.write_bytes(content)
    errors = [finding.wrong for finding in opened(small, key).tables().errors]
    assert any("women.csv and women.csv.age both hold" in wrong for wrong in errors)


def test_other_sealed_files_are_no_tables(small: Workspace, key: Key) -> None:
    for name in ("minutes.pdf.age", "backup.age", "read-me.md.age"):
        (small.registry / name).write_bytes(seal(b"", key.public))
    assert small.tables().findings == ()
    (small.registry / "notes.csv.age").write_bytes(seal(b"a", key.public))
    (finding,) = small.tables().findings
    assert finding.id == "unknown_file"


def test_a_name_in_the_name_of_a_sealed_file_is_hidden() -> None:
    assert shown(Path("Amaka Obi.csv.age")) == "A… (9).csv.age"
    assert shown(Path("women.csv.age")) == "women.csv.age"


def test_sealed_tables_are_not_mended_into_plain_ones(small: Workspace, key: Key) -> None:
    sealed_in_place(small.registry / "women.csv", key)
    with pytest.raises(CopehopeError, match=r"women\.csv\.age is sealed, and its mended copy"):
        mend.mend(small.registry, Settings())


def test_the_key_of_the_pseudonyms_may_be_sealed(small: Workspace, key: Key) -> None:
    before = small.key
    sealed_in_place(small.registry / "pseudonyms.key", key)
    assert opened(small, key).key == before
    with pytest.raises(CopehopeError, match=r"pseudonyms\.key\.age is sealed"):
        _ = small.key
    assert opened(small, key).tables().findings == ()


def test_a_sealed_key_of_the_pseudonyms_is_never_replaced(small: Workspace, key: Key) -> None:
    sealed_in_place(small.registry / "pseudonyms.key", key)
    (small.path / "copehope.toml").unlink()
    Workspace.create(small.path)
    assert not (small.registry / "pseudonyms.key").exists()


WATCHED = """
import os, sys
from pathlib import Path
from copehope_lib.server.confine import READ, confine
from copehope_lib.files.sealing import read_key
from copehope_lib.workspace import Workspace

team = Workspace(sys.argv[1], opened_with=read_key(Path(sys.argv[2]), str))
written = []

def watch(event, args):
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
    if event == "open" and (args[2] & writes or set(args[1] or "") & set("wax+")):
        written.append(args[0])
    elif event.startswith(("tempfile.", "os.mkdir", "os.rename", "os.link", "subprocess.")):
        written.append(event)

sys.addaudithook(watch)
confined = confine({Path("/"): READ}, [])  # where the kernel can, it forbids all writing as well
tables = team.tables()
assert len(team.key) == 32
print(confined, written, tables.errors, len(tables.women))
"""


@pytest.mark.parametrize("ending", chosen(["csv", "xlsx"], ["csv", "xlsx", "ods"]))
def test_nothing_is_written_while_sealed_tables_are_read(
    small: Workspace, key: Key, tmp_path: Path, ending: str
) -> None:
    if ending != "csv":
        as_workbook(small, ending)
    for path in [*small.registry.glob(f"*.{ending}"), small.registry / "pseudonyms.key"]:
        sealed_in_place(path, key)
    (tmp_path / "hers.txt").write_bytes(key.as_file())
    temporary = tmp_path / "temporary"
    temporary.mkdir(mode=0o500)
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED, small.path, tmp_path / "hers.txt"],
        env=os.environ | {"TMPDIR": str(temporary), "TMP": str(temporary)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split(" ", 1)[1:] == ["[] () 2\n"], done.stderr
    assert list(temporary.iterdir()) == []


def test_the_watch_over_writing_sees_it(tmp_path: Path) -> None:
    watch = WATCHED.split("written = []")[1].split("confined =")[0]
    code = f"import os, sys, tempfile\nwritten = []{watch}tempfile.TemporaryFile(); print(written)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() != "[]"
