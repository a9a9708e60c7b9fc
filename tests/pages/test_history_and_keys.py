"""The two lists of a browser: what it handed over, and the keys it made."""

import pytest

from tests.pages.pictures import describe, hand_over
from webapp.accounts.keys import find_key, make_key
from webapp.accounts.models import ApiKey, Owner
from webapp.library.decide import decide


def test_the_history_shows_texts_and_states_of_this_browser_alone(visitor, stranger, owner):
    first, _ = describe(hand_over(owner, "a.png", "b.png"))
    decide(first, "My dog Rex.", owner=owner)

    page = visitor.get("/history/").content.decode()
    assert "My dog Rex." in page
    assert "A draft is ready to be checked." in page
    assert "Rex" not in stranger.get("/history/").content.decode()
    assert "Nothing yet." in stranger.get("/history/").content.decode()


def test_the_history_has_pages(visitor, owner):
    for number in range(11):
        hand_over(owner, f"{number}.png")

    first, second = visitor.get("/history/").content.decode(), visitor.get("/history/?page=2").content.decode()

    assert "10.png" in first
    assert ">0.png<" not in first
    assert ">0.png<" in second
    assert "<title>History, page 2 of 2" in second
    assert visitor.get("/history/?page=nonsense").status_code == 200


def test_a_long_history_costs_as_few_queries_as_a_short_one(visitor, owner, django_assert_max_num_queries):
    for number in range(10):
        describe(hand_over(owner, f"{number}a.png", f"{number}b.png"))

    with django_assert_max_num_queries(20):
        visitor.get("/history/")


@pytest.mark.django_db
def test_a_key_is_shown_once_and_works(client):
    page = client.post("/keys/", {"name": " my shop "}).content.decode()

    secret = page.partition('id="secret" value="')[2].partition('"')[0]
    key = find_key(secret)
    assert key is not None
    assert key.name == "my shop"
    assert secret not in client.get("/keys/").content.decode()
    assert key.lookup in client.get("/keys/").content.decode()


def test_the_answer_with_the_key_is_kept_nowhere(visitor):
    assert "no-store" in visitor.post("/keys/", {"name": "x"}).headers["Cache-Control"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_is_no_name(visitor, name):
    response = visitor.post("/keys/", {"name": name})

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: API keys" in page
    assert 'aria-describedby="name-error name-hint" aria-invalid="true"' in page
    assert not ApiKey.objects.exists()


def test_revoking_asks_first_and_is_for_good(visitor, owner):
    key, secret = make_key("my shop", made_by=owner)
    assert "Revoke the key “my shop”?" in visitor.get(f"/keys/{key.pk}/revoke").content.decode()
    assert find_key(secret) is not None

    response = visitor.post(f"/keys/{key.pk}/revoke")

    assert response.headers["Location"] == "/keys/#your-keys"
    assert find_key(secret) is None
    page = visitor.get("/keys/").content.decode()
    assert "is revoked" in page
    assert f"/keys/{key.pk}/revoke" not in page
    assert visitor.get(f"/keys/{key.pk}/revoke").headers["Location"] == "/keys/"


def test_keys_made_by_the_command_belong_to_no_browser(visitor, client):
    key, _ = make_key("cron")

    assert "cron" not in visitor.get("/keys/").content.decode()
    assert visitor.get(f"/keys/{key.pk}/revoke").status_code == 404
    assert client.post(f"/keys/{key.pk}/revoke").status_code == 404
    assert Owner.objects.filter(kind=Owner.Kind.KEY).count() == 1
