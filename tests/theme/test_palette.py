"""Colours, computed: contrast by WCAG, and distances as three kinds of eyes see them."""

import itertools
import re
from importlib.resources import files

import numpy as np
import pytest

from copehope_lib import theme
from copehope_lib.theme import tokens

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
EYES = {
    "all colours": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# sRGB to XYZ (D65), IEC 61966-2-1.
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = np.array([0.95047, 1, 1.08883])

LIGHT = {name: name for name in tokens.DARK}
MODES = {"light": LIGHT, "dark": tokens.DARK}
SETS = {"patterns": tokens.PATTERNS, "states": tokens.STATES, "coverage": tokens.COVERAGE,
        "faces": tokens.FACES}  # fmt: skip

FAR = 11
"""Least distance (CIEDE2000) of two colours of one picture; 2.3 is just noticeable."""


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    high, low = sorted((float(XYZ[1] @ linear(c)) for c in (first, second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(first: np.ndarray, second: np.ndarray) -> float:
    """CIEDE2000, as Sharma, Wu and Dalal (2005) write it out."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    lm, cm, hm = (l1 + l2) / 2, (c1 + c2) / 2, h1 + turn / 2 if c1 * c2 else h1 + h2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    t = 1 + sum(much * np.cos(np.radians(often * hm + by)) for much, often, by in waves)
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    spin = np.sin(np.radians(60 * np.exp(-(((hm % 360 - 275) / 25) ** 2))))
    r = -2 * np.sqrt(cm**7 / (cm**7 + 25**7)) * spin
    squares = (dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + r * dc / sc * dh / sh
    return float(np.sqrt(squares))


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_the_published_one(
    first: tuple[float, ...], second: tuple[float, ...], published: float
) -> None:
    assert distance(np.array(first), np.array(second)) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", SETS)
def test_colours_of_one_picture_are_told_apart(kind: str, mode: str, eyes: str) -> None:
    colours = {MODES[mode][colour] for colour in SETS[kind].values()}
    seen = {colour: lab(EYES[eyes] @ linear(colour)) for colour in colours}
    near = {pair: distance(*(seen[c] for c in pair)) for pair in itertools.combinations(seen, 2)}
    assert min(near.values()) >= FAR, min(near.items(), key=lambda item: item[1])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        (tokens.INK, tokens.PAPER), (tokens.INK, tokens.CARD), (tokens.INK, tokens.TINT),
        (tokens.INK, tokens.QUIET), (tokens.INK, tokens.WARM), (tokens.SOFT_INK, tokens.PAPER),
        (tokens.SOFT_INK, tokens.CARD), (tokens.ACCENT, tokens.CARD),
        (tokens.ACCENT, tokens.PAPER), (tokens.ACCENT, tokens.TINT),
        *((tokens.on(colour), colour)
          for colour in (tokens.DEEP, tokens.LEAF, tokens.SAND, tokens.OCHRE, tokens.PLUM,
                         tokens.STONE)),
    ],
)  # fmt: skip
def test_words_can_be_read_on_what_they_stand_on(words: str, ground: str, mode: str) -> None:
    here = MODES[mode]
    assert contrast(here[words], here[ground]) >= 4.5


def test_every_colour_has_one_for_the_dark_and_no_two_are_the_same() -> None:
    named = {
        value for name, value in vars(tokens).items()
        if name.isupper() and isinstance(value, str) and value.startswith("#")
    }  # fmt: skip
    assert named == set(tokens.DARK)


def test_style_sheets_name_no_colour_of_their_own() -> None:
    folder = files("copehope_lib.theme")
    shell = folder.joinpath("voila", "templates", "copehope", "shell.css").read_text()
    panels = folder.joinpath("copehope.css").read_text()
    colours = set(re.findall(r"#[0-9a-f]{3,8}\b", shell + panels))
    # Paper is white, and lines on it are grey, whatever the screen looks like.
    assert colours <= {"#fff", "#bbb", "#rendered_cells"}
    assert tokens.variables() in theme.css()
