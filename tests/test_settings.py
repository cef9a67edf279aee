"""Settings that were broken, or made to break whoever reads them: one sentence each, at once."""

import pytest

from copehope_lib import settings
from copehope_lib.errors import CopehopeError
from copehope_lib.workspace import Workspace


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = " + "{b = " * 30_000, "nested too deeply"),
        ("a" + ".a" * 90_000 + " = 1", "it is too long"),
        ("version = " + "1" * 5_000, "not valid TOML"),
        ("# " + "x" * 20_000_000, "it is too long"),
        ("team = 'Gràcia'".encode("cp1252"), "not valid TOML"),
        ("team = ", "not valid TOML"),
    ],
)
def test_settings_that_cannot_be_read_are_named_with_the_reason(
    small: Workspace, content: str | bytes, said: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (small.path / "copehope.toml").write_bytes(data)
    with pytest.raises(CopehopeError, match=said):
        settings.read(small.path)
