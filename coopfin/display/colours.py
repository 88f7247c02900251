"""The colours, in one place: two firms, and the people money goes to. Everywhere the same, light and dark."""

from __future__ import annotations

from collections.abc import Sequence

# Traditional marketplace, platform cooperative, and what else a scenario compares.
FIRMS = ("#D9730D", "#0E9384", "#8E22F4", "#C9165B", "#5D629B", "#D460FC", "#AB6D3A")
SHAPES = ("circle", "square", "triangle", "bar", "cross", "drop", "down")  # of a firm's thumb; a square stands on its corner
DASHES = ((1, 0), (6, 3), (2, 2), (8, 2, 2, 2), (10, 3), (4, 2, 1, 2), (1, 3))

# By use of the money; greys for what the business itself costs.
USES = {
    "providers": "#2B6CB0",
    "members": "#78B0E4",
    "founders": "#C9A227",
    "service": "#A3AEB9",
    "running": "#6B7885",
    "building": "#525E6A",
    "investors": "#B65FD9",
    "state": "#2F343B",
    "community": "#A81E5E",
    "common": "#B7C68B",
    "firm": "#8C5A3C",
}
# By who votes: the holders of shares, and the classes of members, the largest first; beyond the last they repeat.
HOLDERS = {
    "providers": "#2B6CB0",
    "founders": "#C9A227",
    "staff": "#525E6A",
    "round 1": "#F3CBE6",
    "round 2": "#D983B4",
    "round 3": "#B65FD9",
    "round 4": "#6A1B5E",
    "paper 1": "#9048FC",
    "paper 2": "#480090",
}
CLASSES = ("#2B6CB0", "#78B0E4", "#8C5A3C", "#B8C4A0", "#16302A")
# Low and high end of an assumption's range in a tornado; all that is left to know of an assumption, and it by itself.
ENDS = ("#8C8FA3", "#7556C2")

# On the map: second firm ahead, first ahead, second out of cash, first out of cash, both; the same in both; no value.
PLACES = (FIRMS[1], FIRMS[0], "#4B3F72", "#CDBFD9", "#2B2F36", "#F2E6B8", "#FFFFFF00")

# By how capital came in.
INSTRUMENTS = {
    "equity": "#B65FD9",
    "loan": "#7C8CAA",
    "note": "#C11972",
    "preferred": "#988D6B",
    "member_shares": "#18A841",
    "grants": "#B05A14",
}
# The page behind everything, as the theme has it.
PAGES = {"light": "#FFFFFF", "dark": "#12171B"}
INK, PAPER = "#14181C", "#FFFFFF"


def firm_class(column: int) -> str:
    """The style class of an enterprise, by its column in the scenario; beyond the last colour they repeat."""
    return f"firm firm-{column % len(FIRMS)}"


def shades(marks: Sequence[int]) -> list[str]:
    """The colours of firms by their marks."""
    return [FIRMS[mark % len(FIRMS)] for mark in marks]


def dashes(marks: Sequence[int]) -> list[tuple[int, ...]]:
    """The strokes of firms' lines by their marks."""
    return [DASHES[mark % len(DASHES)] for mark in marks]


def arranged(marks: Sequence[int]) -> str:
    """What the style sheet of all pages needs besides where the columns are not those of a preset in their order."""
    if all(mark == column for column, mark in enumerate(marks)):
        return ""
    return f"<style>\n{''.join(_firm(column, mark) for column, mark in enumerate(marks))}</style>"


def _firm(column: int, mark: int) -> str:
    """How the firm of a column looks: its colour, and in a table a dot, which of the cooperative stands on its corner."""
    shade = FIRMS[mark % len(FIRMS)]
    square = SHAPES[mark % len(SHAPES)] == "square"
    turned = "--turn: 45deg; --round: .1em; --size: .85" if square else "--turn: 0deg; --round: 50%; --size: 1"
    return (
        f".firm-{column} {{ --dot: {shade}; {turned}; }} .line-{column}, .ghost-{column} {{ stroke: {shade}; }} "
        f"path.line-{column} {{ fill: {shade}; }} i.line-{column} {{ background: {shade}; }}\n"
    )


def holder_class(holder: str) -> str:
    """The style class of a holder of shares."""
    return f"holder-{holder.replace(' ', '-')}"


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def text_on(colour: str) -> str:
    """Black or white, whichever is easier to read on ``colour``."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def rules() -> str:
    """The style rules of firms and uses, for a page or a sheet of paper."""
    firms = "".join(_firm(column, column) for column in range(len(FIRMS)))
    uses = "".join(
        f".use-{use} {{ background: {colour}; color: {text_on(colour)}; }} rect.use-{use} {{ fill: {colour}; }} "
        f"svg.desk-picture text.on-{use} {{ fill: {text_on(colour)}; stroke: {colour}; }}\n"
        for use, colour in USES.items()
    )
    return firms + uses
