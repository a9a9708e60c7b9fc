"""The pages of the review queue: one picture after another, without scripts."""

import re

import pytest
from django.urls import reverse

from tests.pages.audited import look_at, start
from tests.pages.pictures import SENTENCES, describe, hand_over
from tests.pages.test_image import follow
from webapp.library.models import Decision, Image, UnsavedText

FORM = {"page": "review"}


@pytest.fixture
def images(owner):
    return describe(hand_over(owner, "a.png", "b.png", "c.png"))


def send(visitor, image, name="use", **fields):
    data = {f"{field}-{image.pk}": value for field, value in fields.items()}
    return visitor.post(reverse(f"pages:image-{name}", args=[image.pk]), data | FORM)


def look(visitor, image):
    return visitor.get(reverse("pages:review-image", args=[image.pk])).content.decode()


class TestOverview:
    def test_it_counts_and_leads_to_the_first(self, visitor, images):
        page = visitor.get("/review/").content.decode()
        assert "<h1>3 pictures to decide</h1>" in page
        assert f'href="/review/{images[0].pk}/"' in page
        assert re.search(r"Likely right, check it</th><td>3</td>", page)

    def test_with_nothing_to_do_it_says_so(self, visitor, stranger, images):
        for client in (stranger, visitor):
            Image.objects.filter(owner__isnull=client is stranger).update(state="approved", alt_text="A.")
        assert "<h1>Nothing to decide</h1>" in stranger.get("/review/").content.decode()


class TestOne:
    def test_it_leads_on_without_a_decision(self, visitor, images):
        page = look(visitor, images[0])
        assert f'href="/review/{images[1].pk}/">Skip' in page
        assert "Review: 3 to decide" in page
        assert f'href="/review/{images[0].pk}/">Skip' in look(visitor, images[2])

    def test_a_decision_leads_to_the_next_with_an_undo(self, visitor, images):
        response = send(visitor, images[1], text="My dog.")
        assert response.headers["Location"] == f"/review/{images[2].pk}/#picture-{images[2].pk}"
        page = follow(visitor, response)
        assert "b.png: The text is saved. You can copy it now. This one is next." in page
        assert f'formaction="/decisions/{Decision.objects.get().pk}/undo"' in page

    def test_undo_leads_back_to_the_picture(self, visitor, images):
        send(visitor, images[1], text="My dog.")
        response = visitor.post(reverse("pages:decision-undo", args=[Decision.objects.get().pk]), FORM)
        assert response.headers["Location"].startswith(f"/review/{images[1].pk}/")
        assert "Not saved yet." in follow(visitor, response)

    def test_the_last_decision_leads_to_the_overview(self, visitor, images):
        for image in images:
            response = send(visitor, image, choice="0")
        assert response.headers["Location"] == "/review/"
        page = follow(visitor, response)
        assert "Nothing to decide" in page
        assert ">Undo</button>" in page

    def test_the_drafts_are_rejected_and_what_was_typed_stays(self, visitor, images):
        response = send(visitor, images[0], "reject", text="A do")
        assert "a.png: The drafts are rejected. The picture has no text now." in follow(visitor, response)
        assert Image.objects.get(pk=images[0].pk).state == "rejected"
        assert UnsavedText.objects.get().text == "A do"
        page = look(visitor, images[0])
        assert "The drafts were found wrong." in page
        assert "Reject the drafts" not in page

    def test_on_the_picture_s_own_page_too(self, visitor, images):
        assert "Reject the drafts" in visitor.get(f"/images/{images[0].pk}/").content.decode()
        response = visitor.post(f"/images/{images[0].pk}/reject", {"page": "image"})
        assert response.headers["Location"].startswith(f"/images/{images[0].pk}/")

    @pytest.mark.parametrize("name", ["use", "reject"])
    def test_who_comes_too_late_is_told_and_loses_nothing(self, visitor, images, name):
        send(visitor, images[0], text="My dog.")
        response = send(visitor, images[0], name, text="A wolf.", version="0")
        assert response.status_code == 422
        page = response.content.decode()
        assert "<title>Error: " in page
        assert "Review: 2 to decide" in page
        assert "the text is “My dog.” now" in page
        assert "A wolf.</textarea>" in page

    def test_it_tells_where_the_picture_stands(self, visitor, owner, images):
        html = '<h2>Dogs</h2><a href="/dogs/"><img src="/a.png"></a>'
        look_at(start(owner, html)).pages.get().uses.update(image=images[0])
        page = look(visitor, images[0])
        assert "Where it stands" in page
        assert "https://example.org/dogs/" in page
        assert "Where it stands" not in look(visitor, images[1])

    def test_it_tells_how_the_model_shares_its_belief(self, visitor, images):
        shares = [int(share) for share in re.findall(r"<li>(\d+) % <span", look(visitor, images[0]))]
        assert len(shares) == len(SENTENCES)
        assert 98 <= sum(shares) <= 102

    def test_it_tells_what_was_decided(self, visitor, images):
        send(visitor, images[0], text="A dog runs.")
        page = look(visitor, images[0])
        assert "You wrote or changed the text" in page
        assert re.search(r"<del>.*?across the grass", page)
