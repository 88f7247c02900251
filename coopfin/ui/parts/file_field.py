"""A field for a file, with its limit in the browser and at the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from coopfin.serving import uploads


def file_field(
    label: str, kinds: list[str], key: str, *, megabytes: int = 1, on_change: Callable[..., None] | None = None, args: Any = ()
) -> UploadedFile | None:
    """Draw a field for one file of these ``kinds``, up to ``megabytes``; the file in it, if there is one."""
    context = get_script_run_ctx()
    if context is not None:
        uploads.permit(context.session_id, context.page_script_hash, key, megabytes)
    return st.file_uploader(label, type=kinds, key=key, max_upload_size=megabytes, on_change=on_change, args=args)
