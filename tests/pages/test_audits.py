"""Audits in the browser: handed over, read, described, taken away; and nothing of that for strangers."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.conf import settings as installation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.audit.test_archives import zipped
from tests.pages.audited import PAGE, look_at, start
from tests.pages.pictures import describe as draft
from tests.pages.pictures import fail
from tests.services.servers import need
from webapp.audit import sources
from webapp.audit.describe import describable, describe
from webapp.audit.gone import end_gone
from webapp.audit.look_again import look_again
from webapp.audit.models import Audit, Page, Use, Watch
from webapp.audit.queueing import cancel, pause
from webapp.library.decide import decide
from webapp.library.models import Image, Job
from webapp.pages.audits.progress import AuditProgress
from webapp.pages.audits.use_cards import UseCard
from webapp.queue.claim import claim
from webapp.queue.models import Work


@pytest.fixture
def audit(owner):
    return look_at(start(owner, PAGE))


def send(client, **fields):
    return client.post("/audits/", {"depth": "0", "most": "20", **fields})


def text_of(client, audit, query=""):
    return client.get(f"/audits/{audit.pk}/{query}").content.decode()


def use_of(audit, name):
    return Use.objects.get(page__audit=audit, facts__code__icontains=name)


def asked(audit):
    """The audit's pictures, handed over for a description; the last one holds its data itself."""
    describe(audit, describable(audit))
    return Image.objects.order_by("position")


# --- Handing over


def test_an_address_becomes_an_audit(db):
    client = Client()
    response = send(client, address=" example.org/shop/ ")

    audit = Audit.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"/audits/{audit.pk}/"
    assert (audit.kind, audit.address, audit.depth) == ("page", "https://example.org/shop/", 0)
    assert "Looking at example.org/shop" in client.get(response.headers["Location"]).content.decode()


def test_links_are_followed_as_far_as_was_said(db):
    send(Client(), address="https://example.org/", depth="2", most="7")

    audit = Audit.objects.get()
    assert (audit.kind, audit.depth, audit.most_pages) == ("site", 2, 7)


def test_a_schedule_is_set_where_the_page_is_handed_over(db):
    client = Client()
    send(client, address="https://example.org/", schedule="weekly")

    audit = Audit.objects.get()
    assert (audit.schedule, audit.next_look_at - audit.looked_at) == ("weekly", timedelta(days=7))
    assert '<option value="weekly" selected>' in text_of(client, audit)


def test_pasted_html_becomes_an_audit(db):
    send(Client(), html=PAGE, base="example.org/a/")

    audit = Audit.objects.get()
    assert (audit.kind, audit.address) == ("html", "https://example.org/a/")
    page = audit.pages.get()
    assert sources.read(page.source_name) == PAGE.encode()
    assert (page.state, page.uses.count()) == ("waiting", 0), "a worker looks at it, as at every page"


def test_looking_at_the_form_begins_no_session(db):
    assert "sessionid" not in Client().get("/audits/").cookies


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "address", "Give the address of a page, paste its HTML, or choose an archive."),
        ({"base": "https://example.org/"}, "html", "Give the address of a page, paste its HTML, or choose an archive."),
        ({"address": "example.org", "html": "<p>"}, "address", "Give only one of these"),
        ({"address": "ftp://example.org/"}, "address", "no web address that can be fetched"),
        ({"html": "<p>", "base": "ftp://x/"}, "base", "no web address that can be fetched"),
        ({"address": "example.org", "depth": "1", "most": "many"}, "most", "a number of pages from 1 to 200"),
        ({"address": "example.org", "depth": "1", "most": "201"}, "most", "a number of pages from 1 to 200"),
        ({"address": "example.org", "depth": "9"}, "depth", "Choose how far"),
        ({"address": "example.org", "schedule": "hourly"}, "schedule", "Choose how often"),
        ({"html": "<img>", "schedule": "daily"}, "schedule", "Only what is fetched from an address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(db, fields, field, words):
    response = send(Client(), **fields)

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Audit a page" in page
    assert f'<a href="#{field}">' in page
    assert words in page
    assert f'id="{field}-error-1"' in page
    assert page.count('aria-invalid="true"') == 1
    assert all(
        value.replace("<", "&lt;").replace(">", "&gt;") in page
        for name, value in fields.items()
        if name not in ("depth", "schedule")
    )
    assert ("<details" in page and " open>" in page) == bool(fields.keys() & {"html", "base"})
    assert not Audit.objects.exists()


def test_html_that_is_too_large(db, settings):
    settings.MAX_PAGE_BYTES = 10
    response = send(Client(), html="<p>" * 10)

    assert response.status_code == 422
    assert '<a href="#html">The page has 30 bytes.' in response.content.decode()


def archive(data, name="site.zip"):
    return SimpleUploadedFile(name, data)


def test_an_archive_becomes_an_audit_of_its_pages(visitor):
    response = send(visitor, archive=archive(zipped({"a.html": b"<title>A</title>", "b.html": b"<img src=x.png>"})))

    audit = Audit.objects.get()
    assert response.headers["Location"] == f"/audits/{audit.pk}/"
    assert (audit.kind, [page.address for page in audit.pages.all()]) == ("archive", ["/a.html", "/b.html"])
    look_at(audit, "", "")
    assert "A: 1 image, it needs something</h1>" in text_of(visitor, audit)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no zip", "This is no zip archive that can be read. Make it anew."),
        (zipped({"notes.txt": b""}), "There is no page in the archive."),
        (bytes(2000), "The archive has 2,000 bytes. Send one of at most"),
    ],
)
def test_an_archive_that_cannot_be_used_says_why_and_has_to_be_chosen_again(db, settings, data, words):
    settings.MAX_ARCHIVE_BYTES = 1999
    response = send(Client(), archive=archive(data), base="example.org/mine")

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Audit a page" in page
    assert f'<a href="#archive">{words}' in page
    assert "Choose it again: browsers keep no files." in page
    assert "example.org/mine" in page
    assert not Audit.objects.exists()


