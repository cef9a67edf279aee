"""How everything looks, in one place."""

from importlib.resources import files

from copehope_lib.theme import tokens

PLOTLY = ("voila", "templates", "copehope", "static", "plotly", "plotly-cartesian.min.js")


def css() -> str:
    """Return the style sheet of panels and cards, with its colours."""
    sheet = files("copehope_lib.theme").joinpath("copehope.css").read_text(encoding="utf-8")
    return tokens.variables() + sheet


def plotly_script() -> bytes:
    """Return the script that draws: plotly.js, its bar, line and matrix traces only.

    It is the file of the npm package ``plotly.js-cartesian-dist-min``, a third of the whole.
    """
    return files("copehope_lib.theme").joinpath(*PLOTLY).read_bytes()
