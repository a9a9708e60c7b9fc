"""What a person does, in a real browser: choose, edit, use, copy, delete; by mouse, by keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pages.pictures import SENTENCES, describe, fail, hand_over, png
from webapp.library.models import Decision, Image, Job

DRAFT, OTHER = SENTENCES[0], SENTENCES[1]


def files(*names):
    return [{"name": name, "mimeType": "image/png", "buffer": png(seed)} for seed, name in enumerate(names, start=1)]


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


@pytest.fixture
def card(owner):
    return describe(hand_over(owner, "dog.png"))[0]


@pytest.fixture
def open_card(open_page, owner, card):
    def open_(**options) -> Page:
        return open_page(f"/jobs/{card.job_id}/", owner, **options)

    return open_


def test_pictures_are_chosen_shown_and_sent(open_page, transactional_db):
    page = open_page("/")
    page.get_by_label("Pictures").set_input_files(files("dog.png", "cat.png"))
    expect(page.get_by_role("listitem").filter(has_text="dog.png")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("2 pictures chosen.")
    page.get_by_label("What are they for?").fill("For the shop")
    page.get_by_role("main").get_by_role("button", name="Describe pictures").click()

    page.wait_for_url(re.compile("/jobs/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("2 images: 2 waiting")
    assert Job.objects.get().context == "For the shop"
    page.goto("/")
    assert page.get_by_label("What are they for?").input_value() == ""


def test_pictures_can_be_dropped(open_page, transactional_db):
    page = open_page("/")
    dropped = page.evaluate_handle(
        """() => { const data = new DataTransfer();
             data.items.add(new File(["x"], "dropped.png", {type: "image/png"})); return data; }"""
    )
    page.dispatch_event("[data-drop-zone]", "dragover", {"dataTransfer": dropped})
    assert page.locator(".drop-zone-over").count() == 1
    page.dispatch_event("[data-drop-zone]", "drop", {"dataTransfer": dropped})

    assert page.locator("#images").evaluate("input => input.files[0].name") == "dropped.png"
    assert page.locator(".drop-zone-over").count() == 0


def test_an_empty_form_leads_to_the_summary_and_on_to_the_field(open_page, transactional_db):
    page = open_page("/")
    page.get_by_role("main").get_by_role("button", name="Describe pictures").click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="Choose at least one picture, or give the address of one.").click()
    assert focused(page) == "images"


def test_a_chosen_sentence_goes_into_the_field_and_own_words_come_back(open_card):
    page = open_card()
    field = page.get_by_label("Your text")
    assert field.input_value() == ""

    page.get_by_label(DRAFT).check()
    assert field.input_value() == DRAFT
    field.fill("My dog Rex.")
    assert page.get_by_label("None of these").is_checked()
    page.get_by_label(OTHER).check()
    assert field.input_value() == OTHER
    page.get_by_label("None of these").check()
    assert field.input_value() == "My dog Rex."


def test_a_text_is_used_and_copied(open_card, card):
    page = open_card(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label(DRAFT).check()
    page.get_by_label("Your text").press("End")
    page.get_by_label("Your text").type(" Fast.")
    page.get_by_role("button", name="Use this text").click()

    expect(page.locator(".alt-text")).to_have_text(f"{DRAFT} Fast.")
    expect(page.get_by_role("status")).to_have_text("The text is saved. You can copy it now.")
    assert focused(page) == f"picture-{card.pk}"
    page.get_by_role("button", name="Copy text").click()
    expect(page.get_by_role("status")).to_have_text("The alt text of Picture, dog.png is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{DRAFT} Fast."
    page.get_by_role("button", name="Copy <img>").click()
    expect(page.get_by_role("status")).to_have_text("The HTML of Picture, dog.png is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f'<img src="dog.png" alt="{DRAFT} Fast.">'


def test_where_copying_is_not_allowed_the_text_is_selected(open_card):
    page = open_card()
    page.get_by_label(DRAFT).check()
    page.get_by_role("button", name="Use this text").click()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy text").click()

    expect(page.get_by_role("status")).to_contain_text("The text is selected")
    assert page.evaluate("getSelection().toString()") == DRAFT


def test_with_the_keyboard_alone(open_page, owner):
    first, second = describe(hand_over(owner, "a.png", "b.png"))
    page = open_page(f"/jobs/{first.job_id}/", owner)
    to(page, f"choice-0-{first.pk}")
    page.keyboard.press("ArrowDown")
    assert focused(page) == f"choice-1-{first.pk}"
    to(page, f"text-{first.pk}")
    page.keyboard.press("End")
    page.keyboard.type(" Now.")
    to(page, f"use-{first.pk}")
    page.keyboard.press("Enter")

    expect(page.locator(f"#picture-{second.pk}")).to_be_focused()
    expect(page.locator(".notice")).to_be_in_viewport(ratio=1)
    first.refresh_from_db()
    assert first.alt_text == f"{OTHER} Now."
    to(page, f"delete-{second.pk}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete b.png?")
    to(page, "", text="Delete now")
    page.keyboard.press("Enter")
    expect(page.locator(f"#picture-{first.pk}")).to_be_focused()
    assert list(Image.objects.all()) == [first]


def to(page: Page, id_: str, *, text: str = "") -> None:
    """Presses Tab until the control has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == id_ and text in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"Tab does not reach {id_ or text}")


