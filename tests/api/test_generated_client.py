"""A client that is generated from the OpenAPI document walks the main ways of the API over HTTP.

Every answer is checked against the generated types: a field that is missing, of another type, or not in the document
fails the test.
"""

import importlib.util
import subprocess
import sys

import pytest

from tests.api.calls import as_base64
from tests.api.client_generator import generate
from tests.api.test_pages import look
from tests.library.drafts import SENTENCES, draft_all
from tests.pages.scene import account_of
from tests.queue.pictures import photograph
from webapp.accounts.keys import make_key
from webapp.accounts.sites import make_site
from webapp.api.v1 import api
from webapp.queue.claim import claim
from webapp.queue.fail import fail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def source():
    return generate(api.get_openapi_schema(path_prefix="/api/v1/"))


@pytest.fixture(scope="module")
def file(source, tmp_path_factory):
    file = tmp_path_factory.mktemp("generated") / "generated_client.py"
    file.write_text(source, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def module(file):
    spec = importlib.util.spec_from_file_location("generated_client", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["generated_client"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["generated_client"]


@pytest.fixture
def site():
    return make_site("Shop", account_of("alice").user)


@pytest.fixture
def client(module, live_server, site):
    owner = site.memberships.get().user.owner
    return module.Client(live_server.url, make_key("generated", owner, site=site)[1])


def picture(seed: int = 1) -> dict[str, object]:
    return {"image": {"name": "cat.jpg", "data": as_base64(photograph(seed))}}


def test_the_client_is_well_typed(file):
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(file.parent / "cache")]
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, cwd=file.parent)
    assert done.returncode == 0, done.stdout


def test_a_picture_from_the_upload_to_its_end(client):
    job = client.post_captions(picture() | {"context": "a shop"}, idempotency_key="first")
    assert (job["status"], client.headers["Retry-After"]) == ("queued", "1")
    assert client.post_captions(picture() | {"context": "a shop"}, idempotency_key="first")["id"] == job["id"]
    assert client.headers["Idempotency-Replayed"] == "true"
    draft_all()
    (image,) = client.get_job(job["id"])["images"]
    assert (image["state"], image["alt_text"]) == ("suggested", None)

    assert client.list_images(q="sofa", state="suggested", lang="en")["total"] == 1
    client.decide_image(image["id"], {"action": "approve", "candidate": 0, "version": image["version"]})
    assert client.patch_image(image["id"], {"alt_text": "Mimi asleep."})["state"] == "edited"
    client.decide_image(image["id"], {"action": "undo"})
    assert client.get_image(image["id"])["alt_text"] == SENTENCES[0]
    assert [one["verdict"] for one in client.list_decisions(image["id"])["decisions"]] == [
        "approved",
        "edited",
        "undone",
    ]

    assert client.get_usage()["periods"][0]["pictures"] == 1
    assert client.delete_image(image["id"]) is None
    assert client.list_images()["total"] == 0


def test_a_page_from_its_html_to_its_words(client):
    html = "<p><img src='https://example.org/a.jpg'></p>"
    audit = client.post_pages({"html": html}, idempotency_key="page")
    look()
    (use,) = client.get_pages(audit["id"])["images"]
    assert (use["todo"], use["existing_alt"]) == ("describe", None)
    assert client.describe_images(audit["id"])["images"] == 1
    assert client.list_pages()["total"] == 1
    client.delete_pages(audit["id"])
    assert client.list_pages()["total"] == 0


def test_texts_are_looked_up_and_looked_at(client, site):
    linked = client.post_captions({"image_url": "https://example.org/a.jpg"})
    (work,) = claim("fetch", "test", 1, alone=False)
    fail(work, "unreachable", "Nothing answers.", fault_of_image=True)
    assert client.get_job(linked["id"])["images"][0]["error"]["code"] == "unreachable"
    client.patch_image(linked["images"][0]["id"], {"alt_text": "A red wheel."})
    found = client.post_lookup({"urls": ["https://example.org/a.jpg"]})["texts"]
    assert found["https://example.org/a.jpg"]["alt_text"] == "A red wheel."
    linted = client.lint_texts({"texts": ["IMG_1234.jpg", None, "A red wheel."]})
    assert [bool(one["lint"]) for one in linted["texts"]] == [True, True, False]
    (shown,) = client.list_sites()["sites"]
    changed = client.patch_site(shown["id"], {"lang": "de", "queue_unknown": True})
    assert changed == client.get_site(str(site.pk))
    assert (changed["lang"], changed["queue_unknown"]) == ("de", True)


def test_problems_come_as_they_are_described(client, module):
    with pytest.raises(module.ApiProblem) as refusal:
        client.get_image("00000000-0000-4000-8000-000000000000")
    assert (refusal.value.body["status"], refusal.value.body["code"]) == (404, "not_found")
    with pytest.raises(module.ApiProblem, match="invalid_request") as refusal:
        client.list_images(sha256="abc")
    assert refusal.value.body["errors"][0]["field"] == "sha256"


def test_every_operation_has_its_method(source):
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    names = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]
    assert len(set(names)) == len(names)
    assert all(f"def {name}(self" in source for name in names)
