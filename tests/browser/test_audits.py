"""An audit in a real browser: each of its states to axe, by keyboard, without scripts, and while it is under way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.audit.test_archives import zipped
from tests.browser.axe import violations
from tests.browser.test_every_page import CUT_OFF, NARROW, SIDEWAYS, SMALL, TEXT_SPACING
from tests.browser.test_progress import LOG
from tests.pages.audited import PAGE, look_at, start
from tests.pages.pictures import describe as draft
from tests.pages.pictures import fail
from webapp.audit.describe import describable, describe
from webapp.audit.models import Audit
from webapp.audit.models import Page as AuditPage
from webapp.audit.queueing import pause
from webapp.library.decide import decide
from webapp.library.models import Image

LINKED = '<title>Home</title><a href="/b">b</a><a href="/c">c</a><p>A<img src="a.jpg">'
STATES = (
    "waiting",
    "under way",
    "paused",
    "failed",
    "problems",
    "describing",
    "described",
    "many",
    "site",
    "none",
    "scripts",
)


def in_state(owner, state: str) -> Audit:
    """An audit in one of the states that its page can show."""
    if state in ("waiting", "failed"):
        audit = start(owner, "https://example.org/a-page-with-a-rather-long-name-that-does-not-fit/")
        if state == "failed":
            told = {"error_code": "http_status", "error_message": "There is nothing at this address (status 404)."}
            AuditPage.objects.filter(audit=audit).update(state=AuditPage.State.FAILED, **told)
        return audit
    if state in ("under way", "paused", "site"):
        audit = look_at(start(owner, "https://example.org/", depth=1), LINKED)
        if state == "site":
            look_at(audit, *["<p>B<img src=b.jpg>"] * 2)
        if state == "paused":
            pause(audit)
        return audit
    if state == "scripts":
        return look_at(start(owner, "https://example.org/"), '<title>App</title><div id="a"></div><script></script>')
    if state == "many":
        return look_at(start(owner, "".join(f"<p>Number {at}: <img src=a{at}.jpg></p>" for at in range(30))))
    audit = look_at(start(owner, PAGE if state != "none" else "<p>No image.</p>"))
    if state.startswith("descri"):
        describe(audit, describable(audit))
    if state == "described":
        first, last = Image.objects.order_by("position")
        fail(first)
        draft(last.job)
        decide(last, "A blue square.", owner=owner)
    return audit


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_it_fits_in_any_state(open_page, owner, state, scripts):
    audit = in_state(owner, state)
    page = open_page("about:blank", owner, bypass_csp=True)
    if not scripts:  # none of ours; axe itself is one
        page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/audits/{audit.pk}/")
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true }")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []

    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(SMALL) == []
    page.add_style_tag(content=TEXT_SPACING)
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("query", ["?group=alt-missing", "?group=alt-missing&page=2"])
def test_axe_finds_nothing_on_the_page_of_a_group(open_page, owner, query):
    page = open_page(f"/audits/{in_state(owner, 'many').pk}/{query}", owner, viewport=NARROW)
    assert violations(page) == []
    assert page.evaluate(SIDEWAYS) == 0


def test_axe_finds_nothing_where_the_form_was_refused(open_page, transactional_db):
    page = open_page("/audits/")
    page.get_by_text("Or paste the HTML of a page").click()
    page.get_by_label("HTML of the page").fill("<p>Mine")
    page.get_by_label("Where that page stands").fill("nowhere at all")
    page.get_by_role("button", name="Audit the page").click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#error-summary")).to_be_focused()
    assert violations(page) == []
    expect(page.get_by_label("HTML of the page")).to_have_value("<p>Mine")
    page.get_by_role("link", name="This is no web address").click()
    expect(page.get_by_label("Where that page stands")).to_be_focused()


def test_a_page_is_handed_over_and_its_report_comes_in_by_itself(open_page, owner):
    page = open_page("/audits/", owner)
    page.get_by_text("Or paste the HTML of a page").click()
    page.get_by_label("HTML of the page").fill(PAGE)
    page.add_init_script(LOG)
    page.get_by_role("button", name="Audit the page").click()
    page.wait_for_url(re.compile("/audits/.+"))
    expect(heading(page)).to_have_text("Looking at Pasted page")
    assert page.locator(".use").count() == 0

    look_at(Audit.objects.get())

    expect(heading(page)).to_have_text("Shop & more: 9 images, 7 need something")
    expect(page.locator(".use")).to_have_count(9)
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("Finished. Shop & more: 9 images, 7 need something.")
    assert page.evaluate("window.announced[0]").startswith("Pages are looked at. Looking at")
    assert page.title().startswith("Shop & more: 9 images")
    assert violations(page) == []


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def test_what_is_found_while_somebody_may_read_is_offered_and_not_put_in(open_page, owner):
    audit = in_state(owner, "under way")
    page = open_page(f"/audits/{audit.pk}/", owner)
    expect(page.locator(".use")).to_have_count(1)
    look_at(audit, "<p>B<img src=b.jpg>", "<p>C<img src=c.jpg>")

    expect(heading(page)).to_have_text("Home: 3 images, 3 need something")
    expect(page.locator(".use")).to_have_count(1)
    page.get_by_role("link", name="Show what was found since").click()
    expect(page.locator(".use")).to_have_count(3)


def test_another_look_ends_with_an_offer_to_see_what_changed(open_page, owner):
    audit = in_state(owner, "site")
    page = open_page(f"/audits/{audit.pk}/", owner)
    page.get_by_role("button", name="Look again now").click()
    expect(heading(page)).to_have_text("Home: 0 of 3 pages looked at")
    expect(page.locator(".use")).to_have_count(3)
    look_at(audit, LINKED, "<p>B<img src=b.jpg>", "<p>B<img src=other.jpg>")

    page.get_by_role("link", name="Show what was found since").click()
    expect(page.get_by_text("Since the look before: 1 new image, 1 gone, 2 as before.")).to_be_visible()


def test_drafts_come_in_beside_their_images_and_the_focus_stays(open_page, owner):
    audit = in_state(owner, "problems")
    page = open_page(f"/audits/{audit.pk}/", owner)
    page.get_by_role("button", name="Describe the").click()
    expect(page.locator("#audit-heading")).to_be_focused()
    expect(page.get_by_text("The drafts appear beside them.").first).to_be_visible()
    expect(page.get_by_text("Waiting for its draft.")).to_have_count(1)
    card = page.get_by_role("article", name="Image 9, image in the page itself")
    card.locator("summary").focus()

    draft(Image.objects.order_by("position").last().job)

    expect(card).to_contain_text("A dog runs across the grass.")
    expect(card).to_contain_text("Unchecked draft, may be wrong.")
    expect(card.get_by_role("img")).to_have_js_property("naturalWidth", 64)
    fail(Image.objects.order_by("position").first())
    expect(page.get_by_text("No draft could be made.")).to_be_visible()
    expect(page.locator("[data-progress-panel]")).to_be_hidden()


def test_without_scripts_from_the_page_to_its_new_html(open_page, owner):
    page = open_page("/audits/", owner, java_script_enabled=False)
    page.get_by_text("Or paste the HTML of a page").click()
    page.get_by_label("HTML of the page").fill(PAGE)
    page.get_by_role("button", name="Audit the page").click()
    audit = look_at(Audit.objects.get())
    page.get_by_role("link", name="Check progress").click()
    expect(heading(page)).to_have_text("Shop & more: 9 images, 7 need something")
    page.get_by_role("button", name="Describe the one that needs it").click()
    draft(Image.objects.get().job)
    page.get_by_role("link", name="Check progress").click()

    page.get_by_role("link", name="Check it and decide for Image 9").click()
    page.get_by_label("Your text").fill("A blue square.")
    page.get_by_role("button", name="Use this text").click()
    page.get_by_role("link", name="The audit that it comes from").click()
    expect(page.get_by_text("Decided by a person.")).to_be_visible()
    page.get_by_role("link", name="its HTML with your texts").click()
    expect(page.locator("ins")).to_contain_text('becomes: <p>Read this: <img alt="A blue square." src="data:')
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the HTML").click()
    assert download.value.suggested_filename == "page.html"
    page.go_back()
    page.goto(f"/audits/{audit.pk}/delete")
    page.get_by_role("button", name="Delete now").click()
    expect(page.locator(".notice p")).to_have_text("The audit of Shop & more is deleted.")


def test_without_scripts_an_archive_is_refused_chosen_again_and_looked_at(open_page, owner):
    page = open_page("/audits/", owner, java_script_enabled=False)
    page.get_by_text("Or choose a zip archive of a site").click()
    page.get_by_label("Zip archive of a static site").set_input_files(zip_file(b"no zip"))
    page.get_by_role("button", name="Audit the page").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="This is no zip archive that can be read. Make it anew.").click()
    expect(page.get_by_label("Zip archive of a static site")).to_be_focused()

    page.get_by_label("Zip archive of a static site").set_input_files(zip_file(zipped({"index.html": PAGE.encode()})))
    page.get_by_role("button", name="Audit the page").click()
    expect(heading(page)).to_have_text("Looking at /index.html")
    look_at(Audit.objects.get())
    page.get_by_role("link", name="Check progress").click()
    expect(heading(page)).to_have_text("Shop & more: 9 images, 7 need something")


def zip_file(data: bytes):
    return {"name": "site.zip", "mimeType": "application/zip", "buffer": data}


def test_pausing_and_going_on_by_keyboard(open_page, owner):
    audit = in_state(owner, "under way")
    page = open_page(f"/audits/{audit.pk}/", owner)
    page.get_by_role("button", name="Pause").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#audit-heading")).to_be_focused()
    expect(heading(page)).to_have_text("Home: paused, 1 of 3 pages looked at")
    expect(page.locator(".notice")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Go on").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Home: 1 of 3 pages looked at")
