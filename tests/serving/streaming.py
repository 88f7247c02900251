"""A server with a stream that never ends by itself: ``/endless``. It ends when the server is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from coopfin.serving import application, stopping


class Endless:
    """A feature of one open stream."""

    state: ClassVar[list[str]] = []

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/endless", self.endless)]

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        self.state.append("open")
        yield
        print("the feature was closed", flush=True)

    async def endless(self, request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            awake = asyncio.Event()
            stopping.on_close(awake.set)
            yield f"{self.state[0]}\n"
            while not stopping.closing():
                await awake.wait()
            yield "bye\n"

        return StreamingResponse(stream())


FEATURES = (Endless(),)
app = st.App(
    "../../app.py",
    lifespan=application.lifespan(FEATURES),
    routes=application.routes(FEATURES),
    middleware=application.middleware(),
)
