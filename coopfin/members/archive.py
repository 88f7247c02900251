"""A ZIP of many small files that begin alike: what they share is compressed once, which a common writer does each time.

Each file is one deflate stream: the shared beginning ends at a whole byte, and what follows never looks back into it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

LEVEL = 1
WINDOW, MEMORY = -13, 5  # a letter is small, and a larger memory has to be cleared for each
DATE = 1 << 5 | 1  # 1 January 1980: the same files give the same bytes
UTF_8_NAMES, DEFLATED, MODE = 0x800, 8, 0o100644 << 16
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
MANY = 0xFFFF


def write_archive(begin: bytes, files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of ``files``, by name what comes after the ``begin`` that all of them share. Up to 4 GB."""
    start = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY)
    shared = start.compress(begin) + start.flush(zlib.Z_SYNC_FLUSH)
    checked = zlib.crc32(begin)
    out, central, count = bytearray(), bytearray(), 0
    for title, rest in files:
        name, place = title.encode(), len(out)
        own = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY)
        packed = own.compress(rest) + own.flush()
        sizes = zlib.crc32(rest, checked), len(shared) + len(packed), len(begin) + len(rest)
        about = struct.pack("<HHHHHIIIHH", 20, UTF_8_NAMES, DEFLATED, 0, DATE, *sizes, len(name), 0)
        out += LOCAL + about + name + shared + packed
        central += CENTRAL + struct.pack("<H", 3 << 8 | 20) + about + struct.pack("<HHHII", 0, 0, 0, MODE, place) + name
        count += 1
    return bytes(out) + bytes(central) + _end(count, len(central), len(out))


def _end(count: int, size: int, place: int) -> bytes:
    """The end of the directory; with more than 65,534 files its larger form too."""
    if count < MANY:
        return END + struct.pack("<HHHHIIH", 0, 0, count, count, size, place, 0)
    large = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 3 << 8 | 45, 45, 0, 0, count, count, size, place)
    where = b"PK\x06\x07" + struct.pack("<IQI", 0, place + size, 1)
    return large + where + END + struct.pack("<HHHHIIH", 0, 0, MANY, MANY, size, place, 0)
