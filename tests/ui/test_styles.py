"""Style sheets are whole: an open brace would take every later rule into a rule for small screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import coopfin

SHEETS = sorted(Path(coopfin.__file__).parent.rglob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_rule_is_closed_and_every_condition_stands_outside(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), sheet.read_text(encoding="utf-8"), flags=re.S)
    depth = 0
    for at in re.finditer(r"@media|@container|\{|\}", text):
        where = f"line {text[: at.start()].count(chr(10)) + 1}"
        assert at[0] in "{}" or depth == 0, f"{where}: {at[0]} inside another rule"
        depth += {"{": 1, "}": -1}.get(at[0], 0)
        assert depth in (0, 1, 2), f"{where}: {depth} open braces"
    assert depth == 0
