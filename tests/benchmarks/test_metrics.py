"""All metrics of a month at 3,000,000 attendances, and the dearest of them against polars.

Ratios of one run, never seconds: `make bench` prints them.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pandas as pd
import polars as pl
import pytest
from polars import selectors
from polars.testing import assert_frame_equal
from pytest_benchmark.fixture import BenchmarkFixture
from rich.console import Console
from rich.table import Table

from copehope_lib.demo import synthetic
from copehope_lib.metrics import compute
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from tests.benchmarks.polars_baseline import baseline, converted

WOMEN, PROFESSIONALS, MONTHS = 20_000, 3_000, 60
MONTH, QUARTER = pd.Period("2026-10", "M"), pd.Period("2026-08", "3M")
TURNS = 5
DEAREST = ["engagement.attendance", "engagement.pauses", "engagement.women"]
"""They go through every attendance there ever was."""
ALL, SMALL, OURS, DIRECT = "all", "all of a tenth", "dearest", "dearest in polars"

PEAK = """
import re, sys, threading, tracemalloc
from pathlib import Path
import pandas as pd
import pyarrow as pa
from copehope_lib.metrics import compute
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
def read(folder):
    return Tables(**{name: pd.read_pickle(Path(folder) / name) for name in TABLES})
def month(tables):
    compute(tables, pd.Period(sys.argv[3], "M"), Settings())
def resident(line):
    said = re.search(line + r":\\s+(\\d+)", Path("/proc/self/status").read_text())
    return int(said[1]) * 1024
month(read(sys.argv[1]))  # what the libraries themselves take is not the table's
tables = read(sys.argv[2])
held = sum(getattr(tables, name).memory_usage(deep=True).sum() for name in TABLES)
before = resident("VmRSS")
Path("/proc/self/clear_refs").write_text("5")  # forgets the peak so far
month(tables)
grown = resident("VmHWM") - before
already, asked, done = pa.total_allocated_bytes(), 0, threading.Event()
def watch():
    global asked
    while not done.wait(0.002):
        tracemalloc_peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        asked = max(asked, tracemalloc_peak + pa.total_allocated_bytes() - already)
tracemalloc.start()
watcher = threading.Thread(target=watch)
watcher.start()
month(tables)
done.set()
watcher.join()
print(1 + asked / held, 1 + grown / held)
"""


class Ratio(NamedTuple):
    what: str
    value: float
    limit: float | None


@pytest.fixture(scope="module")
def ratios() -> Iterator[list[Ratio]]:
    """What was measured, printed as one table when all is done."""
    found: list[Ratio] = []
    yield found
    table = Table("All metrics of a month", "ratio", "limit", title="Ratios of this run")
    for what, value, limit in found:
        table.add_row(what, f"{value:.2f}", "" if limit is None else f"{limit:g}")
    print()
    Console(width=96).print(table)


@pytest.fixture(scope="module")
def seconds() -> dict[str, list[float]]:
    """The time of each turn, as pytest-benchmark measured it."""
    return {ALL: [], SMALL: [], OURS: [], DIRECT: []}


@pytest.fixture(scope="module")
def big() -> Tables:
    return registry(WOMEN, PROFESSIONALS)


@pytest.fixture(scope="module")
def tenth() -> Tables:
    return registry(WOMEN // 10, PROFESSIONALS // 10)


@pytest.fixture(scope="module")
def computing(big: Tables, tenth: Tables) -> dict[str, Callable[[], object]]:
    """What is timed; frames are converted to polars beforehand."""
    return {
        ALL: partial(compute, big, MONTH, Settings()),
        SMALL: partial(compute, tenth, MONTH, Settings()),
        OURS: partial(compute, big, MONTH, Settings(), DEAREST),
        DIRECT: partial(baseline, converted(frames(big)), MONTH, Settings()),
    }


def registry(women: int, professionals: int) -> Tables:
    made = synthetic.generate(women=women, professionals=professionals, months=MONTHS, seed=1)
    return Tables(**{name: made[name] for name in TABLES})


def frames(tables: Tables) -> dict[str, pd.DataFrame]:
    return {name: getattr(tables, name) for name in TABLES}


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Words as texts, and all whole numbers alike."""
    whole, words = selectors.integer(), selectors.enum() | selectors.categorical()
    return frame.with_columns(whole.cast(pl.Int64), words.cast(pl.String))


@pytest.mark.parametrize("period", [MONTH, QUARTER], ids=str)
def test_polars_does_the_same_work(tenth: Tables, period: pd.Period) -> None:
    ours = compute(tenth, period, Settings(), DEAREST)
    direct = baseline(converted(frames(tenth)), period, Settings())
    assert [*ours] == [*direct] == DEAREST
    for name, found in ours.items():
        # What is one to one is no count, and costs nothing.
        frame = found.drop(columns="one_to_one", errors="ignore")
        try:
            assert_frame_equal(
                plain(pl.from_pandas(frame)), plain(direct[name]), rel_tol=1e-9, abs_tol=1e-9
            )
        except AssertionError as difference:
            difference.add_note(name)
            raise


@pytest.mark.parametrize("computed", [ALL, SMALL, OURS, DIRECT])
@pytest.mark.parametrize("turn", range(TURNS))
def test_turns(
    benchmark: BenchmarkFixture,
    computing: dict[str, Callable[[], object]],
    seconds: dict[str, list[float]],
    turn: int,
    computed: str,
) -> None:
    benchmark.group = "metrics of a month"
    rounds = 3 if computed == SMALL else 1
    benchmark.pedantic(computing[computed], rounds=rounds, warmup_rounds=int(turn == 0))
    if benchmark.stats is not None:
        seconds[computed].append(benchmark.stats.stats.median)


def test_the_dearest_take_at_most_three_times_polars(
    seconds: dict[str, list[float]], ratios: list[Ratio]
) -> None:
    ratio = median(
        ours / direct for ours, direct in zip(seconds[OURS], seconds[DIRECT], strict=True)
    )
    ratios.append(Ratio("time / the same written in polars", ratio, 3))
    assert ratio <= 3


def test_time_grows_no_faster_than_the_rows(
    seconds: dict[str, list[float]], ratios: list[Ratio], big: Tables, tenth: Tables
) -> None:
    longer = median(
        large / small for large, small in zip(seconds[ALL], seconds[SMALL], strict=True)
    )
    more = len(big.attendance) / len(tenth.attendance)
    ratios.append(Ratio(f"time / time with one row of {more:.1f}", longer, more * 1.2))
    ratios.append(Ratio("the same, by row", longer / more, 1.2))
    assert longer / more <= 1.2


def test_peak_memory_is_at_most_twice_the_loaded_tables(
    ratios: list[Ratio], big: Tables, tenth: Tables, tmp_path: Path
) -> None:
    for folder, tables in (("tenth", tenth), ("big", big)):
        (tmp_path / folder).mkdir()
        for name, frame in frames(tables).items():
            frame.to_pickle(tmp_path / folder / name)
    done = subprocess.run(
        [sys.executable, "-c", PEAK, tmp_path / "tenth", tmp_path / "big", str(MONTH)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    asked, resident = map(float, done.stdout.split())
    ratios.append(Ratio("peak memory asked for, with the tables / loaded tables", asked, 2))
    ratios.append(Ratio("the same, with what the allocators keep for later", resident, None))
    assert asked <= 2
