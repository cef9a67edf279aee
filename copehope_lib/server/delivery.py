"""Takes sealed pages of records from browsers, and says when they lie in the workspace.

What is written goes from the browser to the server and never through a kernel: so it arrives when
a kernel has died, and when the server was started anew.
"""

import asyncio
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import BEGINNING
from copehope_lib.records.record import NAME
from copehope_lib.records.session import given_place
from copehope_lib.records.store import LARGEST, PAGE, name_of

ADDRESS = rf"/copehope/records/({NAME.pattern})/({PAGE.pattern})"
LOOKS, REST = 60, 0.05
"""How often it is looked whether a page lies in the workspace, and the seconds in between."""


class PageOfRecord(JupyterHandler):
    """One sealed page of a record."""

    @web.authenticated
    async def put(self, record: str, _month: str, name: str) -> None:
        """Lay it out to be taken in, and answer once that was done.

        204 says that it lies in the workspace, 409 that it belongs to another one, 503 that it
        does not lie there yet: whoever sent it keeps it, and sends it again.
        """
        place, content = given_place(), self.request.body
        asked = self.request.headers.get("X-Copehope-Keys", "").split()
        if not {*asked} & {*place.to}:
            raise web.HTTPError(409)
        known = content.startswith(BEGINNING) and len(content) <= LARGEST
        if not known or name != name_of(content):
            raise web.HTTPError(400)
        page = Path(place.outbox) / record / name
        try:
            page.parent.mkdir(exist_ok=True)
            private.replace(page, content)
        except (OSError, CopehopeError):
            raise web.HTTPError(503) from None
        for _look in range(LOOKS):
            # Whoever takes it in removes it when it lies in the workspace, and not before.
            if not page.exists():
                self.set_status(204)
                return
            await asyncio.sleep(REST)
        raise web.HTTPError(503)
