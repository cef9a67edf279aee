"""The server's own process: Voila, confined to its folder, ended by the closing of its input.

Started by :mod:`copehope_lib.server.launch` with its folder as working folder and one line of
JSON on its standard input.
"""

import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import parse_qsl, urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.log import log_request
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila
from voila.voila_identity_provider import VoilaIdentityProvider

from copehope_lib.language import gettext as _
from copehope_lib.server import answers
from copehope_lib.server.confine import READ, REMOVE, WRITE, confine, limit
from copehope_lib.server.delivery import ADDRESS, PageOfRecord
from copehope_lib.server.kernel import needed
from copehope_lib.server.reading import Drawn

# Where anybody can ask whether the server answers.
HEALTH = "/copehope/health"

# Seconds after which the kernel of a page that nobody looks at is ended.
IDLE = 20 * 60


OWN_HOST = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
"""What a page may load, whatever stands in it: nothing of another host."""

# Bytes that a message of a page may have; the largest holds a key file.
LARGEST = 2**20
STARTS: dict[bool, tuple[int, Literal["little", "big"]]] = {True: (8, "little"), False: (4, "big")}
"""How the number of parts is written with which a message begins, with a protocol and without."""
UNSUPPORTED = 1003
"""Why a connection is closed, as RFC 6455 numbers it: data that cannot be accepted."""

# The notebook of the page that a kernel is kept ready for.
MEETING = "supervision.ipynb"

# Seconds between the opening of a page and the making ready of the next of its kind.
REST = 4


class NoTokenHandler(JupyterHandler):
    """What is shown to whoever comes without the token: one sentence, and no one's name."""

    @allow_unauthenticated
    def get(self) -> None:
        """Refuse, and say which address opens."""
        page = self.settings["voila_jinja2_env"].get_template("error.html")
        self.set_status(403)
        self.write(page.render(status_code=403, base_url=self.base_url))


class Welcoming:
    """Of an identity provider: give each page what it needs to say that it was left."""

    async def get_user(self, handler: JupyterHandler) -> object:
        """Know who comes."""
        user: object = await super().get_user(handler)  # type: ignore[misc]
        if user is not None and "/voila/render/" in handler.request.path:
            # Asking for it sets the cookie without which the farewell of a closed page is
            # refused, and its kernel stays for twenty minutes.
            handler.current_user = user
            handler.xsrf_token  # noqa: B018
            # Voila tells the kernel of a page its address, and the token may be in that.
            request = handler.request
            said = parse_qsl(request.query, keep_blank_values=True)
            request.query = urlencode([(name, value) for name, value in said if name != "token"])
            request.uri = f"{request.path}?{request.query}"
        return user


class TokenProvider(Welcoming, VoilaIdentityProvider):  # type: ignore[misc]
    """Lets in who has the token; there is no password to guess."""

    def clear_login_cookie(self, handler: JupyterHandler) -> None:
        """Clear none: what a page of an earlier server asks would take the cookie of a new page."""

    def get_handlers(self) -> list[tuple[str, object]]:
        """Put our sentence in the place of a log-in form."""
        return [(r"/login", NoTokenHandler)]


class Health(JupyterHandler):
    """Whether the server answers, for whoever asks: it tells nothing else."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say that it does."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.clear_header("Server")
        self.finish("ok\n")


class PageMessages(ZMQChannelsWebsocketConnection):
    """What a page says to its kernel: what is no message ends its own connection, and no other."""

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Hand on a message whose parts are in it: their number comes first, and may be a lie."""
        size, order = STARTS[bool(self.subprotocol)]
        try:
            if isinstance(incoming_msg, bytes):
                parts = int.from_bytes(incoming_msg[:size], order)
                if size * (parts + 1) > len(incoming_msg):
                    raise ValueError(parts)
            super().handle_incoming_message(incoming_msg)
        except Exception as problem:
            self.log.warning("A page sent no message (%s).", type(problem).__name__)
            self.websocket_handler.close(UNSUPPORTED)


class Pages(Voila):  # type: ignore[misc]
    """Voila that makes its pages ready one after the other, the first one first.

    All at once, each would be as slow as all of them together, and the first page is the one
    that somebody waits for.
    """

    order: ClassVar[list[str]] = []
    drawn: ClassVar[Drawn]

    def init_handlers(self) -> list[Any]:
        """Add what is answered without a kernel, and the address to which a record is handed."""
        root = self.base_url.rstrip("/")
        own = [
            (root + HEALTH, Health),
            (root + ADDRESS, PageOfRecord),
            (root + answers.WAVES, answers.Waves),
            (root + answers.ADDRESS, answers.Letter),
        ]
        return [*self.drawn.rules(root), *own, *super().init_handlers()]

    def init_settings(self) -> dict[str, Any]:
        """Let each refusal be one sentence of ours, whoever refuses."""
        settings: dict[str, Any] = super().init_settings()
        return settings | {"jinja2_env": settings["voila_jinja2_env"]}

    def listen(self) -> None:
        """Begin to draw pages, and to make others ready, when the server answers."""
        IOLoop.current().add_callback(self.drawn.ahead)
        IOLoop.current().add_callback(self._make_ready)
        super().listen()

    async def _make_ready(self) -> None:
        kernels = self.kernel_manager
        for page in self.order:
            kernels.kernel_pools_config |= {page: {"pool_size": 1}}
            kernels.fill_if_needed(delay=0, notebook_name=page)
            for begun in list(kernels._pools[page]):
                await asyncio.wait([(await begun)["task"]])


