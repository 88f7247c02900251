"""Where every 100 of sales goes: a bar for each firm, the baseline thin under it, and every part with its number."""

from __future__ import annotations

from html import escape

from coopfin.display import colours, words
from coopfin.display.hundred import TENTHS, USES, Hundred, tenths
from coopfin.display.moving import SHAPES, WIDTH, Moving
from coopfin.display.nouns import Words
from coopfin.display.view import PAIR, Firm, View

TALL, FLAT = 128.0, 40.0  # two firms' bars together
HEAD, GHOST, GAP = 20.0, 6.0, 12.0  # the line above a bar, the baseline under it
LONGEST = 23  # signs of a name beside what is said of the bar
ROOM, MANY_ROOM = 26.0, 38.0  # how wide a part must be to hold its number; beside a wide table letters are larger


def splits(view: View) -> list[Hundred | None]:
    """The split of every firm."""
    return [firm.hundred for firm in view]


def axis(*views: View) -> float:
    """What the whole width means: the longest bar of these views."""
    return float(max([TENTHS, *(parts.length for view in views for parts in splits(view) if parts)]))


def moving(view: View, whole: float) -> Moving:
    """Where every part stands, and its number; ``whole`` is what the width means."""
    places: dict[str, str] = {}
    marks: dict[str, dict[str, str]] = {}
    told = splits(view)
    for column, (firm, parts) in enumerate(zip(view, told, strict=True)):
        for use, x, width in _along(parts, whole):
            part = parts.uses[use] if parts else 0
            marks[f"bar-{column}-{use}"] = {"x": f"{x:.1f}", "width": f"{width:.1f}"}
            marks[f"label-{column}-{use}"] = {"x": f"{x + width / 2:.1f}"}
            places[f"label-{column}-{use}"] = tenths(part) if width > (ROOM if len(view) <= PAIR else MANY_ROOM) else ""
            places[f"value-{column}-{use}"] = tenths(part) if part else "–"
        length = parts.length / whole * WIDTH if parts else 0.0
        marks[f"dry-{column}"] = {"width": "0" if firm.lives else f"{length:.1f}"}
        places[f"beside-{column}"] = covered(firm) or _elsewhere(parts)
    for use in USES:
        marks[f"key-{use}"] = {"class": "" if any(parts and parts.uses[use] for parts in told) else "none"}
    return Moving(places, marks)


def covered(firm: Firm) -> str:
    """Said of what a firm that runs dry would have paid."""
    return "" if firm.lives else f"if someone covers {words.amount(firm['funding_gap'])}"


def picture(view: View, base: View, wording: Words, together: float) -> str:
    """The bars of all firms on one axis, and what the colours mean."""
    whole = axis(view, base)
    now, bar = moving(view, whole), together / max(2, len(view))
    step = HEAD + bar + GHOST + GAP
    rows = "".join(
        _firm(column, firm, base_parts, whole, now, (column * step, bar), wording)
        for column, (firm, base_parts) in enumerate(zip(view, splits(base), strict=True))
    )
    height = len(view) * step - GAP + 1
    return (
        f'<figure class="picture"><svg class="desk-picture hundred{many(view)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'role="img" aria-label="{escape(_spoken(view, wording))}">{DRY}{rows}</svg>{_key(view, now, wording)}</figure>'
    )


# What a firm that runs dry would have paid is hatched.
DRY = (
    '<defs><pattern id="dry" patternUnits="userSpaceOnUse" width="9" height="9" patternTransform="rotate(45)">'
    '<rect width="4" height="9" class="hatch"></rect></pattern></defs>'
)


def _along(parts: Hundred | None, whole: float) -> list[tuple[str, float, float]]:
    """Every use with where its part of the bar begins and how wide it is."""
    found, x = [], 0.0
    for use in USES:
        width = max(0.0, (parts.uses[use] if parts else 0) / whole * WIDTH)
        found.append((use, x, width))
        x += width
    return found


