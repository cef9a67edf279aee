"""The test vectors of the authors of age: what must open, and what must be refused."""

import hashlib
import zlib
from pathlib import Path

import pytest

from copehope_lib.errors import CopehopeError
from copehope_lib.files import sealing
from copehope_lib.files.sealing import new_key, open_sealed, read_key

VECTORS = Path(__file__).parent.parent / "data/age-vectors"
NAMES = sorted(path.name for path in VECTORS.iterdir() if "." not in path.name)
LENIENT = {
    "stanza_missing_body": "pyrage takes a stanza without its last line for an old one",
    "stanza_missing_final_line": "pyrage takes a stanza without its last line for an old one",
}
"""The header is authenticated as it stands, so that nobody gains by it."""


@pytest.mark.parametrize("name", NAMES)
def test_vectors_of_the_authors_of_age(name: str, tmp_path: Path) -> None:
    head, _blank, content = (VECTORS / name).read_bytes().partition(b"\n\n")
    said = [line.split(": ", 1) for line in head.decode().splitlines()]
    about = dict(said)
    if about.get("compressed") == "zlib":
        content = zlib.decompress(content)
    keys = [text for word, text in said if word == "identity"]
    (tmp_path / "key").write_text("\n".join(keys))

    def opened() -> bytes:
        if "passphrase" in about:
            return sealing.open_with_passphrase(content, lambda: about["passphrase"])
        holds = read_key(tmp_path / "key", str) if keys else new_key()
        return open_sealed(content, holds)

    if name in LENIENT:
        assert about["expect"] == "header failure"
        assert opened()
    elif about["expect"] == "success":
        assert hashlib.sha256(opened()).hexdigest() == about["payload"]
    else:
        with pytest.raises(CopehopeError, match=r"^[^\n]+\.$"):
            opened()


def test_most_vectors_are_there() -> None:
    assert len(NAMES) == 124
