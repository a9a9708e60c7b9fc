"""Undo, and the words in other cards: nothing that a person typed is lost, with or without scripts."""

import re

import pytest
from django.urls import reverse

from tests.pages.pictures import SENTENCES, describe, fail, hand_over
from tests.pages.test_image import follow, use
from webapp.accounts.models import Site
from webapp.library.models import Decision, Image, UnsavedText


@pytest.fixture
def job(owner):
    return hand_over(owner, "a.png", "b.png", "c.png")


@pytest.fixture
def images(job):
    return describe(job)


def undo(visitor, decision=None, **fields):
    decision = decision or Decision.objects.latest("pk")
    return visitor.post(reverse("pages:decision-undo", args=[decision.pk]), fields)


def field(page: str, image: Image) -> str:
    """What the text field of the image holds."""
    return re.search(rf'<textarea [^>]*id="text-{image.pk}"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]


class TestUndo:
    def test_the_notice_offers_it(self, visitor, images):
        page = follow(visitor, use(visitor, images[0], choice="0"))

        address = reverse("pages:decision-undo", args=[Decision.objects.get().pk])
        assert page.count(f'formaction="{address}"') == 1
        assert ">Undo</button>" in page
        assert ">Undo</button>" not in visitor.get(f"/jobs/{images[0].job_id}/").content.decode()

    def test_the_draft_comes_back_and_the_card_is_next(self, visitor, job, images):
        use(visitor, images[0], choice="0")

        response = undo(visitor)

        assert response.headers["Location"] == f"/jobs/{job.pk}/#picture-{images[0].pk}"
        page = follow(visitor, response)
        assert "The text of a.png is taken back. It has no text now." in page
        assert page.index("is taken back") < page.index("Picture 1 of 3")
        assert "0 of 3 texts are chosen." in page
        assert Image.objects.get(pk=images[0].pk).alt_text is None

    def test_the_text_before_comes_back(self, visitor, images):
        use(visitor, images[0], choice="0")
        use(visitor, images[0], text="My dog.")

        page = follow(visitor, undo(visitor))

        assert "The one before it is used again." in page
        assert Image.objects.get(pk=images[0].pk).alt_text == SENTENCES[0]

    def test_own_words_stand_in_the_field_again(self, visitor, images):
        use(visitor, images[0], text="My dog.")

        page = follow(visitor, undo(visitor))

        assert field(page, images[0]) == "My dog."
        assert f'id="text-unsaved-{images[0].pk}">Not saved yet.' in page

    def test_from_the_pictures_own_page_one_comes_back_to_it(self, visitor, images):
        page = follow(visitor, use(visitor, images[0], text="My dog.", page="image"))
        assert ">Undo</button>" in page

        response = undo(visitor, page="image")

        assert response.headers["Location"] == f"/images/{images[0].pk}/#picture-{images[0].pk}"

    def test_twice_is_once(self, visitor, images):
        use(visitor, images[0], choice="0")
        decision = Decision.objects.get()
        undo(visitor, decision)

        response = undo(visitor, decision)

        assert response.status_code == 303
        assert Decision.objects.count() == 2

    def test_it_is_refused_with_a_sentence_when_the_text_was_changed_since(self, visitor, images):
        use(visitor, images[0], choice="0")
        first = Decision.objects.get()
        use(visitor, images[0], text="My dog.")

        assert "This text was changed again since." in follow(visitor, undo(visitor, first))
        assert Image.objects.get(pk=images[0].pk).alt_text == "My dog."

    def test_to_a_picture_that_is_gone_it_is_not_found(self, visitor, images):
        use(visitor, images[0], choice="0")
        decision = Decision.objects.get()
        images[0].delete()

        assert undo(visitor, decision).status_code == 404


class TestOtherCards:
    def send(self, visitor, name, image, typed):
        return visitor.post(reverse(f"pages:{name}", args=[image.pk]), typed)

    def test_what_was_typed_there_stands_there_again(self, visitor, images):
        first, second, third = images
        typed = {f"choice-{first.pk}": "0", f"text-{second.pk}": "Half a\r\nsent", f"choice-{second.pk}": "own"}

        page = follow(visitor, self.send(visitor, "image-use", first, {**typed, f"text-{third.pk}": ""}))

        assert field(page, second) == "Half a\r\nsent"
        assert re.search(rf'id="choice-own-{second.pk}" value="own" checked', page)
        assert page.count("Not saved yet.") == 1
        assert field(page, third) == ""
        second.refresh_from_db()
        assert (second.state, second.alt_text) == (Image.State.SUGGESTED, None)

    def test_a_refusal_keeps_it_too(self, visitor, images):
        first, second, _ = images

        response = self.send(visitor, "image-use", first, {f"text-{second.pk}": "Half a sent"})

        assert response.status_code == 422
        assert field(response.content.decode(), second) == "Half a sent"

    def test_so_do_try_again_and_undo(self, visitor, images):
        first, second, third = images
        use(visitor, third, choice="0")
        fail(first)

        self.send(visitor, "image-retry", first, {f"text-{second.pk}": "Half a sent"})
        assert UnsavedText.objects.get().text == "Half a sent"
        undo(visitor, **{f"text-{second.pk}": "A whole sentence."})
        assert UnsavedText.objects.get().text == "A whole sentence."

    @pytest.mark.parametrize("name", ["image-delete", "job-delete"])
    def test_delete_keeps_it_while_it_asks(self, visitor, job, images, name):
        of = job if name == "job-delete" else images[0]
        address = reverse(f"pages:{name}", args=[of.pk])

        response = visitor.post(address, {f"text-{image.pk}": f"Half of {image.name}" for image in images[:2]})

        assert (response.status_code, response.headers["Location"]) == (303, address)
        page = visitor.get(f"/jobs/{job.pk}/").content.decode()
        assert [field(page, image) for image in images] == ["Half of a.png", "Half of b.png", ""]

    def test_so_does_a_look_at_the_progress(self, visitor, job):
        first, *_ = describe(job, first=1)

        response = visitor.post(f"/jobs/{job.pk}/", {f"text-{first.pk}": "Half a sent"})

        assert (response.status_code, response.headers["Location"]) == (303, f"/jobs/{job.pk}/")
        assert field(follow(visitor, response), first) == "Half a sent"

    def test_changes_of_a_decided_text_are_kept_and_shown(self, visitor, images):
        first, second, _ = images
        use(visitor, second, text="My dog.")

        page = follow(
            visitor,
            self.send(visitor, "image-use", first, {f"choice-{first.pk}": "0", f"text-{second.pk}": "My dog Rex"}),
        )

        assert field(page, second) == "My dog Rex"
        assert '<details class="change" open>' in page
        assert Image.objects.get(pk=second.pk).alt_text == "My dog."

    def test_saving_it_ends_it(self, visitor, images):
        first, second, _ = images
        self.send(visitor, "image-use", first, {f"choice-{first.pk}": "0", f"text-{second.pk}": "Half a sent"})

        page = follow(visitor, use(visitor, second, text="A whole sentence."))

        assert "Not saved yet." not in page
        assert not UnsavedText.objects.exists()

    def test_pictures_of_others_are_passed_over(self, visitor, stranger, images):
        mine = images[0]

        assert self.send(stranger, "image-use", mine, {f"text-{mine.pk}": "Not mine."}).status_code == 404
        self.send(visitor, "image-use", mine, {f"choice-{mine.pk}": "0", "text-not-a-picture": "Nothing"})

        assert not UnsavedText.objects.exists()

    def test_every_id_of_the_page_is_there_once(self, visitor, images):
        use(visitor, images[0], text="My dog.")
        page = visitor.get(f"/jobs/{images[0].job_id}/").content.decode()

        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(set(ids)) == sorted(ids)
        assert page.count('method="post"') == 1


class TestTwoPeople:
    """Two tabs, or two people: the second sees what the first decided, and keeps the own words."""

    @pytest.mark.parametrize("page", ["", "image"])
    def test_the_second_one_is_told_and_may_insist(self, visitor, images, page):
        use(visitor, images[0], text="My dog.")
        refused = use(visitor, images[0], text="A wolf.", version="0", page=page)

        assert refused.status_code == 422
        shown = refused.content.decode()
        assert "<title>Error: " in shown
        assert "Meanwhile this picture was decided elsewhere: the text is “My dog.” now." in shown
        assert field(shown, images[0]) == "A wolf."
        assert Image.objects.get(pk=images[0].pk).alt_text == "My dog."
        (version,) = re.findall(rf'name="version-{images[0].pk}" value="([0-9]+)"', shown)
        use(visitor, images[0], text="A wolf.", version=version, page=page)
        assert Image.objects.get(pk=images[0].pk).alt_text == "A wolf."

    def test_a_form_that_says_nothing_of_it_decides(self, visitor, images):
        use(visitor, images[0], text="My dog.")
        use(visitor, images[0], text="A wolf.", version="x")
        assert Image.objects.get(pk=images[0].pk).alt_text == "A wolf."


@pytest.mark.parametrize("name", ["text-" + "-" * 36, "text-" + "a" * 36, "version-" + "0" * 36])
def test_a_field_that_names_no_image_is_passed_over(visitor, job, name):
    assert visitor.post(f"/jobs/{job.pk}/", {name: "A cat."}).status_code == 303
    assert visitor.post("/review/several/likely/", {name: "0", "all": "yes"}).status_code == 422


class TestBlankFirst:
    def test_nothing_is_chosen_before_a_person_does(self, visitor, job, images):
        assert " checked" not in visitor.get(f"/jobs/{job.pk}/").content.decode()

    def test_a_site_may_have_the_best_draft_chosen(self, visitor, job, images):
        Site.objects.update(blank_first=False)
        page = visitor.get(f"/jobs/{job.pk}/").content.decode()
        assert re.findall(r'value="([^"]*)" checked', page) == ["0"] * 3

    def test_what_nobody_touched_was_not_typed(self, visitor, job, images):
        Site.objects.update(blank_first=False)
        texts = ("", SENTENCES[0], "")
        fields = {f"text-{image.pk}": text for image, text in zip(images, texts, strict=True)}
        fields |= {f"choice-{image.pk}": choice for image, choice in zip(images, "001", strict=True)}
        visitor.post(reverse("pages:image-use", args=[images[0].pk]), fields)
        assert [kept.image for kept in UnsavedText.objects.all()] == [images[2]]

    def test_where_there_is_no_draft_the_field_starts_empty(self, visitor, owner):
        Site.objects.update(blank_first=False)
        job = hand_over(owner, "withheld.png")
        describe(job, withheld="too_unsure")
        assert " checked" not in visitor.get(f"/jobs/{job.pk}/").content.decode()
