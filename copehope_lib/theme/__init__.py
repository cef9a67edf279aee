"""How everything looks, in one place."""

from base64 import b64encode
from importlib.resources import files

from copehope_lib.theme import tokens

STATIC = ("voila", "templates", "copehope", "static")
PLOTLY = (*STATIC, "plotly", "plotly-cartesian.min.js")


def css() -> str:
    """Return the style sheet of panels and cards, with its colours."""
    sheet = files("copehope_lib.theme").joinpath("copehope.css").read_text(encoding="utf-8")
    return tokens.variables() + sheet


def plotly_script() -> bytes:
    """Return the script that draws: plotly.js, its bar, line and matrix traces only.

    It is the file of the npm package ``plotly.js-cartesian-dist-min``, a third of the whole.
    """
    return files("copehope_lib.theme").joinpath(*PLOTLY).read_bytes()


def typeface() -> str:
    """Return the style sheet of the typeface, which holds its letters: for a page of its own.

    Examples
    --------
    >>> typeface().count("@font-face"), "http" in typeface()
    (2, False)
    """
    folder = files("copehope_lib.theme").joinpath(*STATIC, "fonts")
    faces = []
    for weight in (400, 700):
        name = f"atkinson-hyperlegible-latin-{weight}-normal.woff2"
        letters = b64encode(folder.joinpath(name).read_bytes()).decode("ascii")
        faces.append(
            f'@font-face {{ font-family: "Atkinson Hyperlegible"; font-weight: {weight};\n'
            f'  src: url(data:font/woff2;base64,{letters}) format("woff2"); }}\n'
        )
    return "".join(faces)
