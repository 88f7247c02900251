"""The general page: the answer, the table, where the money goes, what could go wrong, what was changed, and the notes."""

from __future__ import annotations

from coopfin.display import bars
from coopfin.display.hundred import USES
from coopfin.display.moving import WIDTH as WIDE
from coopfin.display.sentence import sentence
from coopfin.report import parts, risk
from coopfin.report.material import Material
from coopfin.report.paper import LINE, SECTION, SLACK, lines, listed, listing, room
from coopfin.report.risk import FEW

KICKER = "Traditional marketplace and platform cooperative, side by side"
WIDTH = 65  # signs in a line of a column
MENDED = 9  # lines at most for what would mend it
NOTED = 14  # and for notes


def general(material: Material, paper: str) -> str:
    """The page between head and foot. What does not fit is counted, and said where it stands."""
    spoken, firms = sentence(material.view, material.wording), len(material.firms)
    decide = risk.decisive(material)
    mending, changes, notes = list(risk.mending(material)), parts.changed(material), parts.notes(material)
    titles = SECTION * (1 + bool(mending) + bool(changes) + bool(notes)) + 3 * LINE
    fixed = _picture(material) + _risks(material) + listing(decide, WIDTH) + titles
    space = int((2 * (room(paper) - _answer(spoken) - _table(material) - SLACK) - fixed) / LINE)
    mended, taken = listed(mending, max(1, min(MENDED, space // 2)), WIDTH, "in the app under “What would it take?”")
    space -= taken
    noted, taken = listed(notes, max(1, min(space // 2 if changes else space, NOTED)), WIDTH, "in the scenario file")
    space -= taken
    told, taken = listed(changes, max(1, space), WIDTH, "in the scenario file and under the link")
    main, _ = listed(parts.main(material), max(0, space - taken), WIDTH, "in the scenario file")
    title = f"What was changed ({len(changes)} {'assumption' if len(changes) == 1 else 'assumptions'})"
    return (
        parts.answer(spoken)
        + f'<div class="{"few" if firms <= FEW else "many"}">{parts.table(material)}'
        + '<div class="columns">'
        + parts.section("Where every 100 of sales goes", parts.picture(material), "picture")
        + parts.section("What could go wrong", risk.lowest(material, material.firms) + risk.likely(material))
        + parts.section("What would mend it", mended.html)
        + parts.section("Three assumptions decide it", parts.items(decide))
        + parts.section(title, told.html)
        + parts.section("Decisions and notes" if material.decided else "Notes", noted.html)
        + parts.section("What was assumed", main.html + parts.assumed(material))
        + "</div></div>"
    )


# How high the parts become, in millimetres; tests print them.


def _answer(spoken: str) -> float:
    return 6 + 5.9 * lines(spoken, 74)


def _table(material: Material) -> float:
    firms = len(material.firms)
    if firms <= FEW:
        return 5.5 + 3.9 * max(lines(name, 26) for name in material.firms) + 8 * 6.0 + 3 * 3.2
    return 6 + 3.0 * max(lines(name, 12) for name in material.firms) + 8 * 7.4 + 3 * 5.4


def _picture(material: Material) -> float:
    firms = len(material.firms)
    used = sum(any(parts and parts.uses[use] for parts in bars.splits(material.view)) for use in USES)
    width = 89 if firms <= FEW else 58
    return SECTION + width * (parts.BARS + 40 * max(2, firms)) / WIDE + 3.5 * (used + 1)


def _risks(material: Material) -> float:
    if len(material.firms) > FEW:
        return SECTION + 1.5 * LINE * len(material.firms) + 3 * LINE
    return SECTION + 5 + sum(1.2 + 3.3 * max(2, lines(name, 22)) for name in material.firms) + 3 * LINE
