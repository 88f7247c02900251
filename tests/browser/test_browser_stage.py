"""The stage in a real browser: legible from the last row, moved by keys and by hand, and nothing of it is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlparse

import pytest
from browser import calm, settled, swept
from playwright.sync_api import Browser, Locator, Page, expect

from coopfin import compare, read_scenario
from coopfin.display import words
from coopfin.ui.session import presets

EARNED = "provider_month"
LOW = "lowest_cash-1"  # of the cooperative
SIZES = {(1280, 720): 18, (1920, 1080): 24}  # screen, and the least height of a text in pixels
# Every text that can be seen, through shadow roots, with its height as it is drawn: that of an SVG is scaled.
TEXTS = """() => {
  const found = [], seen = root => {
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) seen(e.shadowRoot)
      const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join('')
      const own = text || (e.matches('input[type=text], select') ? e.value : '')
      const box = e.getBoundingClientRect()
      if (!own || e.closest('h1') || !e.checkVisibility({ visibilityProperty: true }) || box.width < 2 || box.height < 2) continue
      const scale = e.ownerSVGElement ? e.getScreenCTM().a : 1
      found.push([own.slice(0, 40), parseFloat(getComputedStyle(e).fontSize) * scale, box.right, box.bottom, box.left, box.top])
    }
  }
  seen(document); return found }"""


def staged(page: Page, server: str, query: str = "preset=ride-hailing") -> None:
    page.goto(f"{server}/?{query}&stage=1")
    expect(page.locator(".stage-figures")).to_be_visible()
    expect(page.get_by_role("slider").first).to_be_attached()
    page.wait_for_url("**version=**")
    calm(page)


def shown(page: Page, place: str) -> str:
    return page.locator(f"[data-live={place}]").inner_text()


def picture(page: Page) -> str:
    return str(page.locator("svg.desk-picture.years polyline.line").last.get_attribute("points"))


def bar(page: Page) -> str:
    return str(page.locator("[data-live=label-1-providers]").text_content())


def key(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def note(page: Page) -> Locator:
    return page.locator(".st-key-stage .note")


def engine(measure: str = EARNED, **changed: float) -> str:
    """A measure of the cooperative as the command has it, written as the page writes it."""
    firms = dict(read_scenario((presets.FOLDER / "ride-hailing.csv").read_bytes(), "x").enterprises)
    firms["cooperative"] = replace(firms["cooperative"], **changed)
    row = compare(firms)[measure]
    return words.measured(row.values["cooperative"], row.measure)


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_is_legible_from_the_last_row_and_nothing_scrolls(
    chrome: Browser, server: str, preset: str, scheme: str, size: tuple[int, int]
) -> None:
    context = chrome.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for changed in ("", "&take_rate=0.01,0.02", "&take_rate=0.6,0.55"):  # both dry; all that a surplus may go to
        staged(page, server, f"preset={preset}{changed}")
        texts = page.evaluate(TEXTS)
        assert len(texts) > 30
        assert min((each[1], each[0]) for each in texts) >= (SIZES[size] - 0.01, ""), changed
        beyond = [each for each in texts if each[2] > size[0] + 1 or each[3] > size[1] + 1 or min(each[4:]) < -1]
        assert beyond == [], changed
        main = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
        assert main == [0, 0], changed
        below = page.locator(".st-key-stage-lever").bounding_box()
        for each in (*page.locator("figure.picture").all(), page.locator(".stage-figures")):
            box = each.bounding_box()
            assert box and below and box["y"] + box["height"] <= below["y"] + 1, changed
    assert page.get_by_role("navigation").count() == 0
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    context.close()


def test_left_and_right_move_the_lever_as_the_engine_says(page: Page, server: str) -> None:
    staged(page, server)
    swept(page)
    before, drawn = shown(page, LOW), bar(page)
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    during = shown(page, LOW), shown(page, "sentence")
    page.wait_for_url(re.compile(r"take_rate=.*0\.13(&|$)"))
    calm(page)
    assert (shown(page, LOW), shown(page, "sentence")) == during
    assert during[0] == engine("lowest_cash", take_rate=0.13) != before and bar(page) != drawn
    expect(page.locator(f"[data-live={LOW}-was]")).to_have_text(f"was {before}")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"take_rate=.*0\.135(&|$)"))
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(re.compile(r"take_rate=.*0\.16(&|$)"))
    page.keyboard.press("Control+z")
    page.wait_for_url(re.compile(r"take_rate=.*0\.135(&|$)"))


def test_up_and_down_and_a_presenters_remote_choose_another_lever(page: Page, server: str) -> None:
    staged(page, server)
    slider, lever = page.get_by_role("slider"), page.get_by_role("combobox", name="Lever")
    expect(slider.last).to_have_accessible_name("Take rate, Platform cooperative")
    expect(slider.last).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")  # at once: the move is not lost
    expect(slider.first).to_have_accessible_name("Price, Traditional marketplace")
    page.wait_for_url(re.compile(r"take_rate=.*0\.145(&|$)"))
    expect(slider.first).to_be_focused()
    page.keyboard.press("PageDown")
    expect(slider.last).to_be_focused()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    expect(slider.last).to_have_accessible_name("Take rate, Platform cooperative")
    expect(lever).to_have_value("take_rate")
    lever.select_option(label="Demand won by spending")
    expect(slider).to_have_count(1)
    expect(slider).to_have_accessible_name("Demand won by spending")
    before = shown(page, f"{EARNED}-0")
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_url(re.compile("spend_response="))
    calm(page)
    assert shown(page, f"{EARNED}-0") != before


def test_space_replays_the_last_change_three_times(page: Page, server: str) -> None:
    staged(page, server)
    swept(page)
    before = shown(page, LOW)
    page.keyboard.press(" ")
    expect(note(page)).to_contain_text("No lever was moved since")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"take_rate=.*0\.18(&|$)"))
    calm(page)
    after, line = shown(page, LOW), picture(page)
    page.evaluate(
        """place => {
            window.told = []; window.values = []
            const roots = [...document.querySelectorAll('.st-key-stage-lever *')].map(e => e.shadowRoot)
            const range = roots.find(root => root?.querySelector('.levers')).querySelector('.thumb:last-of-type input')
            const text = document.querySelector(`[data-live=${place}]`)
            const look = () => {
                told.push(text.textContent); values.push(range.getAttribute('aria-valuetext')); requestAnimationFrame(look)
            }
            look() }""",
        LOW,
    )
    page.keyboard.press(" ")
    for times in (1, 2, 3):
        expect(note(page)).to_have_text(f"The last change, {times} of 3")
    expect(note(page)).to_be_hidden()
    told = page.evaluate("() => told.filter((text, i) => text !== told[i - 1])")
    assert told[0] == told[-1] == after
    assert told.count(before) == 3  # each time it begins with what was
    assert len(set(told)) > 5  # and goes there by steps
    assert len(set(page.evaluate("() => values"))) > 5  # the thumb goes along
    assert (shown(page, LOW), picture(page)) == (after, line)
    page.keyboard.press(" ")
    expect(note(page)).to_have_text("The last change, 1 of 3")
    page.keyboard.press("ArrowRight")  # a hand ends it
    expect(note(page)).to_be_hidden()
    page.wait_for_url(re.compile(r"take_rate=.*0\.185(&|$)"))
    calm(page)
    assert shown(page, f"{EARNED}-1") == engine(take_rate=0.185)


def test_b_shows_the_base_and_h_hides_the_result(page: Page, server: str) -> None:
    staged(page, server)
    swept(page)
    base, said = shown(page, f"{EARNED}-1"), shown(page, "sentence")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(re.compile("take_rate="))
    calm(page)
    moved = shown(page, f"{EARNED}-1")
    assert moved != base
    page.keyboard.press("b")
    expect(note(page)).to_have_text("The base: the preset as it is")
    assert (shown(page, f"{EARNED}-1"), shown(page, "sentence")) == (base, said)
    expect(page.get_by_role("slider").last).to_have_attribute("aria-valuetext", "15\u202f%")
    expect(key(page, "Base")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("b")
    expect(note(page)).to_be_hidden()
    assert shown(page, f"{EARNED}-1") == moved
    page.keyboard.press("h")
    for part in ("[data-live=sentence]", f"[data-live={EARNED}-1]", "figure.picture"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.get_by_text("What do you think will happen")).to_be_visible()
    page.keyboard.press("ArrowLeft")  # predict, move, then look
    page.wait_for_url(re.compile(r"take_rate=.*0\.17(&|$)"))
    calm(page)
    expect(page.locator(f"[data-live={EARNED}-1]")).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator(f"[data-live={EARNED}-1]")).to_have_text(engine(take_rate=0.17))
    expect(page.get_by_text("What do you think will happen")).to_be_hidden()


def test_the_sheet_the_code_and_the_way_out(page: Page, server: str) -> None:
    staged(page, server)
    sheet = page.get_by_role("dialog", name="Keys of the stage")
    for close in ("Escape", "?"):
        page.keyboard.press("?")
        expect(sheet).to_be_visible()
        assert min(each[1] for each in page.evaluate(TEXTS)) >= 18
        page.keyboard.press(close)
        expect(sheet).to_be_hidden()
    expect(page.locator(".stage-figures")).to_be_visible()  # still on the stage
    page.keyboard.press("q")
    code = page.get_by_role("dialog", name="The link as a code")
    expect(code.get_by_text("preset=ride-hailing")).to_be_visible()
    assert "stage" not in code.inner_text()  # a phone that follows it gets the desk
    page.keyboard.press("Escape")
    expect(code).to_be_hidden()
    settled(page)
    page.keyboard.press("y")
    expect(page.get_by_text("a provider's income a month after own costs, USD")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.locator("table.board")).to_be_visible()
    page.wait_for_url(lambda url: "stage" not in url)
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    page.keyboard.press("b")  # the keys of the stage are those of the stage
    expect(page.get_by_text("The base:")).to_have_count(0)


def test_every_key_is_a_button_too(page: Page, server: str) -> None:
    page.goto(f"{server}/?preset=ride-hailing")
    page.get_by_role("button", name="Stage").click()
    page.wait_for_url(re.compile("stage=1"))
    calm(page)
    swept(page)
    key(page, "More").click()
    page.wait_for_url(re.compile(r"take_rate=.*0\.155(&|$)"))
    key(page, "Less").click()
    page.wait_for_url(lambda url: "take_rate" not in url)
    key(page, "The next lever").click()
    expect(page.get_by_role("slider").first).to_have_accessible_name("Price, Traditional marketplace")
    key(page, "The lever before").click()
    expect(page.get_by_role("slider").first).to_have_accessible_name("Take rate, Traditional marketplace")
    calm(page)
    key(page, "Replay").click()
    expect(note(page)).to_have_text("The last change, 1 of 3")
    key(page, "Base").click()
    expect(note(page)).to_contain_text("The base:")
    key(page, "Hide").click()
    expect(page.locator("figure.picture").first).to_be_hidden()
    key(page, "Show").click()
    key(page, "Income").click()
    expect(key(page, "Cash")).to_be_visible()
    key(page, "Help").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    key(page, "The link as a code").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    key(page, "Leave").click()
    expect(page.locator("table.board")).to_be_visible()


def test_what_is_typed_is_not_taken_for_keys(page: Page, server: str) -> None:
    staged(page, server)
    field = page.get_by_role("textbox", name="Take rate, Platform cooperative, exact value")
    field.fill("")
    field.press_sequentially("1 2b")
    expect(field).to_have_value("1 2b")
    expect(note(page)).to_be_hidden()
    field.fill("12")
    field.press("Enter")
    page.wait_for_url(re.compile(r"take_rate=.*0\.12(&|$)"))


def test_the_stage_stays_in_the_address_with_all_else(page: Page, server: str) -> None:
    staged(page, server, "preset=blank&law=spain&take_rate=0.3,0.1")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"take_rate=0\.3.*0\.105"))
    calm(page)

    def told() -> dict[str, list[str]]:
        return parse_qs(urlparse(page.url).query)

    first = told()
    assert first["stage"] == ["1"] and first["law"] == ["spain"] and first["preset"] == ["blank"]
    page.reload()
    expect(page.locator(".stage-figures")).to_be_visible()
    calm(page)
    assert told() == first
    page.evaluate("() => new Promise(done => setTimeout(done, 600))")  # an address may be late by half a second
    page.keyboard.press("Escape")
    expect(page.locator("table.board")).to_be_visible()
    page.wait_for_url(lambda url: "stage" not in url)
    assert told() == {name: value for name, value in first.items() if name != "stage"}
    settled(page)
    page.evaluate("() => new Promise(done => setTimeout(done, 600))")
    page.go_back()
    expect(page.locator(".stage-figures")).to_be_visible()
    assert told() == first
    page.get_by_role("button", name=re.compile("^Leave")).click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="The law").click()
    expect(page.get_by_role("heading", name="What does the law ask")).to_be_visible()
    assert "stage" not in page.url


@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1920, 1080)])
def test_fingers_reach_everything_and_nothing_is_cut_off_at_the_side(chrome: Browser, server: str, size: tuple[int, int]) -> None:
    context = chrome.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True, is_mobile=True)
    page = context.new_page()
    staged(page, server, "preset=blank")
    assert [each for each in page.evaluate(TEXTS) if each[2] > size[0] + 1 or each[4] < -1] == []
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") == 0
    key(page, "More").tap()
    page.wait_for_url(re.compile("take_rate="))
    calm(page)
    key(page, "Hide").tap()
    expect(page.locator("figure.picture").first).to_be_hidden()
    key(page, "Leave").tap()
    expect(page.locator("table.board")).to_be_visible()
    context.close()
