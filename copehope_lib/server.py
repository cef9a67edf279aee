"""The server's own process: Voila, confined to its folder, ended by the closing of its input.

Started by :mod:`copehope_lib.serve` with its folder as working folder and one line of JSON on
its standard input.
"""

import json
import os
import shutil
import signal
import sys
import sysconfig
import threading
from pathlib import Path

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from traitlets.config import Config
from voila.app import Voila
from voila.voila_identity_provider import VoilaIdentityProvider

import copehope_lib
from copehope_lib.confine import confine
from copehope_lib.language import gettext as _

IDLE = 20 * 60
"""Seconds after which the kernel of a page that nobody looks at is ended."""


class Threshold(JupyterHandler):
    """What is shown to whoever comes without the token: one sentence, and no one's name."""

    @allow_unauthenticated
    def get(self) -> None:
        """Refuse, and say which address opens."""
        page = self.settings["voila_jinja2_env"].get_template("error.html")
        self.set_status(403)
        self.write(page.render(status_code=403, base_url=self.base_url))


class Door(VoilaIdentityProvider):  # type: ignore[misc]
    """Lets in who has the token; there is no password to guess."""

    def get_handlers(self) -> list[tuple[str, object]]:
        """Put our sentence in the place of a log-in form."""
        return [(r"/login", Threshold)]


def main() -> None:
    """Run Voila on the folder ``dashboards`` of the working folder."""
    orders = json.loads(sys.stdin.readline())
    run = Path.cwd()
    # In a checkout Python finds the library by listing the folder that it lies in.
    checkout = Path(copehope_lib.__file__).parent.parent
    devices = [Path("/dev/null"), Path("/dev/shm")]  # noqa: S108
    if not confine(_needed(), [run, *devices], listable=[checkout]):
        print(_("This system cannot confine the server to its folder."), file=sys.stderr)
    threading.Thread(target=_end_with_input, daemon=True).start()
    config = Config()
    config.Voila.token = orders["token"]
    config.Voila.port = orders["port"]
    config.Voila.port_retries = 0
    config.Voila.ip = "127.0.0.1"
    config.Voila.open_browser = False
    config.VoilaConfiguration.template = "copehope"
    config.Voila.identity_provider_class = Door
    config.VoilaConfiguration.classic_tree = True
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = 1
    if sys.platform != "win32":
        # Sockets in our own folder, where no other user of the machine can listen.
        config.KernelManager.transport = "ipc"
    config.MappingKernelManager.cull_idle_timeout = IDLE
    config.MappingKernelManager.cull_interval = 60
    try:
        Voila.launch_instance(argv=[str(run / "dashboards")], config=config)
    finally:
        _empty(run)


def _needed() -> list[Path]:
    """Return what Python and its libraries read: programs and packages, no one's documents."""
    python = [Path(sys.prefix), Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))]
    library = Path(copehope_lib.__file__).parent
    system = ["/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/dev/urandom", "/sys/devices"]
    return [*python, library, *map(Path, system)]


def _end_with_input() -> None:
    """Stop when whoever started this has gone, in whatever way."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _empty(run: Path) -> None:
    """Leave no copy behind, even where whoever started this could not tidy up."""
    for path in run.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
