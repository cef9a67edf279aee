"""Takes sealed answers of the self-check from browsers, and says what became of them.

No kernel is in between, and what takes them can open none.
"""

import asyncio
import json
import os
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import BEGINNING
from copehope_lib.self_check.intake import INVITATION, LETTER, LONGEST, REPLY, invitation_in

WAVES = "/copehope/answers"
ADDRESS = rf"{WAVES}/([0-9a-f]{{16}})"
LOOKS, REST = 60, 0.05
"""How often it is looked for a reply, and the seconds in between."""


def told(folder: Path) -> str:
    """Return as JSON which waves take answers now, and whose they are."""
    invitation = invitation_in(folder)
    return json.dumps({"waves": dict(invitation.waves), "keys": invitation.keys})


async def take(folder: Path, name: str, content: bytes, keys: str) -> tuple[int, str]:
    """Lay a letter at the intake, and return a status and what became of it.

    200 goes with the outcome, 409 says that the letter belongs to another team, 503 that there is
    no reply yet: whoever sent it keeps it, and sends it again. The same letter has the same reply.
    """
    if not {*keys.split()} & {*invitation_in(folder).keys}:
        return 409, ""
    if not content.startswith(BEGINNING) or len(content) > LONGEST:
        return 200, "damaged"
    letter, reply = folder / f"{name}{LETTER}", folder / f"{name}{REPLY}"
    try:
        if not letter.exists() and not reply.exists():
            private.replace(letter, content)
        for _look in range(LOOKS):
            if reply.exists():
                said = reply.read_text(encoding="ascii")
                reply.unlink()
                return 200, said
            await asyncio.sleep(REST)
    except (OSError, CopehopeError):
        pass  # A disk that is full is no reply: the letter waits in its browser.
    return 503, ""


class Waves(JupyterHandler):
    """Which waves take answers."""

    @web.authenticated
    def get(self) -> None:
        """Answer with their keys."""
        self.set_header("Cache-Control", "no-store")
        self.finish(told(_folder()))


class Letter(JupyterHandler):
    """One sealed letter."""

    @web.authenticated
    async def put(self, name: str) -> None:
        """Take it, and answer with what became of it."""
        keys = self.request.headers.get("X-Copehope-Keys", "")
        status, said = await take(_folder(), name, self.request.body, keys)
        self.set_status(status)
        self.finish(said)


def _folder() -> Path:
    """Return the folder of letters that the server was given; without one there is no intake."""
    given = os.environ.get(INVITATION, "")
    if not given:
        raise web.HTTPError(404)
    return Path(given).parent
