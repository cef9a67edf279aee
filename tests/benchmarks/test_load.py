"""Loading and checking a million attendances, against reading the same files plainly.

Ratios of one run, never seconds: `make bench` prints them.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from copehope_lib.schema import TABLES
from copehope_lib.workspace import Workspace
from tests.benchmarks.big_registry import make

ROUNDS = 7

PEAK = """
import re, sys, threading, tracemalloc
from pathlib import Path
import pyarrow as pa
from copehope_lib.workspace import Workspace
small, big = map(Workspace, sys.argv[1:])
def resident():
    # What getrusage says is inherited from the process that started this one.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
small.tables()  # what the libraries themselves take is not the table's
before = resident()
tables = big.tables()
grown = resident() - before
frames = [value for value in vars(tables).values() if hasattr(value, "memory_usage")]
held = sum(frame.memory_usage(deep=True).sum() for frame in frames)
del tables, frames
asked, done = 0, threading.Event()
def watch():
    global asked
    while not done.wait(0.002):
        tracemalloc_peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        asked = max(asked, tracemalloc_peak + pa.total_allocated_bytes())
tracemalloc.start()
watcher = threading.Thread(target=watch)
watcher.start()
big.tables()
done.set()
watcher.join()
print(asked / held, grown / held)
"""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make(tmp_path_factory.mktemp("big") / "team")


def read_plainly(registry: Path) -> dict[str, pd.DataFrame]:
    """The files that hold nearly all the rows, typed and nothing else."""
    return {
        name: pd.read_csv(registry / f"{name}.csv", engine="pyarrow").astype(TABLES[name].dtypes)
        for name in ("women", "sessions", "attendance")
    }


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def test_loading_and_checking_takes_at_most_three_times_reading(big: Workspace) -> None:
    assert big.tables().findings == ()
    read_plainly(big.registry)
    both = [
        (seconds(big.tables), seconds(lambda: read_plainly(big.registry)))
        for _round in range(ROUNDS)
    ]
    ratio = median(ours / plainly for ours, plainly in both)
    print(f"\nload and check / read and type, 1,000,000 attendances: {ratio:.2f} (limit 3)")
    assert ratio <= 3


def test_peak_memory_is_at_most_three_times_the_loaded_frames(
    big: Workspace, small: Workspace
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, small.path, big.path],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    asked, resident = map(float, done.stdout.split())
    print(
        f"\nmemory asked for / loaded frames, 1,000,000 attendances: {asked:.2f} (limit 3)"
        f"\nthe same, with what the allocators keep for later: {resident:.2f}"
    )
    assert asked <= 3
