"""Where a command's text goes: standard output, or a file that is there whole or not at all.

A new text is written beside the file and moved into its place. What cannot be moved onto (a pipe, a device, a file of
several names, a folder that takes no new file) is written into. Messages name the path that was given.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from coopfin.reading.mistakes import FileError, quoted

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# A folder or a file system that does not let a file be replaced may still let it be written.
NOT_REPLACED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV, errno.ETXTBSY}


def check(path: str, inputs: Iterable[str]) -> None:
    """Refuse, before any work is done, a path that cannot be written or that is one of the files read."""
    status = _status(path)
    if status is None:
        folder = Path(os.path.realpath(path)).parent
        if not path or path.endswith(os.sep) or not folder.is_dir():
            raise FileError([f"{shown(path)}: there is no such folder; check the path"])
        return
    if stat.S_ISDIR(status.st_mode):
        raise FileError([f"{shown(path)}: this is a folder; give the name of a file"])
    if stat.S_ISREG(status.st_mode):
        for each in inputs:
            with suppress(OSError):
                if os.path.samestat(status, Path(each).stat()):
                    raise FileError([f"{shown(path)}: this is the file that is read ({shown(each)}); write to another one"])
        if not os.access(path, os.W_OK):
            raise FileError([f"{shown(path)}: this file may not be changed; write to another one"])


def write(data: bytes, path: str) -> None:
    """Write a file; raises ``FileError`` where that fails, and then leaves what was there."""
    try:
        status = _status(path)
        if status is not None and not stat.S_ISREG(status.st_mode):
            _into(path, data)
        elif status is not None and status.st_nlink > 1:
            _over(path, data)
        else:
            _replace(path, data, status)
    except OSError as error:
        raise FileError([f"{shown(path)}: {reason(error)}"]) from None


def write_standard(data: bytes) -> None:
    """Write to standard output; raises ``BrokenPipeError`` where nobody reads it any more."""
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except OSError as error:
        drop_standard()
        if isinstance(error, BrokenPipeError):
            raise
        raise FileError([f"standard output: {reason(error)}"]) from None


def drop_standard() -> None:
    """Let what is still waiting for standard output go nowhere, so that the interpreter ends in silence."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def reason(error: OSError) -> str:
    """What went wrong with a file, in words."""
    words = error.strerror or type(error).__name__
    if error.errno in FULL:
        return f"the disk is full ({words}); make room, or write elsewhere"
    return f"{words}; check the path"


def shown(path: str) -> str:
    """A path as a message shows it: as it was given, unless it holds what would break the line."""
    return path if path and path.isprintable() else quoted(path)


def _status(path: str) -> os.stat_result | None:
    """What ``path`` leads to, links followed; None where there is nothing yet."""
    try:
        return Path(path).stat() if path else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError([f"{shown(path)}: {reason(error)}"]) from None


def _replace(path: str, data: bytes, before: os.stat_result | None) -> None:
    """Write beside the file that ``path`` leads to, and move into its place."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".coopfin-{secrets.token_hex(8)}")
    try:
        # A new file gets the rights that the system gives to new files.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            if before is not None:
                with suppress(OSError):
                    os.chown(beside, before.st_uid, before.st_gid)
                beside.chmod(stat.S_IMODE(before.st_mode))
            _send(handle, data)
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)
        beside.replace(target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if before is None or not isinstance(error, OSError) or error.errno not in NOT_REPLACED:
            raise
        _over(path, data)


def _over(path: str, data: bytes) -> None:
    """Write over a file in its place; where that fails, what was there comes back."""
    with Path(path).open("rb+", buffering=0) as file:
        before = file.read()
        try:
            file.seek(0)
            _send(file.fileno(), data)
            file.truncate(len(data))
        except BaseException:
            file.seek(0)
            _send(file.fileno(), before)
            file.truncate(len(before))
            raise


def _into(path: str, data: bytes) -> None:
    """Write into a pipe or a device."""
    handle = os.open(path, os.O_WRONLY)
    try:
        _send(handle, data)
    finally:
        os.close(handle)


def _send(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
