"""Pages that no route has by itself: errors, refused forms, a key just made, nothing yet. As those of the service."""

from collections.abc import Callable
from unittest import mock

import pytest
from django.db import OperationalError
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.test_every_page import NARROW, SIDEWAYS, SMALL, TEXT_SPACING
from tests.pages.scene import Scene, address
from webapp.accounts.models import Owner
from webapp.library.models import UnsavedText
from webapp.library.record import standing_decision
from webapp.library.undo import undo

Reach = Callable[[Page, Scene], object]


def press(page: Page, path: str, name: str) -> None:
    """Opens a page and presses its button, with nothing filled in."""
    page.goto(path)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()


def not_found(page: Page, scene: Scene) -> None:
    page.goto("/nowhere/")


def unknown_host(page: Page, scene: Scene) -> None:
    page.goto(page.evaluate("location.origin").replace("localhost", "elsewhere.localhost"))


def no_files(page: Page, scene: Scene) -> None:
    press(page, "/", "Describe pictures")


def too_many_files(page: Page, scene: Scene) -> None:
    page.goto("/")
    files = [{"name": f"{number}.png", "mimeType": "image/png", "buffer": b"x"} for number in range(2)]
    page.get_by_label("Pictures").set_input_files(files)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Describe pictures").click()


def no_text(page: Page, scene: Scene) -> None:
    press(page, address("pages:image", scene), "Use this text")


def no_text_on_the_job(page: Page, scene: Scene) -> None:
    press(page, address("pages:job", scene), "Use this text")


def database_busy(page: Page, scene: Scene) -> None:
    page.goto(address("pages:job", scene))
    page.locator(f"#text-{scene.drafted.pk}").fill("A dog on the grass, and very long a text. " * 8)
    busy = OperationalError("database is locked")
    with mock.patch("webapp.pages.decisions.decide", side_effect=busy), page.expect_navigation():
        page.locator(f"#use-{scene.drafted.pk}").click()


def undo_offered(page: Page, scene: Scene) -> None:
    page.goto(address("pages:job", scene))
    page.locator(f"#text-{scene.drafted.pk}").fill("A dog.")
    page.locator(f"#text-{scene.failed.pk}").fill("A broken cup, not saved.")
    with page.expect_navigation():
        page.locator(f"#use-{scene.drafted.pk}").click()
    page.get_by_role("button", name="Undo").wait_for()


def undone(page: Page, scene: Scene) -> None:
    page.goto(address("pages:image", scene))
    page.get_by_text("Change the text").click()
    page.locator(f"#text-{scene.drafted.pk}").fill("Another dog.")
    with page.expect_navigation():
        page.locator(f"#use-{scene.drafted.pk}").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    undo(standing_decision(scene.drafted), owner=scene.owner)
    UnsavedText.objects.all().delete()


def no_name(page: Page, scene: Scene) -> None:
    press(page, "/keys/", "Make a key")


def key_made(page: Page, scene: Scene) -> None:
    page.goto("/keys/")
    page.get_by_label("Name").fill("my shop")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a key").click()


def no_token(page: Page, scene: Scene) -> None:
    page.goto("/")
    page.context.clear_cookies()
    with page.expect_navigation():
        page.get_by_role("button", name="A cat").click()


def nothing_yet(page: Page, scene: Scene) -> None:
    page.context.clear_cookies()
    page.goto("/history/")


# In this order: the last ones leave no session behind.
STATES: dict[str, Reach] = {
    "Page not found": not_found,
    "This address is not allowed": unknown_host,
    "Error: Alt text for your pictures": no_files,
    "That was too much at once": too_many_files,
    "Error: Picture 1 of 5, dog.png": no_text,
    "Error: 5 images": no_text_on_the_job,
    "Not done yet": database_busy,
    "5 images: 3 done": undo_offered,
    "Picture 1 of 5, dog.png: text written by a person": undone,
    "Error: API keys": no_name,
    "Key made": key_made,
    "The form was not accepted": no_token,
    "History": nothing_yet,
}


@pytest.fixture
def reach_all(open_page, scene, settings):
    """Brings each state about in one browser context, and collects what a look at it finds; titles are checked."""

    def reach(look: Callable[[Page], object], **options) -> dict[str, object]:
        settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
        page = open_page("/", scene.owner, **options)
        origin = page.evaluate("location.origin")
        found = {}
        for title, bring_about in STATES.items():
            if not page.url.startswith(origin):
                page.goto(origin)
            bring_about(page, scene)
            assert page.title().startswith(title)
            found[title] = look(page)
        return found

    return reach


def found_by_axe(page: Page) -> list[str]:
    """In light and in dark."""
    page.emulate_media(color_scheme="light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    return light + violations(page)


def too_wide(page: Page) -> list[object]:
    """What does not fit the window, as it is and with wide text."""
    found = [page.evaluate(SIDEWAYS), *page.evaluate(SMALL)]
    page.add_style_tag(content=TEXT_SPACING)
    return [one for one in (*found, page.evaluate(SIDEWAYS)) if one]


def test_axe_finds_nothing(reach_all):
    assert {title: found for title, found in reach_all(found_by_axe).items() if found} == {}


def test_they_fit_a_window_of_320_pixels_with_wide_text(reach_all):
    found = reach_all(too_wide, viewport=NARROW, bypass_csp=True)
    assert {title: what for title, what in found.items() if what} == {}


def test_without_scripts_they_say_the_same(reach_all, scene):
    def headings(page: Page) -> list[str]:
        return page.locator("main :is(h1, h2, h3)").all_inner_texts()

    with_scripts = reach_all(headings)
    Owner.objects.get(pk=scene.owner.pk).keys_made.exclude(pk=scene.key.pk).delete()

    assert reach_all(headings, java_script_enabled=False) == with_scripts
