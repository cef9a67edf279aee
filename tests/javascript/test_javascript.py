"""Our own JavaScript under node, and the bundle that comes from npm."""

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from copehope_lib import theme
from copehope_lib.instruments import INSTRUMENTS, read, score
from copehope_lib.panels.self_check import told
from copehope_lib.self_check.intake import Invitation

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
STATIC = Path(theme.__file__).parent / "voila" / "templates" / "copehope" / "static"


def scored(page: dict[str, object], given: Sequence[dict[str, object]]) -> list[dict[str, Any]]:
    """Return what the script of the self-check makes of answers to a page."""
    lines = [json.dumps(one) for one in [{"page": page}, *given]]
    done = subprocess.run(
        ["node", str(HERE / "self_check.mjs")],
        input="\n".join(lines), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()][1:]


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_what_node_tests_holds(file: Path) -> None:
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "# fail 0" in done.stdout, done.stdout + done.stderr
    assert "# pass 0" not in done.stdout
    assert done.returncode == 0


def test_the_browser_scores_ten_thousand_random_answers_as_python_does() -> None:
    chance = random.Random(7)  # noqa: S311
    for name in INSTRUMENTS:
        of = read(name)
        rows = []
        for _row in range(10_000 // len(INSTRUMENTS) + 1):
            some = chance.sample(of.items, chance.randint(0, len(of.items)))
            rows.append({item: chance.choice(of.answers) for item in some})
        numbers = pd.DataFrame(rows, columns=list(of.items))
        ours = score(of, numbers)
        asked = told(Invitation(of.model_dump(mode="json")), ["en"])
        theirs = scored(asked, [{"answers": row} for row in rows])
        for key in of.scales:
            code = key.code.value
            found = [one["scores"].get(code, {}) for one in theirs]
            expected = [None if pd.isna(value) else float(value) for value in ours[code]]
            assert [one.get("score") for one in found] == expected
            bands = [None if pd.isna(band) else band for band in ours[f"{code}_band"]]
            assert [one.get("band") for one in found] == bands


def test_the_bundle_of_age_is_what_the_locked_packages_make(tmp_path: Path) -> None:
    made = tmp_path / "age.min.js"
    command = ["npm", "run", "--silent", "--prefix", "vendor", "age", "--"]
    subprocess.run([*command, "--log-level=error", f"--outfile={made}"], cwd=ROOT, check=True)
    assert made.read_bytes() == (STATIC / "age" / "age.min.js").read_bytes()
    licence = (STATIC / "age" / "LICENSE").read_text(encoding="utf-8")
    packages = ROOT / "vendor" / "node_modules"
    for name in ("age-encryption", "@noble/hashes", "@scure/base"):
        assert (packages / name / "LICENSE").read_text(encoding="utf-8") in licence
