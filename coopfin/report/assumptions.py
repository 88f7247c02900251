"""The second sheet: what was assumed and changed, and what each rests on. On a screen all of it stands below in full."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.report import parts
from coopfin.report.material import Material
from coopfin.report.paper import lines
from coopfin.report.rests import DEFAULT, rests_on

ROOM = {"a4": 79, "letter": 73}  # lines of a sheet: an assumption that firms set differently, or two that are alike
HEADS = 4  # lines that the two titles take


def assumptions(material: Material, paper: str) -> str:
    """The sheet between head and foot: first what differs between the firms, then what is alike in all."""
    own = [name for name in ASSUMPTIONS if len(set(_values(name, material))) > 1]
    alike = sorted((name for name in ASSUMPTIONS if name not in own), key=lambda name: _is_default(name, material))
    room = ROOM[paper] - HEADS - max(lines(firm, 11) for firm in material.firms)
    told_own = own[:room]
    told_alike = alike[: 2 * max(0, room - len(told_own) - 2)]
    left = len(own) - len(told_own) + len(alike) - len(told_alike)
    more = (
        f'<p class="small">And {left} more, {"at the model’s defaults or " if left else ""}in the scenario file.</p>'
        if left
        else ""
    )
    return parts.section("Set by each firm", _table(told_own, material)) + parts.section(
        "Alike in all firms", f'<div class="alike">{"".join(_alike(name, material) for name in told_alike)}</div>{more}'
    )


def in_full(material: Material) -> str:
    """Every change, note and source whole: for a screen, not for paper."""
    sources = [f"{ASSUMPTIONS[name].label}: {text}" for name, text in material.scenario.sources.items() if text]
    body = parts.section("All that was changed", parts.items(parts.changed(material)))
    body += parts.section("All notes", parts.items(parts.notes(material)))
    body += parts.section("All sources", parts.items(sources))
    return (
        f'<aside class="screen"><p>On a screen only, not printed: all of it in full.</p>{body}</aside>' if sources or body else ""
    )


def _values(name: str, material: Material) -> list[float]:
    return [float(getattr(material.scenario.enterprises[firm], name)) for firm in material.firms]


def _is_default(name: str, material: Material) -> bool:
    """Whether nobody has said anything of it: it comes last."""
    return not material.scenario.sources.get(name) and _values(name, material)[0] == ASSUMPTIONS[name].default


def _rests(name: str, material: Material) -> str:
    changed = [each for each in material.changes if each.assumption == name]
    if changed:
        told = ", ".join(f"{each.firm or 'all'} {words.setting(each.before, ASSUMPTIONS[name])}" for each in changed)
        return f"changed; was: {told}"
    source = material.scenario.sources.get(name, "")
    return rests_on(source, 160) if source or _is_default(name, material) else "no source given"


def _table(names: Sequence[str], material: Material) -> str:
    heads = "".join(f'<th scope="col">{escape(words.firm(firm))}</th>' for firm in material.firms)
    rows = ""
    for name in names:
        cells = "".join(f"<td>{words.setting(value, ASSUMPTIONS[name])}</td>" for value in _values(name, material))
        rests = escape(_rests(name, material))
        label = escape(ASSUMPTIONS[name].label)
        rows += f'<tr><th scope="row">{label}</th>{cells}<td class="rests" title="{rests}">{rests}</td></tr>'
    return (
        f'<table class="set"><thead><tr><th></th>{heads}<th scope="col">rests on</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _alike(name: str, material: Material) -> str:
    value, rests = words.setting(_values(name, material)[0], ASSUMPTIONS[name]), escape(_rests(name, material))
    shown = "" if rests == escape(DEFAULT) else rests
    return f'<p><b>{escape(ASSUMPTIONS[name].label)}</b> {value} <span title="{rests}">{shown}</span></p>'
