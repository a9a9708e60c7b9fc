"""A reviewer's whole walk by keyboard alone and with images off, from logging in on; and two reviewers at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.pictures import describe, png
from tests.pages.scene import account_of
from tests.uses.placed import audited
from webapp.accounts.members import add_member
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.audit.models import Audit
from webapp.library.submit import Upload, examine, submit

NAME = """() => {
  const it = document.activeElement;
  if (it === document.body) return "";
  return [it.ariaLabel, ...[...(it.labels ?? [])].map((one) => one.textContent), it.textContent, it.id].join(" ");
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
def alice(transactional_db):
    return account_of("alice")


@pytest.fixture
def site(alice):
    return make_site("Shop", alice.user)


@pytest.fixture
def images(alice, site):
    """Four to decide one by one, of which the first stands on a page, and three more for the band."""
    job = submit(alice, [examine(Upload(f"{name}.png", png(seed))) for seed, name in enumerate("abcd", 1)], site=site)
    described = describe(job)
    audit = audited(alice)
    Audit.objects.filter(pk=audit.pk).update(site=site)
    audit.pages.get().uses.filter(nth=1, known_as__endswith="tulip.jpg").update(image=described[0])
    return described


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
