"""Calls that many tests make, and what every problem document has."""

import base64

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.queue.pictures import photograph

CAPTIONS = "/api/v1/captions"
IMAGES = "/api/v1/images"


def as_file(content: bytes, name: str = "cat.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def as_base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def hand_over(client: Client, *seeds: int, **fields: str):
    """The answer to a form with one photograph for each seed (default: one)."""
    return client.post(CAPTIONS, {"image": [as_file(photograph(seed)) for seed in seeds or (1,)], **fields})


def post_json(client: Client, body: object, path: str = CAPTIONS):
    return client.post(path, body, content_type="application/json")


def first_image(client: Client) -> dict:
    """One image that waits."""
    return hand_over(client).json()["images"][0]


def image_path(image: dict) -> str:
    return f"{IMAGES}/{image['id']}"


def assert_problem(response, status: int, code: str) -> dict:
    """The response is that problem, in the documented form."""
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert response["Content-Type"] == "application/problem+json"
    assert list(body) == ["type", "title", "status", "code", "detail", "request_id", "errors"]
    assert body["type"] == f"/api/docs/#{code}"
    assert body["status"] == status
    assert body["request_id"] == response["X-Request-Id"]
    assert body["detail"].endswith((".", "...", "…")), "a sentence"
    return body