def test_an_archive_beside_an_address_is_one_too_many(db):
    response = send(Client(), address="example.org", archive=archive(b"x"))

    assert response.status_code == 422
    assert '<a href="#address">Give only one of these' in response.content.decode()


def test_when_there_is_no_room_for_an_archive_it_says_so(db, settings, tmp_path):
    settings.ARCHIVES_DIR = tmp_path / "file"
    settings.ARCHIVES_DIR.touch()
    response = send(Client(), archive=archive(zipped({"a.html": b""})))

    assert response.status_code == 503
    assert '<a href="#archive">There is no room on the disk' in response.content.decode()


def test_when_the_disk_is_full_it_says_so_and_keeps_what_was_pasted(db, settings, tmp_path):
    settings.PAGES_DIR = tmp_path / "file"
    settings.PAGES_DIR.touch()
    response = send(Client(), html="<p>Mine")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "There is no room on the disk" in response.content.decode()
    assert "&lt;p&gt;Mine" in response.content.decode()


def test_audits_are_listed_newest_first_and_to_nobody_else(visitor, stranger, owner, audit):
    newer = start(owner, "https://example.org/new/")
    page = visitor.get("/audits/").content.decode()

    assert page.index(str(newer.pk)) < page.index(str(audit.pk))
    assert "Shop &amp; more" in page
    assert "1 page, 9 images." in page
    assert "0 of 1 page looked at." in page
    assert str(audit.pk) not in stranger.get("/audits/").content.decode()


def test_a_list_of_many_costs_no_more_queries(visitor, owner, django_assert_max_num_queries):
    for _ in range(5):
        look_at(start(owner, PAGE))
    with django_assert_max_num_queries(7):
        visitor.get("/audits/")


# --- The report


def test_the_heading_and_title_say_how_it_stands(visitor, owner, audit):
    page = text_of(visitor, audit)
    assert "Shop &amp; more: 9 images, 7 need something</h1>" in page
    assert f"<title>Shop &amp; more: 9 images, 7 need something, audit {audit.pk.hex[:6]} " in page


LINKED = '<title>Home</title><a href="/b">b</a><a href="/c">c</a><img src=a.jpg>'


def test_headings_of_a_site_count_its_pages(owner):
    audit = start(owner, "https://example.org/", depth=1)
    assert AuditProgress.of(audit).heading == "Looking at example.org"
    look_at(audit, LINKED)
    assert AuditProgress.of(audit).heading == "Home: 1 of 3 pages looked at"
    pause(audit)
    assert AuditProgress.of(audit).heading == "Home: paused, 1 of 3 pages looked at"
    assert AuditProgress.of(audit).sentence == "So far: 1 image, it needs something."


def test_headings_of_what_is_over(owner):
    audit = start(owner, "https://example.org/", depth=1)
    look_at(audit, "<title>None</title>")
    assert AuditProgress.of(audit).heading == "None: no images"
    done = look_at(start(owner, '<p>A text.<img src="a.jpg" alt="Two cyclists rest on a bench by the lake">'))
    assert AuditProgress.of(done).heading == "example.org/shop: 1 image, nothing to do"
    Page.objects.filter(audit=audit).update(state=Page.State.FAILED)
    assert AuditProgress.of(audit).heading == "None: could not be read"
    stopped = start(owner, "https://example.org/x")
    cancel(stopped)
    assert AuditProgress.of(stopped).heading == "example.org/x: not looked at"


