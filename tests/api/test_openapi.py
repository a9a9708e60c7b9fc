"""The OpenAPI document: valid, complete, and true."""

import importlib
import pkgutil
from collections import Counter

import jsonschema_rs
import pytest
from pydantic import BaseModel

import webapp.api
from webapp.api.problems import PROBLEMS
from webapp.library.submit import CONTEXT_LENGTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    return response.json()


def operations(document):
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]  # fmt: skip


def references(node):
    """Every ``$ref`` below the node."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def schemas(node):
    """Every JSON schema below the node: what stands under ``schema``, and the components."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "schema":
                yield value
            elif key == "schemas":
                yield from value.values()
            yield from schemas(value)
    elif isinstance(node, list):
        for value in node:
            yield from schemas(value)


def test_it_is_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Captioner"
    assert {"info", "paths", "components"} <= set(document)


def test_its_schemas_are_json_schema(document):
    found = list(schemas(document))
    assert len(found) > 30
    for schema in found:
        jsonschema_rs.meta.validate({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"})


def test_every_reference_leads_somewhere(document):
    for reference in set(references(document)):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_names_of_operations_are_short_and_distinct(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert sorted(names) == sorted(set(names))
    assert "post_captions" in names
    assert all(name.isidentifier() and len(name) < 30 for name in names)


def test_each_operation_names_its_key_its_problems_and_what_it_does(document):
    for method, path, operation in operations(document):
        for_pages = {("get", "/api/v1/lookup"), ("post", "/api/v1/feedback")}
        publishable = [{"PublishableKey": []}] if (method, path) in for_pages else []
        assert operation["security"] == [*publishable, {"KeyOrLoopback": []}], (method, path)
        assert {"400", "401", "403", "500"} <= set(operation["responses"])
        assert operation["description"]
        if "{" in path:
            assert "404" in operation["responses"]
    assert document["components"]["securitySchemes"]["KeyOrLoopback"]["scheme"] == "bearer"


def test_every_problem_code_is_some_operations(document):
    named = {
        code
        for _, _, operation in operations(document)
        for response in operation["responses"].values()
        for code in response.get("x-codes", ())
    }
    assert named == set(PROBLEMS) - {"method_not_allowed"}


def test_both_bodies_of_captions_are_described(document):
    body = document["paths"]["/api/v1/captions"]["post"]["requestBody"]
    assert set(body["content"]) == {"multipart/form-data", "application/json"}
    form = body["content"]["multipart/form-data"]["schema"]["properties"]
    json = document["components"]["schemas"]["CaptionRequest"]["properties"]
    assert form["context"]["maxLength"] == json["context"]["maxLength"] == CONTEXT_LENGTH
    assert set(document["paths"]["/api/v1/captions"]["post"]["responses"]["202"]["headers"]) == {
        "Location",
        "Retry-After",
        "Idempotency-Replayed",
    }


def test_the_page_lists_every_operation_and_problem(client, document):
    page = client.get("/api/docs/").content.decode()
    for _, path, operation in operations(document):
        assert f'id="{operation["operationId"]}"' in page
        assert path in page
    for code in PROBLEMS:
        assert f'id="{code}"' in page


def test_the_page_tells_whether_a_key_is_needed_here(client, settings):
    assert "need no key" in client.get("/api/docs/").content.decode()
    settings.API_KEYLESS = "never"
    assert "need no key" not in client.get("/api/docs/").content.decode()


@pytest.mark.parametrize(
    ("keys_page", "words"),
    [
        ("loopback", "opened in a browser on the machine that runs Captioner (the setting <code>KEYS_PAGE</code>"),
        (
            "everyone",
            'Make one on the page <a href="/keys/">API keys</a>, or with <code>python manage.py apikey create',
        ),
        ("never", "The operator makes one with <code>python manage.py apikey create"),
    ],
)
def test_the_page_tells_who_may_make_a_key(client, settings, keys_page, words):
    settings.KEYS_PAGE = keys_page
    assert words in " ".join(client.get("/api/docs/").content.decode().split())


def test_every_operation_may_be_refused_for_its_speed(document):
    for method, path, operation in operations(document):
        refusal = operation["responses"]["429"]
        assert set(refusal["headers"]) == {"Retry-After", "RateLimit", "RateLimit-Policy"}, (method, path)


def shapes_of(package):
    """The classes of shapes that modules of the package define."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, BaseModel) and one.__module__ == module.__name__:
                yield one.__name__


def test_no_two_shapes_have_one_name():
    """One of them would describe both."""
    names = Counter(shapes_of(webapp.api))
    assert len(names) > 20
    assert set(names.values()) == {1}
