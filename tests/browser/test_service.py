"""The real service, as `manage.py serve` starts it, with the real model: from a photograph to its alt text."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.axe import violations
from tests.e2e_processes.installation import Installation
from tests.fetch.servers import Server, http
from webapp.pages.samples import SAMPLES

pytestmark = pytest.mark.model

MODEL_PATIENCE = 120_000  # milliseconds: the model has some seconds of work on a machine that does other things too


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    """A site of its own, on an address that the service may fetch from as if it were the web."""
    with Server(lambda request: http(200, SAMPLES["photographer"].data, Content_Type="image/png")) as server:
        yield server


@pytest.fixture(scope="module")
def installation(tmp_path_factory, site) -> Iterator[Installation]:
    running = Installation(
        tmp_path_factory.mktemp("service") / "data",
        CAPTIONER_FETCH_PRIVATE=f"{site.address}/32",
        CAPTIONER_FETCH_PORTS=str(site.port),
    )
    running.start()
    yield running
    running.clean_up()


@pytest.fixture
def answers() -> list[Response]:
    return []


@pytest.fixture
def page(browser: Browser, installation, answers) -> Iterator[Page]:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{installation.port}", permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    yield page
    context.close()


def sample_file(slug):
    return {"name": SAMPLES[slug].file, "mimeType": "image/png", "buffer": SAMPLES[slug].data}


def test_a_sample_becomes_an_alt_text_and_everything_comes_from_here(page, installation, answers):
    page.goto("/")
    page.get_by_role("button", name="A cat").click()
    page.wait_for_url(re.compile("/jobs/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("1 image: done", timeout=MODEL_PATIENCE)

    choices = page.locator("[data-choice]")
    assert choices.count() >= 2
    draft = page.locator(".choice-first label").inner_text()
    assert len(draft.split()) >= 3
    assert violations(page) == []
    page.get_by_label(draft, exact=True).check()
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator(".alt-text")).to_have_text(draft)
    page.get_by_role("button", name="Copy <img>").click()
    expect(page.get_by_role("status")).to_contain_text("is copied")
    assert page.evaluate("navigator.clipboard.readText()") == f'<img src="chelsea.png" alt="{draft}">'
    picture = page.get_by_role("img", name="Picture, chelsea.png")
    assert picture.evaluate("picture => picture.naturalWidth") == 451

    assert all(answer.url.startswith(f"http://127.0.0.1:{installation.port}/") for answer in answers)
    assert all(answer.status < 400 for answer in answers)


def test_scripts_and_styles_are_named_by_their_content_so_that_they_may_be_kept(page, answers):
    page.goto("/", wait_until="networkidle")

    static = [answer for answer in answers if "/static/" in answer.url]
    assert {answer.url.rpartition(".")[2] for answer in static} >= {"js", "css", "svg"}
    for answer in static:
        assert re.search(r"\.[0-9a-f]{12}\.(js|css|svg)$", answer.url.partition("#")[0]), answer.url
        assert "immutable" in answer.headers["cache-control"]


def test_good_and_bad_files_together(page):
    page.goto("/")
    notes = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"Buy bread."}
    page.get_by_label("Pictures").set_input_files([sample_file("coffee"), notes, sample_file("photographer")])
    page.get_by_role("main").get_by_role("button", name="Describe pictures").click()
    page.wait_for_url(re.compile("/jobs/"))

    expect(page.get_by_role("heading", level=1)).to_have_text("3 images: 2 done, 1 failed", timeout=MODEL_PATIENCE)
    bad = page.get_by_role("article", name="Picture 2 of 3, notes.jpg")
    expect(bad).to_contain_text("No draft could be made.")
    first = page.get_by_role("article", name="Picture 1 of 3, coffee.png")
    first.get_by_label("Your text").fill("Coffee in a red cup.")
    first.get_by_role("button", name="Use this text").click()
    expect(page.locator("h2:focus")).to_have_text("Picture 3 of 3, camera.png")
    page.goto("/history/")
    expect(page.get_by_text("Coffee in a red cup.")).to_be_visible()


def test_without_scripts_the_same_service_does_the_same_work(browser, installation):
    context = browser.new_context(base_url=f"http://127.0.0.1:{installation.port}", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Pictures").set_input_files([sample_file("coffee")])
    page.get_by_role("main").get_by_role("button", name="Describe pictures").click()
    check = page.get_by_role("link", name="Check progress")
    for _ in range(MODEL_PATIENCE // 1000):
        if not check.count():
            break
        page.wait_for_timeout(1000)
        check.click()

    draft = page.locator(".choice-first")
    sentence = draft.locator("label").inner_text()
    draft.get_by_role("radio").check()
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator(".alt-text")).to_have_text(sentence)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete now").click()
    expect(page.locator(".notice p")).to_have_text("coffee.png is deleted.")
    context.close()


def test_a_picture_is_fetched_from_its_address(page, site):
    page.goto("/")
    page.get_by_label("Or the address of a picture").fill(site.url("/people/photographer.png"))
    page.get_by_role("button", name="Describe pictures").click()
    page.wait_for_url(re.compile("/jobs/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("1 image: done", timeout=MODEL_PATIENCE)
    expect(page.get_by_role("heading", level=2)).to_contain_text(["Picture, photographer.png"])
    expect(page.locator(".card-picture img")).to_have_js_property("naturalWidth", 512)
    assert [request.path for request in site.requests] == ["/people/photographer.png"]