def test_while_pages_wait_there_is_a_way_to_check_without_scripts(visitor, owner):
    audit = start(owner, "https://example.org/")
    page = text_of(visitor, audit)
    assert f'<a class="button" href="/audits/{audit.pk}/">Check progress</a>' in page
    assert "data-pending" in page
    assert "Nobody fetches pages at the moment." in page

    look_at(audit, PAGE)
    assert "Check progress" not in text_of(visitor, audit)


def test_a_page_that_could_not_be_read_says_why(visitor, owner):
    audit = start(owner, "https://example.org/")
    Page.objects.update(state=Page.State.FAILED, error_code="http_status", error_message="There is nothing here.")
    page = text_of(visitor, audit)

    assert "example.org: could not be read</h1>" in page
    assert "<strong>example.org could not be read.</strong> There is nothing here." in page
    assert "Take it away" not in page


def test_problems_come_first_and_errors_before_warnings(visitor, audit):
    page = text_of(visitor, audit)
    headings = [
        'id="group-alt-missing"', 'id="group-alt-file-name"', 'id="group-alt-empty-in-link"', 'id="group-alt-opener"',
        'id="group-nothing"',
    ]  # fmt: skip
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "Fails WCAG 2.2: 1.1.1 Non-text Content. Rule L1. Source: WCAG failure F65." in page
    assert "Fails WCAG 2.2: 2.4.4 Link Purpose, 4.1.2 Name, Role, Value. Rule L10." in page


def test_each_image_stands_once_and_the_other_groups_say_where(visitor, audit):
    page = text_of(visitor, audit)

    assert page.count('<article class="use"') == 9
    assert '<a href="?group=name">Needs a name</a>' in page
    assert 'id="group-name"' not in page, "it stands under its problem"
    nothing = page[page.index('id="group-nothing"') :]
    assert nothing[nothing.index("<details") :].startswith('<details class="change">\n      <summary>Show 2 images')


def test_an_image_shows_its_code_place_role_text_and_what_to_do(visitor, audit):
    page = text_of(visitor, audit)
    wheel = page.split('<h3 id="use-')[1].split("</article>")[0]

    assert "Image 1, wheel.jpg</h3>" in wheel
    assert "&lt;img src=&quot;wheel.jpg&quot; width=&quot;300&quot; height=&quot;200&quot;&gt;" in wheel
    assert "Where it stands: line 2" in wheel
    assert "Image, 300 by 200 pixels" in wheel
    assert "https://example.org/shop/wheel.jpg" in wheel
    assert '<q lang="de">Wheels</q>' in wheel
    assert '<q lang="de">Text before.</q>' in wheel
    assert '<q lang="de">Text after. A photo:' in wheel
    assert "none: there is no alt attribute" in wheel
    assert "It needs a description." in wheel
    assert "Describe it: say what it tells its reader here." in wheel


def card(audit, name, group=""):
    return UseCard(use_of(audit, name), group=group)


def test_a_picture_can_be_looked_at_where_it_lies(visitor, owner, audit):
    html = visitor.get(f"/audits/{audit.pk}/").content.decode()
    assert '<a href="https://example.org/shop/wheel.jpg" rel="noreferrer noopener nofollow">' in html
    assert "See the picture at example.org<" in html
    one = look_at(
        start(owner, "<p>x<img src='javascript:alert(1)//a.jpg'><img src='http://[/a.jpg'><img src=a.jpg>", address="")
    )
    assert "See the picture" not in visitor.get(f"/audits/{one.pk}/").content.decode()


def test_a_link_is_named_by_where_it_leads(audit):
    cart = card(audit, "cart.png")

    assert [(fact.label, fact.text) for fact in cart.place][:2] == [
        ("In a link to", "https://example.org/your-cart"), ("Its name", "none"),
    ]  # fmt: skip
    assert cart.suggestion.text == "Your cart"
    assert cart.origin == "From the words of the page, to be checked. From the address of the link."
    assert cart.to_do.startswith("Name it:")


def test_the_text_that_is_there_is_told_apart_from_none(audit):
    assert card(audit, "IMG_1234.jpg").alt.text == "IMG_1234.jpg"
    assert card(audit, "IMG_1234.jpg").alt.is_quote
    assert card(audit, "line.png").alt.text == 'empty: alt=""'
    assert card(audit, "wheel.jpg").alt.text == "none: there is no alt attribute"


