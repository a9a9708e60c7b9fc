"""A reviewer's whole walk by keyboard alone and with images off, from logging in on; and two reviewers at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.pictures import SENTENCES, describe, png
from tests.pages.scene import PASSWORD, account_of
from tests.uses.placed import audited
from webapp.accounts.members import add_member
from webapp.accounts.roles import Role
from webapp.audit.models import Audit
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit
from webapp.uses.models import DecidedUse

# What the focused control is called; never the words within a region that only scrolls.
NAME = """() => {
  const it = document.activeElement;
  const labels = [...(it.labels ?? [])].map((one) => one.textContent);
  return [it.ariaLabel, ...labels, it.matches("a, button, summary") ? it.textContent : ""].join(" ");
}"""


def tab_to(page: Page, text: str, *, back: bool = False) -> None:
    """Presses Tab until the control with these words has the focus."""
    for _ in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if text in page.evaluate(NAME):
            return
    pytest.fail(f"the keyboard does not reach {text!r}")


def press(page: Page, text: str, *, key: str = "Enter", back: bool = False) -> None:
    tab_to(page, text, back=back)
    page.keyboard.press(key)


@pytest.fixture
def images(alice, site):
    """Four to decide one by one, of which the first stands on a page, and three more for the band."""
    job = submit(alice, [examine(Upload(f"{name}.png", png(seed))) for seed, name in enumerate("abcd", 1)], site=site)
    described = describe(job)
    audit = audited(alice)
    Audit.objects.filter(pk=audit.pk).update(site=site)
    audit.pages.get().uses.filter(nth=1, known_as__endswith="tulip.jpg").update(image=described[0])
    return described


@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_walk_by_keyboard_with_images_off(open_page, images, scripts):
    page = open_page("about:blank", java_script_enabled=scripts)
    page.route(lambda url: url.endswith(("/file", "/thumbnail")), lambda route: route.abort())
    log_in(page)
    press(page, "Review")
    expect(page).to_have_title(re.compile("^Review: 4"))
    press(page, "Start with the first")
    expect(page).to_have_title(re.compile(r"^a\.png: .*4 to decide"))
    assert "Picture, a.png" in page.locator(".card-picture img").get_attribute("alt")
    if scripts:
        press(page, "Zoom in")
        expect(page.get_by_role("status")).to_have_text("150 percent.")

    make_decorative_in_its_place(page, scripts=scripts)
    page.goto(f"/review/{images[0].pk}/")
    decide_reject_and_skip(page, scripts=scripts)
    page.goto("/review/")
    approve_several_and_undo(page, images[0])


def log_in(page: Page) -> None:
    page.goto("/")
    press(page, "Log in")
    expect(page).to_have_title(re.compile("^Log in"))
    tab_to(page, "User name")
    page.keyboard.type("alice")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^History"))


def make_decorative_in_its_place(page: Page, *, scripts: bool) -> None:
    """The role with its reason, then decoration there."""
    press(page, "Decide for this place alone", key="Space" if scripts else "Enter")
    tab_to(page, "It carries content")
    page.keyboard.press("ArrowDown")
    assert "link or a button" in page.evaluate(NAME)
    press(page, "Decorative here", back=True)
    expect(page.get_by_text("It is decoration here.")).to_be_visible()
    assert DecidedUse.objects.get().state == "decorative"
    if scripts:
        expect(page.locator("h3:focus")).to_contain_text("Image 1")


def decide_reject_and_skip(page: Page, *, scripts: bool) -> None:
    """A candidate of the group of choices; then the next headings, one after the other."""
    tab_to(page, SENTENCES[0])
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    press(page, "Use this text")
    expect(page).to_have_title(re.compile(r"^b\.png: .*3 to decide"))
    if scripts:
        expect(page.locator("h1:focus")).to_have_text("Picture, b.png")
    expect(page.get_by_text("a.png: The text is saved. This one is next.")).to_be_visible()
    press(page, "Reject the drafts")
    expect(page).to_have_title(re.compile(r"^c\.png: .*2 to decide"))
    press(page, "Skip c.png")
    expect(page).to_have_title(re.compile(r"^d\.png: .*2 to decide"))


def approve_several_and_undo(page: Page, image: Image) -> None:
    states = Image.objects.filter(job=image.job).values_list("state", flat=True)
    press(page, "Approve several")
    expect(page).to_have_title(re.compile("^Approve several"))
    press(page, SENTENCES[0], key="Space")
    press(page, "Approve the chosen ones")
    expect(page.get_by_text("1 text is approved.")).to_be_visible()
    assert sorted(states.all()) == ["approved", "approved", "rejected", "suggested"]
    press(page, "Undo")
    expect(page.get_by_text("1 text is taken back.")).to_be_visible()
    assert sorted(states.all()) == ["approved", "rejected", "suggested", "suggested"]


def test_two_reviewers_at_once_and_nobodys_words_are_lost(open_page, alice, site, images):
    bob = account_of("bob")
    add_member(site, "bob", Role.REVIEWER)
    address = f"/review/{images[1].pk}/"
    first, second = open_page(address, alice), open_page(address, bob)
    first.get_by_label("Your text").fill("Alice's words.")
    second.get_by_label("Your text").fill("Bob's words.")
    first.get_by_role("button", name="Use this text").click()
    expect(first).to_have_title(re.compile(r"to decide"))
    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        second.get_by_role("button", name="Use this text").click()

    assert answered.value.status == 422
    expect(second).to_have_title(re.compile("^Error: "))
    expect(second.locator("#error-summary")).to_contain_text("“Alice's words.”")
    expect(second.get_by_label("Your text")).to_have_value("Bob's words.")
    images[1].refresh_from_db()
    assert images[1].alt_text == "Alice's words."

    second.get_by_role("button", name="Use this text").click()
    expect(second).not_to_have_title(re.compile("^Error: "))
    images[1].refresh_from_db()
    assert images[1].alt_text == "Bob's words."
    second.goto(address)
    history = second.get_by_role("region", name="What was decided so far")
    expect(history).to_contain_text("[removed: Alice's] [added: Bob's] words.")
    expect(history.get_by_role("listitem")).to_have_count(2)


def test_the_style_of_a_places_text_is_told_when_typing_stops(open_page, alice, images):
    page = open_page(f"/review/{images[0].pk}/", alice)
    page.get_by_text("Decide for this place alone").first.click()
    field = page.get_by_role("textbox", name="Text for this place alone").first
    field.press_sequentially("Image of a dog.")
    says = "Screen readers say that it is an image. Begin with what it shows."
    expect(page.locator("[id^=place-style] li")).to_have_text([says])
    expect(page.get_by_role("status")).to_have_text(says)
