"""The monthly pack as a reader sees it: drawn, within its window, and asking nobody."""

import io
from pathlib import Path

import pytest
from PIL import Image

from copehope_lib.documents.blocks import Picture
from copehope_lib.documents.pack import of_extract, write
from copehope_lib.extract import Extract
from copehope_lib.workspace import Workspace
from tests.browser.conftest import Watched
from tests.night import NIGHT


@pytest.mark.parametrize("audience", ["partner", "team"] if NIGHT else ["partner"])
def test_a_pack_is_drawn_on_screen_and_on_paper_and_asks_nobody(
    team: Workspace, watched: Watched, tmp_path: Path, audience: str
) -> None:
    pack = of_extract(Extract(team.extracts, audience))
    path = tmp_path / "pack.html"
    path.write_bytes(write(pack, "html", tmp_path))
    page = watched.page
    for media, width in (("screen", 1280), ("print", 794), ("screen", 360)):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 1123})
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        picture.save(tmp_path / f"{media}-{width}.png")
        assert picture.height > 3000
        # No stretch of a page's height is blank: somewhere in it there is ink.
        for top in range(0, picture.height - 1123, 1123):
            # None says that there are more than 20 colours.
            assert picture.crop((0, top, width, top + 1123)).getcolors(20) is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    drawn = sum(len(card.of(Picture)) for card in pack.cards)
    assert page.locator("svg, img").count() >= drawn
    assert watched.errors == []
    assert [one for one in watched.outside if not one.startswith("file:")] == []