def test_a_language_that_is_none_is_not_passed_on(owner):
    for lang, told in (("de-CH", "de-CH"), ("see below", ""), ("", "")):
        audit = look_at(start(owner, f'<html lang="{lang}"><p>x<img src="a.jpg">'))
        assert card(audit, "a.jpg").lang == told


def test_an_empty_text_is_suggested_only_if_a_person_agrees(audit):
    dot = card(audit, "dot.gif")
    assert (dot.suggestion.text, dot.origin) == ("", "From the place of the image, if you agree.")


def test_a_problem_is_not_told_twice(audit):
    assert [one["id"] for one in card(audit, "b.jpg").other_findings] == ["alt-opener"]
    assert card(audit, "b.jpg", "alt-opener").other_findings == []


def test_data_in_the_page_has_a_name_and_no_endless_address(visitor, audit):
    page = text_of(visitor, audit)

    assert "Image 9, image in the page itself" in page
    assert "data:image/png;base64" in page
    assert max(map(len, page.split())) < 1000


def test_nothing_of_the_page_is_loaded_and_its_markup_is_text(visitor, owner):
    html = '<title><script>alert(1)</script></title><p>x<img src="https://elsewhere.example/a.jpg" alt="<b>x</b> y z">'
    page = text_of(visitor, look_at(start(owner, html)))

    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert 'src="https:' not in page


def many(owner, count):
    images = "".join(f"<p>Number {at}: <img src=a{at}.jpg></p>" for at in range(count))
    return look_at(start(owner, f"<title>Many</title>{images}"))


def test_a_group_with_many_images_has_pages_of_its_own(visitor, owner):
    audit = many(owner, 60)
    report = text_of(visitor, audit)
    assert report.count('<article class="use"') == 10
    assert '<a class="button" href="?group=alt-missing">All 60 images' in report

    second = text_of(visitor, audit, "?group=alt-missing&page=3")
    assert "<title>Error: The image has no alt text, page 3 of 3, Many, audit " in second
    assert second.count('<article class="use"') == 10
    assert "Images 51 to 60 of 60." in second
    assert "Image 60, a59.jpg" in second
    assert visitor.get(f"/audits/{audit.pk}/?group=alt-vague").status_code == 404
    assert visitor.get(f"/audits/{audit.pk}/?group=nonsense").status_code == 404


def test_large_numbers_are_grouped(visitor, owner):
    page = text_of(visitor, many(owner, 1001))
    assert "1,001 pictures need words" in page
    assert "Describe the 1,001 that need it" in page


def test_a_report_costs_the_same_however_much_is_on_it(visitor, owner, django_assert_max_num_queries):
    audit = many(owner, 300)
    describe(audit, describable(audit))
    with django_assert_max_num_queries(20):
        text_of(visitor, audit)
    with django_assert_max_num_queries(16):
        text_of(visitor, audit, "?group=alt-missing&page=2")
    with django_assert_max_num_queries(10):
        visitor.get(f"/audits/{audit.pk}/progress")


def test_images_of_a_site_are_told_apart_by_their_page(visitor, owner):
    audit = look_at(start(owner, "https://example.org/", depth=1), LINKED, "<img src=b.jpg>", "<p>")
    page = text_of(visitor, audit)

    assert "Image 1 of page 1, a.jpg" in page
    assert "Image 1 of page 2, b.jpg" in page
    assert "<dt>On the page</dt>" in page


def test_pages_of_a_site_that_could_not_be_read_are_told_in_one_place(visitor, owner):
    audit = look_at(start(owner, "https://example.org/", depth=1), LINKED)
    Page.objects.filter(position__gt=1).update(state="failed", error_code="x", error_message="There is nothing.")
    page = text_of(visitor, audit)

    assert "2 pages could not be read." in page
    assert "<summary>Why 2 pages could not be read</summary>" in page
    assert page.count("There is nothing.") == 2


# --- Holding and ending it


@pytest.mark.parametrize(("action", "state"), [("pause", "paused"), ("cancel", "cancelled")])
def test_an_audit_is_held_or_ended(visitor, owner, action, state):
    audit = start(owner, "https://example.org/")
    response = visitor.post(f"/audits/{audit.pk}/change", {"action": action})

    assert response.status_code == 303
    assert response.headers["Location"].endswith("/#audit-heading")
    audit.refresh_from_db()
    assert audit.state == state
    assert 'class="notice"' in text_of(visitor, audit)


