"""Live progress: what is shown, what is announced, and that nobody is disturbed."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pages.pictures import describe, fail, hand_over

LOG = """
  window.announced = [];
  addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    const text = document.getElementById("status").textContent;
    if (text) { window.announced.push(text); }
  }).observe(document.getElementById("status"), {childList: true, characterData: true, subtree: true}));
"""


def heading(page: Page):
    return page.get_by_role("heading", level=1)


@pytest.fixture
def open_stopped(open_page, owner):
    """Opens a job with the browser's clock stopped, and a log of what is announced."""

    def open_(job, *, answers=None) -> Page:
        page = open_page("about:blank", owner)
        page.clock.install()
        page.add_init_script(LOG)
        if answers:
            page.route("**/progress", answers)
        page.goto(f"/jobs/{job.pk}/")
        return page

    return open_


def test_a_hundred_pictures_are_at_most_six_announcements(open_stopped, owner):
    job = hand_over(owner, "dog.png")
    counts = iter(range(101))

    def answer(route: Route) -> None:
        done = next(counts)
        failed = 1 if done >= 10 else 0
        facts = {"total": 100, "done": done - failed, "failed": failed, "waiting": 100 - done, "states": {}}
        words = {"heading": f"{done} of 100", "title": f"{done} of 100", "queue": "", "decided": ""}
        route.fulfill(json={**facts, **words, "poll_after_ms": 3000})

    page = open_stopped(job, answers=answer)
    for _ in range(100):
        with page.expect_response("**/progress"):
            page.clock.run_for(3000)
    expect(heading(page)).to_have_text("100 of 100")
    page.clock.run_for(1000)

    announced = page.evaluate("window.announced")
    assert announced[0].startswith("Drafts are being made.")
    assert announced[1].startswith("A picture failed.")
    assert announced[-1].startswith("Finished.")
    assert 4 <= len(announced) <= 6
    assert page.evaluate("document.title").startswith("100 of 100")


def test_a_draft_comes_in_and_is_read_out(open_stopped, owner):
    job = hand_over(owner, "dog.png")
    page = open_stopped(job)
    expect(heading(page)).to_have_text("1 image: waiting")
    expect(page.get_by_role("link", name="Check progress")).to_be_hidden()
    describe(job)

    with page.expect_response("**/card"):
        page.clock.run_for(2000)

    expect(heading(page)).to_have_text("1 image: done")
    expect(page.get_by_label("A dog runs across the grass.")).to_be_visible()
    page.clock.run_for(1000)
    expect(page.get_by_role("status")).to_have_text(
        "Finished. 1 image: done. Unchecked draft: A dog runs across the grass."
    )
    page.get_by_label("A dog runs across the grass.").check()
    assert page.get_by_label("Your text").input_value() == "A dog runs across the grass."


def test_a_picture_deleted_elsewhere_goes_and_the_others_go_on(open_stopped, owner):
    job = hand_over(owner, "a.png", "b.png", "c.png")
    first, second, third = job.images.all()
    page = open_stopped(job)
    page.locator(f"#delete-{first.pk}").focus()
    first.delete()
    describe(job, first=1)

    with page.expect_response("**/card"):
        page.clock.run_for(2000)
    expect(heading(page)).to_have_text("2 images: 1 done, 1 waiting")

    expect(page.locator("[data-card]")).to_have_count(2)
    assert page.evaluate("document.activeElement.id") == f"picture-{second.pk}"
    describe(job)
    with page.expect_response("**/card"):
        page.clock.run_for(2000)
    expect(page.locator(f"#text-{third.pk}")).to_be_visible()


def test_a_picture_deleted_between_two_questions_stops_nothing(open_stopped, owner):
    job = hand_over(owner, "a.png", "b.png")
    first, second = job.images.all()
    page = open_stopped(job)
    page.route(f"**/images/{first.pk}/card", lambda route: route.fulfill(status=404))
    describe(job, first=1)
    with page.expect_response(f"**/images/{first.pk}/card"):
        page.clock.run_for(2000)
    expect(page.locator("[data-card]")).to_have_count(1)
    expect(page.locator("[data-progress-problem]")).to_be_hidden()

    describe(job)
    with page.expect_response(f"**/images/{second.pk}/card"):
        page.clock.run_for(2000)

    expect(page.locator(f"#text-{second.pk}")).to_be_visible()


def test_nothing_that_a_person_does_is_disturbed(open_stopped, owner):
    job = hand_over(owner, "a.png", "b.png", "c.png")
    first = describe(job, first=1)[0]
    page = open_stopped(job)
    field = page.get_by_role("article", name="Picture 1 of 3, a.png").get_by_label("Your text")
    field.fill("I am still typ")
    describe(job, first=1)

    with page.expect_response("**/card"):
        page.clock.run_for(2000)
    expect(heading(page)).to_have_text("3 images: 2 done, 1 waiting")

    assert field.input_value() == "I am still typ"
    assert page.evaluate("document.activeElement.id") == f"text-{first.pk}"


def test_the_focus_stays_on_the_button_of_a_card_that_is_replaced(open_stopped, owner):
    job = hand_over(owner, "a.png")
    image = job.images.get()
    page = open_stopped(job)
    page.locator(f"#delete-{image.pk}").focus()
    describe(job)

    with page.expect_response("**/card"):
        page.clock.run_for(2000)
    expect(heading(page)).to_have_text("1 image: done")

    assert page.evaluate("document.activeElement.id") == f"delete-{image.pk}"


def test_a_failure_is_shown_with_its_reason(open_stopped, owner):
    job = hand_over(owner, "a.png", "b.png")
    page = open_stopped(job)
    fail(job.images.get(position=1), message="The model was not well.")

    with page.expect_response("**/card"):
        page.clock.run_for(2000)

    expect(page.get_by_text("The model was not well.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_the_title_still_tells_of_a_refused_text(open_stopped, owner):
    job = hand_over(owner, "a.png", "b.png")
    describe(job, first=1)
    page = open_stopped(job)
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator("#error-summary")).to_be_focused()

    with page.expect_response("**/progress"):
        page.clock.run_for(2000)
    describe(job)
    with page.expect_response("**/card"):
        page.clock.run_for(2000)
    expect(heading(page)).to_have_text("2 images: 2 done")

    assert page.title().startswith("Error: 0 of 2 reviewed")


def test_a_server_that_does_not_answer_is_said_once_and_tried_again(open_stopped, owner):
    job = hand_over(owner, "a.png")
    down = [True]
    page = open_stopped(job, answers=lambda route: route.abort() if down else route.continue_())
    expect(page.get_by_text("The server does not answer.")).to_have_count(2)  # on the page and in the status
    for _ in range(3):
        page.clock.run_for(6000)
    assert sum("does not answer" in text for text in page.evaluate("window.announced")) <= 1

    down.clear()
    describe(job)
    with page.expect_response("**/card"):
        page.clock.run_for(6000)

    expect(heading(page)).to_have_text("1 image: done")
    expect(page.locator("[data-progress-problem]")).to_be_hidden()


def test_a_job_that_is_gone_is_not_asked_for_again(open_stopped, owner):
    job = hand_over(owner, "a.png")
    page = open_stopped(job)
    job.delete()  # perhaps before the first question, perhaps while it is answered
    page.clock.run_for(2000)

    expect(page.locator("[data-progress-problem]")).to_contain_text("no longer here")
    requests = []
    page.on("request", lambda request: requests.append(request.url) if request.url.endswith("/progress") else None)
    page.clock.run_for(60_000)
    assert requests == []
