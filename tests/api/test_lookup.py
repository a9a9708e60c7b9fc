"""Lookups: decided texts by address or hash, for servers and for pages of the site's origins."""

import pytest
from django.test import Client

from tests.api.calls import assert_problem, post_json
from tests.delivery.decided import ADDRESS, TEXT, decided, programs_owner, undecided
from tests.uses.placed import PAGE_ADDRESS, TULIP, audited, uses_of
from webapp.accounts.models import Site
from webapp.audit.places import decide_on, place_of
from webapp.delivery.addresses import hash_of, hash_of_use

LOOKUP = "/api/v1/lookup"
HASH = hash_of(ADDRESS)
ORIGIN = "https://shop.example"
KEY = "pk_test"


def ask(client, hashes=HASH, **options):
    return client.get(LOOKUP, {"hashes": hashes}, **options)


@pytest.fixture
def page(db):
    """A browser that shows a page of an origin which the default site allows."""
    Site.objects.update(publishable_key=KEY, origins=[ORIGIN])
    return Client(REMOTE_ADDR="203.0.113.7", headers={"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"})


def test_a_text_by_its_hash(client):
    decided()
    answer = ask(client, f"{'0' * 64},{HASH}")
    text = {"alt_text": TEXT, "lang": "en", "origin": "edited", "decorative": False}
    assert answer.json() == {"texts": {HASH: text}}


def test_texts_by_their_addresses(client):
    decided()
    other_spelling = ADDRESS.replace("https:", "HTTPS:")
    asked = {"urls": [ADDRESS, other_spelling, "https://example.org/unknown.jpg", "no address", "data:,x"]}
    found = post_json(client, asked, LOOKUP).json()["texts"]
    assert {url: text["alt_text"] for url, text in found.items()} == {ADDRESS: TEXT, other_spelling: TEXT}


def test_a_draft_is_not_told(client):
    undecided()
    assert ask(client).json() == {"texts": {}}
    assert post_json(client, {"urls": [ADDRESS]}, LOOKUP).json() == {"texts": {}, "uses": []}


def test_uses_and_pictures_in_one_question(client):
    owner = programs_owner()
    decided()
    _, second, _, fence = uses_of(audited(owner))
    decide_on(second, "Your basket.", owner=owner, role="functional")
    decide_on(fence, "", owner=owner, role="decorative")
    hashes = [hash_of_use(PAGE_ADDRESS, TULIP), hash_of_use(PAGE_ADDRESS, TULIP, 2), place_of(fence).hash, HASH]
    texts = ask(client, ",".join(sorted(hashes))).json()["texts"]
    told = [(texts[one]["alt_text"], texts[one]["decorative"]) if one in texts else None for one in hashes]
    assert told == [None, ("Your basket.", False), ("", True), (TEXT, False)]


def test_all_uses_of_a_page_by_their_addresses(client):
    owner = programs_owner()
    _, second, _, fence = uses_of(audited(owner))
    decide_on(second, "Your basket.", owner=owner)
    decide_on(fence, "", owner=owner, role="decorative")
    asked = {"urls": [TULIP, fence.known_as, ADDRESS], "page": PAGE_ADDRESS.replace("https", "HTTPS")}
    answer = post_json(client, asked, LOOKUP).json()
    assert answer["texts"] == {}
    assert [(use["url"], use["position"], use["alt_text"], use["origin"]) for use in answer["uses"]] == [
        (fence.known_as, 1, "", "decorative"),
        (TULIP, 2, "Your basket.", "edited"),
    ]
    assert post_json(client, asked | {"page": "https://example.org/other/"}, LOOKUP).json()["uses"] == []


def test_an_answer_may_be_kept_by_who_asked(client):
    answer = ask(client)
    assert answer["Cache-Control"] == "private, max-age=300"
    assert answer["Vary"] == "Authorization, X-API-Key"
    assert "Access-Control-Allow-Origin" not in answer


def test_what_did_not_change_is_not_sent_again(client):
    decided()
    etag = ask(client)["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = ask(client, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    decided(text="Tulips.")
    assert ask(client, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "hashes", ["", "abc", HASH.upper(), f"{HASH},", f"{HASH} {HASH}", ",".join([HASH] * 51)], ids=range(6)
)
def test_a_question_of_another_form_is_refused(client, hashes):
    assert_problem(ask(client, hashes), 400, "invalid_request")


@pytest.mark.parametrize("body", [{}, {"urls": []}, {"urls": [ADDRESS] * 201}, {"urls": [1]}, {"hashes": [HASH]}])
def test_so_is_a_body(client, body):
    assert_problem(post_json(client, body, LOOKUP), 400, "invalid_request")


def test_fifty_hashes_fit_into_the_line_that_gunicorn_takes(client):
    query = ",".join([HASH] * 50)
    assert ask(client, query).status_code == 200
    assert len(f"GET {LOOKUP}?site={'k' * 50}&hashes={query} HTTP/1.1") < 4094


def test_a_page_of_the_site_may_ask_with_the_publishable_key(page):
    decided()
    answer = page.get(LOOKUP, {"site": KEY, "hashes": HASH})
    assert answer.json()["texts"][HASH]["alt_text"] == TEXT
    assert answer["Access-Control-Allow-Origin"] == ORIGIN
    assert answer["Vary"] == "Origin"
    assert answer["Cache-Control"].startswith("public, max-age=300")
    again = page.get(LOOKUP, {"site": KEY, "hashes": HASH}, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, ORIGIN)


def test_a_page_of_another_origin_may_not(page):
    answer = page.get(LOOKUP, {"site": KEY, "hashes": HASH}, headers={"Origin": "https://evil.example"})
    assert_problem(answer, 401, "invalid_key")
    assert "Access-Control-Allow-Origin" not in answer


def test_a_publishable_key_opens_nothing_else(page):
    assert_problem(page.get("/api/v1/images", {"site": KEY}), 403, "origin_not_allowed")
    assert_problem(post_json(page, {"urls": [ADDRESS]}, f"{LOOKUP}?site={KEY}"), 403, "origin_not_allowed")
    far = Client(REMOTE_ADDR="203.0.113.7")
    assert_problem(far.get("/api/v1/images", {"site": KEY}), 401, "key_required")
    assert_problem(post_json(far, {"urls": [ADDRESS]}, f"{LOOKUP}?site={KEY}"), 401, "key_required")


def test_without_a_publishable_key_a_foreign_page_is_refused(page):
    assert_problem(page.get(LOOKUP, {"hashes": HASH}), 403, "origin_not_allowed")


def test_an_unknown_publishable_key_is_refused_even_on_this_machine(local):
    assert_problem(local.get(LOOKUP, {"site": "pk_unknown", "hashes": HASH}), 401, "invalid_key")