def test_a_paused_audit_goes_on(visitor, owner):
    audit = start(owner, "https://example.org/")
    pause(audit)
    page = text_of(visitor, audit)
    assert 'value="resume">Go on</button>' in page
    assert "data-pending" not in page
    visitor.post(f"/audits/{audit.pk}/change", {"action": "resume"})

    audit.refresh_from_db()
    assert audit.state == "running"


# --- Looking again


@pytest.fixture
def fetched(owner):
    """An audit of an address, looked at: it can be looked at again."""
    return look_at(start(owner, "https://example.org/"), PAGE)


def change(visitor, audit, **fields):
    return visitor.post(f"/audits/{audit.pk}/change", fields)


def test_it_is_looked_at_again_and_the_report_says_what_changed(visitor, fetched):
    assert "Since the look before" not in text_of(visitor, fetched)
    assert change(visitor, fetched, action="look-again").status_code == 303
    page = text_of(visitor, fetched)
    assert "Looking at Shop" in page
    assert page.count('<article class="use"') == 9, "what was found before stands there until then"
    assert 'value="look-again"' not in page

    look_at(fetched, PAGE.replace("wheel.jpg", "other.jpg").replace('src="dot.gif"', 'src="dot.gif" alt="A dot"'))
    page = text_of(visitor, fetched)
    assert "Since the look before: 1 new image, 1 gone, 1 with another text, 7 as before." in page
    change(visitor, fetched, action="look-again")
    look_at(fetched, PAGE.replace("wheel.jpg", "other.jpg").replace('src="dot.gif"', 'src="dot.gif" alt="A dot"'))
    assert "Since the look before nothing has changed." in text_of(visitor, fetched)


def test_another_picture_at_an_address_is_told(visitor, fetched):
    look_again(fetched)
    Page.objects.update(state="scanned", changes={"same": 2})
    watch = Watch.objects.create(audit=fetched, address="https://example.org/a.png", changed_at=timezone.now())
    Work.objects.create(watch=watch, queue="fetch", next_attempt_at=timezone.now())
    said = text_of(visitor, fetched)
    assert "1 address holds another picture than before, whose words are made afresh." in said
    assert "1 picture is still to be compared." in said


def test_pages_that_came_and_went_are_counted_in_words(visitor, owner):
    audit = look_at(start(owner, "https://example.org/", depth=1), LINKED, "<img src=b.jpg>", "<p>")
    change(visitor, audit, action="look-again")
    found = audit.pages.order_by("position")
    look_at(audit, LINKED.replace("/c", "/new"))
    for _ in range(2):
        (work,) = claim("fetch", "test", 1, alone=False)
        assert end_gone(work)
    look_at(audit, "<img src=c.jpg><img src=d.jpg>")
    page = text_of(visitor, audit)

    assert "Since the look before: 2 new images, 1 gone, 1 as before. 1 page is new. 2 pages are gone." in page
    assert "Why 2 pages could not be read" in page
    assert "There is nothing at its address any more." in page
    assert "b.jpg" not in page
    assert [one.error_code for one in found] == ["", "page_gone", "page_gone", ""]
    assert "4 pages, 3 images." in visitor.get("/audits/").content.decode()


def test_a_schedule_is_set_and_told(visitor, fetched):
    change(visitor, fetched, action="schedule", schedule="weekly")
    page = text_of(visitor, fetched)

    fetched.refresh_from_db()
    assert fetched.schedule == "weekly"
    assert "It is looked at again every week." in page
    assert '<option value="weekly" selected>Every week</option>' in page
    assert f"The next look is due on {fetched.next_look_at:%-d %B %Y, %H:%M} UTC." in page
    assert "as long as you open this report at least once in 30 days" in page
    change(visitor, fetched, action="schedule", schedule="never")
    assert "It is not looked at by itself." in text_of(visitor, fetched)


def test_opening_a_scheduled_report_renews_the_session(visitor, fetched):
    change(visitor, fetched, action="schedule", schedule="weekly")
    text_of(visitor, fetched)  # takes the notice out of the session
    assert "sessionid" not in visitor.get(f"/audits/{fetched.pk}/").cookies
    Audit.objects.update(seen_at=timezone.now() - timedelta(days=2))
    assert "sessionid" in visitor.get(f"/audits/{fetched.pk}/").cookies


def test_a_schedule_that_is_none_says_so_at_its_field(visitor, fetched):
    response = change(visitor, fetched, action="schedule", schedule="hourly")
    assert response.status_code == 422
    assert '<a href="#schedule">Choose how often.' in response.content.decode()
    assert "<title>Error: Shop" in response.content.decode()


