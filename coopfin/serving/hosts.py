"""By which names the server may be called: any, unless an address is configured."""

from __future__ import annotations

import os

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

VARIABLE = "COOPFIN_HOSTS"
ALWAYS = ("localhost", "127.0.0.1", "[::1]", "::1")  # the machine itself: health checks and the proxy beside it


def allowed() -> list[str]:
    """The names in ``COOPFIN_HOSTS``, with commas between them (``*.example.org`` is any name under it); ``*`` if none are."""
    names = [name.strip() for name in os.environ.get(VARIABLE, "").split(",") if name.strip()]
    return [*names, *ALWAYS] if names else ["*"]


def guard() -> Middleware:
    """Answers 400 to a request for a name that is not ours."""
    return Middleware(TrustedHostMiddleware, allowed_hosts=allowed(), www_redirect=False)
