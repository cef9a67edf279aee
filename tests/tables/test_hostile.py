"""Damaged files and files built to do harm are findings: nothing is raised, nothing swells."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables, load
from copehope_lib.workspace import Workspace

KEPT = Path(__file__).parent.parent / "data" / "libreoffice"
MOST_GROWTH = 600 << 20
WOMEN = b"woman,site,entered_on\nW-001,Barcelona,2026-06-01\nW-002,Vic,2026-06-25\n"
FORMULA = "=cmd|'/C calc'!A0"
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)
LOLS = (
    '<!DOCTYPE a [<!ENTITY b "lol">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)


def load_women(folder: Path, name: str, content: bytes) -> Tables:
    (folder / name).write_bytes(content)
    return load(folder, Settings())


def about_women(tables: Tables) -> set[str]:
    assert all(hasattr(tables, name) for name in TABLES)
    return {finding.id for finding in tables.errors if finding.table == "women"}


def edited(name: str, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a kept workbook with one member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(KEPT / name) as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.namelist():
            new.writestr(item, change(old.read(item)) if item == member else old.read(item))
    return out.getvalue()


def with_many_members() -> bytes:
    out = io.BytesIO((KEPT / "women.xlsx").read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        for n in range(10_001):
            archive.writestr(f"n{n}", b"")
    return out.getvalue()


def with_a_far_cell() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["woman", "site", "entered_on"])
    book.active["XFD1048576"] = "x"
    book.save(out)
    return out.getvalue()


def declaring_entities(content: bytes, far: int = 0) -> bytes:
    start = content.index(b"?>") + 2
    return content[:start] + b" " * far + LOLS.encode() + content[start:].replace(b"W-001", b"&b9;")


FAR_BELOW = partial(declaring_entities, far=5000)


def with_one_text_many_times() -> bytes:
    text = b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    cells = b'<row><c t="s"><v>0</v></c></row>' * 15_000
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    members = {"xl/sharedStrings.xml": text, "xl/worksheets/sheet1.xml": sheet}
    out = io.BytesIO()
    with zipfile.ZipFile(KEPT / "women.xlsx") as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.namelist():
            new.writestr(item, members.get(item, old.read(item)))
    return out.getvalue()


def with_more_than_it_tells() -> bytes:
    """Return a workbook whose texts take far more room than its directory tells."""
    name, out = "xl/sharedStrings.xml", io.BytesIO()
    with zipfile.ZipFile(KEPT / "women.xlsx") as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.namelist():
            with new.open(item, "w") as packed:
                packed.write(old.read(item))
                for _ in range(700 if item == name else 0):
                    packed.write(b" " * (1 << 20))
    content = bytearray(out.getvalue())
    entry = content.index(b"PK\x01\x02")
    while content[entry + 46 : entry + 46 + len(name)] != name.encode():
        entry = content.index(b"PK\x01\x02", entry + 4)
    content[entry + 24 : entry + 28] = (200).to_bytes(4, "little")
    return bytes(content)


def repeated(what: str) -> bytes:
    cell = b'<table:table-cell office:value-type="string">'
    row = b"<table:table-row"
    old = cell if what == "columns" else row
    mark = f' table:number-{what}-repeated="1000000000"'.encode()
    new = old.removesuffix(b">") + mark + (b">" if old.endswith(b">") else b"")
    plain = ods_content()
    return edited("women.ods", "content.xml", lambda _: plain.replace(old, new))


def with_blanks() -> bytes:
    blanks = b'<text:p><text:s text:c="2000000000"/>'
    plain = ods_content().replace(b"<text:p>", blanks)
    return edited("women.ods", "content.xml", lambda _: plain)


def ods_content() -> bytes:
    return b"""<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>
 <office:spreadsheet><table:table table:name="women"><table:table-row>
 <table:table-cell office:value-type="string"><text:p>woman</text:p></table:table-cell>
 </table:table-row></table:table></office:spreadsheet></office:body>
 </office:document-content>"""


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a sheet of 80 MB": (
        "women.xlsx",
        lambda: edited("women.xlsx", "xl/worksheets/sheet1.xml", lambda x: x + b" " * (80 << 20)),
    ),
    "more members than any workbook": ("women.xlsx", with_many_members),
    "entities in an xlsx": (
        "women.xlsx",
        lambda: edited("women.xlsx", "xl/sharedStrings.xml", declaring_entities),
    ),
    "entities in an ods": (
        "women.ods",
        lambda: edited("women.ods", "content.xml", declaring_entities),
    ),
    "entities far below in an xlsx": (
        "women.xlsx",
        lambda: edited("women.xlsx", "xl/sharedStrings.xml", FAR_BELOW),
    ),
    "entities far below in an ods": (
        "women.ods",
        lambda: edited("women.ods", "content.xml", FAR_BELOW),
    ),
    "a cell repeated over a billion columns": ("women.ods", lambda: repeated("columns")),
    "a row repeated a billion times": ("women.ods", lambda: repeated("rows")),
    "a cell in the last corner": ("women.xlsx", with_a_far_cell),
    "a text of a million letters in 15,000 cells": ("women.xlsx", with_one_text_many_times),
    "two billion blanks in one cell": ("women.ods", with_blanks),
    "texts larger than they are said to be": ("women.xlsx", with_more_than_it_tells),
    "a cell of 10 MB": ("women.csv", lambda: WOMEN + b"W-003," + b"x" * 10_000_000 + b",\n"),
    "a million columns": ("women.csv", lambda: b"," * 1_000_000 + b"\n" + b"," * 1_000_000),
    "a quotation mark that never ends": (
        "women.csv",
        lambda: WOMEN + b'W-003,"Vic,2026-06-01\n' + b"W-004,Vic,2026-06-01\n" * 50_000,
    ),
    "NUL bytes": ("women.csv", lambda: WOMEN.replace(b"W-001", b"W\0\0-001") * 3),
    "text that calls itself xlsx": ("women.xlsx", lambda: WOMEN),
    "a workbook under a password": ("women.xlsx", lambda: OLE2),
    "a workbook under a password that calls itself csv": ("women.csv", lambda: OLE2),
}

# The peak that getrusage tells is inherited from the parent; Linux can begin VmHWM anew.
CHILD = """
import json, sys
from pathlib import Path
from copehope_lib.settings import Settings
from copehope_lib.tables import load
def memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(name))
told = {}
for folder in sorted(Path(sys.argv[1]).iterdir()):
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")
    errors = [f.id for f in load(folder, Settings()).errors if f.table == "women"]
    told[folder.name] = [errors[:50], before, memory("VmHWM")]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], int, int]]:
    """What another process said of each hostile file, and its peak of memory around it."""
    top = tmp_path_factory.mktemp("hostile")
    for case, (name, content) in HOSTILE.items():
        (top / case).mkdir()
        (top / case / name).write_bytes(content())
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(top)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, tuple[list[str], int, int]] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_an_error_and_takes_little_memory(
    told: dict[str, tuple[list[str], int, int]], case: str
) -> None:
    errors, before, after = told[case]
    assert errors
    assert after - before < MOST_GROWTH


