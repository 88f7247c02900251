"""What ``serve.py`` hands to ``st.App``: routes, lifespan and middleware, put together from features.

A feature is anything with ``routes()`` and ``lifespan()``, such as a module::

    def routes() -> Sequence[BaseRoute]: ...      # Starlette's; they come before Streamlit's own pages

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:  # entered in the event loop before the first request is answered,
        ...                                       # left after the last one: open a store, start and cancel a task

Add it to ``FEATURES`` in ``serve.py``, nothing else. Paths under ``/room/`` may be answered by any of several
processes: a feature there keeps its state in a store they share. A response that stays open hears of the stop by
``coopfin.serving.stopping``. Headers, permitted hosts and limits hold for every route; a response that sets one of the
headers itself, such as a stricter policy, keeps its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from coopfin.serving import hosts, stopping, uploads
from coopfin.serving.headers import Headers
from coopfin.serving.uploads import Uploads

HEALTH = "/health"


class Feature(Protocol):
    """Routes of one subject and what they need while the server runs."""

    def routes(self) -> Sequence[BaseRoute]:
        """The routes it answers."""
        ...

    def lifespan(self) -> AbstractAsyncContextManager[None]:
        """What surrounds the time in which it answers."""
        ...


def routes(features: Sequence[Feature]) -> list[BaseRoute]:
    """The routes of all features, and the health check."""
    return [Route(HEALTH, _health), *(route for feature in features for route in feature.routes())]


def lifespan(features: Sequence[Feature]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespans of all features, within one that hears when the server is to stop."""

    @asynccontextmanager
    async def all_of_them(app: Any) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for feature in features:
                await stack.enter_async_context(feature.lifespan())
            stack.enter_context(uploads.watched())
            stack.enter_context(stopping.listening())
            yield

    return all_of_them


def middleware() -> list[Middleware]:
    """What stands before every route, outermost first."""
    return [Middleware(Headers), hosts.guard(), Middleware(Uploads)]


async def _health(request: Request) -> Response:
    return PlainTextResponse("closing" if stopping.closing() else "ok", status_code=503 if stopping.closing() else 200)