def _elsewhere(parts: Hundred | None) -> str:
    beyond = sum(parts.sources.values()) - parts.sources.get("from buyers", TENTHS) if parts else 0
    return f"{tenths(beyond)} of it not from buyers" if beyond else ""


def many(view: View) -> str:
    """The class of a picture of more than two firms: it stands beside a wide table, with larger letters."""
    return " many" if len(view) > PAIR else ""


def _firm(
    column: int, firm: Firm, base: Hundred | None, whole: float, now: Moving, where: tuple[float, float], wording: Words
) -> str:
    y, bar = where
    top = y + HEAD
    kind = column % len(SHAPES)
    drawn = [
        f'<path d="{SHAPES[firm.mark % len(SHAPES)]}" class="line-{kind}" transform="translate(6,{y + 9.5:.1f})"/>'
        f'<text x="17" y="{y + 14:.0f}" class="name">{escape(words.shortened(words.firm(firm.name), LONGEST))}</text>'
        f'<text x="{WIDTH:.0f}" y="{y + 14:.0f}" class="source" data-live="beside-{column}">'
        f"{escape(now.places[f'beside-{column}'])}</text>"
    ]
    labels = []
    for use, x, width in _along(base, whole):
        box, label = now.marks[f"bar-{column}-{use}"], now.marks[f"label-{column}-{use}"]
        drawn.append(
            f'<rect data-live="bar-{column}-{use}" x="{box["x"]}" width="{box["width"]}" y="{top:.1f}" height="{bar:.1f}" '
            f'class="use-{use}"><title>{escape(name(use, wording))}</title></rect>'
            f'<rect x="{x:.1f}" width="{width:.1f}" y="{top + bar + 1:.1f}" height="{GHOST - 1:.0f}" '
            f'class="ghost use-{use}"></rect>'
        )
        labels.append(
            f'<text data-live="label-{column}-{use}" x="{label["x"]}" y="{top + bar / 2 + 4.5:.1f}" class="part on-{use}">'
            f"{now.places[f'label-{column}-{use}']}</text>"
        )
    dry = now.marks[f"dry-{column}"]["width"]
    drawn.append(f'<rect data-live="dry-{column}" x="0" width="{dry}" y="{top:.1f}" height="{bar:.1f}" class="dry"></rect>')
    return "".join((*drawn, *labels))  # numbers stand before the hatching


def _key(view: View, now: Moving, wording: Words) -> str:
    """What the colours mean, with every firm's number, the small ones too."""
    heads = "".join(
        f'<th scope="col" class="{colours.firm_class(column)}"><span>&nbsp;'
        f'<b class="hidden">{escape(words.firm(firm.name))}</b></span></th>'
        for column, firm in enumerate(view)
    )
    rows = "".join(
        f'<tr data-live="key-{use}" class="{now.marks[f"key-{use}"]["class"]}"><th scope="row"><i class="chip use-{use}"></i>'
        f"{escape(name(use, wording))}</th>{''.join(_value(column, use, now) for column in range(len(view)))}</tr>"
        for use in USES
    )
    return (
        f'<table class="hundred-key"><caption>of every 100 of sales; thin: the baseline</caption><thead><tr><td></td>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _value(column: int, use: str, now: Moving) -> str:
    return f'<td data-live="value-{column}-{use}">{now.places[f"value-{column}-{use}"]}</td>'


def name(use: str, wording: Words) -> str:
    """To whom it goes, in the words of the preset."""
    return USES[use].format(providers=wording.providers)


def _spoken(view: View, wording: Words) -> str:
    told = []
    for firm, parts in zip(view, splits(view), strict=True):
        if parts:
            uses = ", ".join(f"{name(use, wording)} {tenths(part)}" for use, part in parts.uses.items() if part)
            told.append(" ".join(filter(None, (f"{words.firm(firm.name)}, of every 100 of sales: {uses}", covered(firm)))))
    return ". ".join(told)
