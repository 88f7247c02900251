"""The style sheet of all pages: the colours as its variables, ``style.css``, and ``print.css`` for paper."""

from __future__ import annotations

from pathlib import Path

from coopfin.display import colours, moving


def stylesheet() -> str:
    """The style sheet of all pages, with the colours above as its variables."""
    holders = "".join(
        f".{colours.holder_class(who)} {{ background: {colour}; color: {colours.text_on(colour)}; }}\n"
        for who, colour in colours.HOLDERS.items()
    )
    shares = "".join(
        f".share .{kind} {{ background: {colour}; }}\n" for kind, colour in zip(("total", "first"), colours.ENDS, strict=True)
    )
    page = f":root {{ --page: light-dark({colours.PAGES['light']}, {colours.PAGES['dark']}); }}\n"
    style, paper = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("style.css", "print.css"))
    return f"<style>\n{page}{colours.rules()}{moving.STYLE}{holders}{shares}{style}{paper}</style>"
