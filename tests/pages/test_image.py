"""What a person does with one picture: use a text, try again, delete; and the file itself."""

import pytest
from django.urls import reverse

from tests.pages.pictures import SENTENCES, describe, fail, hand_over, hand_over_bad
from webapp.library import storage
from webapp.library.access import get_image_or_404
from webapp.library.decide import decide
from webapp.library.delete import delete_image
from webapp.library.models import Decision, Image, Job
from webapp.pages.cards import card_of


@pytest.fixture
def job(owner):
    return hand_over(owner, "a.png", "b.png", "c.png")


@pytest.fixture
def images(job):
    return describe(job)


def use(visitor, image, *, page="", **fields):
    """Sends the fields ``text`` and ``choice`` of the image's card."""
    data = {f"{name}-{image.pk}": value for name, value in fields.items()}
    return visitor.post(reverse("pages:image-use", args=[image.pk]), {**data, "page": page})


CONFIRMED = {"confirm": "yes"}  # as the button of the page that asks sends it


def follow(visitor, response):
    return visitor.get(response.headers["Location"].partition("#")[0]).content.decode()


def test_a_chosen_sentence_with_an_empty_field_is_used(visitor, images):
    use(visitor, images[0], text="", choice="1")

    images[0].refresh_from_db()
    assert images[0].alt_text == SENTENCES[1]
    assert images[0].state == Image.State.APPROVED
    assert Decision.objects.get().chosen_rank == 1


def test_a_written_text_goes_before_a_chosen_sentence(visitor, images):
    use(visitor, images[0], text=" My dog Rex. ", choice="1")

    images[0].refresh_from_db()
    assert images[0].alt_text == "My dog Rex."
    assert images[0].state == Image.State.EDITED


def test_a_decided_text_that_is_left_as_it_is_gives_way_to_a_chosen_sentence(visitor, images):
    use(visitor, images[0], text="My dog Rex.")
    use(visitor, images[0], text="My dog Rex.", choice="2")

    images[0].refresh_from_db()
    assert images[0].alt_text == images[0].suggestion.candidates[2]["text"]


def test_a_decided_text_of_two_lines_gives_way_to_a_chosen_sentence_too(visitor, images):
    use(visitor, images[0], text="One line.\nAnother line.")
    use(visitor, images[0], text="One line.\r\nAnother line.", choice="1")  # as browsers send line ends

    images[0].refresh_from_db()
    assert images[0].alt_text == SENTENCES[1]


def test_afterwards_the_next_picture_without_a_text_comes(visitor, job, images):
    response = use(visitor, images[1], choice="0")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/jobs/{job.pk}/#picture-{images[2].pk}"
    page = follow(visitor, response)
    notice = ">The text of picture 2, b.png, is saved. This one is next.</p>"
    assert page.index(notice) < page.index("Picture 3 of 3") < len(page)
    assert page.index("Picture 2 of 3") < page.index(notice)

    response = use(visitor, images[2], choice="0")
    assert response.headers["Location"].endswith(f"#picture-{images[0].pk}")

    response = use(visitor, images[0], choice="0")
    assert response.headers["Location"].endswith(f"#picture-{images[0].pk}")
    page = follow(visitor, response)
    assert "The text is saved. You can copy it now." in page
    assert "All 3 texts are chosen." in page


def test_a_notice_is_shown_once(visitor, job, images):
    follow(visitor, use(visitor, images[0], choice="0"))

    assert 'class="notice"' not in visitor.get(f"/jobs/{job.pk}/").content.decode()


def test_from_the_pictures_own_page_one_comes_back_to_it(visitor, images):
    response = use(visitor, images[0], text="My dog.", page="image")

    assert response.headers["Location"] == f"/images/{images[0].pk}/#picture-{images[0].pk}"
    assert "The text is saved." in follow(visitor, response)


