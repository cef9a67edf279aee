"""Who may see the coordinator's page, and how its buttons reach what they do."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from tornado import iostream, web

from copehope_lib import language
from copehope_lib.coordinator import pages, steps
from copehope_lib.coordinator.state import State
from copehope_lib.importing.her import LARGEST
from copehope_lib.language import gettext as _
from copehope_lib.site import shell
from copehope_lib.theme import tokens

COOKIE = "copehope-coordinator"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With none at all, a browser would not tell us either where a form comes from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STATIC = Path(__file__).parent / "static"
LONGEST = 2 * LARGEST
"""Bytes that a page may send: more than may be brought in, which is answered with a sentence."""


class Guard:
    """Who came in with the address that is good once.

    Examples
    --------
    >>> guard = Guard(8080)
    >>> session = guard.enter(guard.token)
    >>> guard.knows(session), guard.enter(guard.token), guard.knows("")
    (True, '', False)
    """

    def __init__(self, port: int) -> None:
        self.host, self._session = f"127.0.0.1:{port}", ""
        self.token = secrets.token_urlsafe(32)
        # A cookie goes to every port of a machine, but to no address outside of its path.
        self.path = f"/{secrets.token_urlsafe(32)}/"

    def enter(self, token: str) -> str:
        """Return what whoever came in is known by; nothing for a wrong or a used token."""
        if self._session or not secrets.compare_digest(token.encode(), self.token.encode()):
            return ""
        self._session = secrets.token_urlsafe(32)
        return self._session

    def knows(self, session: str) -> bool:
        """Return whether somebody came in with the address."""
        same = secrets.compare_digest(session.encode(), self._session.encode())
        return same and bool(session)


def _headers(handler: web.RequestHandler) -> None:
    """Let nobody keep anything, nothing come from elsewhere, and nobody frame it."""
    for name, value in HEADERS.items():
        handler.set_header(name, value)


class _Handler(web.RequestHandler):
    set_default_headers = _headers
    guard: Guard
    state: State
    one: ThreadPoolExecutor

    def initialize(self, **given: Any) -> None:
        """Know who may come in, what is known, and who does one thing after another."""
        vars(self).update(given)

    def prepare(self) -> None:
        """Refuse what calls us by another name, or comes from another page."""
        origin = self.request.headers.get("Origin", "")
        strange = self.request.method == "POST" and origin != f"http://{self.guard.host}"
        if self.request.host != self.guard.host or strange:
            raise web.HTTPError(403)

    def write_error(self, status_code: int, **_why: Any) -> None:
        """Say in one sentence what can be done."""
        sentence = _("Something went wrong inside the workbench: go back, and try it again.")
        if status_code < 500:
            sentence = _("This address is good once: end the command, and run `copehope` again.")
        self.finish(pages.refused(sentence))


class Door(_Handler):
    """The address that is opened: it is good once."""

    def get(self) -> None:
        """Let whoever has it come in."""
        session = self.guard.enter(self.get_query_argument("token", ""))
        if not session:
            raise web.HTTPError(403)
        path = self.guard.path
        self.set_cookie(COOKIE, session, path=path, httponly=True, samesite="Strict")
        self.redirect(f"{path}choose", status=303)


class Step(_Handler):
    """The pages and their buttons, for whoever came in."""

    def prepare(self) -> None:
        """Refuse everybody else."""
        super().prepare()
        if not self.guard.knows(self.get_cookie(COOKIE) or ""):
            raise web.HTTPError(403)

    async def get(self, page: str) -> None:
        """Show a page, or stay until a window closes."""
        if page == "window":
            await self._stay()
            return
        if self.state.folder is None:
            asked = self.request.headers.get("Accept-Language", "").split(",")
            spoken = [one[:2] for one in asked if one[:2] in language.LANGUAGES]
            language.use(spoken[0] if spoken else "en")
        work = partial(pages.html, self.state, page)
        self.finish(await asyncio.get_running_loop().run_in_executor(self.one, work))

    async def _stay(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        self.state.windows += 1
        try:
            while True:
                self.write(": \n\n")
                await self.flush()
                await asyncio.sleep(1)
        except iostream.StreamClosedError:
            self.state.windows -= 1

    async def post(self, name: str) -> None:
        """Do what a button says, and go on to the page that tells of it."""
        form = {of: self.get_body_argument(of) for of in self.request.body_arguments}
        files = self.request.files.get("files", ())
        contents = {Path(Path(one.filename).name): one.body for one in files if one.filename}
        step = partial(steps.bring, self.state, contents)
        if name != "bring":
            step = partial(steps.BUTTONS[name], self.state, form)
        page = self.request.headers.get("Referer", "").rpartition("/")[2]
        self.state.busy += 1
        try:
            work = partial(self.state.do, page, step)
            told = await asyncio.get_running_loop().run_in_executor(self.one, work)
        finally:
            self.state.busy -= 1
        self.redirect(self.guard.path + told, status=303)


class Look(_Handler):
    """The style sheet, with the colours of all our pages."""

    def get(self) -> None:
        """Answer with it."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        sheets = (shell.folder() / "shell.css", STATIC / "page.css")
        self.finish("\n".join([tokens.variables(), *(one.read_text("utf-8") for one in sheets)]))


class File(web.StaticFileHandler):
    """Typeface, script, icon: nothing of a team."""

    set_default_headers = _headers


def application(guard: Guard, state: State) -> web.Application:
    """Return all that is served."""
    known = {"guard": guard, "state": state, "one": ThreadPoolExecutor(1)}
    return web.Application(
        [
            (r"/static/page\.css", Look, known),
            (r"/static/fonts/(.*)", File, {"path": str(shell.folder() / "static" / "fonts")}),
            (r"/static/(.*)", File, {"path": str(STATIC)}),
            (rf"{guard.path}([a-z]*)", Step, known),
            (r"/.*", Door, known),
        ]
    )
