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


@pytest.mark.parametrize("day", ["2026-03-01", '"2026-03-01"'])
def test_a_day_is_a_day_of_toml_or_a_text(small: Workspace, day: str) -> None:
    said = f"[charters]\nwomen_on = {day}\n[safety]\npolice_contact_tried_on = {day}\n"
    (small.path / "copehope.toml").write_text(said)
    found = settings.read(small.path)
    assert (found.charters.women_on, found.charters.staff_on) == ("2026-03-01", "")
    assert found.safety.police_contact_tried_on == "2026-03-01"
    assert found.safety.protocol_agreed_on == ""
    # What is written by `init` is read as the same.
    (small.path / "copehope.toml").write_text(settings.as_toml(found))
    assert settings.read(small.path) == found


@pytest.mark.parametrize(
    "day", ["2026-03-01T10:00:00", "20260301", "true", '"1/3/2026"', '"soon"', '"2026-02-30"', "[]"]
)
def test_what_is_no_day_is_refused_in_one_sentence(small: Workspace, day: str) -> None:
    (small.path / "copehope.toml").write_text(f"[safety]\nprotocol_agreed_on = {day}\n")
    with pytest.raises(CopehopeError, match="_on is wrong: write a day such as") as refused:
        settings.read(small.path)
    assert "\n" not in str(refused.value)
