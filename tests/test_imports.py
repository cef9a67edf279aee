"""One way through: what may import what, and what a page brings into memory."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_page_loads_neither_the_registry_nor_what_reads_it() -> None:
    code = "import sys; from copehope_lib import pages; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "copehope_lib.extract" in loaded
    forbidden = ("tables", "schema", "workspace", "metrics", "privacy.publish", "demo")
    assert not {f"copehope_lib.{name}" for name in forbidden} & loaded
    assert not {"pandera", "openpyxl", "odf", "opendp"} & loaded


def test_the_public_names_are_there() -> None:
    import copehope_lib

    for name in copehope_lib.__all__:
        assert getattr(copehope_lib, name)
