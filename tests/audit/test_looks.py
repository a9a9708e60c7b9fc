"""Looking again: only what changed is done again, what was decided stays, and what is gone is said."""

import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tests.fetch.servers import http, redirect
from tests.pages.pictures import fail
from tests.services.servers import need
from webapp.accounts.keys import make_key, revoke
from webapp.accounts.models import Owner
from webapp.audit.access import uses_on
from webapp.audit.changes import Changes, changes_of
from webapp.audit.delete import delete_expired_audits
from webapp.audit.describe import count_describable, describable, describe
from webapp.audit.due import begin_due_looks
from webapp.audit.errors import CannotLookAgain
from webapp.audit.look_again import look_again
from webapp.audit.models import Audit, Page, Use
from webapp.audit.queueing import cancel, pause
from webapp.audit.schedule import note_seen, set_schedule
from webapp.audit.start import start_html, start_page
from webapp.fetch.browser.browser import Browser
from webapp.fetch.polite_fetcher import PoliteFetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import Robots
from webapp.library.decide import decide
from webapp.library.errors import QueueFull
from webapp.library.models import Image
from webapp.queue.claim import claim
from webapp.queue.models import Work
from worker import tasks
from worker.fetching import Network, fetch_batch

pytestmark = pytest.mark.django_db(transaction=True)


def page(*names):
    return "".join(f"<h2>{name}</h2><p>Text.</p><img src={name}.jpg>" for name in names).encode()


def kept():
    return sorted(path.name for path in settings.PAGES_DIR.glob("*"))


@pytest.fixture
def looked_at(owner, site, drain):
    """An audit of a page with two pictures, both described and one of them decided."""
    site.pages["/a"] = page("one", "two")
    audit = start_page(owner, site.url("/a"))
    drain()
    (job,) = describe(audit, describable(audit))
    first = job.images.get(position=1)
    fail(first)  # there is no draft, so that its text is written by hand
    decide(first, "The first one.", owner=owner)
    Work.objects.filter(image__isnull=False).delete()  # nobody fetches the second one here
    return audit


def pictures(audit):
    """The name of each use's file, and whether it has a picture in the library."""
    uses = Use.objects.filter(page__audit=audit).order_by("page__position", "position")
    return [(use.address.rpartition("/")[2], use.image_id is not None) for use in uses]


# --- What stays and what is done again


def test_a_page_that_its_server_calls_unmodified_is_not_read_again(looked_at, site, drain):
    site.tags["/a"] = '"1"'
    look_again(looked_at)
    drain()
    uses = list(Use.objects.values_list("pk", "image"))
    site.pages["/a"] = b"The body of a 304 is not looked at."
    look_again(looked_at)
    assert drain() == 1

    assert site.requests[-1].headers["if-none-match"] == '"1"'
    assert list(Use.objects.values_list("pk", "image")) == uses
    assert changes_of(looked_at) == Changes(new=0, gone=0, text=0, same=2, new_pages=0, gone_pages=0)
    assert len(kept()) == 1


def test_a_page_with_the_same_source_is_not_looked_at_again(looked_at, drain, monkeypatch):
    uses = list(Use.objects.values_list("pk", "image"))
    monkeypatch.setattr("webapp.audit.take_in._SECONDS", 0.0)  # whatever is scanned now fails
    look_again(looked_at)
    drain()

    assert list(Use.objects.values_list("pk", "image")) == uses
    assert looked_at.pages.get().state == "scanned"


def test_of_a_changed_page_only_what_is_new_asks_for_a_description(looked_at, site, drain):
    site.pages["/a"] = page("new", "two", "one")
    look_again(looked_at)
    drain()

    assert pictures(looked_at) == [("new.jpg", False), ("two.jpg", True), ("one.jpg", True)]
    assert Use.objects.get(address__endswith="one.jpg").image.alt_text == "The first one."
    assert [use.address.rpartition("/")[2] for use in describable(looked_at)] == ["new.jpg"]
    assert changes_of(looked_at) == Changes(new=1, gone=0, text=0, same=2, new_pages=0, gone_pages=0)
    assert kept() == [looked_at.pages.get().source_name], "the source before is removed"


