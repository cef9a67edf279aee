"""How everything looks, in one place."""

from base64 import b64encode
from importlib.resources import files

from copehope_lib.theme import tokens

PLOTLY = ("voila", "templates", "copehope", "static", "plotly", "plotly-cartesian.min.js")
FONTS = ("voila", "templates", "copehope", "static", "fonts")
# Which letters each file of the typeface holds, as on the pages.
LETTERS = {
    "latin-ext": "U+0100-02BA, U+1E00-1E9F, U+2C60-2C7F",
    "latin": ("U+0000-00FF, U+0131, U+0152-0153, U+02BB-02DC, U+2000-206F, U+20AC, U+2122, U+2212"),
}


def css() -> str:
    """Return the style sheet of panels and cards, with its colours."""
    sheet = files("copehope_lib.theme").joinpath("copehope.css").read_text(encoding="utf-8")
    return tokens.variables() + sheet


def plotly_script() -> bytes:
    """Return the script that draws: plotly.js, its bar, line and matrix traces only.

    It is the file of the npm package ``plotly.js-cartesian-dist-min``, a third of the whole.
    """
    return files("copehope_lib.theme").joinpath(*PLOTLY).read_bytes()


def embedded_fonts() -> str:
    """Return the typeface as CSS that holds it whole: a file that is sent on needs no other.

    Examples
    --------
    >>> embedded_fonts().count("@font-face"), "url(data:font/woff2;base64," in embedded_fonts()
    (4, True)
    """
    folder = files("copehope_lib.theme").joinpath(*FONTS)
    faces = []
    for weight in (400, 700):
        for subset, letters in LETTERS.items():
            name = f"atkinson-hyperlegible-{subset}-{weight}-normal.woff2"
            content = b64encode(folder.joinpath(name).read_bytes()).decode("ascii")
            faces.append(
                f'@font-face{{font-family:"Atkinson Hyperlegible";font-weight:{weight};'
                f'src:url(data:font/woff2;base64,{content}) format("woff2");'
                f"unicode-range:{letters}}}"
            )
    return "\n".join(faces)