@pytest.mark.parametrize("name", ["women.xlsx", "women.ods"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_an_error(tmp_path: Path, name: str, share: float) -> None:
    content = (KEPT / name).read_bytes()
    found = load_women(tmp_path, name, content[: int(len(content) * share)])
    assert about_women(found) == {"unreadable_file"}


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1])
def test_a_csv_that_was_cut_off_in_its_headings_is_an_error(tmp_path: Path, share: float) -> None:
    content = (KEPT / "women.csv").read_bytes()
    assert about_women(load_women(tmp_path, "women.csv", content[: int(len(content) * share)]))


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "ods"])
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=st.binary(max_size=400))
def test_any_bytes_at_all_are_an_error(ending: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert about_women(load_women(Path(folder), f"women.{ending}", content))


def shuffled(content: bytes, swaps: list[tuple[int, int]]) -> bytes:
    data = bytearray(content)
    for one, other in swaps:
        one, other = one % len(data), other % len(data)
        data[one], data[other] = data[other], data[one]
    return bytes(data)


@pytest.mark.parametrize("name", ["women.xlsx", "women.ods"])
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    swaps=st.lists(
        st.tuples(st.integers(0, 1 << 20), st.integers(0, 1 << 20)), min_size=1, max_size=200
    )
)
def test_a_workbook_with_shuffled_bytes_never_raises(
    name: str, swaps: list[tuple[int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = shuffled((KEPT / name).read_bytes(), swaps)
        about_women(load_women(Path(folder), name, content))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(WOMEN)), st.binary(max_size=4), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    )
)
def test_a_mutated_csv_never_raises_and_the_tables_stay_complete(
    changes: list[tuple[int, bytes, int]],
) -> None:
    content = WOMEN
    for place, added, removed in changes:
        content = content[:place] + added + content[place + removed :]
    with tempfile.TemporaryDirectory() as folder:
        tables = load_women(Path(folder), "women.csv", content)
    for name, table in TABLES.items():
        assert list(getattr(tables, name).columns) == table.columns


@pytest.mark.parametrize(
    ("old", "kinds"), [("Barcelona", {"formula"}), ("W-001", {"formula", "not_a_code"})]
)
def test_a_formula_is_an_error_and_never_shown(tmp_path: Path, old: str, kinds: set[str]) -> None:
    content = WOMEN.replace(old.encode(), FORMULA.encode())
    tables = load_women(tmp_path, "women.csv", content)
    found = about_women(tables)
    assert found
    assert found <= kinds
    assert "calc" not in " ".join(map(str, tables.findings))


def test_a_folder_named_like_a_table_is_an_error(small: Workspace) -> None:
    (small.registry / "women.csv").unlink()
    (small.registry / "women.csv").mkdir()
    assert about_women(small.tables()) == {"unreadable_file"}
