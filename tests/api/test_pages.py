"""``/pages``: audits by programs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from captioner.alttext import hedged
from tests.api.calls import assert_problem, post_json
from tests.audit.test_archives import zipped
from tests.library.drafts import SENTENCES, draft_all
from tests.pages.audited import look_at
from webapp.audit.models import Audit
from webapp.queue.claim import claim
from worker.fetching import AT_ONCE, Network, fetch_batch

PAGES = "/api/v1/pages"
DATA = "data:image/gif;base64,R0lGODlhEAAQAIAAAP///wAAACwAAAAAEAAQAAACDoSPqcvtD6OctNqLsz4FADs="
HTML = f"""<html lang="en"><title>Shop</title><h1>Wheels</h1><p>Before.<img src="{DATA}">
<p><a href="/your-cart"><img src="cart.png"></a><img src="DSC_1.jpg" alt="DSC_1.jpg"><img src="line.gif" alt="">"""


def look():
    """The worker, for pages that came with their source."""
    while works := claim("fetch", "a", AT_ONCE, alone=False):
        fetch_batch(works, Network(None, None, None))


@pytest.fixture
def audit(client):
    url = post_json(client, {"html": HTML, "base_url": "https://example.org/a/"}, PAGES).json()["status_url"]
    look()
    return client.get(url).json()


def path(audit):
    return f"{PAGES}/{audit['id']}"


def test_a_page_is_accepted_and_is_to_be_asked_for(client):
    answer = post_json(client, {"url": "https://example.org/"}, PAGES)
    assert answer.status_code == 202
    body = answer.json()
    assert answer["Location"] == body["status_url"] == f"{PAGES}/{body['id']}"
    assert (body["status"], body["progress"], body["images"]) == ("queued", {"done": 0, "total": 1}, [])
    assert body["poll_after_ms"] >= 100
    assert [page["url"] for page in body["pages"]] == ["https://example.org/"]


def test_each_image_says_what_it_is_for_what_is_wrong_and_what_to_do(audit):
    assert (audit["status"], audit["poll_after_ms"], audit["images_total"]) == ("done", None, 4)
    assert [page["title"] for page in audit["pages"]] == ["Shop"]
    wheel, cart, named, line = audit["images"]
    assert (wheel["existing_alt"], wheel["todo"], wheel["suggestion"]) == (None, "describe", None)
    assert [finding["rule"] for finding in wheel["lint"]] == ["L1"]
    assert (cart["role"], cart["suggestion"]["text"], cart["suggestion"]["origin"]) == (
        "functional",
        "Your cart",
        "page",
    )
    assert cart["role_reason"].endswith(".")
    assert [finding["id"] for finding in named["lint"]] == ["alt-file-name"]
    assert (line["existing_alt"], line["role"], line["lint"]) == ("", "decorative", [])
    assert wheel["context"]["heading"] == "Wheels"
    assert cart["page_url"] == "https://example.org/a/"


def test_what_needs_words_is_described_and_the_words_come_back_to_their_place(client, audit):
    answer = client.post(f"{path(audit)}/describe")
    assert (answer.status_code, answer.json()["images"]) == (202, 1)
    draft_all(confidence={"p": 0.8, "band": "likely", "calibrated": True})
    wheel = client.get(path(audit)).json()["images"][0]
    assert wheel["suggestion"] == {
        "text": SENTENCES[0],
        "origin": "picture",
        "reason": "Likely right, check it.",
        "band": "likely",
    }
    assert client.get(f"/api/v1/images/{wheel['image_id']}").json()["suggestion"] == SENTENCES[0]
    assert_problem(client.post(f"{path(audit)}/describe"), 409, "nothing_to_describe")


def test_an_audit_can_be_paused_resumed_and_cancelled(client):
    audit = post_json(client, {"url": "https://example.org/", "depth": 2, "max_pages": 9}, PAGES).json()
    actions = (
        ("pause", "paused"),
        ("resume", "queued"),
        ("retry", "queued"),
        ("cancel", "cancelled"),
        ("resume", "cancelled"),
    )
    for action, status in actions:
        assert client.post(f"{path(audit)}/{action}").json()["status"] == status
    assert_problem(client.post(f"{path(audit)}/explode"), 400, "invalid_request")


def looked_at(client, **body):
    """An audit of an address whose page was looked at; nothing is on it."""
    audit = post_json(client, {"url": "https://example.org/", **body}, PAGES).json()
    look_at(Audit.objects.get(pk=audit["id"]), "<p>")
    return client.get(path(audit)).json()


def test_an_audit_is_looked_at_again_and_says_what_changed(client):
    audit = looked_at(client)
    assert (audit["looks"], audit["changes"], audit["schedule"], audit["next_look_at"]) == (1, None, "never", None)
    again = client.post(f"{path(audit)}/look-again")
    assert (again.status_code, again.json()["status"], again.json()["changes"]) == (200, "queued", None)
    assert_problem(client.post(f"{path(audit)}/look-again"), 409, "cannot_look_again")

    look_at(Audit.objects.get(), "<p>A.<img src=a.png>")
    audit = client.get(path(audit)).json()
    assert (audit["status"], audit["looks"]) == ("done", 2)
    assert audit["changes"] == {
        "new": 1, "gone": 0, "text": 0, "same": 0, "new_pages": 0, "gone_pages": 0, "pictures": 0, "pictures_waiting": 0
    }  # fmt: skip


def test_a_schedule_is_set_with_the_page_or_later(client):
    audit = looked_at(client, schedule="weekly")
    assert audit["schedule"] == "weekly"
    assert audit["created_at"] < audit["next_look_at"] < audit["expires_at"]

    def patch(body):
        return client.patch(path(audit), body, content_type="application/json")

    assert patch({"schedule": "never"}).json()["next_look_at"] is None
    assert patch({"schedule": "daily"}).json()["schedule"] == "daily"
    for wrong in ({"schedule": "often"}, {}, {"depth": 3}):
        assert_problem(patch(wrong), 400, "invalid_request")
    assert_problem(post_json(client, {"html": "<p>", "schedule": "daily"}, PAGES), 400, "invalid_request")


def test_what_was_handed_over_as_html_has_no_schedule(client, audit):
    answer = client.patch(path(audit), {"schedule": "daily"}, content_type="application/json")
    assert_problem(answer, 409, "cannot_look_again")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "no_page"),
        ({"url": "ftp://example.org"}, 422, "url_invalid"),
        ({"html": "<p>", "base_url": "ftp://x"}, 422, "url_invalid"),
        ({"html": "<p>", "depth": 1}, 400, "invalid_request"),
        ({"html": "<p>", "url": "https://example.org/"}, 400, "invalid_request"),
        ({"url": "https://example.org/", "depth": 99}, 400, "invalid_request"),
        ({"adress": "https://example.org/"}, 400, "invalid_request"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(client, body, status, code):
    assert_problem(post_json(client, body, PAGES), status, code)
    assert not Audit.objects.exists()


def test_a_page_that_is_too_large(client, settings):
    settings.MAX_PAGE_BYTES = 100
    assert_problem(post_json(client, {"html": HTML}, PAGES), 413, "page_too_large")


def test_deleting_takes_the_pages_and_leaves_described_images(client, audit):
    client.post(f"{path(audit)}/describe")
    assert client.delete(path(audit)).status_code == 204
    assert_problem(client.get(path(audit)), 404, "not_found")
    assert client.get("/api/v1/images").json()["total"] == 1


def test_images_come_a_thousand_at_a_time(client):
    html = "".join(f'<p><img src="{number}.jpg">' for number in range(1001))
    audit = post_json(client, {"html": html}, PAGES).json()
    look()
    first, second, third = (client.get(f"{path(audit)}?page={page}").json() for page in (1, 2, 3))
    assert [len(one["images"]) for one in (first, second, third)] == [1000, 1, 0]
    assert (first["images_pages"], first["images_total"]) == (2, 1001)


def send_archive(client, data, **more):
    return client.post(PAGES, {"archive": SimpleUploadedFile("site.zip", data), **more})


def test_a_site_in_an_archive(client):
    answer = send_archive(client, zipped({"a.html": b"<title>A</title>", "b.html": b"<title>B</title>"}))
    assert answer.status_code == 202
    look()
    audit = client.get(answer.json()["status_url"]).json()
    assert [(page["url"], page["title"]) for page in audit["pages"]] == [("/a.html", "A"), ("/b.html", "B")]


def test_archives_that_cannot_be_taken(client, settings):
    assert_problem(send_archive(client, b"no zip"), 422, "archive_unusable")
    assert_problem(send_archive(client, zipped({"a.html": b""}), url="x"), 400, "invalid_request")
    assert_problem(client.post(PAGES, "x", content_type="text/plain"), 415, "content_type_not_supported")
    settings.MAX_ARCHIVE_BYTES = 1_000_000
    assert "1 MB" in assert_problem(send_archive(client, bytes(1_000_001)), 413, "page_too_large")["detail"]
    assert not Audit.objects.exists()


def test_a_depth_alone_asks_for_as_many_pages_as_there_may_be(client, settings):
    settings.MAX_AUDIT_PAGES = 7
    audit = post_json(client, {"url": "example.org", "depth": 2}, PAGES).json()
    assert (audit["kind"], audit["depth"], audit["max_pages"]) == ("site", 2, 7)
    assert audit["pages"][0]["url"] == "https://example.org/"
    assert post_json(client, {"url": "example.org", "max_pages": 5}, PAGES).json()["max_pages"] == 1


def test_your_audits_are_listed_newest_first(client):
    first, second = (post_json(client, {"url": f"https://example.org/{name}"}, PAGES).json() for name in "ab")
    listed = client.get(PAGES).json()
    assert [audit["id"] for audit in listed["audits"]] == [second["id"], first["id"]]
    assert (listed["total"], client.get(f"{PAGES}?page=2").json()["audits"]) == (2, [])


def test_an_audit_of_which_nothing_could_be_read_has_failed(client):
    audit = post_json(client, {"html": "%PDF-1.7"}, PAGES).json()
    look()
    audit = client.get(path(audit)).json()
    assert (audit["status"], audit["pages"][0]["error"]["code"]) == ("failed", "not_a_page")


def test_a_doubtful_sentence_carries_its_doubt(client, audit):
    client.post(f"{path(audit)}/describe")
    draft_all(confidence={"p": 0.3, "band": "doubtful", "calibrated": True})
    suggestion = client.get(path(audit)).json()["images"][0]["suggestion"]
    assert (suggestion["text"], suggestion["band"]) == (hedged(SENTENCES[0]), "doubtful")
