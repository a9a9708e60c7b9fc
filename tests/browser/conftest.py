"""Real Chromium on the pages of a live server."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.pages.conftest import client_of
from tests.pages.scene import Scene, account_of, build_scene
from webapp.accounts.models import Owner, Site
from webapp.accounts.sites import make_site

# Playwright's event loop runs in the thread of the tests; Django would take their queries for those of a coroutine.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # milliseconds; a machine under load is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "Chromium is not installed. On Debian: apt-get install chromium."
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: Any, settings: Any) -> Iterator[Open]:
    """Opens an address in a fresh browser context, as the owner if one is given; errors of its scripts fail the test.

    Options are those of a Playwright context: ``java_script_enabled=False``, ``viewport={...}`` and so on.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_(address: str, owner: Owner | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(30_000)
        if owner is not None:
            session = client_of(owner).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def owner(transactional_db: None) -> Owner:
    return Owner.objects.create(kind=Owner.Kind.SESSION)


@pytest.fixture
def alice(transactional_db: None) -> Owner:
    """Somebody with an account, whom the live server knows."""
    return account_of("alice")


@pytest.fixture
def site(alice: Owner) -> Site:
    """Her site."""
    assert alice.user is not None, "an account"
    return make_site("Shop", alice.user)


@pytest.fixture
def scene(owner: Owner) -> Scene:
    return build_scene(owner)
