"""Our own JavaScript under node, and the bundle that comes from npm."""

import subprocess
from pathlib import Path

import pytest

from copehope_lib import theme

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
STATIC = Path(theme.__file__).parent / "voila" / "templates" / "copehope" / "static"


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_what_node_tests_holds(file: Path) -> None:
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "# fail 0" in done.stdout, done.stdout + done.stderr
    assert "# pass 0" not in done.stdout
    assert done.returncode == 0


def test_the_bundle_of_age_is_what_the_locked_packages_make(tmp_path: Path) -> None:
    made = tmp_path / "age.min.js"
    command = ["npm", "run", "--silent", "--prefix", "vendor", "age", "--"]
    subprocess.run([*command, "--log-level=error", f"--outfile={made}"], cwd=ROOT, check=True)
    assert made.read_bytes() == (STATIC / "age" / "age.min.js").read_bytes()
    licence = (STATIC / "age" / "LICENSE").read_text(encoding="utf-8")
    packages = ROOT / "vendor" / "node_modules"
    for name in ("age-encryption", "@noble/hashes", "@scure/base"):
        assert (packages / name / "LICENSE").read_text(encoding="utf-8") in licence
