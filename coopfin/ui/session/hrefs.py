"""Addresses within the app: of another page, with everything that was chosen."""

from __future__ import annotations

from urllib.parse import urlencode

from coopfin.ui.session import state


def address() -> dict[str, str]:
    """What a link to another page carries: everything that was chosen, without how this one was asked to show itself."""
    return {name: value for name, value in state.record().address.items() if name not in ("explain", "stage")}


def page_address(page: str) -> str:
    """The address of another page, with everything that was chosen."""
    return f"{page.removeprefix('pages/').removesuffix('.py')}?{urlencode(address())}"


def explain(anchor: str) -> str:
    """The address that explains a measure, an assumption or a line, with everything that was chosen."""
    return "method?" + urlencode(address() | {"explain": anchor})
