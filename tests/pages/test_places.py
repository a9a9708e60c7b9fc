"""Deciding for one place where a picture stands, without scripts: on its own page, and in the review queue."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.pages import pictures
from tests.pages.conftest import client_of
from tests.pages.scene import account_of
from tests.pages.test_image import follow
from tests.uses.placed import audited, uses_of
from webapp.accounts.models import Membership, Owner, Site
from webapp.audit.describe import describable, describe
from webapp.audit.models import Audit
from webapp.audit.places import decide_on
from webapp.library.models import UnsavedText
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.uses.models import DecidedUse, UnsavedUse, UseDecision


@pytest.fixture
def uses(owner):
    return uses_of(audited(owner))


def address(use):
    return reverse("pages:place", args=[use.page.audit_id, use.pk])


def send(visitor, use, action="save", review=None, version=0, **fields):
    data = {f"place-{name}-{use.pk}": value for name, value in {"version": version, **fields}.items()}
    query = f"?review={review.pk}" if review else ""
    return visitor.post(address(use) + query, data | {"place-action": action} | ({"page": "review"} if review else {}))


@pytest.mark.parametrize(
    ("html", "chosen"),
    [
        ('<p>Text.</p><img src="a.jpg" width="300" height="200">', ["informative"]),
        ('<img src="a.png">', []),
        ('<img src="a.jpg">', ["informative"]),
        ('<a href="/x"><img src="a.jpg" width="300" height="200"> Basket</a>', ["decorative"]),
        ('<img src="a.jpg" width="1" height="1">', ["decorative"]),
        ('<a href="/basket"><img src="a.jpg"></a>', ["functional"]),
    ],
)
def test_the_role_that_was_found_is_chosen_and_the_reason_stands_beside(visitor, owner, html, chosen):
    (use,) = uses_of(audited(owner, html))
    page = visitor.get(address(use)).content.decode()
    assert re.findall(r'value="(\w+)" checked', page) == chosen
    assert escape(use.facts["says"]) in page


def test_what_a_link_holds_alone_is_named_and_never_decoration(visitor, uses):
    page = visitor.get(address(uses[1])).content.decode()
    assert re.findall(r'type="radio"[^>]*value="(\w+)"', page) == ["functional"]
    assert "Say where it leads or what it does" in page
    assert '<q class="suggested" lang="en">Basket</q>' in page
    assert "Decorative here" not in page
    refused = send(visitor, uses[1], "decorative")
    assert refused.status_code == 422
    assert "cannot be decoration" in refused.content.decode()


def test_a_text_is_saved_and_shown_with_who_and_when_and_undone(visitor, uses):
    page = follow(visitor, send(visitor, uses[0], text="Tulips in bloom.", role="informative"))
    assert "The text is saved for this place alone." in page
    assert re.search(r"You wrote or changed the text, <time", page)
    undo = re.search(r'formaction="([^"]+/undo/\d+)"', page)[1]
    page = follow(visitor, visitor.post(undo))
    assert "Nothing is decided for this place now." in page
    assert UseDecision.objects.count() == 2


def test_the_suggestion_is_used_by_one_button(visitor, uses):
    send(visitor, uses[1], "suggested", text="typed before")
    assert DecidedUse.objects.values_list("alt_text", "state").get() == ("Basket", "approved")


def test_a_refused_text_is_kept_and_said(visitor, uses):
    response = send(visitor, uses[0], text="Tulips.", role="decorative")
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert ">Tulips.</textarea>" in page
    assert 'value="decorative" checked' in page
    assert f'href="#place-text-{uses[0].pk}">Decoration has no text.' in page


def test_what_was_decided_meanwhile_is_told_and_not_overwritten(visitor, uses, owner):
    decide_on(uses[0], "Tulips.", owner=owner)
    response = send(visitor, uses[0], text="A wall.", role="informative")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Meanwhile this place was decided elsewhere: the text is “Tulips.” now" in page
    assert ">A wall.</textarea>" in page
    assert f'name="place-version-{uses[0].pk}" value="1"' in page
    assert DecidedUse.objects.get().alt_text == "Tulips."


def test_a_place_that_cannot_be_known_again_has_no_form(visitor, owner):
    (use,) = uses_of(audited(owner, '<img src="data:,x">'))
    page = visitor.get(address(use)).content.decode()
    assert "Nothing can be decided for this place alone" in page
    assert "place-text" not in page


def test_a_viewer_reads_and_decides_nothing(uses, owner):
    decide_on(uses[0], "Tulips.", owner=owner)
    site = Site.objects.create(name="Shop")
    for model in (Audit, DecidedUse):
        model.objects.update(site=site)
    charlie = account_of("charlie")
    Membership.objects.create(site=site, user=charlie.user, role=Membership.Role.VIEWER)
    client = client_of(charlie)
    page = client.get(address(uses[0]))
    assert page.status_code == 200
    assert "place-text" not in page.content.decode()
    assert "Somebody else wrote or changed the text" in page.content.decode()
    assert send(client, uses[0], text="A.", role="informative").status_code == 403


def test_the_style_is_looked_at_as_the_site_wants_it(visitor, stranger, uses):
    uses[0].page.audit.site.banned_words = ["tulip"]
    uses[0].page.audit.site.save()
    lint = address(uses[0]) + "lint"
    says = ["It has no full stop at its end, at which a screen reader would pause.", "This site does not use: tulip."]
    assert visitor.post(lint, {"text": "A red tulip bed"}).json() == {"says": says}
    assert visitor.post(lint, {"text": " "}).json() == {"says": []}
    assert stranger.post(lint, {"text": "A"}).status_code == 404
    page = send(visitor, uses[0], text="A red tulip bed", role="decorative").content.decode()
    assert f"<li>{says[1]}</li>" in page, "without scripts it is told with the page"
    assert f'data-lint="{lint}"' in page


class TestInReview:
    @pytest.fixture
    def image(self, uses):
        audit = uses[0].page.audit
        (job,) = describe(audit, describable(audit)[:1])
        (work,) = claim("fetch", "test", 1, alone=False)
        assert fail(work, "unreachable", "Nothing answers.", fault_of_image=True)
        return job.images.get()

    def look(self, visitor, image):
        return visitor.get(reverse("pages:review-image", args=[image.pk])).content.decode()

    def test_all_its_places_stand_there_the_link_too(self, visitor, uses, image):
        page = self.look(visitor, image)
        assert page.count('<h3 id="use-') == 3
        assert page.count("Decide for this place alone") == 3
        assert page.count(">Decorative here<") == 2

    def test_a_decision_leads_back_to_the_place_and_keeps_what_was_typed_for_the_picture(self, visitor, uses, image):
        typed = {f"text-{image.pk}": "A tulip bed", f"version-{image.pk}": "0"}
        place = f"place-text-{uses[0].pk}"
        response = visitor.post(
            f"{address(uses[0])}?review={image.pk}",
            typed | {place: "", "place-action": "decorative", "page": "review", f"place-version-{uses[0].pk}": "0"},
        )
        assert response.headers["Location"] == f"/review/{image.pk}/#use-{uses[0].pk}"
        page = follow(visitor, response)
        assert "It is decoration here." in page
        assert 'Decoration here: <code>alt=""</code>' in page
        assert UnsavedText.objects.get().text == "A tulip bed"
        undo = re.search(r'formaction="([^"]+/undo/\d+\?review=[^"]+)"', page)[1]
        assert visitor.post(undo, {"page": "review"}).headers["Location"].startswith(f"/review/{image.pk}/")

    def test_what_was_typed_for_other_places_is_kept_and_said_to_be_unsaved(self, visitor, uses, image):
        """One form holds the fields of all places; without scripts a button would lose what stands in the others."""
        other = uses[2].pk
        typed = {f"place-text-{other}": "A second look", f"place-role-{other}": "complex"}
        untouched = {f"place-text-{uses[1].pk}": "", f"place-role-{uses[1].pk}": "functional"}
        address_of_review = f"{address(uses[0])}?review={image.pk}"
        saved = {"place-action": "decorative", "page": "review", f"place-version-{uses[0].pk}": "0"}
        page = follow(visitor, visitor.post(address_of_review, saved | typed | untouched))
        assert "It is decoration here." in page
        assert "A second look</textarea>" in page
        assert page.count("Not saved yet.") == 1
        assert 'value="complex" checked' in page
        assert UnsavedUse.objects.count() == 1
        assert DecidedUse.objects.count() == 1, "nothing but what the button said is decided"

        page = follow(visitor, send(visitor, uses[2], text="A second look.", role="complex", review=image))
        assert "Not saved yet." not in page
        assert not UnsavedUse.objects.exists()

    @pytest.mark.parametrize("name", ["image-use", "image-reject"])
    def test_it_is_kept_too_where_the_pictures_own_text_is_decided(self, visitor, uses, image, name):
        typed = {f"place-text-{uses[2].pk}": "A second look", f"text-{image.pk}": "A bed.", "page": "review"}
        visitor.post(reverse(f"pages:{name}", args=[image.pk]), typed)
        assert "A second look</textarea>" in self.look(visitor, image)
        visitor.post(reverse("pages:image-use", args=[image.pk]), typed | {f"place-text-{uses[2].pk}": " "})
        assert not UnsavedUse.objects.exists(), "the field was emptied"

    def test_on_the_page_of_the_place_it_stands_too(self, visitor, uses, image):
        typed = {f"place-text-{uses[2].pk}": "A second look", "page": "review"}
        visitor.post(f"{address(uses[0])}?review={image.pk}", typed | {"place-action": "decorative"})
        assert "A second look</textarea>" in visitor.get(address(uses[2])).content.decode()

    def test_strangers_keep_nothing_at_a_place(self, uses):
        stranger = Owner.objects.create(kind=Owner.Kind.SESSION)
        (mine,) = pictures.describe(pictures.hand_over(stranger, "mine.png"))
        typed = {f"place-text-{uses[2].pk}": "Not mine", f"text-{mine.pk}": "A bed.", "page": "review"}
        assert client_of(stranger).post(reverse("pages:image-use", args=[mine.pk]), typed).status_code == 303
        assert not UnsavedUse.objects.exists()

    def test_a_refusal_stands_at_the_place_and_keeps_what_was_typed(self, visitor, uses, image):
        other = {f"place-text-{uses[2].pk}": "Typed for another place"}
        response = visitor.post(
            f"{address(uses[0])}?review={image.pk}",
            other | {f"place-text-{uses[0].pk}": " ", f"text-{image.pk}": "A bed", "place-action": "save"},
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert "<title>Error: " in page
        assert "The text for this place is empty." in page
        assert "Typed for another place</textarea>" in page
        assert ">A bed</textarea>" in page

    def test_a_picture_of_somebody_else_is_no_way_back(self, visitor, stranger, uses, image):
        assert send(stranger, uses[0], "decorative", review=image).status_code == 404