def test_without_scripts(open_page, transactional_db):
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("Pictures").set_input_files(files("a.png", "b.png"))
    page.get_by_role("main").get_by_role("button", name="Describe pictures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 images: 2 waiting")

    first, second = describe(Job.objects.get())
    page.get_by_role("link", name="Check progress").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 images: 2 done")
    article = page.get_by_role("article", name="Picture 1 of 2, a.png")
    expect(article.get_by_role("group", name="Does a sentence fit?")).to_contain_text(
        "Choose one and leave the field below empty"
    )
    article.get_by_label(OTHER).check()
    article.get_by_role("button", name="Use this text").click()

    expect(page.locator(".notice p")).to_have_text("The text of picture 1, a.png, is saved. This one is next.")
    assert page.url.endswith(f"#picture-{second.pk}")
    expect(page.locator(f"#alt-text-{first.pk}")).to_have_text(OTHER)
    assert page.get_by_label("HTML for your page").input_value() == f'<img src="a.png" alt="{OTHER}">'
    assert page.get_by_role("button", name=re.compile("^Copy")).count() == 0
    assert Decision.objects.get().chosen_rank == 1

    page.get_by_role("button", name="Delete Picture 2 of 2, b.png").click()
    page.get_by_role("button", name="Delete now").click()
    expect(page.locator(".notice p")).to_have_text("b.png is deleted.")
    assert list(Image.objects.all()) == [first]


def test_typed_words_outlive_a_reload(open_card):
    page = open_card()
    page.get_by_label("Your text").fill("Half a sent")
    page.reload()
    assert page.get_by_label("Your text").input_value() == "Half a sent"

    page.get_by_label("Your text").fill("A whole sentence.")
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator(".alt-text")).to_have_text("A whole sentence.")
    assert page.evaluate("sessionStorage.length") == 0