@pytest.mark.parametrize("where", ["job", "image"])
@pytest.mark.parametrize(
    "data",
    [{"text": "", "choice": ""}, {"text": "  ", "choice": "own"}, {"text": "", "choice": "99"}, {"text": "x" * 2001}],
    ids=["nothing", "own but empty", "no such choice", "too long"],
)
def test_a_refused_text_is_kept_and_the_reason_stands_beside_it(visitor, images, data, where):
    response = use(visitor, images[1], page=where, **data)
    page = response.content.decode()

    assert response.status_code == 422
    assert "<title>Error: " in page
    assert "There is a problem" in page
    assert f'<a href="#text-{images[1].pk}">Picture 2 of 3, b.png: ' in page
    told_by = " ".join(f"text-{part}-{images[1].pk}" for part in ("error", "hint", "style"))
    assert f'aria-describedby="{told_by}" aria-invalid="true"' in page
    assert page.count("aria-invalid") == 1
    assert f">{data['text']}</textarea>" in page
    assert not Decision.objects.exists()


def test_a_picture_that_waits_takes_no_text_yet(visitor, owner):
    image = hand_over(owner, "a.png").images.get()

    response = use(visitor, image, text="Too soon.")

    assert response.status_code == 422
    assert "not ready yet" in response.content.decode()


def test_a_failed_picture_takes_a_text_by_hand(visitor, owner):
    image = hand_over_bad(owner).images.get(position=2)

    use(visitor, image, text="A shopping list.")

    image.refresh_from_db()
    assert (image.state, image.alt_text) == (Image.State.EDITED, "A shopping list.")


def test_the_snippet_is_safe_to_paste(owner):
    (image,) = describe(hand_over(owner, "my dog.png"))
    image.alt_text = 'Rex says "woof" & <sits> in Jo\'s car'

    assert card_of(image).snippet == (
        '<img src="my%20dog.png" alt="Rex says &quot;woof&quot; &amp; &lt;sits&gt; in Jo\'s car">'
    )


def test_a_failure_that_may_pass_can_be_tried_again(visitor, job):
    image = job.images.get(position=2)
    fail(image, message="The model was not well. Try again.")
    page = visitor.get(f"/jobs/{job.pk}/").content.decode()
    assert "The model was not well. Try again." in page
    assert page.count('Try again<span class="visually-hidden">') == 1

    response = visitor.post(reverse("pages:image-retry", args=[image.pk]))

    image.refresh_from_db()
    assert image.state == Image.State.WAITING
    assert response.headers["Location"] == f"/jobs/{job.pk}/#picture-{image.pk}"
    assert "b.png is in the queue again." in follow(visitor, response)


def test_try_again_pressed_twice_is_no_error(visitor, job):
    image = job.images.get(position=2)
    fail(image)
    for _ in range(2):
        response = visitor.post(reverse("pages:image-retry", args=[image.pk]))

    page = follow(visitor, response)
    assert page.count("b.png is in the queue again.") == 1
    assert "has not failed" not in page


def test_trying_again_what_has_not_failed_is_answered_with_a_sentence(visitor, images):
    response = visitor.post(reverse("pages:image-retry", args=[images[0].pk]))

    assert "has not failed" in follow(visitor, response)


@pytest.mark.parametrize("name", ["image-use", "image-retry", "image-delete"])
def test_a_picture_that_is_deleted_while_one_acts_is_not_found(visitor, images, monkeypatch, name):
    def look_up_too_soon(owner, pk, least):
        image = get_image_or_404(owner, pk)
        delete_image(image)
        return image

    monkeypatch.setattr("webapp.pages.requests.get_image_or_404", look_up_too_soon)
    response = visitor.post(
        reverse(f"pages:{name}", args=[images[1].pk]), {f"text-{images[1].pk}": "My dog.", **CONFIRMED}
    )

    assert response.status_code == 404


def test_a_picture_that_is_deleted_just_after_its_decision_is_not_found(visitor, images, monkeypatch):
    def decide_and_delete(image, text, **how):
        decision = decide(image, text, **how)
        delete_image(image)
        return decision

    monkeypatch.setattr("webapp.pages.decisions.decide", decide_and_delete)

    assert use(visitor, images[1], text="My dog.").status_code == 404


