"""The app on a server that looks around twice a second and holds 3.5 MB of files in all, 2 MB a visit.

``/held`` and ``/workers`` say what there is now.
"""

from contextlib import nullcontext

import psutil
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coopfin.serving import application, crowd, uploads
from coopfin.ui.sure import big_run

crowd.PULSE = 0.5
big_run.DRAWS = 3_000_000  # takes longer than a test waits
uploads.ONE_VISIT, uploads.ALL_VISITS = 2 * uploads.MEGABYTE, 7 * uploads.MEGABYTE // 2


class Held:
    """A feature that tells what only the server knows."""

    lifespan = staticmethod(nullcontext)

    def routes(self) -> list[Route]:
        return [Route("/held", self.held), Route("/workers", self.workers)]

    async def held(self, request: Request) -> Response:
        return PlainTextResponse(str(uploads._held()))

    async def workers(self, request: Request) -> Response:
        return PlainTextResponse(str(len(psutil.Process().children(recursive=True))))


app = st.App(
    "../../app.py",
    lifespan=application.lifespan([Held()]),
    routes=application.routes([Held()]),
    middleware=application.middleware(),
)