def test_a_full_queue_is_told_where_it_was_asked(visitor, fetched, settings):
    settings.MAX_QUEUED_PAGES = 0
    response = change(visitor, fetched, action="look-again")
    assert response.status_code == 503
    assert '<a href="#look-again">0 pages are waiting already.' in response.content.decode()


EMPTY = '<title>App</title><div id="root"></div><script src="app.js"></script>'


def test_a_page_that_scripts_build_is_said_to_look_empty(visitor, owner):
    page = text_of(visitor, look_at(start(owner, "https://example.org/"), EMPTY))
    assert "<strong>Without JavaScript this page looks empty.</strong>" in page
    assert "look-again-with-browser" not in page, "the operator has not allowed one"
    pages = look_at(start(owner, "https://example.org/", depth=1), LINKED, EMPTY, "<p>A text.")
    assert "<strong>Without JavaScript 1 page looks empty.</strong>" in text_of(visitor, pages)


def test_where_a_browser_is_allowed_it_is_offered_and_can_be_left(visitor, owner, settings):
    need("chromium")
    settings.CAPTIONER_BROWSER = "sandboxed"
    audit = look_at(start(owner, "https://example.org/"), EMPTY)
    assert 'value="look-again-with-browser">Look again with a browser</button>' in text_of(visitor, audit)
    change(visitor, audit, action="look-again-with-browser")
    audit.refresh_from_db()
    assert (audit.with_browser, audit.looks) == (True, 2)

    look_at(audit, EMPTY)
    page = text_of(visitor, audit)
    assert "Its pages are built by a browser." in page
    assert "look-again-with-browser" not in page
    change(visitor, audit, action="look-again-without-browser")
    audit.refresh_from_db()
    assert not audit.with_browser


def test_where_there_is_no_browser_none_is_asked(visitor, owner):
    audit = look_at(start(owner, "https://example.org/"), EMPTY)
    change(visitor, audit, action="look-again-with-browser")
    assert "There is no browser here that may build pages." in text_of(visitor, audit)
    audit.refresh_from_db()
    assert (audit.with_browser, audit.looks) == (False, 1)


def test_what_was_handed_over_offers_no_other_look(visitor, audit):
    assert "Look again" not in text_of(visitor, audit)
    change(visitor, audit, action="look-again")
    assert "Hand it over again." in text_of(visitor, audit)
    change(visitor, audit, action="schedule", schedule="daily")
    assert "Hand it over again." in text_of(visitor, audit)


def test_pages_that_could_not_be_read_are_tried_again(visitor, owner):
    audit = start(owner, "https://example.org/")
    Page.objects.update(state=Page.State.FAILED, error_code="http_status", error_message="There is nothing here.")
    assert 'value="retry">Try again</button>' in text_of(visitor, audit)
    visitor.post(f"/audits/{audit.pk}/change", {"action": "retry"})

    assert audit.pages.get().state == Page.State.WAITING
    assert "are tried again." in text_of(visitor, audit)
    cancel(audit)
    assert 'value="retry"' not in text_of(visitor, audit)


def test_other_actions_change_nothing(visitor, owner):
    audit = start(owner, "https://example.org/")
    visitor.post(f"/audits/{audit.pk}/change", {"action": "explode"})
    visitor.get(f"/audits/{audit.pk}/change", {"action": "cancel"})

    audit.refresh_from_db()
    assert audit.state == "running"


def test_deleting_asks_first(visitor, audit, django_capture_on_commit_callbacks):
    asks = visitor.post(f"/audits/{audit.pk}/delete")
    assert "Delete the audit of Shop &amp; more?" in asks.content.decode()
    assert Audit.objects.filter(pk=audit.pk).exists()

    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(f"/audits/{audit.pk}/delete", {"confirm": "yes"})
    assert response.status_code == 303
    assert "The audit of Shop &amp; more is deleted." in visitor.get("/audits/").content.decode()
    assert not Audit.objects.filter(pk=audit.pk).exists()
    assert not list(installation.PAGES_DIR.glob("*"))


# --- Descriptions


def test_the_button_counts_pictures_and_not_their_uses(visitor, owner):
    audit = look_at(start(owner, '<p>a<img src="a.jpg"><p>b<img src="a.jpg"><p>c<img src="b.jpg">'))
    assert "Describe the 2 that need it</button>" in text_of(visitor, audit)

    response = visitor.post(f"/audits/{audit.pk}/describe")

    assert response.status_code == 303
    assert Job.objects.get().images.count() == 2
    page = text_of(visitor, audit)
    assert "2 pictures are in the queue." in page
    assert "that need it" not in page
    assert page.count("Waiting to be fetched from example.org.") == 3
    assert "Descriptions asked for: 2, all waiting." in page
    assert f'href="/jobs/{Job.objects.get().pk}/"' in page


