"""One call in a process of its own: ``python -m coopfin.ui.session.worker``, started by ``background``.

The call comes pickled on standard input from the process that started this one; what there is to tell goes back
pickled on standard output: how far it is, and at the end what it gave or why it was refused.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from coopfin.engine.declaration import AssumptionError

PROGRESS, DONE, REFUSED = "progress", "done", "refused"


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read a call, work it out, tell how it goes."""
    with suppress(AttributeError, OSError):  # not every system knows it
        os.nice(10)  # the pages of everybody else come first
    call, question = pickle.load(source)

    def tell(kind: str, content: Any) -> None:
        pickle.dump((kind, content), target)
        target.flush()

    try:
        tell(DONE, call(question, lambda share: tell(PROGRESS, share)))
    except AssumptionError as error:
        tell(REFUSED, error)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
