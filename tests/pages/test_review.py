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
        assert "b.png: The text is saved. This one is next." in page
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


class TestSeveral:
    ADDRESS = "/review/several/likely/"

    def post(self, visitor, images, **fields):
        return visitor.post(self.ADDRESS, {f"version-{image.pk}": "0" for image in images} | fields)

    def test_the_chosen_ones_are_approved_and_it_can_be_undone(self, visitor, images):
        page = follow(visitor, self.post(visitor, images, chosen=[str(images[0].pk), str(images[2].pk)]))
        assert "2 texts are approved." in page
        assert "1 to decide</h1>" in page
        (address,) = re.findall(r'formaction="([^"]+undo)"', page)
        assert "2 texts are taken back." in follow(visitor, visitor.post(address))
        assert set(Image.objects.values_list("state", flat=True)) == {"suggested"}

    def test_all_of_the_page(self, visitor, images):
        page = follow(visitor, self.post(visitor, images, all="yes"))
        assert "3 texts are approved." in page
        assert "No draft of this kind waits." in page

    def test_none_is_an_error_that_says_what_to_do(self, visitor, images):
        response = self.post(visitor, images)
        assert response.status_code == 422
        page = response.content.decode()
        assert "<title>Error: " in page
        assert page.count("Choose at least one picture.") == 2

    def test_what_was_decided_meanwhile_is_told(self, visitor, images):
        send(visitor, images[0], text="My dog.")
        page = follow(visitor, self.post(visitor, images, all="yes"))
        assert "2 texts are approved. 1 was decided or deleted elsewhere meanwhile." in page

    def test_nobody_approves_for_others(self, stranger, images):
        self.post(stranger, images, all="yes")
        assert set(Image.objects.values_list("state", flat=True)) == {"suggested"}

    def test_there_are_no_other_bands(self, visitor):
        assert visitor.get("/review/several/sure/").status_code == 404


class TestFigures:
    def test_the_chart_has_its_table(self, visitor, images):
        send(visitor, images[0], choice="0")
        send(visitor, images[1], "reject")
        page = visitor.get("/review/figures/").content.decode()
        assert "1 of 3 pictures (33 %) has a decided text." in page
        assert "<td>1</td><td>0</td><td>1</td><td>expected right 81 %, used unchanged 50 %</td>" in page
        assert '<rect class="rejected" x="50.0" y="0" width="50.0" height="6"/>' in page

    def test_there_may_be_none(self, stranger):
        assert "No picture has a draft yet." in stranger.get("/review/figures/").content.decode()


class TestStyle:
    def test_a_text_is_looked_at(self, visitor, images):
        address = f"/images/{images[0].pk}/lint"
        assert visitor.post(address, {"text": "IMG_2.jpg"}).json()["says"][0].startswith("The alt text is a file")
        assert visitor.post(address, {"text": " "}).json() == {"says": []}

    def test_what_stands_in_the_field_is_told_without_scripts(self, visitor, images):
        send(visitor, images[0], text="IMG_2.jpg")
        assert re.search(r'<ul class="style"[^>]*><li>The alt text is a file', look(visitor, images[0]))
