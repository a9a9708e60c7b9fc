"""The documentation page of the API, drawn from its OpenAPI document with our own templates.

The page that the library brings loads scripts and styles from elsewhere and inline, which our policy forbids.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from webapp.api.problems import CONTENT_TYPE, PROBLEMS
from webapp.api.v1 import api

# The shapes in the order in which a reader meets them.
_SHAPES = (
    "CaptionRequest", "ImageData", "JobOut", "ImageOut", "CandidateOut", "AltTextChoice", "DecisionRequest",
    "DecisionOut", "LookupRequest", "LookupOut", "TextOut", "LintRequest", "SiteOut", "SiteChange", "UsageOut",
    "PeriodOut", "Problem",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a property: its name, its type in words, and what it means."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    anchor: str
    method: str
    path: str
    summary: str
    paragraphs: list[str]
    parameters: list[Field]
    answers: list[str]
    codes: list[str]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """What the API takes, gives and refuses."""
    schema = api.get_openapi_schema()
    definitions = schema["components"]["schemas"]
    context = {
        "operations": [
            _operation(path, method, details)
            for path, methods in schema["paths"].items()
            for method, details in methods.items()
        ],
        "shapes": [(name, _properties(definitions[name])) for name in _SHAPES],
        "problems": [(code, status, title) for code, (status, title) in PROBLEMS.items()],
        "problem_type": CONTENT_TYPE,
        "base_url": request.build_absolute_uri("/").rstrip("/"),
        "max_files": settings.MAX_FILES_PER_UPLOAD,
        "keys_page": settings.KEYS_PAGE,
        "keyless": settings.API_KEYLESS == "loopback" and not settings.NINJA_NUM_PROXIES,
    }
    return render(request, "api/docs.html", context)


def _operation(path: str, method: str, details: dict[str, Any]) -> Operation:
    responses = details["responses"].items()
    return Operation(
        anchor=details["operationId"],
        method=method.upper(),
        path=path,
        summary=details["summary"],
        paragraphs=[" ".join(paragraph.split()) for paragraph in details["description"].split("\n\n")],
        parameters=[_field(one["name"], one["schema"]) for one in details["parameters"]],
        answers=[_answer(status, response) for status, response in responses if "x-codes" not in response],
        codes=[code for _, response in responses for code in response.get("x-codes", ())],
    )


def _answer(status: int, response: dict[str, Any]) -> str:
    body = response.get("content", {}).get("application/json", {}).get("schema")
    return f"{status} {HTTPStatus(status).phrase}: {_type(body) if body else 'nothing more'}"


def _properties(definition: dict[str, Any]) -> list[Field]:
    return [_field(name, schema) for name, schema in definition["properties"].items()]


def _field(name: str, schema: dict[str, Any]) -> Field:
    return Field(name, _type(schema), schema.get("description", ""))


def _type(schema: dict[str, Any]) -> str:
    """The type in words: "list of CandidateOut", "string (uuid)", "integer or null"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "allOf" in schema:  # a reference with words of its own beside it
        return _type(schema["allOf"][0])
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    form = schema.get("format")
    return f"{schema['type']} ({form})" if form else str(schema["type"])
