"""Sites in the browser: made, set up, shared, left, deleted; and what is handed over to them."""

import re

import pytest
from django.test import Client

from tests.pages.conftest import client_of
from tests.pages.pictures import describe, upload_file
from tests.pages.scene import account_of
from webapp.accounts.members import add_member, change_role
from webapp.accounts.models import Membership, Site
from webapp.accounts.roles import Role, role_in
from webapp.accounts.sites import make_site
from webapp.audit.models import Audit
from webapp.library.models import Decision, Job

SETTINGS = {
    "name": "Bicycle shop", "lang": "de-ch", "origins": "https://www.Example.org\r\n\r\nhttps://www.example.org/",
    "url_prefixes": "https://cdn.example.org/images/", "soft_length": "100", "banned_words": "Click\nimage of\nclick",
    "retention_days": "7", "unreviewed": "likely", "queue_unknown": "on", "public_pages": "on",
}  # fmt: skip


@pytest.fixture
def visitor(alice):
    return client_of(alice)


@pytest.fixture
def charlie(site):
    owner = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    return owner


def test_a_site_is_made_by_its_name(visitor, alice):
    response = visitor.post("/sites/", {"name": "  Bicycle   shop "}, follow=True)

    site = Site.objects.get(name="Bicycle shop")
    assert response.redirect_chain == [(f"/sites/{site.pk}/settings/", 303)]
    assert role_in(alice, site) == Role.OWNER
    assert re.fullmatch("pk_[0-9a-f]{32}", site.publishable_key)
    assert (site.unreviewed, site.keeps_texts, site.blank_first, site.queue_unknown) == ("never", True, True, False)
    assert "Bicycle shop" in visitor.get("/sites/").content.decode()


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_that_is_no_name_of_a_site(visitor, name):
    response = visitor.post("/sites/", {"name": name})

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Your sites" in page
    assert 'href="#id_name"' in page
    assert not Membership.objects.exists()


