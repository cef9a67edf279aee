"""The coordinator's page as a process of its own, and somebody who speaks HTTP to it."""

import http.client
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pandas as pd
import pytest

from copehope_lib.demo.two_women import two_women
from copehope_lib.schema import TABLES
from tests.command import MAIN, Process, started
from tests.importing import her_sheets


@dataclass
class Coordinator:
    """A running ``copehope``, and the cookie of whoever came in."""

    process: Process
    address: str
    home: Path
    cookie: str = ""
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def ask(
        self, path: str, method: str = "GET", body: bytes | str = b"", **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Ask for an address; return status, text and headers."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        sent = {"Cookie": self.cookie} if self.cookie else {}
        sent |= {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        told = answer.status, answer.read().decode(), dict(answer.getheaders())
        connection.close()
        return told

    def enter(self) -> None:
        """Come in with the address that was printed."""
        status, _text, headers = self.ask(self.address.partition(self.host)[2])
        assert status == 303
        self.cookie, _, rest = headers["Set-Cookie"].partition(";")
        self.path = rest.partition("Path=")[2].partition(";")[0]

    def page(self, name: str) -> str:
        status, text, _headers = self.ask(self.path + name)
        assert status == 200
        return text

    def press(self, button: str, of: str = "", **form: str) -> str:
        """Send a form as a browser does from a page of ours; return the page it leads to."""
        return self._sent(button, of, urlencode(form), "application/x-www-form-urlencoded")

    def bring(self, *files: Path) -> str:
        """Drop files."""
        parts = [
            b'--X\r\nContent-Disposition: form-data; name="files"; filename="%b"\r\n\r\n%b\r\n'
            % (file.name.encode(), file.read_bytes())
            for file in files
        ]
        body = b"".join(parts) + b"--X--\r\n"
        return self._sent("bring", "bring", body, "multipart/form-data; boundary=X")

    def _sent(self, button: str, of: str, body: bytes | str, kind: str) -> str:
        origin = f"http://{self.host}"
        status, _text, headers = self.ask(
            self.path + button, "POST", body, Origin=origin, Content_Type=kind,
            Referer=f"{origin}{self.path}{of or button}",
        )  # fmt: skip
        assert status == 303
        return self.page(headers["Location"].rpartition("/")[2])


@contextmanager
def opened(home: Path, *command: object) -> Iterator[Coordinator]:
    """Run ``copehope``, or one that is installed, in a home in which no browser is opened."""
    (home / "Documents").mkdir(parents=True)
    (home / "tmp").mkdir()
    environment = {
        **os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
        "TMPDIR": str(home / "tmp"), "BROWSER": "true",
    }  # fmt: skip
    process: Process
    if command:
        environment.pop("PYTHONPATH", None)  # an installed one knows no checkout
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    else:
        process = started(MAIN, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("The coordinator's page is at http://127.0.0.1:"), line
    try:
        yield Coordinator(process, line.partition(" at ")[2].strip(), home)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        process.stdout.close()


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Coordinator]:
    """The page before anybody came in."""
    with opened(tmp_path / "home") as one:
        yield one


@pytest.fixture
def inside(outside: Coordinator) -> Coordinator:
    """The page of a new team."""
    outside.enter()
    outside.press("make", "choose", team="Barcelona", language="en", folder="")
    return outside


def own_workbook(path: Path) -> Path:
    """Write a workbook of two women, in which one word is of the team alone."""
    sheets: her_sheets.Sheets = {}
    for name in TABLES:
        frame = getattr(two_women(), name)
        pattern = "%Y-%m-%dT%H:%M" if name == "sessions" else "%Y-%m-%d"
        rows = [[_cell(value, pattern) for value in row] for row in frame.itertuples(index=False)]
        sheets[name] = [[*frame.columns], *rows]
    housing = list(two_women().women.columns).index("housing")
    sheets["women"][1][housing] = "Piso"  # type: ignore[index]
    return her_sheets.write(path, sheets)


def _cell(value: object, pattern: str) -> her_sheets.Cell:
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime(pattern)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
