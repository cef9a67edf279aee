"""The process of the coordinator's page: it begins with a window, and ends with it."""

import asyncio
import logging
import signal
import webbrowser

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from copehope_lib.coordinator.serve import LONGEST, Guard, application
from copehope_lib.coordinator.state import State
from copehope_lib.server.launch import HOST, stop

PATIENCE = 8
"""Seconds without a window after which it ends: a page that is loaded again takes less."""


def open_page() -> None:
    """Open the coordinator's page, and serve it to this machine until its last window closes."""
    # Addresses with what they hold would stand in a log.
    logging.disable()
    state = State()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        asyncio.run(_serve(state))
    finally:
        for process, _address in state.running.values():
            stop(process)


async def _serve(state: State) -> None:
    sockets = bind_sockets(0, HOST)
    guard = Guard(sockets[0].getsockname()[1])
    server = HTTPServer(application(guard, state), max_body_size=LONGEST, max_buffer_size=LONGEST)
    server.add_sockets(sockets)
    address = f"http://{guard.host}/?token={guard.token}"
    # Scripts wait for this line, so that it is the same in every language.
    print(f"The coordinator's page is at {address}", flush=True)
    webbrowser.open(address)
    alone, seen = 0, False
    while alone < PATIENCE:
        await asyncio.sleep(1)
        seen = seen or state.windows > 0
        alone = 0 if state.windows or state.busy or not seen else alone + 1
