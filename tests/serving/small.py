"""The app on a server that holds 3.5 MB of files in all, 2 MB a visit; ``/held`` says how much there is now."""

from contextlib import nullcontext

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coopfin.serving import application, uploads

uploads.ONE_VISIT, uploads.ALL_VISITS = 2 * uploads.MEGABYTE, 7 * uploads.MEGABYTE // 2


class Held:
    """A feature that tells what only the server knows."""

    lifespan = staticmethod(nullcontext)

    def routes(self) -> list[Route]:
        return [Route("/held", self.held)]

    async def held(self, request: Request) -> Response:
        return PlainTextResponse(str(uploads._held()))


app = st.App(
    "../../app.py",
    lifespan=application.lifespan([Held()]),
    routes=application.routes([Held()]),
    middleware=application.middleware(),
)
