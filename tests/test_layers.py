"""What may import what, as facts."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import coopfin

ROOT = Path(__file__).parents[1]
CORE = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "coopfin").rglob("*.py")
    if not {"ui", "serving"} & set(path.parts) and path.stem != "__main__"
)
SCREEN = ("streamlit", "altair")


def fresh(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout


def test_no_core_module_needs_a_screen() -> None:
    blocked = "; ".join(f"sys.modules[{name!r}] = None" for name in (*SCREEN, "pandas"))
    fresh(f"import sys; from importlib import import_module; {blocked}; [import_module(name) for name in {CORE!r}]")


# The floors of the house, the ground first: a room knows those below it.
FLOORS = (
    "reading", "engine", "capital", "comparison", "display", "members", "uncertainty", "evidence", "export", "workbook", "report",
    "commands", "serving", "rooms", "ui",
)  # fmt: skip


def rooms_known_to(path: Path) -> set[str]:
    """The rooms whose modules a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("coopfin."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("coopfin.")}
    return found


@pytest.mark.parametrize("room", FLOORS)
def test_no_import_runs_upwards(room: str) -> None:
    above = set(FLOORS[FLOORS.index(room) + 1 :])
    for path in (ROOT / "coopfin" / room).rglob("*.py"):
        assert not rooms_known_to(path) & above, path


def test_every_folder_is_a_floor() -> None:
    folders = {path.parent.name for path in (ROOT / "coopfin").glob("*/__init__.py")}
    assert folders == set(FLOORS)


def loaded_by(code: str) -> set[str]:
    """The modules that some code loads, beside those of a fresh interpreter."""
    return set(fresh(f"import sys; before = set(sys.modules); {code}; print(*sorted(set(sys.modules) - before))").split())


def test_importing_the_package_loads_next_to_nothing() -> None:
    loaded = loaded_by("import coopfin")
    assert {name for name in loaded if name.startswith("coopfin")} == {"coopfin"}
    assert {name.partition(".")[0] for name in loaded} <= {"coopfin", *sys.stdlib_module_names}
    assert len(loaded) < 20


def test_projecting_loads_numpy_and_nothing_heavier() -> None:
    loaded = {name.partition(".")[0] for name in loaded_by("import coopfin; coopfin.project(coopfin.Assumptions())")}
    outside = loaded - set(sys.stdlib_module_names) - {"coopfin", "numpy"}
    assert {name for name in outside if not name.startswith(("_", "sitecustomize", "usercustomize"))} == set()


def test_the_stub_names_what_is_public() -> None:
    found: dict[str, str] = {}
    for node in ast.parse((ROOT / "coopfin/__init__.pyi").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            found |= {str(name.asname): str(node.module) for name in node.names}
    assert found == coopfin._HOMES
    assert sorted(found) == coopfin.__all__


@pytest.mark.parametrize("name", coopfin.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(coopfin, name) is getattr(import_module(coopfin._HOMES[name]), name)
    assert name in dir(coopfin)


def test_a_name_that_is_not_public_is_told() -> None:
    with pytest.raises(AttributeError, match="module 'coopfin' has no attribute 'prject'"):
        coopfin.prject  # noqa: B018


@pytest.mark.parametrize("module", [name for name in CORE if name.startswith("coopfin.reading")])
def test_what_is_read_knows_nothing_of_the_model(module: str) -> None:
    assert not {name for name in loaded_by(f"import {module}") if name.startswith("coopfin.") and ".reading" not in name}


def test_pages_are_thin() -> None:
    for path in [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) < 80, path.name
