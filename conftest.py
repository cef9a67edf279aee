"""What every run of tests shares, doctests included: one home, and with it one demo team."""

import os
import shutil
import tempfile
from pathlib import Path

HOME = "XDG_DATA_HOME"
WORKER = "PYTEST_XDIST_WORKER"

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


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if WORKER not in os.environ:
        shutil.rmtree(os.environ[HOME], ignore_errors=True)
