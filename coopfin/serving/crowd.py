"""How many have a page open, and what the server tells of it in its log: a line a minute, if something changed."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, net_util, runtime
from streamlit.runtime.caching.ttl_cache import TTLCache
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from coopfin.serving.memory import MEGABYTE, resident

LOG = logging.getLogger("coopfin")
PULSE = 60.0  # seconds
_open: set[int] = set()


class Crowd:
    """ASGI middleware: counts the pages that are open, each by its connection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or serve one connection to its end."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        _open.add(id(scope))
        try:
            await self.app(scope, receive, send)
        finally:
            _open.discard(id(scope))


@asynccontextmanager
async def told() -> AsyncIterator[None]:
    """Tell in the log where the server is, every minute how many are on it, and that it stops."""
    if not LOG.handlers:
        LOG.addHandler(logging.StreamHandler())
        LOG.setLevel(logging.INFO)
    LOG.info("coopfin answers at %s", " and ".join(_addresses()))
    pulse = asyncio.create_task(_pulse())
    try:
        yield
    finally:
        pulse.cancel()
        with suppress(asyncio.CancelledError):
            await pulse
        LOG.info("coopfin has stopped")


async def _pulse() -> None:
    said = 0
    while True:
        await asyncio.sleep(PULSE)
        _forget_closed()
        if len(_open) != said:
            said = len(_open)
            LOG.info("%s, %d MB of memory", "1 page open" if said == 1 else f"{said} pages open", resident() // MEGABYTE)


def _forget_closed() -> None:
    """Let go of closed pages whose time to come back is over.

    Streamlit looks at them only when another page closes: the last of a hall, with the names in them and their work in
    the background, would stay for ever. It has no way to ask for it.
    """
    storage = getattr(runtime.get_instance()._session_mgr, "_session_storage", None)
    if isinstance(storage, MemorySessionStorage) and isinstance(storage._cache, TTLCache):
        for _, closed in storage._cache.expire():
            closed.session.shutdown()
            closed.session.session_state.clear()
            closed.session._fragment_storage.clear()  # they hold what they were called with
    gc.collect()  # those it let go of itself


def _addresses() -> list[str]:
    host, port = config.get_option("server.address") or "0.0.0.0", config.get_option("server.port")
    everybody = host in ("0.0.0.0", "::")
    here = "localhost" if everybody else host
    network = net_util.get_internal_ip() if everybody else None
    return [f"http://{each}:{port}" for each in (here, network) if each]