def test_settings_are_made_regular_and_shown(visitor, site):
    response = visitor.post(f"/sites/{site.pk}/settings/", SETTINGS, follow=True)

    site.refresh_from_db()
    assert "The settings are saved." in response.content.decode()
    assert (site.name, site.lang, site.soft_length, site.final_stop) == ("Bicycle shop", "de-CH", 100, False)
    assert site.origins == ["https://www.example.org"]
    assert site.url_prefixes == ["https://cdn.example.org/images/"]
    assert site.banned_words == ["click", "image of"]
    assert (site.retention_days, site.keeps_texts, site.blank_first, site.unreviewed) == (7, False, False, "likely")
    assert (site.queue_unknown, site.public_pages) == (True, True)
    form = visitor.get(f"/sites/{site.pk}/settings/").content.decode()
    assert "https://www.example.org</textarea>" in form
    assert '<option value="likely" selected>' in form


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Give the site a name."),
        ("lang", "english language", "no language tag"),
        ("origins", "https://example.org\nhttps://example.org/shop", "more than an origin"),
        ("origins", "\n".join(f"https://{number}.example.org" for number in range(101)), "more than 100 entries"),
        ("url_prefixes", "/images/", "no address"),
        ("soft_length", "5", "greater than or equal to 20"),
        ("soft_length", "many", "whole number"),
        ("banned_words", "x" * 51, "no word of"),
        ("retention_days", "31", "keeps nothing longer than 30 days"),
        ("retention_days", "0", "greater than or equal to 1"),
        ("unreviewed", "always", "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_settings_is_said_and_nothing_lost(visitor, site, field, value, words):
    response = visitor.post(f"/sites/{site.pk}/settings/", {**SETTINGS, "name": "Another", field: value})

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Settings of Shop" in page
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert words in page
    assert "https://cdn.example.org/images/" in page or field == "url_prefixes"
    site.refresh_from_db()
    assert site.name == "Shop"


def test_a_member_is_added_by_user_name_and_given_another_role(visitor, site):
    bob = account_of("bob")
    added = visitor.post(f"/sites/{site.pk}/members/", {"user_name": "bob", "role": "viewer"}, follow=True)
    assert "bob is a member now: viewer." in added.content.decode()
    member = Membership.objects.get(user=bob.user)

    visitor.post(f"/sites/{site.pk}/members/{member.pk}/role", {"role": "reviewer"})

    assert role_in(bob, site) == Role.REVIEWER
    assert "You are reviewer." in client_of(bob).get("/sites/").content.decode()


@pytest.mark.parametrize(("name", "words"), [("nobody", "Nobody here has this"), ("alice", "a member already")])
def test_who_cannot_be_added_is_said(visitor, site, name, words):
    response = visitor.post(f"/sites/{site.pk}/members/", {"user_name": name, "role": "viewer"})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "<title>Error: Members" in page
    assert f'value="{name}"' in page


def test_a_link_is_shown_once_and_makes_a_member_who_logs_in(visitor, site, charlie):
    shown = visitor.post(f"/sites/{site.pk}/members/", {"user_name": "", "role": "reviewer"}).content.decode()
    path = re.search(r'value="http://testserver(/invitations/[^"]+)"', shown)[1]
    assert path not in visitor.get(f"/sites/{site.pk}/members/").content.decode()

    led = Client().get(path)
    assert led.headers["Location"] == f"/account/log-in/?next={path}"
    new = {"username": "mira", "password1": "nine bright lamps", "password2": "nine bright lamps", "next": path}
    mira = Client()
    question = mira.post("/account/sign-up/", new, follow=True)
    assert "Join Shop?" in question.content.decode()
    assert not Membership.objects.filter(user__username="mira").exists(), "looking is not joining"
    mira.post(path)

    assert Membership.objects.get(user__username="mira").role == "reviewer"
    assert mira.get(path).status_code == 404


def test_links_that_nobody_used_are_withdrawn(visitor, site):
    shown = visitor.post(f"/sites/{site.pk}/members/", {"user_name": "", "role": "owner"}).content.decode()
    path = re.search(r'value="http://testserver(/invitations/[^"]+)"', shown)[1]
    visitor.post(f"/sites/{site.pk}/members/", {"withdraw": "yes"})
    assert client_of(account_of("bob")).get(path).status_code == 404


def test_the_last_owner_is_told_why_they_stay(visitor, site, alice):
    mine = Membership.objects.get(user=alice.user)
    calls = [
        (f"/sites/{site.pk}/leave", {"confirm": "yes"}),
        (f"/sites/{site.pk}/members/{mine.pk}/role", {"role": "viewer"}),
        (f"/sites/{site.pk}/members/{mine.pk}/remove", {"confirm": "yes"}),
    ]
    for path, data in calls:
        response = visitor.post(path, data)
        assert response.status_code == 409
        assert "A site needs an owner." in response.content.decode()
        assert "<title>Error: " in response.content.decode()
    assert role_in(alice, site) == Role.OWNER


def test_leaving_and_removing_ask_first(visitor, site, charlie):
    member = Membership.objects.get(user=charlie.user)
    theirs = client_of(charlie)
    assert theirs.post(f"/sites/{site.pk}/leave").status_code == 200
    assert visitor.post(f"/sites/{site.pk}/members/{member.pk}/remove").status_code == 200
    assert role_in(charlie, site)

    left = theirs.post(f"/sites/{site.pk}/leave", {"confirm": "yes"}, follow=True)

    assert "You have left Shop." in left.content.decode()
    assert theirs.get(f"/sites/{site.pk}/").status_code == 404


def test_a_member_of_one_site_is_not_changed_through_another(visitor, site, charlie):
    other = make_site("Other", account_of("bob").user)
    member = other.memberships.get()
    assert visitor.post(f"/sites/{site.pk}/members/{member.pk}/remove", {"confirm": "yes"}).status_code == 404
    assert visitor.post(f"/sites/{site.pk}/members/{member.pk}/role", {"role": "viewer"}).status_code == 404


def test_the_publishable_key_is_renewed_after_a_question(visitor, site):
    before = site.publishable_key
    assert before in visitor.get(f"/sites/{site.pk}/").content.decode()
    visitor.get(f"/sites/{site.pk}/publishable-key")
    visitor.post(f"/sites/{site.pk}/publishable-key")
    site.refresh_from_db()
    assert site.publishable_key != before


def test_a_site_is_deleted_after_a_question(visitor, site):
    assert "This cannot be undone" in visitor.post(f"/sites/{site.pk}/delete").content.decode()
    assert "is deleted" in visitor.post(f"/sites/{site.pk}/delete", {"confirm": "yes"}, follow=True).content.decode()
    assert not Site.objects.filter(pk=site.pk).exists()


def test_without_a_site_the_front_page_offers_none(client, visitor):
    for who in (client, visitor):
        for path in ("/", "/audits/"):
            assert 'name="site"' not in who.get(path).content.decode()


def test_what_is_handed_over_to_a_site_belongs_to_it_and_the_site_is_remembered(visitor, site, charlie):
    assert f'<option value="{site.pk}" selected>' in visitor.get(f"/?site={site.pk}").content.decode()
    assert "selected>" not in visitor.get("/").content.decode()

    visitor.post("/", {"images": upload_file(), "site": str(site.pk)})
    visitor.post("/audits/", {"html": "<img src=a.png>", "site": str(site.pk)})

    assert Job.objects.get().site == Audit.objects.get().site == site
    for path in ("/", "/audits/"):
        assert f'<option value="{site.pk}" selected>' in visitor.get(path).content.decode()
    assert "For the site" in client_of(charlie).get("/history/").content.decode()
    visitor.post("/", {"images": upload_file(), "site": ""})
    assert Job.objects.filter(site=Site.default()).count() == 1
    assert "selected>" not in visitor.get("/").content.decode()


@pytest.mark.parametrize("path", ["/", "/audits/"])
def test_nobody_hands_over_to_a_site_without_the_role(charlie, site, path):
    theirs = client_of(charlie)
    for named in (site.pk, make_site("Other", account_of("bob").user).pk, "nonsense"):
        response = theirs.post(path, {"address": "https://example.org/a.png", "site": str(named)})
        page = response.content.decode()
        assert response.status_code == 422
        assert "Choose one of your sites, or none." in page
        assert 'href="#site"' in page
        assert 'value="https://example.org/a.png"' in page
    assert not Job.objects.exists()
    assert not Audit.objects.exists()


@pytest.fixture
def image(visitor, site):
    visitor.post("/", {"images": upload_file(), "site": str(site.pk)})
    return describe(Job.objects.get())[0]


def test_a_viewer_sees_a_picture_and_is_offered_no_deed(charlie, image):
    theirs = client_of(charlie)
    for path in (f"/images/{image.pk}/", f"/jobs/{image.job_id}/", f"/images/{image.pk}/card"):
        page = theirs.get(path).content.decode()
        assert "A dog runs across the grass." in page
        assert "Unchecked draft, may be wrong." in page
        assert "Use this text" not in page
        assert "Delete" not in page
    assert theirs.get(f"/images/{image.pk}/file").status_code == 200


def test_a_viewers_words_are_refused_and_given_back(charlie, image):
    response = client_of(charlie).post(f"/images/{image.pk}/use", {f"text-{image.pk}": "My own words."})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Only reviewers and owners of the site may do this." in page
    assert "My own words." in page
    assert not Decision.objects.exists()


def test_two_members_decide_and_undo_and_the_history_tells_who(visitor, alice, charlie, site, image):
    change_role(Membership.objects.get(user=charlie.user), Role.REVIEWER)
    client_of(charlie).post(f"/images/{image.pk}/use", {f"text-{image.pk}": "Charlie's words."})
    decision = Decision.objects.get()
    assert decision.decided_by == charlie
    visitor.post(f"/decisions/{decision.pk}/undo")
    image.refresh_from_db()
    assert image.alt_text is None
    assert Decision.objects.get(undoes=decision).decided_by == alice


def test_drafts_are_told_in_the_models_language_and_texts_in_the_sites(visitor, site):
    site.lang = "de"
    site.save()
    visitor.post("/", {"images": upload_file(), "site": str(site.pk)})
    image = describe(Job.objects.get())[0]
    page = visitor.get(f"/images/{image.pk}/").content.decode()
    assert 'lang="en">A dog runs across the grass.' in page
    assert re.search(r'<textarea form="texts"[^>]* lang="de"', page)
    visitor.post(f"/images/{image.pk}/use", {f"text-{image.pk}": "Ein Hund."})
    assert 'lang="de">Ein Hund.' in visitor.get(f"/images/{image.pk}/").content.decode()
