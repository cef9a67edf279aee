"""What every run of tests shares, doctests included: one home with one demo team, and workers."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from copehope_lib import language
from tests.night import NIGHT

HOME = "XDG_DATA_HOME"
WORKER = "PYTEST_XDIST_WORKER"
TOGETHER = ("tests/browser", "tests/documents/pack", "tests/privacy/attacks")
"""Folders whose tests share servers and open pages, packs, or months published: one worker each."""
APART = ("tests/metrics/test_oracles.py",)
"""Modules whose tests share nothing and take long: any worker for each test."""

# The demo team of the tests is made anew and never mixes with the one of whoever runs them. All
# workers, and all processes that a test starts, find the one home in their environment.
if WORKER not in os.environ:
    os.environ[HOME] = tempfile.mkdtemp(prefix="copehope-tests-")


def pytest_configure() -> None:
    """Give the demo team pseudonyms that are the same in every run: pictures show them."""
    registry = Path(os.environ[HOME]) / "copehope" / "demo" / "registry"
    if WORKER not in os.environ:
        registry.mkdir(parents=True, mode=0o700)
        key = registry / "pseudonyms.key"
        key.write_text(b"a key for the pictures of tests!".hex(), encoding="ascii")
        key.chmod(0o600)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave for the night what is a second case, where the test that it names tries one by day."""
    by_day = []
    for item in items:
        mark = item.get_closest_marker("night")
        if mark is None or not isinstance(item, pytest.Function):
            by_day.append(item)
            continue
        tried = getattr(item.module, *mark.args)
        if any(own.name == "night" for own in getattr(tried, "pytestmark", ())):
            raise pytest.UsageError(f"{item.nodeid} names a test that is left for the night, too")
    if not NIGHT:
        items[:] = by_day


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test, and each example, begins in the language of the source."""
    language.use("en")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if WORKER not in os.environ:
        shutil.rmtree(os.environ[HOME], ignore_errors=True)


class Sharing(LoadScopeScheduling):
    """Gives the tests of a module to one worker, because they share what is costly to make."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module in APART:
            return nodeid
        return next((folder for folder in TOGETHER if module.startswith(folder)), module)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """Hand out tests in the order of the command line: what takes longest is named first."""
    config.option.loadscopereorder = False
    return Sharing(config, log)