def test_images_that_are_gone_or_got_a_text_are_counted_and_stay_in_the_library(looked_at, site, drain):
    site.pages["/a"] = page("two").replace(b">", b' alt="A house by the lake">').replace(b'h2 alt="A', b'h2 title="A')
    look_again(looked_at)
    drain()

    assert changes_of(looked_at) == Changes(new=0, gone=1, text=1, same=0, new_pages=0, gone_pages=0)
    assert pictures(looked_at) == [("two.jpg", False)], "it no longer asks for words of its picture"
    assert Image.objects.filter(alt_text="The first one.").exists()


def test_a_picture_that_is_used_twice_or_moves_to_another_page_keeps_its_description(owner, site, drain):
    site.pages |= {"/a": page("one") + b'<a href="/b">b</a>', "/b": b"<p>"}
    audit = start_page(owner, site.url("/a"), depth=1)
    drain()
    describe(audit, describable(audit))
    site.pages |= {"/a": page("one", "one") + b'<a href="/b">b</a>', "/b": page("one")}
    look_again(audit)
    drain()

    assert pictures(audit) == [("one.jpg", True)] * 3
    assert len({use.image_id for use in Use.objects.all()}) == 1
    assert count_describable(audit) == 0


def test_drawings_in_the_page_are_matched_though_they_have_no_file(owner, site, drain):
    drawing = b"<p>x<svg><circle r=1 /></svg>"
    site.pages["/a"] = drawing * 2
    audit = start_page(owner, site.url("/a"))
    drain()
    site.pages["/a"] = drawing * 3
    look_again(audit)
    drain()
    assert changes_of(audit) == Changes(new=1, gone=0, text=0, same=2, new_pages=0, gone_pages=0)


# --- Pages that come, go and fail


def test_a_page_that_is_gone_is_said_and_comes_back_with_what_was_decided(looked_at, site, drain):
    source = site.pages.pop("/a")
    look_again(looked_at)
    drain()
    (found,) = looked_at.pages.all()
    assert (found.state, found.error_code) == ("failed", "page_gone")
    assert changes_of(looked_at) == Changes(new=0, gone=2, text=0, same=0, new_pages=0, gone_pages=1)
    assert not uses_on(looked_at).exists()
    assert describable(looked_at) == []

    look_again(looked_at)
    drain()
    assert changes_of(looked_at).gone_pages == 0, "that is no news"
    assert looked_at.pages.get().gone_at == found.gone_at

    site.pages["/a"] = source
    look_again(looked_at)
    drain()
    assert looked_at.pages.get().state == "scanned"
    assert pictures(looked_at) == [("one.jpg", True), ("two.jpg", True)]
    assert uses_on(looked_at).count() == 2


def test_a_page_that_is_gone_stays_so_where_the_next_look_is_stopped(looked_at, site, drain):
    del site.pages["/a"]
    look_again(looked_at)
    drain()
    look_again(looked_at)
    cancel(looked_at)
    (found,) = looked_at.pages.all()
    assert (found.state, found.error_code) == ("failed", "page_gone")
    assert "nothing at its address any more" in found.error_message


def test_a_page_that_never_was_there_is_not_called_gone(owner, site, drain):
    audit = start_page(owner, site.url("/a"))
    drain()
    look_again(audit)
    drain()
    assert audit.pages.get().error_code == "http_status"
    assert audit.pages.get().gone_at is None


def test_a_page_that_fails_this_time_keeps_what_was_found(looked_at, site, drain):
    site.answer = lambda request: http(200, b"\x89PNG\r\n\x1a\n", Content_Type="text/html")
    look_again(looked_at)
    drain()
    assert looked_at.pages.get().error_code == "not_a_page"
    assert pictures(looked_at) == [("one.jpg", True), ("two.jpg", True)]


def test_new_pages_of_a_site_are_found_and_those_that_are_gone_make_room(owner, site, drain):
    site.pages |= {"/a": b'<a href="/b">b</a>', "/b": page("one")}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=2)
    drain()
    del site.pages["/b"]
    look_again(audit)
    drain()
    site.pages |= {"/a": b'<a href="/c">c</a>', "/c": page("two")}
    look_again(audit)
    drain()
    assert [(one.address[-1], one.error_code) for one in audit.pages.all()] == [
        ("a", ""),
        ("b", "page_gone"),
        ("c", ""),
    ]
    assert changes_of(audit) == Changes(new=1, gone=0, text=0, same=0, new_pages=1, gone_pages=0)