def test_changes_of_a_saved_text_outlive_a_reload_until_they_are_saved(open_card):
    page = open_card()
    page.get_by_label("Your text").fill("A dog.")
    page.get_by_role("button", name="Use this text").click()
    page.get_by_text("Change the text").click()
    page.get_by_label("Your text").fill("My dog  Rex. ")

    page.reload()
    assert page.get_by_label("Your text").input_value() == "My dog  Rex. "
    expect(page.get_by_label("Your text")).to_be_visible()
    page.get_by_role("button", name="Use this text").click()

    expect(page.locator(".alt-text")).to_have_text("My dog Rex.")
    expect(page.get_by_label("Your text")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def test_the_count_waits_until_typing_has_stopped_and_matters(open_card):
    page = open_card()
    field = page.get_by_label("Your text")
    page.clock.install()
    field.fill("A dog sleeps.")
    page.clock.run_for(3000)
    assert said(page) == ""
    field.fill("A dog sleeps. ".ljust(130, "z"))
    page.clock.run_for(500)
    assert said(page) == ""
    page.clock.run_for(1000)  # and not so long that the look at its style has something to say
    assert said(page) == "130 characters."
    expect(page.locator("[data-count]")).to_have_text("Now 130.")


def test_a_form_is_sent_once_however_often_it_is_pressed(open_page, transactional_db):
    page = open_page("/")
    page.get_by_label("Pictures").set_input_files(files("dog.png"))
    page.evaluate(
        """() => { const button = document.querySelector("#upload button[type=submit]");
             button.click(); button.click(); button.click(); }"""
    )
    page.wait_for_url(re.compile("/jobs/"))
    assert Job.objects.count() == 1


def test_try_again_pressed_twice_is_sent_once(open_page, owner):
    image = hand_over(owner, "dog.png").images.get()
    fail(image)
    page = open_page(f"/jobs/{image.job_id}/", owner)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.locator(f"#retry-{image.pk}").evaluate("button => { button.click(); button.click(); }")

    expect(page.locator(".notice p")).to_have_text("dog.png is in the queue again.")
    assert sent == ["POST"]


def test_a_form_can_be_sent_again_when_the_page_is_shown_again(open_page, transactional_db):
    page = open_page("/")
    sent = []

    def stay(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)  # the browser stays on the page, as it comes back to one that it has kept

    page.route("**/samples/cat/", stay)
    button = page.get_by_role("button", name="A cat")
    with page.expect_request("**/samples/cat/"):
        button.click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    with page.expect_request("**/samples/cat/"):
        button.click()
    assert len(sent) == 2


def test_a_form_can_be_sent_again_when_its_sending_was_stopped(open_page, transactional_db):
    page = open_page("/")
    page.route("**/samples/cat/", lambda route: None)  # never answered
    button = page.get_by_role("button", name="A cat")
    stop = page.context.new_cdp_session(page)
    for _ in range(2):
        with page.expect_request("**/samples/cat/"):
            button.click(no_wait_after=True)
        stop.send("Page.stopLoading")  # as the browser's button does


def test_undo_takes_the_text_back_and_own_words_stay(open_card, card):
    page = open_card()
    page.get_by_label("Your text").fill("My dog Rex.")
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator(f"#picture-{card.pk}")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == page.locator(
        ".notice p"
    ).get_attribute("id")
    page.keyboard.press("Enter")

    expect(page.locator(".notice p")).to_have_text("The text of dog.png is taken back. It has no text now.")
    expect(page.get_by_role("status")).to_have_text("The text of dog.png is taken back. It has no text now.")
    expect(page.locator(f"#picture-{card.pk}")).to_be_focused()
    expect(page.locator(".alt-text")).to_have_count(0)
    assert page.get_by_label("Your text").input_value() == "My dog Rex."
    assert page.get_by_label("None of these").is_checked()
    card.refresh_from_db()
    assert (card.state, card.alt_text) == (Image.State.SUGGESTED, None)


def test_undo_works_without_scripts(open_card, card):
    page = open_card(java_script_enabled=False)
    page.get_by_label(DRAFT).check()
    page.get_by_role("button", name="Use this text").click()
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".notice p")).to_have_text("The text of dog.png is taken back. It has no text now.")
    assert page.url.endswith(f"#picture-{card.pk}")
    expect(page.locator(".alt-text")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_words_in_another_card_outlive_the_sending_of_one(open_page, owner, scripts):
    first, second = describe(hand_over(owner, "a.png", "b.png"))
    page = open_page(f"/jobs/{first.job_id}/", owner, java_script_enabled=scripts)
    page.locator(f"#text-{second.pk}").fill("Half a sent")
    page.locator(f"#choice-0-{first.pk}").check()
    page.locator(f"#use-{first.pk}").click()

    expect(page.locator(f"#alt-text-{first.pk}")).to_have_text(DRAFT)
    expect(page.locator(f"#text-{second.pk}")).to_have_value("Half a sent")
    expect(page.get_by_text("Not saved yet.")).to_have_count(1)
    page.locator(f"#text-{second.pk}").fill("A whole sentence.")
    page.locator(f"#use-{second.pk}").click()
    expect(page.locator(f"#alt-text-{second.pk}")).to_have_text("A whole sentence.")
    expect(page.get_by_text("Not saved yet.")).to_have_count(0)
    if scripts:
        assert page.evaluate("sessionStorage.length") == 0


def test_without_scripts_words_outlive_a_look_at_the_progress_and_a_delete_that_was_thought_better_of(open_page, owner):
    job = hand_over(owner, "a.png", "b.png")
    (first,) = describe(job, first=1)[:1]
    page = open_page(f"/jobs/{job.pk}/", owner, java_script_enabled=False)
    typed = page.locator(f"#text-{first.pk}")
    typed.fill("Half a sent")
    page.get_by_role("button", name="Keep what I typed, and check").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(typed).to_have_value("Half a sent")

    typed.fill("Half a sentence")
    page.get_by_role("button", name="Delete Picture 2 of 2, b.png").click()
    page.get_by_role("link", name="Keep it").click()
    expect(typed).to_have_value("Half a sentence")


def test_enter_in_a_choice_does_not_press_undo(open_card, card):
    page = open_card()
    page.goto(f"/images/{card.pk}/")
    page.locator(f"#choice-0-{card.pk}").check()
    page.locator(f"#use-{card.pk}").click()
    page.get_by_text("Change the text").click()
    page.locator(f"#choice-1-{card.pk}").press("Enter")
    page.goto(f"/images/{card.pk}/")

    expect(page.locator(".alt-text")).to_have_text(DRAFT)


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_choice_presses_no_cards_button(open_page, owner, scripts):
    first, second = describe(hand_over(owner, "a.png", "b.png"))
    page = open_page(f"/jobs/{first.job_id}/", owner, java_script_enabled=scripts)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.locator(f"#text-{first.pk}").fill("Half a sent")
    page.locator(f"#choice-1-{second.pk}").press("Enter")
    page.wait_for_timeout(500)

    assert sent == []
    page.locator(f"#use-{first.pk}").click()  # nor is the form taken for one that was sent
    expect(page.locator(f"#alt-text-{first.pk}")).to_have_text("Half a sent")


def test_who_comes_back_to_the_page_hears_of_a_picture_deleted_meanwhile(open_page, owner):
    first, second = describe(hand_over(owner, "a.png", "b.png"))
    page = open_page(f"/jobs/{first.job_id}/", owner)
    page.locator(f"#text-{first.pk}").fill("Half a sent")
    page.locator(f"#use-{first.pk}").focus()
    Image.objects.filter(pk=first.pk).delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    card = page.get_by_role("article", name="Picture 1 of 2, a.png")
    expect(card.get_by_text("This picture was deleted.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 image: done")
    expect(page.get_by_role("status")).to_contain_text("Picture 1 of 2, a.png: This picture was deleted.")
    expect(page.locator(f"#picture-{first.pk}")).to_be_focused()
    expect(page.locator(f"#use-{first.pk}")).to_be_disabled()
    expect(page.locator(f"#text-{first.pk}")).to_have_value("Half a sent")
    expect(page.locator(f"#use-{second.pk}")).to_be_enabled()


def test_a_sample_is_one_press_away(open_page, transactional_db):
    page = open_page("/")
    page.get_by_role("button", name="A cat").click()

    page.wait_for_url(re.compile("/jobs/"))
    assert Image.objects.get().name == "chelsea.png"


def test_a_new_key_is_copied(open_page, owner):
    page = open_page("/keys/", owner, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Name").fill("my shop")
    page.get_by_role("button", name="Make a key").click()

    expect(page.locator("#made")).to_be_focused()
    page.get_by_role("button", name="Copy key").click()
    expect(page.get_by_role("status")).to_have_text("The key is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Key", exact=True).input_value()