def _without_data(*words: Any, **named: Any) -> logging.LogRecord:
    """Make a line of the log, which of an error tells the kind, and nothing that it was about."""
    record = logging.LogRecord(*words, **named)
    told = record.msg if isinstance(record.msg, Exception) else (record.exc_info or (0, 0))[1]
    if told:
        kind = getattr(told, "ename", type(told).__name__)
        record.msg, record.args, record.exc_info = f"{kind} in {record.module}", (), None
    return record


def _asking(hub: dict[str, Any], config: Config) -> type:
    """Return a provider that lets in whom the Hub lets in, and shows nobody its own token."""
    from jupyterhub.singleuser.extension import (
        JupyterHubIdentityProvider,
        JupyterHubOAuthCallbackHandler,
    )

    class BackFromHub(JupyterHubOAuthCallbackHandler):  # type: ignore[misc]
        def write_error(self, status_code: int, **about: Any) -> None:
            """Begin anew where a log-in took longer than its first step is remembered."""
            if status_code < 500:
                self.redirect(hub["root"])
            else:
                super().write_error(status_code, **about)

    class HubProvider(Welcoming, JupyterHubIdentityProvider):  # type: ignore[misc]
        token = ""

        async def get_user(self, handler: JupyterHandler) -> object:
            """Know who comes, and nobody where the Hub does not answer, which a page then says."""
            handler.current_user = None
            return await super().get_user(handler)

        def get_handlers(self) -> list[Any]:
            """Answer where the Hub sends whoever has logged in."""
            return [(f"{hub['root']}oauth_callback", BackFromHub, {"hub_auth": self.hub_auth})]

    config.HubOAuth.update(hub["asks"])
    return HubProvider


def main() -> None:
    """Run Voila on the folder ``dashboards`` of the working folder."""
    logging.setLogRecordFactory(_without_data)
    orders = json.loads(sys.stdin.readline())
    run, sockets = Path.cwd(), Path(orders["sockets"])
    only = [orders["port"]] if orders["transport"] == "ipc" else None
    writes = [sockets, Path("/dev/null"), Path("/dev/shm")]  # noqa: S108
    writes += [run / name for name in ("home", "outbox", "self_check")]
    rights = {**needed(), Path("/proc"): READ, run: READ | REMOVE, **dict.fromkeys(writes, WRITE)}
    hub = orders["hub"]
    walls = confine(rights, only, [hub["calls"]] if hub else ())
    if orders["confine"] and not walls:
        sys.exit(_("the system did not shut it off from the rest of the machine"))
    # No picture of the memory when a process crashes: a private key may be in it.
    limit(CORE=0)
    threading.Thread(target=_end_with_input, daemon=True).start()
    config = Config()
    config.Voila.token = orders["token"]
    config.Voila.port = orders["port"]
    config.Voila.port_retries = 0
    config.Voila.ip = "127.0.0.1"
    config.Voila.open_browser = False
    config.Voila.kernel_websocket_connection_class = PageMessages
    # Cookies end with the browser, and no page of another machine can use them or our address.
    cookie = {"samesite": "Strict", "expires_days": None}
    config.IdentityProvider.cookie_options = cookie
    config.Voila.tornado_settings = {
        "allow_remote_access": False,
        # What is drawn comes as a script: no page of another server of this machine may load it.
        "headers": {
            "Content-Security-Policy": OWN_HOST,
            "Cross-Origin-Resource-Policy": "same-origin",
        },
        # Unlike Tornado's own, it leaves tokens out.
        "log_function": log_request,
        "websocket_max_message_size": LARGEST,
        "xsrf_cookie_kwargs": cookie,
    }
    config.VoilaConfiguration.template = "copehope"
    config.Voila.identity_provider_class = TokenProvider
    if hub:
        config.Voila.base_url = hub["root"]
        config.Voila.tornado_settings["local_hostnames"] = ["localhost", hub["host"]]
        config.Voila.identity_provider_class = _asking(hub, config)
    config.VoilaConfiguration.classic_tree = True
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = 0
    # The page that was just opened is drawn before its successor is made ready.
    config.VoilaKernelManager.fill_delay = REST
    Pages.drawn = Drawn(run / "dashboards")
    # One kernel is kept ready for the meeting; others start when somebody asks for them.
    Pages.order = [page for page in orders["pages"] if page == MEETING]
    # The first one is begun before the server answers, and who asks for it waits for that one.
    config.VoilaKernelManager.kernel_pools_config = {
        "default": {"pool_size": 0},
        **{page: {"pool_size": 1} for page in Pages.order[:1]},
    }
    # Sockets lie in a folder of our own, where no other user of the machine can listen; what
    # goes over TCP is encrypted, with a key that lies in that folder.
    config.Voila.connection_dir_root = str(sockets)
    config.KernelManager.transport = orders["transport"]
    if orders["transport"] == "tcp":
        config.KernelManager.transport_encryption = "auto"
    config.MappingKernelManager.cull_idle_timeout = IDLE
    config.MappingKernelManager.cull_interval = 60
    try:
        Pages.launch_instance(argv=[str(run / "dashboards")], config=config)
    finally:
        # Leave no copy behind, even where whoever started this could not tidy up.
        for folder in (run, sockets):
            shutil.rmtree(folder, ignore_errors=True)


def _end_with_input() -> None:
    """Stop when whoever started this has gone, in whatever way."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
