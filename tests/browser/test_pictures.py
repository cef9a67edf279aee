"""Pages beside the pictures that were looked at and kept: `make pictures` writes them anew."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import VIEWS as EVERY
from tests.browser.conftest import Drawn
from tests.night import NIGHT

KEPT = Path(__file__).parent / "pictures"
LARGE, SMALL = (1280, 720), (360, 740)
NARROW = ("home.ipynb", "engagement.ipynb", "self_check.ipynb")
"""By day a page of the month, one of a choice, and one of questions are looked at on a phone."""
VIEWS = [
    (file.removesuffix(".ipynb"), audience, size)
    for size in (LARGE, SMALL)
    for file, audience in EVERY
    if size == LARGE or (audience == "team" and (NIGHT or file in NARROW))
]

STEP = 40
"""Difference of a channel, of 255, from which a pixel is another one: fonts are drawn a little
differently by each Chromium."""
SHARE = 0.01
"""Largest share of such pixels."""


def different(first: Image.Image, second: Image.Image) -> float:
    """Return the share of pixels that are not the same; 1 where the sizes differ."""
    if abs(first.height - second.height) > 4 or first.width != second.width:
        return 1.0
    box = (0, 0, first.width, min(first.height, second.height))
    apart = ImageChops.difference(first.crop(box), second.crop(box))
    largest = apart.split()[0]
    for channel in apart.split()[1:]:
        largest = ImageChops.lighter(largest, channel)
    return sum(largest.histogram()[STEP:]) / (first.width * first.height)


def test_the_comparison_sees_a_word_that_is_missing() -> None:
    page = Image.new("RGB", (100, 100), "white")
    other = page.copy()
    other.paste("black", (0, 0, 20, 10))
    assert different(page, page) == 0
    assert different(page, other) == pytest.approx(0.02)
    assert different(page, other.resize((100, 50))) == 1


@pytest.mark.parametrize(
    ("name", "audience", "size"), VIEWS, ids=[f"{n}-{a}-{s[0]}" for n, a, s in VIEWS]
)
def test_a_page_looks_as_it_did_when_somebody_last_looked(
    drawn: Drawn, tmp_path: Path, name: str, audience: str, size: tuple[int, int]
) -> None:
    page = drawn(f"{name}.ipynb", audience).page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("document.activeElement.blur(), document.fonts.ready")
    page.wait_for_timeout(700)
    now = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    page.set_viewport_size({"width": LARGE[0], "height": LARGE[1]})
    path = KEPT / f"{name}-{audience}-{size[0]}.png"
    if os.environ.get("COPEHOPE_PICTURES") == "write":
        KEPT.mkdir(exist_ok=True)
        now.quantize(128).save(path, optimize=True)
    kept = Image.open(path).convert("RGB")
    now.save(tmp_path / path.name)
    assert different(kept, now) <= SHARE, f"{tmp_path / path.name} is not {path}"
