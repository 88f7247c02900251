"""All that the members' page keeps for one session, as one typed record, so that it can be forgotten: names are in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

import streamlit as st

from coopfin.members.classes import Members
from coopfin.members.ledger import Ledger as Understood
from coopfin.ui.members.served import Shelf
from coopfin.ui.session.background import Job

Made = TypeVar("Made")
PLACE = "members"


@dataclass(frozen=True)
class Ledger:
    """A ledger in use; ``key`` is the fingerprint of its content, ``title`` what people call it."""

    key: str
    title: str
    members: Members
    shares: dict[str, Decimal] = field(default_factory=dict)
    sample: bool = True


@dataclass(frozen=True)
class Upload:
    """A file that was dropped, and what was said about how to read it."""

    name: str
    data: bytes
    read_as: dict[str, str] = field(default_factory=dict)
    encoding: str | None = None
    alike: bool = False


@dataclass(frozen=True)
class Frame:
    """What is told of the firm and the year of an own ledger; None and empty: not told. Money in the smallest unit.

    ``sources`` says where a number came from, by what it is: pool, cash, keeps, share.
    """

    pool: int
    cash_share: Decimal
    cooperative: str = ""
    year: str = ""
    currency: str = ""
    decimals: int = 2
    minimum: int = 0
    redemption_years: int | None = None
    take_rate: float | None = None
    elsewhere_rate: float | None = None
    member_share: int | None = None
    class_name: str = ""
    earning: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Own:
    """An own ledger in use: the file it came from, how it was understood, and what was told besides."""

    upload: Upload
    understood: Understood
    ledger: Ledger
    frame: Frame


@dataclass
class Kept:
    """What the page keeps. ``upload``: a file not used yet; ``told``: the form as it was last filled in, right or wrong.

    ``read_as`` remembers which column is which, by the headers of a file. ``results``: what was worked out last.
    ``asked``: of which reading of a file the form shows what the file itself tells.
    """

    upload: Upload | None = None
    own: Own | None = None
    refused: tuple[str, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)
    read_as: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    class_tables: dict[str, Any] = field(default_factory=dict)
    results: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)
    jobs: dict[str, tuple[Hashable, Job]] = field(default_factory=dict)
    uploads: int = 0
    asked: Hashable = None


def kept() -> Kept:
    """What this session keeps."""
    record: Kept = st.session_state.setdefault(PLACE, Kept())
    return record


def remember(what: str, key: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` gives for ``key``, made once; of each ``what`` only the last is kept."""
    results = kept().results
    if what not in results or results[what][0] != key:
        results[what] = key, make()
    made: Made = results[what][1]
    return made


def last(what: str) -> object:
    """What was remembered last, None if nothing."""
    return kept().results.get(what, (None, None))[1]


def forget() -> None:
    """Forget it all: what was read, what was worked out, and every file that was made, at its address too."""
    record = kept()
    record.shelf.close()
    for _, job in record.jobs.values():
        job.cancel()
    st.session_state[PLACE] = Kept(uploads=record.uploads + 1)
    for key in [each for each in st.session_state if isinstance(each, str) and each.startswith(OF_NAMES)]:
        del st.session_state[key]


# Widgets of the page in which a name of the ledger may stand.
OF_NAMES = (
    "members-sought", "members-row", "members-whose", "all-sought", "all-page", "classes-", "table-", "earning-", "own-",
    "read-as-", "members-cap",
)  # fmt: skip
