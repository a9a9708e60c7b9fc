"""The public page of a picture, its form, and what reviewers see of reports."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.feedback.conftest import TEXT
from tests.pages.conftest import client_of
from tests.pages.scene import account_of
from tests.pages.test_image import follow
from webapp.accounts.members import add_member
from webapp.accounts.roles import Role
from webapp.feedback.models import Report
from webapp.feedback.public import public_address
from webapp.feedback.report import FROM_ONE, report
from webapp.library.decide import decide
from webapp.library.storage import remove_copy


@pytest.fixture
def address(image):
    return public_address(image)


@pytest.fixture
def reader(db):
    return Client(REMOTE_ADDR="203.0.113.9")


@pytest.fixture
def reviewer(alice):
    return client_of(alice)


def send(reader, address, **fields):
    return reader.post(address, {"kind": "picture", "words": "It is a cat.", "homepage": "", **fields})


class TestPage:
    def test_it_shows_the_picture_its_text_and_the_site_and_nothing_else(self, reader, address, image):
        answer = reader.get(address)
        page = answer.content.decode()
        assert "Description of a picture of Kennel" in page
        assert re.search(rf'<p class="alt-text" lang="en">{re.escape(TEXT)}</p>', page)
        assert "A person wrote this." in page
        for private in ("secret", "alice", str(image.pk), "A dog runs", image.blob_id):
            assert private not in page
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in page
        assert "sessionid" not in answer.cookies
        picture = reader.get(f"{address}file")
        assert picture.headers["Content-Type"] == "image/png"
        assert picture.headers["X-Robots-Tag"] == "noindex"
        assert f'src="{address}file"' in page

    def test_it_says_where_a_machines_words_were_found_right(self, reader, image, alice):
        decide(image, "A dog runs across the grass.", owner=alice)
        assert (
            "A machine wrote this, and a person found it right." in reader.get(public_address(image)).content.decode()
        )

    @pytest.mark.parametrize("token", ["unknown", "a%00b", "%F0%9F%9A%B2", "x" * 500])
    def test_an_address_that_was_never_given_out(self, reader, image, token):
        assert reader.get(f"/described/{token}/").status_code == 404

    def test_where_the_switch_is_off_there_is_nothing(self, reader, address, site):
        site.public_pages = False
        site.save()
        for path in (address, f"{address}file", f"{address}thanks"):
            assert reader.get(path).status_code == 404
        assert send(reader, address).status_code == 404
        assert not Report.objects.exists()

    def test_a_picture_whose_file_is_gone(self, reader, address, image):
        image.blob.copy_mime = ""
        image.blob.save()
        assert "The picture itself is not kept here." in reader.get(address).content.decode()
        assert reader.get(f"{address}file").status_code == 404

    def test_a_file_that_vanished(self, reader, address, image):
        remove_copy(image.blob_id)
        assert reader.get(f"{address}file").status_code == 404


class TestForm:
    def test_a_report_is_kept_and_thanked_for(self, reader, address):
        answer = send(reader, address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}thanks")
        assert "your report was sent" in reader.get(answer.headers["Location"]).content.decode()
        assert (Report.objects.get().kind, Report.objects.get().words) == ("picture", "It is a cat.")
        assert "sessionid" not in reader.cookies

    @pytest.mark.parametrize(
        ("fields", "field", "message"),
        [
            ({"kind": ""}, "id_kind_0", "Choose what is wrong"),
            ({"kind": "nonsense"}, "id_kind_0", "Choose one of the answers"),
            ({"kind": "other", "words": " "}, "id_words", "Say in your own words"),
            ({"words": "It is a cat. " * 100}, "id_words", "Shorten them to 1,000"),
            ({"homepage": "https://spam.example"}, "id_homepage", "It is empty now: send again."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(self, reader, address, fields, field, message):
        answer = send(reader, address, **fields)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Error: Description" in page
        assert f'href="#{field}"' in page
        assert message in page
        assert "spam.example" not in page
        if "words" not in fields:
            assert "It is a cat.</textarea>" in page
        assert not Report.objects.exists()

    def test_the_trap_says_what_it_is_to_who_finds_it(self, reader, address):
        page = reader.get(address).content.decode()
        assert re.search(
            r'<div class="visually-hidden">\s*<div class="field">\s*<label for="id_homepage">Leave this', page
        )
        assert 'tabindex="-1"' in page.partition('name="homepage"')[2].partition(">")[0]
        assert '<div class="visually-hidden">' not in send(reader, address, homepage="x").content.decode()

    def test_too_many_are_refused_and_the_words_stay(self, reader, address):
        for count in range(FROM_ONE.most):
            assert send(reader, address, words=str(count)).status_code == 303
        answer = send(reader, address)
        assert (answer.status_code, "Wait 60 minutes" in answer.content.decode()) == (429, True)
        assert int(answer.headers["Retry-After"]) > 3500
        assert "It is a cat.</textarea>" in answer.content.decode()

    def test_it_needs_its_token(self, address):
        strict = Client(enforce_csrf_checks=True)
        assert send(strict, address).status_code == 403
        assert not Report.objects.exists()


class TestReview:
    def look(self, client, image):
        return client.get(reverse("pages:review-image", args=[image.pk])).content.decode()

    def test_the_words_are_shown_to_who_decides(self, reviewer, image):
        report(image, Report.Kind.PICTURE, "It is a <cat>.")
        report(image, Report.Kind.PICTURE, "It is a <cat>.")
        assert "1 picture to decide" in reviewer.get("/review/").content.decode()
        page = self.look(reviewer, image)
        assert "2 readers say: It does not say what the picture shows. “It is a &lt;cat&gt;.”" in page
        assert 'href="#reports"' in page
        assert '<details class="change" open>' in page

    def test_a_decision_answers_it(self, reviewer, image):
        report(image, Report.Kind.PICTURE)
        fields = {f"text-{image.pk}": "A cat.", f"version-{image.pk}": image.version, "page": "review"}
        answer = reviewer.post(reverse("pages:image-use", args=[image.pk]), fields)
        assert answer.headers["Location"] == "/review/"
        assert "Nothing to decide" in reviewer.get("/review/").content.decode()
        assert "A reader says" not in self.look(reviewer, image)

    def test_it_is_dismissed_with_an_undo_and_typed_words_stay(self, reviewer, image):
        told = report(image, Report.Kind.MISSING)
        sent = {f"text-{image.pk}": "Half a text", "page": "review"}
        page = follow(reviewer, reviewer.post(reverse("pages:report-dismiss", args=[told.pk]), sent))
        assert "The report is dismissed. The text stays as it is." in page
        assert "A reader says" not in page
        assert "Half a text</textarea>" in page
        undo = re.search(r'formaction="(/reports/[0-9]+/reopen)"', page)[1]
        assert "A reader says: It leaves out what matters." in follow(reviewer, reviewer.post(undo))

    def test_viewers_see_it_and_change_nothing(self, image, site):
        told = report(image, Report.Kind.MISSING)
        charlie = account_of("charlie")
        add_member(site, "charlie", Role.VIEWER)
        page = self.look(client_of(charlie), image)
        assert "A reader says" in page
        assert "Dismiss report" not in page
        assert "public page" not in page
        assert client_of(charlie).post(reverse("pages:report-dismiss", args=[told.pk])).status_code == 403
        assert Report.objects.get().closed_at is None

    def test_the_public_page_is_linked_for_reviewers(self, reviewer, image, address, site):
        assert f'href="{address}"' in self.look(reviewer, image)
        site.public_pages = False
        site.save()
        assert "public page" not in self.look(reviewer, image)

    def test_the_figures_count_what_became_of_them(self, reviewer, image, alice):
        report(image, Report.Kind.MISSING)
        decide(image, "A cat.", owner=alice)
        report(image, Report.Kind.MISSING)
        page = reviewer.get("/review/figures/").content.decode()
        assert re.search(
            r"Not answered yet</dt><dd>1</dd>.*by a decision</dt><dd>1</dd>.*Dismissed</dt><dd>0<", page, re.S
        )