def test_the_tag_of_one_address_is_not_believed_for_another(owner, site, drain):
    """A page moves to an address whose server has the same tag for something else."""
    site.pages |= {"/a": page("one"), "/moved": page("two")}
    site.tags |= {"/a": '"1"', "/moved": '"1"'}
    audit = start_page(owner, site.url("/a"))
    drain()
    answer = site.answer
    site.answer = lambda request: redirect("/moved") if request.path == "/a" else answer(request)
    look_again(audit)
    drain()
    assert pictures(audit) == [("two.jpg", False)]
    assert audit.pages.get().final_address == site.url("/moved")


# --- When it cannot be looked at again


def test_what_was_handed_over_is_not_fetched(owner, drain):
    audit = start_html(owner, b"<p>")
    drain()
    with pytest.raises(CannotLookAgain, match="Hand it over again"):
        look_again(audit)
    with pytest.raises(CannotLookAgain):
        set_schedule(audit, Audit.Schedule.DAILY)


def test_a_look_under_way_is_not_begun_twice(looked_at):
    look_again(looked_at)
    with pytest.raises(CannotLookAgain, match="being looked at"):
        look_again(looked_at)
    assert Work.objects.filter(queue="fetch", page__isnull=False).count() == 1
    assert changes_of(looked_at) is None


def test_a_full_queue_leaves_all_as_it_is(looked_at, settings):
    settings.MAX_QUEUED_PAGES = 0
    with pytest.raises(QueueFull):
        look_again(looked_at)
    assert (looked_at.pages.get().state, Audit.objects.get().looks) == ("scanned", 1)


def test_another_look_that_is_stopped_leaves_what_was_found_and_ends_the_schedule(looked_at, drain):
    set_schedule(looked_at, Audit.Schedule.DAILY)
    look_again(looked_at)
    cancel(looked_at)
    assert looked_at.pages.get().state == "scanned"
    assert (looked_at.schedule, looked_at.next_look_at) == ("never", None)
    look_again(looked_at)
    assert (looked_at.state, drain()) == ("running", 1)


def test_a_first_look_that_was_stopped_begins_anew(owner, site, drain):
    site.pages["/a"] = page("one")
    audit = start_page(owner, site.url("/a"))
    cancel(audit)
    assert audit.pages.get().state == "cancelled"
    look_again(audit)
    drain()
    assert pictures(audit) == [("one.jpg", False)]


# --- By itself


