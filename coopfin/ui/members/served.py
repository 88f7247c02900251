"""Files made of a ledger, for the browser: made when asked for, and gone from their address when the ledger is forgotten.

Streamlit keeps a file that was given to a browser at its address for some minutes after nobody shows it any more. What
is forgotten must be gone at once; so each file's address is noted here when it is made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from streamlit import runtime
from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from streamlit.runtime.media_file_storage import MediaFileStorage
    from streamlit.runtime.uploaded_file_manager import UploadedFile

Make = Callable[[], str | bytes]


class Shelf:
    """The files of one ledger: how to make each, and the addresses of those that were made."""

    def __init__(self) -> None:
        self._makers: dict[str, Make] = {}
        self._given: set[str] = set()
        self._closed = False

    def offer(self, name: str, make: Make, mime: str, file_name: str) -> Callable[[], bytes]:
        """What a download button calls on a click; it holds no file and no ledger itself."""
        self._makers[name] = make
        return partial(self._serve, name, mime, file_name)

    def _serve(self, name: str, mime: str, file_name: str) -> bytes:
        if self._closed:
            raise FileNotFoundError("the ledger was forgotten")
        made = self._makers[name]()
        content = made.encode() if isinstance(made, str) else made
        if self._closed:  # while it was made
            raise FileNotFoundError("the ledger was forgotten")
        self._given.add(memory_media_file_storage._calculate_file_id(content, mime, file_name))
        return content

    def close(self) -> None:
        """Take every file from its address, and let go of what they are made of."""
        self._closed = True
        self._makers.clear()
        storage = _storage()
        if storage is not None:
            for address in self._given:
                storage.delete_file(address)
        self._given.clear()


def take_back(uploaded: UploadedFile) -> None:
    """Remove an uploaded file from Streamlit's memory: it was read."""
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context is not None else None
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(context.session_id, uploaded.file_id)


def _storage() -> MediaFileStorage | None:
    return runtime.get_instance().media_file_mgr._storage if runtime.exists() else None
