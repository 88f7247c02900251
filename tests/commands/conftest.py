"""Commands, run as a user runs them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs a command in a process of its own."""

    def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "coopfin", *map(str, arguments)]
        return subprocess.run(command, **{"cwd": ROOT, "capture_output": True, "check": False, "timeout": 120, **options})

    return run


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario file that may be spoilt."""
    path = tmp_path / "scenario.csv"
    path.write_bytes((ROOT / "sample_data/presets/blank.csv").read_bytes())
    return path
