"""What may be sent to the server as a file: at an address it gave out, no larger than a field takes, and not too much in all.

Streamlit takes a file of any size up to its own limit at any address under a session, and keeps it until the session
ends. Which field a file is meant for does not travel with it, so the limit is that of the largest field the session's
page has; a field says so with ``permit`` whenever it is drawn.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.stats import CACHE_MEMORY_FAMILY
from streamlit.runtime.uploaded_file_manager import UploadFileUrlInfo

from coopfin.serving.memory import MEGABYTE

FRAMING = 64 * 1024  # what surrounds a file in a request
ONE_VISIT = 48 * MEGABYTE  # what one session may have lying here; of more, its oldest files go
ALL_VISITS = 512 * MEGABYTE
ADDRESSES = 8  # the newest that a session has been given; a page has fewer fields

_FILE = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)")
_lock, _watching = Lock(), Event()
_fields: dict[str, tuple[str, dict[str, int]]] = {}  # by session: the page it is on, and the bytes each field there takes
_addresses: dict[str, deque[str]] = {}  # by session: the files that were announced
_arriving: list[int] = []  # bytes announced by each file that is on its way


def permit(session: str, page: str, field: str, megabytes: int) -> None:
    """A ``field`` for files up to ``megabytes`` stands on the ``page`` that this session sees."""
    if not _watching.is_set():  # the pages run without this server, and nobody would say when a session is gone
        return
    with _lock:
        on, fields = _fields.get(session, ("", {}))
        if on != page:
            fields = {}
        _fields[session] = page, {**fields, field: megabytes * MEGABYTE}


@contextmanager
def watched() -> Iterator[None]:
    """Hear which addresses for files are given out, and when a session and its files are gone."""
    manager = _manager()
    giving, removing = manager.get_upload_urls, manager.remove_session_files

    def give(session_id: str, file_names: Sequence[str]) -> list[UploadFileUrlInfo]:
        given = giving(session_id, file_names[:ADDRESSES])
        with _lock:
            _addresses.setdefault(session_id, deque(maxlen=ADDRESSES)).extend(each.file_id for each in given)
        return given

    def remove(session_id: str) -> None:
        removing(session_id)
        with _lock:
            _fields.pop(session_id, None)
            _addresses.pop(session_id, None)

    # There is no hook: the methods of this one object are replaced.
    manager.get_upload_urls, manager.remove_session_files = give, remove  # type: ignore[method-assign]
    _watching.set()
    try:
        yield
    finally:
        _watching.clear()
        manager.get_upload_urls, manager.remove_session_files = giving, removing  # type: ignore[method-assign]


class Uploads:
    """ASGI middleware: refuses a file before it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        file = _FILE.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if file is None:
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        size = int(announced) if announced.isdecimal() and announced.isascii() else -1
        status, reason = _refusal(file[1], file[2], size)
        if status:
            await PlainTextResponse(reason, status_code=status, headers={"Connection": "close"})(scope, receive, send)
            return
        with _on_its_way(size):
            await self.app(scope, receive, send)
        _make_room(file[1])


def _refusal(session: str, file: str, size: int) -> tuple[int, str]:
    """Why a file of ``size`` bytes, with its framing, is not taken; status 0 if it is."""
    with _lock:
        known = file in _addresses.get(session, ())
        limit = max(_fields.get(session, ("", {}))[1].values(), default=0)
    if not known or not runtime.get_instance().is_active_session(session):
        return 404, "This address was not given out for a file."
    if size < 0:
        return 411, "The length of the file is not announced."
    if not limit:
        return 404, "This page takes no file now."
    if size > limit + FRAMING:
        return 413, f"The file has {size / MEGABYTE:.1f} MB; this page takes files up to {limit / MEGABYTE:.0f} MB."
    if _held() + sum(_arriving) + size > ALL_VISITS:
        return 503, "Too many files are open at once. Please try again in a minute."
    return 0, ""


@contextmanager
def _on_its_way(size: int) -> Iterator[None]:
    _arriving.append(size)
    try:
        yield
    finally:
        _arriving.remove(size)


def _make_room(session: str) -> None:
    """Let go of a session's oldest files until the rest is within ``ONE_VISIT``."""
    manager = _manager()
    files = list(manager.file_storage.get(session, {}).values())
    held = sum(len(each.data) for each in files)
    while held > ONE_VISIT:
        oldest = files.pop(0)
        held -= len(oldest.data)
        manager.remove_file(session, oldest.file_id)


def _held() -> int:
    """The bytes of all files that lie here."""
    return sum(each.byte_length for each in _manager().get_stats().get(CACHE_MEMORY_FAMILY, ()))


def _manager() -> MemoryUploadedFileManager:
    manager = runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager
