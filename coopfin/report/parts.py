"""The parts that every page is put together from: head, answer, table, picture, what was changed, notes, and the foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

import segno

from coopfin import __version__
from coopfin.comparison.notes import ordered
from coopfin.display import bars, board, words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.report.material import Change, Material
from coopfin.report.rests import DEFAULT, OWN, rests_on

LONGEST_TITLE = 80
BARS = 80.0  # how high the bars of two firms are together, in the units of the picture
LONGEST_CODE = 900  # signs of an address that a phone still reads off a sheet of paper
LONGEST_SHOWN = 240  # signs of an address that somebody may type
# What moves the answer most, and what somebody who lends or joins asks first.
MAIN = (
    "take_rate", "sales_per_provider", "churn", "outside_keep", "demand_first", "spend_response", "price", "open_doors",
    "patronage_share", "product_team", "overhead", "providers", "provider_cost_rate", "loan", "grants", "exit_multiple",
)  # fmt: skip
RESTING = {
    "assumption": "assumed with a reason",
    DEFAULT: "defaults of the model",
    OWN: "with a source of their own",
    "primary source": "from a primary source",
    "secondary source": "from a secondary source",
    "derived from a source": "derived from a source",
}
MODEL = "Figures of a model, no forecast and no advice: whoever doubts one can change it under the link and see what it does."


def section(title: str, body: str, kind: str = "") -> str:
    """A part with its title; nothing where there is nothing to tell."""
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{body}</section>' if body else ""


def head(material: Material, kicker: str) -> str:
    """What the page is about, and of which day it is."""
    years = next(iter(material.comparison.projections.values())).years
    money = f", money in {material.wording.currency}, nominal" if material.wording.currency else ""
    day = f"{material.on.day} {material.on:%B %Y}"
    return (
        f'<header><p class="kicker">{escape(kicker)} · {years} years{escape(money)}<span>{day}</span></p>'
        f"<h1>{escape(words.shortened(material.wording.title, LONGEST_TITLE))}</h1></header>"
    )


def answer(text: str) -> str:
    """The answer."""
    return f'<p class="answer">{escape(text)}</p>'


def table(material: Material) -> str:
    """The eight rows of the desk, with its strings."""
    left = material.left_out
    more = f'<p class="small">And {left} more {"column" if left == 1 else "columns"}, in the scenario file.</p>' if left else ""
    return board.board(material.view, material.view, material.wording.currency, choosing=False) + more


def picture(material: Material) -> str:
    """Where every 100 of sales goes."""
    return bars.picture(material.view, material.view, material.wording, BARS)


def changed(material: Material) -> list[str]:
    """What was changed, each with its note."""
    return [_changed(each, material) for each in material.changes]


def _changed(each: Change, material: Material) -> str:
    lever = ASSUMPTIONS[each.assumption]
    before, after = (words.setting(value, lever) for value in (each.before, each.after))
    source = rests_on(material.base.sources.get(each.assumption, ""), 44) if material.base else ""
    return f"{lever.label}{f', {each.firm}' if each.firm else ''}: {before} → {after} (before: {source})"


def main(material: Material) -> list[str]:
    """The main assumptions that were not changed, with the value of each firm, and what they rest on."""
    changed = {each.assumption for each in material.changes}
    return [_assumed(name, material) for name in MAIN if name not in changed]


def _assumed(name: str, material: Material) -> str:
    lever, firms = ASSUMPTIONS[name], material.firms
    values = [words.setting(float(getattr(material.scenario.enterprises[firm], name)), lever) for firm in firms]
    alike = len(set(values)) == 1
    told = values[0] if alike else ", ".join(f"{value} {firm}" for value, firm in zip(values, firms, strict=True))
    return f"{lever.label}: {told} ({rests_on(material.scenario.sources.get(name, ''), 60)})"


def notes(material: Material) -> list[str]:
    """What a room decided, and the notes, each after what it is on."""
    told = [f"{_place(*place)}: {text}" for place, text in ordered(material.notes, material.scenario.enterprises)]
    return [*material.decided, *told]


def _place(assumption: str, firm: str) -> str:
    named = [ASSUMPTIONS[assumption].label] if assumption in ASSUMPTIONS else []
    return ", ".join([*named, *([words.firm(firm)] if firm else [])]) or "The scenario"


def assumed(material: Material) -> str:
    """How many assumptions rest on what."""
    counted = Counter(rests_on(material.scenario.sources.get(name, "")).partition(":")[0] for name in ASSUMPTIONS)
    told = ", ".join(f"{count} {RESTING.get(name, name)}" for name, count in counted.most_common())
    return f"<p>All {len(ASSUMPTIONS)} assumptions: {told}.</p>"


def items(texts: Iterable[str]) -> str:
    """Texts as a list; nothing of none."""
    told = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{told}</ul>" if told else ""


def version(material: Material) -> str:
    """The program's version and the day."""
    return f"coopfin {escape(__version__)} · {material.on.isoformat()}"


def foot(material: Material) -> str:
    """The link with its code, what a model is, the version and the day."""
    code, address = "", ""
    if is_link(material.link):
        link, text = escape(material.link, quote=True), escape(material.link)
        if len(material.link) > LONGEST_SHOWN:
            text = "Open this scenario and change it"
        address = f'<a href="{link}" rel="noopener noreferrer">{text}</a>'
        if len(material.link) <= LONGEST_CODE:
            code = f'<div class="code">{_code(material.link)}</div>'
        else:
            address += " <span>(too long for a code on paper; the scenario file brings everything back)</span>"
    return (
        f"<footer>{code}<div><p>{address or 'The scenario file brings these figures back.'}</p><p>{MODEL}</p>"
        f"<p>{version(material)}</p></div></footer>"
    )


def is_link(text: str) -> bool:
    """Whether this is an address of the web, and nothing that a browser would run."""
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and text.isprintable()


def _code(link: str) -> str:
    """The link as a code that a phone reads."""
    return segno.make(link, error="l", micro=False).svg_inline(scale=1, border=2, omitsize=True, dark="#000", light="#fff")
