"""``python -m coopfin.serving``: the app for a hall, as one process or several behind nginx."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from coopfin.serving.supervisor import Supervisor


def main(arguments: list[str] | None = None) -> int:
    """Run until a signal comes; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m coopfin.serving",
        description="Serve the app to a hall. SIGTERM and Ctrl-C stop it; SIGHUP starts its processes anew, one after the other.",
    )
    parser.add_argument("--replicas", type=_count, default=1, metavar="N", help="processes; more than one need nginx (default 1)")
    parser.add_argument("--host", default="localhost", help="whom it answers: localhost, or 0.0.0.0 for everybody")
    parser.add_argument("--port", type=_count, default=8501, help="where (default 8501)")
    parser.add_argument(
        "--memory", type=_count, default=2000, metavar="MB", help="a process that holds more is started anew (default 2000)"
    )
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="coopfin-") as run:
        try:
            return Supervisor(chosen.replicas, chosen.host, chosen.port, chosen.memory, Path(run)).run()
        except FileNotFoundError as missing:
            print(missing, file=sys.stderr)
            return 2


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r}: a whole number from 1 to 65,535 is needed")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
