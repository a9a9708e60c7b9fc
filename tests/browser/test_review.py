"""The review queue in a browser: a walk by keyboard alone, and a closer look at a picture."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.pictures import SENTENCES, describe, hand_over, png
from webapp.accounts.models import Owner
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit

FOCUSED = "document.activeElement.textContent || document.activeElement.labels?.[0]?.textContent || ''"


@pytest.fixture
def owner(transactional_db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)


def tab_to(page, text):
    """Presses Tab until the control with the text has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in page.evaluate(
            "document.activeElement.textContent || document.activeElement.labels?.[0]?.textContent"
        ):
            return
    raise AssertionError(f"the keyboard does not reach {text!r}")


def test_a_walk_through_the_queue_by_keyboard(open_page, owner):
    describe(hand_over(owner, "a.png", "b.png", "c.png"))
    page = open_page("/review/", owner)
    tab_to(page, "Start with the first")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(r"^a\.png: .*3 to decide"))

    tab_to(page, SENTENCES[0])  # the group of choices is one stop
    page.keyboard.press("Space")
    tab_to(page, "Use this text")
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile(r"^b\.png: .*2 to decide"))
    assert page.evaluate("document.activeElement.textContent") == "Picture, b.png"
    expect(page.get_by_text("a.png: The text is saved.")).to_be_visible()
    tab_to(page, "Reject the drafts")
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile(r"^c\.png: .*1 to decide"))
    assert [image.state for image in Image.objects.order_by("name")] == ["approved", "rejected", "suggested"]


def test_a_picture_is_enlarged_and_moved_by_buttons_keys_and_mouse(open_page, owner):
    job = submit(owner, [examine(Upload("wide.png", png(1, (600, 300))))])
    (image,) = describe(job)
    page = open_page(f"/review/{image.pk}/", owner)
    picture = page.get_by_alt_text("Picture, wide.png")
    frame = page.locator(".zoom-frame")
    before = picture.bounding_box()["width"]
    assert frame.get_attribute("tabindex") is None, "a frame that does not scroll is no stop"

    page.get_by_role("button", name="Zoom in").click()

    assert picture.bounding_box()["width"] == pytest.approx(1.5 * before, rel=0.01)
    expect(page.get_by_role("status")).to_have_text("150 percent.")
    region = page.get_by_role("region", name="The enlarged picture")
    region.focus()
    scroll = region.evaluate("frame => frame.scrollTop")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("from => document.querySelector('.zoom-frame').scrollTop > from", arg=scroll)
    box = frame.bounding_box()
    scroll = region.evaluate("frame => frame.scrollTop")
    page.mouse.move(box["x"] + 100, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.up()
    assert region.evaluate("frame => frame.scrollTop") < scroll

    page.get_by_role("button", name="Whole picture").click()

    assert picture.bounding_box()["width"] == pytest.approx(before, rel=0.01)
    assert frame.get_attribute("tabindex") is None


def test_an_enlarged_picture_is_moved_by_touch(open_page, owner):
    (image,) = describe(submit(owner, [examine(Upload("wide.png", png(1, (600, 300))))]))
    page = open_page(f"/review/{image.pk}/", owner, has_touch=True)
    page.get_by_role("button", name="Zoom in").tap()
    expect(page.get_by_role("status")).to_have_text("150 percent.")
    frame = page.get_by_role("region", name="The enlarged picture")
    frame.evaluate("frame => frame.scrollTo(0, 0)")
    box = frame.bounding_box()
    x, y = box["x"] + 150, box["y"] + 200
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(20, 121, 20):
        devtools.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - moved}]})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => document.querySelector('.zoom-frame').scrollTop > 0")


def test_the_style_of_a_text_is_told_when_typing_stops(open_page, owner):
    (image,) = describe(hand_over(owner, "a.png"))
    page = open_page(f"/review/{image.pk}/", owner)
    field = page.get_by_role("textbox", name="Your text")
    field.press_sequentially("Image of a dog on the grass.")

    expect(page.locator(".style li")).to_have_text(
        ["Screen readers say that it is an image. Begin with what it shows."]
    )
    expect(page.get_by_role("status")).to_have_text("Screen readers say that it is an image. Begin with what it shows.")
    page.get_by_label(SENTENCES[0]).check()
    expect(page.locator(".style li")).to_have_count(0)
