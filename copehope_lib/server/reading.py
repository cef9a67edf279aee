"""Reading pages: answered from what was drawn once, without a kernel.

Each page of a month is drawn when it is first asked for, or before, and kept in memory: it is
small, and all who look see the same.
"""

import gzip
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.routing import PathMatches, Rule

from copehope_lib import language, months
from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.panels.register import PAGES
from copehope_lib.panels.self_check import told
from copehope_lib.self_check.intake import INVITATION, given_invitation
from copehope_lib.site.draw import SCRIPTS, SELF_CHECK, as_script, draw, reading_page
from copehope_lib.site.workbook import workbook

PAGE = r"/voila/render/({names})\.ipynb"
MONTH = r"/copehope/pages/({names})/(\d\d\d\d-\d\d)\.js"
BOOK = r"/copehope/months/(\d\d\d\d-\d\d)\.xlsx"


class Drawn:
    """What was drawn of an extract, by page, month, language and what is chosen."""

    def __init__(self, notebooks: Path) -> None:
        self.extract = Extract()
        there = (reading_page(path) for path in sorted(notebooks.glob("*.ipynb")))
        self.pages = [name for name in there if name]
        self._known: dict[tuple[object, ...], bytes] = {}
        self._alone = threading.Lock()

    def script(self, name: str, month: str, chosen: Mapping[str, str]) -> bytes:
        """Return the script of a page, compressed."""
        text = as_script(draw(name, self.extract, months.parse(month), chosen))
        return gzip.compress(text.encode(), mtime=0)

    def book(self, month: str) -> bytes:
        """Return all tables of a month as a workbook."""
        return workbook(self.extract, months.parse(month))

    def self_check(self, spoken: str, sources: Sequence[str]) -> dict[str, object]:
        """Return what the self-check asks, and which waves take answers now."""
        with self._alone:
            language.use(spoken)
            return told(given_invitation(), sources=sources)

    async def ahead(self) -> None:
        """Draw what is asked for first, before it is asked for: the latest month of each page."""
        latest, spoken = str(self.extract.months[-1]), self.extract.manifest.language
        for name in PAGES:
            if name in self.pages and name != SELF_CHECK:
                await self.drawn(self.script, spoken, name, latest, {})

    async def drawn(self, make: Callable[..., bytes], spoken: str, *about: Any) -> bytes:
        """Return what was made, or make it while others are answered.

        Raises
        ------
        CopehopeError, traitlets.TraitError
            If there is no such month, or what is chosen is not to be had.
        """
        return await IOLoop.current().run_in_executor(None, self._made, make, spoken, *about)

    def _made(self, make: Callable[..., bytes], spoken: str, *about: Any) -> bytes:
        key = (make.__name__, spoken, *map(str, about))
        # The language in use is one for the whole process: one page is drawn after the other.
        with self._alone:
            if key not in self._known:
                language.use(spoken)
                self._known[key] = make(*about)
            return self._known[key]

    def rules(self, root: str) -> list[Rule]:
        """Return which addresses are answered so, beneath that of the server."""
        names = "|".join(name for name in self.pages if name != SELF_CHECK)
        own = SELF_CHECK if SELF_CHECK in self.pages else "$"
        of = {"drawn": self}
        return [
            Rule(_Read(root + PAGE.format(names=own)), SelfCheckPage, of),
            Rule(_Read(root + PAGE.format(names=names)), ReadingPage, of),
            Rule(PathMatches(root + MONTH.format(names=names)), MonthOfPage, of),
            Rule(PathMatches(root + BOOK), BookOfMonth, of),
        ]


class _Read(PathMatches):
    """The address of a page that nobody asks to be run by a kernel."""

    def match(self, request: HTTPServerRequest) -> dict[str, object] | None:
        return None if "live" in request.arguments else super().match(request)


class _Handler(JupyterHandler):
    def initialize(self, drawn: Drawn) -> None:
        """Take what was drawn."""
        self.drawn = drawn

    @property
    def spoken(self) -> str:
        """The language that is asked for, or that of the team."""
        asked = self.get_argument("lang", "")
        return asked if asked in language.LANGUAGES else self.drawn.extract.manifest.language

    async def made(self, make: Callable[..., bytes], *about: Any) -> bytes:
        """Return something that was drawn; what is not to be had is not found."""
        self.set_header("Cache-Control", "private, no-cache")
        try:
            return await self.drawn.drawn(make, self.spoken, *about)
        except (CopehopeError, traitlets.TraitError):
            raise web.HTTPError(404) from None

    def answer(self, template: str, name: str, page: dict[str, object], outbox: str = "") -> None:
        """Answer with a page in its frame."""
        about = PAGES[name]
        static, pages = (f"{self.base_url}voila/{kind}/" for kind in ("static", "render"))
        with_what = {"static": static, "pages": pages, "page": page, "outbox": outbox}
        frame = self.settings["voila_jinja2_env"].get_template(template)
        self.write(frame.render(file=about.file, title=about.title, **with_what))


class ReadingPage(_Handler):
    """The frame of a page, which asks for its months."""

    @web.authenticated
    def get(self, name: str) -> None:
        """Answer with the frame."""
        told, root = [str(month) for month in self.drawn.extract.months], self.base_url
        page = {
            "month": told[-1],
            "months": told,
            "address": f"{root}copehope/pages/{name}/{{month}}.js?lang={self.spoken}",
            "book": f"{root}copehope/months/{{month}}.xlsx?lang={self.spoken}",
            "split": True,
        }
        self.answer("reading.html.j2", name, page)


class SelfCheckPage(_Handler):
    """The self-check: what is asked, and the script that does all else."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Answer with the page."""
        static = f"{self.base_url}voila/static/"
        sources = [static + name for name in SCRIPTS]
        page = await IOLoop.current().run_in_executor(
            None, self.drawn.self_check, self.spoken, sources
        )
        outbox = f"{static}outbox.js" if INVITATION in os.environ else ""
        self.set_header("Cache-Control", "no-store")
        self.answer("self_check.html.j2", name, page, outbox)


class MonthOfPage(_Handler):
    """What was drawn of a month."""

    @web.authenticated
    async def get(self, name: str, month: str) -> None:
        """Answer with the script of the page."""
        chosen = {of: self.get_argument(of) for of in self.request.arguments if of != "lang"}
        content = await self.made(self.drawn.script, name, month, chosen)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Content-Encoding", "gzip")
        self.finish(content)


class BookOfMonth(_Handler):
    """All tables of a month."""

    @web.authenticated
    async def get(self, month: str) -> None:
        """Answer with the workbook."""
        content = await self.made(self.drawn.book, month)
        name = f"copehope-{month}-{self.drawn.extract.audience.name}.xlsx"
        self.set_header(
            "Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(content)