def test_deleting_asks_first_and_then_leads_to_the_next_picture(
    visitor, job, images, django_capture_on_commit_callbacks
):
    address = reverse("pages:image-delete", args=[images[1].pk])
    question = visitor.get(address).content.decode()
    assert "Delete b.png?" in question
    assert "Delete now" in question
    assert visitor.post(address).headers["Location"] == address  # to be asked
    assert Image.objects.count() == 3

    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(address, CONFIRMED)

    assert response.headers["Location"] == f"/jobs/{job.pk}/#picture-{images[2].pk}"
    assert "b.png is deleted." in follow(visitor, response)
    assert not storage.copy_path(images[1].blob_id).exists()
    assert visitor.get(f"/images/{images[1].pk}/").status_code == 404
    assert "Picture 2 of 2, c.png" in visitor.get(f"/jobs/{job.pk}/").content.decode()


def test_delete_pressed_twice_ends_where_the_first_press_would_have(visitor, stranger, job, images):
    address = reverse("pages:image-delete", args=[images[1].pk])
    visitor.post(address, CONFIRMED)

    response = visitor.post(address, CONFIRMED)  # a browser that is asked twice follows the second answer

    assert response.headers["Location"] == f"/jobs/{job.pk}/"
    assert follow(visitor, response).count("b.png is deleted.") == 1
    assert stranger.post(address, CONFIRMED).status_code == 404
    assert visitor.get(address).status_code == 404


def test_deleting_the_only_picture_twice_leads_to_the_front_page(visitor, owner):
    address = reverse("pages:image-delete", args=[hand_over(owner, "a.png").images.get().pk])
    visitor.post(address, CONFIRMED)

    assert visitor.post(address, CONFIRMED).headers["Location"] == "/"


def test_after_the_last_card_deleting_leads_to_the_one_before(visitor, images):
    response = visitor.post(reverse("pages:image-delete", args=[images[2].pk]), CONFIRMED)

    assert response.headers["Location"].endswith(f"#picture-{images[1].pk}")


def test_deleting_the_only_picture_leads_to_the_front_page(visitor, owner):
    (image,) = describe(hand_over(owner, "a.png"))

    response = visitor.post(reverse("pages:image-delete", args=[image.pk]), CONFIRMED)

    assert response.headers["Location"] == "/"
    assert "a.png is deleted." in follow(visitor, response)
    assert not Job.objects.exists()


def test_deleting_a_job_removes_all_of_it(visitor, job, images, data_folder, django_capture_on_commit_callbacks):
    address = reverse("pages:job-delete", args=[job.pk])
    assert "Delete all 3 pictures of this job?" in visitor.get(address).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(address, CONFIRMED)

    assert "The 3 pictures are deleted." in follow(visitor, response)
    assert not Image.objects.exists()
    assert [path for path in data_folder.rglob("*") if path.is_file()] == []


def test_an_action_that_is_only_opened_leads_to_the_picture(visitor, images):
    for name in ("image-use", "image-retry"):
        response = visitor.get(reverse(f"pages:{name}", args=[images[0].pk]))
        assert response.headers["Location"] == f"/images/{images[0].pk}/"


def test_the_file_is_the_copy_and_can_do_nothing(visitor, images):
    response = visitor.get(f"/images/{images[0].pk}/file")

    images[0].refresh_from_db()
    assert response.content == storage.copy_path(images[0].blob_id).read_bytes()
    assert response.headers["Content-Type"] == images[0].blob.copy_mime
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == "inline"
    assert "private" in response.headers["Cache-Control"]


def test_there_is_no_file_before_the_copy_is_made_or_after_it_is_gone(visitor, owner, images):
    waiting = hand_over(owner, "late.png").images.get()  # the same bytes as those of the first
    assert visitor.get(f"/images/{waiting.pk}/file").status_code == 404

    storage.remove_copy(images[0].blob_id)
    assert visitor.get(f"/images/{images[0].pk}/file").status_code == 404


def test_a_card_for_scripts_is_the_card_of_the_page(visitor, job, images):
    card = visitor.get(f"/images/{images[0].pk}/card").content.decode()
    page = visitor.get(f"/jobs/{job.pk}/").content.decode()

    def without_token(html):
        return {line.strip() for line in html.splitlines() if "csrfmiddlewaretoken" not in line}

    assert without_token(card) <= without_token(page)
    assert card.lstrip().startswith("<article")
