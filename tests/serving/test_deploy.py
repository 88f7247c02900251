"""What lies in ``deploy/`` and the Containerfile names files, options and variables that are there."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path

import pytest
from browser import ROOT

from coopfin.serving import __main__ as serving, proxy

DEPLOY = ROOT / "deploy"
CONTAINER = (ROOT / "Containerfile").read_text().splitlines()
INSTRUCTIONS = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "CMD"}


def started(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> tuple[int, str, int]:
    """How many processes, where: what a command line of ours asks for."""
    asked: list[tuple[int, str, int]] = []

    class Asked:
        def __init__(self, replicas: int, host: str, port: int, memory: int, run: Path) -> None:
            asked.append((replicas, host, port))

        def run(self) -> int:
            return 0

    monkeypatch.setattr(serving, "Supervisor", Asked)
    assert command[1:3] == ["-m", "coopfin.serving"]
    assert serving.main(command[3:]) == 0
    return asked[0]


def test_the_unit_starts_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "coopfin.service")
    service = unit["Service"]
    assert started(monkeypatch, shlex.split(service["ExecStart"])) == (3, "127.0.0.1", 8501)
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert set(unit.sections()) == {"Unit", "Service", "Install"}


def test_the_container_copies_and_starts_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [line.split(" ", 1) for line in CONTAINER if line]
    assert {name for name, _ in steps} <= INSTRUCTIONS
    assert [name for name, _ in steps if name == "FROM"] == ["FROM"]
    for name, rest in steps:
        if name == "COPY":
            *sources, _ = rest.split()
            assert all((ROOT / source).exists() for source in sources)
    (command,) = [json.loads(rest) for name, rest in steps if name == "CMD"]
    assert started(monkeypatch, command) == (1, "0.0.0.0", 8501)
    (check,) = [json.loads(rest.removeprefix("CMD ")) for name, rest in steps if name == "HEALTHCHECK"]
    compile(check[2], "HEALTHCHECK", "exec")
    users = [at for at, (name, _) in enumerate(steps) if name == "USER"]
    assert users and users[0] < len(steps) - 1 and steps[users[0]][1] != "root"


def test_what_is_left_out_of_the_image_is_not_needed_to_run_it() -> None:
    left_out = set((ROOT / ".containerignore").read_text().split())
    assert not left_out & {"coopfin", "pages", "app.py", "serve.py", "sample_data", "requirements.txt", ".streamlit", "deploy"}


def test_every_variable_in_the_guide_is_read_somewhere() -> None:
    guide = (DEPLOY / "README.md").read_text()
    sources = "\n".join(path.read_text() for path in (ROOT / "coopfin").rglob("*.py"))
    named = set(re.findall(r"`([A-Z][A-Z_]{6,})`", guide))
    assert {"COOPFIN_HOSTS", "COOPFIN_ROOMS", "STREAMLIT_SERVER_COOKIE_SECRET"} <= named
    assert all(f'"{each}"' in sources for each in named)
    read = set(re.findall(r'"(COOPFIN_[A-Z_]+)"', sources))
    assert read <= named


def test_the_template_is_filled_in_whole(tmp_path: Path) -> None:
    filled = proxy.configuration("127.0.0.1:1", [2, 3], tmp_path)
    assert "@" not in filled
    assert filled.count("server 127.0.0.1:2 ") == filled.count("server 127.0.0.1:3 ") == 2