def make_due(audit):
    Audit.objects.filter(pk=audit.pk).update(next_look_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(("schedule", "days"), [("daily", 1), ("weekly", 7), ("monthly", 30)])
def test_the_next_look_is_counted_from_the_newest(looked_at, schedule, days):
    set_schedule(looked_at, Audit.Schedule(schedule))
    assert looked_at.next_look_at - looked_at.looked_at == timedelta(days=days)
    set_schedule(looked_at, Audit.Schedule.NEVER)
    assert looked_at.next_look_at is None


def test_the_chore_begins_what_is_due_and_nothing_else(looked_at, owner):
    set_schedule(looked_at, Audit.Schedule.DAILY)
    tasks.look_again()
    assert Audit.objects.get().looks == 1
    make_due(looked_at)
    tasks.look_again()
    audit = Audit.objects.get()
    assert (audit.looks, audit.pages.get().state) == (2, "waiting")
    assert audit.next_look_at > timezone.now()


def test_what_is_under_way_or_paused_is_let_be(looked_at):
    set_schedule(looked_at, Audit.Schedule.DAILY)
    pause(looked_at)
    make_due(looked_at)
    assert begin_due_looks() == 0
    Audit.objects.update(state="running")
    Page.objects.update(state="waiting")
    assert begin_due_looks() == 0


def test_a_full_queue_puts_it_off(looked_at, settings):
    set_schedule(looked_at, Audit.Schedule.DAILY)
    make_due(looked_at)
    settings.MAX_QUEUED_PAGES = 0
    assert begin_due_looks() == 0
    settings.MAX_QUEUED_PAGES = 10
    assert begin_due_looks() == 1


def test_where_nobody_can_read_the_report_any_more_the_schedule_ends(looked_at, owner):
    set_schedule(looked_at, Audit.Schedule.DAILY)
    make_due(looked_at)
    Audit.objects.update(seen_at=timezone.now() - settings.RETENTION)
    assert begin_due_looks() == 0
    assert (Audit.objects.get().schedule, Audit.objects.get().next_look_at) == ("never", None)


def test_a_schedule_made_with_a_key_ends_with_the_key(site):
    key, _ = make_key("ci")
    audit = start_page(key.owner, site.url("/a"), schedule=Audit.Schedule.DAILY)
    Page.objects.update(state="scanned")
    make_due(audit)
    Audit.objects.update(seen_at=None)
    assert begin_due_looks() == 1
    Page.objects.update(state="scanned")
    revoke(key)
    make_due(audit)
    assert begin_due_looks() == 0
    assert Audit.objects.get().schedule == "never"


def test_seeing_a_scheduled_audit_is_noted_once_a_day(looked_at):
    assert not note_seen(looked_at)
    set_schedule(looked_at, Audit.Schedule.DAILY)
    assert not note_seen(looked_at)
    Audit.objects.update(seen_at=timezone.now() - timedelta(days=2))
    looked_at.refresh_from_db()
    assert note_seen(looked_at)
    assert timezone.now() - Audit.objects.get().seen_at < timedelta(minutes=5)


def test_the_retention_counts_from_the_newest_look_and_waits_for_the_next(looked_at):
    set_schedule(looked_at, Audit.Schedule.MONTHLY)
    Audit.objects.update(looked_at=timezone.now() - settings.RETENTION)
    assert delete_expired_audits() == 0
    Audit.objects.update(next_look_at=None)
    assert delete_expired_audits() == 1


# --- With a browser


def test_a_page_is_built_by_a_browser_where_that_was_asked_for(owner, site, fetcher, settings):
    settings.CAPTIONER_BROWSER = "sandboxed"
    app = b'<div id="root"></div><script>root.innerHTML = "<p>Text.</p><img src=wheel.jpg>"</script>'
    site.pages["/a"] = app
    polite = PoliteFetcher(fetcher(site), Robots(fetcher(site)), Politeness(0))
    browser = Browser(need("chromium"), (polite,), sandbox=os.geteuid() != 0)  # as root Chromium has none
    network = Network(polite.get, polite.get, polite.get, browser.get)
    audit = start_page(owner, site.url("/a"))
    fetch_batch(claim("fetch", "a", 8, alone=False), network)
    assert (audit.pages.get().needs_scripts, pictures(audit)) == (True, [])

    look_again(audit, with_browser=True)
    fetch_batch(claim("fetch", "a", 8, alone=False), network)
    (found,) = audit.pages.all()
    assert (found.needs_scripts, pictures(audit)) == (False, [("wheel.jpg", False)])
    assert found.notes == ["It is shown as a browser built it: its code and lines are those of that, not of its file."]
    assert changes_of(audit).new == 1

    look_again(audit, with_browser=False)
    fetch_batch(claim("fetch", "a", 8, alone=False), network)
    assert pictures(audit) == []


# --- Rows of an older version


def test_audits_that_were_there_before_can_be_looked_at_again():
    accounts = ("accounts", "0002_default_site")  # as old: later columns of a site would be missing from rows made here
    before, after = [accounts, ("audit", "0002_archives")], [accounts, ("audit", "0003_looks")]
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before).apps
        owner = old.get_model("accounts", "Owner").objects.create(kind=Owner.Kind.KEY)
        site = old.get_model("accounts", "Site").objects.create(name="Old")
        audit = old.get_model("audit", "Audit").objects.create(owner_id=owner.pk, site_id=site.pk, kind="page")
        old.get_model("audit", "Audit").objects.update(created_at=timezone.now() - timedelta(days=9))
        executor = MigrationExecutor(connection)
        executor.migrate(after)
        new = executor.loader.project_state(after).apps.get_model("audit", "Audit").objects.get(pk=audit.pk)
        assert new.looked_at == new.created_at
        assert (new.looks, new.schedule, new.next_look_at) == (1, "never", None)
    finally:
        MigrationExecutor(connection).migrate(newest)


def test_a_stale_claim_changes_nothing(looked_at, site, fetcher):
    look_again(looked_at)
    (work,) = claim("fetch", "a", 8, alone=False)
    cancel(looked_at)
    Work.objects.filter(pk=work.pk).update(claims=9)
    del site.pages["/a"]
    fetch_batch([work], Network(None, fetcher(site).get, None))
    assert looked_at.pages.get().gone_at is None
