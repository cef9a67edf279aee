"""The door of a room: who has its code comes in, sees the pages, and gives sealed answers.

A process of its own, started by :mod:`copehope_lib.server.room` with its folder as working folder
and one line of JSON on its standard input. It runs no kernel, keeps nothing, and names nobody.
"""

import asyncio
import json
import secrets
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import segno
from tornado import web
from tornado.httpserver import HTTPServer

from copehope_lib.language import gettext as _
from copehope_lib.self_check.intake import LONGEST
from copehope_lib.server import answers, certificate
from copehope_lib.server.confine import READ, WRITE, confine, limit
from copehope_lib.server.kernel import needed

OWN_HOST = (
    "default-src 'self' 'unsafe-inline' data: blob:; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
CHANGES = 60
"""Seconds after which there is another code; the one before it is good as long again."""
TRIES, IN_ALL = 5, 50
"""Wrong codes from one address within that time, and from all until somebody lets others in again:
whoever guesses comes in once in 10,000 rooms."""
COOKIE = "copehope-room"
FONTS = "copehope/fonts"
PAGES = ("door.html", "host.html")
"""What stands at the door, and on the projector."""


class Door:
    """Who may come in.

    Parameters
    ----------
    now : callable
        Returns seconds.

    Attributes
    ----------
    shut : bool
        Whether too many wrong codes were tried, so that nobody else comes in.

    Examples
    --------
    >>> door = Door()
    >>> door.enter("192.168.1.7", door.code), door.inside
    ('in', 0)
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._sessions: set[str] = set()
        self._wrong: Counter[tuple[str, int]] = Counter()
        self.open_again()

    def open_again(self) -> None:
        """Let others in again, with other codes."""
        self._codes: dict[int, str] = {}
        self.shut = False
        self._tried = 0

    @property
    def code(self) -> str:
        """The six digits that are good now."""
        return self._code(self._turn)

    @property
    def inside(self) -> int:
        """How many came in."""
        return len(self._sessions)

    @property
    def _turn(self) -> int:
        return int(self._now() // CHANGES)

    def _code(self, turn: int) -> str:
        return self._codes.setdefault(turn, f"{secrets.randbelow(10**6):06}")

    def enter(self, who: str, typed: str) -> str:
        """Try a code from an address.

        Returns
        -------
        {"in", "wrong", "wait", "shut"}
            What became of it.
        """
        if self.shut:
            return "shut"
        if self._wrong[who, self._turn] + self._wrong[who, self._turn - 1] >= TRIES:
            return "wait"
        good = [self._codes.get(turn, "") for turn in (self._turn, self._turn - 1)]
        digits = "".join(letter for letter in typed if letter.isdecimal())
        if any(one and secrets.compare_digest(one, digits) for one in good if digits.isascii()):
            return "in"
        self._wrong[who, self._turn] += 1
        self._tried += 1
        self.shut = self._tried >= IN_ALL
        return "wrong"

    def session(self) -> str:
        """Return what somebody who came in is known by, and by nothing else."""
        made = secrets.token_urlsafe(32)
        self._sessions.add(made)
        return made

    def knows(self, session: str) -> bool:
        """Return whether somebody came in."""
        return session in self._sessions


class _Handler(web.RequestHandler):
    @property
    def door(self) -> Door:
        """Who may come in."""
        door: Door = self.settings["door"]
        return door

    @property
    def orders(self) -> dict[str, Any]:
        """What the server was told."""
        orders: dict[str, Any] = self.settings["orders"]
        return orders

    def set_default_headers(self) -> None:
        """Let nobody keep anything, and nothing come from elsewhere."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", OWN_HOST)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")

    def write_error(self, status_code: int, **_why: Any) -> None:
        """Say nothing of what went wrong."""
        self.finish(str(status_code))

    @property
    def known(self) -> bool:
        """Whether who asks came in."""
        return self.door.knows(self.get_cookie(COOKIE) or "")


class Enter(_Handler):
    """The door as a page: a field for the code."""

    def get(self) -> None:
        """Show the field."""
        self._show("")

    def post(self) -> None:
        """Try a code."""
        outcome = self.door.enter(self.request.remote_ip or "", self.get_body_argument("code", ""))
        if outcome != "in":
            self.set_status(403)
            self._show(self.orders["words"][outcome])
            return
        if not self.known:
            made = self.door.session()
            self.set_cookie(COOKIE, made, secure=True, httponly=True, samesite="Strict")
        self.redirect("/")

    def _show(self, said: str) -> None:
        page = Path("door.html").read_text(encoding="utf-8")
        self.finish(page.replace("<!-- said -->", escape(said)))


