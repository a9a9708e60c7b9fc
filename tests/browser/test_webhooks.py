"""An owner makes a webhook, tries it out and sees what arrived, with and without scripts."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.fetch.conftest import dialled, fetcher, names, nobody_is_trusted, serve
from tests.fetch.servers import http
from tests.webhooks.happenings import deliver_now
from tests.webhooks.test_sign import verifier

__all__ = ["dialled", "fetcher", "names", "nobody_is_trusted", "serve"]


def press(page: Page, name: str) -> None:
    """By the keyboard."""
    button = page.get_by_role("main").get_by_role("button", name=name)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_one_is_made_tried_out_and_its_delivery_read(open_page, alice, site, serve, fetcher, settings, scripts):
    receiver = serve(http(503))
    settings.CAPTIONER_FETCH_PORTS = frozenset({receiver.port})
    page = open_page(f"/sites/{site.pk}/webhooks/", alice, java_script_enabled=scripts)
    press(page, "Make the webhook")
    expect(page).to_have_title(re.compile("^Error: Webhooks of Shop"))
    if scripts:  # axe is one too
        expect(page.locator("#error-summary")).to_be_focused()
        assert violations(page) == []

    page.get_by_label("Address").fill(receiver.url("/hooks"))
    press(page, "Make the webhook")
    expect(page).to_have_title(re.compile("^Secret made"))
    if scripts:
        expect(page.locator("#made")).to_be_focused()
        assert violations(page) == []
    secret = page.get_by_label("Secret", exact=True).input_value()

    press(page, "Send a test")
    expect(page.get_by_role("heading", level=1)).to_have_text("Delivery of test")
    deliver_now(fetcher(receiver).post)
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_text("The receiver answered with status 503 (Service Unavailable).")).to_be_visible()

    receiver.answer = lambda request: http(204)
    press(page, "Send again")
    deliver_now(fetcher(receiver).post)
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_role("definition").filter(has_text="Delivered")).to_be_visible()
    first, second = receiver.requests
    headers = {name.title(): value for name, value in second.headers.items()}
    assert verifier()(secret, headers, second.body)
    assert json.loads(first.body) == json.loads(second.body)


def test_its_secret_is_copied(open_page, alice, site):
    page = open_page(f"/sites/{site.pk}/webhooks/", alice, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Address").fill("https://example.org/hooks")
    press(page, "Make the webhook")
    page.get_by_role("button", name="Copy secret").click()
    expect(page.get_by_role("status")).to_have_text("The secret is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Secret", exact=True).input_value()
