"""How everything looks, in one place."""

from importlib.resources import files


def css() -> str:
    """Return the style sheet of panels and cards."""
    return files("copehope_lib.theme").joinpath("copehope.css").read_text(encoding="utf-8")
