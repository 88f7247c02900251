"""The commands: ``python -m coopfin compare SCENARIO.csv``, and so ``project``, ``allocate`` and ``simulate``."""

from __future__ import annotations

import signal
import sys

DONE, REFUSED, INTERRUPTED, NOBODY_READS, TOLD_TO_END = 0, 2, 130, 141, 143


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 2 with one line per mistake on standard error.

    An interruption ends in one line and 130, a closed pipe in silence; neither leaves half a file.
    """
    try:
        # Loaded here, so that an interruption while it loads is told like any other.
        from coopfin.commands.run import run

        return run(arguments)
    except KeyboardInterrupt:
        _tell("coopfin: interrupted")
        return INTERRUPTED
    except MemoryError:
        _tell("coopfin: there is not enough memory for this; ask for less, or close other programs")
        return REFUSED
    except BrokenPipeError:
        return NOBODY_READS


def _tell(message: str) -> None:
    if sys.stderr is not None:
        print(message, file=sys.stderr)


if __name__ == "__main__":
    # Told to end, a command cleans up as when it is interrupted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TOLD_TO_END))
    sys.exit(main())
