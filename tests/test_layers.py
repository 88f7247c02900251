"""What may import what, as facts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "coopfin").rglob("*.py")
    if "ui" not in path.parts and path.stem != "__main__"
)
SCREEN = ("streamlit", "altair")


def fresh(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize("module", CORE)
def test_a_core_module_needs_no_screen(module: str) -> None:
    blocked = "; ".join(f"sys.modules[{name!r}] = None" for name in (*SCREEN, "pandas"))
    fresh(f"import sys; {blocked}; import {module}")


def test_the_package_loads_numpy_and_nothing_heavier() -> None:
    loaded = fresh("import sys, coopfin; print(*sorted({name.partition('.')[0] for name in sys.modules}))").split()
    outside = set(loaded) - set(sys.stdlib_module_names) - {"coopfin", "numpy", "numpy_financial"}
    assert {name for name in outside if not name.startswith(("_", "sitecustomize", "usercustomize"))} == set()


def test_pages_are_thin() -> None:
    for path in [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) < 80, path.name
