"""SECURITY.md promises nothing without a test that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_each_file_that_security_md_names_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:tests|copehope_lib)/[\w/.]*\w", text))
    assert len(named) > 10
    assert {name for name in named if not (ROOT / name).exists()} == set()
