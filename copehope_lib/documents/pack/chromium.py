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
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.graph_objects as go

from copehope_lib import theme
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
"""Where Windows and macOS keep it, which do not name it on their path."""

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
"""No window, no traces, and no way to any other machine."""

LONGEST = 180
"""Seconds after which a browser that does not end is given up."""

WIDTH, HALF = 940, 440
"""Width of a picture in a pack, and of one of two beside each other, in pixels of a page."""

POINTS = 2
"""Points to each of them where a picture is points: some 230 to the inch on paper."""


@dataclass(frozen=True)
class Drawing:
    """A figure that was drawn: as lines (SVG), and as points (PNG) where it was asked for."""

    svg: str
    png: bytes


def find() -> str:
    """Return the browser of this machine.

    Raises
    ------
    CopehopeError
        If there is none.
    """
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((place for place in PLACES if Path(place).exists()), None)
    if found is None:
        raise CopehopeError(
            _(
                "Pictures are drawn by Chromium, Chrome or Edge, and there is none on this "
                "machine: install one, or write the pack with --format xlsx."
            )
        )
    return found


def draw(
    figures: Sequence[go.Figure],
    folder: Path,
    *,
    widths: Sequence[int] = (),
    as_points: bool = False,
) -> list[Drawing]:
    """Draw figures, all of them in one go: a browser takes seconds to start.

    Parameters
    ----------
    figures : sequence of plotly.graph_objects.Figure
        What to draw.
    folder : pathlib.Path
        Where the browser reads its page; what is written there is taken away again.
    widths : sequence of int
        How wide each of them is; all have the whole width if there are none.
    as_points : bool
        Whether to draw them as PNG, too.

    Raises
    ------
    CopehopeError
        If there is no browser, or it does not draw.
    """
    asked = {
        "figures": [json.loads(str(figure.to_json())) for figure in figures],
        "widths": list(widths) or [WIDTH] * len(figures),
        "points": POINTS if as_points else 0,
    }
    page = _page(json.dumps(asked).replace("<", "\\u003c"))
    shown = _run(page, folder, "--virtual-time-budget=120000", "--dump-dom")
    found = re.search(r'<pre id="pictures">([\w+/=]+)</pre>', shown)
    if found is None:
        raise _wrong(_("it drew no pictures"))
    drawn = json.loads(b64decode(found[1]))
    return [Drawing(_inline(one["svg"], at), b64decode(one["png"])) for at, one in enumerate(drawn)]


def as_pdf(page: str, folder: Path) -> bytes:
    """Print a page as PDF; parameters as for :func:`draw`.

    Raises
    ------
    CopehopeError
        If there is no browser, or it does not print.
    """
    with TemporaryDirectory(dir=folder, prefix="draft-") as drafts:
        out = Path(drafts) / "pack.pdf"
        _run(
            page,
            Path(drafts),
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={out.resolve()}",
        )
        if not out.exists():
            raise _wrong(_("it printed no page"))
        return out.read_bytes()


def _page(asked: str) -> str:
    script = files("copehope_lib.documents.pack").joinpath("draw.js").read_text(encoding="utf-8")
    return (
        '<!doctype html><meta charset="utf-8"><title></title>'
        f'<style id="fonts">{theme.embedded_fonts()}</style><pre id="pictures"></pre>'
        f'<script id="asked" type="application/json">{asked}</script>'
        f"<script>{theme.plotly_script().decode()}</script><script>{script}</script>"
    )


def _run(page: str, folder: Path, *orders: str) -> str:
    """Show a page to the browser, and return what it prints."""
    browser = find()
    # Packed browsers see the folder of the team, and no temporary folder of the system.
    with (
        TemporaryDirectory(dir=folder, prefix="draft-") as drafts,
        TemporaryDirectory(prefix="copehope-", ignore_cleanup_errors=True) as profile,
    ):
        file = Path(drafts) / "pack.html"
        file.write_text(page, encoding="utf-8")
        # A browser of root has no sandbox; the page that it sees is ours.
        root = sys.platform != "win32" and os.geteuid() == 0
        command = [
            browser,
            *QUIET,
            *(["--no-sandbox"] if root else []),
            f"--user-data-dir={profile}",
            *orders,
            file.resolve().as_uri(),
        ]
        try:
            done = subprocess.run(  # noqa: S603 (our own page, and a browser of this machine)
                command, capture_output=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            raise _wrong(_("it did not end")) from None
        except OSError as problem:
            raise _wrong(problem.strerror or str(problem)) from None
    return done.stdout.decode("utf-8", "replace")


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
