"""The browser of the machine, which draws pictures and prints pages for a pack.

It is the same that shows the dashboards: it draws with the same script and typeface, so that a
pack looks like its page. It is given files of this machine and may ask no other for anything.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from copehope_lib import theme
from copehope_lib.documents.blocks import Picture
from copehope_lib.errors import CopehopeError
from copehope_lib.files import short
from copehope_lib.language import gettext as _

# By name, and where Windows and macOS keep them, which do not name them on their path.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

# No window, no traces, and no way to any other machine.
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

# Seconds after which a browser that does not end is given up.
LONGEST = 180

# Width of a picture in a pack, and of one of two beside each other, in pixels of a page.
WIDTH, HALF = 940, 440

# Points to each of them where a picture is points: some 230 to the inch on paper.
POINTS = 2


def find() -> str:
    """Return the browser of this machine.

    Raises
    ------
    CopehopeError
        If there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise CopehopeError(
            _(
                "Pictures are drawn by Chromium, Chrome or Edge, and there is none on this "
                "machine: install one, or write the pack with --format xlsx."
            )
        )
    return found


def draw(pictures: Sequence[Picture], folder: Path, *, as_points: bool = False) -> list[Picture]:
    """Draw pictures, all of them in one go: a browser takes seconds to start.

    Parameters
    ----------
    pictures : sequence of Picture
        What to draw.
    folder : pathlib.Path
        Where the browser reads its page; what is written there is taken away again.
    as_points : bool
        Whether to draw them as PNG, too, and then each as wide as a page.

    Raises
    ------
    CopehopeError
        If there is no browser, or it does not draw.
    """
    asked = {
        "figures": [json.loads(str(picture.figure.to_json())) for picture in pictures],
        "widths": [HALF if one.half and not as_points else WIDTH for one in pictures],
        "points": POINTS if as_points else 0,
    }
    page = _page(json.dumps(asked).replace("<", "\\u003c"))
    shown, _printed = _run(page, folder, "--virtual-time-budget=120000", "--dump-dom")
    found = re.search(r'<pre id="pictures">([\w+/=]+)</pre>', shown)
    if found is None:
        raise _wrong(_("it drew no pictures"))
    drawn = json.loads(b64decode(found[1]))
    return [
        replace(picture, svg=_inline(one["svg"], at), png=b64decode(one["png"]))
        for at, (picture, one) in enumerate(zip(pictures, drawn, strict=True))
    ]


def as_pdf(page: str, folder: Path) -> bytes:
    """Print a page as PDF; parameters as for :func:`draw`.

    Raises
    ------
    CopehopeError
        If there is no browser, or it does not print.
    """
    orders = ("--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf={pdf}")
    _shown, printed = _run(page, folder, *orders)
    if not printed:
        raise _wrong(_("it printed no page"))
    return printed


def _page(asked: str) -> str:
    script = files("copehope_lib.documents").joinpath("draw.js").read_text(encoding="utf-8")
    return (
        '<!doctype html><meta charset="utf-8"><title></title>'
        f'<style id="fonts">{theme.embedded_fonts()}</style><pre id="pictures"></pre>'
        f'<script id="asked" type="application/json">{asked}</script>'
        f"<script>{theme.plotly_script().decode()}</script><script>{script}</script>"
    )


def _run(page: str, folder: Path, *orders: str) -> tuple[str, bytes]:
    """Show a page to the browser, and return what it says, and what it writes to ``{pdf}``."""
    browser = find()
    # Packed browsers see the folder of the team, and no temporary folder of the system.
    with (
        TemporaryDirectory(dir=folder, prefix="draft-") as drafts,
        # Browsers put a socket where the temporary folder is.
        TemporaryDirectory(
            prefix="copehope-", dir=short.place(), ignore_cleanup_errors=True
        ) as profile,
    ):
        file, pdf = Path(drafts).resolve() / "pack.html", Path(drafts).resolve() / "pack.pdf"
        file.write_text(page, encoding="utf-8")
        wanted = [order.format(pdf=pdf) for order in orders]
        # A browser of root has no sandbox; the page that it sees is ours.
        if sys.platform != "win32" and os.geteuid() == 0:
            wanted.append("--no-sandbox")
        try:
            done = subprocess.run(  # noqa: S603 (our own page, and a browser of this machine)
                [browser, *QUIET, f"--user-data-dir={profile}", *wanted, file.as_uri()],
                capture_output=True,
                env=os.environ | {"TMPDIR": profile},
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _wrong(_("it did not end")) from None
        except OSError as problem:
            raise _wrong(problem.strerror or str(problem)) from None
        printed = pdf.read_bytes() if pdf.exists() else b""
    return done.stdout.decode("utf-8", "replace"), printed


def _wrong(reason: str) -> CopehopeError:
    return CopehopeError(
        _(
            "{browser} could not make the pack ({reason}): update it, or write the pack with "
            "--format xlsx."
        ).format(browser=Path(find()).name, reason=reason)
    )


def _inline(svg: str, at: int) -> str:
    """Return a picture as it stands in a page: without names of formats, with ids of its own.

    plotly.js draws its ids by lot, and two pictures of one page must not share them.
    """
    lot = re.search(r'id="topdefs-(\w+)"', svg)
    if lot:
        svg = svg.replace(lot[1], f"p{at}x")
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