class Files(web.StaticFileHandler, _Handler):
    """The pages as files, for those who came in."""

    def prepare(self) -> None:
        """Take whoever did not come in to the door."""
        if not self.known:
            self.redirect("/door")

    def should_return_304(self) -> bool:
        """Nobody keeps anything that could still be good."""
        return False


class Letter(_Handler):
    """One sealed letter."""

    async def put(self, name: str) -> None:
        """Take it from somebody who came in, and answer with what became of it."""
        if not self.known:
            raise web.HTTPError(403)
        keys = self.request.headers.get("X-Copehope-Keys", "")
        status, said = await answers.take(Path("self_check"), name, self.request.body, keys)
        self.set_status(status)
        self.finish(said)


class Waves(_Handler):
    """Which waves take answers."""

    def get(self) -> None:
        """Answer with their keys."""
        if not self.known:
            raise web.HTTPError(403)
        self.finish(answers.told(Path("self_check")))


class Host(_Handler):
    """What stands on the projector: for this computer alone, and with a token."""

    def prepare(self) -> None:
        """Refuse whoever has no token."""
        if not secrets.compare_digest(self.get_argument("token", ""), self.orders["token"]):
            raise web.HTTPError(403)

    def get(self, what: str) -> None:
        """Answer with the page, or with what changes on it."""
        if not what:
            self.finish(Path("host.html").read_text(encoding="utf-8"))
            return
        address = f"{self.orders['address']}/door"
        picture = segno.make(f"{address}#{self.door.code}", error="m")
        left = self.orders["until"] - time.monotonic()
        self.finish(
            {
                "code": self.door.code,
                "picture": picture.svg_data_uri(scale=8, border=2, dark="#22303c", light="#fff"),
                "inside": self.door.inside,
                "minutes": max(0, round(left / 60)),
                "shut": self.door.shut,
            }
        )

    def post(self, what: str) -> None:
        """Let others in again, or end the room."""
        {"again": self.door.open_again, "end": self.settings["end"]}[what]()
        self.finish("ok")


def main() -> None:
    """Serve the folder ``pages`` of the working folder until it is ended."""
    orders = json.loads(sys.stdin.readline())
    run = Path.cwd()
    encrypted = certificate.context(run / "certificate.pem")
    read = dict.fromkeys((run / name for name in ("pages", *PAGES)), READ)
    write = dict.fromkeys((Path("/dev/null"), run / "self_check"), WRITE)
    walls = confine(needed() | read | write, [orders["port"], orders["host"]])
    if orders["confine"] and not walls:
        sys.exit(_("the system did not shut it off from the rest of the machine"))
    limit(CORE=0)
    asyncio.run(_serve(run / "pages", orders, encrypted))


async def _serve(pages: Path, orders: dict[str, Any], encrypted: ssl.SSLContext) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    orders["until"] = time.monotonic() + orders["seconds"]
    settings: dict[str, Any] = {
        "door": Door(),
        "orders": orders,
        "end": ended.set,
        "log_function": lambda _handler: None,
        "compress_response": True,
    }
    fonts = (rf"/{FONTS}/(.*)", web.StaticFileHandler, {"path": str(pages / FONTS)})
    HTTPServer(
        web.Application(
            [
                (r"/door", Enter),
                (answers.WAVES, Waves),
                (answers.ADDRESS, Letter),
                fonts,
                (r"/(.*)", Files, {"path": str(pages), "default_filename": "index.html"}),
            ],
            **settings,
        ),
        ssl_options=encrypted,
        max_body_size=LONGEST,
    ).listen(orders["port"])
    web.Application(
        [
            fonts,
            (r"/(state|again|end|)", Host),
        ],
        **settings,
    ).listen(orders["host"], "127.0.0.1")
    # It ends with whoever started it, after its time, or by its button.
    watch = threading.Thread(
        target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True
    )
    watch.start()
    loop.call_later(orders["seconds"], ended.set)
    await ended.wait()


if __name__ == "__main__":
    main()