def test_a_second_press_says_that_nothing_is_left(visitor, audit):
    visitor.post(f"/audits/{audit.pk}/describe")
    visitor.post(f"/audits/{audit.pk}/describe")

    assert "No image here waits for a description." in text_of(visitor, audit)
    assert Job.objects.count() == 1


def test_of_what_the_quota_leaves_as_much_is_described_and_then_it_says_so(visitor, audit, settings):
    settings.QUOTA_DAY = 1
    assert visitor.post(f"/audits/{audit.pk}/describe").status_code == 303
    assert Image.objects.count() == 1
    response = visitor.post(f"/audits/{audit.pk}/describe")
    assert response.status_code == 403
    assert "The quota of pictures here is 1 a day, of which none is left." in response.content.decode()
    assert Image.objects.count() == 1


def test_when_the_queue_is_full_the_report_says_so(visitor, audit, settings):
    settings.MAX_QUEUED_IMAGES = 1
    response = visitor.post(f"/audits/{audit.pk}/describe")

    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "<title>Error: Shop" in page
    assert '<a href="#describe">' in page
    assert 'id="describe"' in page


def test_several_jobs_are_all_there_to_be_checked(visitor, audit, settings):
    settings.MAX_FILES_PER_UPLOAD = 1
    visitor.post(f"/audits/{audit.pk}/describe")

    assert text_of(visitor, audit).count("Check the drafts of one picture") == Job.objects.count() == 2


def test_a_draft_stands_beside_its_use_as_a_draft(visitor, audit):
    picture = asked(audit).last()
    draft(picture.job)
    page = text_of(visitor, audit)

    assert '<q class="suggested" lang="en">A dog runs across the grass.</q>' in page
    assert "Unchecked draft, may be wrong. Likely right, check it." in page
    assert f'<a class="button" href="/images/{picture.pk}/">Check it and decide' in page
    assert f'src="/images/{picture.pk}/file"' in page
    assert "Image 9, image in the page itself: A dog runs across the grass." in page
    assert f'href="/audits/{audit.pk}/"' in visitor.get(f"/images/{picture.pk}/").content.decode()


def test_a_decided_text_says_that_a_person_decided(visitor, audit, owner):
    picture = asked(audit).last()
    draft(picture.job)
    decide(picture, "A blue square.", owner=owner)
    page = text_of(visitor, audit)

    assert "A blue square.</q>" in page
    assert "Decided by a person." in page
    assert "Change its text" in page
    assert "Put the decided text into your page" in page
    assert "Descriptions asked for: 2, 1 done, 1 waiting." in page


def test_what_came_to_nothing_says_why(visitor, audit):
    first, last = asked(audit)
    draft(last.job, withheld="not_a_photograph")
    fail(first, message="The server took too long.")
    withheld = UseCard(Use.objects.get(image=last))
    page = text_of(visitor, audit)

    assert withheld.suggestion is None or withheld.suggestion.text
    assert "No draft could be made. The server took too long." in page
    assert "Descriptions asked for: 2, 1 done, 1 failed. 0 of 2 texts decided." in page


def test_progress_for_scripts(visitor, audit):
    picture = asked(audit).last()
    draft(picture.job)
    facts = visitor.get(f"/audits/{audit.pk}/progress").json()

    assert (facts["total"], facts["done"], facts["failed"], facts["waiting"]) == (2, 1, 0, 1)
    assert facts["images"] == 9
    assert facts["looking"] is False
    assert sorted(facts["states"].values()) == ["suggested", "waiting"]
    assert set(facts["states"]) == {str(use.pk) for use in Use.objects.exclude(image=None)}


def test_a_card_by_itself(visitor, audit):
    picture = asked(audit).last()
    draft(picture.job)
    use = Use.objects.get(image=picture)
    html = visitor.get(f"/audits/{audit.pk}/images/{use.pk}/card?group=alt-missing").content.decode()

    assert html.strip().startswith(f'<article class="use" aria-labelledby="use-{use.pk}" data-card="{use.pk}"')
    assert "<dt>Error</dt>" not in html
    assert "A dog runs across the grass." in html


