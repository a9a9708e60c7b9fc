"""Cases generated from the URLconf: axe, no scripts, small windows and more, for every page of the service."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.pages.scene import PAGES, address, who

NARROW = {"width": 320, "height": 640}
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
EXTRAS = {"Copy text", "Copy <img>", "Zoom in", "Zoom out", "Whole picture"}

TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text that is cut off: content that is larger than its box, where the box neither lets it out nor scrolls.
CUT_OFF = """
  () => [...document.querySelectorAll("body *")].filter((element) => {
    const style = getComputedStyle(element);
    const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    return hides && !element.closest(".visually-hidden") && element.textContent.trim()
      && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
  }).map((element) => element.outerHTML.slice(0, 120))
"""
# Smaller than 24 pixels, but for links within a sentence (the exception of the criterion).
SMALL = f"""
  () => [...document.querySelectorAll("{CONTROLS}")]
    .filter((target) => target.checkVisibility() && !target.closest("p, li, .skip-link, pre, dd, td"))
    .filter((target) => target.getBoundingClientRect().width < 24 || target.getBoundingClientRect().height < 24)
    .map((target) => target.outerHTML.slice(0, 120))
"""
FOCUSED = """
  () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const element = document.activeElement;
    window.stops ??= new WeakSet();
    const again = window.stops.has(element);
    window.stops.add(element);
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
    resolve({
      again,
      what: element === document.body ? null : element.outerHTML.slice(0, 160),
      ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      above: top === null || element.contains(top) || top.contains(element) ? "" : top.outerHTML.slice(0, 160),
      inside: box.bottom > 0 && box.top < innerHeight,
    });
  })))
"""
BARE = """
  () => [...document.querySelectorAll(".button, input[type=text], input[type=password], select, textarea")]
    .filter((control) => control.checkVisibility() && getComputedStyle(control).borderTopStyle === "none")
    .map((control) => control.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_or_dark(open_page, scene, name):
    page = open_page(address(name, scene), who(name, scene), color_scheme="light")
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true }")
    assert violations(page) == []

    page.emulate_media(color_scheme="dark")

    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_a_window_of_320_pixels_with_wide_text(open_page, scene, name):
    page = open_page(address(name, scene), who(name, scene), viewport=NARROW, bypass_csp=True)
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(SMALL) == []

    page.add_style_tag(content=TEXT_SPACING)

    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_it_says_and_offers_the_same(open_page, scene, name):
    with_scripts = open_page(address(name, scene), who(name, scene))
    without = open_page(address(name, scene), who(name, scene), java_script_enabled=False)

    assert without.locator("h1").inner_text() == with_scripts.locator("h1").inner_text()
    assert without.title() == with_scripts.title()
    assert buttons(with_scripts) - buttons(without) <= EXTRAS
    assert not buttons(without) & EXTRAS
    assert without.get_by_role("status").count() == 1
    assert without.get_by_role("status").inner_text() == ""


def buttons(page: Page) -> set[str]:
    return {button.inner_text().split("\n")[0] for button in page.locator("button:visible").all()}


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything_and_sees_where_it_is(open_page, scene, name):
    page = open_page(address(name, scene), who(name, scene), viewport={"width": 640, "height": 480})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    seen = 0
    while (stop := next_stop(page))["what"] is not None:
        assert stop["ring"], f"no focus ring on {stop['what']}"
        assert stop["inside"], f"{stop['what']} is outside of the window"
        assert not stop["above"], f"{stop['what']} is hidden behind {stop['above']}"
        assert not stop["again"], f"the focus is caught: {stop['what']}"
        seen += 1
    assert seen >= page.locator("main button:not([tabindex]):visible").count() + 2


def next_stop(page: Page) -> dict[str, str | bool | None]:
    page.keyboard.press("Tab")
    stop: dict[str, str | bool | None] = page.evaluate(FOCUSED)
    return stop


@pytest.mark.parametrize("name", PAGES)
def test_forced_colours_stillness_and_missing_pictures(open_page, scene, name):
    page = open_page("about:blank", who(name, scene), forced_colors="active", reduced_motion="reduce")
    page.route(lambda url: url.endswith(("/file", "/thumbnail")), lambda route: route.abort())
    page.goto(address(name, scene))

    assert page.evaluate(BARE) == []
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("document.getAnimations().length") == 0
    for picture in page.locator("main img").all():
        label_of_button = picture.evaluate("picture => picture.closest('button')?.innerText ?? ''")
        assert picture.get_attribute("alt") or label_of_button
