"""Which pictures have a public page, and that nobody guesses its address."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404

from tests.api.conftest import client_with
from tests.pages.conftest import client_of
from tests.pages.pictures import describe, png
from webapp.accounts.keys import make_key
from webapp.feedback.models import PublicPage
from webapp.feedback.public import find_public_image, public_address
from webapp.library.decide import decide, reject
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit
from webapp.library.undo import undo


def token_of(image):
    return public_address(image).split("/")[2]


def test_its_address_is_made_once_and_tells_nothing(image, alice):
    first = public_address(image)
    decide(image, "Another text.", owner=alice)
    assert public_address(Image.objects.get(pk=image.pk)) == first
    assert PublicPage.objects.count() == 1
    assert len(token_of(image)) >= 22, "128 bits"
    assert image.pk.hex not in first.replace("-", "")
    assert find_public_image(token_of(image)) == image


def test_without_the_owners_word_there_is_none(image, site):
    token = token_of(image)
    site.public_pages = False
    site.save()
    image = Image.objects.get(pk=image.pk)
    assert public_address(image) == ""
    with pytest.raises(Http404):
        find_public_image(token)


def test_a_site_that_switches_them_on_later_has_them_for_what_was_decided_before(drafted, site, alice):
    site.public_pages = False
    site.save()
    decide(drafted, "A dog.", owner=alice)
    assert public_address(Image.objects.get(pk=drafted.pk)) == ""
    site.public_pages = True
    site.save()
    image = Image.objects.get(pk=drafted.pk)
    assert find_public_image(token_of(image)) == image


@pytest.mark.parametrize("count", [2, 12])
def test_lists_of_them_cost_as_many_queries_however_many_they_are(alice, site, count, django_assert_max_num_queries):
    names = [f"{number}.png" for number in range(count)]
    job = submit(alice, [examine(Upload(name, png(seed))) for seed, name in enumerate(names)], site=site)
    for image in describe(job):
        decide(image, f"Text of {image.name}.", owner=alice)
    program = client_with(make_key("reader", alice, site=site, scopes=["read"])[1])
    browser = client_of(alice)

    with django_assert_max_num_queries(7):
        listed = program.get("/api/v1/images").json()["images"]
    assert sum(bool(one["public_page"]) for one in listed) == count
    with django_assert_max_num_queries(9):
        page = browser.get(f"/jobs/{job.pk}/").content.decode()
    assert page.count("Its public page") == count


@pytest.mark.django_db(transaction=True)
def test_what_an_older_version_decided_gets_its_page(image, drafted):
    PublicPage.objects.all().delete()
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([("feedback", "0001_initial")])
    finally:
        MigrationExecutor(connection).migrate(newest)
    image = Image.objects.get(pk=image.pk)
    assert find_public_image(token_of(image)) == image


def test_a_draft_has_none(drafted):
    assert public_address(drafted) == ""
    assert not PublicPage.objects.exists()


def test_with_the_text_the_page_goes_and_comes_again(image, alice):
    address, token = public_address(image), token_of(image)
    (decision,) = image.decisions.all()
    undo(decision, owner=alice)
    with pytest.raises(Http404):
        find_public_image(token)
    reject(image, owner=alice)
    assert public_address(image) == ""
    undo(image.decisions.order_by("pk").last(), owner=alice)
    image.refresh_from_db()
    assert public_address(image) == ""
    image.alt_text = "Again."
    assert public_address(image) == address


def test_an_unknown_address_leads_nowhere(image):
    for token in ("", "x", str(image.pk)):
        with pytest.raises(Http404):
            find_public_image(token)