def test_an_audit_shows_no_use_of_another(visitor, owner, audit):
    other = look_at(start(owner, PAGE))

    assert visitor.get(f"/audits/{audit.pk}/images/{other.pages.get().uses.first().pk}/card").status_code == 404
    assert visitor.get(f"/audits/{audit.pk}/pages/{other.pages.get().pk}/").status_code == 404


# --- Taking away


def test_a_draft_that_may_be_wrong_leaves_with_its_doubt(visitor, audit):
    draft(asked(audit).last().job, confidence={"p": 0.5, "band": "unsure", "calibrated": True})
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"/audits/{audit.pk}/images.csv").content.decode("utf-8-sig"))))
    (page,) = json.loads(visitor.get(f"/audits/{audit.pk}/images.json").content)["pages"]

    assert rows[8]["suggestion"] == page["uses"][8]["suggestion"]["text"] != "A dog runs across the grass."
    assert rows[8]["suggestion"].startswith("A dog runs across the grass")


def decided(audit, owner, text="A “blue” <square> & more."):
    picture = asked(audit).last()
    draft(picture.job)
    decide(picture, text, owner=owner)
    return audit.pages.get()


def test_csv_has_a_line_for_each_image(visitor, audit, owner):
    decided(audit, owner, "=A blue square.")
    response = visitor.get(f"/audits/{audit.pk}/images.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 9
    assert (rows[0]["alt"], rows[0]["rules"], rows[0]["errors"]) == ("(none)", "L1", "1")
    assert (rows[1]["suggestion"], rows[1]["suggestion_origin"]) == ("Your cart", "page")
    assert rows[8]["suggestion"] == "'=A blue square."


def test_json_has_everything(visitor, audit, owner):
    decided(audit, owner)
    response = visitor.get(f"/audits/{audit.pk}/images.json")
    (page,) = json.loads(response.content)["pages"]

    assert "attachment" in response.headers["Content-Disposition"]
    assert (page["title"], len(page["uses"])) == ("Shop & more", 9)
    assert page["uses"][8]["suggestion"]["origin"] == "person"
    assert page["uses"][8]["image"]
    assert page["uses"][0]["suggestion"] is None


def test_the_html_has_the_decided_text_and_nothing_else_is_changed(visitor, audit, owner):
    page = decided(audit, owner)
    response = visitor.get(f"/audits/{audit.pk}/pages/{page.pk}/html")

    written = response.content.decode()
    attribute = 'alt="A “blue” &lt;square&gt; &amp; more." '
    assert written.replace(attribute, "") == PAGE
    assert written.index(attribute) > written.index("Read this:")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="shop.html"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_the_changes_are_shown_with_signs_and_words(visitor, audit, owner):
    page = decided(audit, owner)
    html = visitor.get(f"/audits/{audit.pk}/pages/{page.pk}/").content.decode()

    assert "1 text that you decided is put in." in html
    assert "\N{MINUS SIGN} </span>" in html
    assert "+ </span>" in html
    assert "becomes: </span>&lt;p&gt;Read this: &lt;img alt=" in html
    assert "A “blue” &amp;lt;square&amp;gt; &amp;amp; more." in html


def test_where_nothing_is_decided_it_says_so(visitor, audit):
    draft(asked(audit).last().job)
    page = audit.pages.get()

    html = visitor.get(f"/audits/{audit.pk}/pages/{page.pk}/").content.decode()
    assert "Nothing is decided yet" in html
    assert "Download the HTML" not in html
    assert visitor.get(f"/audits/{audit.pk}/pages/{page.pk}/html").content == PAGE.encode()


def test_a_source_that_is_gone_says_what_to_do(visitor, audit, owner):
    page = decided(audit, owner)
    sources.remove(page.source_name)
    for end in ("", "html"):
        response = visitor.get(f"/audits/{audit.pk}/pages/{page.pk}/{end}")
        assert response.status_code == 422
        assert "Hand the page over again." in response.content.decode()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/", "page.html"), ("https://example.org/a/b.php?x=1", "b.html"),
        ("https://example.org/a%22b", "page.html"), ("", "page.html"), ("https://example.org/shop/", "shop.html"),
    ],
)  # fmt: skip
def test_the_file_is_called_after_its_page(visitor, owner, address, name):
    audit = look_at(start(owner, "<p>", address=address))
    response = visitor.get(f"/audits/{audit.pk}/pages/{audit.pages.get().pk}/html")

    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_privacy_page_tells_of_pages(client):
    page = client.get("/privacy/").content.decode()

    assert "Of a page that you have audited: its source" in page
    assert "So are audits with the sources of their pages." in page
