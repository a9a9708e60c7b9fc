"""The parts of the OpenAPI 3.1 document that cannot be had from the types of the views."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from webapp.api.page_schemas import PageRequest
from webapp.api.problems import CONTENT_TYPE, PROBLEMS
from webapp.api.schemas import SITE, CaptionRequest, ProblemOut
from webapp.library.submit import CONTEXT_LENGTH

# What any request may be answered with.
_EVERYWHERE = (
    "host_not_allowed",
    "key_required",
    "invalid_key",
    "scope_missing",
    "origin_not_allowed",
    "rate_limited",
    "internal_error",
    "storage_full",
    "busy",
)
_RATE_HEADERS = {
    "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds until there is a token again."},
    "RateLimit": {"schema": {"type": "string"}, "description": "r: requests left. t: seconds until one more is."},
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": "q: requests in w seconds, at most."},
}
REPLAYED = {
    "Idempotency-Replayed": {
        "schema": {"type": "string", "enum": ["true"]},
        "description": "Nothing new was made: a request with this Idempotency-Key was there before.",
    }
}
_SITE = {"type": "string", "format": "uuid", "description": SITE}
_REF = "#/components/schemas/{model}"

CAPTIONS_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "image": {
                        "type": "array",
                        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "minItems": 1,
                        "description": "The files; repeat the field for more than one.",
                    },
                    "image_url": {
                        "type": "string",
                        "description": "Instead of files: where one image is to be fetched.",
                    },
                    "context": {
                        "type": "string",
                        "maxLength": CONTEXT_LENGTH,
                        "description": "What the images are for.",
                    },
                    "site": _SITE,
                },
            },
        },
        "application/json": {"schema": {"$ref": "#/components/schemas/CaptionRequest"}},
    },
}


PAGES_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/PageRequest"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["archive"],
                "additionalProperties": False,
                "properties": {
                    "archive": {
                        "type": "string",
                        "contentMediaType": "application/zip",
                        "description": "A static site: every page in it is looked at, and nothing is fetched for it.",
                    },
                    "site": _SITE,
                },
            },
        },
    },
}


def problems(*codes: str) -> dict[int, Any]:
    """The responses that an operation may give beside the expected one, for ``openapi_extra["responses"]``."""
    by_status: dict[int, list[str]] = {}
    for code in (*_EVERYWHERE, *codes):
        by_status.setdefault(PROBLEMS[code][0], []).append(code)
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described: dict[int, Any] = {
        status: {"description": "Problem: " + ", ".join(of_status), "content": content, "x-codes": of_status}
        for status, of_status in sorted(by_status.items())
    }
    described[429]["headers"] = _RATE_HEADERS
    return described


def with_headers(status: int) -> dict[int, Any]:
    """Where and when to ask again, said in the headers of an answer of this status."""
    return {
        status: {
            "headers": {
                "Location": {"schema": {"type": "string"}, "description": "Where the job is to be had."},
                "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds until it is worth asking."},
                **REPLAYED,
            }
        }
    }


class Api(NinjaAPI):
    """django-ninja's API, whose document also knows our problem documents and the two bodies of ``POST /captions``."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view: clients are generated from it."""
        name: str = operation.view_func.__name__
        return name.rstrip("_")

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """The document, generated from the types."""
        schema = super().get_openapi_schema(*args, **kwargs)
        definitions = schema["components"]["schemas"]
        definitions["Problem"] = _definition(ProblemOut, definitions, mode="serialization")
        definitions["PageRequest"] = _definition(PageRequest, definitions, mode="validation")
        definitions["CaptionRequest"] = _definition(CaptionRequest, definitions, mode="validation")
        return schema


def _definition(model: Any, definitions: dict[str, Any], mode: Any) -> dict[str, Any]:
    described: dict[str, Any] = model.model_json_schema(ref_template=_REF, mode=mode)
    definitions.update(described.pop("$defs", {}))
    return described
