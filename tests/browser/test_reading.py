"""Reading pages over a server: no kernel, and nothing but what may be chosen."""

import gzip
import json
import urllib.error
import urllib.request
from functools import partial
from http.cookiejar import CookieJar
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.conftest import Served, Watched

MONTH = "copehope/pages/needs/2026-10.js"
Opener = urllib.request.OpenerDirector


@pytest.fixture(scope="module")
def known(served: Served) -> Opener:
    """Return a browser that has come with the token."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.open(served.page("home.ipynb"), timeout=60).close()
    return opener


def status(opener: Opener, address: str) -> int:
    try:
        with opener.open(address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def kernels(served: Served) -> int:
    """Return how many processes the server has started."""
    (server,) = children(served.process.pid)
    return len(children(server))


def children(process: int) -> list[int]:
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]


def test_pages_months_and_workbooks_start_no_kernel(known: Opener, served: Served) -> None:
    before = kernels(served)
    for path in ("voila/render/needs.ipynb", MONTH, "copehope/months/2026-10.xlsx"):
        assert status(known, f"{served.root}/{path}") == 200
    assert kernels(served) == before


def test_whoever_asks_for_it_is_answered_by_a_kernel(known: Opener, served: Served) -> None:
    before = kernels(served)
    with known.open(f"{served.root}/voila/render/needs.ipynb?live=1", timeout=120) as answer:
        assert b"voila-process" in answer.read() or kernels(served) > before


@pytest.mark.parametrize(
    "path", ["voila/render/needs.ipynb", MONTH, "copehope/months/2026-10.xlsx"]
)
def test_nobody_is_shown_anything_without_the_token(served: Served, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served.root}/{path}", timeout=60)  # noqa: S310
    assert refused.value.code == 403
    assert b"Demo team" not in refused.value.read()


@pytest.mark.parametrize(
    "path",
    [
        "copehope/pages/needs/2031-01.js",
        "copehope/pages/needs/2026-13.js",
        "copehope/pages/supervision/2026-10.js",
        f"{MONTH}?need=gold",
        f"{MONTH}?module=sewing",
        f"{MONTH}?site=Barcelona",
        f"{MONTH}?anything=1",
        "copehope/months/2031-01.xlsx",
    ],
)
def test_what_is_not_to_be_had_is_not_found(known: Opener, served: Served, path: str) -> None:
    assert status(known, f"{served.root}/{path}") == 404


def test_a_page_of_another_server_of_the_machine_is_given_nothing(
    watched: Watched, served: Served, tmp_path: Path
) -> None:
    """A browser would send it the cookie, because its host is the same."""
    script = f"<script src='{served.root}/{MONTH}'></script>"
    (tmp_path / "index.html").write_text(
        f"<script>copehopePage = page => document.title = page.title</script>{script}"
        "<script>document.body.textContent = 'over'</script>"
    )
    watched.page.goto(served.page("needs.ipynb"))
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with HTTPServer(("127.0.0.1", 0), handler) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        watched.page.goto(f"http://127.0.0.1:{other.server_port}/index.html")
        assert watched.page.title() == ""
        other.shutdown()


def test_a_choice_comes_with_what_is_chosen_alone(known: Opener, served: Served) -> None:
    with known.open(f"{served.root}/{MONTH}?need=food&lang=it", timeout=60) as answer:
        script = gzip.decompress(answer.read()).decode()
    page = json.loads(script.removeprefix("copehopePage(").removesuffix(");\n"))
    views = {card["name"]: {*card["views"]} for card in page["cards"]}
    assert views["needs-coverage"] >= {"", "need=food"}
    assert not any("need=documents" in view for of in views.values() for view in of)
    assert page["labels"]["need"] == "Bisogno"
