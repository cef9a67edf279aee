"""What an organisation's server holds, and how soon it answers: see docs/one-machine.md."""

import re
import statistics
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from copehope_lib import demo
from tests.benchmarks.test_serving import family, memory
from tests.browser.test_hub import GROUPS, PASSWORD, Hub, laid_out

MANY = [f"reader{number:02d}" for number in range(25)]
AT_REST = 1000 * 2**20
"""Bytes that the Hub, its proxy, and the pages of one team and its supervisor hold at most."""
MEETING = 160 * 2**20
"""Bytes that one page of a meeting may cost."""


class Visitor:
    """Somebody with a browser of her own, in which nothing is drawn."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub, self.name = hub, name
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, said: bytes | None = None) -> str:
        with self.opener.open(f"{self.hub.root}/{path}", said, timeout=180) as answer:
            return str(answer.read().decode(errors="replace"))

    def log_in(self) -> float:
        begin = time.perf_counter()
        found = re.search(r'name="_xsrf" value="([^"]+)"', self.get("hub/login"))
        assert found
        said = {"_xsrf": found[1], "username": self.name}
        said["password"] = PASSWORD.format(name=self.name)
        page = self.get("hub/login", urllib.parse.urlencode(said).encode())
        assert "Caseload" in page
        return time.perf_counter() - begin

    def look(self) -> float:
        begin = time.perf_counter()
        self.get("services/team/voila/render/caseload.ipynb")
        self.get("services/team/copehope/pages/caseload/2026-10.js?lang=en")
        return time.perf_counter() - begin


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    running = laid_out(demo.workspace().path, tmp_path_factory.mktemp("hub"))
    running.groups = {**GROUPS, "team": MANY}
    running.start()
    # Until what is asked for first has been drawn, and the kernel of the meeting is there.
    time.sleep(25)
    yield running
    running.stop()


def held(process: int) -> int:
    """The bytes of one process, without those that it started."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def parts(hub: Hub) -> dict[str, int]:
    """The bytes of the Hub, and of each that it started with what that started."""
    assert hub.process is not None
    found = {"Hub": held(hub.process.pid), "all": memory(hub.process.pid)}
    for one in family(hub.process.pid):
        words = Path(f"/proc/{one}/cmdline").read_text().split("\0")
        if "--audience" in words:
            found[words[words.index("--audience") + 1]] = memory(one)
        elif any("configurable-http-proxy" in word for word in words):
            found["proxy"] = memory(one)
    return found


def told(what: str, found: dict[str, int]) -> None:
    print(what, ", ".join(f"{name} {size / 2**20:.0f} MB" for name, size in found.items()))


def test_a_team_and_its_supervisor_fit_into_a_gigabyte_and_readers_cost_next_to_nothing(
    hub: Hub,
) -> None:
    before = parts(hub)
    readers = [Visitor(hub, name) for name in MANY]
    first = readers[0].log_in()
    alone = statistics.median(readers[0].look() for _turn in range(20))
    with ThreadPoolExecutor(len(readers)) as at_once:
        entering = max(at_once.map(Visitor.log_in, readers[1:]))
        looking = [*at_once.map(Visitor.look, readers)]
    for _turn in range(12):
        for reader in readers:
            reader.look()
    after = parts(hub)
    print()
    told("at rest:", before)
    told("after 25 readers and 300 openings:", after)
    print(f"log-in {first:.2f} s, 24 more at once {entering:.1f} s at most")
    print(f"one reader {alone:.3f} s, 25 at once {statistics.median(looking):.2f} s, at most "
          f"{max(looking):.2f} s")  # fmt: skip
    assert before["all"] < AT_REST
    assert after["all"] - before["all"] < 2**20 * len(MANY) * 2


def test_each_page_of_a_meeting_has_its_price(hub: Hub) -> None:
    supervisor = Visitor(hub, "clara")
    supervisor.log_in()
    sizes = [parts(hub)["supervision"]]
    for _page in range(3):
        supervisor.get("services/supervision/voila/render/supervision.ipynb")
        # Its successor is made ready meanwhile.
        time.sleep(12)
        sizes.append(parts(hub)["supervision"])
    print()
    print("supervision:", ", ".join(f"{size / 2**20:.0f} MB" for size in sizes))
    assert max(sizes) - sizes[0] < 3 * MEETING
