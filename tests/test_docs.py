"""The guides for facilitators: what they name exists, what they promise happens, and no result is printed to go stale."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from coopfin import ASSUMPTIONS, MEASURES, compare
from coopfin.evidence.method import TERM, entries
from coopfin.ui.method import explained
from coopfin.ui.session import presets
from coopfin.ui.shell import navigation, rows
from docs.screenshots import FOLDER, PICTURES

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/facilitators.md").read_text(encoding="utf-8")
HANDOUT = (ROOT / "docs/handout.md").read_text(encoding="utf-8")
PRESETS = {presets.words(key).title: key for key in presets.names()}
MOVES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.split("## Moves that work")[1].split("## ")[0].splitlines()
    if line.startswith("|") and not line.startswith(("|--", "| open"))
]
# What stands on the screen outside the declarations, with the file that draws it.
ON_SCREEN = {
    "Reset all": "coopfin/ui/shell/changed.py",
    "Keep as a plan": "coopfin/ui/plans/keep.py",
    "Where 100 goes": "coopfin/ui/desk/pictures.py",
    "Stage": "coopfin/ui/desk/tools.py",
    "The scenario": "coopfin/ui/parts/downloads.py",
    "Undo": "coopfin/ui/shell/navigation.py",
    **dict.fromkeys(("Open a room", "Each one says for whom", "Roles are drawn"), "coopfin/ui/room/opening.py"),
    **dict.fromkeys(("Ready ones", "From a file"), "coopfin/ui/room/asking.py"),
    **dict.fromkeys(("Open the question", "Close it", "Show the answers", "Ballots on paper"), "coopfin/ui/room/turn.py"),
    **dict.fromkeys(("One member, one vote", "One share, one vote"), "coopfin/rooms/count.py"),
    **dict.fromkeys(("Record", "End"), "coopfin/ui/room/door.py"),
    "Take it over": "coopfin/ui/room/decide.py",
    "A page for anybody": "coopfin/ui/desk/handover.py",
    "A page for a lender": "coopfin/ui/desk/handover.py",
    "A page for members": "coopfin/ui/desk/handover.py",
    "What would it take?": "pages/years.py",
}


def test_every_name_in_the_guide_is_on_the_screen() -> None:
    known = {*navigation.PAGES.values(), *PRESETS, *explained.TITLES.values(), *rows.GROUPS}
    known |= {each.label for each in (*ASSUMPTIONS.values(), *MEASURES.values())}
    for name, path in ON_SCREEN.items():
        assert re.search(rf'[">]{re.escape(name)}["<]', (ROOT / path).read_text(encoding="utf-8")), name
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", GUIDE))
    assert len(named) > 10
    assert named <= known | set(ON_SCREEN)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move[0]}: {move[1]}, {move[4]}")
def test_a_move_does_what_the_guide_says(move: list[str]) -> None:
    preset, lever, value, question, measure, direction = move
    assert question.endswith("?")
    label, who = lever.rsplit(", ", 1)
    looked_at, firm = measure.rsplit(", ", 1)
    assumption = next(each for each in ASSUMPTIONS.values() if each.label == label)
    to = float(value.removesuffix(" %")) / (100 if value.endswith("%") else 1)
    before = presets.load(PRESETS[preset]).scenario.enterprises
    assert who == "both" or not assumption.shared
    after = {name: replace(a, **{assumption.name: to}) if who in (name, "both") else a for name, a in before.items()}
    name = next(each.name for each in MEASURES.values() if each.label == looked_at)
    change = compare(after)[name].values[firm] - compare(before)[name].values[firm]
    assert change > 0 if direction == "rises" else change < 0
    assert direction in ("rises", "falls")


def test_the_minutes_of_a_run_sheet_add_up() -> None:
    sheets = re.findall(r"^## (\d+) minutes.*?(?=^## )", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert sheets == ["20", "20", "45", "90"]
    for sheet in sheets:
        text = GUIDE.split(f"## {sheet} minutes")[1].split("\n## ")[0]
        assert sum(int(minutes) for minutes in re.findall(r"^\| (\d+) \|", text, flags=re.MULTILINE)) == int(sheet)


def test_no_result_is_printed_that_could_go_stale() -> None:
    talk = GUIDE.split("## Moves that work")[0] + "## Questions" + GUIDE.split("## Questions")[1]
    talk = re.sub(r"^\| \d+ \|", "", talk, flags=re.MULTILINE)
    for known in ("20, 45 and 90 minutes", "## 20 minutes", "## 45 minutes", "## 90 minutes", "*Where 100 goes*", "HOST=0.0.0.0"):
        assert known in talk
        talk = talk.replace(known, "")
    talk = talk.replace("in year 1", "").replace("Growth in year 1", "")
    assert re.findall(r"\d", talk) == []
    assert re.findall(r"\d", HANDOUT) == []


def test_the_words_of_the_handout_are_those_of_the_glossary() -> None:
    terms = {each.heading: each.text for each in entries().values() if each.kind == TERM}
    told = re.findall(r"^- \*\*(.+?)\.\*\* (.+)$", HANDOUT, flags=re.MULTILINE)
    assert len(told) >= 5
    assert all(terms[heading] == text for heading, text in told)


def test_every_picture_is_taken_by_the_script() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for image in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / image).resolve().parent == FOLDER.resolve()
            assert Path(image).stem in PICTURES
            assert (path.parent / image).is_file()
    assert {path.stem for path in FOLDER.glob("*.png")} == set(PICTURES)


def test_links_between_the_guides_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)", prose):
            assert target.startswith("http") or (path.parent / target).exists(), target
