"""Looking for pictures in a browser, with and without scripts."""

import pytest

from tests.browser.axe import violations
from tests.browser.test_every_page import NARROW, SIDEWAYS, SMALL


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_by_keyboard_from_the_history_to_a_picture(open_page, scene, scripts):
    page = open_page("/history/", scene.owner, viewport=NARROW, java_script_enabled=scripts)
    page.get_by_role("link", name="Search pictures and texts").press("Enter")
    page.get_by_label("Words").fill("puppies gate")
    page.get_by_label("Words").press("Enter")
    page.get_by_role("heading", name="1 picture found").wait_for()
    assert page.get_by_label("Words").input_value() == "puppies gate"
    if scripts:
        assert violations(page) == []
        assert (page.evaluate(SIDEWAYS), page.evaluate(SMALL)) == (0, [])
    page.get_by_role("link", name="banner.gif").press("Enter")
    page.get_by_role("heading", level=1).wait_for()
    assert f"/images/{scene.decided.pk}/" in page.url
