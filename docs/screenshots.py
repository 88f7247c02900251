"""The pictures of the README and the guides, taken from the running app: ``make screenshots``."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import browser

FOLDER = browser.ROOT / "docs" / "images"
PATIENCE = 120_000  # milliseconds: how long a busy machine may take
PICTURES = {
    "comparison": ("?preset=ride-hailing", 1440, 900, "light"),
    "comparison-dark": ("?preset=ride-hailing", 1440, 900, "dark"),
    "assumptions": ("assumptions?preset=ride-hailing", 1440, 900, "light"),
    "members": ("members?preset=ride-hailing&take_rate=0.207,0.2", 1440, 900, "light"),
    "stage": ("?preset=ride-hailing&take_rate=0.207,0.18&stage=1", 1280, 720, "light"),
    "law": ("law?preset=ride-hailing&law=spain", 1440, 900, "light"),
    "method": ("method?preset=ride-hailing&explain=measure-provider_month", 1440, 900, "light"),
    "sure": ("sure?preset=ride-hailing", 1440, 900, "light"),
    "phone": ("?preset=ride-hailing", 390, 844, "light"),
}


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with browser.serve() as address, browser.chrome() as chrome:
        for name, (path, width, height, scheme) in PICTURES.items():
            page = chrome.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.set_default_timeout(PATIENCE)
            page.goto(f"{address}/{path}")
            page.locator("h1").wait_for()
            browser.settled(page)
            page.wait_for_load_state("networkidle")  # widgets and style arrive in files of their own
            page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
            expect(page.locator(".futures", has_text="being worked out")).to_have_count(0)  # they come when the hand rests
            page.evaluate("document.fonts.ready")
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()
